"""Who each statement's speaker is: from the words of its source, or from what they point back to.

A source that names somebody names the speaker. A pronoun or a role ("the senator") takes the name of what it most
likely takes up, a quotation that runs on the speaker of the one before, "I" whoever is quoted. Where nobody is named
the description stands. What the article leaves open stays open: no speaker is better than a wrong one, and every
speaker says how sure it is and what tells it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.outlets import outlet_like
from onrecord.reading.kinds import described
from onrecord.reading.meanings import FIRST_PERSON, PHRASES, Meanings
from onrecord.reading.mentions import Mention, Sort
from onrecord.reading.selection import log_odds
from onrecord.span import Span
from onrecord.statement import KnownBy, Speaker, SpeakerKind, Statement

CONTINUED = 0.9  # of the sureness of the speaker before


def speakers_of(
    text: str, statements: Sequence[Statement], *, meanings: Meanings, weights: Mapping[str, Sequence[float]]
) -> list[Speaker | None]:
    """The speaker of each statement, none where nothing tells; parents come before what is inside them.

    `weights` turn what the mentions add up to into a probability; see `confidence_of`.
    """
    found: list[Speaker | None] = []
    for number, statement in enumerate(statements):
        if statement.source:
            parent = found[statement.parent] if statement.parent is not None else None
            found.append(_of_source(text, statement.source[0], meanings=meanings, parent=parent))
        else:
            follows = number > 0 and statement.parent is None and not statement.cue
            found.append(_continued(found[number - 1]) if follows else None)
    return [replace(s, confidence=confidence_of(s, weights)) if s else None for s in found]


def confidence_of(speaker: Speaker, weights: Mapping[str, Sequence[float]]) -> float:
    """The probability that a speaker is right: a logistic function of the log-odds of what the mentions add up to.

    `weights` has a constant and a factor for each way of knowing a speaker; training/export.py fits them on the
    labelled articles that are set aside. Without weights the sum itself stays.
    """
    if speaker.known_by not in weights:
        return speaker.confidence
    constant, factor = weights[speaker.known_by]
    return 1 / (1 + math.exp(-constant - factor * log_odds(speaker.confidence)))


def _of_source(text: str, source: Span, *, meanings: Meanings, parent: Speaker | None) -> Speaker | None:
    mention = meanings.mention_at(source)
    if mention is None:
        return None
    if mention.sort in FIRST_PERSON:
        return _first_person(mention, parent)
    meaning, mass = meanings.of(source)
    if meaning is None:
        return None
    name, kind = meaning
    known_by = _known_by(mention, is_own=name == described(mention.span.of(text)))
    return Speaker(name, kind, known_by, proper=_proper(name, kind), confidence=mass)


def _continued(before: Speaker | None) -> Speaker | None:
    if before is None:
        return None
    return replace(before, known_by=KnownBy.CONTINUATION, confidence=before.confidence * CONTINUED)


def _first_person(mention: Mention, parent: Speaker | None) -> Speaker:
    """Whom "I" and "we" are: whoever is quoted, else the writer."""
    if parent:
        return replace(parent, known_by=KnownBy.PRONOUN)
    return Speaker("I" if mention.sort is Sort.I else "we", SpeakerKind.AUTHOR, KnownBy.PRONOUN)


def _known_by(mention: Mention, *, is_own: bool) -> KnownBy:
    if mention.names:
        return KnownBy.NAME
    if mention.sort not in PHRASES:
        return KnownBy.PRONOUN
    return KnownBy.DESCRIPTION if is_own else KnownBy.ROLE


def _proper(name: str, kind: SpeakerKind) -> str | None:
    """The right spelling of an outlet's name that the article misspells; none where nothing is known to be wrong."""
    outlet = outlet_like(name) if kind is SpeakerKind.OUTLET else None
    return outlet.name if outlet else None
