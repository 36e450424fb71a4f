"""Articles that print one quotation each, for the tests of tracing. Nobody and nothing in them exists."""

from dataclasses import replace
from datetime import date, timedelta

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.span import Span
from onrecord.statement import Form, Speaker, SpeakerKind, Statement, Via, ViaRole
from onrecord.tracing.piece import Piece, pieces_of

FALK = "Jorun Falk"
DAY = date(2031, 3, 14)


def report(words: str, *, id: str = "ledger", by: str | None = FALK, day: int = 0, rest: str = "said.") -> Article:
    """An article that quotes these words, `day` days after the first one."""
    text = f"“{words}” {by or 'Somebody'} {rest}"
    span = Span(0, len(words) + 2)
    speaker = Speaker(by, SpeakerKind.PERSON) if by else None
    return Article(
        id=id,
        text=text,
        outlet=id,
        published=DAY + timedelta(days=day),
        paragraphs=(Paragraph(Span(0, len(text)), ParagraphKind.BODY),),
        statements=(Statement(content=(span,), speaker=speaker, form=Form.DIRECT),) if by else (),
    )


def reported(words: str, *, id: str, by: str = FALK, day: int = 0) -> Article:
    """An article that gives the words as its own report."""
    text = f"{by} said that {words}."
    start = text.index(words)
    statement = Statement(content=(Span(start, start + len(words)),), speaker=Speaker(by, SpeakerKind.PERSON))
    return Article(id=id, text=text, published=DAY + timedelta(days=day), statements=(statement,))


def by_way_of(article: Article, *sources: str) -> Article:
    """The article, whose words come through these reporters."""
    via = tuple(Via(name, ViaRole.REPORTER) for name in sources)
    return replace(article, statements=tuple(replace(statement, via=via) for statement in article.statements))


def quoted(words: str, *, id: str = "ledger", by: str | None = FALK, day: int = 0) -> Piece:
    """The piece of an article that quotes these words."""
    return pieces_of(report(words, id=id, by=by, day=day))[0]
