"""The word lists of reading, read from data/ when first needed.

A list is one entry a line; a list of groups has on each line a group's label, a colon and its words, or, where entries
are phrases, its phrases between commas. A label may stand on several lines. `#` begins a comment. What the words are
for is no business of this module.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of data/`name`.txt that are no comments."""
    text = files("onrecord.reading").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(name: str, *groups: str) -> frozenset[str]:
    """The words of these groups of data/`name`.txt."""
    return frozenset(word for group in groups for entry in _groups(name)[group] for word in entry.split())


@cache
def phrases(name: str) -> Mapping[str, str]:
    """The phrases of data/`name`.txt, each with its group; a phrase that stands in several is of the first."""
    found: dict[str, str] = {}
    for group, entries in _groups(name).items():
        for phrase in (phrase.strip() for entry in entries for phrase in entry.split(",")):
            found.setdefault(phrase, group)
    return found


@cache
def _groups(name: str) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for line in lines(name):
        label, _, entry = line.partition(": ")
        groups[label].append(entry)
    return dict(groups)
