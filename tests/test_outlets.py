"""The list of outlets, and whether words or an address name one of them."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.outlets import Outlet, OutletKind, all_outlets, candidates, outlet_at, outlet_like, outlet_named

DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")


def repeated(values: Iterable[str]) -> list[str]:
    """The values that are there more than once."""
    return [value for value, n in Counter(values).items() if n > 1]


def name_of(outlet: Outlet | None) -> str | None:
    return outlet.name if outlet else None


def test_no_two_outlets_share_a_name() -> None:
    assert not repeated(outlet.name.casefold() for outlet in all_outlets())


def test_no_two_outlets_share_a_domain() -> None:
    assert not repeated(domain for outlet in all_outlets() for domain in outlet.domains)


def test_every_alias_finds_its_outlet_and_no_other() -> None:
    lost = [
        (alias, outlet.name) for outlet in all_outlets() for alias in outlet.aliases if outlet_named(alias) != outlet
    ]
    assert not lost


def test_every_name_finds_its_outlet_where_one_is_meant() -> None:
    assert not [outlet.name for outlet in all_outlets() if outlet not in candidates(outlet.name)]


def test_every_ambiguous_alias_finds_its_outlet_but_only_where_one_is_meant() -> None:
    forms = [(alias, outlet) for outlet in all_outlets() for alias in outlet.ambiguous_aliases]
    assert not [(alias, outlet.name) for alias, outlet in forms if outlet not in candidates(alias)]
    assert not [(alias, outlet.name) for alias, outlet in forms if outlet_named(alias) is not None]


def test_every_domain_is_one_and_finds_its_outlet() -> None:
    domains = [(domain, outlet) for outlet in all_outlets() for domain in outlet.domains]
    assert not [domain for domain, _ in domains if not DOMAIN.fullmatch(domain) or domain.startswith("www.")]
    assert not [domain for domain, outlet in domains if outlet_at(f"https://www.{domain}/2025/06/05/") != outlet]


def test_every_country_code_is_two_letters() -> None:
    assert not [outlet.name for outlet in all_outlets() if not re.fullmatch("[A-Z]{2}", outlet.country)]


def test_only_programmes_have_a_broadcaster_and_it_is_in_the_list() -> None:
    names = {outlet.name for outlet in all_outlets()}
    aired = [outlet for outlet in all_outlets() if outlet.broadcaster]
    assert {outlet.kind for outlet in aired} == {OutletKind.PROGRAMME}
    assert not [outlet.name for outlet in aired if outlet.broadcaster not in names]


def test_no_name_in_lower_case_is_an_outlet() -> None:
    names = [outlet.name for outlet in all_outlets() if outlet.name != outlet.name.lower() and "." not in outlet.name]
    assert not [name for name in names if candidates(name.lower())]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("CNN", "CNN"),
        ("CNN’s", "CNN"),
        ("cnn.com", "CNN"),
        ("Newsweek.com", "Newsweek"),
        ("Yahoo.com", "Yahoo"),
        ("Brighteon", "Brighteon"),
        ("New York Times", "The New York Times"),
        ("the New York Times'", "The New York Times"),
        ("THE NEW YORK TIMES", "The New York Times"),
        ("The Economist", "The Economist"),
        ("USA TODAY", "USA Today"),
        ("POLITICO", "Politico"),
        ("Huffington Post", "HuffPost"),
        ("Western Journal", "The Western Journal"),
        ("Le Monde", "Le Monde"),
        ("Berliner Zeitung", "Berliner Zeitung"),
        ("El Pais", "El País"),
        ("Jyllands Posten", "Jyllands-Posten"),
        ("US News and World Report", "U.S. News & World Report"),
        ("Tass", "TASS"),
        ("Xinhua news agency", "Xinhua"),
        ("taz", "die tageszeitung"),
        ("Fox and Friends", "Fox & Friends"),
        ("Time magazine", "Time"),
        ("The Hill newspaper’s", "The Hill"),
        ("Barron's magazine", "Barron's"),
        ("ABC’s This Week", "This Week (ABC)"),
        ("NBC's Today", "Today (NBC)"),
        ("BBC Radio 4’s Today", "Today (BBC Radio 4)"),
        ("Fox News’ Hannity", "Hannity"),
        ("Twitter", "Twitter"),
    ],
)
def test_an_outlet_is_named_whatever_stands_around_its_name(words: str, name: str) -> None:
    assert name_of(outlet_named(words)) == name


@pytest.mark.parametrize(
    "words",
    [
        "time",
        "today",
        "the guardian",
        "fox news",
        "60 minutes",
        "Wall Street journal",
        "Err",
        "Rai",
        "Blindspot",
        "Fox",
        "Post reporter",
        "News",
        "the",
        "",
        "’s",
        "...",
    ],
)
def test_what_is_no_outlet_s_name_is_none(words: str) -> None:
    assert outlet_named(words) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Time", "Time"),
        ("Time’s", "Time"),
        ("Barron's", "Barron's"),
        ("The Hill", "The Hill"),
        ("the Hill", "The Hill"),
        ("People", "People"),
        ("Economist", "The Economist"),
        ("Bloomberg", "Bloomberg News"),
        ("X", "Twitter"),
    ],
)
def test_an_ambiguous_name_counts_where_an_outlet_is_meant(words: str, name: str) -> None:
    assert outlet_named(words) is None
    assert name_of(outlet_named(words, in_context=True)) == name


@pytest.mark.parametrize("words", ["time", "people", "the hill", "The hill", "Hill", "State", "New York"])
def test_an_ordinary_word_is_no_outlet_even_where_one_is_meant(words: str) -> None:
    assert not candidates(words)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("the Times", {"The Times", "The New York Times", "Los Angeles Times", "The Irish Times"}),
        ("Post", {"The Washington Post", "New York Post", "The Denver Post"}),
        ("Today", {"Today (NBC)", "Today (BBC Radio 4)"}),
        ("ABC", {"ABC (United States)", "ABC (Australia)", "ABC (Spain)"}),
    ],
)
def test_between_namesakes_nothing_is_chosen(words: str, names: set[str]) -> None:
    assert outlet_named(words, in_context=True) is None
    assert {outlet.name for outlet in candidates(words)} >= names


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://edition.cnn.com/2025/06/05/politics", "CNN"),
        ("BBC.co.uk:443/news", "BBC"),
        ("www.lemonde.fr.", "Le Monde"),
        ("https://news.yahoo.com/story.html", "Yahoo News"),
        ("http://abcnews.go.com/US", "ABC News"),
        ("go.com", None),
        ("notcnn.com", None),
        ("news@cnn.com", None),
        ("the cnn.com", None),
        ("http://[cnn.com", None),
        ("com", None),
        ("", None),
    ],
)
def test_an_address_belongs_to_the_outlet_with_its_domain(address: str, name: str | None) -> None:
    assert name_of(outlet_at(address)) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Berliner Zietung", "Berliner Zeitung"),
        ("the Washinton Post", "The Washington Post"),
        ("Huffingtin Post’s", "HuffPost"),
        ("WALL STREET JORUNAL", "The Wall Street Journal"),
        ("Frankfurter Algemeine Zeitung", "Frankfurter Allgemeine Zeitung"),
        ("Sidney Mroning Herald", "The Sydney Morning Herald"),
        ("Kyiv Indepedent", "The Kyiv Independent"),
        ("Associted Press", "The Associated Press"),
    ],
)
def test_a_misspelt_name_is_recognised(words: str, name: str) -> None:
    assert outlet_named(words) is None
    assert name_of(outlet_like(words)) == name


@pytest.mark.parametrize(
    "words",
    [
        "Berliner Zeitung",
        "Berner Zeitung",
        "Berliner Leitung",
        "Berliner Zietungen",
        "berliner zietung",
        "Berliner",
        "Daily Mews",
        "Guardians",
        "Politics",
        "Blomberg",
        "Brighton",
        "Westwood",
        "Boston Heralds",
        "New York Tomes",
        "The Washington Pest",
        "The Post",
        "",
    ],
)
def test_a_right_name_and_a_near_one_are_no_misspelling(words: str) -> None:
    assert outlet_like(words) is None


def test_no_outlet_s_name_is_taken_for_another_one_misspelt() -> None:
    assert not [outlet.name for outlet in all_outlets() if outlet_like(outlet.name)]


@settings(deadline=None)  # the first question reads the list
@given(st.text(alphabet=st.sampled_from("ABCab 's’.&@/:[]\n日é") | st.characters()))
def test_no_text_is_too_odd_to_ask_about(words: str) -> None:
    assert outlet_named(words) is None or outlet_named(words) in candidates(words)
    assert outlet_at(words) in {None, *all_outlets()}
    assert outlet_like(words) is None


def test_importing_the_list_neither_reads_it_nor_loads_what_compares_letters() -> None:
    program = (
        "import sys, onrecord.outlets as o; print('rapidfuzz' in sys.modules, o.all_outlets.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "0"]
