"""Who stands between a speaker and the article: venues, where the words were said, and reporters, who passed them on.

A statement's own sentence says it, outside what was said there, or plainly refers back: "in the interview", "the
newspaper". It refuses to take an outlet for a venue or a reporter because it is named nearby, or because everything
else in the article was said there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.outlets import candidates
from onrecord.reading.carryover import carry, is_outlet
from onrecord.reading.leads import used_as
from onrecord.reading.named import Name
from onrecord.reading.scene import Scene
from onrecord.reading.venues import Mark, outlets_in
from onrecord.span import Span, spoken
from onrecord.statement import SpeakerKind, Statement, Via, ViaRole

_REPORTS = frozenset("report reports reported reporting according".split())
_WRITES = frozenset("wrote writes written".split())


def occasions(
    text: str, statements: Sequence[Statement], *, sentences: Sequence[Span], names: Sequence[Name]
) -> list[tuple[Via, ...]]:
    """The vias of each statement, in the order in which the text names them."""
    scene = Scene(text, statements, sentences=sentences, names=names)
    found: list[list[Mark]] = [[] for _ in statements]
    for i in scene.order:
        marks = scene.found(i)
        own = [f.mark for f in marks if f.owner == i] or [f.mark for f in marks if scene.is_same_speaker(i, f.owner)]
        of_own = [r for mark in own for r in _resolved(scene, found, i, mark)]
        found[i] = [_in_full(scene.text, mark) for mark in (*_printed(scene, i), *of_own)]
    carry(scene, found)
    return [tuple(dict.fromkeys((*_vias(found[i]), *_reporters(scene, i)))) for i in range(len(statements))]


def _vias(marks: Sequence[Mark]) -> Iterator[Via]:
    """The vias of a statement; an outlet named beside an interview stands for it."""
    is_named = any(mark.is_named and mark.via.role is ViaRole.VENUE for mark in marks)
    for mark in marks:
        if mark.is_named or not is_named or mark.noun.rpartition(" ")[2] not in used_as("yields"):
            yield mark.via


def _printed(scene: Scene, i: int) -> list[Mark]:
    """The outlet that a writer is introduced by: "Ines Calloway of the Fenwick Wire wrote"."""
    statement = scene.statements[i]
    if _WRITES.isdisjoint(spoken(scene.text, statement.cue).lower().split()):
        return []
    found = [mark for source in statement.source for mark in outlets_in(scene.text, source, names=scene.names)]
    # an outlet that is all of the source is itself the speaker
    said = spoken(scene.text, statement.source).lower().removeprefix("the ")
    return [mark for mark in found if mark.via.name.lower() != said and not _is_outlet_speaking(statement)]


def _is_outlet_speaking(statement: Statement) -> bool:
    return statement.speaker is not None and statement.speaker.kind is SpeakerKind.OUTLET


def _resolved(scene: Scene, found: Sequence[Sequence[Mark]], i: int, mark: Mark) -> list[Mark]:
    """The mark, or what it refers back to; an outlet that nothing was said to before is none."""
    if not mark.back:
        return [mark]
    for j in reversed([j for j in scene.order if scene.begins[j] < scene.begins[i]]):
        if before := _meant(mark, found[j]):
            return [replace(b, noun=b.noun or mark.noun) for b in before]
    return [] if mark.is_named else [mark]


def _in_full(text: str, mark: Mark) -> Mark:
    """The mark with the name in full where several outlets bear it and the text names one of them before."""
    several = candidates(mark.via.name) if mark.is_named else ()
    names = [outlet.name.partition(" (")[0].removeprefix("The ") for outlet in several]
    named = [name for name in names if name != mark.via.name and name in text[: mark.at]]
    return replace(mark, via=replace(mark.via, name=named[0])) if len(several) > 1 and len(named) == 1 else mark


def _meant(mark: Mark, before: Sequence[Mark]) -> list[Mark]:
    """Which of an earlier statement's marks the mark can refer back to."""
    outlets = [b for b in before if is_outlet(b)]
    if mark.is_named or (mark.noun == "interview" and outlets):
        return outlets
    if any(b.noun == mark.noun for b in before):
        return outlets or [b for b in before if b.noun == mark.noun]
    return []


def _reporters(scene: Scene, i: int) -> Iterator[Via]:
    """The outlet or document that an inner statement is reported by: who says the statement around it."""
    outer = scene.around[i]
    if outer is None:
        return
    parent = scene.statements[outer]
    if _REPORTS.isdisjoint(spoken(scene.text, parent.cue).lower().split()):
        return
    outlets = [mark for source in parent.source for mark in outlets_in(scene.text, source, names=scene.names)]
    kinds = (SpeakerKind.OUTLET, SpeakerKind.DOCUMENT)
    if parent.speaker and parent.speaker.kind in kinds:
        span = outlets[0].span if outlets else next(iter(parent.source), None)
        yield Via(parent.speaker.name, ViaRole.REPORTER, span, parent.speaker.proper)
    elif parent.speaker is None and len(outlets) == 1:
        yield replace(outlets[0].via, role=ViaRole.REPORTER)
