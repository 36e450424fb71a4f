"""Finds what stands between quotation marks, in every style that news uses.

Straight and curly, double and single, guillemets and German marks either way round, two apostrophes ('' '') and two
grave accents (`` ''). A quotation never leaves its paragraph: one that is not closed ends with it, which is how a
quotation over several paragraphs is printed. What stands beside a mark says whether it may open or close and tells it
from an apostrophe or an inch; where that leaves a doubt, it counts as no quotation mark. Nothing raises: any string
has quotations, perhaps none. The time taken grows with the length of the text, whatever its marks.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.span import Span

# Of three apostrophes in a row that end a word, the first closes an inner quotation: ''He told me 'no.'''
_MARK = re.compile(r"(?<=[^\s'])'(?=''(?!'))|''|``|[\"“”„‟«»‘’‚‹›'`]")
_SIGNS = {"double": "\" '' `` “ ” „ ‟", "guillemet": "« »", "single guillemet": "‹ ›", "single": "' ` ‘ ’ ‚"}
_FAMILY = {sign: family for family, signs in _SIGNS.items() for sign in signs.split()}
_CLOSED_BY = {"„": "“", "«": "»", "»": "«", "‹": "›", "›": "‹"}
_OPENS_AFTER = frozenset("([{—–-/…\"'`“„‟«»‘‚‹›")
_NEVER_FIRST = frozenset(",;:)]}")
_AFTER_END = _NEVER_FIRST | frozenset(".!?")
_ELISION = re.compile(r"(?:em|til|tis|twas|cause|bout|round|n|t|\d\ds?)\b", re.IGNORECASE)
_SIZE = re.compile(r"(?:^|\D)\d{1,3}$")
_POSSESSIVE = re.compile(r"(?:s|in)$")
_NEXT_WORD = re.compile(r" [a-z]")
LOOK_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: `span` with its marks, its nesting `depth` from 0, and whether its closing mark is there."""

    span: Span
    depth: int
    closed: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark in its paragraph: whether it may open a quotation, close one, and whether it is more likely neither."""

    start: int
    end: int
    sign: str
    family: str
    opens: bool
    closes: bool
    doubtful: bool


def quotations(text: str, paragraphs: Iterable[Span] | None = None) -> list[Quotation]:
    """The quotations of `text` in order of their start, outer before inner; without `paragraphs`, line by line."""
    found = [q for span in (lines(text) if paragraphs is None else paragraphs) for q in _in_paragraph(text, span)]
    return sorted(found, key=lambda q: (q.span.start, -q.span.end))


def lines(text: str) -> Iterator[Span]:
    """The lines of `text`, each with its line break."""
    start = 0
    for line in text.splitlines(keepends=True):
        yield Span(start, start + len(line))
        start += len(line)


def quoted(length: int, found: Iterable[Quotation]) -> bytearray:
    """For each of `length` characters, 1 where it stands in a quotation (its marks included), else 0."""
    inside, done = bytearray(length), 0
    for span in sorted(quotation.span for quotation in found):
        start, end = max(span.start, done), min(max(span.end, done), length)
        inside[start:end] = b"\x01" * (end - start)
        done = max(end, done)
    return inside


def _in_paragraph(text: str, paragraph: Span) -> Iterator[Quotation]:
    words = text[paragraph.start : paragraph.end].rstrip()
    marks = [_mark(words, match) for match in _MARK.finditer(words)]
    last_closing = max((mark.start for mark in marks if mark.family == "single" and mark.closes), default=0)
    stack: list[_Mark] = []
    opened: defaultdict[str, list[_Mark]] = defaultdict(list)

    def closed(at: int, *, by: str) -> Quotation:
        top = stack.pop()
        opened[top.family].pop()
        return Quotation(Span(paragraph.start + top.start, paragraph.start + at), len(stack), top.family == by)

    for i, mark in enumerate(marks):
        same = opened[mark.family]
        if same and _closes(mark, same[-1]) and not (mark.doubtful and _closed_later(marks, i)):
            only_inner = stack[-1].family != mark.family and _closed_later(marks, i)
            while True:
                yield (quotation := closed(mark.end, by=mark.family))
                if quotation.closed or only_inner:
                    break
        elif mark.opens and _may_open(mark, stack=stack, same=same, last_closing=last_closing):
            stack.append(mark)
            same.append(mark)
    while stack:
        yield closed(len(words), by="")


def _closes(mark: _Mark, opening: _Mark) -> bool:
    return mark.closes or mark.sign == _CLOSED_BY.get(opening.sign)


def _may_open(mark: _Mark, *, stack: Sequence[_Mark], same: Sequence[_Mark], last_closing: int) -> bool:
    """Whether a mark of an opening's shape is one: a single mark that nothing closes may be an apostrophe ('fraid)."""
    if mark.family != "single":
        return True
    if same and mark.sign != "‘":
        return False
    return bool(stack) or not mark.start or mark.start < last_closing


def _closed_later(marks: Sequence[_Mark], i: int) -> bool:
    """Whether the next mark of the same family that leaves no doubt closes what mark `i` leaves open."""
    for mark in marks[i + 1 : i + 1 + LOOK_AHEAD]:
        if mark.family == marks[i].family and mark.opens != mark.closes:
            return mark.closes
    return False


def _mark(words: str, match: re.Match[str]) -> _Mark:
    """The mark, judged by its sign and by what stands beside it."""
    sign, start, end = match.group(), match.start(), match.end()
    before, after = _beside(words, start - 1, step=-1), _beside(words, end, step=1)
    first = not _is_blank(after) and after not in _NEVER_FIRST
    opens = first and (_is_blank(before) or before in _OPENS_AFTER)
    closes = not _is_blank(before) and not (_is_letter(before) and _is_letter(after))
    head = words[max(0, start - 4) : start]
    doubtful = _SIZE.search(head) is not None and (_is_blank(after) or _is_letter(after) or after == "-")
    if sign in "„‟«‹":
        opens, closes = True, False
    elif sign == "“":
        closes = closes and (_is_blank(after) or after in _AFTER_END)
        opens = not closes
    elif sign == "”":
        closes = True
    elif _FAMILY[sign] == "single":
        closes = closes and not opens and sign != "‚"
        opens = opens and sign != "’" and not _ELISION.match(words, end)
        doubtful = doubtful or bool(_POSSESSIVE.search(head) and _NEXT_WORD.match(words, end))
    else:
        closes = closes or not opens
        opens = opens or (sign not in "»›" and first and after not in _AFTER_END and not before.isdigit())
    return _Mark(start, end, sign, _FAMILY[sign], opens, closes, doubtful)


def _beside(words: str, at: int, *, step: int) -> str:
    """The character at a place or, where that has no width (a direction mark), the next one that has, or none."""
    while 0 <= at < len(words) and unicodedata.category(words[at]) == "Cf":
        at += step
    return words[at : at + 1] if at >= 0 else ""


def _is_blank(character: str) -> bool:
    return not character.strip() or not character.isprintable()


def _is_letter(character: str) -> bool:
    """Whether it is a letter or a digit, or a mark combined with one."""
    return character.isalnum() or (bool(character) and unicodedata.category(character).startswith("M"))
