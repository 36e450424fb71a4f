"""Who is who: forms of one name put together, and names that merely look alike kept apart."""

import re

import pytest

from onrecord.quotations import quotations, quoted
from onrecord.reading.identities import MANY, Identities, Identity
from onrecord.reading.named import Name, NameKind
from onrecord.reading.pronouns import Gender
from onrecord.span import Span

MARKED = re.compile(r"<(\w):([^<>]*)>")
KINDS = {"p": NameKind.PERSON, "o": NameKind.ORGANISATION, "l": NameKind.PLACE, "x": NameKind.OTHER}


def read(marked: str) -> tuple[Identities, list[Name]]:
    """The identities of the names in marks ("<p:Falk> left" has a person), and these names."""
    text, names, done = "", list[Name](), 0
    for match in MARKED.finditer(marked):
        text += marked[done : match.start()]
        names.append(Name(Span(len(text), len(text) + len(match[2])), KINDS[match[1]]))
        text, done = text + match[2], match.end()
    text += marked[done:]
    return Identities(text, names, quoted=quoted(len(text), quotations(text))), names


def named(marked: str) -> list[str]:
    """For each name in marks the one that its identity goes by."""
    identities, names = read(marked)
    found = [identities.of(name.span) for name in names]
    return [identity.name for identity in found if identity]


def only(marked: str) -> Identity:
    """The one identity of all names in marks."""
    identities, names = read(marked)
    (identity,) = identities.all
    assert all(identities.of(name.span) is identity for name in names)
    return identity


@pytest.mark.parametrize(
    "marked",
    [
        "<p:Tilda Falk> left. <p:Falk> said so.",
        "<p:Falk> left. <p:Tilda Falk>, the mayor, said so.",
        "<p:Tilda Falk> left, and <p:Tilda> said so.",
        "<p:Tilda Falk> left. <p:T. Falk> said so.",
        "<p:Tilda Falk> left. <p:Falk’s> crew stayed.",
        "<p:TILDA FALK> left. <p:Tilda Falk> said so.",
        "<p:Tilda Falk> left. <x:Falk> said so.",
        "<p:Tilda\nFalk> left. <p:Tilda  Falk> said so.",
    ],
)
def test_forms_of_one_name_are_one_person_by_the_fullest(marked: str) -> None:
    assert only(marked).name == "Tilda Falk"


def test_two_people_of_one_family_name_stay_two() -> None:
    marked = "<p:Tilda Falk> met <p:Jorun Falk>. <p:Tilda> left, <p:Jorun> stayed."
    assert named(marked) == ["Tilda Falk", "Jorun Falk", "Tilda Falk", "Jorun Falk"]


def test_a_family_name_that_fits_two_is_whose_full_name_stands_most_often() -> None:
    marked = "<p:Tilda Falk> met <p:Jorun Falk>. <p:Tilda Falk> left. <p:Jorun> waved. <p:Falk> said so."
    assert named(marked)[-1] == "Tilda Falk"


def test_of_two_as_often_named_it_is_the_last_before_it() -> None:
    marked = "<p:Falk> left. <p:Tilda Falk> met <p:Jorun Falk>. <p:Falk> said so."
    assert named(marked) == ["Tilda Falk", "Tilda Falk", "Jorun Falk", "Jorun Falk"]
    identities, names = read(marked)
    assert all(len(identities.rivals(names[i].span)) == 2 for i in (0, 3))


def test_those_whom_a_short_name_fits_are_rivals() -> None:
    identities, names = read("<p:Tilda Falk> met <p:Jorun Falk> and <p:Ines Quill>. <p:Falk> and <p:Quill> left.")
    assert {identity.name for identity in identities.rivals(names[3].span)} == {"Tilda Falk", "Jorun Falk"}
    assert all(not identities.rivals(name.span) for name in [*names[:3], names[4]])


def test_a_title_tells_a_man_from_a_woman_of_his_name() -> None:
    marked = "<p:Mr. Falk> met <p:Mrs. Falk>."
    identities, _ = read(marked)
    assert len(identities.all) == 2


@pytest.mark.parametrize(
    "marked",
    [
        "<p:Tilda Falk> met <p:Tilda Quill>.",
        "<p:Tilda Falk> met <p:Ines Falk>.",
        "<p:Tilda Falk> left <l:Weyport>.",
        "The <o:Ministry of Defence> met the <o:Ministry of Finance>.",
        "<p:Tilda Falk> left the <o:Falk Foundation>.",
        "The <o:Weyport Council> met the <o:Ostmark Council>.",
        "The <o:WHB> met the <o:Weyport Harbour Alliance>.",
    ],
)
def test_names_that_merely_look_alike_stay_two(marked: str) -> None:
    identities, names = read(marked)
    assert len(identities.all) == 2
    assert identities.of(names[0].span) is not identities.of(names[1].span)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("The <o:Weyport Harbour Board> met. The <o:WHB> voted.", "Weyport Harbour Board"),
        ("The <o:WHB> met. The <o:Weyport Harbour Board> voted.", "Weyport Harbour Board"),
        ("The <o:W.H.B.> met. The <o:Weyport Harbour Board> voted.", "Weyport Harbour Board"),
        ("The <o:Department of Tides> met. The <o:Tides Department> voted.", "Department of Tides"),
        ("<o:Falk Ropes Ltd.> paid. <o:Falk Ropes> said so.", "Falk Ropes Ltd."),
    ],
)
def test_an_acronym_and_another_order_are_the_same_body(marked: str, name: str) -> None:
    assert only(marked).name == name


def test_an_outlet_named_in_full_is_meant_by_its_last_word() -> None:
    assert only("The <o:Berliner Zeitung> wrote so. The <o:Zeitung> has it from Falk.").name == "Berliner Zeitung"


def test_a_last_word_that_two_outlets_share_is_neither() -> None:
    marked = "The <o:Berliner Zeitung> and the <o:Süddeutsche Zeitung> wrote so. The <o:Zeitung> has it from Falk."
    assert named(marked)[-1] == "Zeitung"


def test_another_body_is_not_meant_by_its_last_word() -> None:
    assert named("The <o:Weyport Alliance> met. The <o:Alliance> voted.")[-1] == "Alliance"


@pytest.mark.parametrize(
    ("marked", "gender"),
    [
        ("<p:Clara Falk> left.", Gender.SHE),
        ("<p:Boris Falk> left.", Gender.HE),
        ("<p:Tildo Falk> left.", Gender.UNKNOWN),
        ("Mrs. <p:Falk> left.", Gender.SHE),
        ("<p:Mr. Falk> left.", Gender.HE),
        ("<p:Tildo Falk> left. Congresswoman <p:Falk> said so.", Gender.SHE),
        ("<p:Clara Falk> left. Mrs. <p:Falk> said so.", Gender.SHE),
        ("<p:Falk> left. <p:Boris Falk> said so.", Gender.HE),
        ("Mr. <p:Clara Falk> left.", Gender.UNKNOWN),
        ("Mayor <p:Falk> left.", Gender.UNKNOWN),
    ],
)
def test_titles_and_given_names_tell_a_man_or_a_woman(marked: str, gender: Gender) -> None:
    assert only(marked).gender is gender


def test_the_article_s_own_form_is_preferred_to_a_quotation_s() -> None:
    marked = "<p:Tilda Falk> left. “<p:Tilda Ebba Falk> is my friend,” Quill said."
    assert only(marked).name == "Tilda Falk"


def test_a_name_in_quotations_only_goes_by_its_form_there() -> None:
    identity = only("“I met <p:Tilda Falk>, and <p:Falk> left,” she said.")
    assert identity.name == "Tilda Falk"
    assert identity.own == [False, False]


def test_a_family_name_of_the_article_s_own_takes_the_full_form_of_a_quotation() -> None:
    assert only("<p:Falk> left. “<p:Tilda Falk> is my friend,” Quill said.").name == "Tilda Falk"


def test_an_identity_has_every_form_and_place() -> None:
    identities, names = read("<p:Tilda Falk> left. <p:Falk> said so, and <p:Falk> went.")
    (identity,) = identities.all
    assert sorted(identity.spans) == [name.span for name in names]
    assert identity.forms == ["Tilda Falk", "Falk", "Falk"]


def test_a_span_that_is_no_name_s_has_no_identity() -> None:
    identities, _ = read("<p:Tilda Falk> left.")
    assert identities.of(Span(0, 5)) is None
    assert identities.rivals(Span(0, 5)) == ()
    assert Identities("", [], quoted=bytearray()).all == []


def test_among_very_many_names_the_forms_of_one_are_still_found() -> None:
    syllables = "ba de fi go hu ka le mi no pu ra se ti vo zu wa ye".split()
    others = [f"{a}{b}nor".capitalize() + f" {b}{a}lund".title() for a in syllables for b in syllables if a < b]
    others += [f"{a}{a}{b}t".capitalize() + f" {b}{b}{a}rsk".title() for a in syllables for b in syllables]
    marked = " met ".join(f"<p:{name}>" for name in others) + ". <p:Tilda Falk> left. <p:Falk> said so."
    identities, names = read(marked)
    assert len(identities.all) > MANY
    assert identities.of(names[-1].span) is identities.of(names[-2].span)


def test_a_title_chooses_between_two_of_one_family_name() -> None:
    marked = "<p:Edwin Rask> met <p:Clara Rask>. Ms <p:Rask> said no, and Mr <p:Rask> nodded."
    assert named(marked)[2:] == ["Clara Rask", "Edwin Rask"]
    assert named("<p:Edwin Rask> met <p:Ottilie Rask>. <p:Ms Rask> said no.")[2:] == ["Ottilie Rask"]
