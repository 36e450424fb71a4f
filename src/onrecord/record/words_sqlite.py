"""The index of words in SQLite: an FTS5 table over a view, which triggers keep up to date.

It holds no text of its own: what it is built from is the view `statement_texts`, so that one statement builds it anew,
INSERT INTO statement_words(statement_words) VALUES ('rebuild'). Whatever changes or goes, by this program or any other
tool, triggers see to it; FTS5 has to be told the old words before they change. Words are compared without case and
accents and by Porter's stems.
"""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.types import Float

from onrecord.record.query import ENDINGS, MAX_NAMES, Query, Term

# What a match counts: in what is said, in the paragraph around it, in the speaker's name, in the headline.
WEIGHTS = (4.0, 1.0, 2.0, 0.5)
# Of a paragraph that matches where the statement does not so many words are shown; FTS5 gives no more than 64.
PASSAGE_WORDS = 16

_WORDS = table("statement_words", column("rowid", Integer))
_MATCH = literal_column("statement_words").op("MATCH")

_ADD = """
    INSERT INTO statement_words(rowid, content, around, speaker, headline)
    SELECT id, content, around, speaker, headline FROM statement_texts"""
_DROP = """
    INSERT INTO statement_words(statement_words, rowid, content, around, speaker, headline)
    SELECT 'delete', id, content, around, speaker, headline FROM statement_texts"""
_OF_STATEMENT = "UPDATE OF content, content_spans, speaker, speaker_proper ON statements"
_OF_ARTICLE = "UPDATE OF title, text, superseded_by ON articles"
VIEW = """
CREATE VIEW statement_texts AS
SELECT s.id, s.article_id, s.content,
       (SELECT group_concat(substr(a.text, p.start_char + 1, p.end_char - p.start_char), ' ') FROM paragraphs p
        WHERE p.article_id = s.article_id AND p.start_char < json_extract(s.content_spans, '$[#-1][1]')
              AND p.end_char > json_extract(s.content_spans, '$[0][0]')) AS around,
       coalesce(s.speaker, '') || ' ' || coalesce(s.speaker_proper, '') AS speaker, a.title AS headline
FROM statements s JOIN articles a ON a.id = s.article_id
WHERE a.superseded_by IS NULL"""
TABLE = """
CREATE VIRTUAL TABLE statement_words USING fts5(
    content, around, speaker, headline,
    content = 'statement_texts', content_rowid = 'id', tokenize = "porter unicode61 remove_diacritics 2"
)"""
# New statements are added by `add`, an article at a time: FTS5 writes whatever it has at the end of each statement of
# SQL, and one for every row would leave it a heap of pieces. With an article that is deleted its statements
# go after it, when the view has lost sight of them: then the second trigger on statements finds nothing to do.
TRIGGERS = {
    "words_of_changing_statement": (f"BEFORE {_OF_STATEMENT}", f"{_DROP} WHERE id = old.id"),
    "words_of_changed_statement": (f"AFTER {_OF_STATEMENT}", f"{_ADD} WHERE id = new.id"),
    "words_of_going_statement": ("BEFORE DELETE ON statements", f"{_DROP} WHERE id = old.id"),
    "words_of_changing_article": (f"BEFORE {_OF_ARTICLE}", f"{_DROP} WHERE article_id = old.id"),
    "words_of_changed_article": (f"AFTER {_OF_ARTICLE}", f"{_ADD} WHERE article_id = new.id"),
    "words_of_going_article": ("BEFORE DELETE ON articles", f"{_DROP} WHERE article_id = old.id"),
}


def create_words(connection: Connection) -> None:
    """The view, the index and the triggers, in a database that has the tables; empty as they are."""
    connection.exec_driver_sql(VIEW)
    connection.exec_driver_sql(TABLE)
    for name, (when, what) in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {when} BEGIN {what}; END")


class SqliteWords:
    """The index, asked. See `words.WordIndex`."""

    __slots__ = ()
    # To rank so many takes about 12 ms (benchmarks/record.py).
    most_ranked = 10_000

    def add(self, connection: Connection, article_id: int) -> None:
        """Takes in the statements of an article that is new."""
        connection.execute(text(f"{_ADD} WHERE article_id = :article_id"), {"article_id": article_id})

    def add_statements(self, connection: Connection, ids: Sequence[int]) -> None:
        """Takes in single statements that are new."""
        connection.execute(text(f"{_ADD} WHERE id = :id"), [{"id": number} for number in ids])

    def matching(
        self,
        connection: Connection,  # noqa: ARG002 - what the other database is asked first
        query: Query,
        *,
        names: Sequence[str] = (),
        at_most: int | None = None,
    ) -> Select[tuple[int, float]]:
        """Ids and ranks, by bm25, of the statements that match anywhere; of more than `at_most` the latest."""
        rank = func.bm25(literal_column("statement_words"), *WEIGHTS, type_=Float).label("rank")
        asked = _asked(expression(query), names)
        found = select(_WORDS.c.rowid.label("id"), rank).where(_MATCH(bindparam(None, asked, unique=True)))
        return found.order_by(_WORDS.c.rowid.desc()).limit(at_most) if at_most else found

    def about(
        self,
        connection: Connection,  # noqa: ARG002
        query: Query,
        *,
        names: Sequence[str] = (),
    ) -> Select[tuple[int]]:
        """Ids of the statements that match by what is said or by the paragraph around it."""
        asked = _asked(f"{{content around}} : ({expression(query)})", names)
        return select(_WORDS.c.rowid.label("id")).where(_MATCH(bindparam(None, asked, unique=True)))

    def marked(
        self, connection: Connection, query: Query, ids: Sequence[int], *, marks: tuple[str, str]
    ) -> dict[int, tuple[str, str]]:
        """The content, and a passage of the paragraph, of those of these statements that match, with the marks."""
        index: ColumnElement[str] = literal_column("statement_words")
        content = func.highlight(index, 0, *marks)
        passage = func.snippet(index, 1, *marks, "…", PASSAGE_WORDS)
        # With the plus SQLite goes once through what matches; by each number it would look up every word anew.
        these = literal_column("+rowid", Integer).in_(ids) & _WORDS.c.rowid.between(min(ids), max(ids))
        rows = connection.execute(
            select(_WORDS.c.rowid, content, passage).where(_MATCH(bindparam("asked")), these),
            {"asked": expression(query)},
        )
        return {number: (words or "", near or "") for number, words, near in rows}


def expression(query: Query) -> str:
    """The query as FTS5 understands it. Every term is quoted, so that nothing in it can be syntax."""
    wanted = " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in query.groups)
    unwanted = " OR ".join(map(_quoted, query.without))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _asked(matches: str, names: Sequence[str]) -> str:
    if not 0 < len(names) <= MAX_NAMES:
        return matches
    bearing = " OR ".join(f'"{name.replace(chr(34), " ")}"' for name in names)
    return f"speaker : ({bearing}) AND ({matches})"


def _quoted(term: Term) -> str:
    words = term.words.replace('"', " ")
    if not term.prefix:
        return f'"{words}"'
    return " OR ".join((f'"{words}" *', *(f'"{words}{ending}"' for ending in ENDINGS)))
