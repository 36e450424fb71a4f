"""PDFs to articles, press releases above all: what is printed, as paragraphs, then read as any plain text is.

`text` is the words of the document in reading order, a blank line between paragraphs, without what only the page needs:
running heads, page numbers, hyphens at the ends of lines. Pictures are not read, so a scan without text is no article.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate, takewhile

from onrecord.article import Article, Markup, Paragraph, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.intake.dates import find_date
from onrecord.intake.document import Document
from onrecord.intake.domains import registered_domain
from onrecord.intake.phrases import collapsed, opens_with
from onrecord.intake.plain.article import article_from_text
from onrecord.intake.plain.head import looks_like_title
from onrecord.intake.plain.lines import ends_sentence
from onrecord.intake.printed.file import printed_file
from onrecord.intake.printed.order import columns_of
from onrecord.intake.printed.paragraphs import Printed, paragraphs_of
from onrecord.span import Span

_APART = "\n\n"
_MIN_WORDS = 10
_HEADLINE_SIZE = 1.15
_MIN_TITLE_WORDS = 3
_MAX_PRESS_LINE_CHARS = 150
_MAX_DATED_CHARS = 60


def article_from_pdf(document: Document) -> Article:
    """The article in a PDF. Raises InputError: locked, damaged, too large, or without an article's worth of text."""
    printed, stated_title = _printed(document)
    title = _title(printed, stated_title)
    starts = [0, *accumulate(len(paragraph.text) + len(_APART) for paragraph in printed)]
    first = _first_of_report(printed, title)
    text = _APART.join(paragraph.text for paragraph in printed)
    report = article_from_text(
        text[starts[first] :],
        id=document.id,
        source=document.source,
        published=_date_above(printed[:first]) or document.published,
        title=title,
    )
    above = [
        Paragraph(Span(start, start + len(paragraph.text)), ParagraphKind.BYLINE)
        for start, paragraph in zip(starts, printed[:first], strict=False)
    ]
    items = {start for start, paragraph in zip(starts, printed, strict=False) if paragraph.is_item}
    below = [_moved(paragraph, by=starts[first]) for paragraph in report.paragraphs]
    return replace(
        report,
        text=text,
        url=report.url or document.url,
        domain=registered_domain(document.url) if document.url else None,
        fetched=document.fetched,
        record_id=document.record_id,
        paragraphs=(*above, *(_marked(paragraph, text, items) for paragraph in below)),
    )


def _printed(document: Document) -> tuple[list[Printed], str]:
    """The paragraphs of a PDF, and the title in its metadata. Raises InputError."""
    file = printed_file(document.data, source=document.source)
    printed = [paragraph for paragraph in paragraphs_of(list(columns_of(file.sheets))) if paragraph.text]
    if sum(len(paragraph.text.split()) for paragraph in printed) < _MIN_WORDS:
        message = (
            "no text in this PDF, or next to none, as where its pages are pictures; recognise the text first, "
            "e.g. ocrmypdf FILE.pdf NEW.pdf"
        )
        raise InputError(message, source=document.source, outcome=Outcome.NO_ARTICLE)
    return printed, collapsed(file.title)


def _title(printed: Sequence[Printed], stated: str) -> str | None:
    """The headline: the largest type above the text that reads as one, else what the metadata call the title.

    The latter are often a file's name, so they count only where they stand in the text.
    """
    first_page = printed[0].page
    head = list(takewhile(lambda paragraph: paragraph.page == first_page and not _is_prose(paragraph.text), printed))
    longest = max(len(paragraph.text) for paragraph in printed)
    body_size = max(printed, key=lambda paragraph: len(paragraph.text)).size
    headlines = [
        paragraph
        for paragraph in head
        if paragraph.size >= _HEADLINE_SIZE * body_size
        and len(paragraph.text.split()) >= _MIN_TITLE_WORDS
        and looks_like_title(paragraph.text, longest_below=longest)
    ]
    if headlines:
        return max(headlines, key=lambda paragraph: paragraph.size).text
    return next((p.text for p in head if stated and p.text.casefold() == stated.casefold()), None)


def _is_prose(text: str) -> bool:
    return len(text) > _MAX_PRESS_LINE_CHARS and ends_sentence(text)


def _first_of_report(printed: Sequence[Printed], title: str | None) -> int:
    """Which paragraph the report begins with: the title, else the first that is no line about the release."""
    for number, paragraph in enumerate(printed):
        if paragraph.text == title or (title is None and not _is_about_release(paragraph.text)):
            return number
    return 0


def _is_about_release(text: str) -> bool:
    is_dated = len(text) <= _MAX_DATED_CHARS and find_date(text) is not None
    return _is_press_line(text) or (is_dated and not ends_sentence(text))


def _date_above(above: Sequence[Printed]) -> date | None:
    return next((day for paragraph in above if (day := find_date(paragraph.text))), None)


def _is_press_line(text: str) -> bool:
    return len(text) <= _MAX_PRESS_LINE_CHARS and opens_with("press_lines", text)


def _moved(paragraph: Paragraph, *, by: int) -> Paragraph:
    return replace(paragraph, span=Span(paragraph.span.start + by, paragraph.span.end + by))


def _marked(paragraph: Paragraph, text: str, items: set[int]) -> Paragraph:
    """The paragraph with what the PDF tells of it: that it is an item, a row, or a line about the release."""
    if "\t" in paragraph.span.of(text):
        return replace(paragraph, kind=ParagraphKind.BODY, markup=Markup.TABLE_ROW)
    if paragraph.kind in (ParagraphKind.BODY, ParagraphKind.HEADING) and _is_press_line(paragraph.span.of(text)):
        return replace(paragraph, kind=ParagraphKind.BYLINE)
    if paragraph.span.start in items:
        return replace(paragraph, kind=ParagraphKind.BODY, markup=Markup.LIST_ITEM)
    return paragraph
