"""Cuts paragraphs into sentences, so that what is said in one sentence is looked for there.

A sentence ends with its mark, with the quotation marks and brackets behind it, where white space and then a capital, a
digit or an opening mark follow. A full stop behind an abbreviation or an initial ends none, and one behind a month's
abbreviation none before a digit. Every character of a paragraph but the white space between them lies in one sentence.
"""

import re
from collections.abc import Iterable, Iterator

from onrecord.intake.phrases import words
from onrecord.span import Span, trimmed

_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“„‘'«(\[]*(?P<next>[A-Z0-9À-ÖØ-Þ]))")
_WORD_BEFORE = re.compile(r"[\w.]+$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_MONTHS = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split())
LONGEST_ABBREVIATION = 12


def sentences(text: str, paragraphs: Iterable[Span]) -> list[Span]:
    """The sentences of the paragraphs, in their order."""
    return [span for paragraph in paragraphs for span in _in_paragraph(text, paragraph)]


def _in_paragraph(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for mark in _END.finditer(text, paragraph.start, paragraph.end):
        if mark.group() == "." and _is_abbreviated(text, mark, start=start):
            continue
        if span := trimmed(text, start=start, end=mark.end()):
            yield span
        start = mark.end()
    if span := trimmed(text, start=start, end=paragraph.end):
        yield span


def _is_abbreviated(text: str, mark: re.Match[str], *, start: int) -> bool:
    """Whether the full stop belongs to the word before it; `start` is where its sentence begins."""
    begin = max(start, mark.start() - LONGEST_ABBREVIATION)
    word = _WORD_BEFORE.search(text[begin : mark.start()])
    if word is None:
        return False
    if word.group() in _MONTHS:
        return mark["next"].isdigit()
    return word.group() in words("abbreviations") or _INITIALS.fullmatch(word.group()) is not None
