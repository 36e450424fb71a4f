"""Where words stand in an article's text, and where they stand in another version of it.

Nothing here asks the record. Words are found as people copy them from what is printed: white space counts as one blank,
quotation marks as one whatever their style, and " … " stands between several spans. What is not found, or is there
several times with nothing that tells which, is an error and never a guess.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.errors import UsageError, shown
from onrecord.span import Span

_PLACE = re.compile(r"(\d+)\s*[-–:]\s*(\d+)")
_GAP = " … "
_ALIKE = {mark: f"[{marks}]" for marks in ('"“”„«»', "'‘’‚") for mark in marks}
# Of the text around a span so many characters on either side tell which of several places it is in another version.
_AROUND = 80
# Two that share half of their words are one: so score_statements.py counts, too.
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Sides:
    """Where a statement stands: the spans of its three roles."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()


def spans_given(text: str, given: Sequence[str], *, near: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The spans that a person gives, as characters ("120-180") or as the words themselves, in the text's order.

    Words that stand there several times are those nearest to `near`. Raises UsageError.
    """
    spans = sorted(span for one in given for span in _given(text, one, near=near))
    for one, other in pairwise(spans):
        if one.meets(other):
            raise UsageError(f"{shown(one.of(text))} and {shown(other.of(text))} overlap; give each character once")
    return tuple(spans)


def moved(span: Span, *, of: str, to: str) -> Span | None:
    """Where the words of a span stand in another version of the text; none if they do not.

    Of several places it is the one with the same words around it, and of such the first behind as many as before.
    """
    places = list(_places(to, span.of(of)))
    if not places:
        return None
    before, behind = of[max(0, span.start - _AROUND) : span.start], of[span.end : span.end + _AROUND]

    def same_around(place: Span) -> tuple[int, int]:
        ahead = to[max(0, place.start - _AROUND) : place.start]
        n_alike = _n_same(before[::-1], ahead[::-1]) + _n_same(behind, to[place.end : place.end + _AROUND])
        return n_alike, -abs(place.start - span.start)

    return max(places, key=same_around)


def paired(old: Mapping[int, Sequence[Sides]], new: Sequence[Sides]) -> dict[int, int]:
    """Which of the new statements each old one is, by its number, if it is there; each is one at most.

    An old one may stand in several places: where it was read, and where a person says that it stands. Contents tell,
    then cues and sources. A cue tells statements apart: with another one only the very same content is the same.
    """
    found = [
        (max(_likeness(sides, one) for sides in places), number, index)
        for number, places in old.items()
        for index, one in enumerate(new)
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for (content, _, _), number, index in sorted(found, key=lambda pair: (pair[0], -pair[1], -pair[2]), reverse=True):
        if content < _SAME:
            break
        if number not in pairs and index not in taken:
            pairs[number] = index
            taken.add(index)
    return pairs


def _likeness(one: Sides, other: Sides) -> tuple[float, float, float]:
    content = _shared(one.content, other.content)
    cue = _shared(one.cue, other.cue)
    if one.cue and other.cue and not cue and content < 1:
        content = 0.0
    return content, cue, _shared(one.source, other.source)


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How much of both they share: 1 for the same characters, 0 for none."""
    total = sum(map(len, one)) + sum(map(len, other))
    if not total:
        return 1.0
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return 2 * both / total


def _given(text: str, given: str, *, near: Sequence[Span]) -> Iterator[Span]:
    place = _PLACE.fullmatch(given.strip())
    if place:
        yield _at(text, int(place[1]), int(place[2]))
        return
    parts = [given] if next(_places(text, given), None) else given.split(_GAP)
    for part in parts:
        yield _nearest(text, part, near=near)


def _at(text: str, start: int, end: int) -> Span:
    """The span of these characters. Raises UsageError for what is outside of the text, or blank."""
    if not 0 <= start < end <= len(text):
        raise UsageError(f"{start}-{end} is no place in the text, which has the characters 0-{len(text)}")
    if not text[start:end].strip():
        raise UsageError(f"at {start}-{end} there is nothing but white space; give the characters of the words")
    return Span(start, end)


def _nearest(text: str, words: str, *, near: Sequence[Span]) -> Span:
    """Where these words stand nearest to those spans. Raises UsageError."""
    places = list(_places(text, words))
    if not places:
        raise UsageError(
            f"{shown(words)} is not in the article's text; copy the words as they stand there, "
            "or give the characters: 120-180"
        )
    if len(places) == 1:
        return places[0]
    ways = sorted((_way(place, near), place) for place in places)
    if not near or ways[0][0] == ways[1][0]:
        some = ", ".join(f"{place.start}-{place.end}" for place in places[:5])
        raise UsageError(f"{shown(words)} is in the text {len(places)} times; say which by its characters: {some}")
    return ways[0][1]


def _places(text: str, words: str) -> Iterator[Span]:
    pattern = r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in words.split())
    if pattern:
        # Whole words: "he" is not in "the".
        pattern = (
            (r"\b" if words.strip()[0].isalnum() else "") + pattern + (r"\b" if words.strip()[-1].isalnum() else "")
        )
        yield from (Span(match.start(), match.end()) for match in re.finditer(pattern, text))


def _way(place: Span, near: Sequence[Span]) -> int:
    """How many characters lie between."""
    return min((max(0, place.start - span.end, span.start - place.end) for span in near), default=0)


def _n_same(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
