"""When it was said, as bars: by day, month or year, whichever leaves few enough of them."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from onrecord.exchange.wording import day_words

MOST_BARS = 72
HEIGHT = 64


class Step(Enum):
    """How much time a bar stands for."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    def last_of(self, day: date) -> date:
        """The last day of the step in which a day lies."""
        if self is Step.DAY:
            return day
        month = day.month if self is Step.MONTH else 12
        return date(day.year, month, calendar.monthrange(day.year, month)[1])

    def first_of(self, day: date) -> date:
        """The first day of the step in which a day lies."""
        if self is Step.DAY:
            return day
        return day.replace(day=1) if self is Step.MONTH else date(day.year, 1, 1)

    def words(self, day: date) -> str:
        """The step in which a day lies, for people."""
        if self is Step.DAY:
            return day_words(day)
        return f"{day:%B} {day.year}" if self is Step.MONTH else str(day.year)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many there are from one day to another; `height` is of HEIGHT, at least 1 where there are any."""

    words: str
    since: date
    until: date
    n: int
    height: int


def bars(days: Sequence[tuple[date, int]]) -> tuple[Bar, ...]:
    """The bars from the first day to the last, empty ones among them; of very many years the last ones."""
    if not days:
        return ()
    first, last = days[0][0], days[-1][0]
    step = next((one for one in Step if _n_steps(one, first, last) <= MOST_BARS), Step.YEAR)
    counts: dict[date, int] = {}
    for day, n in days:
        counts[step.first_of(day)] = counts.get(step.first_of(day), 0) + n
    most = max(counts.values())
    found = (
        Bar(step.words(start), start, step.last_of(start), n, -(-HEIGHT * n // most))
        for start in _starts(step, first, last)
        for n in (counts.get(start, 0),)
    )
    return tuple(found)[-MOST_BARS:]


def _n_steps(step: Step, first: date, last: date) -> int:
    years, months = last.year - first.year, last.month - first.month
    return {Step.DAY: (last - first).days, Step.MONTH: 12 * years + months, Step.YEAR: years}[step] + 1


def _starts(step: Step, first: date, last: date) -> Iterator[date]:
    start = step.first_of(first)
    while start <= last:
        yield start
        start = step.last_of(start) + timedelta(days=1)
