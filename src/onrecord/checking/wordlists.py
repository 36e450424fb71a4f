"""The word lists of checking, read from data/ when first needed.

A list of groups has on each line a group's label, a colon and words or phrases between commas; a plain list has words.
A label may stand on several lines. `#` begins a comment. "…" in a phrase stands for up to six words.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

GAP = "…"
_FILLED = r"(?:[\w'’-]+,?\s+){0,6}?"
_VOWELS = "aeiou"
_STEM = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")  # one syllable that ends in a single consonant: it is doubled


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
    return _any_of(map(_expression, phrases(name, *groups)))


@cache
def inflected(name: str, *groups: str) -> re.Pattern[str]:
    """The same for phrases that begin with the base form of a verb, in all its forms.

    A verb alone counts in its past and its participles, since "abuse" and "murders" are nouns as well.
    """
    found = []
    for phrase in phrases(name, *groups):
        first, *others = phrase.split()
        found.append(_expression(phrase, of_first=forms(first)[0 if others else 2 :]))
    return _any_of(found)


@cache
def plain(name: str) -> re.Pattern[str]:
    """Any word of the plain list data/`name`.txt, as a whole word, without regard to case."""
    return _any_of(map(re.escape, sorted(words(name), key=lambda word: (-len(word), word))))


@cache
def forms(verb: str) -> tuple[str, ...]:
    """The forms of a verb by its base form; irregular ones are those of data/irregular.txt."""
    stem = verb.removesuffix("e")
    third = f"{verb}s"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        stem, third = f"{verb[:-1]}i", f"{verb[:-1]}ies"
    elif verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = f"{verb}es"
    elif _STEM.fullmatch(verb):
        stem = verb + verb[-1]
    ing = f"{verb if verb.endswith('y') else stem}ing"
    own = [form for form, base in first_of_line("irregular").items() if base == verb and form != verb]
    return tuple(dict.fromkeys((verb, third, ing, *(own or (f"{stem}ed",)))))


def _expression(phrase: str, *, of_first: tuple[str, ...] = ()) -> str:
    first, *others = phrase.split()
    found = rf"(?:{'|'.join(map(re.escape, of_first))})" if of_first else re.escape(first)
    behind_gap = False
    for word in others:
        if word == GAP:
            found, behind_gap = rf"{found}\s+{_FILLED}", True
        else:
            found, behind_gap = found + ("" if behind_gap else r"\s+") + re.escape(word), False
    return found


def _any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(expressions)})(?![\w-])", re.IGNORECASE)


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = files("onrecord.checking").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
