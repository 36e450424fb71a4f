"""The pieces of a text: exact characters whatever is written, and the features that the vocabulary cannot tell."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.quotations import lines, quotations
from onrecord.reading.encoder import OWN_MODEL
from onrecord.reading.pieces import (
    CHUNK_CHARS,
    FEATURES,
    LOWER,
    MIXED,
    NO_CASE,
    QUOTED,
    TITLE,
    UPPER,
    Pieces,
    pieces_of,
)
from onrecord.span import Span, trimmed

TOKENIZER_FILE = OWN_MODEL / "tokenizer.json"
CASING, _, STARTS, NUMBER = range(len(FEATURES))
ODD = ["harbour", "Brandvold's", "e\u0301", "ö", "\x00", "\x07", "😀", "👩\u200d🚀", "نعم", "\u200f", "北京", "İ", "각"]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from([*ODD, " ", "\n", '"', "“", "”", "["]), max_size=40).map("".join))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """The tokenizer that belongs to the model."""
    return Tokenizer.from_file(str(TOKENIZER_FILE))


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text whose lines are its paragraphs."""
    spans = [span for line in lines(text) if (span := trimmed(text, start=line.start, end=line.end))]
    return pieces_of(text, tokenizer, paragraphs=spans, quotations=quotations(text, spans))


def written(text: str, pieces: Pieces) -> list[str]:
    """The characters of each piece."""
    return [text[s:e] for s, e in zip(pieces.start, pieces.end, strict=True)]


def words(text: str, pieces: Pieces) -> list[str]:
    """The characters of each word, from its first piece to its last."""
    begins = [*np.flatnonzero(pieces.first), len(pieces)]
    return [text[pieces.start[a] : pieces.end[b - 1]] for a, b in pairwise(begins)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour closed.", ["The", "harbour", "closed", "."]),
        ("ends with a word", ["ends", "with", "a", "word"]),
        ("isn't", ["isn", "'", "t"]),
        ("“Yes,” she said", ["“", "Yes", ",", "”", "she", "said"]),
        ("😀 yes 👩\u200d🚀", ["😀", "yes", "👩\u200d🚀"]),
        ("cafe\u0301 e\u0301te\u0301", ["cafe\u0301", "e\u0301te\u0301"]),
        ("a\u0301\u0323 x", ["a\u0301\u0323", "x"]),
        ("❤\ufe0f x", ["❤\ufe0f", "x"]),
        ("\u0301 x", ["x"]),
        ("a\x00b \x00 c", ["a\x00b", "c"]),
        ("\x07ring \x1b[1m", ["ring", "[", "1m"]),
        ("قال نعم\u200f ثم", ["قال", "نعم", "ثم"]),
        ("שָׁלוֹם x", ["שָׁלוֹם", "x"]),
        ("北京 x", ["北", "京", "x"]),
        ("Straße İstanbul ǅ", ["Straße", "İstanbul", "ǅ"]),
        ("\ufeffThe", ["The"]),
        ("a\u00a0b\u3000c", ["a", "b", "c"]),
        ("x" * 10_000 + " y", ["x" * 10_000, "y"]),
    ],
)
def test_words_are_cut_exactly(tokenizer: Tokenizer, text: str, expected: list[str]) -> None:
    assert words(text, cut(text, tokenizer)) == expected


@given(text=TEXTS)
def test_any_text_has_pieces_in_order_inside_their_paragraphs(tokenizer: Tokenizer, text: str) -> None:
    pieces = cut(text, tokenizer)
    spans = [span for line in lines(text) if (span := trimmed(text, start=line.start, end=line.end))]
    assert all(0 <= s < e for s, e in zip(pieces.start, pieces.end, strict=True))
    assert (np.diff(pieces.start) >= 0).all()
    assert (np.diff(pieces.end) >= 0).all()
    assert (np.diff(pieces.paragraph) >= 0).all()
    for start, end, number in zip(pieces.start, pieces.end, pieces.paragraph, strict=True):
        assert spans[number].holds(Span(int(start), int(end)))


@given(text=TEXTS)
def test_no_two_words_share_a_character(tokenizer: Tokenizer, text: str) -> None:
    pieces = cut(text, tokenizer)
    begins = np.flatnonzero(pieces.first)
    assert not len(pieces) or begins[0] == 0
    assert (pieces.end[begins[1:] - 1] <= pieces.start[begins[1:]]).all()


@given(text=TEXTS)
def test_letters_and_digits_all_have_their_piece(tokenizer: Tokenizer, text: str) -> None:
    pieces, covered = cut(text, tokenizer), set[int]()
    for start, end in zip(pieces.start, pieces.end, strict=True):
        covered.update(range(start, end))
    assert not [c for i, c in enumerate(text) if c.isascii() and c.isalnum() and i not in covered]


@given(text=TEXTS)
def test_each_feature_keeps_to_its_range(tokenizer: Tokenizer, text: str) -> None:
    features = cut(text, tokenizer).features
    assert features.shape[1] == len(FEATURES)
    assert (features >= 0).all()
    assert (features < list(FEATURES.values())).all()


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "\u0301", "\u200f\n\u200f"])
def test_a_text_without_a_word_has_no_pieces(tokenizer: Tokenizer, text: str) -> None:
    pieces = cut(text, tokenizer)
    assert len(pieces) == 0
    assert pieces.features.shape == (0, len(FEATURES))
    assert len(pieces.part(Span(0, 5))) == 0


@pytest.mark.parametrize(
    ("word", "casing"),
    [
        ("harbour", LOWER),
        ("Harbour", TITLE),
        ("I", TITLE),
        ("NATO", UPPER),
        ("McArdle", MIXED),
        ("iPhone", MIXED),
        ("B52", UPPER),
        ("2031", NO_CASE),
        (",", NO_CASE),
        ("نعم", NO_CASE),
        ("éte", LOWER),
        ("Brandvold", TITLE),
    ],
)
def test_every_piece_bears_the_casing_of_its_word(tokenizer: Tokenizer, word: str, casing: int) -> None:
    pieces = cut(f"the {word} of", tokenizer)
    assert set(pieces.features[1:-1, CASING]) == {casing}
    assert set(pieces.features[[0, -1], CASING]) == {LOWER}


def test_every_piece_tells_how_many_quotations_it_stands_in_two_at_most(tokenizer: Tokenizer) -> None:
    text = "no “one ‘two “three” two’ one” no"
    pieces = cut(text, tokenizer)
    depth = {word: int(n) for word, n in zip(written(text, pieces), pieces.features[:, QUOTED], strict=True)}
    assert depth == {"no": 0, "“": 2, "one": 1, "‘": 2, "two": 2, "three": 2, "”": 1, "’": 2}


def test_the_first_piece_of_a_paragraph_is_marked_and_its_number_counts_to_two(tokenizer: Tokenizer) -> None:
    text = "One goes.\n\nTwo stays.\nThree left.\nFour too."
    pieces = cut(text, tokenizer)
    starts = pieces.features[:, STARTS] == 1
    assert [word for word, yes in zip(written(text, pieces), starts, strict=True) if yes] == [
        "One",
        "Two",
        "Three",
        "Four",
    ]
    assert list(pieces.features[starts, NUMBER]) == [0, 1, 2, 2]
    assert list(pieces.paragraph[starts]) == [0, 1, 2, 3]
    assert list(pieces.paragraph) == sorted(pieces.paragraph)


def test_a_paragraph_without_a_word_takes_no_start_from_the_next(tokenizer: Tokenizer) -> None:
    pieces = cut("\u0301\nOne goes.", tokenizer)
    assert list(pieces.features[:, STARTS]) == [1, 0, 0]


def test_characters_outside_the_paragraphs_have_no_pieces(tokenizer: Tokenizer) -> None:
    text = "skip this and skip that"
    pieces = pieces_of(text, tokenizer, paragraphs=[Span(5, 9), Span(19, 23)], quotations=[])
    assert written(text, pieces) == ["this", "that"]
    assert list(pieces.first) == [True, True]


def test_a_paragraph_longer_than_one_chunk_keeps_its_places(tokenizer: Tokenizer) -> None:
    text = "tide " * (CHUNK_CHARS // 5 + 3) + "e\u0301nd"
    pieces = cut(text, tokenizer)
    assert set(written(text, pieces)) == {"tide", "e\u0301nd"}
    assert pieces.first.all()
    assert pieces.features[:, STARTS].sum() == 1


def test_a_part_holds_the_pieces_that_lie_wholly_inside(tokenizer: Tokenizer) -> None:
    text = "Mara Quill said the ferry will stop"
    whole = cut(text, tokenizer)
    part = whole.part(Span(15, 30))
    assert written(text, part) == ["the", "ferry", "will"]
    assert len(part) == len(part.ids) == len(part.first) == len(part.features) == len(part.paragraph) == 3
    assert written(text, whole.part(Span(12, 21))) == ["the"]
    assert len(whole.part(Span(4, 5))) == 0


def test_the_marks_around_all_of_a_part_do_not_count_in_it(tokenizer: Tokenizer) -> None:
    text = "Quill said: “Ash told me ‘go’ and I went.”"
    whole = cut(text, tokenizer)
    part = whole.part(Span(13, 41))
    depth = dict(zip(written(text, part), part.features[:, QUOTED].tolist(), strict=True))
    assert depth == {"Ash": 0, "told": 0, "me": 0, "‘": 1, "go": 1, "’": 1, "and": 0, "I": 0, "went": 0, ".": 0}
    assert whole.features[-1, QUOTED] == 1


@given(text=TEXTS, data=st.data())
def test_any_part_is_a_run_of_the_whole(tokenizer: Tokenizer, text: str, data: st.DataObject) -> None:
    pieces = cut(text, tokenizer)
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, start + data.draw(st.integers(1, 20)))
    inside = [i for i in range(len(pieces)) if span.holds(Span(int(pieces.start[i]), int(pieces.end[i])))]
    part = pieces.part(span)
    assert list(part.ids) == list(pieces.ids[inside])
    assert list(part.start) == list(pieces.start[inside])
    assert list(part.end) == list(pieces.end[inside])
