"""The word lists of stance, read from data/stance.txt when first needed, and where their entries stand among words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from onrecord.span import Span
from onrecord.tracing.words import Word

Entry = tuple[str, ...]
_LONGEST = 8


def found(words: Sequence[Word], *groups: str, start: int = 0, end: int | None = None) -> Iterator[range]:
    """Where entries of these groups stand from `start` to `end`, the longest at each place."""
    stop = len(words) if end is None else end
    i = start
    while i < stop:
        length = longest(words, i, *groups, end=stop)
        if length:
            yield range(i, i + length)
        i += max(length, 1)


def longest(words: Sequence[Word], i: int, *groups: str, end: int | None = None) -> int:
    """How many words the longest entry of these groups has that begins at `i`; 0 if there is none."""
    stop = len(words) if end is None else end
    entries = _entries(*groups).get(words[i].folded, ())
    here = tuple(word.folded for word in words[i : min(stop, i + _LONGEST)])
    return next((len(entry) for entry in entries if here[: len(entry)] == entry), 0)


@cache
def single(group: str) -> frozenset[str]:
    """The words of a group that has no phrases."""
    return frozenset(word for label, entries in _lists() if label == group for entry in entries for word in entry)


def negators(words: Sequence[Word], within: range) -> list[range]:
    """Where words negate, idle expressions left out; an entry counts that begins inside."""
    idle = {i for place in found(words, "idle") for i in place}
    places = found(words, "negating", start=within.start)
    return [place for place in places if place.start in within and place.start not in idle]


def spans(words: Sequence[Word], places: Iterable[range]) -> tuple[Span, ...]:
    """The characters of these places."""
    return tuple(Span(words[place.start].span.start, words[place.stop - 1].span.end) for place in places)


@cache
def _entries(*groups: str) -> Mapping[str, Sequence[Entry]]:
    """The entries of these groups by their first word, the longest first."""
    by_word: dict[str, list[Entry]] = {}
    for group, entries in _lists():
        if group in groups:
            for entry in entries:
                by_word.setdefault(entry[0], []).append(entry)
    return {word: sorted(set(entries), key=lambda entry: -len(entry)) for word, entries in by_word.items()}


@cache
def _lists() -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    text = files("onrecord.tracing").joinpath("data", "stance.txt").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((group, tuple(tuple(entry.split()) for entry in rest.split(","))) for group, _, rest in lines)
