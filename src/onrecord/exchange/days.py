"""Days as people type them: a day, a month or a year; the command line and the server understand the same."""

import calendar
import re
from datetime import date

from onrecord.errors import UsageError, shown

_PART_OF_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def day_given(given: str) -> date:
    """The day. Raises UsageError for anything else."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError as error:
        raise UsageError(f"{shown(given)} is no date; write it as 2024-10-03") from error


def days_given(given: str) -> tuple[date, date]:
    """The first and last day of a year, a month or a day. Raises UsageError for anything else."""
    match = _PART_OF_DATE.fullmatch(given.strip())
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            first = date(year or 0, month or 1, day or 1)
            last_day = day or calendar.monthrange(first.year, month or 12)[1]
            return first, date(first.year, month or 12, last_day)
        except ValueError:
            pass
    raise UsageError(f"{shown(given)} is no date; write it as 2024, 2024-10 or 2024-10-03")
