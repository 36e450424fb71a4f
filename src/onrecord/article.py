"""An article: a text with an outlet, a title, a date and paragraphs, and the statements read in it.

Intake makes it, reading adds the statements, everything else only looks at it. `text` is what the input held, to the
character; it is never normalised.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from onrecord.span import Span
from onrecord.statement import Statement


class ParagraphKind(StrEnum):
    """What a paragraph is in its article."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    RELATED = "related"
    PROMOTION = "promotion"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its span, without the white space around it, and its kind."""

    span: Span
    kind: ParagraphKind


@dataclass(frozen=True, slots=True)
class CommentRequest:
    """That the article says somebody was asked for comment.

    `by` is who asked, none where the text leaves it open; `of`, who was asked; `medium`, by what means ("email");
    `answered`, whether an answer came, none where the text does not say; `span`, the sentences that say so.
    """

    by: str | None
    of: tuple[str, ...]
    medium: str | None
    answered: bool | None
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One report. `source` is the path or address it came from, "-" for standard input.

    Paragraphs are in the order of the text and do not overlap. Statements: the outermost ones in the order of the
    text, then the inner ones in theirs. `cited_outlets` are those that the article has something from, by their proper
    names, in the order in which it first names them.
    """

    id: str
    text: str
    source: str = "-"
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str | None = None
    language: str = "en"
    paragraphs: tuple[Paragraph, ...] = ()
    statements: tuple[Statement, ...] = ()
    comment_requests: tuple[CommentRequest, ...] = ()
    cited_outlets: tuple[str, ...] = ()
