"""Who is accused of what in an article's body, by whom, and whether the accused speak.

An accusation is a deed or a trait of data/wrongdoing.txt said of somebody, or a cue by which somebody accuses
somebody. Only a person or a body that the text names counts, or one that it has named before ("the firm"); crowds,
winds and things are accused of nothing. Where a court or an authority has spoken there is no accusation to answer here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.checking.certainty import Certainty, weakening
from onrecord.checking.material import FOR_NOTHING, Material
from onrecord.checking.wordlists import pattern
from onrecord.checking.wordlists import words as function_words
from onrecord.reading.days import WEEKDAYS
from onrecord.reading.kinds import is_role, kind_of_phrase
from onrecord.reading.phrases import singular
from onrecord.span import Span
from onrecord.statement import SpeakerKind, Statement

_NAME = r"(?:[A-ZÀ-Þ][\w'’-]*\.?)(?:\s+(?:(?:&|and|of|the|van|von|de|der|al|la)\s+)?(?:[A-Z]\.|[A-ZÀ-Þ][\w'’-]*))*"
_NOUN_PHRASE = r"(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s+(?:[a-z-]+\s+){0,3}?[a-z-]+"
_ASIDE = r"(?:,\s[^,.;]{2,80},|,)?"
_ADVERB = r"(?:\s+(?:also|then|later|repeatedly|once|secretly|deliberately|knowingly|illegally|simply|already|even))*"
_SUBJECT = rf"(?P<subject>{_NAME}|{_NOUN_PHRASE}|\b[Hh]e|\b[Ss]he){_ASIDE}"
_BEFORE_PAST = re.compile(rf"{_SUBJECT}{_ADVERB}(?:\s+(?:has|have|had))?{_ADVERB}\s+$")
_BEFORE_PERFECT = re.compile(rf"{_SUBJECT}{_ADVERB}\s+(?:has|have|had){_ADVERB}\s+$")
_BEFORE_ING = re.compile(rf"{_SUBJECT}{_ADVERB}\s+(?:is|was|has been|had been|are|were){_ADVERB}\s+$")
_IS_BEFORE = re.compile(
    rf"(?P<subject>{_NAME}|{_NOUN_PHRASE}){_ASIDE}\s+(?:is|was|are|were)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?$"
)
_PERFECT = re.compile(r"(?:stolen|hidden|taken|broken)\b", re.IGNORECASE)
_TARGET_BEHIND = re.compile(
    rf"\s+(?:[a-z][\w’'-]*,?\s+){{0,7}}?(?P<name>{_NAME})(?![\w'’-])(?:(?<=['’]s)|(?!\s+(?!(?:and|of|for|over|on|at|in|as|because|after|during|by)\b)[a-z]))"
)
_TARGET_BEFORE = re.compile(
    rf"(?P<name>{_NAME}),?\s+(?:whom\s+(?:[\w'’]+\s+){{1,5}}|(?:,[^,.;]{{2,80}},\s+)?"
    r"(?:is|was|were|has been|had been|have been)\s+(?:\w+ly\s+)?)$"
)
_CALLED = re.compile(
    rf"\bcall(?:s|ed|ing)?\s+(?:[a-z][\w'’-]*\s+){{0,4}}?(?P<name>{_NAME})(?:,[^,.;]{{2,60}},)?\s+(?:an?\s+|the\s+)?(?:[a-z]+\s+)??"
    r"(?=[a-z])"
)
_PHRASE_BEHIND = re.compile(
    r"\s+(?P<name>(?:the|its|his|her|their)\s+(?:[\w’'-]+\s+){0,3}?[\w’'-]+)\s+(?:of|for|over)\b"
)
_TARGET_END = re.compile(
    r"\s+(?:of|for|over|after|because|on|by|at|in|with|about|that|to|and)\s|(?<![A-Z])(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!Sen)(?<!Gov)(?<!Gen)(?<!Rep)(?<!St)\.|[;:]"
)
_FIRST_WORDS = frozenset(
    "The A An In On At It He She They We I You But And When If As By For With From This That".split()
)
_MONTHS = "january february march april may june july august september october november december".split()
_POSSESSIVE = re.compile(r"['’]s?$")
_CONTRACTED = re.compile(r"(?:It|That|He|She|There|What|Who|They|We|You|I)['’]", re.IGNORECASE)
_STAND_INS = re.compile(
    r"\b(?:its|his|her|their|the)\b.*\b(?:lawyer|attorney|spokes\w+|agent|representative)s?\b|\bcompany|\bfirm"
)
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+")
LOOKED_AT_CHARS = 160


@dataclass(frozen=True, slots=True)
class Accusation:
    """That somebody is said to have done wrong: the words, who it is, and the statement, none in the writer's voice."""

    span: Span
    accused: str
    statement: Statement | None
    confidence: float


def accusations(material: Material) -> list[Accusation]:
    """Every accusation of the body, in its order."""
    found = [*_deeds(material), *_accused(material), *_called(material)]
    return sorted(found, key=lambda one: one.span)


def unheard(material: Material) -> list[Accusation]:
    """Those accusations whose accused neither speak nor are said to have been asked, the first against each."""
    found: dict[str, Accusation] = {}
    for one in accusations(material):
        if not _is_heard(material, one):
            found.setdefault(_key(one.accused), one)
    return list(found.values())


def _deeds(material: Material) -> Iterator[Accusation]:
    """Deeds and traits with the one of whom they are said, in anybody's voice."""
    text = material.article.text
    for sentence in material.sentences:
        if pattern("wrongdoing", "judged").search(text, sentence.start, sentence.end):
            continue
        deeds = [*pattern("wrongdoing", "deed", "trait").finditer(text, sentence.start, sentence.end)]
        deeds += [*FOR_NOTHING.finditer(text, sentence.start, sentence.end)]
        for word in deeds:
            before = text[max(sentence.start, word.start() - LOOKED_AT_CHARS) : word.start()]
            match = _form(word.group()).search(before)
            if match is None or word.group()[0].isupper():
                continue
            clause = Span(word.start() - len(before) + match.start(), word.end())
            statement = _holder(material, word.start())
            accused = _accused_of_deed(material, match["subject"], clause, attributed=statement is not None)
            if accused and not _is_weakened(text, clause):
                yield Accusation(clause, accused, statement, 0.75)


def _form(word: str) -> re.Pattern[str]:
    """How a deed or a trait follows the one of whom it is said."""
    if pattern("wrongdoing", "trait").fullmatch(word):
        return _IS_BEFORE
    if word.lower().split()[0].endswith("ing"):
        return _BEFORE_ING
    return _BEFORE_PERFECT if _PERFECT.match(word) else _BEFORE_PAST


def _accused_of_deed(material: Material, subject: str, clause: Span, *, attributed: bool) -> str | None:
    """Who a deed's subject is; a pronoun that opens a sentence counts in the writer's voice, for the name before it."""
    if subject.lower() not in {"he", "she"}:
        accused = _somebody(subject)
        is_several = (
            accused is not None and accused[0].islower() and singular(accused.split()[-1]) != accused.split()[-1]
        )
        return None if is_several else accused
    if attributed or not subject[0].isupper():
        return None
    paragraph = material.paragraph_at(clause.start) or clause
    names = _FULL_NAME.findall(material.article.text, max(0, paragraph.start - LOOKED_AT_CHARS), clause.start)
    return names[-1] if names else None


def _accused(material: Material) -> Iterator[Accusation]:
    """Those whom a statement's cue accuses."""
    text = material.article.text
    for statement in material.statements:
        cue = next((c for c in statement.cue if pattern("wrongdoing", "accusing").search(text, c.start, c.end)), None)
        if cue is None:
            continue
        home = material.sentence_at(cue.start) or cue
        end = _TARGET_END.search(text, cue.end, home.end)
        stop = end.start() if end else home.end
        before = _TARGET_BEFORE.search(text[home.start : cue.start])
        match = before or _TARGET_BEHIND.match(text, cue.end, stop) or _PHRASE_BEHIND.match(text, cue.end, home.end)
        if match and (accused := _somebody(match["name"])) and not _is_speaker(statement, accused):
            start = home.start + before.start("name") if before else cue.start
            yield Accusation(Span(start, max(cue.end, 0 if before else match.end("name"))), accused, statement, 0.7)


def _called(material: Material) -> Iterator[Accusation]:
    """Those whom somebody calls a liar or the like."""
    text = material.article.text
    for sentence in material.sentences:
        match = _CALLED.search(text, sentence.start, sentence.end)
        trait = pattern("wrongdoing", "trait").match(text, match.end()) if match else None
        if match and trait and (accused := _somebody(match["name"])):
            yield Accusation(Span(match.start(), trait.end()), accused, _holder_or_cue(material, match.start()), 0.75)


def _holder_or_cue(material: Material, place: int) -> Statement | None:
    """The statement whose content or cue a place stands in."""
    return next(
        (s for s in material.statements if any(part.start <= place < part.end for part in (*s.content, *s.cue))), None
    )


def _somebody(words: str) -> str | None:
    """The name or the phrase of somebody who can be accused, without a word that only begins a sentence."""
    words = _POSSESSIVE.sub("", words)
    of_words = words.split()
    if of_words[-1].lower() in function_words("function_words"):
        return None  # "among murders": no name
    if _CONTRACTED.match(words) or of_words[-1].lower() in (*WEEKDAYS, *_MONTHS):
        return None
    if words[:1].isupper() and of_words[0] in _FIRST_WORDS and len(of_words) > 1 and of_words[1][:1].isupper():
        return " ".join(of_words[1:])
    if of_words[0].lower() in {"the", "its", "his", "her", "their"}:
        body = kind_of_phrase(words) is SpeakerKind.ORGANISATION
        return words if body or is_role(of_words[-1].lower()) else None
    return words if of_words[0] not in _FIRST_WORDS else None


def _is_weakened(text: str, clause: Span) -> bool:
    kinds = (Certainty.HEDGED, Certainty.CONDITIONAL, Certainty.NEGATED, Certainty.FUTURE)
    return any(weakening(text, clause, kind=kind) for kind in kinds)


def _holder(material: Material, place: int) -> Statement | None:
    return next((s for s in material.statements if any(c.start <= place < c.end for c in s.content)), None)


def _is_speaker(statement: Statement, accused: str) -> bool:
    return statement.speaker is not None and bool(_telling(statement.speaker.name) & _telling(accused))


def _is_heard(material: Material, accusation: Accusation) -> bool:
    """Whether the accused, or somebody for them, speaks anywhere, or the text says that they were asked."""
    telling = _telling(accusation.accused)
    for statement in material.statements:
        if statement is accusation.statement:
            continue
        source = material.words(*statement.source)
        if telling & (_telling(source) | (_telling(statement.speaker.name) if statement.speaker else set())):
            return True
        if _STAND_INS.search(source.lower()):
            return True
    asked = " ".join(" ".join((*r.of, material.words(r.span))) for r in material.article.comment_requests)
    return bool(telling & _telling(asked))


def _telling(words: str) -> set[str]:
    """The words of a name, or of a phrase, that tell whom it means."""
    found = re.findall(r"[^\W\d_]{3,}", words)
    names = {word.lower() for word in found if word[0].isupper() and word not in _FIRST_WORDS}
    return names or {word.lower() for word in found[-1:]}


def _key(accused: str) -> str:
    return accused.rpartition(" ")[2].lower()
