"""What is claimed in the writer's voice without a source, and who is accused without being heard."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from onrecord.checking.accusations import accusations, unheard
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding
from onrecord.checking.wordlists import pattern
from onrecord.span import Span

_NUMBER = r"\d[\d,.]*"
_MANY = rf"(?:{_NUMBER}\s(?:million|billion)|\d{{1,3}}(?:,\d{{3}})+|\b[Tt]housands|\b[Hh]undreds|\b[Mm]illions)"
_PEOPLE = (
    r"(?:people|patients|children|workers|families|homes|households|jobs|deaths|victims|pupils|students|residents|citizens|"
    r"animals|fish|birds|men|women|teachers|nurses|doctors|drivers|passengers|customers|tenants|pensioners|migrants|crimes)"
)
_WHOM = rf"(?:\w+\s+){{0,2}}?{_PEOPLE}"
_PERCENT = rf"{_NUMBER}\s?(?:%|per\s?cent\b|percentage points)"
_CHANGED = (
    r"\b(?:risen|rose|rises|rising|increased|soared|jumped|climbed|surged|grown|grew|up|fallen|fell|falling|dropped|plunged|"
    r"slumped|shrunk|declined|down|gone up|went up|gone down)\b"
)
_STRIKING = re.compile(
    rf"{_CHANGED}[^.;]{{0,60}}?{_PERCENT}|{_PERCENT}\s+(?:more|fewer|less|higher|lower)\b"
    rf"|{_PERCENT}\s+of\s+(?:all\s+|the\s+|its\s+|those\s+)?(?:[\w'’-]+\s+){{0,2}}?{_PEOPLE}\b"
    rf"|\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Nn]ine|[Ee]ight|{_NUMBER})\s+(?:in|out of)\s+"
    r"(?:every\s+)?(?:two|three|four|five|six|ten|\d+)\b"
    r"|\b(?:doubled|tripled|trebled|quadrupled|halved|\w+fold)\b"
    r"|\b(?:twice|three times|four times|five times|ten times)\s+as\s+\w+"
    r"|\b(?:half|two[- ]thirds|three[- ]quarters|a third|a quarter)\s+of\s+(?:all|the)\b"
    rf"|\b(?:cost|costs|lost|loses|wasted|owes?|owed|spent|missing|swallowed|swallows)\b[^.;]{{0,40}}?{_NUMBER}\s(?:million|billion|trillion)\b"
    rf"|{_MANY}\s+(?:of\s+)?{_WHOM}\b[^.;]{{0,40}}\b(?:died|dead|lost|fled|ill|sick|injured|killed|homeless|wait\w*|suffer\w*|infected)\b"
    rf"|\b(?:killed|cost|injured|sickened|displaced|destroyed|affects?|affected|infected)\b[^.;]{{0,20}}?{_MANY}\s+(?:of\s+)?{_WHOM}\b"
)
_SOURCED = re.compile(
    r"\b(?:according to|survey|poll|polls|study|report|data|figures|statistics|census|estimate\w*|audit|research\w*|"
    r"said|says|told|shows?|found|of the vote|votes|points|turnout|precincts|delegates|leads?|shares|stocks?|"
    r"budget)\b",
    re.IGNORECASE,
)
# Where a poll or a count of votes is the subject, its figures need no source each time.
_OF_POLLS = re.compile(
    r"\b(?:polls?|surveys?|pollster|exit poll|caucus|caucuses|primary|primaries|delegates)\b", re.IGNORECASE
)
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
    text = material.article.text
    if any(_OF_POLLS.search(text, p.span.start, p.span.end) for p in material.article.paragraphs):
        return
    for sentence in material.sentences:
        match = _STRIKING.search(text, sentence.start, sentence.end)
        if match and not _SOURCED.search(text, sentence.start, sentence.end):
            span = Span(*match.span())
            if _is_bare(material, span) and not any(sentence.meets(other) for other in told):
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
    return not any(_has_source(material, sentence) for sentence in beside)


def _has_source(material: Material, sentence: Span) -> bool:
    article = material.article
    if _ADDRESS.search(sentence.of(article.text)) or any(link.span.meets(sentence) for link in article.links):
        return True
    if pattern("wrongdoing", "judged", "accusing").search(article.text, sentence.start, sentence.end):
        return True
    spans = (span for s in material.statements for span in (*s.source, *s.cue))
    return any(span.meets(sentence) for span in spans)
