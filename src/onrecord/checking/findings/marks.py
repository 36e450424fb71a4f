"""Quotation marks and what stands inside them: words put in, words left out, marks without their other half."""

import re
from collections.abc import Iterator
from itertools import pairwise

from onrecord.article import ParagraphKind
from onrecord.checking.material import Material, clipped
from onrecord.checking.report import Code, Finding
from onrecord.quotations import Quotation
from onrecord.span import Span

_BRACKETED = re.compile(r"\[[^\[\]\n]{1,120}\]")
_ELLIPSIS = re.compile(r"[\[(]?(?:…|\.\s?\.\s?\.(?:\s?\.)?)[\])]?")
_ONLY_ELLIPSIS = re.compile(r"[\[(]\s*(?:…|[.\s]+)\s*[\])]")
# A double mark, or a single one that no apostrophe is: behind a comma or a full stop.
_CLOSING = re.compile(r"[\"“”„«»]|''|``|(?<=[,.!?])[’'](?=\s)")
_OPENING = re.compile(r"\s*[\"“„«»‘'`]")
# Words of telling inside what a mark opens: it should have been closed before them.
_TELLS = re.compile(
    r",\s(?:(?:said|says|adds?|added|explained|recalls?|recalled|writes|wrote|told)\s[A-ZÀ-Þt]|"
    r"(?:he|she|they|[A-ZÀ-Þ][\w’'-]+)\s(?:said|says|adds?|added|explained|recalls?|recalled|wrote|writes)\b)"
)
_INCHES = re.compile(r"\d[\d½¼¾/.]*$")
_LOOKED_AT = (ParagraphKind.BODY, ParagraphKind.STANDFIRST, ParagraphKind.CAPTION)
BESIDE_CHARS = 30


def bracketed(material: Material) -> Iterator[Finding]:
    """Words in square brackets inside a quotation, which are not the speaker's."""
    for found in _inside_quotations(material, _BRACKETED):
        if not _ONLY_ELLIPSIS.fullmatch(material.words(found)):
            message = f"{material.words(found)} was put into the quotation by whoever reports it."
            yield Finding(Code.BRACKETED_QUOTATION, (found,), message, (_around(material, found),), 0.95)


def elided(material: Material) -> Iterator[Finding]:
    """An ellipsis inside a quotation: words may be missing there."""
    for found in _inside_quotations(material, _ELLIPSIS):
        span = _with_neighbours(material.article.text, found)
        message = f"The quotation has an ellipsis, “{material.words(span)}”: words may be left out there."
        yield Finding(Code.ELIDED_QUOTATION, (span,), message, (_around(material, found),), 0.9)


def unbalanced(material: Material) -> Iterator[Finding]:
    """Quotation marks that never close or never open."""
    text = material.article.text
    for span in _without_closing(material):
        where = Span(span.start, min(span.end, span.start + 2 * BESIDE_CHARS))
        message = f"The quotation that begins {clipped(material.words(where))} is not closed: its end is a guess."
        yield Finding(
            Code.UNBALANCED_QUOTATION, (where,), message, (_around(material, Span(span.start, span.start + 1)),), 0.85
        )
    for mark in _without_opening(material):
        ending = _with_words_before(text, mark)
        message = f"A quotation that was never opened ends in {material.words(ending)}: its beginning is a guess."
        yield Finding(Code.UNBALANCED_QUOTATION, (ending,), message, (_around(material, mark),), 0.85)


def _inside_quotations(material: Material, form: re.Pattern[str]) -> Iterator[Span]:
    """Where a form stands inside a quotation of the body, each place once."""
    text = material.article.text
    for paragraph in _paragraphs(material):
        for match in form.finditer(text, paragraph.start, paragraph.end):
            if all(material.quoted[match.start() : match.end()]):
                yield Span(*match.span())


def _without_closing(material: Material) -> Iterator[Span]:
    """The quotations that nothing closes, but for those that go on in the next paragraph."""
    text, paragraphs = material.article.text, _paragraphs(material)
    goes_on = {first: bool(_OPENING.match(second.of(text))) for first, second in pairwise(paragraphs)}
    told: list[Quotation] = []
    for quotation in material.quotations:
        home = next((p for p in paragraphs if p.holds(quotation.span)), None)
        if home is None or quotation.closed:
            continue
        tells = _TELLS.search(text, quotation.span.start, quotation.span.end)
        if goes_on.get(home) and not quotation.depth and not tells:
            continue
        if not any(outer.span.holds(quotation.span) for outer in told):
            told.append(quotation)
            yield quotation.span


def _without_opening(material: Material) -> Iterator[Span]:
    """The marks that belong to no quotation."""
    text = material.article.text
    paired = {place for q in material.quotations for place in (q.span.start, q.span.end - 1)}
    paired |= {q.span.end - 2 for q in material.quotations if text.endswith(("''", "``"), q.span.start, q.span.end)}
    for paragraph in _paragraphs(material):
        for mark in _CLOSING.finditer(text, paragraph.start, paragraph.end):
            if not paired & set(range(mark.start(), mark.end())) and not _INCHES.search(text[: mark.start()][-8:]):
                yield Span(*mark.span())


def _paragraphs(material: Material) -> list[Span]:
    return [p.span for p in material.article.paragraphs if p.kind in _LOOKED_AT]


def _with_words_before(text: str, mark: Span) -> Span:
    """A mark with the few words before it on its line."""
    start = max(mark.start - BESIDE_CHARS, text.rfind("\n", 0, mark.start) + 1)
    word = re.compile(r"(?<!\S)\S").search(text, start, mark.start)
    return Span(word.start() if word else mark.start, mark.end)


def _with_neighbours(text: str, mark: Span) -> Span:
    """A mark with the word before it and the word behind it."""
    before = re.search(r"\S+\s*$", text[: mark.start][-BESIDE_CHARS:])
    after = re.match(r"\s*\S+", text[mark.end : mark.end + BESIDE_CHARS])
    return Span(mark.start - (len(before.group()) if before else 0), mark.end + (len(after.group()) if after else 0))


def _around(material: Material, place: Span) -> str:
    """The sentence that a place stands in, in one line; the place itself where it stands in none."""
    return material.words(material.sentence_at(place.start) or place)
