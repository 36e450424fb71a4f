"""Mentions: which name heads a phrase, what a pronoun is, and which spans the model's vectors join."""

import re

import numpy as np
import pytest
from tokenizers import Tokenizer

from onrecord.reading.encoder import OWN_MODEL
from onrecord.reading.mentions import LONGEST, Mention, Sort, mentions_of, phrases_of
from onrecord.reading.named import Name, NameKind
from onrecord.reading.pieces import Pieces, pieces_of
from onrecord.span import Span

MARKED = re.compile(r"<(\w):([^<>]*)>")
KINDS = {"p": NameKind.PERSON, "o": NameKind.ORGANISATION, "l": NameKind.PLACE, "x": NameKind.OTHER}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """The tokenizer that belongs to the model."""
    return Tokenizer.from_file(str(OWN_MODEL / "tokenizer.json"))


def unmarked(marked: str) -> tuple[str, list[Name]]:
    """The text without its marks, and the names in marks: "<p:Falk> left" has a person."""
    text, names, done = "", list[Name](), 0
    for match in MARKED.finditer(marked):
        text += marked[done : match.start()]
        names.append(Name(Span(len(text), len(text) + len(match[2])), KINDS[match[1]]))
        text, done = text + match[2], match.end()
    return text + marked[done:], names


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text that is one paragraph."""
    return pieces_of(text, tokenizer, paragraphs=[Span(0, len(text))] if text else [], quotations=[])


def whole(marked: str, tokenizer: Tokenizer) -> Mention:
    """The mention that the whole of the phrase is."""
    text, names = unmarked(marked)
    span = Span(0, len(text))
    (mention,) = (m for m in mentions_of(text, cut(text, tokenizer), [span], names) if m.span == span)
    return mention


def heads(marked: str, tokenizer: Tokenizer) -> list[str]:
    """The names that head the phrase."""
    text, _ = unmarked(marked)
    return [name.span.of(text) for name in whole(marked, tokenizer).names]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("<p:Tilda Falk>", ["Tilda Falk"]),
        ("<p:Tilda Falk>’s", ["Tilda Falk"]),
        ("Mayor <p:Tilda Falk>", ["Tilda Falk"]),
        ("the mayor of <l:Weyport>, <p:Tilda Falk>", ["Tilda Falk"]),
        ("<p:Tilda Falk>, the mayor of <l:Weyport>", ["Tilda Falk"]),
        ("<p:Tilda Falk> (62), mayor", ["Tilda Falk"]),
        ("<p:Tilda Falk> — the mayor —", ["Tilda Falk"]),
        ("<p:Tilda Falk> of the <o:Harbour Alliance>", ["Tilda Falk"]),
        ("<p:Tilda Falk> herself", ["Tilda Falk"]),
        ("<p:Tilda Falk> Jr.", ["Tilda Falk"]),
        ("<p:Tilda Falk>, who met <p:Jorun Quill>", ["Tilda Falk"]),
        ("<p:Tilda Falk>, whose brother is <p:Jorun Quill>", ["Tilda Falk"]),
        ("the <o:Harbour Alliance>", ["Harbour Alliance"]),
        ("the <o:Harbour Alliance> in <l:Weyport>", ["Harbour Alliance"]),
    ],
)
def test_a_name_heads_its_phrase_whatever_explains_it(tokenizer: Tokenizer, phrase: str, expected: list[str]) -> None:
    assert heads(phrase, tokenizer) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "<p:Falk>’s spokesman",
        "<p:Tilda Falk>'s campaign",
        "the <p:Falk> campaign",
        "the <l:Weyport> police",
        "a <o:Harbour Alliance> spokesman",
        "the <x:Ostmarkian> minister",
        "<p:Falk>-led crews",
    ],
)
def test_what_belongs_to_a_name_is_not_who_bears_it(tokenizer: Tokenizer, phrase: str) -> None:
    assert heads(phrase, tokenizer) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "aides to <p:Falk>",
        "an aide to President <p:Tilda Falk>",
        "a lawyer for <p:Tilda Falk>",
        "two of the people with <p:Falk>",
        "the mayor of <l:Weyport>",
        "a spokesman for the <o:Harbour Alliance>",
        "a report by the <o:Weyport Institute>",
        "officials in the <o:Harbour Office>",
        "supporters of former mayor <p:Tilda Falk>",
        "critics of Dr. <p:Tilda Falk>",
    ],
)
def test_what_a_phrase_is_of_does_not_head_it(tokenizer: Tokenizer, phrase: str) -> None:
    assert heads(phrase, tokenizer) == []


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("chief of staff <p:Jorun Quill>", ["Jorun Quill"]),
        ("secretary of state <p:Jorun Quill>", ["Jorun Quill"]),
        ("<p:Falk>’s spokesman, <p:Jorun Quill>", ["Jorun Quill"]),
        ("<p:Falk>’s spokesman <p:Jorun Quill>", ["Jorun Quill"]),
        ("the <o:Ledger>’s <p:Ines Calloway>", ["Ines Calloway"]),
        ("<o:Harbour Alliance> spokesman <p:Jorun Quill>", ["Jorun Quill"]),
        ("a spokesman for <p:Tilda Falk>, <p:Jorun Quill>", ["Jorun Quill"]),
        ("a spokesman for the <o:Harbour Alliance>, <p:Jorun Quill>", ["Jorun Quill"]),
    ],
)
def test_who_follows_a_role_or_a_body_heads_the_phrase(tokenizer: Tokenizer, phrase: str, expected: list[str]) -> None:
    assert heads(phrase, tokenizer) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "a man who knows <p:Tilda Falk>",
        "the woman that <p:Tilda Falk> met",
        "the dockers whose mayor is <p:Tilda Falk>",
        "the town where <p:Tilda Falk>, the mayor, lives",
        "officials who met the <o:Harbour Alliance>",
    ],
)
def test_a_name_in_a_relative_clause_does_not_head_the_phrase(tokenizer: Tokenizer, phrase: str) -> None:
    assert heads(phrase, tokenizer) == []


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("<p:Tilda Falk> and <p:Jorun Quill>", ["Tilda Falk", "Jorun Quill"]),
        ("<p:Tilda Falk>, <p:Ines Calloway> and <p:Jorun Quill>", ["Tilda Falk", "Ines Calloway", "Jorun Quill"]),
        ("<p:Tilda Falk>, <p:Ines Calloway>, and <p:Jorun Quill>", ["Tilda Falk", "Ines Calloway", "Jorun Quill"]),
        ("<p:Tilda Falk> & <p:Jorun Quill>", ["Tilda Falk", "Jorun Quill"]),
        ("Mayor <p:Tilda Falk> and harbour master <p:Jorun Quill>", ["Tilda Falk", "Jorun Quill"]),
        ("<p:Tilda Falk> (62) and <p:Jorun Quill> (58)", ["Tilda Falk", "Jorun Quill"]),
        ("<p:Tilda Falk> and the <o:Harbour Alliance>", ["Tilda Falk"]),
        ("<p:Tilda Falk> and aides to <p:Jorun Quill>", ["Tilda Falk"]),
        ("<o:Harbour Alliance> and <o:Dockers’ Union>", ["Harbour Alliance"]),
    ],
)
def test_persons_who_are_joined_head_their_phrase_together(
    tokenizer: Tokenizer, phrase: str, expected: list[str]
) -> None:
    mention = whole(phrase, tokenizer)
    text, _ = unmarked(phrase)
    assert heads(phrase, tokenizer) == expected
    assert mention.name is not None
    assert mention.name.span.of(text) == expected[0]


@pytest.mark.parametrize(
    ("phrase", "sort"),
    [
        ("<p:Tilda Falk>", Sort.PERSON_NAME),
        ("the <o:Harbour Alliance>", Sort.ORGANISATION_NAME),
        ("<l:Weyport>", Sort.PLACE_NAME),
        ("the <x:Gull Games>", Sort.OTHER_NAME),
        ("the harbour master", Sort.ONE_PHRASE),
        ("an aide to <p:Falk>", Sort.ONE_PHRASE),
        ("aides to <p:Falk>", Sort.MANY_PHRASE),
        ("two dockers", Sort.MANY_PHRASE),
    ],
)
def test_a_mention_s_sort_is_that_of_its_head(tokenizer: Tokenizer, phrase: str, sort: Sort) -> None:
    assert whole(phrase, tokenizer).sort is sort


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("he him his himself", Sort.HE),
        ("she her hers herself She", Sort.SHE),
        ("it its itself", Sort.IT),
        ("they them their theirs themselves", Sort.THEY),
        ("I me my mine myself", Sort.I),
        ("we us our ours ourselves", Sort.WE),
        ("you your yours yourself yourselves", Sort.YOU),
        ("this that these those", Sort.THIS),
        ("who whom whose which someone nobody everyone", Sort.WHO),
    ],
)
def test_a_pronoun_has_its_sort(tokenizer: Tokenizer, words: str, sort: Sort) -> None:
    assert {word: whole(word, tokenizer).sort for word in words.split()} == dict.fromkeys(words.split(), sort)


def test_a_head_and_words_are_the_name_s_or_the_phrase_s(tokenizer: Tokenizer) -> None:
    named = whole("the mayor, <p:Tilda O’Dorn>", tokenizer)
    assert (named.head, named.words) == ("o’dorn", ("tilda", "o’dorn"))
    plain = whole("The Harbour Master of Weyport", tokenizer)
    assert (plain.head, plain.words, plain.name) == ("master", ("the", "harbour", "master", "of", "weyport"), None)
    owner = whole("<p:Falk’s>", tokenizer)
    assert (owner.head, owner.words) == ("falk", ("falk",))


def test_pronouns_and_names_that_no_span_holds_are_mentions_too(tokenizer: Tokenizer) -> None:
    text, names = unmarked("The mayor, <p:Tilda Falk>, told <p:Quill> that she and who they met left this.")
    found = mentions_of(text, cut(text, tokenizer), [Span(0, 21)], names)
    assert [m.span.of(text) for m in found] == ["The mayor, Tilda Falk", "Quill", "she", "they"]


def test_mentions_stand_in_the_order_of_the_text_the_outer_first(tokenizer: Tokenizer) -> None:
    text = "Her aide left"
    spans = [Span(0, 3), Span(0, 8)]
    found = mentions_of(text, cut(text, tokenizer), spans, [])
    assert [m.span for m in found] == [Span(0, 8), Span(0, 3)]
    assert [(m.first, m.last) for m in found] == [(0, 1), (0, 0)]


def test_a_mention_at_the_text_s_end_has_its_last_piece(tokenizer: Tokenizer) -> None:
    text, names = unmarked("🚢 said “<p:José\u0301>")
    pieces = cut(text, tokenizer)
    (mention,) = mentions_of(text, pieces, [], names)
    assert (mention.span.end, mention.last) == (len(text), len(pieces) - 1)


def test_a_span_without_a_piece_is_no_mention(tokenizer: Tokenizer) -> None:
    text = "Falk   left"
    assert mentions_of(text, cut(text, tokenizer), [Span(5, 6)], []) == []
    assert mentions_of("", cut("", tokenizer), [], []) == []


def joined(text: str, tokenizer: Tokenizer, *, begins: set[int], ends: set[int]) -> list[str]:
    """The phrases where these pieces begin and end one; a phrase of three pieces or more is held for unlikely."""
    pieces = cut(text, tokenizer)
    vectors = np.zeros((len(pieces), 4), dtype=np.float32)
    vectors[sorted(begins), 0] = vectors[sorted(ends), 2] = 2.0
    lengths = np.full(LONGEST, -1.0, dtype=np.float32)
    lengths[3:] = -9.0
    return [span.of(text) for span in phrases_of(pieces, vectors, lengths)]


def test_vectors_that_agree_join_pieces_to_phrases_nested_ones_too(tokenizer: Tokenizer) -> None:
    text = "the harbour master left"
    assert joined(text, tokenizer, begins={0}, ends={2}) == ["the harbour master"]
    assert joined(text, tokenizer, begins={0, 1}, ends={1, 2}) == [
        "harbour",
        "the harbour",
        "harbour master",
        "the harbour master",
    ]
    assert joined(text, tokenizer, begins={2}, ends={0}) == []
    assert joined(text, tokenizer, begins={0}, ends={3}) == []


def test_a_phrase_has_whole_words_and_may_be_the_last_one(tokenizer: Tokenizer) -> None:
    text = "the Kronvikssund"
    last = len(cut(text, tokenizer)) - 1
    assert last > 1
    assert joined("at sea", tokenizer, begins={1}, ends={1}) == ["sea"]
    assert joined(text, tokenizer, begins={0, 1, 2}, ends=set(range(1, last))) == []


def test_no_pieces_make_no_phrase(tokenizer: Tokenizer) -> None:
    assert phrases_of(cut("", tokenizer), np.zeros((0, 4), dtype=np.float32), np.zeros(LONGEST, dtype=np.float32)) == []
