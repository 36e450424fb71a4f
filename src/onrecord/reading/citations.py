"""Which other outlets an article has something from: those that speak or pass on words in it, and its list of sources.

An outlet that is merely named (its office, its owner, its awards) is not cited, and neither is the one that published
the article, nor a platform on which anybody may write.
"""

import re
from collections.abc import Iterable, Iterator

from onrecord.article import Article, ParagraphKind
from onrecord.intake.outlets import is_outlet
from onrecord.outlets import OutletKind, outlet_at, outlet_like, outlet_named
from onrecord.statement import KnownBy, SpeakerKind, Statement

_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:/\S*)?", re.IGNORECASE)


def cited_outlets(article: Article, statements: Iterable[Statement]) -> tuple[str, ...]:
    """The outlets, by their proper names where known, in the order in which the text first has something from them."""
    found = [*_in_statements(statements), *_in_sources(article)]
    own = {_bare(name) for _, name in _cited(0, article.outlet, unknown_too=True)} if article.outlet else set()
    return tuple(dict.fromkeys(name for _, name in sorted(found) if _bare(name) not in own))


def _bare(name: str) -> str:
    """The name without its article: The Grey Sound Mail calls itself "the Grey Sound Mail"."""
    return re.sub(r"^the ", "", name, flags=re.IGNORECASE)


def _in_statements(statements: Iterable[Statement]) -> Iterator[tuple[int, str]]:
    """Where an outlet speaks or passes words on, and its name."""
    for statement in statements:
        place = min((*statement.source, *statement.cue, *statement.content)).start
        speaker = statement.speaker
        if speaker and speaker.kind is SpeakerKind.OUTLET and speaker.known_by is not KnownBy.DESCRIPTION:
            yield from _cited(place, speaker.proper or speaker.name, unknown_too=True)
        for via in statement.via:
            name = via.proper or via.name
            yield from _cited(via.span.start if via.span else place, name, unknown_too=is_outlet(name))


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
            else:
                yield from _cited(place, line.rpartition(":")[2].strip(), unknown_too=False)
            place += len(line) + 1


def _cited(place: int, name: str, *, unknown_too: bool) -> Iterator[tuple[int, str]]:
    """The place and the proper name of an outlet, or the name as it is where the list of outlets lacks it."""
    known = outlet_named(name, in_context=True) or outlet_like(name) if name else None
    if known is None:
        if unknown_too:
            yield place, name
    elif known.kind is not OutletKind.PLATFORM:
        yield place, known.name
