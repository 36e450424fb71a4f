"""The way of an utterance from copy to copy: which is the earliest known, who has it from whom, and where that ends.

A copy cites another one where its report links to that report, or names its outlet; of an outlet's copies that are not
later the one that has the most of its words, of equals the nearest before it. From each copy the way leads back to the
origin, to a break (the named source has no such words, or is not known) or round in a circle. What it refuses to do: to
say who copied in silence, and to judge: it tells what reports say of their sources and what there is of these.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from onrecord.span import Span
from onrecord.statement import LinkRole
from onrecord.tracing.decision import NAMED_LATER_DAYS
from onrecord.tracing.sources import (
    Evidence,
    Holdings,
    Keys,
    Named,
    Report,
    Retold,
    address_of,
    keys_of,
    mentioned_in,
    named_by,
    speaking_outlet,
    told_itself,
    without_article,
)

# Of a word or two that two reports share, the outlet that one of them names need not be the source.
FEWEST_WORDS = 3
_STRONG = (Evidence.LINK, Evidence.VIA, Evidence.TEXT)
_ORDER = tuple(Evidence)


class End(StrEnum):
    """Where a copy's way back ends: with a copy that has the words at first hand, or before one is reached.

    The named source has no such words among its articles; there is no article of it; no outlet is named; a circle.
    """

    FIRST_HAND = "first-hand"
    NO_COPY = "no-copy"
    NOT_IN_RECORD = "not-in-record"
    NO_OUTLET = "no-outlet"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class Citation:
    """That a copy has the words from an outlet, and what shows it.

    `copy` is that outlet's, none where there is none; then `n_articles` are how many of its articles are known up to
    the day of this one. `span` is where the copy's article says so, `address` where it links to.
    """

    outlet: str
    evidence: Evidence
    copy: int | None = None
    span: Span | None = None
    address: str | None = None
    n_articles: int = 0


@dataclass(frozen=True, slots=True)
class Break:
    """Where the way of a copy cannot be followed: the outlet that it names, or whoever else; none where nobody is."""

    end: End
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How a copy came to its report: whom it cites, what is missing of that, and the way back.

    `is_first_hand` tells that it names nobody between the speaker and itself, and links to nobody. `back` are the
    copies through which the way leads, the cited one first; `names` are those of everybody along it, the speaker first.
    """

    cites: tuple[Citation, ...] = ()
    is_first_hand: bool = True
    missing: Break | None = None
    back: tuple[int, ...] = ()
    end: End = End.FIRST_HAND
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways of all copies of an utterance, by their numbers; `order` has these as they came in time.

    A circle is the numbers of copies of which each cites the next, and the last the first.
    """

    origin: int
    order: tuple[int, ...]
    of: Mapping[int, Way]
    circles: tuple[tuple[int, ...], ...] = ()


def ways_of(copies: Sequence[Retold], holdings: Holdings) -> Ways:
    """The ways of the copies of one utterance, of which there is at least one."""
    among = _Among(copies, holdings)
    told = {copy.number: _told(copy, among) for copy in copies}
    follows = {number: _followed(one) for number, one in told.items()}
    ways = {number: _way(number, told, follows) for number in told}
    by_number = {copy.number: copy for copy in copies}
    order = sorted(ways, key=lambda n: (*_time_of(by_number[n]), len(ways[n].back), n))
    origin = next((number for number in order if not follows[number]), order[0])
    return Ways(origin, tuple(order), ways, tuple(_circles(order, follows)))


@dataclass(slots=True)
class _Among:
    """The copies of an utterance, to be found by their outlets and reports."""

    copies: Sequence[Retold]
    holdings: Holdings
    by_report: dict[int, list[Retold]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, list[Retold]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, Report] = field(default_factory=dict)
    by_group: dict[int, list[Retold]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for copy in self.copies:
            report = copy.report
            self.by_report[report.number].append(copy)
            for key in report.keys:
                self.by_key[key].append(copy)
            if report.outlet:
                self.by_name.setdefault(without_article(report.outlet), report)
            if report.group is not None:
                self.by_group[report.group].append(copy)

    def knows(self, keys: Keys) -> bool:
        """Whether there is a copy or any other article of the outlet with these keys."""
        return any(key in self.by_key for key in keys) or self.holdings.has(keys)

    def nearest(self, copy: Retold, keys: Keys) -> Retold | None:
        """The copy of the outlet with these keys that a copy may have its words from."""
        return _likest(
            copy, (other for key in keys for other in self.by_key.get(key, ()) if not _is_later(other, copy))
        )

    def teller(self, copy: Retold) -> Retold:
        """The copy, or where it has no statement the likest one of its report that has: a headline tells nothing."""
        if copy.speaker or copy.chain:
            return copy
        told = (other for other in self.by_report[copy.report.number] if other.speaker or other.chain)
        return max(told, key=lambda other: (_shared(copy, other), -other.number), default=copy)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a copy tells of its way; `teller` is the copy that does, `first_hand` that it names nobody between."""

    copy: Retold
    teller: Retold
    cites: tuple[Citation, ...]
    missing: Break | None
    first_hand: bool


def _told(copy: Retold, among: _Among) -> _Told:
    teller = among.teller(copy)
    named, others = named_by(teller, among.knows)
    speaking = speaking_outlet(teller)
    if speaking and any(one.speaker and not keys_of(one.speaker) & speaking.keys for one in among.copies):
        named.append(speaking)
    cites = tuple(_cites(copy, named, among))
    is_first = bool(teller.speaker) and not named and not others
    return _Told(copy, teller, cites, None if is_first else _missing(cites, others), is_first)


def _cites(copy: Retold, named: Iterable[Named], among: _Among) -> Iterator[Citation]:
    """Whom a copy cites, the strongest evidence first, each outlet once."""
    known: Keys = frozenset()
    for found, keys in _found(copy, named, among):
        if not keys & known:
            yield found
            known |= keys


def _found(copy: Retold, named: Iterable[Named], among: _Among) -> Iterator[tuple[Citation, Keys]]:
    """What shows from whom a copy has the words, with the keys of the outlet."""
    report = copy.report
    for link in report.links:
        number = (report.leads_to or {}).get(link.address)
        other = _likest(copy, among.by_report.get(number, ()) if number is not None else ())
        if other:
            yield _citation(other, Evidence.LINK, span=link.span, address=link.address)
    for one in named:
        other = among.nearest(copy, one.keys)
        address = address_of(one, report.links)
        if other:
            yield _citation(other, Evidence.VIA, span=one.span, address=address)
        else:
            n = among.holdings.n_articles(one.keys, report.published)
            yield Citation(one.name, Evidence.VIA, span=one.span, address=address, n_articles=n), one.keys
    if report.group is not None and (other := _first_of(copy, among.by_group[report.group])):
        yield _citation(other, Evidence.TEXT)
    for name, outlet in among.by_name.items():
        span = mentioned_in(copy, name)
        if span and (other := among.nearest(copy, outlet.keys)) and _may_be_from(copy, other):
            yield _citation(other, Evidence.MENTION, span=span)
    for name in report.cited:
        other = among.nearest(copy, keys_of(name) - report.keys)
        if other and _may_be_from(copy, other):
            yield _citation(other, Evidence.CITATION)


def _may_be_from(copy: Retold, other: Retold) -> bool:
    """Whether so many words are so near in time that an outlet which the report only names may be where they are from.

    Of a slogan that everybody repeats it tells nothing who else is named.
    """
    ours, theirs = copy.report.published, other.report.published
    is_near = ours is None or theirs is None or (ours - theirs).days <= NAMED_LATER_DAYS
    return is_near and _shared(copy, other) >= FEWEST_WORDS


def _citation(
    other: Retold, evidence: Evidence, *, span: Span | None = None, address: str | None = None
) -> tuple[Citation, Keys]:
    keys = other.report.keys or frozenset({f"report {other.report.number}"})
    return Citation(other.report.label, evidence, other.number, span, address), keys


def _missing(cites: Sequence[Citation], others: Sequence[Named]) -> Break | None:
    """What a copy that has not its words at first hand names and nobody knows, or that it names no outlet at all."""
    for one in cites:
        if one.copy is None:
            return Break(End.NO_COPY if one.n_articles else End.NOT_IN_RECORD, one.outlet)
    return None if cites else Break(End.NO_OUTLET, others[0].name if others else None)


def _followed(told: _Told) -> list[int]:
    """The cited copies through which the way may lead back, those with the strongest evidence first.

    That a report has something from an outlet says nothing of words that it has at first hand.
    """
    weak = () if told_itself(told.teller) else ((Evidence.MENTION,) if told.first_hand else _ORDER)
    cites = sorted(told.cites, key=lambda one: _ORDER.index(one.evidence))
    return [one.copy for one in cites if one.copy is not None and one.evidence in (*_STRONG, *weak)]


def _way(number: int, told: Mapping[int, _Told], follows: Mapping[int, Sequence[int]]) -> Way:
    back: list[int] = []
    at, is_circle = number, False
    while follows[at] and not is_circle:
        at = _next(follows[at], follows)
        is_circle = at == number or at in back
        if not is_circle:
            back.append(at)
    last = told[back[-1] if back else number]
    end = End.FIRST_HAND if last.first_hand else last.missing.end if last.missing else End.NO_OUTLET
    names = [link.name for link in last.teller.chain if link.role is not LinkRole.ARTICLE]
    names += [told[n].copy.report.label for n in reversed([number, *back])]
    once = tuple(name for n, name in enumerate(names) if not n or names[n - 1] != name)
    own = told[number]
    is_first = own.first_hand and not follows[number]
    return Way(own.cites, is_first, own.missing, tuple(back), End.CIRCLE if is_circle else end, once)


def _next(cited: Sequence[int], follows: Mapping[int, Sequence[int]]) -> int:
    """Of the copies that one cites the one through which the way leads to the most of the others."""
    if len(cited) == 1:
        return cited[0]
    return max(cited, key=lambda n: (len(_reached(n, follows) & set(cited) - {n}), -cited.index(n)))


def _reached(start: int, follows: Mapping[int, Sequence[int]]) -> set[int]:
    """The copies to which a way leads from this one, which is one of them only in a circle."""
    found: set[int] = set()
    left = list(follows[start])
    while left:
        number = left.pop()
        if number not in found:
            found.add(number)
            left.extend(follows[number])
    return found


def _circles(order: Sequence[int], follows: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """One circle of each set of copies that lead to each other, the earliest copy first."""
    done: set[int] = set()
    for number in order:
        if number not in done and number in (reached := _reached(number, follows)):
            done |= {other for other in reached if number in _reached(other, follows)}
            yield _shortest_round(number, follows)


def _shortest_round(start: int, follows: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """The shortest way from a copy back to itself."""
    ways: list[tuple[int, ...]] = [(start,)]
    seen: set[int] = set()
    for way in ways:
        for number in follows[way[-1]]:
            if number == start:
                return way
            if number not in seen:
                seen.add(number)
                ways.append((*way, number))
    return (start,)


def _time_of(copy: Retold) -> tuple[date, date]:
    """The day of the saying, else of the publication; then that of the publication."""
    published = copy.report.published or date.max
    return copy.said or published, published


def _is_later(other: Retold, copy: Retold) -> bool:
    """Whether it is known to have been printed later."""
    theirs, ours = other.report.published, copy.report.published
    return theirs is not None and ours is not None and theirs > ours


def _likest(copy: Retold, others: Iterable[Retold]) -> Retold | None:
    """The copy in another report that has the most of these words; of equals the latest, then the first one placed."""
    elsewhere = (other for other in others if other.report.number != copy.report.number)
    return max(elsewhere, key=lambda o: (_shared(copy, o), o.report.published or date.min, -o.number), default=None)


def _first_of(copy: Retold, others: Sequence[Retold]) -> Retold | None:
    """Of the reports with one text the copy in the first one, unless that is this copy's own."""

    def place_of(one: Retold) -> tuple[date, int]:
        return one.report.published or date.max, one.report.number

    first = min(map(place_of, others))
    return _likest(copy, [other for other in others if place_of(other) == first])


def _shared(copy: Retold, other: Retold) -> int:
    """How many of a copy's words another one has."""
    return (Counter(copy.words) & Counter(other.words)).total()
