"""The lines of pages in the order in which they are read: without running heads, one column after the other.

A file may have its lines in any order, so their places alone decide. Two columns are told from a table by what is in
them: columns hold running text, the cells of a table few words, on the same height as their neighbours.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from onrecord.intake.printed.lines import Line, Sheet

# Running heads and feet, page numbers among them, stand within this share of the page's height from its ends.
_MARGIN_SHARE = 0.15
_MAX_LEADING = 1.7
_MIN_RUNNING_SHARE = 1 / 3
_FIGURES = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—\[(|]?\s*\d{1,4}\s*(?:(?:/|of)\s*\d{1,4}\s*)?[-–—\])|]?|[-–—(\[\s]*more[-–—)\]\s.]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_MIN_COLUMN_LINES = 3
# What has more lines on a page is a table or a plan; columns are looked for once for every edge.
_MAX_LINES = 2000
_MIN_GUTTER = 6.0
_ALIGNED = 2.0
_MAX_ACROSS_SHARE = 0.25
# Cells of a table stand on one height throughout, and have fewer characters than the lines of a column.
_MIN_LEVEL_SHARE = 0.8
_MAX_CELL_CHARS = 25


@dataclass(frozen=True, slots=True)
class Column:
    """Lines below one another, and how far to the left and right the text around them reaches."""

    lines: tuple[Line, ...]
    left: float
    right: float


def columns_of(sheets: Sequence[Sheet]) -> Iterator[Column]:
    """The columns of all pages, in the order in which they are read."""
    running = _running(sheets)
    for sheet in sheets:
        furniture = _furniture(sheet, running)
        yield from _columns([line for line in sheet.lines if line.text and line not in furniture])


def _running(sheets: Sequence[Sheet]) -> frozenset[str]:
    """The lines, figures apart, that stand at the ends of several pages."""
    counts: Counter[str] = Counter()
    for sheet in sheets:
        counts.update({_pattern(line) for line in sheet.lines if _is_marginal(line, sheet)})
    n_needed = max(2.0, _MIN_RUNNING_SHARE * len(sheets))
    return frozenset(pattern for pattern, count in counts.items() if count >= n_needed)


def _furniture(sheet: Sheet, running: frozenset[str]) -> frozenset[Line]:
    """The running heads and feet of a page and its number, with what a browser prints beside the page's address.

    A running head is a block of its own: a line of the text may recur at the head of a page as well.
    """
    marginal = [line for line in sheet.lines if _is_marginal(line, sheet)]
    found = {line for line in marginal if _PAGE_NUMBER.fullmatch(line.text)}
    for block in _blocks(sheet.lines):
        if all(_is_marginal(line, sheet) and _pattern(line) in running for line in block):
            found |= set(block)
    if any(_ADDRESS.fullmatch(line.text) for line in marginal):
        ends = {min(map(_height, marginal)), max(map(_height, marginal))}
        found |= {line for line in marginal if _height(line) in ends}
    return frozenset(found)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines in groups that white space parts from one another, from the head of the page down."""
    block: list[Line] = []
    for line in sorted(lines, key=_place):
        if block and block[-1].baseline - line.baseline > _MAX_LEADING * line.size:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _pattern(line: Line) -> str:
    return _FIGURES.sub("0", line.text.casefold())


def _is_marginal(line: Line, sheet: Sheet) -> bool:
    margin = _MARGIN_SHARE * (sheet.top - sheet.bottom)
    return not sheet.bottom + margin < line.baseline < sheet.top - margin


def _columns(lines: Sequence[Line], *, around: Sequence[Line] = ()) -> Iterator[Column]:
    """The columns among lines of one page: those left of a gutter, then those right of it, where there is one.

    A line across the gutter comes between what stands above it and what stands below. `around` are the lines between
    the same gutters on all of the page.
    """
    gutter = _gutter(lines)
    if gutter is None:
        yield from _column(lines, around=around or lines)
        return
    left = [line for line in lines if line.right <= gutter]
    right = [line for line in lines if line.left >= gutter]
    ordered = sorted(lines, key=_place)
    for is_across, band in groupby(ordered, key=lambda line: line.left < gutter < line.right):
        part = list(band)
        if is_across:
            yield from _column(part, around=lines)
        else:
            yield from _columns([line for line in part if line.right <= gutter], around=left)
            yield from _columns([line for line in part if line.left >= gutter], around=right)


def _column(lines: Sequence[Line], *, around: Sequence[Line]) -> Iterator[Column]:
    if lines:
        rows = [_row(list(row)) for _, row in groupby(sorted(lines, key=_place), key=_height)]
        yield Column(tuple(rows), min(line.left for line in around), max(line.right for line in around))


def _row(lines: Sequence[Line]) -> Line:
    """The lines on one height as one, with tabs between them; a bullet is no part of its own."""
    text = "\t".join(line.text for line in lines)
    return replace(lines[0], text=text, right=lines[-1].right)


def _place(line: Line) -> tuple[int, float]:
    """Where a line comes among those of its column."""
    return -_height(line), line.left


def _height(line: Line) -> int:
    """On which height a line stands; the same for all that look level."""
    return round(line.baseline / _ALIGNED)


def _gutter(lines: Sequence[Line]) -> float | None:
    """The place between two columns, none where there is one column or a table.

    Of several, that with the most lines on the side that has fewer.
    """
    if len(lines) > _MAX_LINES:
        return None
    best, n_best = None, 0
    edges = Counter(round(line.left / _ALIGNED) for line in lines)
    for edge in (edge for edge, count in edges.items() if count >= _MIN_COLUMN_LINES):
        gutter = edge * _ALIGNED - _MIN_GUTTER / 2
        left = [line for line in lines if line.right <= gutter - _MIN_GUTTER / 2]
        right = [line for line in lines if line.left >= gutter]
        n_fewer = min(len(left), len(right))
        if n_fewer > n_best and _are_beside(left, right, lines, gutter=gutter):
            best, n_best = gutter, n_fewer
    return best


def _are_beside(left: Sequence[Line], right: Sequence[Line], lines: Sequence[Line], *, gutter: float) -> bool:
    """Whether two groups of lines are columns of running text beside one another."""
    bottom = max(min(line.baseline for line in side) for side in (left, right))
    top = min(max(line.baseline for line in side) for side in (left, right))
    fewer, more = sorted(([line for line in side if bottom <= line.baseline <= top] for side in (left, right)), key=len)
    n_across = sum(line.left < gutter < line.right for line in lines if bottom <= line.baseline <= top)
    if len(fewer) < _MIN_COLUMN_LINES or n_across > _MAX_ACROSS_SHARE * len(fewer):
        return False
    heights = set(map(_height, more))
    is_level = sum(_height(line) in heights for line in fewer) >= _MIN_LEVEL_SHARE * len(fewer)
    n_characters = min(median(len(line.text) for line in side) for side in (left, right))
    return not (is_level and n_characters < _MAX_CELL_CHARS)
