"""Tests of what tracing compares: words, pieces, alignments, variants."""

import pytest

from onrecord.article import Article
from onrecord.span import Span
from onrecord.tracing.alignment import EditKind, align
from onrecord.tracing.keys import keys_of
from onrecord.tracing.piece import PieceKind, pieces_of
from onrecord.tracing.rarity import Rarity
from onrecord.tracing.variants import Difference, Meaning, Variant, difference, spans
from onrecord.tracing.words import Word, stem, words_of
from tests.tracing import quoted, report, reported

FULL = "We could send troops to the harbour, in particular to training missions, but we will not close the old dyke."


def words(text: str) -> tuple[Word, ...]:
    return words_of(text, Span(0, len(text)))


def folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


def compared(copy: str, full: str = FULL) -> Difference:
    ours, theirs = quoted(copy, id="copy"), quoted(full, id="full")
    return difference(align(ours.words, theirs.words, weigh=Rarity().weights), ours, theirs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We don't know", "We don’t know"),
        ("We do not know", "We don't know"),
        ("He won't, he cannot", "He will not - he can’t"),
        ("carpet-bomb it", "Carpet bomb it."),
        ("20,000 boats, 5%", "20000 boats… 5 percent"),
        ("the cafe\u0301 knows", "the café knows"),
        ("old [sic] dyke", "old dyke"),
    ],
)
def test_marks_contractions_and_case_make_no_other_words(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_every_word_keeps_its_characters() -> None:
    text = "“We don’t – can't … [of Weyport] 🚢 close"
    assert [word.span.of(text) for word in words(text)] == ["We", "do", "n’t", "can", "'t", "of", "Weyport", "close"]


@pytest.mark.parametrize("dots", ["…", "...", ". . .", "[…]", "[...]", "(...)"])
def test_an_ellipsis_is_known_in_all_its_shapes(dots: str) -> None:
    assert [word.after_gap for word in words(f"the dyke {dots} holds")] == [False, False, True]


def test_words_in_brackets_are_known_as_such() -> None:
    assert [word.folded for word in words("close [the old] dyke") if word.bracketed] == ["the", "old"]


@pytest.mark.parametrize("text", ["", "“”", "…", "[", "🚢", "'"])
def test_what_has_no_words_has_no_pieces(text: str) -> None:
    assert pieces_of(Article(id="a", text=text)) == []


def test_the_stem_is_the_same_for_the_forms_of_a_word() -> None:
    assert len({stem(word) for word in ("careless", "carelessly", "carelessness")}) == 1
    assert stem("ninety") == stem("90")


def test_a_piece_spans_the_words_without_their_marks() -> None:
    article = report("The dyke holds,")
    assert pieces_of(article)[0].span.of(article.text) == "The dyke holds,"


def test_a_quotation_is_a_piece_where_the_reader_found_no_statement() -> None:
    piece = quoted("The dyke holds", by=None)
    assert (piece.kind, piece.speaker, piece.statement) == (PieceKind.QUOTED, None, None)


def test_reported_words_are_a_piece_of_their_own_kind() -> None:
    (piece,) = pieces_of(reported("the dyke would hold", id="post"))
    assert (piece.kind, piece.speaker) == (PieceKind.REPORTED, "Jorun Falk")


def test_a_quotation_at_the_end_of_a_text_is_a_piece() -> None:
    text = 'Falk said "the dyke holds"'
    assert pieces_of(Article(id="a", text=text))[0].span == Span(11, 25)


def test_a_fragment_shares_a_key_with_its_sentence() -> None:
    assert keys_of(quoted("training missions", id="copy")) & keys_of(quoted(FULL))


def test_keys_are_the_same_in_every_run() -> None:
    assert min(keys_of(quoted("training missions", by=None))) == min(keys_of(quoted("Training missions!", by=None)))
    assert all(0 <= key < 2**63 for key in keys_of(quoted(FULL)))


@pytest.mark.parametrize(
    ("copy", "variant"),
    [
        (FULL.replace(",", " -"), Variant.VERBATIM),
        ("We could send troops to the harbour", Variant.FRAGMENT),
        ("we will not close the old dyke", Variant.FRAGMENT),
        ("We could send troops to the harbour … but we will not close the old dyke.", Variant.ELIDED),
        ("We could send troops to the harbour but we will not close the old dyke.", Variant.ALTERED),
        ("We will send troops to the harbour", Variant.ALTERED),
        ("We could send [soldiers] to the harbour", Variant.BRACKETED),
        ("We could send troops to the [Weyport] harbour", Variant.BRACKETED),
    ],
)
def test_a_copy_is_called_by_what_was_done_to_it(copy: str, variant: Variant) -> None:
    assert compared(copy).variant is variant


def test_the_fullest_copy_is_full() -> None:
    piece = quoted(FULL)
    assert difference(None, piece, piece).variant is Variant.FULL


@pytest.mark.parametrize(
    ("copy", "full", "meaning"),
    [
        ("We will close the old dyke", "We will not close the old dyke", Meaning.NEGATION),
        ("They will send troops to the harbour", "They could send troops to the harbour", Meaning.MODALITY),
        ("They lost forty boats in the storm", "They lost four boats in the storm", Meaning.QUANTITY),
        ("So we told Brandvold to leave the quay", "So we told Tarrant to leave the quay", Meaning.NAME),
        ("This harbour is open to fishing boats", "This harbour is only open to fishing boats", Meaning.QUALIFIER),
        ("The old dyke was safe in winter", "The old dyke is safe in winter", Meaning.TENSE),
    ],
)
def test_what_a_change_touches_is_named(copy: str, full: str, meaning: Meaning) -> None:
    assert compared(copy, full).differs_in == {meaning}


def test_another_spelling_of_a_number_is_no_other_quantity() -> None:
    assert not compared("They lost 4 boats in the storm", "They lost four boats in the storm").differs_in


def test_a_copy_that_is_cut_is_called_cut_and_not_changed() -> None:
    found = compared("We could send troops to the harbour")
    assert (found.cut_front, found.cut_end, found.differs_in) == (False, True, frozenset())
    assert Meaning.QUALIFIER in found.cut_off


def test_what_was_cut_off_in_another_sentence_is_not_counted() -> None:
    assert not compared("The dyke holds.", "The dyke holds. We will not close it.").cut_off


def test_the_edits_lead_from_one_text_to_the_other() -> None:
    ours, theirs = quoted("we will close the dyke", id="copy"), quoted("So we will not close the old dyke now")
    alignment = align(ours.words, theirs.words, weigh=Rarity().weights)
    assert alignment
    kinds = [edit.kind for edit in alignment.edits]
    delete, equal = EditKind.DELETE, EditKind.EQUAL
    assert kinds == [delete, equal, delete, equal, delete, equal, delete]
    theirs_there = [
        at.of("“So we will not close the old dyke now”") for e in alignment.edits if (at := spans(alignment, e)[1])
    ]
    assert theirs_there == ["So", "we will", "not", "close the", "old", "dyke", "now"]
