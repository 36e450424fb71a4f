"""Who wrote a report and for whom, from its byline.

A byline is told from a sentence that begins with "By" by its words: names, joined by commas and "and", then posts and
outlets, which are no authors. An agency alone ("By Reuters") is an outlet and names nobody. A line of an outlet and the
date ("The Larkhaven Observer, 5 June 2025") is a byline without a name.
"""

import re
from dataclasses import dataclass, replace

from onrecord.intake.dates import DateLine, date_line, dates_behind
from onrecord.intake.outlets import is_outlet, outlet_of
from onrecord.intake.phrases import collapsed, entries, words

_BY = re.compile(r"(?:written )?by\s+(?=\S)", re.IGNORECASE)
_REST = re.compile(
    r"\s*(?P<rest>[|•·;(]|\s[–—-]\s|\b(?:in|for|of|at) (?:the )?[A-Z]|\b(?:[Pp]ublished|[Uu]pdated)\b|[\w.]*@).*"
)
_REST_PARTS = re.compile(r"\s*[|•·;(),]\s*|\s[–—-]\s|\b(?:in|at)\s|(?=\b(?:for|of)\s)")
_EMPLOYER = re.compile(r"(?:for|of)\s(?:the )?(?P<name>[A-Z].*)")
_BETWEEN = re.compile(r"\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&|with)\s+", re.IGNORECASE)
_BESIDE_DATE = re.compile(r"\s*[,|•·]\s*|\s+[–—-]\s+")
_MAX_BYLINE_CHARS = 200
_MAX_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Byline:
    """The persons and the outlet that a byline names, and its dates."""

    authors: tuple[str, ...] = ()
    outlet: str | None = None
    dates: DateLine | None = None


def byline(text: str) -> Byline | None:
    """What a line "By …" says; none where it is a sentence that begins so."""
    line = _line(text)
    match = _BY.match(line)
    if match is None:
        return None
    rest = line[match.end() :]
    first = next(iter(_parts(rest)), "")
    if not (is_name(first) or outlet_of(first) or _is_post(first)):
        return None
    return replace(_read(rest), dates=dates_behind(rest))


def name_and_outlet(text: str) -> Byline | None:
    """What a line says that holds a name and an outlet, and nothing else."""
    name, between, rest = _line(text).partition(", " if "," in text else " | ")
    outlet = outlet_of(rest) if between else None
    return Byline((name,), outlet) if outlet and is_name(name) and not outlet_of(name) else None


def outlet_and_date(text: str) -> Byline | None:
    """What a line says that holds a date and one name beside it: an outlet's, if it shows to be one, or a place's."""
    line = _line(text)
    for between in _BESIDE_DATE.finditer(line):
        before, behind = line[: between.start()], line[between.end() :]
        for name, rest in ((before, behind), (behind, before)):
            dates = date_line(rest) if _is_capitalised(name) else None
            if dates:
                return Byline(outlet=outlet_of(name), dates=dates)
    return None


def labelled_byline(text: str) -> Byline:
    """What a labelled line lists; a single word counts as a name there."""
    return _read(_BY.sub("", collapsed(text), count=1), any_name=True)


def is_name(part: str) -> bool:
    """Whether it reads as a person's name: two words or more, all capitalised but for particles, no post or place."""
    of_name = part.split()
    return (
        2 <= len(of_name) <= _MAX_NAME_WORDS
        and of_name[0] != "The"
        and part not in entries("byline_places")
        and not _has_role(part)
        and all(word[0].isupper() or word in words("name_particles") for word in of_name)
        and not any(character.isdigit() for character in part)
    )


def _read(text: str, *, any_name: bool = False) -> Byline:
    """Names, posts and outlets told apart. `any_name`: whatever is neither of the latter is a name."""
    parts = _parts(text)
    outlets = [outlet_of(part) for part in parts] + _outlets_behind(text)
    names = [part for part in parts if not outlet_of(part) and (is_name(part) or (any_name and not _has_role(part)))]
    return Byline(tuple(names), next((outlet for outlet in outlets if outlet), None))


def _outlets_behind(text: str) -> list[str | None]:
    """The outlets behind the names: after a bar or a dash, in brackets, or where it says for whom they write."""
    match = _REST.search(text)
    if match is None:
        return []
    found = []
    for part in _REST_PARTS.split(text[match.start("rest") :]):
        employer = _EMPLOYER.fullmatch(part.strip())
        found.append(employer["name"] if employer and _is_capitalised(employer["name"]) else outlet_of(part))
    return found


def _line(text: str) -> str:
    return collapsed(text) if len(text) <= _MAX_BYLINE_CHARS else ""


def _parts(text: str) -> list[str]:
    parts = _BETWEEN.split(_REST.sub("", text, count=1).rstrip(". "))
    return [piece for part in parts if part for piece in _post_and_name(part)]


def _post_and_name(part: str) -> tuple[str, ...]:
    """Apart, where one stands before the other: "Fenwick Wire political editor Noor Feldkamp"."""
    of_part = part.split()
    end = max((i for i, word in enumerate(of_part, start=1) if word.lower() in words("byline_posts")), default=0)
    name = " ".join(of_part[end:])
    return (" ".join(of_part[:end]), name) if end and is_name(name) else (part,)


def _has_role(part: str) -> bool:
    """Whether a word in it is no part of a person's name, but of a post's or an outlet's."""
    return is_outlet(part) or any(word in _roles() | words("outlet_words") for word in _plain_words(part))


def _is_post(part: str) -> bool:
    """Whether it names a post, an outlet or a department, and not merely speaks of one: "By press time"."""
    return _has_role(part) and (_is_capitalised(part) or all(word in _roles() for word in _plain_words(part)))


def _roles() -> frozenset[str]:
    return words("byline_roles") | words("byline_posts")


def _plain_words(part: str) -> list[str]:
    return [word.lower().strip(".") for word in part.split()]


def _is_capitalised(name: str) -> bool:
    """Whether it is a few words, each capitalised but for small ones."""
    of_name = name.split()
    if ":" in name or not 0 < len(of_name) <= _MAX_NAME_WORDS + 1:
        return False
    return all(word[0].isupper() or word == "&" or word in words("small_words") for word in of_name)
