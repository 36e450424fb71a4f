"""An article: a text with an outlet, a title, a date and paragraphs, and the statements read in it.

Intake makes it, reading adds the statements, everything else only looks at it. `text` is what the input held, to the
character; it is never normalised.
"""

from dataclasses import dataclass
from datetime import date, datetime
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


class Markup(StrEnum):
    """What a page marked a paragraph up as, where that is more than its kind tells."""

    LIST_ITEM = "list-item"
    QUOTATION = "quotation"
    POST = "post"
    TABLE_ROW = "table-row"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its span, without the white space around it, its kind, and how a page marked it up."""

    span: Span
    kind: ParagraphKind
    markup: Markup | None = None


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """Words of the text that a page made a link, and the absolute address they lead to."""

    span: Span
    address: str


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

    `published` is the day as the report states it, `published_at` the moment where it states one, with its time zone
    where that is stated too. `url` is the address that the report gives as its own, `domain` the registered domain of
    its outlet. `copy_of` is the id of an earlier article whose text this one has too, under another outlet's name.
    `fetched` is when the bytes came from the network, `record_id` which record of a web archive holds them.

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
    published_at: datetime | None = None
    url: str | None = None
    domain: str | None = None
    language: str = "en"
    copy_of: str | None = None
    fetched: datetime | None = None
    record_id: str | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    links: tuple[Hyperlink, ...] = ()
    statements: tuple[Statement, ...] = ()
    comment_requests: tuple[CommentRequest, ...] = ()
    cited_outlets: tuple[str, ...] = ()
