"""Which other outlets an article has something from: those that speak or pass on words in it, and its list of sources.

An outlet that is merely named (its office, its owner, its awards) is not cited, and neither is the one that published
the article.
"""

import re
from collections.abc import Iterable, Iterator

from onrecord.article import Article, ParagraphKind
from onrecord.outlets import outlet_at, outlet_like, outlet_named
from onrecord.statement import SpeakerKind, Statement

_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:/\S*)?", re.IGNORECASE)


def cited_outlets(article: Article, statements: Iterable[Statement]) -> tuple[str, ...]:
    """The outlets by their proper names, in the order in which the text first has something from them."""
    found = [*_in_statements(statements), *_in_sources(article)]
    own = _proper(article.outlet) if article.outlet else None
    return tuple(dict.fromkeys(name for _, name in sorted(found) if name != own))


def _in_statements(statements: Iterable[Statement]) -> Iterator[tuple[int, str]]:
    """Where an outlet speaks or passes words on, and its name."""
    for statement in statements:
        place = min((*statement.source, *statement.cue, *statement.content)).start
        speaker = statement.speaker
        if speaker and speaker.kind is SpeakerKind.OUTLET and (name := _proper(speaker.proper or speaker.name)):
            yield place, name
        for via in statement.via:
            if name := _proper(via.proper or via.name):
                yield (via.span.start if via.span else place), name


def _in_sources(article: Article) -> Iterator[tuple[int, str]]:
    """Where the article's own list names an outlet or gives an address, and the outlet's name."""
    for paragraph in article.paragraphs:
        if paragraph.kind is not ParagraphKind.SOURCES:
            continue
        place = paragraph.span.start
        for line in paragraph.span.of(article.text).split("\n"):
            address = _ADDRESS.fullmatch(line.strip())
            if address:
                known = outlet_at(address[1])
                yield place, known.name if known else address[1]
            elif name := _proper(line.rpartition(":")[2].strip()):
                yield place, name
            place += len(line) + 1


def _proper(name: str) -> str | None:
    """The proper name of a known outlet, none for anything else."""
    known = outlet_named(name, in_context=True) or outlet_like(name) if name else None
    return known.name if known else None
