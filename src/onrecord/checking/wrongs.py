"""Where a sentence says of somebody that they did wrong: the wrong's words, and the phrase for who did it.

The words are those of data/wrongdoing.txt. Who did it is the subject of the verb, found by the shape of the sentence
alone. What is hedged, denied, asked for or yet to come says it of nobody, nor does a sentence of a court's or an
authority's findings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.checking.certainty import Certainty, weakening
from onrecord.checking.material import FOR_NOTHING, Material
from onrecord.checking.wordlists import inflected, pattern
from onrecord.reading.named import Name, NameKind
from onrecord.reading.subjects import opening_phrase, subject_before
from onrecord.reading.wording import Line
from onrecord.span import Span

_RUN = re.compile(
    r"[A-ZÀ-Þ][\w'’-]*\.?(?:\s+(?:(?:&|and|of|the|van|von|de|der|al|la)\s+)?(?:[A-Z]\.|[A-ZÀ-Þ][\w'’-]*))*"
)
_BE = r"(?:is|was|are|were|be|been|being|get|gets|got)"
_PASSIVE = re.compile(rf"\b{_BE}(?:\s+\w+ly|\s+also|\s+then)*\s+$")
_PROGRESSIVE = re.compile(r"\b(?:is|was|are|were|been|kept|keeps|caught|'s|’s)(?:\s+\w+ly)*\s+$")
_INFINITIVE = re.compile(r"\b(?:to|by|of|for|from|not|n['’]t|never|without|against|about|with|did|does|do|let)\s+$")
_BY = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,4}?by\s+(?P<name>(?:the\s+)?(?:[a-z-]+\s+){0,3}[A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ][\w'’-]*)*)"
)
_LABEL = re.compile(r"[A-Z][\w' ]{2,30}:\s+")
_IS = re.compile(
    rf"(?P<of>['’]s?\s+(?:[\w-]+\s+){{1,6}})?\b(?:{_BE}|has been|had been|remains?|remained|became|becomes|acts? like|"
    r"acted like|behaves? like|behaved like|looks? like|proved|seems)\s+(?:nothing but\s+|"
    r"no more than\s+|simply\s+|\w+ly\s+)?"
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?$"
)
# What may stand between a subject and the manner of its deed: one verb and what goes with it.
_NEAR = re.compile(r"\s*(?:(?!(?:that|who|which|to|for|from)\s)[\w'’-]+\s+){1,10}")
_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while|though|although)\s|[“\"]|\b(?:that|because|how|says?|said)\s")
_OF_ROLE = re.compile(r"\s+(?:officers?|chief|commissioner|constable|station|clerk|reporter)\b")  # "a police officer"
_OUGHT = re.compile(r"\b(?:should|must|ought|needs? to|has to|have to|n['’]t)\b|n['’]t\b", re.IGNORECASE)
_KINDS = (Certainty.HEDGED, Certainty.CONDITIONAL, Certainty.NEGATED, Certainty.FUTURE, Certainty.ASKED)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Words that say somebody did wrong, and the phrase for who did."""

    span: Span
    subject: Span

    @property
    def clause(self) -> Span:
        """The stretch from the one to the other."""
        return Span(min(self.subject.start, self.span.start), max(self.subject.end, self.span.end))


def wrongs(material: Material) -> Iterator[Wrong]:
    """Every wrong that the body says of somebody, by anybody; each clause once."""
    text = material.article.text
    names = [Name(Span(*run.span()), NameKind.PERSON) for run in _RUN.finditer(text)]
    for sentence in material.sentences:
        line = Line.of(text, sentence=sentence, names=names)
        found: list[Wrong] = []
        for words, is_trait in _told(text, sentence):
            subject = _is_of(line, words, sentence) if is_trait else _subject(line, words, sentence)
            if subject is None or any(other.subject.meets(subject) for other in found):
                continue
            one = Wrong(words, subject)
            if not _is_weakened(text, one, sentence=sentence) and not _is_judged(text, sentence, but=subject):
                found.append(one)
        yield from found


def _told(text: str, sentence: Span) -> Iterator[tuple[Span, bool]]:
    """The wrongs' words in their order, with whether they are a trait."""
    deeds = (pattern("wrongdoing", "deed", "manner"), inflected("wrongdoing", "does"), FOR_NOTHING)
    found = [(Span(*m.span()), False) for deed in deeds for m in deed.finditer(text, sentence.start, sentence.end)]
    traits = pattern("wrongdoing", "trait").finditer(text, sentence.start, sentence.end)
    found += [(Span(*m.span()), True) for m in traits]
    yield from sorted(pair for pair in found if not text[pair[0].start].isupper())


def _subject(line: Line, words: Span, sentence: Span) -> Span | None:
    """Who is the subject of a deed's verb, or stands behind "by" where that is passive."""
    start, end = words.start - sentence.start, words.end - sentence.start
    if start >= len(line.words):
        return None
    before, first = line.words[:start], line.words[start:end].split()[0]
    progressive = _PROGRESSIVE.search(before) if first.endswith("ing") else None
    if _INFINITIVE.search(before) or (first.endswith("ing") and progressive is None):
        return None
    if progressive is None and _PASSIVE.search(before) and first.endswith(("ed", "en", "t", "d", "n")):
        agent = _BY.match(line.words, end)
        return _moved(Span(*agent.span("name")), sentence) if agent else None
    found = _does(line, progressive.start() if progressive else start, words=first)
    return _moved(_behind_label(line, found), sentence) if found else None


def _does(line: Line, start: int, *, words: str) -> Span | None:
    """The subject of the verb that begins at `start`, or of the verb whose manner does."""
    opens = _opens_clause(line, start)
    if pattern("wrongdoing", "manner").match(line.words, start) and not words.endswith("ly"):
        return opens if opens and _NEAR.fullmatch(line.words, opens.end, start) else None
    return max((span for span in (subject_before(line, start), opens) if span), default=None)


def _opens_clause(line: Line, end: int) -> Span | None:
    """The phrase that the last clause before `end` opens with."""
    starts = [0, *(match.end() for match in _CLAUSE.finditer(line.words, 0, end))]
    found = (opening_phrase(line, start) for start in reversed(starts))
    return next((span for span in found if span and span.end <= end), None)


def _is_of(line: Line, words: Span, sentence: Span) -> Span | None:
    """Of whom a trait is said: the subject of "is", or who has what is called so ("Falk's plan is a disgrace")."""
    start = words.start - sentence.start
    verb = _IS.search(line.words, 0, min(start, len(line.words)))
    if verb is None:
        return None
    found = subject_before(line, verb.start() if verb["of"] is None else verb.end("of"))
    return _moved(_behind_label(line, found), sentence) if found else None


def _behind_label(line: Line, found: Span) -> Span:
    """The subject proper where what was found is a label before it: "Editor's note: Falk is a liar"."""
    label = _LABEL.match(line.words)
    if label is None or found.end > label.end():
        return found
    name = _RUN.match(line.words, label.end())
    return Span(*name.span()) if name else found


def _moved(span: Span, sentence: Span) -> Span:
    return Span(span.start + sentence.start, span.end + sentence.start)


def _is_weakened(text: str, wrong: Wrong, *, sentence: Span) -> bool:
    """Whether what stands before the wrong's words takes them back, from its subject on."""
    start = max(
        sentence.start, wrong.subject.start if wrong.subject.start < wrong.span.start else wrong.span.start - 20
    )
    if start >= wrong.span.start:
        return False
    before = Span(start, wrong.span.start)
    return _OUGHT.search(before.of(text)) is not None or any(weakening(text, before, kind=kind) for kind in _KINDS)


def _is_judged(text: str, sentence: Span, *, but: Span) -> bool:
    """Whether a sentence gives the word of a court or an authority, other than as the subject."""
    found = pattern("wrongdoing", "judged").finditer(text, sentence.start, sentence.end)
    return any(not Span(*match.span()).meets(but) and not _OF_ROLE.match(text, match.end()) for match in found)
