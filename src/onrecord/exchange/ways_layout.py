"""Where everything stands in the picture of an utterance's way: time from left to right, a row for each outlet.

Days that have copies are columns in their order. The room between two grows with the logarithm of the days between
them, so that a week of copies and one a year later are both to be seen. Copies of one outlet that would cover each
other stand side by side or below each other. An outlet that is named as the source and has no copy has a row as well,
with an open end. All measures are units of the picture, which is `WIDTH` wide whatever the screen.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, log2

from onrecord.exchange.ways import label_of
from onrecord.record.traces import Copied, Trace
from onrecord.tracing.sources import Evidence, keys_of
from onrecord.tracing.way import End

WIDTH = 440.0
LEFT, RIGHT = 172.0, 414.0
RADIUS = 5.0
STEP = 14.0  # from one mark to the next
STACKED = 4  # so many of one day below each other, before others stand beside them
ROW_PAD = 10.0
TOP = 34.0  # of the first row, below the days
UNDATED_ROOM = 64.0
TICK_ROOM = 44.0
OPEN_END = 17.0  # before who names it
_OF_DAYS = 0.25  # the share of a gap's room that each doubling of its days adds
_WEAK = (Evidence.MENTION, Evidence.CITATION)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the picture."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A copy in its place."""

    copy: Copied
    at: Point


@dataclass(frozen=True, slots=True)
class Arrow:
    """From where a copy has its words; `start` is a source's copy or, where `is_open`, the open end that stands for it.

    `is_weak` says that an outlet's name elsewhere in the report is all that shows it.
    """

    start: Point
    end: Point
    is_weak: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """The place of a source that has no copy, with its name."""

    at: Point
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """An outlet with the upper edge and the height of its row; `is_missing` says that it has no copy."""

    name: str
    y: float
    height: float
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A day with copies, and whether there is room to write it; with its year where that is another one."""

    x: float
    day: date
    is_written: bool
    has_year: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All that is drawn of one utterance below its heading.

    `unnamed` are the places of copies that name no outlet as their source; `undated_x` is where those without a day
    stand, if there are any.
    """

    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    ends: tuple[OpenEnd, ...]
    arrows: tuple[Arrow, ...]
    unnamed: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    undated_x: float | None
    height: float


def laid_out(trace: Trace) -> Layout:
    """The places of everything in the picture of one utterance."""
    copies = sorted(trace.copies, key=lambda copy: day_of(copy) or date.max)
    columns = _columns(copies)
    rows, marks = _placed(copies, columns)
    ends, arrows = _drawn_ways(rows, marks)
    missing = ((mark, mark.copy.way.missing) for mark in marks.values() if mark.copy.way)
    return Layout(
        rows=tuple(rows),
        marks=tuple(marks.values()),
        ends=tuple(ends),
        arrows=tuple(arrows),
        unnamed=tuple(mark.at for mark, one in missing if one and one.end is End.NO_OUTLET),
        ticks=tuple(_ticks({day: x for day, x in columns.items() if day})),
        undated_x=columns.get(None),
        height=rows[-1].y + rows[-1].height,
    )


def day_of(copy: Copied) -> date | None:
    """The day at which a copy stands: of its publication, else of the saying."""
    return copy.published or copy.said


def _columns(copies: Iterable[Copied]) -> dict[date | None, float]:
    """Where each day stands, and where what has none does, if there is such."""
    days = sorted({day for copy in copies if (day := day_of(copy))})
    is_undated = any(day_of(copy) is None for copy in copies)
    right = RIGHT - (UNDATED_ROOM if is_undated and days else 0)
    found: dict[date | None, float] = {None: RIGHT if days else (LEFT + RIGHT) / 2} if is_undated else {}
    if len(days) == 1:
        return found | {days[0]: (LEFT + right) / 2}
    gaps = [1 + _OF_DAYS * log2((later - earlier).days) for earlier, later in pairwise(days)]
    done = 0.0
    for day, gap in zip(days, [*gaps, 0.0], strict=bool(days)):
        found[day] = LEFT + (right - LEFT) * done / sum(gaps)
        done += gap
    return found


def _key(name: str) -> str:
    """By which a row is that of an outlet, however the outlet is written."""
    return min(keys_of(name), default=name)


def _row_names(copies: Sequence[Copied]) -> dict[str, tuple[str, bool]]:
    """The rows in the order in which their outlets come, by their keys: the name, and whether no copy is in it.

    A source without a copy stands before who names it first.
    """
    own = {_key(label_of(copy)): label_of(copy) for copy in reversed(copies)}
    found: dict[str, tuple[str, bool]] = {}
    for copy in copies:
        for cited in copy.way.cites if copy.way else ():
            if cited.copy is None and _key(cited.outlet) not in own:
                found.setdefault(_key(cited.outlet), (cited.outlet, True))
        found.setdefault(_key(label_of(copy)), (own[_key(label_of(copy))], False))
    return found


def _placed(copies: Sequence[Copied], columns: Mapping[date | None, float]) -> tuple[list[Row], dict[int, Mark]]:
    """The rows, and in them the marks by the numbers of their copies."""
    in_row: dict[str, list[Copied]] = defaultdict(list)
    for copy in copies:
        in_row[_key(label_of(copy))].append(copy)
    rows: list[Row] = []
    marks: dict[int, Mark] = {}
    y = TOP
    for key, (name, is_missing) in _row_names(copies).items():
        lanes = _lanes(_beside(in_row[key], columns))
        height = max(1, len(lanes)) * STEP + ROW_PAD
        for n, lane in enumerate(lanes):
            for copy, x in lane:
                marks[copy.number] = Mark(copy, Point(x, y + (ROW_PAD + STEP) / 2 + n * STEP))
        rows.append(Row(name, y, height, is_missing))
        y += height
    return rows, marks


def _beside(copies: Iterable[Copied], columns: Mapping[date | None, float]) -> Iterator[tuple[Copied, float]]:
    """The copies of one outlet with where they stand; those of one day below each other, then side by side."""
    of_day: dict[date | None, list[Copied]] = defaultdict(list)
    for copy in copies:
        of_day[day_of(copy)].append(copy)
    for day, same in of_day.items():
        x = columns[day]
        room = min((abs(other - x) for other in columns.values() if other != x), default=RIGHT - LEFT)
        n = max(1, min(ceil(len(same) / STACKED), int(room / STEP)))
        for place, copy in enumerate(same):
            yield copy, x + (place % n - (n - 1) / 2) * STEP


def _lanes(placed: Iterable[tuple[Copied, float]]) -> list[list[tuple[Copied, float]]]:
    """The copies in as few lines as keep them from covering each other."""
    lanes: list[list[tuple[Copied, float]]] = []
    for copy, x in sorted(placed, key=lambda one: one[1]):
        for lane in lanes:
            if x - lane[-1][1] >= STEP - 1:
                lane.append((copy, x))
                break
        else:
            lanes.append([(copy, x)])
    return lanes


def _drawn_ways(rows: Sequence[Row], marks: Mapping[int, Mark]) -> tuple[list[OpenEnd], list[Arrow]]:
    """The open ends, one for each missing source, left of all who name it, and all arrows."""
    row_of = {_key(row.name): row for row in rows}
    arrows: list[Arrow] = []
    naming: dict[str, list[Point]] = defaultdict(list)
    for mark in marks.values():
        for cited in mark.copy.way.cites if mark.copy.way else ():
            if cited.copy is None:
                naming[_key(cited.outlet)].append(mark.at)
            else:
                arrows.append(Arrow(marks[cited.copy].at, mark.at, is_weak=cited.evidence in _WEAK))
    ends = []
    for key, points in naming.items():
        row = row_of[key]
        at = Point(min(point.x for point in points) - OPEN_END, row.y + row.height - (ROW_PAD + STEP) / 2)
        ends.append(OpenEnd(at, row.name))
        arrows.extend(Arrow(at, point, is_open=True) for point in points)
    return ends, arrows


def _ticks(columns: Mapping[date, float]) -> Iterator[Tick]:
    """The days; written are the first, the last, and those between that leave room for each other."""
    days = sorted(columns)
    before: date | None = None
    for day in days:
        x = columns[day]
        is_last = day == days[-1]
        is_free = before is None or x - columns[before] >= TICK_ROOM
        is_written = is_free and (is_last or before is None or columns[days[-1]] - x >= TICK_ROOM)
        yield Tick(x, day, is_written, is_written and (before is None or before.year != day.year))
        before = day if is_written else before
