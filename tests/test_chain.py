"""The chain of a statement: everybody from whoever said it to the article that prints it."""

from dataclasses import replace
from datetime import date

import pytest

from onrecord.article import Article
from onrecord.span import Span
from onrecord.statement import LinkRole, Speaker, SpeakerKind, Statement, Via, ViaRole

FALK = Speaker("Jorun Falk", SpeakerKind.PERSON)
BRANDVOLD = Speaker("Tomas Brandvold", SpeakerKind.PERSON)
LEDGER = Via("Weyport Ledger", ViaRole.VENUE)
WEEKLY = Via("Tide Weekly", ViaRole.REPORTER)
PLAIN = Statement(content=(Span(0, 5),), speaker=FALK)


def chain(*statements: Statement, outlet: str | None = "Morning Post") -> list[tuple[str, str]]:
    """The names and roles along the chain of the last of an article's statements."""
    article = Article(id="rain", text="Rain.", outlet=outlet, published=date(2031, 1, 15), statements=statements)
    return [(link.name, link.role.value) for link in statements[-1].chain(article)]


def names(*statements: Statement, outlet: str | None = "Morning Post") -> list[str]:
    return [name for name, _ in chain(*statements, outlet=outlet)]


def test_a_plain_statement_goes_from_its_speaker_to_the_article() -> None:
    assert chain(PLAIN) == [("Jorun Falk", "speaker"), ("Morning Post", "article")]


def test_an_article_without_an_outlet_goes_by_its_id() -> None:
    assert chain(PLAIN, outlet=None)[-1] == ("rain", "article")


@pytest.mark.parametrize("via", [(LEDGER, WEEKLY), (WEEKLY, LEDGER)])
def test_the_venue_comes_before_the_reporter_in_whatever_order_the_text_has_them(via: tuple[Via, ...]) -> None:
    assert chain(replace(PLAIN, via=via)) == [
        ("Jorun Falk", "speaker"),
        ("Weyport Ledger", "venue"),
        ("Tide Weekly", "reporter"),
        ("Morning Post", "article"),
    ]


def test_an_inner_statement_goes_on_through_whoever_quotes_it_and_where_that_was_said() -> None:
    told = replace(PLAIN, via=(LEDGER,))
    inner = replace(PLAIN, speaker=BRANDVOLD, parent=0)
    assert chain(told, inner) == [
        ("Tomas Brandvold", "speaker"),
        ("Jorun Falk", "speaker"),
        ("Weyport Ledger", "venue"),
        ("Morning Post", "article"),
    ]


def test_an_inner_statement_has_its_own_vias_before_its_parents_speaker() -> None:
    told = replace(PLAIN, via=(LEDGER,))
    inner = replace(PLAIN, speaker=BRANDVOLD, via=(WEEKLY,), parent=0)
    assert names(told, inner) == ["Tomas Brandvold", "Tide Weekly", "Jorun Falk", "Weyport Ledger", "Morning Post"]


def test_the_chain_of_a_statement_two_levels_deep_has_everybody_in_between() -> None:
    report = replace(PLAIN, speaker=Speaker("January report", SpeakerKind.DOCUMENT))
    middle, inner = replace(PLAIN, parent=0), replace(PLAIN, speaker=BRANDVOLD, parent=1)
    assert names(report, middle, inner) == ["Tomas Brandvold", "Jorun Falk", "January report", "Morning Post"]


def test_a_speaker_that_is_not_known_is_no_link() -> None:
    assert names(replace(PLAIN, speaker=None)) == ["Morning Post"]
    assert names(replace(PLAIN, speaker=None, via=(WEEKLY,))) == ["Tide Weekly", "Morning Post"]
    assert names(replace(PLAIN, speaker=None), replace(PLAIN, parent=0)) == ["Jorun Falk", "Morning Post"]


@pytest.mark.parametrize("venue", ["rally", "statement", "news conference"])
def test_a_venue_without_a_name_is_no_link(venue: str) -> None:
    assert names(replace(PLAIN, via=(Via(venue, ViaRole.VENUE),))) == ["Jorun Falk", "Morning Post"]


def test_a_reporter_without_a_name_is_one() -> None:
    assert names(replace(PLAIN, via=(Via("court filing", ViaRole.REPORTER),))) == [
        "Jorun Falk",
        "court filing",
        "Morning Post",
    ]


def test_the_same_name_twice_in_a_row_is_one_link() -> None:
    ledger = Speaker("Weyport Ledger", SpeakerKind.OUTLET)
    told, reported = (
        replace(PLAIN, speaker=ledger),
        replace(PLAIN, via=(replace(LEDGER, role=ViaRole.REPORTER),), parent=0),
    )
    assert chain(told, reported) == [
        ("Jorun Falk", "speaker"),
        ("Weyport Ledger", "reporter"),
        ("Morning Post", "article"),
    ]
    assert names(replace(PLAIN, via=(LEDGER,)), outlet="Weyport Ledger") == ["Jorun Falk", "Weyport Ledger"]


def test_a_name_that_comes_back_later_is_a_link_of_its_own() -> None:
    inner = replace(PLAIN, parent=0)
    assert names(
        replace(PLAIN, speaker=BRANDVOLD, parent=None), inner, replace(inner, speaker=BRANDVOLD, parent=1)
    ) == [
        "Tomas Brandvold",
        "Jorun Falk",
        "Tomas Brandvold",
        "Morning Post",
    ]


def test_the_links_are_properly_spelt() -> None:
    misspelt = replace(FALK, name="Jorunn Falk", proper="Jorun Falk")
    via = Via("Weyport Leger", ViaRole.VENUE, proper="Weyport Ledger")
    assert names(replace(PLAIN, speaker=misspelt, via=(via,))) == ["Jorun Falk", "Weyport Ledger", "Morning Post"]


def test_a_link_is_of_one_of_four_roles() -> None:
    assert {role.value for role in LinkRole} == {"speaker", "venue", "reporter", "article"}
