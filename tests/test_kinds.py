"""What a source phrase is about, how it is called, what kind of speaker it means, and what pronouns tell."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.kinds import (
    PRONOUNS,
    described,
    gender_of,
    head_noun,
    is_role,
    kind_of_name,
    kind_of_phrase,
    number_of,
)
from onrecord.reading.named import NameKind
from onrecord.reading.pronouns import Gender, Number, pronoun_of
from onrecord.reading.wordlists import lines, phrases, words
from onrecord.statement import SpeakerKind

PHRASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "source_phrases.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]
WORDS = st.sampled_from(
    "a the those one of in two-thirds voters aide who said, 's ( released Friday and poll Tide’s “open” 401(k)".split()
)


@pytest.mark.parametrize("case", PHRASES, ids=[case["phrase"] for case in PHRASES])
def test_a_phrase_is_read_as_the_case_says(case: dict[str, str]) -> None:
    phrase = case["phrase"]
    assert head_noun(phrase) == case["head"]
    assert described(phrase) == case["described"]
    assert kind_of_phrase(phrase) is SpeakerKind(case["kind"])
    assert number_of(phrase) is Number(case["number"])


@given(phrase=st.text() | st.lists(WORDS).map(" ".join))
def test_any_phrase_is_read(phrase: str) -> None:
    assert len(described(phrase)) <= len(phrase)
    assert isinstance(kind_of_phrase(phrase), SpeakerKind)
    assert isinstance(gender_of(phrase), Gender)
    assert isinstance(number_of(phrase), Number)
    assert isinstance(is_role(head_noun(phrase)), bool)
    for name_kind in NameKind:
        assert isinstance(kind_of_name(phrase, name_kind), SpeakerKind)


@pytest.mark.parametrize(
    ("name", "name_kind", "kind"),
    [
        ("Lenka Duforth", NameKind.PERSON, SpeakerKind.PERSON),
        ("Duforth Foundation", NameKind.PERSON, SpeakerKind.ORGANISATION),
        ("Ostmark Harbour Board", NameKind.ORGANISATION, SpeakerKind.ORGANISATION),
        ("Ostmark", NameKind.PLACE, SpeakerKind.ORGANISATION),
        ("Odeby Observer", NameKind.ORGANISATION, SpeakerKind.OUTLET),
        ("the Washington Post", NameKind.PERSON, SpeakerKind.OUTLET),
        ("Time", NameKind.ORGANISATION, SpeakerKind.OUTLET),
        ("Time", NameKind.OTHER, SpeakerKind.ORGANISATION),
        ("the Post", NameKind.ORGANISATION, SpeakerKind.OUTLET),
        ("Facebook", NameKind.ORGANISATION, SpeakerKind.ORGANISATION),
        ("Ostmark News Agency", NameKind.ORGANISATION, SpeakerKind.OUTLET),
        ("Ostmark Police Agency", NameKind.ORGANISATION, SpeakerKind.ORGANISATION),
        ("Safe Ferries Act", NameKind.OTHER, SpeakerKind.DOCUMENT),
        ("Hask v. Ostmark", NameKind.OTHER, SpeakerKind.DOCUMENT),
        ("Odeby University Poll", NameKind.ORGANISATION, SpeakerKind.DOCUMENT),
        ("Ostmarkers", NameKind.OTHER, SpeakerKind.UNNAMED),
        ("Republican", NameKind.OTHER, SpeakerKind.UNNAMED),
        ("Committee on Ferries", NameKind.OTHER, SpeakerKind.ORGANISATION),
        ("Tidewatch", NameKind.OTHER, SpeakerKind.ORGANISATION),
        ("", NameKind.OTHER, SpeakerKind.ORGANISATION),
    ],
)
def test_a_name_is_of_a_kind(name: str, name_kind: NameKind, kind: SpeakerKind) -> None:
    assert kind_of_name(name, name_kind) is kind


@pytest.mark.parametrize(
    ("phrase", "gender"),
    [
        ("the spokeswoman for the harbour", Gender.SHE),
        ("a spokesman", Gender.HE),
        ("two congresswomen", Gender.SHE),
        ("his mother", Gender.SHE),
        ("the king", Gender.HE),
        ("the freshman", Gender.UNKNOWN),
        ("a German", Gender.UNKNOWN),
        ("the senator", Gender.UNKNOWN),
        ("Mrs. Hask's lawyer", Gender.UNKNOWN),
        ("Mrs. Hask", Gender.SHE),
        ("her", Gender.SHE),
        ("himself", Gender.HE),
        ("it", Gender.IT),
        ("who", Gender.UNKNOWN),
        ("", Gender.UNKNOWN),
    ],
)
def test_a_noun_a_title_or_a_pronoun_tells_he_or_she(phrase: str, gender: Gender) -> None:
    assert gender_of(phrase) is gender


@pytest.mark.parametrize("noun", ["minister", "Senator", "attorney general", "moderators", "reporter", "61-year-old"])
def test_a_role_can_point_to_somebody_named(noun: str) -> None:
    assert is_role(noun)


@pytest.mark.parametrize("noun", ["people", "poll", "company", "newspaper", "voyage", "percent", ""])
def test_other_nouns_point_to_nobody_named(noun: str) -> None:
    assert not is_role(noun)


def test_pronouns_tell_person_and_number() -> None:
    assert PRONOUNS["i"].person == PRONOUNS["we"].person == 1
    assert PRONOUNS["us"].number is Number.PLURAL
    assert PRONOUNS["you"].person == 2
    assert pronoun_of(" He ") == PRONOUNS["he"]
    assert pronoun_of("They,") == PRONOUNS["they"]
    assert pronoun_of("he said") is None
    assert pronoun_of("") is None


def test_no_noun_stands_in_the_list_twice() -> None:
    listed = [noun for line in lines("source_nouns") for noun in line.partition(": ")[2].split(", ")]
    assert sorted(set(listed)) == sorted(listed)


def test_every_list_has_only_words_in_lower_case() -> None:
    assert all(noun == noun.lower() for noun in phrases("source_nouns"))
    assert all(word == word.lower() for word in words("titles", "always", "before", "name", "he", "she"))
