"""Who and what a text names: the spans of the model's `names` head, each with a kind.

The head reads word by word. What a name's other mentions tell that it has overlooked, and what the words around a name
tell that it has cut, is put right here; what is left in doubt is no name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from onrecord.reading.decode import Floats
from onrecord.reading.given import is_given_name
from onrecord.reading.labels import NAMES
from onrecord.reading.phrases import singular
from onrecord.reading.pieces import Pieces
from onrecord.reading.wordlists import phrases
from onrecord.span import Span

_GIVEN = re.compile(r"\b([A-ZÀ-Þ][\w’-]+)\s$")
_CUT = re.compile(r"(?<![\w.])(?:(?:[A-Z]\.)*[A-Z]|[A-ZÀ-Þ][\w’]+-)$")
_LEGAL = re.compile(r",?\s(?:plc|PLC|Inc|Corp|Ltd|LLC|LLP|Co|AG|GmbH|SE|NV|SA)\b")
_CALLED = re.compile(r"\s([A-ZÀ-Þ][\w’-]{2,})$")
_CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][\w-]{2,}")
LONGEST_GIVEN = 20


class NameKind(StrEnum):
    """What bears a name."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """One name where it stands in the text."""

    span: Span
    kind: NameKind


def names_of(text: str, pieces: Pieces, scores: Floats) -> list[Name]:
    """The names in the order of the text; `scores` (pieces, labels) are the log-probabilities of `NAMES`."""
    firsts = np.flatnonzero(pieces.first)
    if not len(firsts):
        return []
    ends = pieces.end[np.append(firsts[1:], len(pieces)) - 1]
    labels = [NAMES[i] for i in scores[firsts].argmax(axis=1)]
    found: list[Name] = []
    previous = ""
    for start, end, label in zip(pieces.start[firsts].tolist(), ends.tolist(), labels, strict=True):
        mark, _, kind = label.partition("-")
        goes_on = (mark == "I" and kind == previous) or (mark != "O" and _is_same(text, found, start, kind=kind))
        if goes_on and found:
            found[-1] = Name(Span(found[-1].span.start, end), found[-1].kind)
        elif mark != "O":
            found.append(Name(Span(start, end), NameKind(kind)))
        previous = kind
    return _completed(text, found)


def _completed(text: str, names: Sequence[Name]) -> list[Name]:
    """The names whole, without common nouns, and with what the head passed over of persons named elsewhere."""
    inside = bytearray(len(text))
    for name in names:
        inside[name.span.start : name.span.end] = b"\x01" * len(name.span)
    found = [_whole(text, name, inside) for name in names if _is_name(name.span.of(text))]
    called = {match[1] for n in found if n.kind is NameKind.PERSON and (match := _CALLED.search(n.span.of(text)))}
    overlooked = (m for m in _CAPITALISED.finditer(text) if m.group() in called and not any(inside[slice(*m.span())]))
    return sorted([*found, *(Name(Span(*match.span()), NameKind.PERSON) for match in overlooked)])


def _whole(text: str, name: Name, inside: bytearray) -> Name:
    """The name with what was cut off: initials, the half before a hyphen, a given name, a company's legal form."""
    start = name.span.start
    legal = _LEGAL.match(text, name.span.end)
    end = legal.end() if legal else name.span.end
    cut = _CUT.search(text, max(0, start - LONGEST_GIVEN), start)
    if cut and not any(inside[cut.start() : start]):
        start = cut.start()
    given = _GIVEN.search(text, max(0, start - LONGEST_GIVEN), start) if name.kind is NameKind.PERSON else None
    if given and not inside[given.start(1)] and is_given_name(given[1]):
        start = given.start(1)
    return Name(Span(start, end), NameKind.ORGANISATION if legal else name.kind)


def _is_name(words: str) -> bool:
    """Whether words can be a name: they have letters, and are no capitalised noun for people ("Lawmakers")."""
    return any(map(str.isalpha, words)) and not _is_common(words)


def _is_common(name: str) -> bool:
    """Whether a word is a noun for people: in the plural, or as letters that stand for one ("MP")."""
    is_noun = phrases("source_nouns").get(singular(name)) in {"role", "people", "reporter"}
    return is_noun and (name.isupper() or name.lower() != singular(name))


def _is_same(text: str, found: Sequence[Name], start: int, *, kind: str) -> bool:
    """Whether a name goes on with the last one found: behind a hyphen, or as "[Emmanuel] Macron" does."""
    if not found or found[-1].kind != kind:
        return False
    last = found[-1].span
    between = text[last.end : start]
    return between in ("", "-") or (kind == NameKind.PERSON and between == "] " and text.endswith("[", 0, last.start))
