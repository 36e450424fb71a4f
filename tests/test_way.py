"""Tests of the way of an utterance on copies made by hand: who cites whom, where it breaks, and that it always ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Hyperlink
from onrecord.span import Span
from onrecord.statement import Link, LinkRole, Via, ViaRole
from onrecord.tracing.sources import Evidence, Keys, Report, Retold, keys_of
from onrecord.tracing.way import Break, Citation, End, Ways, ways_of

DAY = date(2031, 5, 3)
WORDS = tuple("we will not close the quay on the word of one report".split())
LEDGER, POST, MAIL = "Weyport Ledger", "Harbour Post", "Grey Sound Mail"


class Shelf:
    """How many articles there are of which outlets, whatever the day."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = {keys_of(name): n for name, n in counts.items()}
        self.asked: list[date | None] = []

    def has(self, keys: Keys) -> bool:
        """Whether there is one of the outlet."""
        return keys in self.counts

    def n_articles(self, keys: Keys, until: date | None) -> int:
        """How many there are; remembers the day."""
        self.asked.append(until)
        return self.counts.get(keys, 0)


def copy(  # noqa: PLR0913 - whatever may tell of the way
    number: int,
    outlet: str | None = LEDGER,
    *,
    by: str | None = "Jorun Falk",
    day: int | None = 0,
    sources: tuple[str, ...] = (),
    cited: tuple[str, ...] = (),
    domain: str | None = None,
    group: int | None = None,
    links: tuple[Hyperlink, ...] = (),
    leads_to: Mapping[str, int] | None = None,
    speaking: frozenset[str] = frozenset(),
) -> Retold:
    """A copy in an article of its own, `day` days after the first one; `sources` from the speaker to the article."""
    published = None if day is None else DAY + timedelta(days=day)
    report = Report(
        number, outlet or f"article {number}", outlet, domain, published, group, cited, speaking, links, leads_to
    )
    chain = [Link(by, LinkRole.SPEAKER)] if by else []
    chain += [Link(name, LinkRole.REPORTER) for name in sources]
    return Retold(number, report, words=WORDS, chain=tuple(chain), speaker=by)


def ways(*copies: Retold, shelf: Mapping[str, int] | None = None) -> Ways:
    return ways_of(copies, Shelf(shelf or {}))


def cited(found: Ways, number: int) -> list[tuple[int | None, Evidence]]:
    return [(one.copy, one.evidence) for one in found.of[number].cites]


def test_a_copy_cites_the_outlet_that_its_chain_names_and_leads_back_to_the_speaker() -> None:
    found = ways(copy(1), copy(2, POST, day=2, sources=(LEDGER,)), copy(3, MAIL, day=5, sources=(POST,)))
    assert (cited(found, 2), cited(found, 3)) == ([(1, Evidence.VIA)], [(2, Evidence.VIA)])
    assert found.of[3].back == (2, 1)
    assert found.of[3].names == ("Jorun Falk", LEDGER, POST, MAIL)
    assert [found.of[n].end for n in (1, 2, 3)] == [End.FIRST_HAND] * 3
    assert [found.of[n].is_first_hand for n in (1, 2, 3)] == [True, False, False]
    assert (found.origin, found.circles) == (1, ())


def test_a_chain_with_two_outlets_leads_through_both() -> None:
    found = ways(copy(1), copy(2, POST, day=2), copy(3, MAIL, day=5, sources=(LEDGER, POST)))
    assert cited(found, 3) == [(2, Evidence.VIA), (1, Evidence.VIA)]
    assert found.of[3].back == (2,)
    through_both = ways(copy(1), copy(2, POST, day=2, sources=(LEDGER,)), copy(3, MAIL, day=5, sources=(POST, LEDGER)))
    assert through_both.of[3].back == (2, 1)


def test_a_link_to_the_article_shows_more_than_a_name_and_needs_none() -> None:
    links = (Hyperlink(Span(4, 9), "https://ledger.example/quay"),)
    linked = copy(2, POST, day=2, links=links, leads_to={"https://ledger.example/quay": 1})
    named = replace(linked, chain=(*linked.chain, Link(LEDGER, LinkRole.REPORTER)))
    for one in (linked, named):
        assert ways(copy(1), one).of[2].cites == (
            Citation(LEDGER, Evidence.LINK, 1, Span(4, 9), "https://ledger.example/quay"),
        )
    assert ways(copy(1), linked).of[2].back == (1,)


@pytest.mark.parametrize(
    ("outlet", "name"),
    [
        ("The Weyport Ledger", LEDGER),
        (LEDGER, "the Weyport Ledger"),
        (LEDGER, "WeyportLedger.example"),
        ("Berliner Zeitung", "berliner-zeitung.de"),
        ("NBC News", "Meet the Press"),
    ],
)
def test_an_outlet_is_the_same_by_its_name_its_proper_name_and_its_site(outlet: str, name: str) -> None:
    found = ways(copy(1, outlet), copy(2, MAIL, day=1, sources=(name,)))
    assert cited(found, 2) == [(1, Evidence.VIA)]


def test_an_outlet_is_known_by_the_domain_of_its_article() -> None:
    first = copy(1, "Radio Ode Nord", domain="odenord.example")
    assert cited(ways(first, copy(2, MAIL, day=1, cited=("OdeNord.example",), by=None)), 2) == [(1, Evidence.CITATION)]


def test_of_an_outlets_copies_the_likest_is_cited_then_the_nearest_before_and_none_later() -> None:
    short = replace(copy(2, day=1), words=WORDS[:3])
    citing = copy(9, POST, day=3, sources=(LEDGER,))
    assert cited(ways(copy(1), short, citing), 9) == [(1, Evidence.VIA)]
    assert cited(ways(copy(1), copy(2, day=1), copy(3, day=4), citing), 9) == [(2, Evidence.VIA)]
    assert cited(ways(copy(1, day=4), citing), 9) == [(None, Evidence.VIA)]
    assert cited(ways(copy(1, day=3), citing), 9) == [(1, Evidence.VIA)]
    assert cited(ways(copy(1, day=None), citing), 9) == [(1, Evidence.VIA)]


def test_a_source_without_these_words_and_one_without_articles_are_told_apart() -> None:
    shelf = Shelf({POST: 4})
    found = ways_of([copy(1, sources=(POST,)), copy(2, MAIL, day=1, sources=("Tide Gazette",))], shelf)
    assert found.of[1].missing == Break(End.NO_COPY, POST)
    assert found.of[1].cites == (Citation(POST, Evidence.VIA, n_articles=4),)
    assert found.of[2].missing == Break(End.NOT_IN_RECORD, "Tide Gazette")
    assert [found.of[n].end for n in (1, 2)] == [End.NO_COPY, End.NOT_IN_RECORD]
    assert shelf.asked == [DAY, DAY + timedelta(days=1)]


def test_the_way_of_a_copy_ends_where_that_of_the_cited_one_does() -> None:
    found = ways(copy(1, sources=(POST,)), copy(2, MAIL, day=1, sources=(LEDGER,)))
    assert (found.of[2].missing, found.of[2].end) == (None, End.NOT_IN_RECORD)
    assert found.of[2].names == ("Jorun Falk", POST, LEDGER, MAIL)


def test_a_link_to_the_site_of_a_missing_source_is_kept() -> None:
    links = (Hyperlink(Span(0, 4), "https://other.example/"), Hyperlink(Span(7, 9), "https://harbourpost.example/a"))
    found = ways(copy(1, sources=(POST,), links=links))
    assert found.of[1].cites[0].address == "https://harbourpost.example/a"


def test_who_names_nobody_has_it_at_first_hand_as_does_whom_the_speaker_told() -> None:
    told = replace(copy(1), vias=(Via("the Ledger", ViaRole.VENUE),), chain=copy(1, sources=("the Ledger",)).chain)
    rally = replace(copy(2, POST), chain=(Link("Jorun Falk", LinkRole.SPEAKER), Link("Harbour Day", LinkRole.VENUE)))
    found = ways(told, rally)
    assert [(way.cites, way.is_first_hand, way.end) for way in found.of.values()] == [((), True, End.FIRST_HAND)] * 2


def test_who_tells_no_speaker_and_who_has_it_from_a_person_names_no_outlet() -> None:
    passed_on = replace(copy(2), chain=(*copy(2).chain, Link("Adela Kronvik", LinkRole.SPEAKER)))
    found = ways(copy(1, by=None), passed_on)
    assert found.of[1].missing == Break(End.NO_OUTLET)
    assert found.of[2].missing == Break(End.NO_OUTLET, "Adela Kronvik")
    assert {way.end for way in found.of.values()} == {End.NO_OUTLET}


def test_a_headline_has_the_words_from_where_its_report_has_them() -> None:
    body = copy(2, POST, day=1, sources=(LEDGER,))
    headline = Retold(3, body.report, words=WORDS[:4])
    found = ways(copy(1), body, headline)
    assert cited(found, 3) == [(1, Evidence.VIA)]
    assert found.of[3].missing is None


def test_an_outlet_that_speaks_passes_on_what_others_attribute_to_a_person() -> None:
    speaking = copy(2, POST, day=1, by=LEDGER, speaking=frozenset({LEDGER}))
    assert cited(ways(copy(1), speaking), 2) == [(1, Evidence.VIA)]
    alone = ways(speaking, copy(3, MAIL, day=2, by=LEDGER, speaking=frozenset({LEDGER})))
    assert [way.cites for way in alone.of.values()] == [(), ()]


def test_an_outlet_that_is_named_beside_the_words_is_cited_unless_they_were_told_to_the_report() -> None:
    beside = replace(copy(2, POST, day=1), around="as the Weyport Ledger had it: we will not", start_char=40)
    found = ways(copy(1), beside)
    assert found.of[2].cites == (Citation(LEDGER, Evidence.MENTION, 1, Span(47, 61)),)
    assert found.of[2].back == (1,)
    own = replace(beside, vias=(Via(POST, ViaRole.VENUE),))
    assert ways(copy(1), own).of[2].back == ()


def test_what_a_report_has_from_an_outlet_elsewhere_leads_back_only_from_words_at_second_hand() -> None:
    at_first = copy(2, POST, day=1, cited=(LEDGER,))
    assert (cited(ways(copy(1), at_first), 2), ways(copy(1), at_first).of[2].back) == ([(1, Evidence.CITATION)], ())
    # minister → newspaper → magazine → site: the site names the newspaper, and cites the magazine elsewhere
    site = copy(3, MAIL, day=3, sources=(LEDGER,), cited=(LEDGER, POST))
    found = ways(copy(1), copy(2, POST, day=1, sources=(LEDGER,)), site)
    assert cited(found, 3) == [(1, Evidence.VIA), (2, Evidence.CITATION)]
    assert found.of[3].back == (2, 1)


def test_an_outlet_that_is_only_named_is_no_source_of_a_word_or_two_nor_of_what_it_printed_long_before() -> None:
    first, words = copy(1), replace(copy(2, POST, day=1, cited=(LEDGER,)), around="In the Weyport Ledger")
    assert cited(ways(first, replace(words, words=WORDS[:2])), 2) == []
    assert cited(ways(replace(first, report=replace(first.report, published=DAY - timedelta(days=7))), words), 2) == []
    assert cited(ways(first, words), 2) == [(1, Evidence.MENTION)]


def test_the_same_text_elsewhere_comes_from_the_first_report_that_has_it() -> None:
    found = ways(copy(1, day=1, group=1), copy(2, POST, day=0, group=1), copy(3, MAIL, day=1, group=1))
    assert [cited(found, n) for n in (1, 2, 3)] == [[(2, Evidence.TEXT)], [], [(2, Evidence.TEXT)]]


def test_two_that_cite_each_other_are_a_circle_and_so_are_three() -> None:
    two = ways(copy(1, sources=(POST,)), copy(2, POST, sources=(LEDGER,)))
    assert two.circles == ((1, 2),)
    assert {way.end for way in two.of.values()} == {End.CIRCLE}
    assert (two.origin, two.of[2].back) == (1, (1,))
    three = ways(
        copy(1, day=None, sources=(POST,)), copy(2, POST, day=None, sources=(MAIL,)),
        copy(3, MAIL, day=None, sources=(LEDGER,)), copy(4, "Tide Gazette", sources=(MAIL,)),
    )  # fmt: skip
    assert three.circles == ((1, 2, 3),)
    assert (three.of[4].end, three.of[4].back, three.origin) == (End.CIRCLE, (3, 1, 2), 4)


def test_the_origin_is_the_earliest_by_the_saying_then_by_the_publication_that_cites_no_other() -> None:
    said = replace(copy(1, day=2), said=DAY - timedelta(days=1))
    assert ways(said, copy(2, POST)).origin == 1
    assert ways(copy(1, day=2), copy(2, POST, day=1), copy(3, MAIL, day=None)).order == (2, 1, 3)
    same_day = ways(copy(1, POST, sources=(LEDGER,)), copy(2))
    assert (same_day.origin, same_day.order) == (2, (2, 1))
    back_dated = replace(copy(3, MAIL, day=9, sources=(LEDGER,)), said=DAY - timedelta(days=1))
    assert ways(copy(1), back_dated).origin == 1


NAMES = ("Weyport Ledger", "Harbour Post", "Grey Sound Mail", "Tide Gazette")
COPIES = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, None]),
        st.one_of(st.none(), st.integers(0, 3)),
        st.lists(st.sampled_from(NAMES), max_size=2),
        st.lists(st.integers(1, 8), max_size=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@given(COPIES)
def test_every_way_ends_and_says_where(made: list[tuple[str | None, int | None, list[str], list[int], bool]]) -> None:
    copies = []
    for number, (outlet, day, sources, linked, is_told) in enumerate(made, start=1):
        links = tuple(Hyperlink(Span(n, n + 1), f"/{n}") for n in linked)
        leads_to = {f"/{n}": n for n in linked}
        by = "Jorun Falk" if is_told else None
        one = copy(number, outlet, by=by, day=day, sources=tuple(sources), links=links, leads_to=leads_to)
        copies.append(one)
    found = ways(*copies, shelf={"Tide Gazette": 1})
    assert sorted(found.order) == sorted(found.of) == [one.number for one in copies]
    for number, way in found.of.items():
        assert number not in way.back
        assert len(set(way.back)) == len(way.back)
        steps = zip((number, *way.back), way.back, strict=False)
        assert all(other in {cited.copy for cited in found.of[n].cites} for n, other in steps)
        last = found.of[way.back[-1] if way.back else number]
        assert way.end is End.CIRCLE or not last.back
        assert (way.end is End.FIRST_HAND) == (last.is_first_hand and way.end is not End.CIRCLE)
        assert all(cited.copy != number for cited in way.cites)
    for circle in found.circles:
        assert all(
            other in {cited.copy for cited in found.of[n].cites}
            for n, other in zip(circle, (*circle[1:], circle[0]), strict=True)
        )
    assert {n for circle in found.circles for n in circle} <= {n for n, w in found.of.items() if w.end is End.CIRCLE}
    assert any(way.end is End.CIRCLE for way in found.of.values()) == bool(found.circles)
