"""Where a span's edges go: marks and brackets that belong to its words come along, commas after them do not.

The model decides about words. Whether the quotation mark before the first one is part of the span follows from where
its partner stands.
"""

from collections.abc import Iterable, Sequence

from onrecord.quotations import Quotation
from onrecord.span import Span

BRACKETS = {"[": "]", "(": ")"}
TRAILING = ",;: \n"
LONGEST_MARK = 2
LONG_MARKS = ("''", "``")


class Edges:
    """Sets the edges of the spans of one text."""

    def __init__(self, text: str, quotations: Sequence[Quotation]) -> None:
        self._text = text
        self._by_start = {q.span.start: q.span for q in quotations if q.closed}
        self._by_end = {span.end: span for span in self._by_start.values()}

    def of_content(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Content spans, each with both marks of a quotation of which it has all the words, and with no half pair."""
        return tuple(self._with_brackets(self._with_marks(span)) for span in spans)

    def of_label(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Source or cue spans, none ending with a comma, a semicolon or a colon."""
        return tuple(self._with_brackets(self._without_trailing(span)) for span in spans)

    def _with_marks(self, span: Span) -> Span:
        for i in range(LONGEST_MARK + 1):
            quotation = self._by_start.get(span.start - i)
            if quotation and span.end >= quotation.end - LONGEST_MARK:
                span = Span(quotation.start, max(span.end, quotation.end))
            quotation = self._by_end.get(span.end + i)
            if quotation and span.start <= quotation.start:
                span = Span(span.start, quotation.end)
        return self._without_half(span)

    def _without_half(self, span: Span) -> Span:
        """The span without a mark at its edge whose partner stands outside."""
        opened, closed = self._by_start.get(span.start), self._by_end.get(span.end)
        start, end = span.start, span.end
        if opened and opened.end > span.end:
            start += LONGEST_MARK if self._text.startswith(LONG_MARKS, start) else 1
        if closed and closed.start < span.start:
            end -= LONGEST_MARK if self._text.endswith(LONG_MARKS, start, end) else 1
        return Span(start, end) if start < end else span

    def _with_brackets(self, span: Span) -> Span:
        words = span.of(self._text)
        for opening, closing in BRACKETS.items():
            missing = words.count(closing) - words.count(opening)
            if missing > 0 and self._text.endswith(opening, 0, span.start):
                span = Span(span.start - 1, span.end)
            elif missing < 0 and self._text.startswith(closing, span.end):
                span = Span(span.start, span.end + 1)
        return span

    def _without_trailing(self, span: Span) -> Span:
        kept = len(span.of(self._text).rstrip(TRAILING))
        return Span(span.start, span.start + kept) if kept else span
