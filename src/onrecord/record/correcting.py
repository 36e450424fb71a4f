"""What people say of single statements: that one is none, that something of it is wrong, that one was missed.

Each function notes it and has the record show it at once, in the transaction that it is handed. Nothing is overwritten:
`undo` takes back any one of them, in whatever order, and what the others say stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.errors import UsageError, shown
from onrecord.record import schema
from onrecord.record.changing import marked_form, pairs_of, sides_of, spans_of, value_of
from onrecord.record.columns import NUL_STAND_IN
from onrecord.record.corrected import NEVER_READ, Reading, new_row, reading_of, show_corrected
from onrecord.record.corrections import (
    SPANS,
    Change,
    Correction,
    Field,
    Kept,
    Signature,
    correction_of,
    corrections,
    note,
    note_undone,
)
from onrecord.record.limits import LONGEST_NAME_BYTES
from onrecord.record.places import spans_given
from onrecord.record.rows import Values
from onrecord.span import Span
from onrecord.statement import Act, Days, Form, SpeakerKind

_TABLE, _STATEMENTS, _ARTICLES = schema.corrections, schema.statements, schema.articles
# What tells nothing of who somebody is that bears the name.
_NAMED = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.OUTLET, SpeakerKind.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker as a person names them; without a kind, what the record knows of the name tells it."""

    name: str
    kind: SpeakerKind | None = None


# What a field is to be: spans as words or as characters ("120-180"), none for nothing.
Wanted = Mapping[Field, "Sequence[str] | Named | Act | Form | Days | None"]


def mark_wrong(connection: Connection, statement_id: int, *, sign: Signature) -> int:
    """Says that this is no statement; the correction's number. Raises UsageError."""
    article_id, _ = _statement(connection, statement_id)
    made = note(connection, Change(Field.WRONG), article_id=article_id, statement_id=statement_id, sign=sign)
    show_corrected(connection, article_id)
    return made


def correct(connection: Connection, statement_id: int, wanted: Wanted, *, sign: Signature) -> list[int]:
    """Says what a statement's fields are; the corrections' numbers, one for each field. Raises UsageError."""
    if not wanted:
        raise UsageError("nothing is to be corrected; say what, for example --speaker NAME, or --wrong")
    article_id, reading = _statement(connection, statement_id)
    values, made = reading.shown[statement_id], []
    sides = sides_of(values)
    content = sides.content
    for field in sorted(wanted, key=[Field.CONTENT, *Field].index):
        # What had no place is looked for near what is said.
        near = (getattr(sides, field.value) or content) if field in SPANS else ()
        after = _as_kept(connection, field, wanted=wanted[field], text=reading.text, near=near, before=values)
        content = spans_of(after) if field is Field.CONTENT else content
        before = value_of(values, field)
        if after == before:
            raise UsageError(f"the {field} of statement {statement_id} is so already: {shown(_plain(after))}")
        change = Change(field, before, after)
        made.append(note(connection, change, article_id=article_id, statement_id=statement_id, sign=sign))
    show_corrected(connection, article_id)
    return made


def add_missed(connection: Connection, article_id: int, wanted: Wanted, *, sign: Signature) -> tuple[int, int]:
    """Says that an article has a statement that was not read; its number and the correction's. Raises UsageError.

    What is inside of another one's content is an inner statement.
    """
    reading = reading_of(connection, article_id)
    after = dict(value_of(NEVER_READ, Field.ADDED))
    near: tuple[Span, ...] = ()
    for field in (Field.CONTENT, *(field for field in wanted if field is not Field.CONTENT)):
        if not wanted.get(Field.CONTENT):
            raise UsageError("a statement needs a content: what is said; give it with --content")
        after[field.value] = _as_kept(
            connection, field, wanted=wanted[field], text=reading.text, near=near, before=NEVER_READ
        )
        near = near or spans_of(after[field.value])
    after["parent"] = reading.around(after)
    if Field.FORM not in wanted and after["parent"] is None:
        after["form"] = marked_form(reading.text, near, paragraphs=reading.paragraphs)
    taken = [n for n, values in reading.shown.items() if values["content_spans"] == after["content"]]
    if any(reading.shown[number]["cue_spans"] == after["cue"] for number in taken):
        raise UsageError(f"the article has this statement already: it is number {taken[0]}; correct that one")
    number = new_row(connection, article_id, reading, after)
    change = Change(Field.ADDED, None, after)
    made = note(connection, change, article_id=article_id, statement_id=number, sign=sign)
    show_corrected(connection, article_id)
    return number, made


def undo(connection: Connection, correction_id: int, *, by: str) -> Correction:
    """Takes a correction back, and of a statement that was added whatever was corrected in it. Raises UsageError."""
    correction = correction_of(connection, correction_id)
    if correction is None:
        raise UsageError(f"there is no correction {correction_id}; `onrecord corrections list` has their numbers")
    if correction.undone_at is not None:
        raise UsageError(f"correction {correction_id} was undone by {correction.undone_by}; it cannot be undone twice")
    if correction.carried_to is not None:
        raise UsageError(
            f"correction {correction_id} is of an old version, and the newer one has it as {correction.carried_to}; "
            "undo that one"
        )
    ids = [correction_id]
    if correction.field is Field.ADDED:
        stands = _TABLE.c.undone_at.is_(None) & (_TABLE.c.statement_id == correction.statement_id)
        ids = [one.id for one in corrections(connection, stands)]
    note_undone(connection, ids, by=by)
    show_corrected(connection, correction.article_id)
    return correction


def article_called(connection: Connection, name: str) -> int:
    """The number of the newest version of the one article of this name, or with this number. Raises UsageError."""
    current = _ARTICLES.c.superseded_by.is_(None)
    ids = list(connection.scalars(select(_ARTICLES.c.id).where(_ARTICLES.c.name == name, current)))
    if not ids and name.isdecimal():
        ids = list(connection.scalars(select(_ARTICLES.c.id).where(_ARTICLES.c.id == int(name), current)))
    if len(ids) == 1:
        return int(ids[0])
    if not ids:
        raise UsageError(f"no article is called {shown(name)}; `article` in the json of `onrecord search` names them")
    some = ", ".join(map(str, sorted(ids)[:5]))
    raise UsageError(f"{len(ids)} articles are called {shown(name)}; give the number of one: {some}")


def _statement(connection: Connection, statement_id: int) -> tuple[int, Reading]:
    """The article of a statement that is shown, and what it has. Raises UsageError."""
    row = connection.execute(select(_STATEMENTS.c.article_id).where(_STATEMENTS.c.id == statement_id)).first()
    if row is not None:
        newer = connection.scalar(select(_ARTICLES.c.superseded_by).where(_ARTICLES.c.id == row.article_id))
        if newer is None:
            return int(row.article_id), reading_of(connection, row.article_id)
        raise UsageError(f"statement {statement_id} is of an old version of its article; correct it in the newest one")
    wrong = (_TABLE.c.statement_id == statement_id) & (_TABLE.c.field == Field.WRONG.value)
    for correction in corrections(connection, wrong & _TABLE.c.undone_at.is_(None)):
        raise UsageError(
            f"statement {statement_id} was marked wrong by {correction.decided_by}; "
            f"take that back first: onrecord corrections undo {correction.id}"
        )
    raise UsageError(f"there is no statement {statement_id}; `onrecord said` and `onrecord search` show their numbers")


def _as_kept(
    connection: Connection, field: Field, *, wanted: Kept, text: str, near: Sequence[Span], before: Values
) -> Kept:
    """A field as corrections keep it. Raises UsageError."""
    if field in SPANS:
        if field is Field.CONTENT and not wanted:
            raise UsageError("a statement needs a content; if this is none, mark it --wrong")
        return pairs_of(spans_given(text, wanted or (), near=near))
    if isinstance(wanted, Named):
        name = " ".join(wanted.name.split())
        _check_name(name)
        return {"name": name, "kind": (wanted.kind or _kind_of(connection, name, before=before)).value}
    if isinstance(wanted, Days):
        return [wanted.start.isoformat(), wanted.end.isoformat()]
    return wanted and wanted.value


def _check_name(name: str) -> None:
    """Raises UsageError for what is no name, or none that both databases can hold."""
    if not name:
        raise UsageError("a speaker needs a name; if nobody is clear, use --no-speaker")
    is_odd = "\x00" in name or NUL_STAND_IN in name or any("\ud800" <= c <= "\udfff" for c in name)
    if is_odd or len(name.encode("utf-8", "replace")) > LONGEST_NAME_BYTES:
        raise UsageError(
            f"{shown(name)} is no name; give one of at most {LONGEST_NAME_BYTES} bytes, without control codes"
        )


def _kind_of(connection: Connection, name: str, *, before: Values) -> SpeakerKind:
    """What somebody of this name mostly is in the record; else what the speaker was before, if that has names."""
    query = (
        select(_STATEMENTS.c.speaker_kind)
        .where(_STATEMENTS.c.speaker == name)
        .group_by(_STATEMENTS.c.speaker_kind)
        .order_by(func.count().desc(), _STATEMENTS.c.speaker_kind)
    )
    found = connection.scalars(query).first() or before["speaker_kind"]
    return SpeakerKind(found) if found in _NAMED else SpeakerKind.PERSON


def _plain(kept: Kept) -> str:
    if isinstance(kept, dict):
        return f"{kept['name']} ({kept['kind']})"
    return "none" if kept is None else str(kept)
