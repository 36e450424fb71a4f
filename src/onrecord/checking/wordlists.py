"""The word lists of checking, read from data/ when first needed.

A list of groups has on each line a group's label, a colon and words or phrases between commas; a plain list has words.
A label may stand on several lines. `#` begins a comment.
"""

import re
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of the plain list data/`name`.txt."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def first_of_line(name: str) -> dict[str, str]:
    """Each word of the plain list data/`name`.txt with the first word of its line."""
    return {word: line.split()[0] for line in _lines(name) for word in line.split()}


@cache
def phrases(name: str, *groups: str) -> tuple[str, ...]:
    """The words and phrases of these groups of data/`name`.txt, the longest first."""
    pairs = (line.partition(": ") for line in _lines(name))
    found = {entry.strip() for label, _, entries in pairs if label in groups for entry in entries.split(",")}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def pattern(name: str, *groups: str) -> re.Pattern[str]:
    """Any word or phrase of these groups, as whole words, without regard to case; white space is any white space."""
    found = (r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases(name, *groups))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(found)})(?![\w-])", re.IGNORECASE)


@cache
def plain(name: str) -> re.Pattern[str]:
    """Any word of the plain list data/`name`.txt, as a whole word, without regard to case."""
    longest_first = sorted(words(name), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = files("onrecord.checking").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
