"""Titles and headings: those that assert more than the text below does, and those that evaluate in the writer's voice.

A heading asserts where it puts as a fact what happened or is so. One that attributes, quotes, asks or hedges does not,
and one about what is to come asserts no more than a text that says "will". That the text attributes what a heading
asserts counts only where it is contested: an accusation or a harm, or words of saying that leave it open. "Fire damages
warehouse" over "…, the fire service said" is how news is written.
"""

import re
from collections.abc import Iterator
from enum import IntEnum

from onrecord.article import ParagraphKind
from onrecord.checking.certainty import Certainty, holder, weakening
from onrecord.checking.likeness import Match, matches, meant, stems
from onrecord.checking.material import Material, clipped, words_in
from onrecord.checking.report import Code, Finding
from onrecord.checking.wordlists import inflected, pattern, plain
from onrecord.reading.kinds import is_role, kind_of_phrase
from onrecord.span import Span
from onrecord.statement import SpeakerKind, Statement

ALIKE = 0.5  # the share of a heading's words that a sentence needs to tell the same
ALIKE_IN_BRIEF = 0.6  # the same for headings of three content words or fewer
ALIKE_BELOW = 0.3  # the same for a sentence right below an inner heading
NEARLY = 0.15  # a sentence so much less alike than the most alike one tells the heading's news as well
LONGEST_CHARS = 500  # what is longer is a list of links or a table
MANY_QUOTED = 3
FEWEST_IN_LEAD = 2  # words besides names that a title and the first paragraph share
_NO_VERB = r"(?!(?i:the|an?|his|her|its|their|our|this|that|one)\b)"
_INFINITIVE = re.compile(rf"\bto\s+{_NO_VERB}[a-z]{{2,}}|\bTo\s+{_NO_VERB}[A-Z]|\b(?:set|due)\s+to\b")
_PASSIVE_TO_COME = re.compile(r"\bbe\b")
_DONE = re.compile(r"\b(?:already|now|has|have|had|is|are|was|were)\b", re.IGNORECASE)
_QUESTION = re.compile(r"^\W*(?:Why|How|What|Who|Where|When|Whether)\b|\?[\"”’'\s]*$")
_COLON = re.compile(r"^[^:]{2,40}:\s|:\s[^:]{2,40}$")
_POSSESSIVE = re.compile(r"[’']s?$")
_PASSIVE = re.compile(r"\b(?:is|was|are|were|been|be)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_CONSIDERS = re.compile(
    r"\b(?:looks? (?:at|into)|eyes|weighs?|mulls?|considers?|wants?|seeks?|asks? for|calls? for|"
    r"urges?|demands?|proposes?|"
    r"waits?|awaits?)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"^(?:its|their|his|her)\b", re.IGNORECASE)
_UNVERIFIED = re.compile(
    r"\b(?:not|n['’]t|no|nor)\b(?:\s+\w+){0,3}\s+(?:verif\w+|confirm\w+|proof|evidence of)\b", re.IGNORECASE
)
_ATTRIBUTES = "only attributes"


class _Strength(IntEnum):
    """How much is said of something: that it may be so, that it will be, that it is."""

    OPEN = 1
    COMING = 2
    FACT = 3


_WEAKER_BY = (
    (Certainty.HEDGED, _Strength.OPEN, "hedges"),
    (Certainty.ASKED, _Strength.OPEN, "leaves open"),
    (Certainty.CONDITIONAL, _Strength.COMING, "makes depend on something"),
)


def outrunning(material: Material) -> Iterator[Finding]:
    """The title and the headings that assert what the text below only attributes, hedges or puts in the future."""
    for heading, code in _headings(material):
        strength = _strength_of_heading(material, heading)
        weaker = _weaker(material, heading, strength) if strength else None
        if weaker:
            how, match, words = weaker
            kind = "title" if code is Code.TITLE_OUTRUNS_TEXT else "heading"
            by = f" (“{material.words(words[0])}”)" if words else ""
            yield Finding(
                code,
                (heading, *words) if words else (heading, match.part),
                f"The {kind} “{clipped(material.words(heading))}” puts as a fact what the text {how}{by}.",
                (material.words(heading), material.words(match.sentence)),
                0.8 if match.share > ALIKE_IN_BRIEF else 0.65,
            )


def loaded(material: Material) -> Iterator[Finding]:
    """Words in the title and the headings that evaluate in the writer's voice."""
    text = material.article.text
    for heading, _ in _headings(material):
        if pattern("certainty", "saying").search(text, heading.start, heading.end) or _by_colon(heading.of(text)):
            continue
        for word in plain("loaded").finditer(text, heading.start, heading.end):
            if not material.quoted[word.start()] and not _is_name(text, word, heading=heading):
                yield Finding(
                    Code.LOADED_WORDING,
                    (Span(*word.span()),),
                    f"“{word.group()}” evaluates, and nobody is quoted with it.",
                    (material.words(heading),),
                    0.8,
                )


def _headings(material: Material) -> Iterator[tuple[Span, Code]]:
    for span in material.of_kind(ParagraphKind.TITLE):
        yield span, Code.TITLE_OUTRUNS_TEXT
    for span in material.of_kind(ParagraphKind.HEADING):
        yield span, Code.HEADING_OUTRUNS_TEXT


def _attributes(material: Material, heading: Span) -> bool:
    """Whether a heading gives somebody else's words, by a word of saying, a colon or a quotation."""
    text = material.article.text
    n_quoted = sum(material.quoted[word.start] for word in words_in(text, heading))
    return (
        n_quoted >= MANY_QUOTED
        or pattern("certainty", "told").search(text, heading.start, heading.end) is not None
        or _by_colon(heading.of(text))
    )


def _by_colon(words: str) -> bool:
    """Whether a colon parts a heading into a speaker, which has a name or a role, and what they say."""
    colon = _COLON.search(words)
    return colon is not None and any(
        word[:1].isupper() or is_role(word.lower()) or kind_of_phrase(word.lower()) is SpeakerKind.ORGANISATION
        for word in colon.group().strip(": ").split()[-1:]
    )


def _strength_of_heading(material: Material, heading: Span) -> _Strength | None:
    """How much a heading asserts; none where it asserts nothing of its own."""
    text = material.article.text
    words = heading.of(text)
    if _QUESTION.search(words) or _attributes(material, heading):
        return None
    others = (Certainty.HEDGED, Certainty.CONDITIONAL)
    if _CONSIDERS.search(words) or any(weakening(text, heading, kind=kind) for kind in others):
        return None
    if _INFINITIVE.search(words) or weakening(text, heading, kind=Certainty.FUTURE):
        return _Strength.COMING
    return _Strength.FACT


def _weaker(material: Material, heading: Span, strength: _Strength) -> tuple[str, Match, list[Span]] | None:
    """How the sentences that tell what a heading tells put it, where all of them say less."""
    found = [m for m in matches(material, heading) if len(m.sentence) <= LONGEST_CHARS]
    n_words = len(words_in(material.article.text, heading))
    least = ALIKE if n_words > MANY_QUOTED else ALIKE_IN_BRIEF
    own = [m for m in found if _opens_section(material, heading, m) and m.share >= min(least, ALIKE_BELOW)]
    if own:
        least = min(least, own[0].share)
    text = material.article.text
    end = min((span.start for span, _ in _headings(material) if span.start > heading.start), default=len(text))
    if own and heading in material.of_kind(ParagraphKind.HEADING):
        # what the article told before is about the heading only if it is more like it than what stands below
        found = [m for m in found if heading.end <= m.sentence.start < end or m.share > own[0].share]
    alike = [m for m in found if m.share >= max(least, found[0].share - NEARLY)]
    told = [(_in_text(material, heading, match), match) for match in alike]
    contested = any(how == _ATTRIBUTES for (_, how, _), _ in told)
    told = [t for t in told if not (contested and t[0][0] is _Strength.FACT and holder(material, t[1].part))]
    denies = weakening(text, heading, kind=Certainty.NEGATED)
    if not told or any(level >= strength or (denies and how != _ATTRIBUTES) for (level, how, _), _ in told):
        return None
    (level, how, words), match = min(told, key=lambda t: (-t[1].share, not heading.end <= t[1].sentence.start < end))
    if level is _Strength.COMING and not _tells_past(material, heading, match, words):
        return None
    return how, match, words


def _opens_section(material: Material, heading: Span, match: Match) -> bool:
    """Whether a sentence stands in the first paragraph below a heading, which is about it however it is put."""
    below = next((p.span for p in material.body if p.span.start >= heading.end), None)
    if below is None or not below.holds(match.sentence):
        return False
    inner = heading in material.of_kind(ParagraphKind.HEADING)
    alike = {meant(word.of(material.article.text)) for word in match.common}
    return bool(alike) if inner else len(alike) >= FEWEST_IN_LEAD


def _tells_past(material: Material, heading: Span, match: Match, words: list[Span]) -> bool:
    """Whether a heading tells as done what the text says will be: "sold" over "will sell", and "already" over anything.

    The headline's present ("closes") and its bare participle ("Bridge closed" over "will be closed") announce.
    """
    text = material.article.text
    if _DONE.search(heading.of(text)):
        return True
    if _PASSIVE_TO_COME.search(match.part.of(text)):
        return False
    behind = Span(words[0].end, max(words[0].end + 1, match.part.end))
    verb = next((spans[0].of(text).lower() for spans in stems(text, behind).values()), None)
    same = [span.of(text).lower() for span in stems(text, heading).get(meant(verb), [])] if verb else []
    return any(word != verb and not word.endswith("s") for word in same)


def _in_text(material: Material, heading: Span, match: Match) -> tuple[_Strength, str, list[Span]]:
    """How much a sentence says of what a heading tells, in words, and the words that show it."""
    text = material.article.text
    if doubted := _doubted(material, heading, match):
        return _Strength.OPEN, _ATTRIBUTES, doubted
    for kind, level, how in _WEAKER_BY:
        if words := [span for span in weakening(text, match.part, kind=kind) if match.is_near(text, span)]:
            return level, how, words
    if words := weakening(text, match.part, kind=Certainty.FUTURE):
        return _Strength.COMING, "puts in the future", words
    return _Strength.FACT, "", []


def _doubted(material: Material, heading: Span, match: Match) -> list[Span]:
    """The cue of a statement that leaves open what it says, or says what would have to be shown."""
    text = material.article.text
    statement = holder(material, match.part) or _holder_of_words(material, match)
    if statement is None or (statement.speaker and statement.speaker.kind is SpeakerKind.DOCUMENT):
        return []
    cue = list(statement.cue)
    if any(pattern("certainty", "doubted").search(text, span.start, span.end) for span in cue):
        return cue
    if pattern("wrongdoing", "judged").search(text, match.sentence.start, match.sentence.end):
        return []
    source = material.words(*statement.source) if statement.source else ""
    partisan = pattern("certainty", "partisan").search(source)
    one_sided = partisan and not _OWN.search(source) and meant(partisan.group()) not in stems(text, heading)
    return cue if one_sided or _accuses(material, heading) or _UNVERIFIED.search(text) else []


def _holder_of_words(material: Material, match: Match) -> Statement | None:
    """The statement whose content has every word that a sentence shares with a heading, but for its source."""
    for statement in material.statements:
        plain = [word for word in match.common if not any(part.meets(word) for part in statement.source)]
        if plain and all(any(part.holds(word) for part in statement.content) for word in plain):
            return statement
    return None


def _accuses(material: Material, heading: Span) -> bool:
    """Whether a heading says what would have to be shown: a harm, or a wrong by somebody who can be accused of it."""
    text = material.article.text
    if pattern("wrongdoing", "contested").search(text, heading.start, heading.end):
        return True
    deeds = (pattern("wrongdoing", "deed", "trait", "manner"), inflected("wrongdoing", "does"))
    found = (match for deed in deeds for match in deed.finditer(text, heading.start, heading.end))
    return any(
        _PASSIVE.search(text, heading.start, match.start()) is not None
        or _is_somebody(material, Span(heading.start, match.start()))
        for match in found
        if match.start() > heading.start
    )


def _is_somebody(material: Material, before: Span) -> bool:
    """Whether the words before a deed name somebody who acts: a role, a body, or a name of the body's."""
    text = material.article.text
    for word in words_in(text, before):
        noun = word.of(text)
        if is_role(noun.lower()) or kind_of_phrase(noun.lower()) is SpeakerKind.ORGANISATION:
            return True
        inside = rf"(?<=[a-z,] ){re.escape(_POSSESSIVE.sub('', noun))}\b"
        if noun[0].isupper() and re.search(inside, text[before.end :]):
            return True
    return False


def _is_name(text: str, word: re.Match[str], *, heading: Span) -> bool:
    """Whether a word is part of a name, by capitals: its own, in a heading with few, or the next word's as well.

    The name's words stand together in the body then: "Terrible Twins win", where it has "the Terrible Twins".
    """
    if not word.group()[0].isupper():
        return False
    neighbour = re.compile(r"\s+[A-ZÀ-Þ][\w’'-]*").match(text, word.end(), heading.end)
    if neighbour and text.find(word.group() + neighbour.group(), heading.end) >= 0:
        return True
    written = [text[span.start] for span in words_in(text, heading)]
    return word.start() != heading.start and 2 * sum(letter.isupper() for letter in written) < len(written)
