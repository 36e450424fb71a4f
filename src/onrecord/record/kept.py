"""Everything that the record keeps, article by article in the order in which they came, for whoever takes it elsewhere.

However much there is, no more is held than a few articles at a time. The connection's snapshot makes it one state of
the record. Nothing is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Column, Connection, Select, func, select

from onrecord.article import Article
from onrecord.record import schema
from onrecord.record.limits import shortened
from onrecord.record.meant import NOBODY, Meant
from onrecord.record.rows import Found, articles_of
from onrecord.record.search import Filters, passing
from onrecord.record.stored import Beside

_AT_ONCE = 64  # articles; of a million statements these are about a thousand
_ROWS_AT_ONCE = 10_000
_OPEN = Filters()
_ARTICLES, _STATEMENTS, _ADDRESSES = schema.articles, schema.statements, schema.addresses


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a record: everything unless something narrows it; old versions of articles only if asked for.

    `speaker` is whoever is meant, by default anybody.
    """

    speaker: Meant = NOBODY
    filters: Filters = _OPEN
    old_versions: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether an article may be in it with some of its statements alone."""
        return bool(self.speaker) or self.filters != _OPEN


@dataclass(frozen=True, slots=True)
class Kept:
    """An article with what the record keeps beside it; `id` is its number.

    `statement_ids` are the numbers of its statements, and `wanted` the places of those that were asked for.
    """

    id: int
    article: Article
    model: str
    beside: Beside
    superseded: bool
    statement_ids: tuple[int, ...]
    wanted: tuple[int, ...]


def n_kept(connection: Connection, part: Part) -> int:
    """How many articles `kept_articles` will give."""
    column = _ids(connection, part).subquery().c.article_id
    return connection.scalar(select(func.count(column.distinct()))) or 0


def kept_articles(connection: Connection, part: Part = Part()) -> Iterator[Kept]:
    """The articles, in the order of their numbers; of a narrowed part, those that have any of its statements."""
    asked = connection.execute(_ids(connection, part).execution_options(yield_per=_ROWS_AT_ONCE))
    wanted = ((number, [row.position for row in rows]) for number, rows in groupby(asked, lambda row: row.article_id))
    while batch := dict(islice(wanted, _AT_ONCE)):
        yield from _loaded(connection, batch, is_narrowed=part.is_narrowed)


def kept_article(connection: Connection, number: int) -> Kept | None:
    """The article with this number, of whatever version; none if there is none."""
    return next(_loaded(connection, {number: []}, is_narrowed=False), None)


def _ids(connection: Connection, part: Part) -> Select[Any]:
    """The numbers of the articles, in their order; of a narrowed part once for each statement, with its place."""
    if part.is_narrowed:
        chosen = passing(connection, part.filters, speaker=part.speaker, old_versions=part.old_versions)
        columns = (_STATEMENTS.c.article_id, _STATEMENTS.c.position)
        return chosen.with_only_columns(*columns).order_by(*columns)
    every = select(_ARTICLES.c.id.label("article_id"), _ARTICLES.c.id.label("position")).order_by(_ARTICLES.c.id)
    return every if part.old_versions else every.where(_ARTICLES.c.superseded_by.is_(None))


def _loaded(connection: Connection, wanted: dict[int, list[int]], *, is_narrowed: bool) -> Iterator[Kept]:
    rows = connection.execute(select(_ARTICLES).where(_ARTICLES.c.id.in_(wanted)).order_by(_ARTICLES.c.id)).all()
    statement_ids = _of_articles(connection, _STATEMENTS.c.id, order=_STATEMENTS.c.position, ids=wanted)
    addresses = _of_articles(connection, _ADDRESSES.c.address, order=_ADDRESSES.c.key, ids=wanted)
    for row, article in zip(rows, articles_of(connection, rows), strict=True):
        yield Kept(
            id=row.id,
            article=article,
            model=row.model,
            beside=Beside(row.program, _place(row), tuple(sorted(addresses[row.id]))),
            superseded=row.superseded_by is not None,
            statement_ids=tuple(statement_ids[row.id]),
            wanted=tuple(wanted[row.id] if is_narrowed else range(len(article.statements))),
        )


def _place(row: Found) -> str | None:
    """The file that an article came from, as files compare, unless its source says just that."""
    return None if row.source_key == shortened(row.source) else row.source_key


def _of_articles(
    connection: Connection, column: Column[Any], *, order: Column[Any], ids: Iterable[int]
) -> dict[int, list[Any]]:
    """What a column holds for these articles, by article."""
    number = column.table.c.article_id
    found: dict[int, list[Any]] = {one: [] for one in ids}
    query = select(number, column.label("value")).where(number.in_(found)).order_by(number, order)
    for row in connection.execute(query):
        found[row.article_id].append(row.value)
    return found
