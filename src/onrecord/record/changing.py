"""What single corrections make of a statement, as the values that its row has.

Nothing here asks or writes: values in, values out. A correction keeps what it changes as JSON, in `before` and `after`:
pairs of offsets for spans, {"name", "kind"} for a speaker, first and last day of the saying, a word for act and form.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onrecord.quotations import quotations, quoted
from onrecord.reading.form import form_of
from onrecord.reading.pronouns import pronoun_of
from onrecord.record.corrections import SPANS, Correction, Field, Kept
from onrecord.record.places import Sides
from onrecord.record.rows import Values
from onrecord.span import Span, spoken
from onrecord.statement import KnownBy, Speaker, SpeakerKind


def with_corrections(
    values: Values, corrections: Sequence[Correction], *, text: str, paragraphs: Sequence[Span]
) -> Values:
    """The values with the corrections, each field's last one counting.

    With the content its form changes, too, if it was what the quotation marks say.
    """
    # Spans first: what tells a speaker follows from the source's words.
    in_order = sorted(corrections, key=lambda one: (one.field is not Field.ADDED, one.field not in SPANS, one.id))
    now = values
    for correction in in_order:
        now = changed(now, correction.field, correction.after, text=text)
    fields = {correction.field for correction in corrections}
    if Field.CONTENT not in fields or not fields.isdisjoint({Field.FORM, Field.ADDED}):
        return now
    before, after = (marked_form(text, spans_of(one["content_spans"]), paragraphs=paragraphs) for one in (values, now))
    return now | {"form": after} if values["form"] == before else now


def changed(values: Values, field: Field, after: Kept, *, text: str) -> Values:
    """The values with one field as a correction has it."""
    if field in SPANS:
        return values | _spans_values(text, field, after)
    match field:
        case Field.ADDED:
            spans = {key: value for role in SPANS for key, value in _spans_values(text, role, after[role]).items()}
            speaker = _speaker_values(after["speaker"], source=spans["source"])
            pointed = {"act": after["act"], "form": after["form"], "parent_id": after["parent"]}
            return values | spans | speaker | _said_values(after["said"]) | pointed
        case Field.SPEAKER:
            return values | _speaker_values(after, source=values["source"])
        case Field.SAID:
            return values | _said_values(after)
        case Field.WRONG:
            return values
    return values | {field.value: after}


def value_of(values: Values, what: Field) -> Kept:
    """What a statement with these values has in a field, as corrections keep it."""
    if what in SPANS:
        return values[f"{what}_spans"]
    match what:
        case Field.SPEAKER:
            return values["speaker"] and {"name": values["speaker"], "kind": values["speaker_kind"]}
        case Field.SAID:
            return values["said_start"] and [values["said_start"].isoformat(), values["said_end"].isoformat()]
        case Field.ADDED:
            return {name.value: value_of(values, name) for name in _OF_ADDED} | {"parent": values["parent_id"]}
        case Field.WRONG:
            return None
    return values[what.value]


_OF_ADDED = (*SPANS, Field.SPEAKER, Field.ACT, Field.FORM, Field.SAID)


def sides_of(values: Values) -> Sides:
    """Where a statement with these values stands."""
    return Sides(*(spans_of(values[f"{role}_spans"]) for role in ("content", "cue", "source")))


def spans_of(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Spans, from pairs of offsets."""
    return tuple(Span(start, end) for start, end in pairs)


def pairs_of(spans: Iterable[Span]) -> list[list[int]]:
    """Pairs of offsets, from spans."""
    return [[span.start, span.end] for span in spans]


def marked_form(text: str, content: Sequence[Span], *, paragraphs: Sequence[Span]) -> str:
    """The form of a content by the quotation marks."""
    return form_of(text, content, quoted=quoted(len(text), quotations(text, paragraphs))).value


def _spans_values(text: str, role: Field, pairs: Sequence[Sequence[int]]) -> Values:
    return {role.value: spoken(text, spans_of(pairs)) or None, f"{role}_spans": [list(pair) for pair in pairs]}


def _said_values(days: Sequence[str] | None) -> Values:
    start, end = map(date.fromisoformat, days) if days else (None, None)
    return {"said_start": start, "said_end": end}


def _speaker_values(speaker: Mapping[str, str] | None, *, source: str | None) -> Values:
    """What a row with such a source has of a speaker whom a person names."""
    named = Speaker(speaker["name"], SpeakerKind(speaker["kind"])) if speaker else None
    return {
        "speaker": named and named.name,
        "speaker_kind": named and named.kind.value,
        "speaker_known_by": named and _known_by(named, source or "").value,
        "speaker_proper": None,
        "speaker_confidence": 1.0 if named else None,
    }


def _known_by(speaker: Speaker, source: str) -> KnownBy:
    """What tells who the speaker is, as far as the source's words do."""
    if not source:
        return KnownBy.CONTINUATION
    if pronoun_of(source):
        return KnownBy.PRONOUN
    if speaker.kind in {SpeakerKind.UNNAMED, SpeakerKind.DOCUMENT}:
        return KnownBy.DESCRIPTION
    *_, family = speaker.name.casefold().split()
    return KnownBy.NAME if family in source.casefold() else KnownBy.ROLE
