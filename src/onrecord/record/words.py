"""The index of words: what a database has to be able to do for a search, and which implementation is whose.

A new article is added to it when it is stored; whatever changes or goes the database itself keeps in step, inside the
same transaction. It holds the newest versions alone. Each database has a module of its own.
"""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection, Select

from onrecord.article import Article
from onrecord.record.called import note_words
from onrecord.record.query import Query
from onrecord.record.words_postgresql import PostgresqlWords
from onrecord.record.words_sqlite import SqliteWords


class WordIndex(Protocol):
    """Statements by their words, their paragraph's, their speaker's and their headline's.

    Where more statements match than `most_ranked`, which tells little, as many as that should be ranked.
    """

    @property
    def most_ranked(self) -> int:
        """How many it ranks in a few hundredths of a second."""
        ...

    def add(self, connection: Connection, article_id: int) -> None:
        """Takes in the statements of an article that is new, all at once."""
        ...

    def add_statements(self, connection: Connection, ids: Sequence[int]) -> None:
        """Takes in single statements that are new, or there again, in an article that is not."""
        ...

    def matching(
        self, connection: Connection, query: Query, *, names: Sequence[str] = (), at_most: int | None = None
    ) -> Select[tuple[int, float]]:
        """Ids, as `id`, of the statements that match anywhere, and their `rank`, the best the lowest.

        Where more than `at_most` match, that many of the highest numbers, which came last.
        """
        ...

    def about(self, connection: Connection, query: Query, *, names: Sequence[str] = ()) -> Select[tuple[int]]:
        """Ids, as `id`, of the statements that match by what is said or by the paragraph around it."""
        ...

    def marked(
        self, connection: Connection, query: Query, ids: Sequence[int], *, marks: tuple[str, str]
    ) -> dict[int, tuple[str, str]]:
        """Contents, and passages of the paragraphs around them, with the marks around the words that match."""
        ...


def index(connection: Connection, article: Article, *, article_id: int) -> None:
    """Makes an article that is new, and whose rows are there, one that can be found."""
    words_of(connection).add(connection, article_id)
    speakers = [statement.speaker for statement in article.statements if statement.speaker]
    note_words(connection, {name for one in speakers for name in (one.name, one.proper) if name})


def index_statements(connection: Connection, ids: Sequence[int]) -> None:
    """Makes single statements ones that can be found; their speakers' names are noted by others."""
    words_of(connection).add_statements(connection, ids)


def words_of(connection: Connection) -> WordIndex:
    """The index of this connection's database."""
    return SqliteWords() if connection.dialect.name == "sqlite" else PostgresqlWords()
