"""The main clause of a sentence as a stance is read from it: without what frames it, as far as its verb reaches.

By words alone, without a parser: where the first finite auxiliary stands that is in no relative clause, and how far its
group reaches. What comes behind it (a reason, a relative clause, a "but") is somebody else's stance, or another one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.tracing.stancewords import found, longest, negators, single
from onrecord.tracing.words import Word

_BREAK = re.compile(r"[;:—–]|\s-{1,2}\s|\.\.\.|…")
# So many words behind the auxiliary a verb's group reaches: "has not really been able to", "does not have to".
GROUP = 7
# So many words of a clause without an auxiliary are looked at for its verb.
WITHOUT_AUXILIARY = 9
FRAME = 7


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `start` to `end` of a sentence are the subject and the verb's group; `verb` is where the latter begins.

    `auxiliary` says that it begins with one. `framed` are the verbs around it, each with whether it is negated;
    `condition` is where a condition is named.
    """

    words: tuple[Word, ...]
    start: int
    verb: int
    end: int
    auxiliary: bool
    framed: tuple[tuple[range, bool], ...] = ()
    condition: range | None = None


def main_clause(text: str, words: tuple[Word, ...]) -> Clause:
    """The main clause of the words of one sentence, of which there is at least one."""
    condition = _condition(words)
    start = _behind_subordinate(text, words, _behind(words, 0, single("opening")))
    framed: list[tuple[range, bool]] = []
    while frame := _frame(text, words, start):
        framed.append((frame, bool(negators(words, range(start, frame.start)))))
        start = frame.stop + (frame.stop < len(words) and words[frame.stop].folded == "that")
    start = min(_behind(words, start, single("opening") | {"that"}) if not framed else start, len(words) - 1)
    verb = _auxiliary(text, words, start)
    reach = start + WITHOUT_AUXILIARY if verb is None else verb + GROUP
    end = _reach(text, words, start=start if verb is None else verb, end=min(reach, len(words)))
    return Clause(words, start, start if verb is None else verb, end, verb is not None, tuple(framed), condition)


def _behind(words: Sequence[Word], i: int, passed: frozenset[str]) -> int:
    while i < len(words) - 1 and words[i].folded in passed:
        i += 1
    return i


def _condition(words: Sequence[Word]) -> range | None:
    """Where a condition begins, "as if" and "whether" being none."""
    none = {i for place in found(words, "unconditional") for i in place}
    leading = words[0].folded == "even" and len(words) > 1 and words[1].folded == "if"
    for place in found(words, "conditional"):
        if leading or place.stop - 1 not in none:
            return place
    return None


def _behind_subordinate(text: str, words: Sequence[Word], start: int) -> int:
    """Where the main clause begins if a clause or a phrase with a comma stands before it."""
    if words[start].folded not in single("subordinate"):
        return start
    for i in range(start + 2, len(words)):
        if "," in _between(text, words, i) and words[i].folded not in {"and", "or", "which", "who"}:
            return _behind(words, i, frozenset({"then"}))
    return start


def _frame(text: str, words: Sequence[Word], start: int) -> range | None:
    """Where a verb stands whose clause is the point ("I do not think", "polls show that"), if the words begin so."""
    for place in found(words, "framing", "doubting", start=start, end=min(start + FRAME + 2, len(words))):
        if place.start - start > FRAME or _broken(text, words, start + 1, place.start) or place.stop >= len(words):
            return None
        has_that = words[place.stop].folded == "that"
        is_light = all(w.folded in single("pronoun") or w.folded in single("light") for w in words[start : place.start])
        behind = words[place.stop : place.stop + 12]
        if place.start > start and (has_that or (is_light and _has_clause(behind))):
            return place
        if not is_light:
            return None
    return None


def _has_clause(words: Sequence[Word]) -> bool:
    """Whether a clause of its own begins here."""
    return bool(words) and (
        words[0].folded in single("pronoun") or any(w.folded in single("auxiliary") for w in words[:8])
    )


def _auxiliary(text: str, words: Sequence[Word], start: int) -> int | None:
    """Where the first finite auxiliary stands that is in no relative clause."""
    in_relative = False
    i = start
    while i < len(words):
        word = words[i].folded
        if i > start and _BREAK.search(_between(text, words, i)):
            return None
        if word in single("relative") and i > start:
            in_relative = True
        elif is_auxiliary(words, i):
            if not in_relative:
                return i
            in_relative = False
            while i + 1 < len(words) and (is_auxiliary(words, i + 1) or longest(words, i + 1, "negating")):
                i += 1
        elif word in single("adverbial") and i > start:
            return None
        i += 1
    return None


def is_auxiliary(words: Sequence[Word], i: int) -> bool:
    """Whether a finite auxiliary stands there; "to have" is none."""
    word = words[i].folded
    return (word in single("auxiliary") or word.endswith("'d")) and (i == 0 or words[i - 1].folded != "to")


def _reach(text: str, words: Sequence[Word], *, start: int, end: int) -> int:
    """Where the verb's group ends: at the next clause, or where the words break off."""
    for i in range(start + 1, end):
        is_own = words[i].folded == "that" and words[i - 1].folded == "not"
        if (words[i].folded in single("boundary") and not is_own) or _broken(text, words, i, i):
            return i
    return end


def _broken(text: str, words: Sequence[Word], start: int, end: int) -> bool:
    return any(_BREAK.search(_between(text, words, i)) for i in range(start, min(end, len(words) - 1) + 1))


def _between(text: str, words: Sequence[Word], i: int) -> str:
    """What stands between the word and the one before it."""
    return text[words[i - 1].span.end : words[i].span.start]
