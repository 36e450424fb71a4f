"""The pieces of an article that may be copies of something said: quotations, and words that it reports.

Every quotation is one, whether the reader took it for a statement or not: a scare quote, a headline, a caption pass
words on too. What an indirect statement reports is one as well, for paraphrases. A quotation that its cue cuts in two
("A," she said, "B") is two pieces of one rendition.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onrecord.article import Article, Paragraph
from onrecord.quotations import Quotation, quotations
from onrecord.span import Span
from onrecord.statement import Days, SpeakerKind, Statement
from onrecord.tracing.words import Word, ends_open, folded, words_of

_MARKS = "\"'`“”„‟«»‘’‚‹› \t\n\u00a0"
_NAME = re.compile(r"\b[A-Z][^\W\d_]{2,}")
MAX_WORDS = 400


class PieceKind(StrEnum):
    """How a piece gives what was said: in its words, or in the reporter's."""

    QUOTED = "quoted"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article that may be a copy of something said elsewhere.

    `span` is the quoted words without their marks. `statement` is the index of the innermost statement that holds
    them; `speaker` and `speaker_kind` are its. `names` are the capitalised words around a quotation, folded: a speaker
    whom the reader did not find stands among them. `open_end` says that it ends with an ellipsis.
    """

    article: str
    span: Span
    words: Sequence[Word]
    kind: PieceKind = PieceKind.QUOTED
    speaker: str | None = None
    speaker_kind: SpeakerKind | None = None
    published: date | None = None
    said: Days | None = None
    outlet: str | None = None
    statement: int | None = None
    names: frozenset[str] = frozenset()
    open_end: bool = False


def pieces_of(article: Article) -> list[Piece]:
    """All pieces of an article in the order of their start, quoted before reported."""
    paragraphs = [paragraph.span for paragraph in article.paragraphs] or None
    found = quotations(article.text, paragraphs)
    quoted = [piece for quotation in found if (piece := _quoted(article, quotation, found=found))]
    return quoted + list(_reported(article, found))


def _quoted(article: Article, quotation: Quotation, *, found: Sequence[Quotation]) -> Piece | None:
    words = article.text[quotation.span.start : quotation.span.end]
    start = quotation.span.start + len(words) - len(words.lstrip(_MARKS))
    end = quotation.span.end - (len(words) - len(words.rstrip(_MARKS)))
    inner = [other.span for other in found if other.depth > quotation.depth and quotation.span.holds(other.span)]
    return _piece(article, Span(start, end), kind=PieceKind.QUOTED, inner=inner) if start < end else None


def _reported(article: Article, found: Sequence[Quotation]) -> Iterator[Piece]:
    """What statements without any quotation mark report, one piece for each span of content that has a speaker."""
    for statement in article.statements:
        for span in statement.content:
            if not any(span.meets(quotation.span) for quotation in found):
                piece = _piece(article, span, kind=PieceKind.REPORTED)
                if piece:
                    yield piece


def _piece(article: Article, span: Span, *, kind: PieceKind, inner: Sequence[Span] = ()) -> Piece | None:
    index = _innermost(article.statements, span)
    statement = None if index is None else article.statements[index]
    speaker = statement.speaker if statement else None
    is_quoted = kind is PieceKind.QUOTED
    if not is_quoted and speaker is None:
        return None
    words = words_of(article.text, span, inner=inner)
    if not words or len(words) > MAX_WORDS:
        return None
    return Piece(
        article=article.id,
        span=span,
        words=words,
        kind=kind,
        speaker=(speaker.proper or speaker.name) if speaker else None,
        speaker_kind=speaker.kind if speaker else None,
        published=article.published,
        said=statement.said if statement else None,
        outlet=article.outlet,
        statement=index,
        names=_names_around(article, span) if is_quoted else frozenset(),
        open_end=ends_open(article.text, span),
    )


def _innermost(statements: Sequence[Statement], span: Span) -> int | None:
    """The index of the statement with the shortest content that holds the span, or most of it."""
    best: tuple[int, int, int] | None = None
    for index, statement in enumerate(statements):
        for content in statement.content:
            shared = min(content.end, span.end) - max(content.start, span.start)
            if 2 * shared >= len(span) and (best is None or (len(content), -index) < best[:2]):
                best = (len(content), -index, index)
    return best[2] if best else None


def _names_around(article: Article, span: Span) -> frozenset[str]:
    """The capitalised words of the span's paragraph and of the one before, folded."""
    return frozenset(
        folded(match[0]).removesuffix("'s")
        for stretch in _around(article.paragraphs, span)
        for match in _NAME.finditer(stretch.of(article.text))
    )


def _around(paragraphs: Iterable[Paragraph], span: Span) -> Iterator[Span]:
    before: Span | None = None
    for paragraph in paragraphs:
        if paragraph.span.meets(span):
            yield from filter(None, (before, paragraph.span))
        before = paragraph.span
