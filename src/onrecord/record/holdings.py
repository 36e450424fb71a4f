"""What the record holds, in numbers: the answer to `onrecord info`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Select, func, select

from onrecord.record import schema

_ARTICLES, _STATEMENTS, _OUTCOMES = schema.articles, schema.statements, schema.outcomes


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a record holds. Statements, outlets and speakers are counted in the newest versions of articles alone.

    `first` and `last` are days of publication; `size` is in bytes, of the database as it is; models and programs that
    read the articles, and outcomes of inputs, come with how many there are, the most frequent first.
    """

    version: int
    size: int
    n_articles: int
    n_old_versions: int
    n_copies: int
    n_statements: int
    n_speakers: int
    n_outlets: int
    first: date | None
    last: date | None
    models: tuple[tuple[str, int], ...]
    programs: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]


def holdings(connection: Connection) -> Holdings:
    """The numbers, counted now."""
    current = _ARTICLES.c.superseded_by.is_(None)
    articles = connection.execute(
        select(
            func.count(),
            func.count().filter(_ARTICLES.c.copy_group != _ARTICLES.c.id),
            func.count(_ARTICLES.c.outlet.distinct()),
            func.min(_ARTICLES.c.published),
            func.max(_ARTICLES.c.published),
        ).where(current)
    ).one()
    of_current = _STATEMENTS.join(_ARTICLES, _ARTICLES.c.id == _STATEMENTS.c.article_id)
    who = func.coalesce(_STATEMENTS.c.speaker_proper, _STATEMENTS.c.speaker)
    named = _STATEMENTS.c.speaker_kind.not_in(("unnamed", "author"))
    statements = connection.execute(
        select(func.count(), func.count(who.distinct()).filter(named)).select_from(of_current).where(current)
    ).one()
    return Holdings(
        version=_number(connection, select(func.max(schema.schema_version.c.version))),
        size=_size(connection),
        n_articles=articles[0],
        n_old_versions=_number(connection, select(func.count()).select_from(_ARTICLES).where(~current)),
        n_copies=articles[1],
        n_statements=statements[0],
        n_speakers=statements[1],
        n_outlets=articles[2],
        first=articles[3],
        last=articles[4],
        models=_counted(connection, _ARTICLES.c.model),
        programs=_counted(connection, _ARTICLES.c.program),
        outcomes=_counted(connection, _OUTCOMES.c.outcome),
    )


def _number(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())


def _counted(connection: Connection, column: Column[str]) -> tuple[tuple[str, int], ...]:
    """How often each value stands there, the most frequent first."""
    query = select(column, func.count().label("n")).group_by(column).order_by(func.count().desc(), column)
    return tuple((row[0], row.n) for row in connection.execute(query))


def _size(connection: Connection) -> int:
    if connection.dialect.name != "sqlite":
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())
