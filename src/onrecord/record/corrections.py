"""The log of corrections: what people say of single statements, who and when, and whether it still stands.

A correction is about one field of one statement and is never deleted: undoing it notes by whom and when. What follows
from those that stand is worked out in `corrected`; here they are only kept and listed.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, true, update

from onrecord.record import schema
from onrecord.span import Span, spoken

_TABLE, _ARTICLES = schema.corrections, schema.articles


class Field(StrEnum):
    """What of a statement a correction is about: that it is none, that it was missed, or what is wrong with it."""

    WRONG = "wrong"
    ADDED = "added"
    SPEAKER = "speaker"
    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"
    ACT = "act"
    FORM = "form"
    SAID = "said"


# A value as a correction keeps it, which is whatever JSON holds.
Kept = Any
SPANS = (Field.SOURCE, Field.CUE, Field.CONTENT)


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody said of a statement.

    `before` and `after` are as JSON has them: pairs of offsets for spans, an object for a speaker, two days for the
    saying, none for nothing. `agreed_with` is the model that has since read the same by itself; `carried_from` is the
    correction of the version before that this one continues, `is_left` says that a newer version is without it.
    """

    id: int
    article_id: int
    article: str
    statement_id: int
    field: Field
    before: Kept
    after: Kept
    note: str | None
    decided_by: str
    decided_at: datetime
    undone_by: str | None
    undone_at: datetime | None
    agreed_with: str | None
    carried_from: int | None
    carried_to: int | None
    is_left: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, and what they remark on it."""

    by: str
    note: str | None = None


def corrections(connection: Connection, only: ColumnElement[bool] | None = None) -> list[Correction]:
    """The corrections that this is true of, in the order in which they were made."""
    later = _TABLE.alias()
    query = (
        select(_TABLE, _ARTICLES.c.name.label("article"), _ARTICLES.c.superseded_by, later.c.id.label("carried_to"))
        .join(_ARTICLES, _ARTICLES.c.id == _TABLE.c.article_id)
        .join(later, later.c.carried_from == _TABLE.c.id, isouter=True)
        .where(true() if only is None else only)
        .order_by(_TABLE.c.id)
    )
    names = [name for name in Correction.__slots__ if name not in {"field", "is_left"}]
    return [
        Correction(
            **{name: getattr(row, name) for name in names},
            field=Field(row.field),
            is_left=row.superseded_by is not None and row.carried_to is None and row.undone_at is None,
        )
        for row in connection.execute(query)
    ]


def all_corrections(connection: Connection, *, statement: int | None = None) -> list[Correction]:
    """All that were ever made, or those of one statement."""
    return corrections(connection, None if statement is None else _TABLE.c.statement_id == statement)


def correction_of(connection: Connection, correction_id: int) -> Correction | None:
    """The correction with this number."""
    return next(iter(corrections(connection, _TABLE.c.id == correction_id)), None)


def standing(connection: Connection, article_id: int) -> dict[int, list[Correction]]:
    """Those of an article's corrections that stand, by the statements' numbers."""
    return _by_statement(connection, _TABLE.c.article_id == article_id)


def added_in(connection: Connection, article_id: int) -> list[int]:
    """The statements of an article that people added, whether that still stands or not."""
    is_added = (_TABLE.c.article_id == article_id) & (_TABLE.c.field == Field.ADDED.value)
    return list(connection.scalars(select(_TABLE.c.statement_id).where(is_added)))


def of_statements(connection: Connection, ids: Sequence[int]) -> dict[int, list[Correction]]:
    """Those that stand of these statements, by their numbers."""
    return _by_statement(connection, _TABLE.c.statement_id.in_(ids))


def in_words(connection: Connection, found: Sequence[Correction]) -> list[tuple[str, str]]:
    """What each of the corrections has before and after, for people; of a wrong statement, what it was."""
    noted = schema.statements_as_read
    articles = {correction.article_id for correction in found}
    query = select(_ARTICLES.c.id, _ARTICLES.c.text).where(_ARTICLES.c.id.in_(articles))
    texts = {row.id: row.text for row in connection.execute(query)}
    was = select(noted.c.statement_id, noted.c.content).where(noted.c.article_id.in_(articles))
    read = {row.statement_id: row.content for row in connection.execute(was)}
    return [
        (read.get(one.statement_id, ""), "")
        if one.field is Field.WRONG
        else (_told(one, one.before, texts[one.article_id]), _told(one, one.after, texts[one.article_id]))
        for one in found
    ]


def _told(correction: Correction, kept: Kept, text: str) -> str:
    match correction.field:
        case Field.SPEAKER:
            return f"{kept['name']} ({kept['kind']})" if kept else ""
        case Field.SAID:
            return " to ".join(dict.fromkeys(kept or ()))
        case Field.ACT | Field.FORM | Field.WRONG:
            return kept or ""
        case Field.ADDED:
            kept = kept and kept[Field.CONTENT.value]
    return spoken(text, [Span(start, end) for start, end in kept or ()])


def _by_statement(connection: Connection, only: ColumnElement[bool]) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = defaultdict(list)
    for correction in corrections(connection, _TABLE.c.undone_at.is_(None) & only):
        found[correction.statement_id].append(correction)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Change:
    """What of a statement becomes what."""

    field: Field
    before: Kept = None
    after: Kept = None


def note(connection: Connection, change: Change, *, article_id: int, statement_id: int, sign: Signature) -> int:
    """Keeps a new correction; its number."""
    values = {
        "article_id": article_id,
        "statement_id": statement_id,
        "field": change.field.value,
        "before": change.before,
        "after": change.after,
        "note": sign.note,
        "decided_by": sign.by,
        "decided_at": datetime.now(UTC),
    }
    return int(connection.execute(insert(_TABLE).values(values).returning(_TABLE.c.id)).scalar_one())


def carry(
    connection: Connection, correction: Correction, change: Change, *, article_id: int, statement_id: int
) -> None:
    """Continues a correction at a statement of a newer version: by the same person, of the same moment."""
    values = {
        "article_id": article_id,
        "statement_id": statement_id,
        "field": change.field.value,
        "before": change.before,
        "after": change.after,
        "note": correction.note,
        "decided_by": correction.decided_by,
        "decided_at": correction.decided_at,
        "carried_from": correction.id,
    }
    connection.execute(insert(_TABLE).values(values))


def note_undone(connection: Connection, ids: list[int], *, by: str) -> None:
    """Notes that these do not stand any more."""
    values = {"undone_by": by, "undone_at": datetime.now(UTC)}
    connection.execute(update(_TABLE).where(_TABLE.c.id.in_(ids)).values(values))


def note_agreed(connection: Connection, correction_id: int, *, model: str | None) -> None:
    """Notes which model now reads the same by itself; none for no one."""
    connection.execute(update(_TABLE).where(_TABLE.c.id == correction_id).values(agreed_with=model))
