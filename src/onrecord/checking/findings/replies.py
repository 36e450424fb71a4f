"""Requests for comment without an answer."""

import re
from collections.abc import Iterator

from onrecord.article import CommentRequest
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding

_REFUSED = re.compile(
    r"\b(?:declin|refus)\w+\b|\b(?:would|did|could) ?n[o’']t (?:comment|elaborate|say)\b|\bno comment\b", re.IGNORECASE
)


def pending(material: Material) -> Iterator[Finding]:
    """That somebody was asked and has not answered; a refusal to comment is an answer."""
    for request in material.article.comment_requests:
        words = request.span.of(material.article.text)
        if _REFUSED.search(words) or request.answered or _spoke(material, request):
            continue
        who = ", ".join(request.of) or "Somebody"
        has = "has not answered" if len(request.of) < 2 else "have not answered"
        message = f"{who[:1].upper()}{who[1:]} {has} a request for comment."
        confidence = 0.9 if request.answered is False else 0.6
        yield Finding(Code.REPLY_PENDING, (request.span,), message, (material.words(request.span),), confidence)


def _spoke(material: Material, request: CommentRequest) -> bool:
    """Whether those who were asked speak, where the text does not say what became of the request."""
    if request.answered is False:
        return False
    speakers = {s.speaker.name.lower() for s in material.statements if s.speaker}
    return not request.of or any(party.lower() in speakers for party in request.of)
