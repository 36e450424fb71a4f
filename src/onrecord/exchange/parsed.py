"""An article again from its fields in the contract, checked against its own text before anything believes it.

Whatever is wrong raises a ValueError that names the field and says what it should be. Nothing is mended: who gave an
offset that is one too large gave them all so.
"""

from collections.abc import Iterable
from itertools import pairwise

from onrecord.article import Article, CommentRequest, Hyperlink, Markup, Paragraph, ParagraphKind
from onrecord.exchange.fields import Fields
from onrecord.span import Span
from onrecord.statement import Act, Days, Form, KnownBy, Speaker, SpeakerKind, Statement, Via, ViaRole


def article_of(fields: Fields) -> Article:
    """The article of a line, without its statements, which a line may have or have elsewhere."""
    text = fields.string("text")
    if text is None or not text.strip():
        raise ValueError('"text" should be the text of the article, and there is none')
    article = Article(
        id=fields.words("id"),
        text=text,
        source=fields.string("source") or "-",
        outlet=fields.string("outlet"),
        title=fields.string("title"),
        authors=fields.strings("authors"),
        published=fields.day("published"),
        published_at=fields.moment("published_at"),
        url=fields.string("url"),
        domain=fields.string("domain"),
        language=fields.string("language") or "en",
        copy_of=fields.string("copy_of"),
        fetched=fields.moment("fetched"),
        record_id=fields.string("record_id"),
        paragraphs=tuple(map(_paragraph, fields.inners("paragraphs"))),
        links=tuple(Hyperlink(link.place(), link.words("address")) for link in fields.inners("links")),
        comment_requests=tuple(map(_request, fields.inners("comment_requests"))),
        cited_outlets=fields.strings("cited_outlets"),
    )
    if article.fetched is not None and article.fetched.tzinfo is None:
        raise ValueError(f'"fetched" should say its time zone: {article.fetched.isoformat()}')
    _check_places(article)
    return article


def statement_of(fields: Fields, *, text: str) -> Statement:
    """The statement of these fields, all of it in the text."""
    statement = Statement(
        content=fields.spans("content"),
        source=fields.spans("source"),
        cue=fields.spans("cue"),
        speaker=_speaker(fields.inner("speaker")),
        form=fields.one_of(Form, "form"),
        act=fields.one_of(Act, "act") or Act.ASSERT,
        via=tuple(map(_via, fields.inners("via"))),
        said=_days(fields.inner("said")),
        when=fields.span("when"),
        parent=fields.integer("parent"),
        answers=fields.integer("answers"),
        confidence=fields.probability("confidence"),
    )
    whens = (statement.when,) if statement.when else ()
    vias = tuple(via.span for via in statement.via if via.span)
    for name, spans in (
        ("source", statement.source), ("cue", statement.cue), ("content", statement.content), ("when", whens),
        ("via", vias),
    ):  # fmt: skip
        _check_inside(spans, text, where=f"{fields.where}{name}")
    if not any(span.of(text).strip() for span in statement.content):
        raise ValueError(f'"{fields.where}content" should be words of the text, and is white space')
    return statement


def check_pointers(statements: Iterable[Statement]) -> None:
    """Raises ValueError unless each parent stands before its statement, and each answer has a question."""
    every = tuple(statements)
    for place, statement in enumerate(every):
        if statement.parent is not None and statement.parent >= place:
            raise ValueError(f"statement {place} should have a parent that stands before it, not {statement.parent}")
        if statement.answers is not None and (statement.answers >= len(every) or statement.answers == place):
            raise ValueError(f"statement {place} should answer another one of {len(every)}, not {statement.answers}")


def _check_places(article: Article) -> None:
    paragraphs = tuple(paragraph.span for paragraph in article.paragraphs)
    if any(one.end > other.start for one, other in pairwise(paragraphs)):
        raise ValueError('"paragraphs" should be in the order of the text and not overlap')
    places = {
        "paragraphs": paragraphs,
        "links": tuple(link.span for link in article.links),
        "comment_requests": tuple(request.span for request in article.comment_requests),
    }
    for name, spans in places.items():
        _check_inside(spans, article.text, where=name)


def _check_inside(spans: Iterable[Span], text: str, *, where: str) -> None:
    for span in spans:
        if span.end > len(text):
            raise ValueError(
                f'"{where}" should be in the text of {len(text)} characters, not at {span.start}–{span.end}'
            )


def _paragraph(fields: Fields) -> Paragraph:
    kind = fields.one_of(ParagraphKind, "kind") or ParagraphKind.BODY
    return Paragraph(fields.place(), kind, fields.one_of(Markup, "markup"))


def _request(fields: Fields) -> CommentRequest:
    span = fields.span("span")
    if span is None:
        raise ValueError(f'"{fields.where}span" should say where the article says so')
    by, medium, answered = fields.string("by"), fields.string("medium"), fields.truth("answered")
    return CommentRequest(by, fields.strings("of"), medium, answered, span)


def _speaker(fields: Fields | None) -> Speaker | None:
    if fields is None:
        return None
    kind = fields.one_of(SpeakerKind, "kind")
    if kind is None:
        raise ValueError(f'"{fields.where}kind" should be one of {", ".join(SpeakerKind)}')
    return Speaker(
        fields.words("name"),
        kind,
        known_by=fields.one_of(KnownBy, "known_by") or KnownBy.NAME,
        proper=fields.string("proper"),
        confidence=fields.probability("confidence"),
    )


def _via(fields: Fields) -> Via:
    role = fields.one_of(ViaRole, "role")
    if role is None:
        raise ValueError(f'"{fields.where}role" should be one of {", ".join(ViaRole)}')
    return Via(fields.words("name"), role, fields.span("span"), fields.string("proper"))


def _days(fields: Fields | None) -> Days | None:
    if fields is None:
        return None
    start, end = fields.day("start"), fields.day("end")
    if start is None or end is None:
        raise ValueError(f'"{fields.where}start" and "end" should both be days')
    return Days(start, end)
