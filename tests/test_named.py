"""Names from label scores: words joined and parted, made whole, found again, and kept from being common nouns."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.quotations import lines
from onrecord.reading.decode import Floats
from onrecord.reading.encoder import OWN_MODEL
from onrecord.reading.labels import NAMES
from onrecord.reading.named import NameKind, names_of
from onrecord.reading.pieces import Pieces, pieces_of
from onrecord.span import Span, trimmed

MARKED = re.compile(r"<(\w):([^<>]*)>")
KINDS = {"p": "person", "o": "organisation", "l": "place", "x": "other"}
Found = list[tuple[str, str]]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """The tokenizer that belongs to the model."""
    return Tokenizer.from_file(str(OWN_MODEL / "tokenizer.json"))


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text whose lines are its paragraphs."""
    spans = [span for line in lines(text) if (span := trimmed(text, start=line.start, end=line.end))]
    return pieces_of(text, tokenizer, paragraphs=spans, quotations=[])


def unmarked(marked: str) -> tuple[str, list[tuple[Span, str]]]:
    """The text without its marks, and the spans in marks with their kinds: "<p:Falk> left" has a person."""
    text, spans, done = "", list[tuple[Span, str]](), 0
    for match in MARKED.finditer(marked):
        text += marked[done : match.start()]
        spans.append((Span(len(text), len(text) + len(match[2])), KINDS[match[1]]))
        text, done = text + match[2], match.end()
    return text + marked[done:], spans


def scored(pieces: Pieces, spans: list[tuple[Span, str]]) -> Floats:
    """Scores by which the words in the spans have their labels: B- in a span's first piece, I- in the others."""
    labels = np.zeros(len(pieces), dtype=np.int64)
    for span, kind in spans:
        inside = np.flatnonzero((pieces.start >= span.start) & (pieces.end <= span.end))
        labels[inside] = NAMES.index(f"I-{kind}")
        labels[inside[:1]] = NAMES.index(f"B-{kind}")
    scores = np.full((len(pieces), len(NAMES)), -5.0, dtype=np.float32)
    scores[np.arange(len(pieces)), labels] = -0.1
    return scores


def found(marked: str, tokenizer: Tokenizer) -> Found:
    """The names that are read where the head has marked these, each with its kind."""
    text, spans = unmarked(marked)
    pieces = cut(text, tokenizer)
    return [(name.span.of(text), name.kind.value) for name in names_of(text, pieces, scored(pieces, spans))]


def of_persons(*names: str) -> Found:
    return [(name, "person") for name in names]


def test_each_marked_span_is_a_name_of_its_kind(tokenizer: Tokenizer) -> None:
    marked = "<p:Tilda Falk> of the <o:Harbour Alliance> left <l:Weyport> for the <x:Gull Games>."
    expected = [
        ("Tilda Falk", "person"),
        ("Harbour Alliance", "organisation"),
        ("Weyport", "place"),
        ("Gull Games", "other"),
    ]
    assert found(marked, tokenizer) == expected


def test_names_that_touch_stay_two(tokenizer: Tokenizer) -> None:
    assert found("<l:Weyport> <p:Tilda Falk> left", tokenizer) == [("Weyport", "place"), ("Tilda Falk", "person")]
    assert found("<p:Tilda Falk> <p:Jorun Quill> left", tokenizer) == of_persons("Tilda Falk", "Jorun Quill")


def test_a_name_that_begins_in_its_middle_is_a_name(tokenizer: Tokenizer) -> None:
    text = "So Tilda Falk left"
    pieces = cut(text, tokenizer)
    scores = scored(pieces, [(Span(3, 13), "person")])
    scores[scores.argmax(axis=1) == NAMES.index("B-person"), NAMES.index("I-person")] = 0.0
    assert [name.span.of(text) for name in names_of(text, pieces, scores)] == ["Tilda Falk"]


def test_a_word_of_another_kind_begins_another_name(tokenizer: Tokenizer) -> None:
    text = "Weyport Falk left"
    pieces = cut(text, tokenizer)
    scores = scored(pieces, [(Span(0, 7), "place"), (Span(8, 12), "person")])
    scores[scores.argmax(axis=1) == NAMES.index("B-person"), NAMES.index("I-person")] = 0.0
    names = names_of(text, pieces, scores)
    assert [(name.span.of(text), name.kind) for name in names] == [
        ("Weyport", NameKind.PLACE),
        ("Falk", NameKind.PERSON),
    ]


def test_only_a_word_s_first_piece_has_a_say(tokenizer: Tokenizer) -> None:
    text = "So Kronvikssund left"
    pieces = cut(text, tokenizer)
    scores = scored(pieces, [(Span(3, 15), "place")])
    scores[~pieces.first, NAMES.index("O")] = 1.0
    assert (~pieces.first).any()
    assert [name.span.of(text) for name in names_of(text, pieces, scores)] == ["Kronvikssund"]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("<p:Tilda Falk>-<p:Quill> left", ["Tilda Falk-Quill"]),
        ("Tilda <p:Kronvik>-<p:Ebbeke> left", ["Kronvik-Ebbeke"]),
        ("Anne-<p:Brit Falk> left", ["Anne-Brit Falk"]),
        ("Éve-<p:Brit Falk> left", ["Éve-Brit Falk"]),
        ("<p:O>’<p:Dorn>", ["O", "Dorn"]),
        ("<p:O’Dorn> left", ["O’Dorn"]),
    ],
)
def test_the_halves_at_a_hyphen_are_one_name(tokenizer: Tokenizer, marked: str, names: list[str]) -> None:
    assert found(marked, tokenizer) == of_persons(*names)


def test_a_hyphen_between_names_of_two_kinds_parts_them(tokenizer: Tokenizer) -> None:
    assert found("the <o:Falk>-<l:Weyport> line", tokenizer) == [("Falk", "organisation"), ("Weyport", "place")]


def test_an_inserted_given_name_belongs_to_the_name_behind_it(tokenizer: Tokenizer) -> None:
    assert found("“[<p:Jorun>] <p:Falk> left,” she said", tokenizer) == of_persons("Jorun] Falk")


def test_a_bracket_before_another_s_name_joins_nothing(tokenizer: Tokenizer) -> None:
    assert found("(<p:Jorun>) <p:Falk> left", tokenizer) == of_persons("Jorun", "Falk")
    places = [("Weyport", "place"), ("Ostmark", "place")]
    assert found("[<l:Weyport>] <l:Ostmark> voted", tokenizer) == places


@pytest.mark.parametrize(
    ("marked", "name"),
    [("So J<p:. Falk> left", "J. Falk"), ("So J.K<p:. Falk> left", "J.K. Falk"), ("J<p:. Falk> left", "J. Falk")],
)
def test_initials_that_were_cut_off_belong_to_the_name(tokenizer: Tokenizer, marked: str, name: str) -> None:
    assert found(marked, tokenizer) == of_persons(name)


@pytest.mark.parametrize("marked", ["The wall of J <p:Falk> left", "The MJ.<p:Falk> left", "The half-<p:Falk> left"])
def test_other_letters_before_a_name_do_not(tokenizer: Tokenizer, marked: str) -> None:
    assert found(marked, tokenizer) == of_persons("Falk")


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("So Clara <p:Falk> left", "Clara Falk"),
        ("Boris\n<p:Falk> left", "Boris\nFalk"),
        ("So Mayor <p:Falk> left", "Falk"),
        ("So clara <p:Falk> left", "Falk"),
        ("So Tilda <p:Falk> left", "Falk"),
        ("So Clara, <p:Falk> and I left", "Falk"),
    ],
)
def test_a_given_name_that_stands_before_a_person_s_is_part_of_it(tokenizer: Tokenizer, marked: str, name: str) -> None:
    assert found(marked, tokenizer) == of_persons(name)


def test_a_given_name_is_not_taken_from_another_name_or_by_a_body(tokenizer: Tokenizer) -> None:
    assert found("<p:Clara> <p:Falk> left", tokenizer) == of_persons("Clara", "Falk")
    assert found("So Clara <o:Foundation> paid", tokenizer) == [("Foundation", "organisation")]


def test_a_family_name_overlooked_elsewhere_is_found(tokenizer: Tokenizer) -> None:
    marked = "<p:Tilda Falk> left. Falk’s crew and Falk stayed; Falkland and the falk did not."
    assert found(marked, tokenizer) == of_persons("Tilda Falk", "Falk", "Falk")


def test_a_family_name_inside_another_name_is_left_there(tokenizer: Tokenizer) -> None:
    expected = [("Tilda Falk", "person"), ("Falk Institute", "organisation"), ("Falk", "person")]
    assert found("<p:Tilda Falk> left the <o:Falk Institute>, Falk said", tokenizer) == expected


def test_only_a_person_named_in_full_lends_the_family_name(tokenizer: Tokenizer) -> None:
    assert found("<p:Falk> left. Falk stayed.", tokenizer) == of_persons("Falk")
    assert found("<o:Harbour Alliance> met. The Alliance voted.", tokenizer) == [("Harbour Alliance", "organisation")]
    assert found("<p:Tilda Bo> left. Bo stayed.", tokenizer) == of_persons("Tilda Bo")


@pytest.mark.parametrize("word", ["Lawmakers", "Ministers", "Farmers", "Reporters", "Officials"])
def test_a_noun_for_people_in_a_headline_is_no_name(tokenizer: Tokenizer, word: str) -> None:
    assert found(f"<p:{word}> Close Quay, <p:Tilda Falk> Says", tokenizer) == of_persons("Tilda Falk")


def test_a_noun_for_people_with_a_name_is_one(tokenizer: Tokenizer) -> None:
    expected = [("Weyport Lawmakers", "organisation")]
    assert found("<o:Weyport Lawmakers> met", tokenizer) == expected


@pytest.mark.parametrize("name", ["King", "Bishop", "Shepherd"])
def test_a_family_name_that_is_also_a_noun_for_one_is_a_name(tokenizer: Tokenizer, name: str) -> None:
    assert found(f"<p:Tilda {name}> left. <p:{name}> said so.", tokenizer) == of_persons(f"Tilda {name}", name)


@pytest.mark.parametrize("text", ["", " \n", "\u0301"])
def test_a_text_without_a_word_has_no_names(tokenizer: Tokenizer, text: str) -> None:
    assert names_of(text, cut(text, tokenizer), np.zeros((0, len(NAMES)), dtype=np.float32)) == []


def test_a_name_may_be_all_of_the_text_and_end_with_it(tokenizer: Tokenizer) -> None:
    assert found("<p:Tilda Falk>", tokenizer) == of_persons("Tilda Falk")
    assert found("😀 said <p:José\u0301>", tokenizer) == of_persons("José\u0301")


@given(
    text=st.one_of(st.text(), st.lists(st.sampled_from(["Clara ", "Falk", "-", "] ", "[", "J.", " "])).map("".join)),
    data=st.data(),
)
def test_any_labels_give_names_in_order_inside_the_text(tokenizer: Tokenizer, text: str, data: st.DataObject) -> None:
    pieces = cut(text, tokenizer)
    picks = data.draw(st.lists(st.integers(0, len(NAMES) - 1), min_size=len(pieces), max_size=len(pieces)))
    scores = np.full((len(pieces), len(NAMES)), -5.0, dtype=np.float32)
    scores[np.arange(len(pieces)), picks] = 0.0
    names = names_of(text, pieces, scores)
    assert names == sorted(names)
    assert all(name.span.end <= len(text) and name.span.of(text).strip() for name in names)


def test_a_company_s_legal_form_belongs_to_its_name(tokenizer: Tokenizer) -> None:
    assert found("<o:Penhallow Stone> plc denied it.", tokenizer) == [("Penhallow Stone plc", NameKind.ORGANISATION)]
    assert found("<p:Penhallow Stone>, Inc denied it.", tokenizer) == [("Penhallow Stone, Inc", NameKind.ORGANISATION)]
    assert found("<o:Penhallow Stone> placed it.", tokenizer) == [("Penhallow Stone", NameKind.ORGANISATION)]


def test_letters_that_stand_for_a_noun_for_people_are_no_name(tokenizer: Tokenizer) -> None:
    assert found("The <o:MP> spoke.", tokenizer) == []
