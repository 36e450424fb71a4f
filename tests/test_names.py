"""What a name is without what stands around it, which names are the same one, and which is the fullest."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.names import Fit, bare, fits, fullest, honorific_gender, key, same_organisation
from onrecord.reading.pronouns import Gender

FITS = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "name_fits.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]
NAME_PARTS = st.sampled_from(
    "Lenka Duforth Hask Jr. Sen. the van de Kronvik-Ebbeke O'Dell J. JD “Jo” (R-Od.) , of 's [Ida] José Mr. II".split()
)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Sen. Lenka Duforth of Ostmark", "Lenka Duforth"),
        ("President [Anselm] Hask", "Anselm Hask"),
        ("Oskar 'Jack' Tarrant", "Oskar Tarrant"),
        ("Oskar “Jack” Tarrant", "Oskar Tarrant"),
        ("Oskar Luther Tarrant Jr.", "Oskar Luther Tarrant Jr."),
        ("Oskar Tarrant, Jr., R-Od.,", "Oskar Tarrant, Jr."),
        ("Duforth’s", "Duforth"),
        ("DUFORTH'S", "DUFORTH"),
        ("Symonds'", "Symonds"),
        ("Rep. Lenka Duforth (R-Od.)", "Lenka Duforth"),
        ("Rep. Lenka Duforth, R-Od.", "Lenka Duforth"),
        ("“Lenka Duforth,”", "Lenka Duforth"),
        ("Ostmark Lt. Gov. Lenka Duforth", "Lenka Duforth"),
        ("Former Ostmark Gov. Lenka Duforth", "Lenka Duforth"),
        ("Then-Secretary Duforth", "Duforth"),
        ("ex-President Duforth", "Duforth"),
        ("Secretary of State Lenka Duforth", "Lenka Duforth"),
        ("Falkland’s Lenka Duforth", "Lenka Duforth"),
        ("the Rev. Al Brandl", "Al Brandl"),
        ("Dr. Oskar J. Tarrant, M.D.", "Oskar J. Tarrant"),
        ("Oskar J. Tarrant MD", "Oskar J. Tarrant"),
        ("Pope Anselm", "Pope Anselm"),
        ("Queen Dora II", "Queen Dora II"),
        ("Crown Prince Samir bin Odeh", "Samir bin Odeh"),
        ("Dean Hask", "Dean Hask"),
        ("Dean Dora Hask", "Dora Hask"),
        ("Lenka\n  Duforth.", "Lenka Duforth"),
        ("G.K. Tarrant", "G.K. Tarrant"),
        ("Franz K.", "Franz K."),
        ("Malcolm Q", "Malcolm Q"),
        ("Sana’a", "Sana’a"),
        ("O'Dell's", "O'Dell"),
        ("Jose\u0301 Oduya", "Jose\u0301 Oduya"),
        ("President", "President"),
        ("Supreme Court of Ostmark", "Supreme Court of Ostmark"),
        ("", ""),
        (" \n", ""),
        ("()", ""),
    ],
)
def test_a_bare_name_has_no_title_and_nothing_beside_it(name: str, own: str) -> None:
    assert bare(name) == own


def test_a_key_has_neither_case_nor_accents_nor_marks() -> None:
    assert key("Dr. José O’Dell-Øster Jr.") == ("jose", "odell", "oster", "jr")
    assert key("Jose\u0301") == key("José") == ("jose",)
    assert key("J.D. Hask") == key("JD Hask") == ("j", "d", "hask")
    assert key("JD HASK") == ("jd", "hask")
    assert key("Mr.") == ("mr",)
    assert key("") == ()


@pytest.mark.parametrize("case", FITS, ids=[f"{case['a']} and {case['b']}" for case in FITS])
def test_two_names_fit_as_the_case_says_in_either_order(case: dict[str, str]) -> None:
    assert fits(case["a"], case["b"]) is fits(case["b"], case["a"]) is Fit[case["fit"]]


def test_the_cases_have_every_fit() -> None:
    assert {case["fit"] for case in FITS} == set(Fit.__members__)


@given(name=st.text())
def test_every_name_with_a_letter_or_digit_fits_itself(name: str) -> None:
    assert fits(name, name) is (Fit.FULL if key(name) else Fit.NONE)


@given(a=st.lists(NAME_PARTS).map(" ".join), b=st.lists(NAME_PARTS).map(" ".join))
def test_any_two_names_are_compared(a: str, b: str) -> None:
    assert fits(a, b) is fits(b, a)
    assert same_organisation(a, b) is same_organisation(b, a)
    assert len(fullest([a, b])) <= max(len(a), len(b))


@given(name=st.text())
def test_a_bare_name_is_never_longer_and_stays_what_it_is(name: str) -> None:
    assert len(bare(name)) <= len(name)
    assert isinstance(honorific_gender(name), Gender)
    assert isinstance(fullest([name]), str)


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Mr. Hask", Gender.HE),
        ("Mrs. Hask", Gender.SHE),
        ("Former Congresswoman Dora Hask", Gender.SHE),
        ("Rep. Mr. Hask", Gender.HE),
        ("Dr. Hask", Gender.UNKNOWN),
        ("Dora Hask", Gender.UNKNOWN),
        ("Mr.", Gender.UNKNOWN),
        ("", Gender.UNKNOWN),
    ],
)
def test_a_title_tells_he_or_she(name: str, gender: Gender) -> None:
    assert honorific_gender(name) is gender


@pytest.mark.parametrize(
    ("names", "full"),
    [
        (["Duforth", "Sen. Lenka Duforth", "Lenka"], "Lenka Duforth"),
        (["Lenka Duforth", "Lenka Marsh Duforth's"], "Lenka Marsh Duforth"),
        (["HASK", "Hask"], "Hask"),
        (["LENKA DUFORTH"], "Lenka Duforth"),
        (["LENKA McBRIDE", "MCBRIDE"], "LENKA McBRIDE"),
        (["LENKA MCBRIDE"], "Lenka McBride"),
        (["LENKA DELACOUR", "DeLaCour"], "Lenka DeLaCour"),
        (["J.D. O'DELL-HASK III"], "J.D. O'Dell-Hask III"),
        (["Bill Tarrant", "William Tarrant"], "William Tarrant"),
        (["", " "], ""),
        ([], ""),
    ],
)
def test_the_fullest_name_is_chosen_and_printed_as_names_are(names: list[str], full: str) -> None:
    assert fullest(names) == full


def test_a_body_keeps_its_capitals_and_all_its_words() -> None:
    assert fullest(["OBR", "OBR NEWS"], person=False) == "OBR NEWS"
    assert fullest(["the Board", "Board of Trade of Ostmark's"], person=False) == "Board of Trade of Ostmark"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("the OBR", "Ostmark Bureau of Roads"),
        ("O.B.R.", "OBR"),
        ("Ostmark Bureau of Roads", "the Ostmark Bureau of Roads’"),
        ("U.S. Department of Justice", "Justice Department"),
        ("DOJ", "Justice Department"),
        ("DoJ", "Department of Justice"),
        ("HHS", "Department of Health & Human Services"),
        ("Ministry of Defence", "Defense Ministry"),
        ("USDA", "United States Department of Agriculture"),
        ("U.S.", "United States"),
        ("GOP", "the Republican Party"),
        ("Pentagon", "Defense Department"),
        ("Quayside Works GmbH", "Quayside Works"),
        ("Quayside Works, Inc.", "Quayside Works Co. Ltd."),
        ("World Tide Organisation", "World Tide Organization"),
        ("Hask campaign", "Dora Hask’s campaign"),
        ("Supreme Court", "U.S. Supreme Court"),
        ("Órga Nova", "Orga Nova"),
    ],
)
def test_two_names_are_one_organisations(a: str, b: str) -> None:
    assert same_organisation(a, b)
    assert same_organisation(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ministry of Defence", "Ministry of Finance"),
        ("Supreme Court", "Ostmark Supreme Court"),
        ("Hask campaign", "Duforth campaign"),
        ("campaign", "Hask campaign"),
        ("OBR", "Ostmark Board of Trade"),
        ("Quayside Works", "Quayside"),
        ("US News", "News"),
        ("the", "The"),
        ("Inc.", "Ltd."),
        ("", ""),
    ],
)
def test_two_names_are_not_one_organisations(a: str, b: str) -> None:
    assert not same_organisation(a, b)
