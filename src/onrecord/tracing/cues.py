"""What a cue does to the content: "denied that" negates it, "suspects that" leaves it open, "refused to say" drops it.

By the lists of data/stance.txt, and where none of their words is in the cue by the act that it names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.span import Span
from onrecord.statement import Act
from onrecord.tracing.stances import Certainty
from onrecord.tracing.stancewords import found, longest, negators, single, spans
from onrecord.tracing.words import Word


@dataclass(frozen=True, slots=True)
class Effect:
    """Whether the cue negates the content, how sure it makes it, if it does, and which words tell.

    `holds_all` says that the content need not be a clause: to oppose a plan is a stance, to mention one is none.
    """

    negative: bool = False
    certainty: Certainty | None = None
    holds_all: bool = False
    places: tuple[Span, ...] = ()


class _Manner(StrEnum):
    """What cues do, the names of lists where there is one."""

    DOUBTING = "doubting"
    RULING_OUT = "open"
    OPPOSING = "opposing"
    FAILING = "failing"
    SUPPORTING = "supporting"
    SUPPOSING = "supposing"
    DECIDING = "deciding"
    WANTING = "wanted"
    HOLDING = "holding"
    PROMISING = "promising"
    DECLINING = "declining"
    SAYING = "saying"


_LISTED = tuple(_Manner)[: tuple(_Manner).index(_Manner.HOLDING)]
_BY_ACT = {
    Act.DENY: _Manner.OPPOSING,
    Act.COMMIT: _Manner.PROMISING,
    Act.WANT: _Manner.WANTING,
    Act.URGE: _Manner.WANTING,
    Act.DECLINE: _Manner.DECLINING,
}
_DENYING = frozenset({_Manner.RULING_OUT, _Manner.OPPOSING})
_TURNING = _DENYING | {_Manner.DOUBTING, _Manner.FAILING, _Manner.DECLINING}
_CERTAINTY = {
    _Manner.DOUBTING: Certainty.POSSIBLE,
    _Manner.RULING_OUT: Certainty.ASSERTED,
    _Manner.OPPOSING: Certainty.ASSERTED,
    _Manner.SUPPOSING: Certainty.POSSIBLE,
    _Manner.DECIDING: Certainty.PROMISED,
    _Manner.PROMISING: Certainty.PROMISED,
    _Manner.WANTING: Certainty.WANTED,
    _Manner.DECLINING: Certainty.ASSERTED,
}
_OF_CLAUSES = frozenset({_Manner.DOUBTING, _Manner.SUPPOSING, _Manner.HOLDING, _Manner.SAYING})


def effect_of(cue: Sequence[Word], source: Sequence[Word], content: Sequence[Word], *, act: Act) -> Effect | None:
    """What the cue does to this content; none where it says nothing of the matter."""
    manner = _manner(cue, content, act=act)
    negated = bool(negators(cue, range(len(cue)))) or (bool(source) and longest(source, 0, "negating") > 0)
    if manner in _DENYING and act is Act.DECLINE:
        negated = True  # "refused to rule out"
    if manner is _Manner.SUPPOSING and any(found(cue, "possible")):
        negated = False  # "is not sure" negates nothing
    if _says_nothing(manner, content, act=act, negated=negated):
        return None
    is_to = content[0].folded == "to"
    certainty = _certainty(manner, negated=negated)
    negative = (manner in _TURNING) != negated
    shown = negative or negated or certainty is not None
    return Effect(
        negative=negative,
        certainty=certainty,
        holds_all=manner not in _OF_CLAUSES or (manner is _Manner.SUPPOSING and is_to),
        places=spans(cue, [range(len(cue))]) if cue and shown else (),
    )


def _manner(cue: Sequence[Word], content: Sequence[Word], *, act: Act) -> _Manner:
    for manner in _LISTED:
        places = found(cue, manner)
        if manner is _Manner.SUPPORTING:  # "was backed" is the supported one's
            places = (
                place for place in places if not place.start or cue[place.start - 1].folded not in single("being")
            )
        if any(places) and (manner is not _Manner.FAILING or content[0].folded == "to"):
            return manner
    if _is_infinitive(content) and any(found(cue, "telling")):
        return _Manner.WANTING
    is_warning = act is Act.URGE and any(found(cue, "warning"))
    if is_warning and (any(w.folded in single("auxiliary") for w in content) or all(w.folded != "to" for w in content)):
        return _Manner.SAYING
    if act is Act.ASSERT and any(found(cue, "holding")):
        return _Manner.HOLDING
    return _BY_ACT.get(act, _Manner.SAYING)


def _is_infinitive(content: Sequence[Word]) -> bool:
    return content[0].folded == "to" or [word.folded for word in content[:2]] == ["not", "to"]


def _certainty(manner: _Manner, *, negated: bool) -> Certainty | None:
    if negated and manner in _DENYING:
        return Certainty.POSSIBLE  # what is not denied is left open
    if negated and manner is _Manner.DOUBTING:
        return None
    if negated and manner is _Manner.HOLDING:
        return Certainty.ASSERTED
    return _CERTAINTY.get(manner)


def _says_nothing(manner: _Manner, content: Sequence[Word], *, act: Act, negated: bool) -> bool:
    """Whether the source is only said not to say it, not to promise it, or to refuse an answer."""
    if manner is _Manner.DECLINING:
        return content[0].folded != "to" or longest(content, 0, "silent") > 0
    if manner is _Manner.SAYING:
        return negated and act is Act.ASSERT
    return negated and manner is _Manner.PROMISING
