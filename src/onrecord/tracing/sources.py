"""From where a report has somebody's words, as it tells it: the outlets that it names, and the reports it links to.

An outlet is the same by its name, with or without "the", by its proper name in the list of outlets, and by its site. A
programme is also its broadcaster. Where anybody may write (a network) is no source, nor is a report's own outlet. What
it refuses to do: to guess from likeness of words alone who copied whom.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from onrecord.article import Hyperlink
from onrecord.intake.domains import registered_domain
from onrecord.intake.outlets import is_outlet
from onrecord.outlets import OutletKind, outlet_at, outlet_named
from onrecord.span import Span
from onrecord.statement import Link, LinkRole, Via
from onrecord.tracing.words import MAX_CACHED, folded

_WORD = re.compile(r"[^\W_]+")
Keys = frozenset[str]
NOBODY: Keys = frozenset()


class Evidence(StrEnum):
    """What shows that a report has words from another one, the strongest first.

    It links to it; the words' chain names its outlet; it has its text; its outlet is named beside the words; it has
    something from its outlet.
    """

    LINK = "link"
    VIA = "via"
    TEXT = "text"
    MENTION = "mention"
    CITATION = "citation"


@dataclass(frozen=True, slots=True)
class Report:
    """An article as far as the way of its words counts.

    `label` is by what it is called, its outlet or its name; `group` is what it shares with articles of the same text.
    `cited` are the outlets that it has something from, `speaking` those to which it attributes words. `links` are those
    of the report itself, `leads_to` tells which of their addresses are articles that are known too.
    """

    number: int
    label: str
    outlet: str | None = None
    domain: str | None = None
    published: date | None = None
    group: int | None = None
    cited: tuple[str, ...] = ()
    speaking: frozenset[str] = frozenset()
    links: tuple[Hyperlink, ...] = ()
    leads_to: Mapping[str, int] | None = None

    @property
    def keys(self) -> Keys:
        """By which its outlet is known."""
        return keys_of(self.outlet) | keys_of(self.domain)


@dataclass(frozen=True, slots=True)
class Retold:
    """A copy as far as its way counts.

    `chain` is its statement's, without the article; `speaker` the statement's own, none where nobody is named. `vias`
    tell where the chain's names stand. `around` is the text beside it in its paragraph, which begins at `start_char`.
    """

    number: int
    report: Report
    words: tuple[str, ...] = ()
    said: date | None = None
    chain: tuple[Link, ...] = ()
    speaker: str | None = None
    vias: tuple[Via, ...] = ()
    around: str = ""
    start_char: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet, or somebody else, whom a copy names as its source; `span` is where, in its article's text."""

    name: str
    keys: Keys = NOBODY
    span: Span | None = None


class Holdings(Protocol):
    """What outlets there are articles of."""

    def has(self, keys: Keys) -> bool:
        """Whether there is an article of the outlet that is known by these."""
        ...

    def n_articles(self, keys: Keys, until: date | None) -> int:
        """How many there are up to a day, those without a day counted in; of all days if none is given."""
        ...


def keys_of(name: str | None) -> Keys:
    """By what the outlet of this name or address is known; nothing where there is no name."""
    return _keys(name) if name else NOBODY


@lru_cache(MAX_CACHED)
def _keys(name: str) -> Keys:
    known = outlet_named(name, in_context=True)
    if known:
        by = _keys(known.broadcaster) if known.kind is OutletKind.PROGRAMME and known.broadcaster else NOBODY
        return by | {known.name}
    domain = registered_domain(name) if "." in name else None
    words = [folded(word) for word in _WORD.findall(domain.partition(".")[0] if domain else name)]
    return frozenset({"".join(words[1:] if len(words) > 1 and words[0] == "the" else words)} - {""})


def named_by(copy: Retold, is_known: Callable[[Keys], bool]) -> tuple[list[Named], list[Named]]:
    """The outlets in a copy's chain but its own, the nearest to the article first, and others who speak of it there.

    Where words were said or written that is no outlet's (a rally, a network, "a statement") is neither. `is_known`
    tells whether there is anything of an outlet with these keys.
    """
    outlets: dict[Keys, Named] = {}
    others: dict[str, Named] = {}
    for link in reversed(_behind_speaker(copy)):
        named = Named(link.name, keys_of(link.name), _place_of(link.name, copy))
        if _is_own(link.name, copy.report) or link.name == copy.speaker:
            continue
        if _is_source(link, copy.report) or is_known(named.keys):
            outlets.setdefault(named.keys, named)
        elif link.role is LinkRole.SPEAKER:
            others.setdefault(link.name, named)
    return list(outlets.values()), list(others.values())


def speaking_outlet(copy: Retold) -> Named | None:
    """The outlet to which a copy attributes the words themselves."""
    if not copy.speaker or _is_own(copy.speaker, copy.report):
        return None
    if copy.speaker not in copy.report.speaking and not _is_outlet(copy.speaker):
        return None
    return Named(copy.speaker, keys_of(copy.speaker), _place_of(copy.speaker, copy))


def told_itself(copy: Retold) -> bool:
    """Whether the words were said to the report's own outlet."""
    return any(_is_own(via.proper or via.name, copy.report) for via in copy.vias)


def without_article(name: str) -> str:
    """An outlet's name without "the" before it, as others write it in a sentence."""
    return re.sub(r"^[Tt]he ", "", name)


def mentioned_in(copy: Retold, name: str) -> Span | None:
    """Where a copy's paragraph names another outlet; a name that may be something else's too is none."""
    if name not in copy.around or _is_own(name, copy.report) or not (" " in name or outlet_named(name)):
        return None
    return _in_text(name, copy)


def address_of(named: Named, links: Iterable[Hyperlink]) -> str | None:
    """The address on the named outlet's site to which the report links, at the name or anywhere."""
    on_site = [link for link in links if _site_keys(link.address) & named.keys]
    at_name = (link for link in on_site if named.span and link.span.meets(named.span))
    first = next(at_name, None) or next(iter(on_site), None)
    return first.address if first else None


def _site_keys(address: str) -> Keys:
    known = outlet_at(address)
    return keys_of(known.name) if known else keys_of(registered_domain(address))


def _behind_speaker(copy: Retold) -> Sequence[Link]:
    is_spoken = bool(copy.speaker and copy.chain and copy.chain[0].role is LinkRole.SPEAKER)
    return copy.chain[1:] if is_spoken else copy.chain


def _is_source(link: Link, report: Report) -> bool:
    """Whether a link of a chain is an outlet: known as one, taken for one in the reading, or named as a reporter."""
    known = outlet_named(link.name, in_context=True)
    if known:
        return known.kind is not OutletKind.PLATFORM
    is_reporter = link.role is LinkRole.REPORTER and link.name[:1].isupper()
    return is_reporter or link.name in report.speaking or is_outlet(link.name)


def _is_outlet(name: str) -> bool:
    known = outlet_named(name)
    return known.kind is not OutletKind.PLATFORM if known else is_outlet(name)


def _is_own(name: str, report: Report) -> bool:
    """Whether a name is that of the report's own outlet, which it may shorten to the last words: "the Ledger"."""
    if keys_of(name) & report.keys:
        return True
    short, own = (list(_telling(words)) for words in (name, report.outlet or ""))
    return bool(short) and short == own[-len(short) :]


def _telling(name: str) -> Iterator[str]:
    return (word for word in map(folded, _WORD.findall(name)) if word != "the")


def _place_of(name: str, copy: Retold) -> Span | None:
    """Where a name of the copy's chain stands: as a via, else beside the words."""
    at = next((via.span for via in copy.vias if name in (via.proper, via.name)), None)
    return at or _in_text(name, copy)


def _in_text(name: str, copy: Retold) -> Span | None:
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", copy.around)
    return Span(copy.start_char + match.start(), copy.start_char + match.end()) if match else None
