"""Corrections and a reading that changes: another model's of the same text, or that of a new version of the article.

A correction is about words of the text and finds its statement again by them. Where the new reading has no such
statement, one that was corrected is kept as the person left it, and one that was marked wrong stays away. In a new
version the words are looked for by what stands around them; where they are gone, the correction stays with the old
version, and that is said.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from sqlalchemy import Connection, delete, insert, update

from onrecord.article import Article
from onrecord.record import schema
from onrecord.record.changing import pairs_of, sides_of, spans_of, value_of, with_corrections
from onrecord.record.corrected import (
    NEVER_READ,
    Reading,
    insert_statement,
    new_row,
    note_as_read,
    reading_of,
    show_corrected,
    vector_of,
    write_shown,
)
from onrecord.record.corrections import SPANS, Change, Correction, Field, Kept, carry, note_agreed, standing
from onrecord.record.identifying import owners_before, owners_of
from onrecord.record.outcomes import program_version
from onrecord.record.places import Sides, moved, paired
from onrecord.record.rows import Values, insert_vectors, replace_beside, statement_values, via_values
from onrecord.statement import Statement

_LOG = logging.getLogger("onrecord")
_STATEMENTS, _AS_READ, _VIAS = schema.statements, schema.statements_as_read, schema.vias
_VECTORS = schema.vectors


def replace_reading(connection: Connection, article_id: int, article: Article, *, model: str) -> None:
    """Puts what a model has read in a stored article in the place of what was read before.

    A statement keeps its number if the new reading has it, with the same spans or nearly so.
    """
    owners, before = owners_of(connection, article_id), reading_of(connection, article_id)
    sides = [Sides(one.content, one.cue, one.source) for one in article.statements]
    places = {number: _places(before, number) for number in {*before.read, *before.added}}
    pairs = paired({number: found for number, found in sorted(places.items()) if found}, sides)
    kept = {number for number in before.corrections if number in before.read and number not in pairs}
    own = _AS_READ.c.article_id == article_id
    connection.execute(delete(_AS_READ).where(own, _AS_READ.c.statement_id.not_in(kept)))
    connection.execute(update(_AS_READ).where(own).values(is_read=False))
    for number in sorted(kept - before.noted.keys()):
        note_as_read(connection, article_id, before, number=number, place=None, owners=owners)
    _write_reading(connection, article_id, article, before=before, numbers={i: n for n, i in pairs.items()}, kept=kept)
    replace_beside(connection, article, article_id=article_id)
    values = {"model": model, "program": program_version()}
    connection.execute(update(schema.articles).where(schema.articles.c.id == article_id).values(values))
    new = {n: statement_values(article.statements[i], article.text) for n, i in pairs.items()}
    for number, corrections in before.corrections.items():
        _note_agreed(connection, corrections, read=new.get(number), model=model)
    show_corrected(connection, article_id, owners=owners)


def carry_over(connection: Connection, old: int, *, new: int, model: str) -> bool:
    """Continues an article's corrections in its new version, stored as this model read it; whether there were any.

    Those whose words are not there any more stay behind, with a warning.
    """
    before, now = reading_of(connection, old), reading_of(connection, new)
    if not before.corrections:
        return False
    places = {
        number: [found for place in _places(before, number) if (found := _moved_sides(place, before.text, now.text))]
        for number in before.corrections
    }
    numbers = list(now.read)
    pairs = paired({n: found for n, found in places.items() if found}, [sides_of(v) for v in now.read.values()])
    for number, corrections in before.corrections.items():
        changes = {
            one.id: change for one in corrections if (change := _moved_change(one, before.text, now)) is not None
        }
        there = numbers[pairs[number]] if number in pairs else None
        if there is None and changes and places[number]:
            there = _kept_statement(connection, new, now, was=before, number=number, changes=[*changes.values()])
        for one in corrections:
            if there is not None and one.id in changes:
                carry(connection, one, changes[one.id], article_id=new, statement_id=there)
            else:
                _LOG.warning("correction %d stays with the old version of %s: its words are gone", one.id, one.article)
    for number, corrections in standing(connection, new).items():
        _note_agreed(connection, corrections, read=now.read.get(number), model=model)
    show_corrected(connection, new, owners=owners_before(connection, new))
    return True


def _places(reading: Reading, number: int) -> list[Sides]:
    """Where a statement stands: as it was read, and as it was corrected."""
    own, base = reading.corrections.get(number, []), reading.read.get(number)
    values = [base] if base is not None else []
    if own:
        base = base or NEVER_READ
        values.append(with_corrections(base, own, text=reading.text, paragraphs=reading.paragraphs))
    return [sides_of(one) for one in values]


def _write_reading(
    connection: Connection,
    article_id: int,
    article: Article,
    *,
    before: Reading,
    numbers: Mapping[int, int],
    kept: set[int],
) -> None:
    """Makes the rows what was read, without any correction; rows of what is kept, or was added, stay as they are."""
    shown = dict(before.shown)
    of_index: list[int] = []
    for index, statement in enumerate(article.statements):
        values = statement_values(statement, article.text)
        if index in numbers:
            of_index.append(numbers[index])
        else:
            of_index.append(insert_statement(connection, article_id, values))
            shown[of_index[-1]] = {**NEVER_READ, **values}
    read = {
        number: {**NEVER_READ, **statement_values(one, article.text), **_pointers(one, of_index)}
        for number, one in zip(of_index, article.statements, strict=True)
    }
    vias = {
        number: [{"position": place, **via_values(via)} for place, via in enumerate(one.via)]
        for number, one in zip(of_index, article.statements, strict=True)
    }
    stay = {n: values for n, values in before.shown.items() if n not in read and (n in kept or n in before.added)}
    reading = replace(before, shown=shown, read=read, kept=frozenset(), noted={}, vias={}, vectors={})
    write_shown(connection, article_id, reading, wanted={**read, **stay})
    connection.execute(delete(_VIAS).where(_VIAS.c.statement_id.in_(of_index)))
    rows = [{"statement_id": number, **via} for number, own in vias.items() for via in own]
    if rows:
        connection.execute(insert(_VIAS), rows)
    connection.execute(delete(_VECTORS).where(_VECTORS.c.statement_id.in_(of_index)))
    insert_vectors(connection, {n: one.vector for n, one in zip(of_index, article.statements, strict=True)})
    # Of what a person added it is always noted whether a reading has it, too.
    vectors = {n: vector_of(s.vector) for n, s in zip(of_index, article.statements, strict=True) if s.vector}
    reading = replace(reading, vias=vias, vectors=vectors)
    for place, number in enumerate(of_index):
        if number in before.added:
            note_as_read(
                connection,
                article_id,
                reading,
                number=number,
                place=place,
                owners=owners_before(connection, article_id),
            )


def _pointers(statement: Statement, numbers: Sequence[int]) -> Values:
    parent, answers = statement.parent, statement.answers
    return {
        "parent_id": None if parent is None else numbers[parent],
        "answers_id": None if answers is None else numbers[answers],
    }


def _note_agreed(connection: Connection, corrections: Sequence[Correction], *, read: Values | None, model: str) -> None:
    for one in corrections:
        agreed = _agrees(one.field, one.after, read=read)
        note_agreed(connection, one.id, model=model if agreed else None)


def _agrees(field: Field, after: Kept, *, read: Values | None) -> bool:
    """Whether a new reading, which has this of the statement, says by itself what the person says."""
    if field is Field.WRONG:
        return read is None
    if read is None:
        return False
    if field is Field.ADDED:
        return all(value_of(read, role) == after[role] for role in SPANS)
    return bool(value_of(read, field) == after)


def _moved_sides(sides: Sides, text: str, to: str) -> Sides | None:
    """Where a statement stands in another version; none if its content is not there."""
    content, cue, source = (
        _moved_pairs(pairs_of(spans), text, to) for spans in (sides.content, sides.cue, sides.source)
    )
    return Sides(spans_of(content), spans_of(cue or ()), spans_of(source or ())) if content else None


def _moved_pairs(pairs: Sequence[Sequence[int]], text: str, to: str) -> list[list[int]] | None:
    """Where all of these spans stand in another version; none if one of them does not, or they change places."""
    found = [moved(span, of=text, to=to) for span in spans_of(pairs)]
    there = [span for span in found if span is not None]
    in_order = all(one.end <= other.start for one, other in pairwise(there))
    return pairs_of(there) if len(there) == len(found) and in_order else None


def _moved_change(correction: Correction, text: str, now: Reading) -> Change | None:
    """What a correction says in another version of the text; none where its words are not there."""
    after: Kept = correction.after
    if correction.field in SPANS:
        after = _moved_pairs(after, text, now.text)
        return None if after is None else Change(correction.field, correction.before, after)
    if correction.field is Field.ADDED:
        places = {role.value: _moved_pairs(after[role], text, now.text) or [] for role in SPANS}
        if not places[Field.CONTENT.value]:
            return None
        after = {**after, **places}
        after["parent"] = now.around(after)
    return Change(correction.field, correction.before, after)


def _kept_statement(
    connection: Connection, article_id: int, now: Reading, *, was: Reading, number: int, changes: Sequence[Change]
) -> int | None:
    """A row in the new version for a corrected statement that its reading does not have; its number.

    None where its content is not there.
    """
    added = next((change for change in changes if change.field is Field.ADDED), None)
    if added is not None:
        return new_row(connection, article_id, now, added.after)
    base = was.read.get(number)
    sides = _moved_sides(sides_of(base), was.text, now.text) if base is not None else None
    if base is None or sides is None:
        return None
    when = _moved_pairs([base["when_span"]], was.text, now.text) if base["when_span"] else None
    spans = {"content": sides.content, "cue": sides.cue, "source": sides.source}
    values = {**base, "parent_id": None, "answers_id": None, "when_span": when[0] if when else None}
    values |= {f"{role}_spans": pairs_of(found) for role, found in spans.items()}
    there = insert_statement(connection, article_id, values)
    # Where the old version named whoever stands between, the new one may not.
    vias = [{**via, "start_char": None, "end_char": None} for via in was.vias.get(number, ())]
    if vias:
        connection.execute(insert(_VIAS), [{**via, "statement_id": there} for via in vias])
    vector = was.vectors.get(number, {})
    reading = replace(now, read={there: values}, vias={there: vias}, vectors={there: vector})
    owners = owners_before(connection, article_id)
    note_as_read(connection, article_id, reading, number=there, place=None, owners=owners)
    return there
