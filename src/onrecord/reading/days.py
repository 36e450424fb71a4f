"""The days that an expression of time means, counted from the day on which it was written or said.

News names days by the weekday, by last week, by a month without its year, and leaves the rest to the reader's calendar.
The rules here are the annotation's: a weekday is the nearest one on or before the day; a week goes from Monday to
Sunday; a month, a season, a year mean the whole of it, the latest not after the day. What counts back in units
("two weeks ago") means the whole unit too: nobody counts fourteen days. Dates are left to dateparser, which stays
behind this module and is loaded when the first date is read. What has no answer, such as Feb. 30 or a date without a
year where no day to count from is known, has none; nothing raises.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from onrecord.statement import Days

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Meteorological seasons of the northern hemisphere, by their first month; each has three.
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_DAY = re.compile(r"\b(?:\d{4}-\d{2}-)?(\d{1,2})(?:st|nd|rd|th)?\b")
_WEEKDAY_FIRST = re.compile(r"[a-z]+day\b(?:\s+(?:morning|afternoon|evening|night))?,?\s+")
_DAY_BEFORE = re.compile(r"yesterday|last\s+night")


class TimeKind(StrEnum):
    """How an expression of time names its days."""

    DATE = "date"
    WEEKDAY = "weekday"
    DAY = "day"
    WEEKEND = "weekend"
    PERIOD = "period"
    SEASON = "season"
    MONTH = "month"
    DECADE = "decade"
    YEAR = "year"
    AGO = "ago"
    VAGUE = "vague"


def days_of(words: str, *, kind: TimeKind, base: date | None, coming: bool = False) -> Days | None:
    """The days that `words`, in lower case, mean on the day `base`; with `coming`, of something yet to come."""
    try:
        if coming and kind in _TURNED:
            return _TURNED[kind](words, base)
        if kind in _ABSOLUTE:
            return _ABSOLUTE[kind](words, base)
        return _RELATIVE[kind](words, base) if base and kind in _RELATIVE else None
    except (OverflowError, ValueError):  # before the first year of the calendar, or behind its last
        return None


def _date(words: str, base: date | None) -> Days | None:
    """A day of a month; the latest such day not after `base` where the year is left out."""
    words = _WEEKDAY_FIRST.sub("", words)
    day, year = _DAY.search(words), _YEAR.search(words)
    if day is None or not (year or base):
        return None
    found = _parsed(words, base=base or date(int(year.group()) if year else 1, 12, 31), parts=["day", "month"])
    return Days(found, found) if found and found.day == int(day[1]) else None


def _parsed(words: str, *, base: date, parts: list[str]) -> date | None:
    """The day that dateparser reads, counting from `base`; none where `parts` of the date are not stated."""
    import dateparser  # noqa: PLC0415  # it takes a fifth of a second, and most articles hold no date

    settings = {
        "RELATIVE_BASE": datetime.combine(base, time()),
        "PREFER_DATES_FROM": "past",
        "REQUIRE_PARTS": parts,
    }
    found = dateparser.parse(words, languages=["en"], settings=settings)
    return found.date() if found else None


def _weekday(words: str, base: date) -> Days:
    """The nearest such day on or before `base`; "last Friday" is before it."""
    number = next(i for i, name in enumerate(WEEKDAYS) if name in words)
    back = (base.weekday() - number) % 7
    return _lasting(base - timedelta(days=back or (7 if "last" in words else 0)), n_days=1)


def _coming_weekday(words: str, base: date | None) -> Days | None:
    """The nearest such day on or after `base`."""
    return _weekday(words, base + timedelta(days=6)) if base else None


def _day(words: str, base: date) -> Days:
    n_back = 2 if "before" in words else 1 if _DAY_BEFORE.search(words) else 0
    return _lasting(base - timedelta(days=n_back), n_days=1)


def _weekend(words: str, base: date) -> Days:
    """The Saturday and Sunday that began last; "last weekend" is over on `base`."""
    saturday = base - timedelta(days=(base.weekday() - 5) % 7)
    if "last" in words and base.weekday() >= 5:
        saturday -= timedelta(days=7)
    return _lasting(saturday, n_days=2)


def _period(words: str, base: date) -> Days:
    """The week, month or year of `base`, or the one before."""
    return _unit(words, base=base, n_back=int("last" in words or "past" in words))


def _unit(words: str, *, base: date, n_back: int) -> Days:
    """The whole week, month, year or decade `n_back` before that of `base`; the day for days."""
    if "week" in words:
        return _lasting(base - timedelta(days=base.weekday() + 7 * n_back), n_days=7)
    if "month" in words:
        return _months(base.year * 12 + base.month - 1 - n_back, n_months=1)
    if "decade" in words:
        n_back *= 10
    return _months((base.year - n_back) * 12, n_months=12)


def _ago(words: str, base: date) -> Days | None:
    """So many units before `base`: the day, or the whole of the unit."""
    found = _parsed(words, base=base, parts=[])
    if found is None or "day" in words:
        return _lasting(found, n_days=1) if found else None
    return _unit(words.replace("decade", "year"), base=found, n_back=0)


def _season(words: str, base: date | None) -> Days | None:
    """A season: of the year that is named, else the latest that has begun by `base`."""
    first = next(month for name, month in SEASONS.items() if name in words)
    return _latest(words, first=first, n_months=3, base=base)


def _month(words: str, base: date | None) -> Days | None:
    """A month: of the year that is named, else the latest that has begun by `base`."""
    number = next(i for i, name in enumerate(MONTHS, start=1) if re.search(rf"\b{name}", words))
    return _latest(words, first=number, n_months=1, base=base)


def _latest(words: str, *, first: int, n_months: int, base: date | None) -> Days | None:
    """The months from the `first` of a year on; "last" ones are over by `base`, "this" ones are of its year."""
    if year := _YEAR.search(words):
        return _months(int(year.group()) * 12 + first - 1, n_months=n_months)
    if base is None:
        return None
    begins = (base.year - (first > base.month)) * 12 + first - 1
    latest = _months(begins, n_months=n_months)
    if "last" in words and latest.end >= base:
        return _months(begins - 12, n_months=n_months)
    is_old = latest.start.year < base.year and latest.end < base
    return None if is_old and words.startswith("this ") else latest


def _decade(words: str, _: date | None) -> Days | None:
    year = _YEAR.search(words.replace("s", " "))
    return _months(int(year.group()) * 12, n_months=120) if year else None


def _year(words: str, base: date | None) -> Days | None:
    """A year that is not to come."""
    year = _YEAR.search(words)
    if year is None or (base and int(year.group()) > base.year):
        return None
    return _months(int(year.group()) * 12, n_months=12)


def _months(first: int, *, n_months: int) -> Days:
    """Whole months from the `first`, counted from the year 0."""
    last = first + n_months - 1
    end = monthrange(last // 12, last % 12 + 1)[1]
    return Days(date(first // 12, first % 12 + 1, 1), date(last // 12, last % 12 + 1, end))


def _lasting(start: date, *, n_days: int) -> Days:
    return Days(start, start + timedelta(days=n_days - 1))


# What is to come is not said to have a time that lies back, and which one lies ahead only weekdays tell.
_TURNED: dict[TimeKind, Callable[[str, date | None], Days | None]] = {
    TimeKind.WEEKDAY: _coming_weekday,
    TimeKind.DATE: lambda words, _: _date(words, None),
    TimeKind.MONTH: lambda words, _: _month(words, None),
    TimeKind.SEASON: lambda words, _: _season(words, None),
}
_ABSOLUTE: dict[TimeKind, Callable[[str, date | None], Days | None]] = {
    TimeKind.DATE: _date,
    TimeKind.SEASON: _season,
    TimeKind.MONTH: _month,
    TimeKind.DECADE: _decade,
    TimeKind.YEAR: _year,
}
_RELATIVE: dict[TimeKind, Callable[[str, date], Days | None]] = {
    TimeKind.WEEKDAY: _weekday,
    TimeKind.DAY: _day,
    TimeKind.WEEKEND: _weekend,
    TimeKind.PERIOD: _period,
    TimeKind.AGO: _ago,
}
