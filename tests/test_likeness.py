"""Names in different articles: which are certainly one bearer's, which may be, and why."""

import pytest

from onrecord.reading.likeness import blocks, certain_key, kind_of_via, proper_name, reason
from onrecord.reading.roles import role_in, titled, walks_of
from onrecord.statement import SpeakerKind

PERSON, ORGANISATION, OUTLET = SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.OUTLET


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jorun Falk", "Mayor Jorun Falk"),
        ("José Pérez", "Jose Perez"),
        ("Anna-Lena Moor", "Anna Lena Moor"),
        ("Pope Sixtine", "Pope Sixtine"),
    ],
)
def test_one_full_name_is_certain_however_it_is_written(a: str, b: str) -> None:
    assert certain_key(a, PERSON) == certain_key(b, PERSON) is not None


@pytest.mark.parametrize("name", ["Falk", "Senator Falk", "Mr. Falk", "she", "Ada and Tom Lim"])
def test_a_name_that_does_not_tell_who_is_meant_is_not_certain(name: str) -> None:
    assert certain_key(name, PERSON) is None


def test_an_outlet_is_itself_under_any_form_that_the_list_has_and_the_times_is_none() -> None:
    assert certain_key("the BBC", OUTLET) == certain_key("BBC News", OUTLET) or certain_key("the BBC", OUTLET) == "bbc"
    assert certain_key("The Weyport Ledger", OUTLET) == certain_key("Weyport Ledger", OUTLET)
    assert certain_key("the Times", OUTLET) is None
    assert proper_name("Reuters news agency", OUTLET) == "Reuters"


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Benjamin Duforth", "Ben Duforth", "may be another form"),
        ("Benjamin Duforth", "B. Duforth", "the initial of “Benjamin”"),
        ("Jorun M. Falk", "Jorun Falk", "with “M” as well"),
        ("Jorun Falk", "Jorun Falck", "sound alike"),
        ("Lenka Duforth", "Lenka Duforh", "nearly alike"),
        ("Lenka Duforth", "Lena Duforth", "a letter apart"),
        ("Falk Jorun", "Jorun Falk", "in another order"),
        ("Anna-Lena Moor", "Annalena Moor", "the same letters"),
        ("Volodymyr Zorensky", "Vladimir Zorenskyy", "two spellings"),
    ],
)
def test_names_that_may_be_one_persons_are_found_and_it_is_said_why(a: str, b: str, why: str) -> None:
    assert blocks(a, PERSON) & blocks(b, PERSON)
    assert why in (reason(a, b, PERSON) or "")
    assert why in (reason(b, a, PERSON) or "")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jorun Falk", "Tomas Falk"),
        ("Paul Duforth", "Paula Duforth"),
        ("Jorun Falk Jr.", "Jorun Falk"),
        ("Ana Lim", "Ada Lim"),
        ("Jorun Falk", "Jorun Brandvold"),
    ],
)
def test_names_of_different_people_are_not_proposed(a: str, b: str) -> None:
    assert reason(a, b, PERSON) is None


def test_an_acronym_may_be_short_for_an_organisation() -> None:
    long = "Weyport Harbour Board"
    assert blocks("WHB", ORGANISATION) & blocks(long, ORGANISATION)
    assert reason("WHB", long, ORGANISATION) == f"“WHB” may be short for “{long}”"
    assert reason("Ministry of Tides", "Ministry of Gates", ORGANISATION) is None


def test_what_passes_words_on_is_told_by_its_name_or_not_at_all() -> None:
    assert kind_of_via("Reuters") is OUTLET
    assert kind_of_via("Alice Quandt") is PERSON
    assert kind_of_via("statement") is kind_of_via("Quandt") is None


@pytest.mark.parametrize(
    ("source", "name", "role"),
    [
        ("Mayor Jorun Falk", "Jorun Falk", "mayor"),
        ("Our engineer Tomas Brandvold", "Tomas Brandvold", "engineer"),
        ("former Ostmark Sen. Lenka Duforth", "Lenka Duforth", "former Ostmark senator"),
        ("Lenka Duforth, the minister of tides,", "Lenka Duforth", "minister of tides"),
        ("the mayor", "Jorun Falk", "mayor"),
        ("Mr. Falk", "Jorun Falk", None),
        ("she", "Lenka Duforth", None),
        ("Falk", "Jorun Falk", None),
        ("other senators", "Jorun Falk", None),
        ("", "Jorun Falk", None),
    ],
)
def test_the_words_beside_a_name_say_the_role(source: str, name: str, role: str | None) -> None:
    assert role_in(source, name) == role


def test_roles_belong_to_walks_of_life_and_most_tell_nothing() -> None:
    assert walks_of(["former Ostmark senator", "minister of tides"]) == {"politics"}
    assert walks_of(["engineer", "spokeswoman"]) == frozenset()
    assert titled("senator")
    assert not titled("aide to the mayor")
