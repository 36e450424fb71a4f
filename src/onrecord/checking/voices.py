"""Who speaks in the body of an article, each speaker once, and whether everything rests on one.

A voice is one speaker with their statements. To think, to want or to know is not to speak: "Ministers want more pumps"
gives nobody's words.
"""

from collections import defaultdict
from dataclasses import dataclass

from onrecord.checking.material import Material, words_in
from onrecord.span import Span
from onrecord.statement import Act, KnownBy, Speaker, SpeakerKind, Statement

SPEAKING = frozenset({Act.ASSERT, Act.DENY, Act.URGE, Act.DECLINE, Act.EVALUATE, Act.ASK, Act.COMMIT})
FEWEST_STATEMENTS = 3
LEAST_SHARE = 0.25  # of the body's words that have to be the one speaker's


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker with their statements in the body, and where the text first names them."""

    name: str
    kind: SpeakerKind
    statements: tuple[Statement, ...]
    naming: Span


def voices(material: Material) -> tuple[Voice, ...]:
    """Everybody who speaks in the body, in the order in which they first do."""
    said: dict[str, list[Statement]] = defaultdict(list)
    speakers: dict[str, Speaker] = {}
    requests = [request.span for request in material.article.comment_requests]
    for statement in material.statements:
        speaker = statement.speaker
        if any(span.holds(statement.content[0]) for span in requests):
            continue  # "None of them has replied" gives nobody's words
        if speaker and speaker.kind is not SpeakerKind.AUTHOR and statement.act in SPEAKING:
            key = (speaker.proper or speaker.name).lower()
            said[key].append(statement)
            speakers.setdefault(key, speaker)
    return tuple(
        Voice(speaker.proper or speaker.name, speaker.kind, tuple(said[key]), _naming(material, speaker, said[key]))
        for key, speaker in speakers.items()
    )


def single_voice(material: Material) -> Voice | None:
    """The one speaker on whom everything rests, none where there are others, or where little rests on anybody."""
    found = voices(material)
    named = [voice for voice in found if voice.kind is not SpeakerKind.UNNAMED]
    told = [*named, *(v for v in found if v not in named and not _opens_for(material, v, named))]
    if len(told) != 1 or any(s.speaker is None for s in material.statements if s.act in SPEAKING and s.source):
        return None
    voice = told[0]
    n_words = sum(len(words_in(material.article.text, p.span)) for p in material.body)
    n_said = sum(len(words_in(material.article.text, c)) for s in voice.statements for c in s.content)
    enough = len(voice.statements) >= FEWEST_STATEMENTS and n_said >= LEAST_SHARE * n_words
    return voice if enough else None


def _opens_for(material: Material, voice: Voice, named: list[Voice]) -> bool:
    """Whether somebody unnamed is who the next sentence names: "the chemist says", then "Hedda Krol said"."""
    if len(named) != 1 or len(voice.statements) > 1 or not material.body:
        return False
    first = voice.statements[0]
    in_first_paragraph = first.content[0].start < material.body[0].span.end
    singular = bool(first.source) and material.words(*first.source).lower().startswith(
        ("the ", "a ", "an ", "its ", "their ")
    )
    return (
        in_first_paragraph and singular and first.speaker is not None and first.speaker.known_by is KnownBy.DESCRIPTION
    )


def _naming(material: Material, speaker: Speaker, statements: list[Statement]) -> Span:
    """Where the body first has a speaker's full name, else the first source."""
    text = material.article.text
    for paragraph in material.body:
        place = text.find(speaker.name, paragraph.span.start, paragraph.span.end)
        if place >= 0:
            return Span(place, place + len(speaker.name))
    first = statements[0]
    return (first.source or first.content)[0]
