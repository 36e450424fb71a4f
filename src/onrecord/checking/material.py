"""What every check of an article looks at: its body, sentence by sentence, and which words of it are whose.

Made once for each article. Titles, headings, promotions and lines about other stories are no part of the body.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.checking.strangers import with_strangers
from onrecord.checking.wordlists import pattern
from onrecord.quotations import Quotation, quotations, quoted
from onrecord.reading.sentences import sentences
from onrecord.span import Span, spoken
from onrecord.statement import Statement

BODY = (ParagraphKind.BODY, ParagraphKind.STANDFIRST)
# "Charged patients for fillings they never got", "promised rooms that did not exist".
FOR_NOTHING = re.compile(
    r"\b(?:charged|billed|invoiced|promised|sold)\b(?=[^.;]{3,70}\b(?:never|did not|didn['’]t)\s+\w)"
)
SHOWN_CHARS = 60
_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Material:
    """An article made ready: the body's paragraphs and sentences, and masks with a 1 for each character within.

    `statements` are the body's outermost ones, `attributed` marks their contents, `quoted` what is between quotation
    marks. Where the cue is a deed ("falsified its reports") nobody says anything, and there is no statement here.
    """

    article: Article
    body: tuple[Paragraph, ...]
    sentences: tuple[Span, ...]
    statements: tuple[Statement, ...]
    quotations: tuple[Quotation, ...]
    quoted: bytearray
    attributed: bytearray

    @classmethod
    def of(cls, article: Article) -> "Material":
        """The material of an article that has been read."""
        body = tuple(p for p in article.paragraphs if p.kind in BODY)
        inside = sorted(p.span for p in body)
        outermost = tuple(
            s for s in article.statements if s.parent is None and _starts_in(s, inside) and not _is_deed(article, s)
        )
        of_body = tuple(sentences(article.text, inside))
        outermost = with_strangers(article.text, outermost, sentences=of_body)
        found = quotations(article.text, [p.span for p in article.paragraphs])
        return cls(
            article=article,
            body=body,
            sentences=of_body,
            statements=outermost,
            quotations=tuple(found),
            quoted=quoted(len(article.text), found),
            attributed=masked(len(article.text), (span for s in outermost for span in s.content)),
        )

    def words(self, *spans: Span) -> str:
        """The words of the spans in one line."""
        return spoken(self.article.text, spans)

    def sentence_at(self, place: int) -> Span | None:
        """The sentence of the body that a character stands in."""
        index = bisect_right(self.sentences, place, key=lambda span: span.start) - 1
        return self.sentences[index] if index >= 0 and place < self.sentences[index].end else None

    def paragraph_at(self, place: int) -> Span | None:
        """The paragraph of the body that a character stands in."""
        return next((p.span for p in self.body if p.span.start <= place < p.span.end), None)

    def of_kind(self, kind: ParagraphKind) -> list[Span]:
        """The spans of the paragraphs of a kind."""
        return [p.span for p in self.article.paragraphs if p.kind is kind]


def clipped(words: str) -> str:
    """The words, cut where they are too many for a message."""
    return words if len(words) <= SHOWN_CHARS else f"{words[: SHOWN_CHARS - 1].rstrip()}…"


def masked(length: int, spans: Iterable[Span]) -> bytearray:
    """For each of `length` characters, 1 where a span holds it."""
    mask = bytearray(length)
    for span in spans:
        mask[span.start : span.end] = b"\x01" * len(span)
    return mask


def words_in(text: str, span: Span) -> list[Span]:
    """The words of a stretch of text."""
    return [Span(*word.span()) for word in _WORD.finditer(text, span.start, span.end)]


def _is_deed(article: Article, statement: Statement) -> bool:
    """Whether a statement's cue is something that is done to somebody rather than said."""
    deed = pattern("wrongdoing", "deed")
    return any(
        deed.match(article.text, cue.start, cue.end) or FOR_NOTHING.match(article.text, cue.start)
        for cue in statement.cue
    )


def _starts_in(statement: Statement, paragraphs: list[Span]) -> bool:
    """Whether a statement's first content begins in one of the paragraphs, which are sorted."""
    place = statement.content[0].start
    index = bisect_right(paragraphs, place, key=lambda span: span.start) - 1
    return index >= 0 and place < paragraphs[index].end
