"""What is claimed in the writer's voice without a source, and who is accused without being heard."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from onrecord.checking.accusations import accusations, unheard
from onrecord.checking.figures import striking
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding
from onrecord.checking.voices import SPEAKING
from onrecord.checking.wordlists import pattern
from onrecord.span import Span

_ADDRESS = re.compile(r"https?://|www\.")


def unattributed(material: Material) -> Iterator[Finding]:
    """Accusations and striking figures in the writer's voice, with no source in their sentence or beside it."""
    told: list[Span] = []
    for accusation in accusations(material):
        if (
            accusation.statement is None
            and not material.quoted[accusation.span.start]
            and _is_bare(material, accusation.span)
        ):
            message = f"The writer accuses {_named(accusation.accused)} and gives no source."
            told.append(accusation.span)
            yield _finding(material, accusation.span, message, accusation.confidence)
    for span in striking(material):
        home = material.sentence_at(span.start) or span
        if _is_bare(material, span) and not any(home.meets(other) for other in told):
            yield _finding(material, span, f"No source is given for “{material.words(span)}”.", 0.65)


def no_reply(material: Material) -> Iterator[Finding]:
    """That somebody is accused, does not speak, and is not said to have been asked."""
    for accusation in unheard(material):
        accused = _named(accusation.accused)
        message = f"The text accuses {accused}, has no word of theirs, and does not say that they were asked."
        home = material.sentence_at(accusation.span.start) or accusation.span
        confidence = accusation.confidence
        yield Finding(Code.NO_REPLY_SOUGHT, (accusation.span,), message, (material.words(home),), confidence)


def _finding(material: Material, span: Span, message: str, confidence: float) -> Finding:
    home = material.sentence_at(span.start) or span
    return Finding(Code.UNATTRIBUTED_CLAIM, (span, home), message, (material.words(home),), confidence)


def _named(accused: str) -> str:
    """The accused as they are called inside a sentence."""
    article, _, rest = accused.partition(" ")
    return f"{article.lower()} {rest}" if article in {"The", "Its", "His", "Her", "Their"} else accused


def _is_bare(material: Material, claim: Span) -> bool:
    """Whether a claim is the writer's own: no statement, no link in its sentence or beside it in its paragraph."""
    home, paragraph = material.sentence_at(claim.start), material.paragraph_at(claim.start)
    if home is None or paragraph is None or material.attributed[claim.start]:
        return False
    index = bisect_left(material.sentences, home)
    beside = [s for s in material.sentences[max(0, index - 1) : index + 2] if paragraph.holds(s)]
    return not any(_has_source(material, sentence, claim=claim) for sentence in beside)


def _has_source(material: Material, sentence: Span, *, claim: Span) -> bool:
    article = material.article
    if _ADDRESS.search(sentence.of(article.text)) or any(link.span.meets(sentence) for link in article.links):
        return True
    if pattern("wrongdoing", "judged", "accusing").search(article.text, sentence.start, sentence.end):
        return True
    return any(
        span.meets(sentence)
        for s in material.statements
        if s.act in SPEAKING and s.source and not any(claim.holds(cue) for cue in s.cue)
        for span in (*s.source, *s.cue)
    )
