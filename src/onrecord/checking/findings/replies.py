"""Requests for comment without an answer."""

import re
from collections.abc import Iterator

from onrecord.article import CommentRequest
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding
from onrecord.span import Span

_REFUSED = re.compile(
    r"\b(?:declin|refus)\w+\b|"
    r"\b(?:would|did|could) ?n[o’']t (?:comment|elaborate|say|discuss|confirm|talk|speak)\b|\bno comment\b",
    re.IGNORECASE,
)
_NOT = r"(?:(?:has|have|had|did|does|do) not|(?:has|have|had|did|does|do)n['’]t|yet to|failed to|never)"
_ASKED = (
    r"(?:e-?mails?|phone calls?|telephone calls?|calls?|voicemails?|messages?|letters?|questions|queries|"
    r"requests?|texts?|enquiries|inquiries)"
)
_SILENT = re.compile(
    rf"\b{_NOT}\b.{{0,30}}\b(?:respond|repl|answer|react|come back|get back|write back|call back|ring back)\w*\b"
    rf".{{0,60}}\b(?:by (?:the time of )?(?:publication|deadline|press time|going to press|the time|"
    rf"\w+day|noon|midnight|evening)|before (?:publication|deadline)|as of \w+day)\b"
    rf"|\b{_NOT}\b.{{0,20}}\b(?:respond|repl|answer|return|acknowledge)\w*\b.{{0,60}}\b{_ASKED}"
    rf"(?=[.,;”\"]|\s(?:from|by|left|sent|on|about|for|made|asking|over|in|after)\b|$)"
    rf"|\b(?:left|leaves?|leaving)\b.{{0,40}}\b{_ASKED}\b.{{0,30}}\b(?:unanswered|unreturned)\b"
    rf"|\b{_ASKED}\b.{{0,60}}\b(?:(?:went|were|was|remained|remain|are|is|stayed) (?:un(?:answered|"
    rf"returned)|without (?:an? )?(?:answer|reply|response)|not (?:answered|returned))|rang out|"
    rf"bounced|(?:came|got|brought|met with|drew) no (?:answer|reply|response))\b"
    r"|\b(?:did not|didn['’]t|would not|wouldn['’]t|does not|doesn['’]t|never) (?:pick up|answer|"
    r"come to) (?:the|his|her|their|its|a) (?:tele)?phone\b"
    r"|\b(?:his|her|their|its|the) (?:tele)?phone "
    r"(?:rang out|rang and rang|rang unanswered|was switched off|was off|went unanswered)\b"
    r"|\b(?:could not|couldn['’]t|cannot) be (?:reached|contacted)\b(?!.{0,20}\bby (?:car|boat|"
    r"road|rescuers|helicopter))"
    r"|\bno (?:reply|answer|response|comment) (?:had |has |was |came|arrived|from|by)\b|"
    r"\bthere was no (?:reply|answer|response)\b"
    r"|\b(?:has|have|had|was|were|is|are) (?:been )?(?:approached|contacted|asked|"
    r"invited) (?:for (?:a )?(?:comment|reply|response|statement|reaction)|to (?:comment|respond|"
    r"reply))\b"
    r"|\b(?:was|were) (?:not |un)available for comment\b|\bunavailable for comment\b"
    r"|\b(?:is|are|was|were) (?:still )?(?:awaiting|waiting for) (?:a |an |the )?(?:reply|answer|response|comment)\b",
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
