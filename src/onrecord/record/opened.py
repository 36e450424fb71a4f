"""One article, opened to be read: its text and statements, its other versions, and the articles that copy it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.record import schema
from onrecord.record.corrections import Correction, of_statements
from onrecord.record.identity import earlier
from onrecord.record.kept import Kept, kept_article
from onrecord.record.people import speakers_of

_ARTICLES, _STATEMENTS = schema.articles, schema.statements
_IS_CURRENT = _ARTICLES.c.superseded_by.is_(None)


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list; `id` is its number in the record."""

    id: int
    name: str
    outlet: str | None
    title: str | None
    published: date | None
    added_at: datetime
    version: int
    n_statements: int


@dataclass(frozen=True, slots=True)
class Opened:
    """An article with what the record has around it.

    `versions` are all of them, the oldest first, itself among them, and `copies` other articles with its text.
    `corrections` and `people` go by the numbers of statements: what stands of one, and who speaks in it.
    """

    kept: Kept
    versions: tuple[Listed, ...]
    copies: tuple[Listed, ...]
    corrections: Mapping[int, list[Correction]]
    people: Mapping[int, int]


def opened(connection: Connection, number: int) -> Opened | None:
    """The article with this number, of whatever version; none if there is none."""
    kept = kept_article(connection, number)
    if kept is None:
        return None
    group = select(_ARTICLES.c.copy_group).where(_ARTICLES.c.id == number).scalar_subquery()
    versions = [*(row.id for row in earlier(connection, number)[::-1]), number, *_later(connection, number)]
    return Opened(
        kept=kept,
        versions=_listed(connection, _ARTICLES.c.id.in_(versions)),
        copies=_listed(connection, (_ARTICLES.c.copy_group == group) & (_ARTICLES.c.id != number) & _IS_CURRENT),
        corrections=of_statements(connection, kept.statement_ids),
        people=speakers_of(connection, kept.statement_ids),
    )


def newest(connection: Connection, *, limit: int, before: int | None = None) -> tuple[Listed, ...]:
    """The articles that came last, or last before one, the last one first."""
    ids = select(_ARTICLES.c.id).where(_IS_CURRENT).order_by(_ARTICLES.c.id.desc()).limit(limit)
    if before is not None:
        ids = ids.where(_ARTICLES.c.id < before)
    return _listed(connection, _ARTICLES.c.id.in_(connection.scalars(ids).all()))[::-1]


def _later(connection: Connection, number: int) -> Iterator[int]:
    """The versions behind this one, in their order."""
    newer = select(_ARTICLES.c.superseded_by)
    after: int | None = number
    while after := connection.scalar(newer.where(_ARTICLES.c.id == after)):
        yield after


def _listed(connection: Connection, only: ColumnElement[bool]) -> tuple[Listed, ...]:
    columns = [_ARTICLES.c[name] for name in Listed.__slots__ if name != "n_statements"]
    n_statements = select(func.count()).where(_STATEMENTS.c.article_id == _ARTICLES.c.id).scalar_subquery()
    query = select(*columns, n_statements.label("n_statements")).where(only).order_by(_ARTICLES.c.id)
    return tuple(Listed(**row) for row in connection.execute(query).mappings())
