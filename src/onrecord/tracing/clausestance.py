"""What the main clause of a sentence tells by itself: whether it is negated, how sure it is, and which words tell.

Double negation affirms, and what is not ruled out is possible. Of several signs the softest decides: "maybe we should"
is possible, "we will, if" is conditional.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.span import Span
from onrecord.statement import Form, SpeakerKind, Statement
from onrecord.tracing.clause import Clause
from onrecord.tracing.stances import Certainty
from onrecord.tracing.stancewords import found, longest, negators, single, spans
from onrecord.tracing.words import Word


@dataclass(frozen=True, slots=True)
class Said:
    """Whether a clause is negated, how sure it is, and the words that tell. Denial is not told from assertion yet."""

    negative: bool = False
    certainty: Certainty = Certainty.ASSERTED
    places: tuple[Span, ...] = ()


def said_in(clause: Clause, *, statement: Statement) -> Said:
    """What the content's main clause tells by itself."""
    words = clause.words
    softened = _possible(clause)
    # "Not sure" is one expression: its "not" negates nothing else.
    opened = _apart(found(words, "open", start=clause.start, end=clause.end), softened)
    negated = _apart([*_against(clause), *_turning(clause)], [*softened, *opened])
    if opened and negated:
        return Said(certainty=Certainty.POSSIBLE, places=spans(words, [*negated, *opened]))
    certainty, places = _certainty(clause, softened=softened, statement=statement)
    unlikely = [place for place in softened if words[place.start].folded == "unlikely"]
    negative = len([*negated, *opened, *unlikely]) % 2 == 1
    return Said(negative, certainty, spans(words, [*negated, *opened, *places]))


def _apart(places: Iterable[range], taken: Iterable[range]) -> list[range]:
    """The places that share no word with those that are taken."""
    words = {i for place in taken for i in place}
    return [place for place in places if words.isdisjoint(place)]


def _against(clause: Clause) -> list[range]:
    """Where the clause is negated: in its subject's first word, and in its verb's group."""
    words = clause.words
    in_subject = negators(words, range(clause.start, clause.start + 1)) if clause.start < clause.verb else []
    in_group = negators(words, range(clause.verb, clause.end))
    return [
        place for place in (*in_subject, *in_group) if not (_is_of_other(clause, place) or _contrasts(words, place))
    ]


def _contrasts(words: Sequence[Word], place: range) -> bool:
    """Whether it sets one thing against another that is affirmed: "not to close but to open"."""
    behind = [word.folded for word in words[place.stop :]]
    again = any(pair == ("but", behind[0]) for pair in pairwise(behind[1:])) if behind else False
    return words[place.start].folded == "not" and again


def _is_of_other(clause: Clause, place: range) -> bool:
    """Whether it negates a gerund at the clause's start ("not paying is smart"), or is the "nor" of "neither"."""
    words = clause.words
    if place.start != clause.start:
        return words[place.start].folded == "nor"
    return place.stop < len(words) and words[place.stop].folded.endswith("ing") and words[place.start].folded == "not"


def _turning(clause: Clause) -> list[range]:
    """Where verbs negate what depends on them, unless they stand in the passive."""
    places = found(clause.words, "turning", start=clause.verb, end=clause.end)
    return [p for p in places if len(p) > 1 or not p.start or clause.words[p.start - 1].folded not in single("being")]


def _possible(clause: Clause) -> list[range]:
    """Where the clause says that something may be so."""
    words = clause.words
    may = [p for p in _inside(clause, "possible") if not _is_sure(words, p)]
    must_have = [
        range(i, i + 2)
        for i in range(clause.verb, clause.end - 2)
        if words[i].folded == "must" and words[i + 1].folded == "have" and words[i + 2].folded != "to"
    ]
    return [*may, *must_have]


def _is_sure(words: Sequence[Word], place: range) -> bool:
    """Whether such a word leaves nothing open: "could not pay", "no chance", "considers him a friend"."""
    first = words[place.start].folded
    before = words[place.start - 1].folded if place.start else ""
    behind = words[place.stop].folded if place.stop < len(words) else ""
    if first == "could":
        return bool(behind) and longest(words, place.stop, "negating") > 0
    if first in {"possibly", "chance", "possible"}:
        return before in {"no", "not", "never"}
    return first.startswith("consider") and behind in {"it", "him", "her", "them", "myself"}


def _inside(clause: Clause, group: str) -> list[range]:
    """Where entries stand in the verb's group, or open the clause; what is inside of the subject does not count."""
    opening = found(clause.words, group, end=min(clause.start + 2, clause.verb))
    return [*opening, *found(clause.words, group, start=clause.verb, end=clause.end)]


def _certainty(clause: Clause, *, softened: list[range], statement: Statement) -> tuple[Certainty, list[range]]:
    """How sure the clause is, the softest that it shows, and where."""
    words, own = clause.words, _is_own(clause, statement)
    needed = [p for p in _inside(clause, "needed") if not _is_noun(words, p)]
    wished = [p for p in _inside(clause, "wanted") if not _is_noun(words, p)] if own else []
    if softened:
        return Certainty.POSSIBLE, softened
    if clause.condition:
        return Certainty.CONDITIONAL, [clause.condition]
    if needed or wished or _instructs(clause, statement):
        return Certainty.WANTED, [*needed, *wished] or [range(clause.start, clause.start + 1)]
    return _of_verb(clause, own=own, statement=statement)


def _of_verb(clause: Clause, *, own: bool, statement: Statement) -> tuple[Certainty, list[range]]:
    """What "will" and "would" tell: of the speaker a promise, of others what is to come; "would" alone a condition."""
    words, verb = clause.words, range(clause.verb, clause.verb + 1)
    is_would = clause.auxiliary and (words[clause.verb].folded == "would" or words[clause.verb].folded.endswith("'d"))
    if is_would and statement.form is Form.DIRECT:
        return Certainty.CONDITIONAL, [verb]
    promised = list(found(words, "promised", start=clause.verb, end=clause.end))
    if own and (is_would or promised):
        return Certainty.PROMISED, [verb] if is_would else promised
    return Certainty.ASSERTED, []


def _is_noun(words: Sequence[Word], place: range) -> bool:
    """Whether what may be a verb is a noun here: "the need", "any hope"."""
    return place.start > 0 and words[place.start - 1].folded in single("determiners")


def _instructs(clause: Clause, statement: Statement) -> bool:
    """Whether a quotation begins with a verb that tells somebody to do something."""
    length = longest(clause.words, clause.start, "instructing")
    return statement.form is Form.DIRECT and length > 0 and clause.start + length < len(clause.words)


def _is_own(clause: Clause, statement: Statement) -> bool:
    """Whether the clause is about what the speaker does: "I will", or "she would" in the words of a report."""
    subject = clause.words[clause.start : max(clause.verb, clause.start + 1)]
    if clause.auxiliary and clause.verb == clause.start:
        return True
    if any(word.folded in single("own") for word in subject[-2:]):
        return True
    if statement.form is Form.DIRECT or len(subject) != 1 or subject[0].folded not in single("of_speaker"):
        return False
    is_person = statement.speaker is not None and statement.speaker.kind is SpeakerKind.PERSON
    return (subject[0].folded in {"he", "she"}) == is_person
