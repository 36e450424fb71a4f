"""Carries a venue on from one statement to those that belong to the same occasion.

Four things make an occasion go on: questions by an outlet and the answers to them, turns of a transcript, what the same
speaker adds at once, and a quotation that runs on without a cue. Anything less ("he said", a sentence later) may be
another occasion and carries nothing: a venue that is missing costs less than one that is wrong.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.outlets import OutletKind, outlet_named
from onrecord.reading.leads import used_as
from onrecord.reading.scene import Scene
from onrecord.reading.venues import Mark, marks
from onrecord.span import spoken
from onrecord.statement import Act, Statement, ViaRole

_TURN = re.compile(r"\s*:")
_WORD = re.compile(r"\w")
_ADDS = frozenset("added adds continued continues".split())
LEAD_IN = 3  # sentences before a transcript that may say where it was recorded


def carry(scene: Scene, found: list[list[Mark]]) -> None:
    """Adds to the marks found for each statement those that it takes over from earlier ones, in place."""
    outer = [i for i in scene.order if scene.around[i] is None]
    _answers(scene, found, outer)
    _turns(scene, found, outer)
    _additions(scene, found)
    for before, i in pairwise(outer):
        if not found[i] and _runs_on(scene, before, i):
            found[i] = [mark for mark in found[before] if mark.via.role is ViaRole.VENUE]


def is_outlet(mark: Mark) -> bool:
    """Whether the mark is an outlet's or a programme's name, to which "the newspaper" can refer back."""
    outlet = outlet_named(mark.via.name, in_context=True)
    is_platform = outlet is not None and outlet.kind is OutletKind.PLATFORM
    is_venue = mark.is_named and mark.via.role is ViaRole.VENUE
    return is_venue and not is_platform and mark.noun not in ("address", *used_as("titled"))


def _answers(scene: Scene, found: list[list[Mark]], outer: Sequence[int]) -> None:
    """Carries a venue through the questions that its outlet puts and the answers to them."""
    told: list[int] = []  # the statements made to one outlet, up to here
    is_asked = False
    for i in outer:
        outlets = [mark for mark in found[told[-1]] if is_outlet(mark)] if told else []
        if found[i]:
            goes_on = any(mark.via.name == outlet.via.name for mark in found[i] for outlet in outlets)
            told, is_asked = ([*told, i], is_asked) if goes_on else ([i], False)
        elif outlets and _is_outlet_asking(scene, i, outlets):
            is_asked = True
        elif not any(scene.is_same_speaker(i, j) for j in told):
            told, is_asked = [], False
        elif is_asked:
            found[i] = outlets
            told.append(i)


def _is_outlet_asking(scene: Scene, i: int, outlets: Sequence[Mark]) -> bool:
    """Whether one of the outlets puts a question."""
    statement = scene.statements[i]
    words = spoken(scene.text, statement.source).lower().split()
    is_back = len(words) == 2 and words[0] == "the" and words[1] in used_as("outlets")
    names = {mark.via.name.lower() for mark in outlets}
    speaker = statement.speaker.name.lower() if statement.speaker else " ".join(words).removeprefix("the ")
    return (is_back or speaker in names) and _is_question(scene.text, statement)


def _is_question(text: str, statement: Statement) -> bool:
    return statement.act is Act.ASK or statement.content[-1].of(text).rstrip("\"”’' ").endswith("?")


def _turns(scene: Scene, found: list[list[Mark]], outer: Sequence[int]) -> None:
    """Carries to the turns of a transcript what the sentences before it say about where it was recorded."""
    start = 0
    while start < len(outer):
        end = start
        while end < len(outer) and _is_turn(scene, outer[end]):
            end += 1
        if end - start > 1:
            venue = _lead_in(scene, scene.begins[outer[start]])
            for i in outer[start:end]:
                found[i] = found[i] or venue
        start = max(end, start + 1)


def _is_turn(scene: Scene, i: int) -> bool:
    """Whether the statement is a line that begins with a speaker and a colon."""
    statement = scene.statements[i]
    if not statement.source:
        return False
    source = statement.source[0]
    begins = not scene.text[: source.start].rpartition("\n")[2].strip(' \t"“”')
    return begins and _TURN.match(scene.text, source.end) is not None


def _lead_in(scene: Scene, start: int) -> list[Mark]:
    """The outlets or programmes named as venue in the nearest of the sentences before a transcript."""
    before = [sentence for sentence in scene.sentences if sentence.end <= start][-LEAD_IN:]
    for sentence in reversed(before):
        named = marks(scene.text, sentence, hidden=(), names=scene.names)
        if venue := [m for m in named if is_outlet(m) and not m.back]:
            return venue
    return []


def _additions(scene: Scene, found: list[list[Mark]]) -> None:
    """Carries a venue to what the same speaker adds in the same sentence or the next."""
    for before, i in pairwise(scene.order):
        cue = spoken(scene.text, scene.statements[i].cue).lower().split()
        is_added = not found[i] and not _ADDS.isdisjoint(cue) and scene.around[i] == scene.around[before]
        if is_added and _is_next(scene, before, i) and scene.is_same_speaker(i, before):
            found[i] = [mark for mark in found[before] if mark.via.role is ViaRole.VENUE]


def _is_next(scene: Scene, before: int, i: int) -> bool:
    """Whether a statement begins in the sentence that attributes the one before it, or in the next."""
    place = (*scene.statements[before].source, *scene.statements[before].cue)
    end = max((span.end for span in place), default=scene.begins[before])
    return sum(sentence.end > end and sentence.start <= scene.begins[i] for sentence in scene.sentences) <= 2


def _runs_on(scene: Scene, before: int, i: int) -> bool:
    """Whether a statement without a cue follows the one before it with nothing but quotation marks between them."""
    one, other = scene.statements[before], scene.statements[i]
    if other.source or other.cue:
        return False
    end = max(span.end for span in (*one.source, *one.cue, *one.content))
    end = next((s.end for s in scene.sentences if s.start < end <= s.end), end)
    return not _WORD.search(scene.text, end, scene.begins[i])
