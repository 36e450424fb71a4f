"""The dateline with which a report's first sentence opens: "LARKHAVEN, June 5, 2025 (Fenwick Wire) —".

It is part of the body. What it states is read here: its date where it has a year, and the agency in its brackets.
"""

import re

_DATELINE = re.compile(
    r"(?:(?P<capitals>[A-Z][A-Z.'’ -]{2,40})(?:,\s[\w. ]{2,25}){0,3}\s*(?:\([^()]{2,40}\))?"
    r"|[A-Z][\w.'’ -]{1,40}(?:,\s[\w. ]{2,25}){0,3}\s*\([^()]{2,40}\))\s*(?:[–—]|--?(?=\s))"
)
_AGENCY = re.compile(r"\((?P<name>[A-Z][^()\d]{1,39})\)")
_DATELINE_CHARS = 150
_MIN_LEAD_CHARS = 60


def dateline(text: str) -> str:
    """The place, date and agency with which a report's first sentence opens; "" where it opens without."""
    match = _DATELINE.match(text[:_DATELINE_CHARS])
    return match[0] if match and len(text) - match.end() >= _MIN_LEAD_CHARS else ""


def agency_of(opening: str) -> str | None:
    """The agency that a dateline names in brackets."""
    match = _AGENCY.search(opening)
    return match["name"].strip() if match else None
