"""Requests for comment without an answer."""

import re
from collections.abc import Iterator

from onrecord.article import CommentRequest
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding
from onrecord.span import Span

_REFUSED = re.compile(
    r"\b(?:declin|refus)\w+\b|\b(?:would|did|could) ?n[o’']t (?:comment|elaborate|say)\b|\bno comment\b", re.IGNORECASE
)
_SILENT = re.compile(
    r"\b(?:(?:has|have|had|did|does) not|(?:has|have|had|did)n['’]t|yet to|failed to)\b.{0,30}"
    r"\b(?:respond|repl|answer|return|react)\w*\b.{0,60}"
    r"\b(?:by (?:the time of )?(?:publication|deadline|press time|going to press)|e-?mails?|phone calls|voicemails?|"
    r"(?:messages?|questions|queries|requests?) (?:from|by|left|sent))\b",
    re.IGNORECASE | re.DOTALL,
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
    for sentence in _unread(material):
        message = "Somebody was asked and has not answered."
        yield Finding(Code.REPLY_PENDING, (sentence,), message, (material.words(sentence),), 0.7)


def _unread(material: Material) -> Iterator[Span]:
    """Sentences that say so in other words than requests have: "had not responded to emails by press time"."""
    text = material.article.text
    for sentence in material.sentences:
        match = _SILENT.search(text, sentence.start, sentence.end)
        told = any(request.span.meets(sentence) for request in material.article.comment_requests)
        if match and not told and not material.quoted[match.start()] and not _REFUSED.search(sentence.of(text)):
            yield sentence


def _spoke(material: Material, request: CommentRequest) -> bool:
    """Whether those who were asked speak, where the text does not say what became of the request."""
    if request.answered is False:
        return False
    speakers = {s.speaker.name.lower() for s in material.statements if s.speaker}
    return not request.of or any(party.lower() in speakers for party in request.of)
