"""Transcripts: who takes turns, what belongs to a turn, and what is no transcript."""

from dataclasses import replace
from datetime import date

import pytest

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.reading.decode import Attribution
from onrecord.reading.named import Name, NameKind
from onrecord.reading.transcript import Turn, dated, turns, with_labels, without
from onrecord.span import Span
from onrecord.statement import Days, Statement

SIX_MAY = Days(date(2031, 5, 6), date(2031, 5, 6))
TALK = ("The two spoke on Monday.", "HASK: Will it close?", "FALK: Yes.", "HASK: When?", "FALK: In May.")


def article_of(*paragraphs: str, kinds: dict[int, ParagraphKind] | None = None) -> Article:
    """An article with these paragraphs, an empty line between any two; they are of the body unless `kinds` says not."""
    found, start = [], 0
    for number, words in enumerate(paragraphs):
        found.append(Paragraph(Span(start, start + len(words)), (kinds or {}).get(number, ParagraphKind.BODY)))
        start += len(words) + 2
    return Article(id="talk", text="\n\n".join(paragraphs), paragraphs=tuple(found))


def taken(article: Article) -> list[tuple[str, list[str]]]:
    """The turns: each label, and what is said."""
    return [(t.label.of(article.text), [c.of(article.text) for c in t.content]) for t in turns(article)]


def at(text: str, words: str) -> Span:
    """The span of these words in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def said(text: str, content: str, *, source: str, cue: str) -> Attribution:
    """An attribution of these words."""
    return Attribution((at(text, source),), (at(text, cue),), (at(text, content),), cue_score=0.9, span_score=0.9)


def test_each_label_takes_a_turn() -> None:
    expected = [("HASK", ["Will it close?"]), ("FALK", ["Yes."]), ("HASK", ["When?"]), ("FALK", ["In May."])]
    assert taken(article_of(*TALK)) == expected


def test_a_turn_s_colon_is_its_cue_and_nothing_is_in_doubt() -> None:
    article = article_of(*TALK)
    turn = turns(article)[1]
    assert turn.whole.of(article.text) == "FALK: Yes."
    assert turn.colon.of(article.text) == ":"
    assert turn.attribution() == Attribution((turn.label,), (turn.colon,), turn.content, 1.0, 1.0)


@pytest.mark.parametrize(
    "labels",
    [
        ("HASK", "FALK"),
        ("DR. HASK", "MS. FALK"),
        ("Hask", "Tilda Falk"),
        ("Åse Hask", "Øle O’Dorn-Falk"),
        ("The Tide", "Falk"),
        ("Q", "A"),
    ],
)
def test_a_label_is_a_name_of_up_to_four_words(labels: tuple[str, str]) -> None:
    one, other = labels
    article = article_of(f"{one}: Will it close?", f"{other}: Yes.", f"{one}: When?", f"{other}: In May.")
    assert [label for label, _ in taken(article)] == [one, other, one, other]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (),
        ("FALK: It closes.", "FALK: In May.", "FALK: For good."),
        ("HASK: Will it close?", "FALK: Yes."),
        ("Hask: Will it close?", "Falk: Yes.", "Quill: In May."),
        ("Hask: Will it close?", "Falk: Yes.", "Hask: When?"),
        ("Falk said: It closes.", "Hask said: In May.", "Falk said: For good.", "Hask said: Why?"),
        ("falk: It closes.", "hask: In May.", "falk: For good.", "hask: Why?"),
        ("HASK:", "FALK:", "HASK:", "FALK:"),
        ("HASK:Why?", "FALK:No.", "HASK:When?", "FALK:In May."),
        ("10: Why?", "11: No.", "10: When?", "11: In May."),
    ],
)
def test_colons_alone_make_no_transcript(paragraphs: tuple[str, ...]) -> None:
    assert turns(article_of(*paragraphs)) == []


def test_among_capitals_one_turn_each_is_enough() -> None:
    article = article_of("HASK: Will it close?", "FALK: Yes.", "QUILL: In May.")
    assert [label for label, _ in taken(article)] == ["HASK", "FALK", "QUILL"]


def test_among_other_labels_only_those_that_come_back_take_turns() -> None:
    article = article_of("Hask: Will it close?", "Falk: Yes.", "Note: It rained.", "Hask: When?", "Falk: In May.")
    assert [label for label, _ in taken(article)] == ["Hask", "Falk", "Hask", "Falk"]


def test_labels_outside_the_body_are_none() -> None:
    kinds = {0: ParagraphKind.TITLE, 2: ParagraphKind.CAPTION}
    assert turns(article_of("HASK: Will it close?", "FALK: Yes.", "HASK: When?", "FALK: In May.", kinds=kinds)) == []


def test_a_turn_goes_on_in_the_paragraphs_behind_it_up_to_the_last_label() -> None:
    article = article_of("HASK: Will it close?", "And when?", "FALK: Yes.", "In May 🚢.", "HASK: Why?", "It rained.")
    expected = [("HASK", ["Will it close?", "And when?"]), ("FALK", ["Yes.", "In May 🚢."]), ("HASK", ["Why?"])]
    assert taken(article) == expected


@pytest.mark.parametrize("aside", ["(CROSSTALK)", "[The gulls cry.]", "(Laughter).", "“(Laughter)”"])
def test_an_aside_in_brackets_is_nobody_s_words_and_ends_no_turn(aside: str) -> None:
    article = article_of("HASK: Will it close?", aside, "And when?", "FALK: Yes.", "HASK: Why?")
    assert taken(article)[0] == ("HASK", ["Will it close?", "And when?"])


def test_a_paragraph_that_is_none_of_the_body_ends_the_turn() -> None:
    paragraphs = ("HASK: Will it close?", "More on the quay", "And when?", "FALK: Yes.", "HASK: Why?")
    article = article_of(*paragraphs, kinds={1: ParagraphKind.RELATED})
    assert taken(article)[0] == ("HASK", ["Will it close?"])


def test_a_quoted_turn_goes_on_in_quoted_paragraphs_alone() -> None:
    article = article_of(
        "They spoke.",
        "“HASK: Will it close?",
        "“And when?",
        "The gulls cried.",
        "“FALK: Yes.",
        "“HASK: Why?",
        "“Tell me.",
    )
    assert [(label, len(parts)) for label, parts in taken(article)] == [("HASK", 2), ("FALK", 1), ("HASK", 2)]


def test_a_mark_at_the_text_s_end_is_none_before_its_first_label() -> None:
    article = article_of("HASK: Will it close?", "And when?", "FALK: Yes.", "HASK: Who said “yes”")
    assert taken(article)[0] == ("HASK", ["Will it close?", "And when?"])


def test_attributions_beside_a_turn_and_within_its_words_stay() -> None:
    article = article_of(
        "Quill said they spoke.", "HASK: Will it close?", "FALK: Yes, the crew said it leaks.", "HASK: Why?"
    )
    text = article.text
    outside = said(text, "they spoke", source="Quill", cue="said")
    within = Attribution((at(text, "the crew"),), (at(text, "said it"),), (at(text, "it leaks"),), 0.9, 0.9)
    of_label = Attribution((at(text, "FALK"),), (at(text, "said it"),), (at(text, "it leaks"),), 0.9, 0.9)
    of_next = said(text, "Yes", source="HASK", cue="close")
    assert without([outside, within, of_label, of_next], turns(article)) == [outside, within]


def test_without_turns_every_attribution_stays() -> None:
    text = "Quill said they spoke."
    found = [said(text, "they spoke", source="Quill", cue="said")]
    assert without(found, []) == found


def test_labels_are_names_of_persons_in_the_order_of_the_text() -> None:
    article = article_of("Quill heard it.", "HASK: Will Weyport close?", "FALK: Yes.", "HASK: Why?")
    text = article.text
    quill, place = Name(at(text, "Quill"), NameKind.PERSON), Name(at(text, "Weyport"), NameKind.PLACE)
    wrong = Name(at(text, "FALK: Yes"), NameKind.ORGANISATION)
    found = with_labels([quill, place, wrong], turns(article))
    assert [name.span.of(text) for name in found] == ["Quill", "HASK", "Weyport", "FALK", "HASK"]
    assert [name.kind for name in found][3] is NameKind.PERSON
    assert with_labels([quill, place], []) == [quill, place]


def of_turn(turn: Turn) -> Statement:
    """The statement that a turn is."""
    return Statement(content=turn.content, source=(turn.label,), cue=(turn.colon,))


def test_turns_are_said_when_what_introduces_them_is() -> None:
    article = article_of("Hask said on Monday it leaks.", *TALK[1:])
    text, found = article.text, turns(article)
    introduction = Statement(content=(at(text, "it leaks"),), when=at(text, "on Monday"), said=SIX_MAY)
    after = dated([introduction, *map(of_turn, found)], found)
    assert after[0] == introduction
    assert [(s.when, s.said) for s in after] == [(introduction.when, SIX_MAY)] * 5
    assert [(s.content, s.source) for s in after[1:]] == [(t.content, (t.label,)) for t in found]


def test_a_turn_with_a_time_of_its_own_keeps_it() -> None:
    article = article_of("Hask said on Monday it leaks.", "HASK: Will it close?", "FALK: Yes, in May.", "HASK: Why?")
    text, found = article.text, turns(article)
    introduction = Statement(content=(at(text, "it leaks"),), when=at(text, "on Monday"), said=SIX_MAY)
    own = replace(of_turn(found[1]), when=at(text, "in May"))
    assert dated([introduction, own], found)[1] == own


def test_without_an_introduction_and_inside_a_statement_nothing_is_dated() -> None:
    article = article_of(*TALK)
    text, found = article.text, turns(article)
    statements = [*map(of_turn, found)]
    assert dated(statements, found) == statements
    introduction = Statement(content=(at(text, "The two spoke"),), when=at(text, "on Monday"), said=SIX_MAY)
    inner = replace(statements[0], parent=0)
    assert dated([introduction, inner], found)[1] == inner
    assert dated([], []) == []
