"""Dates as the heads of news reports write them.

Only forms that can be read in one way: a year must stand there, and 10/03/2024 is no date, because half of the world
reads it otherwise; 2024/10/03 is one, because nobody puts a day after the year. 20241003 is one where a label says so:
alone it may be any number. Relative dates and those inside the text are read elsewhere.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from onrecord.errors import UsageError, shown

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR_FIRST = r"(?P<y1>\d{4})(?P<mark>[-/.])(?P<m1>\d{1,2})(?P=mark)(?P<d1>\d{1,2})"
_DAY_FIRST = _DAY.format("d2") + r"(?:\s+|-)(?:of\s+)?" + _MONTH.format("m2") + r"(?:,?\s+|-)(?P<y2>\d{4})"
_MONTH_FIRST = _MONTH.format("m3") + r"\s+" + _DAY.format("d3") + r",?\s+(?P<y3>\d{4})"
_DATE = rf"(?<![\w/.-])(?:{_YEAR_FIRST}(?![\d/-])|{_DAY_FIRST}\b|{_MONTH_FIRST}\b)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = (
    r"(?:\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
    r"\s*(?:\(?(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4})\b\)?)?"
)
_TIME_BEFORE = rf"(?:{_CLOCK}[\s,|•·–—-]+(?:on\s+)?)?"
_TIME_AFTER = rf"(?:[T\s,|•·–—-]*(?:at\s+)?{_CLOCK})?"
_LABEL = re.compile(
    r"(?<!\w)(?:(?:first|last|originally)\s+)?(?:date published|publication date|published|posted|issued|date"
    r"|(?P<update>updated?|modified|edited|amended))\b(?:\s*:|\s+(?:on|at)\b:?)?\s*",
    re.IGNORECASE,
)
_FOUND = re.compile(_DATE, re.IGNORECASE)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_LINE = re.compile(rf"{_TIME_BEFORE}{_WEEKDAY}{_DATE}{_TIME_AFTER}\.?", re.IGNORECASE)
_TIME = re.compile(rf"{_CLOCK}\.?", re.IGNORECASE)
_MARK = re.compile(r"[,|•·;(]\s*|\s[–—-]\s+")
_AROUND = " \t|•·;,()/–—-"
_LOOKED_AT_CHARS = 300


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a line states that holds dates alone: when the report came out, and when it was changed."""

    published: date | None = None
    updated: date | None = None


def parse_date(text: str) -> date:
    """The day that an ISO date such as 2024-10-03 names; UsageError for anything else."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII) is None:
            raise ValueError("not in the form YYYY-MM-DD")
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{shown(text)} is not a date ({error}); write it as YYYY-MM-DD, e.g. 2024-10-03") from error


def day_of_timestamp(text: str) -> date:
    """The day of an ISO date or date and time, by the clock of its own zone; ValueError for anything else."""
    return datetime.fromisoformat(text.strip()).date()


def find_date(text: str) -> date | None:
    """The first whole date, year included, near the beginning of `text`; none if there is none or it is impossible."""
    match = _FOUND.search(text[:_LOOKED_AT_CHARS])
    return _day(match) if match else None


def stated_date(value: str) -> date | None:
    """The date that a labelled line states, the form 20241003 included."""
    compact = _COMPACT.fullmatch(value.strip())
    return _checked(compact["y"], compact["m"], compact["d"]) if compact else find_date(value)


def date_line(text: str) -> DateLine | None:
    """The dates of a line that holds nothing but one or two of them, with labels, weekdays and times; else none."""
    if len(text) > _LOOKED_AT_CHARS:
        return None
    labels = list(_LABEL.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    parts = [(text[: labels[0].start()] if labels else text, False)]
    parts += [
        (text[label.end() : end], label["update"] is not None) for label, end in zip(labels, ends, strict=bool(labels))
    ]
    return _read_parts([(part.strip(_AROUND), is_update) for part, is_update in parts if part.strip(_AROUND)])


def dates_behind(text: str) -> DateLine | None:
    """The dates with which a line ends, behind a comma, a bar, a dash, a bracket or a label; else the first in it."""
    starts = [match.start() for match in _LABEL.finditer(text)] + [match.end() for match in _MARK.finditer(text)]
    found = next((dates for start in sorted(starts) if (dates := date_line(text[start:]))), None)
    day = find_date(text) if found is None else None
    return DateLine(published=day) if day else found


def _read_parts(parts: list[tuple[str, bool]]) -> DateLine | None:
    """The first date of either kind; none where a part is something else, or where no part has a date."""
    dates: dict[bool, date | None] = {}
    for part, is_update in parts:
        match = _LINE.fullmatch(part)
        if match:
            dates.setdefault(is_update, _day(match))
        elif not _TIME.fullmatch(part):
            return None
    return DateLine(published=dates.get(False), updated=dates.get(True)) if dates else None


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (match[f"{part}1"] or match[f"{part}2"] or match[f"{part}3"] for part in "ymd")
    return _checked(year, month if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1, day)


def _checked(year: str, month: str | int, day: str) -> date | None:
    """The day, if the calendar has it."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
