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
from onrecord.checking.likeness import Match, matches, stem, stems
from onrecord.checking.material import Material, clipped, words_in
from onrecord.checking.report import Code, Finding
from onrecord.checking.wordlists import pattern, plain
from onrecord.span import Span
from onrecord.statement import SpeakerKind

ALIKE = 0.5  # the share of a heading's words that a sentence needs to tell the same
ALIKE_IN_BRIEF = 0.6  # the same for headings of three content words or fewer
ALIKE_BELOW = 0.3  # the same for a sentence right below an inner heading
NEARLY = 0.15  # a sentence so much less alike than the most alike one tells the heading's news as well
LONGEST_CHARS = 500  # what is longer is a list of links or a table
MANY_QUOTED = 3
_NO_VERB = r"(?!(?i:the|an?|his|her|its|their|our|this|that|one)\b)"
_INFINITIVE = re.compile(rf"\bto\s+{_NO_VERB}[a-z]{{2,}}|\bTo\s+{_NO_VERB}[A-Z]|\b(?:set|due)\s+to\b")
_PASSIVE_TO_COME = re.compile(r"\bbe\b")
_DONE = re.compile(r"\b(?:already|now|has|have|had|is|are|was|were)\b", re.IGNORECASE)
_QUESTION = re.compile(r"^\W*(?:Why|How|What|Who|Where|When|Whether)\b|\?[\"”’'\s]*$")
_COLON = re.compile(r"^[^:]{2,40}:\s|:\s[^:]{2,40}$")


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
        if pattern("certainty", "saying").search(text, heading.start, heading.end) or _COLON.search(heading.of(text)):
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
        or _COLON.search(heading.of(text)) is not None
    )


def _strength_of_heading(material: Material, heading: Span) -> _Strength | None:
    """How much a heading asserts; none where it asserts nothing of its own."""
    text = material.article.text
    words = heading.of(text)
    if _QUESTION.search(words) or _attributes(material, heading):
        return None
    others = (Certainty.HEDGED, Certainty.CONDITIONAL, Certainty.NEGATED)
    if any(weakening(text, heading, kind=kind) for kind in others):
        return None
    if _INFINITIVE.search(words) or weakening(text, heading, kind=Certainty.FUTURE):
        return _Strength.COMING
    return _Strength.FACT


def _weaker(material: Material, heading: Span, strength: _Strength) -> tuple[str, Match, list[Span]] | None:
    """How the sentences that tell what a heading tells put it, where all of them say less."""
    found = [m for m in matches(material, heading) if len(m.sentence) <= LONGEST_CHARS]
    n_words = len(words_in(material.article.text, heading))
    least = ALIKE if n_words > MANY_QUOTED else ALIKE_IN_BRIEF
    if own := [m for m in found if _opens_section(material, heading, m)]:
        least = min(least, max(ALIKE_BELOW, own[0].share))
    alike = [m for m in found if m.share >= max(least, found[0].share - NEARLY)]
    told = [(_in_text(material, heading, match), match) for match in alike]
    if not told or any(level >= strength for (level, _, _), _ in told):
        return None
    text = material.article.text
    end = min((span.start for span, _ in _headings(material) if span.start > heading.start), default=len(text))
    (level, how, words), match = min(told, key=lambda t: (-t[1].share, not heading.end <= t[1].sentence.start < end))
    if level is _Strength.COMING and not _tells_past(material, heading, match, words):
        return None
    return how, match, words


def _opens_section(material: Material, heading: Span, match: Match) -> bool:
    """Whether a sentence stands in the first paragraph below an inner heading, which is about it however it is put."""
    below = next((p.span for p in material.body if p.span.start >= heading.end), None)
    inner = heading in material.of_kind(ParagraphKind.HEADING)
    return inner and below is not None and below.holds(match.sentence) and bool(match.common)


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
    same = [span.of(text).lower() for span in stems(text, heading).get(stem(verb), [])] if verb else []
    return any(word != verb and not word.endswith("s") for word in same)


def _in_text(material: Material, heading: Span, match: Match) -> tuple[_Strength, str, list[Span]]:
    """How much a sentence says of what a heading tells, in words, and the words that show it."""
    text = material.article.text
    if doubted := _doubted(material, heading, match):
        return _Strength.OPEN, "only attributes", doubted
    for kind, level, how in _WEAKER_BY:
        if words := [span for span in weakening(text, match.part, kind=kind) if match.is_near(text, span)]:
            return level, how, words
    if words := weakening(text, match.part, kind=Certainty.FUTURE):
        return _Strength.COMING, "puts in the future", words
    return _Strength.FACT, "", []


def _doubted(material: Material, heading: Span, match: Match) -> list[Span]:
    """The cue of a statement that leaves open what it says, or says what would have to be shown."""
    text = material.article.text
    statement = holder(material, match.part)
    if statement is None or (statement.speaker and statement.speaker.kind is SpeakerKind.DOCUMENT):
        return []
    cue = list(statement.cue)
    if any(pattern("certainty", "doubted").search(text, span.start, span.end) for span in cue):
        return cue
    contested = (
        (pattern("wrongdoing", "contested", "deed", "trait"), heading),
        (pattern("wrongdoing", "judged"), match.sentence),
    )
    (claims, where), (judged, sentence) = contested
    if claims.search(text, where.start, where.end) and not judged.search(text, sentence.start, sentence.end):
        return cue
    return []


def _is_name(text: str, word: re.Match[str], *, heading: Span) -> bool:
    """Whether a word with a capital is part of a name: in a heading that does not capitalise most of its words."""
    if not word.group()[0].isupper() or word.start() == heading.start:
        return False
    written = [text[span.start] for span in words_in(text, heading)]
    return 2 * sum(letter.isupper() for letter in written) < len(written)
