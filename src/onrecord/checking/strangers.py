"""Speakers whom an article brings in as strangers, and whom the reader took for somebody named further on.

"An employee of the plant said" and, two paragraphs on, "plant manager Bill Sayer said": a phrase with "a", "an" or a
number brings in somebody new. They are the one named later only where the name stands in its sentence or in the next.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.phrases import described, head_noun
from onrecord.span import Span
from onrecord.statement import KnownBy, Speaker, SpeakerKind, Statement

_NEW = re.compile(r"(?:an?|one|another|two|three|four|several)\s+(?!of\b)", re.IGNORECASE)
_AGAIN = re.compile(r"(?:the|this|that)\s+", re.IGNORECASE)
LATEST = 2  # sentences, the description's own and the next, in which a name is that of a stranger


def with_strangers(text: str, statements: Sequence[Statement], *, sentences: Sequence[Span]) -> tuple[Statement, ...]:
    """The statements, those of strangers with an unnamed speaker in the place of somebody named far behind."""
    strangers: dict[str, Speaker] = {}
    found = []
    for statement in statements:
        speaker, source = statement.speaker, statement.source[0].of(text) if statement.source else ""
        if speaker and speaker.kind is SpeakerKind.PERSON and speaker.known_by is KnownBy.ROLE:
            noun = head_noun(source).lower()
            if _NEW.match(source) and not _is_named_beside(text, statement, sentences):
                strangers[noun] = Speaker(described(source), SpeakerKind.UNNAMED, KnownBy.DESCRIPTION)
            if noun in strangers and (_NEW.match(source) or _AGAIN.match(source)):
                speaker = strangers[noun]
        found.append(statement if speaker is statement.speaker else replace(statement, speaker=speaker))
    return tuple(found)


def _is_named_beside(text: str, statement: Statement, sentences: Sequence[Span]) -> bool:
    """Whether the speaker's last name stands in the sentence of the source, before it, or in the next."""
    source = statement.source[0]
    index = bisect_right(sentences, source.start, key=lambda span: span.start) - 1
    if index < 0 or statement.speaker is None:
        return True
    last = re.compile(rf"\b{re.escape(statement.speaker.name.rpartition(' ')[2])}\b")
    end = sentences[min(index + LATEST, len(sentences)) - 1].end
    return last.search(text, 0, end) is not None
