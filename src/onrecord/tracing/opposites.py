"""Words of opposite direction: "raise" and "cut", "open" and "close"; by the list of data/opposites.txt."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from onrecord.tracing.words import Word, root


def opposites(one: Sequence[Word], other: Sequence[Word]) -> tuple[str, ...]:
    """A word of the one and a word of the other that are opposite, neither having both; or nothing."""
    ours, theirs = ({root(word.folded): word.folded for word in words} for words in (one, other))
    for stem, word in ours.items():
        against = _against().get(stem, frozenset())
        if against.isdisjoint(ours):
            for found in sorted(against & theirs.keys()):
                if _against()[found].isdisjoint(theirs):
                    return word, theirs[found]
    return ()


@cache
def _against() -> Mapping[str, frozenset[str]]:
    """The root of each word of the list with those of the words that it is opposite to."""
    text = files("onrecord.tracing").joinpath("data", "opposites.txt").read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            left, right = (frozenset(map(root, side.split())) for side in line.split(":"))
            for stem in left | right:
                found[stem] = found.get(stem, frozenset()) | (right if stem in left else left)
    return found
