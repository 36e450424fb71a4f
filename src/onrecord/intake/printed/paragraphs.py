"""Printed lines to paragraphs: which line goes on in the next, and what the two say together.

A paragraph shows itself by the space around it, by the indent of its first line, or by a last line that is short; by
all of these or by one, each printer in his own way. So space and margins are measured on the document at hand, and a
short line counts only where it ends a sentence or leaves much room.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.intake.plain.lines import ends_sentence, ends_with, starts_lower
from onrecord.intake.printed.lines import Line
from onrecord.intake.printed.order import Column

_SAME_SIZE = 1.12
_MAX_LEADING = 1.2
_INDENT = 0.9
_MUCH_ROOM = 0.4
# Headlines are set in larger type, and their lines broken where the sense allows rather than where they are full.
_HEADING_SIZE = 1.15
_BULLET = re.compile(r"[•◦▪▫‣●○■□➤►\uf0b7\uf0a7]\s*|[o§]\t")
_SOFT_HYPHEN = "\u00ad"
# The last is what pdfium has for a hyphen at a line's end.
_HYPHENS = ("-", _SOFT_HYPHEN, "\u2010", "\x02")
_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph as it is printed: its words in one line, the size of its type in points, the page it begins on.

    `is_item` says that it is an item of a list; the bullet is not among its words.
    """

    text: str
    size: float
    page: int
    is_item: bool = False


def paragraphs_of(columns: Sequence[Column]) -> Iterator[Printed]:
    """The paragraphs, in order."""
    placed = _placed(columns)
    leading, body_size = _leading(placed), _body_size(placed)
    words = frozenset(word for line in placed for word in _WORD.findall(line.text))
    group: list[_Placed] = []
    for line in placed:
        if group and not _goes_on(group, line, leading=leading, body_size=body_size):
            yield _printed(group, words)
            group = []
        group.append(line)
    if group:
        yield _printed(group, words)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line, and how far to the left and right the lines of its column and its type reach."""

    line: Line
    margin: float
    reach: float

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def is_indented(self) -> bool:
        return self.line.left > self.margin + _INDENT * self.line.size

    @property
    def is_item(self) -> bool:
        return _BULLET.match(self.line.text) is not None


def _placed(columns: Sequence[Column]) -> list[_Placed]:
    """The lines, in order. The margin is where most lines of a kind begin, the reach where the longest ends."""
    kinds = defaultdict(list)
    for column in columns:
        for line in column.lines:
            kinds[_kind(line, column)].append(line)
    edges = {
        kind: (Counter(round(line.left) for line in lines).most_common(1)[0][0], max(line.right for line in lines))
        for kind, lines in kinds.items()
    }
    return [_Placed(line, *edges[_kind(line, column)]) for column in columns for line in column.lines]


def _kind(line: Line, column: Column) -> tuple[int, int, int]:
    return round(column.left), round(column.right), round(line.size)


def _leading(placed: Sequence[_Placed]) -> float:
    """How far lines are apart in most paragraphs, in sizes of their type."""
    gaps = Counter(
        round(gap, 1)
        for above, below in pairwise(placed)
        if _is_same_size(above.line, below.line) and (gap := _gap(above.line, below.line)) is not None
    )
    return min(gaps, key=lambda gap: (-gaps[gap], gap), default=_MAX_LEADING)


def _body_size(placed: Sequence[_Placed]) -> float:
    sizes: Counter[float] = Counter()
    for line in placed:
        sizes[round(line.line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_same_size(one: Line, other: Line) -> bool:
    return max(one.size, other.size) <= _SAME_SIZE * min(one.size, other.size)


def _gap(above: Line, below: Line) -> float | None:
    """How far a line is below another, in sizes of its type; none where it does not stand below it."""
    distance = above.baseline - below.baseline
    is_below = above.page == below.page and distance > 0 and below.left < above.right and above.left < below.right
    return distance / below.size if is_below else None


def _goes_on(group: Sequence[_Placed], following: _Placed, *, leading: float, body_size: float) -> bool:
    """Whether the paragraph of these lines goes on in the following one."""
    last = group[-1]
    if following.is_item or not _is_same_size(last.line, following.line):
        return False
    gap = _gap(last.line, following.line)
    if gap is None:  # at the head of the next column
        return last.text.endswith(_HYPHENS) or starts_lower(following.text) or not _ends_above(last, following)
    if gap > _MAX_LEADING * leading:
        return False
    if following.line.size >= _HEADING_SIZE * body_size:
        return True
    return not _is_short(last, following) and not _is_set_off(group, following)


def _ends_above(last: _Placed, following: _Placed) -> bool:
    """Whether the last line of a column ends its paragraph."""
    return ends_sentence(last.text) or following.is_indented or _room(last, following) > 0


def _is_short(last: _Placed, following: _Placed) -> bool:
    """Whether a line ends its paragraph by not being full."""
    if _room(last, following) <= 0 or starts_lower(following.text) or last.text.endswith(_HYPHENS):
        return False
    is_end = ends_sentence(last.text) or ends_with(last.text, ":")
    return is_end or last.reach - last.line.right > _MUCH_ROOM * (last.reach - last.margin)


def _room(last: _Placed, following: _Placed) -> float:
    """How much would be left of a line, in points, if the first word of the following one stood on it too."""
    line = following.line
    n_first = len(line.text.split(maxsplit=1)[0]) + 1
    return last.reach - last.line.right - n_first * (line.right - line.left) / len(line.text)


def _is_set_off(group: Sequence[_Placed], following: _Placed) -> bool:
    """Whether the left edge says that another paragraph begins."""
    if group[0].is_item:
        return following.line.left < group[0].line.left
    if following.is_indented:
        return not group[-1].is_indented
    return len(group) > 1 and group[-1].is_indented


def _printed(group: Sequence[_Placed], words: Collection[str]) -> Printed:
    first = group[0]
    text = _BULLET.sub("", first.text, count=1) if first.is_item else first.text
    for line in group[1:]:
        text = _joined(text, line.text, words)
    text = text.replace(_SOFT_HYPHEN, "").replace("\x02", "-")
    return Printed(text, first.line.size, first.line.page, first.is_item)


def _joined(above: str, below: str, words: Collection[str]) -> str:
    """Two lines as one; a hyphen between them goes where it only divides a word."""
    if not (above.endswith(_HYPHENS) and above[-2:-1].isalnum()):
        return above + below if above.endswith("—") else f"{above} {below}"
    if above.endswith(_SOFT_HYPHEN):
        return above[:-1] + below
    before, behind = _WORD.findall(above)[-1:], _WORD.match(below)
    if not before or behind is None or not below[0].islower() or above[-2].isdigit():
        return above + below
    is_compound = f"{before[0]}-{behind[0]}" in words and before[0] + behind[0] not in words
    return above + below if is_compound else above[:-1] + below
