"""How news words a request for comment: expressions kept as data, and the line of text that they are matched against.

They are data for the reason that word lists are: to be read, corrected and added to without touching code. The forms of
data/comment.txt are made of the pieces of data/comment_words.txt, which they use as <name>. A `Line` is one sentence in
which every character keeps its place, but apostrophes and quotation marks are straight and all white space is blanks.
What a form means is no business of this module.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.reading.named import Name
from onrecord.reading.wordlists import lines
from onrecord.span import Span

# An expression sees this much of a sentence, so that no input makes it slow; a sentence of news has some 150.
LONGEST_LINE = 1000

_BLANKS = "\t\n\r\v\f\x1c\x1d\x1e\x85\xa0\u2009\u2028\u2029\u202f"
_PLAIN = str.maketrans(dict.fromkeys("’‘ʼ", "'") | dict.fromkeys("“”", '"') | dict.fromkeys(_BLANKS, " "))
_PIECE = re.compile(r"(?<!\?P)<(\w+)>")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its words made plain, and the names in it, as offsets into them."""

    words: str
    names: tuple[Name, ...]

    @classmethod
    def of(cls, text: str, *, sentence: Span, names: Sequence[Name]) -> "Line":
        """The line of a sentence; `names`, of the whole text, are in its order."""
        start, end = sentence.start, min(sentence.end, sentence.start + LONGEST_LINE)
        first = bisect_left(names, start, key=lambda name: name.span.start)
        behind = bisect_left(names, end, key=lambda name: name.span.start)
        inside = (name for name in names[first:behind] if name.span.end <= end)
        moved = (Name(Span(name.span.start - start, name.span.end - start), name.kind) for name in inside)
        return cls(text[start:end].translate(_PLAIN), tuple(moved))


@cache
def forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms of data/comment.txt in its order, each with its kind."""
    parted = (line.partition(": ") for line in lines("comment"))
    return tuple((kind, expression(template)) for kind, _, template in parted)


@cache
def expression(template: str) -> re.Pattern[str]:
    """The expression that a template with pieces stands for; KeyError if there is no such piece."""
    return re.compile(_filled(template, _pieces()))


@cache
def _pieces() -> Mapping[str, str]:
    """The pieces of data/comment_words.txt by their names."""
    found: dict[str, str] = {}
    for line in lines("comment_words"):
        name, _, template = line.partition(": ")
        found[name] = _filled(template, found)
    return MappingProxyType(found)


def _filled(template: str, pieces: Mapping[str, str]) -> str:
    return _PIECE.sub(lambda match: f"(?:{pieces[match[1]]})", template)
