"""The contract: an article as one JSON object, the same from the command, the API and the exports.

Offsets count code points into `text`.
"""

import json

from onrecord.article import Article, CommentRequest, Hyperlink, Paragraph
from onrecord.checking.check import check
from onrecord.exchange.checked import finding_dict
from onrecord.span import Span
from onrecord.statement import Days, Speaker, Statement, Via

Json = dict[str, object]


def to_dict(article: Article) -> Json:
    """The article as the contract has it, keys in the contract's order."""
    return {
        "id": article.id,
        "source": article.source,
        "outlet": article.outlet,
        "title": article.title,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "url": article.url,
        "domain": article.domain,
        "language": article.language,
        "copy_of": article.copy_of,
        "fetched": article.fetched.isoformat() if article.fetched else None,
        "record_id": article.record_id,
        "text": article.text,
        "paragraphs": [_paragraph(paragraph) for paragraph in article.paragraphs],
        "links": [_link(link) for link in article.links],
        "statements": [statement_dict(statement) for statement in article.statements],
        "comment_requests": [_request(request) for request in article.comment_requests],
        "cited_outlets": list(article.cited_outlets),
        "findings": [finding_dict(finding) for finding in check(article).findings],
    }


def to_line(article: Article) -> str:
    """The article as one line of JSON Lines, without the line's end."""
    return line_of(to_dict(article))


def line_of(fields: Json) -> str:
    """Fields as one line of JSON Lines, without the line's end."""
    return json.dumps(fields, ensure_ascii=False)


def statement_dict(statement: Statement) -> Json:
    """One statement as the contract has it."""
    return {
        "source": _spans(statement.source),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
        "speaker": _speaker(statement.speaker),
        "form": statement.form,
        "act": statement.act,
        "via": [_via(via) for via in statement.via],
        "said": _days(statement.said),
        "when": _span(statement.when),
        "parent": statement.parent,
        "answers": statement.answers,
        "confidence": round(statement.confidence, 3),
    }


def _paragraph(paragraph: Paragraph) -> Json:
    return {
        "start": paragraph.span.start,
        "end": paragraph.span.end,
        "kind": paragraph.kind,
        "markup": paragraph.markup,
    }


def _link(link: Hyperlink) -> Json:
    return {"start": link.span.start, "end": link.span.end, "address": link.address}


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _speaker(speaker: Speaker | None) -> Json | None:
    if speaker is None:
        return None
    return {
        "name": speaker.name,
        "kind": speaker.kind,
        "known_by": speaker.known_by,
        "proper": speaker.proper,
        "confidence": round(speaker.confidence, 3),
    }


def _via(via: Via) -> Json:
    return {"name": via.name, "role": via.role, "proper": via.proper, "span": _span(via.span)}


def _days(days: Days | None) -> Json | None:
    return {"start": days.start.isoformat(), "end": days.end.isoformat()} if days else None


def _request(request: CommentRequest) -> Json:
    return {
        "by": request.by,
        "of": list(request.of),
        "medium": request.medium,
        "answered": request.answered,
        "span": _span(request.span),
    }
