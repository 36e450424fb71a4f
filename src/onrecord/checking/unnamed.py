"""The people whom an article keeps anonymous, how it describes them, and why, where it says so.

A person is kept anonymous where the text has their words and a description, but no name anywhere: "a senior official".
Bodies ("police said"), those who speak for one ("a spokesman"), crowds ("critics", "residents") and people who are
named in the next sentence are none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.checking.material import Material
from onrecord.checking.wordlists import pattern, phrases
from onrecord.reading.kinds import is_role
from onrecord.span import Span, trimmed
from onrecord.statement import Act, KnownBy, SpeakerKind, Statement

_SINGULAR = re.compile(r"^(?:an?|one|another)\s", re.IGNORECASE)
_DEFINITE = re.compile(
    r"^(?:the|this|that|these|those|one of|his|her|their|its|he|she|they|who|both|none|neither|nobody|no|each|all)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|as|since|for fear(?: of)?|fearing|citing|out of fear|in order to|"
    r"to (?:discuss|describe|speak|protect|avoid|preserve)|so as (?:not )?to|given)\b[^.,;”\"]*"
)
_PHRASE_END = re.compile(r"[.;!?\"“”—–]|,(?!\s+who\b)|\s(?:said|says|told|added)\b")
_HALF_NAMED = re.compile(
    r"\b(?:name\s+(?:only\s+)?as|named\s+only|identified\s+(?:him|her|them)?\w*\s*only\s+(?:as|by))\b"
)
# "Two people who were in the room" are known to the writer; "several people" may be anybody.
_PEOPLE_WHO = re.compile(
    r"(?:\w+ ){1,3}?(?:people|persons|individuals|men|women)\b,?\s+(?:who|in|at|with|from|close|"
    r"familiar|involved|briefed|"
    r"present|inside|on)\b",
    re.IGNORECASE,
)
_THEY = re.compile(r"(?:They|He|She|Both|All|Neither|None|The (?:\w+ )?[a-z]+)\b")
LONGEST_CHARS = 200


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Somebody kept anonymous: the speaker's `name` (a description), the description's `span`, and the `reason`."""

    name: str
    span: Span
    reason: str | None
    confidence: float


def unnamed(material: Material) -> tuple[Unnamed, ...]:
    """Everybody whom the body keeps anonymous, each once, in the order of the text."""
    found: dict[str, Unnamed] = {}
    for statement in material.statements:
        if one := _of_statement(material, statement):
            name = one.name.lower()
            if not any(name in other or other in name for other in found):
                found[name] = one
    for one in _by_words(material):
        if not any(_are_one(material, one.span, other.span) for other in found.values()):
            found[material.words(one.span).lower()] = one
    return tuple(sorted(found.values(), key=lambda one: one.span))


def _of_statement(material: Material, statement: Statement) -> Unnamed | None:
    speaker = statement.speaker
    if speaker is None or speaker.kind is not SpeakerKind.UNNAMED or not statement.source:
        return None
    if speaker.known_by is not KnownBy.DESCRIPTION or statement.act is Act.THINK:
        return None
    source = material.words(*statement.source)
    if _HALF_NAMED.search(source):
        return None
    asks = _asks(material, statement.source[0])
    confidence = _confidence(source, asked=asks)
    if confidence is None or _is_named_nearby(material, statement):
        return None
    span = _described(material, statement.source[0])
    return Unnamed(speaker.name, span, _reason(material, span) if asks else None, confidence)


def _confidence(source: str, *, asked: bool) -> float | None:
    """How surely a description is that of people kept anonymous, none where it is not."""
    if _DEFINITE.match(source) and not asked:
        return None
    head = _head(source).strip().lower()
    if pattern("anonymity", "speaking").search(head):
        return None
    if asked:
        return 0.95
    if pattern("anonymity", "knowing").search(source):
        return 0.9
    return _by_head(source, head)


def _by_head(source: str, head: str) -> float | None:
    """The same by the noun of the description and what stands before it."""
    amount = pattern("anonymity", "amount").match(source) is not None
    singular = _SINGULAR.match(source) is not None
    if amount and _PEOPLE_WHO.match(source):
        return 0.85
    if head.rpartition(" ")[2] in phrases("anonymity", "head"):
        return 0.85 if singular or amount or "source" in head else None
    return 0.7 if singular and _is_person(head) else None


def _head(source: str) -> str:
    """The words of a description before what is said about them."""
    return re.split(r"\b(?:of|in|at|from|for|to|with|on|by|who|whose|close|familiar|briefed)\b|,", source, maxsplit=1)[
        0
    ]


def _is_person(head: str) -> bool:
    """Whether the noun that ends a description is one that a person bears: "a former bookkeeper"."""
    words = head.split()
    return any(is_role(" ".join(words[-n:])) for n in (1, 2))


def _asks(material: Material, source: Span) -> bool:
    """Whether the sentence says that its source is to stay anonymous, or the next one of them."""
    home = material.sentence_at(source.start) or source
    index = bisect_left(material.sentences, home)
    places = [Span(source.start, home.end)]
    places += [
        span for span in material.sentences[index + 1 : index + 2] if _THEY.match(span.of(material.article.text))
    ]
    found = (pattern("anonymity", "asking").search(material.article.text, span.start, span.end) for span in places)
    return any(match and not material.quoted[match.start()] for match in found)


def _described(material: Material, source: Span) -> Span:
    """A source with the words behind it that go on describing it: "a nurse", "who spoke on condition of anonymity"."""
    text = material.article.text
    home = material.sentence_at(source.start) or source
    asking = pattern("anonymity", "asking").search(text, source.start, home.end)
    if asking is None:
        return source
    end = _PHRASE_END.search(text, asking.end(), home.end)
    stop = min(end.start() if end else home.end, source.start + LONGEST_CHARS)
    return trimmed(text, start=source.start, end=max(stop, source.end)) or source


def _reason(material: Material, span: Span) -> str | None:
    """Why somebody is not named, in the text's own words."""
    asking = pattern("anonymity", "asking").search(material.article.text, span.start, span.end)
    home = material.sentence_at(span.start)
    if asking is None or home is None:
        return None
    found = _REASON.search(material.article.text, asking.end(), home.end)
    return " ".join(found.group().split()) if found else None


def _is_named_nearby(material: Material, statement: Statement) -> bool:
    """Whether somebody of the same description is named: in its sentence, in the next two, or as a later speaker."""
    source = material.words(*statement.source).lower()
    nouns = [word for word in re.findall(r"[a-z]{4,}", _head(source)) if word not in phrases("anonymity", "amount")]
    if not nouns:
        return False
    if nouns[-1] in phrases("anonymity", "head"):
        return False
    named = (s for s in material.statements if s.speaker and s.speaker.kind is SpeakerKind.PERSON and s.source)
    noun = nouns[-1].removesuffix("s")
    return any(re.search(rf"\b{noun}s?\b", material.words(*s.source).lower()) for s in named)


def _by_words(material: Material) -> Iterator[Unnamed]:
    """Sentences that say somebody is to stay anonymous, whether or not a statement was found in them."""
    text = material.article.text
    for sentence in material.sentences:
        match = pattern("anonymity", "asking").search(text, sentence.start, sentence.end)
        if match and not material.quoted[match.start()] and _ASKS_FOR_IT.search(sentence.of(text)):
            start = text.rfind(",", sentence.start, match.start()) + 1 or sentence.start
            phrase = trimmed(text, start=start, end=match.end()) or Span(*match.span())
            yield Unnamed("", phrase, _reason(material, sentence), 0.6)


_ASKS_FOR_IT = re.compile(
    r"\b(?:condition|asked|spoke|speaking|wish|want|declin|request|insist|grant|agreed|authori[sz]ed)", re.IGNORECASE
)


def _are_one(material: Material, asking: Span, described: Span) -> bool:
    """Whether words that ask for anonymity stand in a description's sentence, or go on about it in the next."""
    home, other = material.sentence_at(asking.start), material.sentence_at(described.start)
    if home is None or other is None:
        return False
    follows = bisect_left(material.sentences, home) - bisect_left(material.sentences, other) == 1
    return home == other or (follows and _THEY.match(home.of(material.article.text)) is not None)
