"""Who is accused of what in an article's body, by whom, and whether the accused speak.

An accusation is a wrong said of somebody, or a cue by which somebody accuses somebody. Only a person or a body that the
text names counts, or one that it has named before ("the firm"); crowds, winds and things are accused of nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.checking.hearing import is_heard, telling
from onrecord.checking.material import Material
from onrecord.checking.wordlists import pattern
from onrecord.checking.wordlists import words as function_words
from onrecord.checking.wrongs import Wrong, wrongs
from onrecord.reading.days import WEEKDAYS
from onrecord.reading.kinds import is_role, kind_of_phrase
from onrecord.reading.phrases import singular
from onrecord.span import Span
from onrecord.statement import SpeakerKind, Statement

_NAME = r"(?:[A-ZÀ-Þ][\w'’-]*\.?)(?:\s+(?:(?:&|and|of|the|van|von|de|der|al|la)\s+)?(?:[A-Z]\.|[A-ZÀ-Þ][\w'’-]*))*"
_IN_PHRASE = re.compile(rf"(?<![\w’'-]){_NAME}")
_TARGET_BEHIND = re.compile(
    rf"\s+(?:[a-z][\w’'-]*,?\s+){{0,7}}?(?P<name>{_NAME})(?![\w'’-])(?:(?<=['’]s)|(?!\s+(?!(?:and|of|for|over|on|at|in|as|because|after|during|by)\b)[a-z]))"
)
_TARGET_BEFORE = re.compile(
    rf"(?P<name>{_NAME}),?\s+(?:whom\s+(?:[\w'’]+\s+){{1,5}}|(?:,[^,.;]{{2,80}},\s+)?"
    r"(?:is|was|were|has been|had been|have been|stands|stood)\s+(?:\w+ly\s+)?)$"
)
_CALLED = re.compile(
    rf"\b(?:call(?:s|ed|ing)?|brand(?:s|ed|ing)?|described)\s+(?:[a-z][\w'’-]*\s+){{0,4}}?(?P<name>{_NAME})"
    r"(?:,[^,.;]{2,60},)?\s+(?:as\s+)?[“\"‘']?(?:an?\s+|the\s+)?(?:[a-z]+\s+)??(?=[a-z])"
)
_PHRASE_BEHIND = re.compile(
    r"\s+(?P<name>(?:the|its|his|her|their)\s+(?:[\w’'-]+\s+){0,3}?[\w’'-]+)\s+(?:of|for|over)\b"
)
_PRONOUN_BEHIND = re.compile(r"\s+(?P<name>him|her)(?=\s+(?:of|for|over)\b)")
_TARGET_END = re.compile(
    r"\s+(?:of|for|over|after|because|on|by|at|in|with|about|that|to|and)\s|(?<![A-Z])(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!Sen)(?<!Gov)(?<!Gen)(?<!Rep)(?<!St)\.|[;:]"
)
_FIRST_WORDS = frozenset(
    "The A An In On At It He She They We I You But And When If As By For With From This That Its His Her Their".split()
)
_ITS = ("the", "its", "his", "her", "their")
_MONTHS = "january february march april may june july august september october november december".split()
_POSSESSIVE = re.compile(r"['’]s?$")
_CONTRACTED = re.compile(r"(?:It|That|He|She|There|What|Who|They|We|You|I)['’]", re.IGNORECASE)
_HEAD_END = re.compile(
    r"[,(]|\s(?:of|in|at|on|from|for|to|with|who|which|that|whose|under|over|near|by|between|against)\s"
)
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+")
_TAKEN_BACK = re.compile(
    r"not|never|no|to|without|denied|may|could|would|will|should|an?|the|any|such|other|\w+n['’]t", re.IGNORECASE
)
LOOKED_AT_CHARS = 200


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
        if not is_heard(material, one.accused, by=one.statement):
            found.setdefault(_key(one.accused), one)
    return list(found.values())


def _deeds(material: Material) -> Iterator[Accusation]:
    """Wrongs with the one of whom they are said, in anybody's voice."""
    for wrong in wrongs(material):
        statement = _holder(material, wrong)
        accused = _accused_of_wrong(material, wrong, attributed=statement is not None)
        if accused and not _are_people(material, accused) and not (statement and _is_speaker(statement, accused)):
            yield Accusation(wrong.clause, accused, statement, 0.75)


def _accused_of_wrong(material: Material, wrong: Wrong, *, attributed: bool) -> str | None:
    """Who did a wrong; a pronoun that opens a sentence counts in the writer's voice, for the name before it."""
    subject = material.words(wrong.subject)
    if subject.lower() not in {"he", "she", "it", "they"}:
        return _somebody_of(subject)
    sentence = material.sentence_at(wrong.subject.start)
    if attributed or sentence is None or wrong.subject.start != sentence.start or subject in {"It", "They"}:
        return None
    before = material.article.text[max(0, wrong.subject.start - LOOKED_AT_CHARS) : wrong.subject.start]
    names = _FULL_NAME.findall(before)
    return names[-1] if names else None


def _somebody_of(subject: str) -> str | None:
    """The name in a subject's head, or the whole head where it is a phrase for somebody: "the dairy Alpenrose"."""
    end = _HEAD_END.search(subject)
    head = subject[: end.start()] if end else subject
    of_head = head.split()
    if not of_head:
        return None
    last = of_head[-1]
    if last[:1].isupper():
        runs = [run.group() for run in _IN_PHRASE.finditer(head)]
        return _somebody(runs[-1]) if runs else None
    is_several = singular(last) != last.lower()
    owned = of_head[0].lower() in _ITS[1:] or any(_POSSESSIVE.search(word) and word[:1].isupper() for word in of_head)
    if is_several and not owned:
        return None
    if owned and is_role(last.lower()):
        return head
    return _somebody(head) if of_head[0].lower() in _ITS else None


def _accused(material: Material) -> Iterator[Accusation]:
    """Those whom a cue accuses, a statement's or any other."""
    text = material.article.text
    for sentence in material.sentences:
        for cue in pattern("wrongdoing", "accusing").finditer(text, sentence.start, sentence.end):
            span = Span(*cue.span())
            statement = next((s for s in material.statements if any(c.meets(span) for c in s.cue)), None)
            statement = statement or _holder_or_cue(material, cue.start())
            if _is_weak(text, cue, sentence) or (statement is None and material.quoted[cue.start()]):
                continue
            if one := _accused_by(material, span, statement=statement, home=sentence):
                yield one


def _is_weak(text: str, cue: re.Match[str], home: Span) -> bool:
    """Whether a cue without a statement is no verb that accuses: a noun, a name, or one that is taken back."""
    before = text[home.start : cue.start()].split()[-1:]
    return cue.group()[0].isupper() or any(_TAKEN_BACK.fullmatch(word) for word in before)


def _accused_by(material: Material, cue: Span, *, statement: Statement | None, home: Span) -> Accusation | None:
    text = material.article.text
    end = _TARGET_END.search(text, cue.end, home.end)
    stop = end.start() if end else home.end
    before = _TARGET_BEFORE.search(text[home.start : cue.start])
    match = before or _TARGET_BEHIND.match(text, cue.end, stop) or _PHRASE_BEHIND.match(text, cue.end, home.end)
    accused = _somebody(match["name"]) if match else None
    pronoun = _PRONOUN_BEHIND.match(text, cue.end, home.end)
    inside = _IN_PHRASE.search(text, cue.start + 1, cue.end)
    if inside and (held := _somebody(inside.group())):  # "hold Roos responsible"
        return Accusation(cue, held, statement, 0.7)
    if match is None and pronoun:
        match, accused = pronoun, _meant_before(material, cue, statement=statement)
    if match is None or accused is None or _are_people(material, accused):
        return None
    if statement and _is_speaker(statement, accused):
        return None
    start = home.start + before.start("name") if before else cue.start
    return Accusation(Span(start, max(cue.end, 0 if before else match.end("name"))), accused, statement, 0.7)


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
    if of_words[0].lower() in _ITS:
        body = kind_of_phrase(words) is SpeakerKind.ORGANISATION
        return words if body or is_role(of_words[-1].lower()) else None
    return words if of_words[0] not in _FIRST_WORDS else None


def _are_people(material: Material, accused: str) -> bool:
    """Whether a word alone is the plural of those who bear it ("Mexicans"), and nobody's last name in the text."""
    if " " in accused or accused[0].islower() or singular(accused) == accused.lower():
        return False
    return re.search(rf"[A-ZÀ-Þ][\w.’'-]*\s{re.escape(accused)}\b", material.article.text) is None


def _holder(material: Material, wrong: Wrong) -> Statement | None:
    """The statement whose content the wrong stands in, unless its own cue is wrong ("has known of the leak")."""
    place = wrong.span.end - 1
    return next(
        (
            s
            for s in material.statements
            if any(c.start <= place < c.end for c in s.content) and not any(wrong.clause.holds(c) for c in s.cue)
        ),
        None,
    )


def _meant_before(material: Material, cue: Span, *, statement: Statement | None) -> str | None:
    """Whom "him" or "her" behind a cue means: the full name before it that is not the speaker's."""
    paragraph = material.paragraph_at(cue.start) or cue
    names = _FULL_NAME.findall(material.article.text, max(0, paragraph.start - LOOKED_AT_CHARS), cue.start)
    others = [name for name in names if not (statement and _is_speaker(statement, name))]
    return others[-1] if others else None


def _is_speaker(statement: Statement, accused: str) -> bool:
    return statement.speaker is not None and bool(telling(statement.speaker.name) & telling(accused))


def _key(accused: str) -> str:
    return accused.rpartition(" ")[2].lower()
