"""The word lists and patterns of intake, read from data/ when first needed.

Lists are data so that they can be read, corrected and added to without touching code: one entry or several words
a line, `#` begins a comment.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

# Patterns see this much of a paragraph, so that no input makes them slow.
OPENING_CHARS = 300
CLOSING_CHARS = 100


@cache
def words(name: str) -> frozenset[str]:
    """The words of data/`name`.txt."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def entries(name: str) -> tuple[str, ...]:
    """The lines of data/`name`.txt, each an entry of several words."""
    return tuple(_lines(name))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The expressions of data/`name`.txt as one, without regard to case."""
    return re.compile("|".join(f"(?:{line})" for line in _lines(name)), re.IGNORECASE)


def opens_with(name: str, text: str) -> bool:
    """Whether `text`, its white space collapsed, begins as data/`name`.txt says."""
    return pattern(name).match(collapsed(text[:OPENING_CHARS])) is not None


def first_opening(names: Iterable[str], text: str) -> str | None:
    """The first of the lists in data/ as one of which `text` begins; as `opens_with`, but for many at once."""
    opening = collapsed(text[:OPENING_CHARS])
    return next((name for name in names if pattern(name).match(opening)), None)


def holds(name: str, text: str) -> bool:
    """Whether what data/`name`.txt describes stands in the beginning of `text`, its white space collapsed."""
    return pattern(name).search(collapsed(text[:OPENING_CHARS])) is not None


def closes_with(name: str, text: str) -> bool:
    """Whether `text`, its white space collapsed, ends as data/`name`.txt says."""
    return pattern(name).search(collapsed(text[-CLOSING_CHARS:])) is not None


def collapsed(text: str) -> str:
    """The text in one line, every white space one blank."""
    return " ".join(text.split())


def _lines(name: str) -> list[str]:
    text = files("onrecord.intake").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
