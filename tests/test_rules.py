"""What rules add to the model: quotations that run on without a cue, and answers to questions."""

import pytest

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.quotations import quotations, quoted
from onrecord.reading.decode import Attribution
from onrecord.reading.form import form_of
from onrecord.reading.rules import answered, assents, continued
from onrecord.span import Span
from onrecord.statement import Act, Form, KnownBy, Speaker, SpeakerKind, Statement

FALK = "“The quay is sound,” Falk said. “We looked.”"


def at(text: str, words: str) -> Span:
    """The span of these words in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def article_of(*paragraphs: str) -> Article:
    """An article with these paragraphs, an empty line between any two."""
    spans, start = [], 0
    for words in paragraphs:
        spans.append(Paragraph(Span(start, start + len(words)), ParagraphKind.BODY))
        start += len(words) + 2
    return Article(id="quay", text="\n\n".join(paragraphs), paragraphs=tuple(spans))


def said(text: str, *contents: str, cue: str, source: str = "Falk") -> Attribution:
    """An attribution of these words to their source."""
    spans = tuple(at(text, words) for words in contents)
    return Attribution((at(text, source),), (at(text, cue),), spans, cue_score=0.9, span_score=0.9)


def run_on(article: Article, *found: Attribution) -> list[str]:
    """The contents that the rule adds."""
    marks = quotations(article.text, [paragraph.span for paragraph in article.paragraphs])
    added = continued(article, found, marks)
    assert all(a.source == a.cue == () and len(a.content) == 1 for a in added)
    return [a.content[0].of(article.text) for a in added]


def test_a_quotation_that_fills_its_paragraph_goes_on_with_the_one_before() -> None:
    article = article_of(FALK, "“Nobody will fall.”")
    found = said(article.text, "“The quay is sound,”", "“We looked.”", cue="said")
    assert run_on(article, found) == ["“Nobody will fall.”"]


def test_it_goes_on_over_as_many_paragraphs_as_are_quotations() -> None:
    article = article_of("Falk said: “We looked.", "“Nobody will fall.", "“Nobody 🚢.”", "The crew left.", "“Why?”")
    found = said(article.text, "“We looked.", cue="said")
    assert run_on(article, found) == ["“Nobody will fall.", "“Nobody 🚢.”"]


def test_straight_marks_go_on_as_curly_ones_do() -> None:
    article = article_of('"We looked," Falk said.', '"Nobody will fall.')
    assert run_on(article, said(article.text, '"We looked,"', cue="said")) == ['"Nobody will fall.']


def test_a_quotation_that_somebody_is_said_to_have_said_is_left_alone() -> None:
    article = article_of(FALK, "“Nobody will fall.”")
    found = [
        said(article.text, "“The quay is sound,”", cue="said"),
        said(article.text, "“Nobody will fall.”", cue="said"),
    ]
    assert run_on(article, *found) == []


def test_a_quotation_after_a_paragraph_without_one_is_left_alone() -> None:
    article = article_of("Falk said the quay was sound.", "“Nobody will fall.”")
    assert run_on(article, said(article.text, "the quay was sound", cue="said")) == []


def test_a_quotation_that_nobody_is_said_to_have_said_starts_nothing() -> None:
    article = article_of("They sang “The Quay” twice.", "“Nobody will fall.”")
    assert run_on(article) == []


def test_the_first_paragraph_goes_on_with_nothing() -> None:
    assert run_on(article_of("“Nobody will fall.”")) == []
    assert run_on(article_of()) == []


def test_a_paragraph_with_more_than_a_quotation_is_left_alone() -> None:
    article = article_of(FALK, "“Nobody,” and then “will fall.”", "It “will” hold.")
    assert run_on(article, said(article.text, "“We looked.”", cue="said")) == []


def test_what_is_attributed_inside_a_quotation_does_not_keep_it_from_going_on() -> None:
    article = article_of(FALK, "“My engineer told me that the quay would hold.”")
    found = [
        said(article.text, "“We looked.”", cue="said"),
        said(article.text, "that the quay would hold", cue="told", source="My engineer"),
    ]
    assert run_on(article, *found) == ["“My engineer told me that the quay would hold.”"]


def test_any_cue_of_a_previous_paragraph_may_hold_the_quotation() -> None:
    article = article_of("Falk said this:", "“Nobody will fall.”", "“Nobody ever did.”")
    found = said(article.text, "“Nobody will fall.”", cue="said")
    assert run_on(article, found) == ["“Nobody ever did.”"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Asked, Falk responded in the affirmative.", "Falk", "responded", "in the affirmative"),
        ("Mara Quill-Ash answered in the negative", "Mara Quill-Ash", "answered", "in the negative"),
        ("To this she replied\nin the\naffirmative.", "she", "replied", "in the\naffirmative"),
        ("So the minister responds in the negative.", "the minister", "responds", "in the negative"),
        ("To which Øyvind Åsen answered in the negative.", "Øyvind Åsen", "answered", "in the negative"),
    ],
)
def test_an_answer_in_the_affirmative_or_negative_is_a_statement(
    text: str, source: str, cue: str, content: str
) -> None:
    (found,) = assents(text, [])
    assert found == Attribution((at(text, source),), (at(text, cue),), (at(text, content),), 1.0, 1.0)


def test_an_answer_whose_source_is_not_beside_its_cue_has_none() -> None:
    (found,) = assents("Falk, he of the quay, quickly responded in the affirmative.", [])
    assert found.source == ()


def test_an_answer_that_the_model_found_is_not_added_again() -> None:
    text = "Falk responded in the affirmative."
    assert assents(text, [said(text, "in the affirmative", cue="responded")]) == []


@pytest.mark.parametrize("text", ["", "The bill passed in the affirmative.", "Falk responded to the letter."])
def test_other_words_are_no_answer(text: str) -> None:
    assert assents(text, []) == []


CUES = ("asked", "answered", "said", "confirmed", "denied")


def dialogue(*turns: tuple[str, str, Act]) -> tuple[str, list[Statement]]:
    """A text of turns, each its words, what of them is content, and its act; and their statements."""
    text = " ".join(words for words, _, _ in turns)
    marks = quoted(len(text), quotations(text))
    out, start = [], 0
    for words, content, act in turns:
        cue = next(cue for cue in CUES if cue in words)
        places = [start + words.index(part) for part in (content, cue)]
        spans = [Span(place, place + len(part)) for place, part in zip(places, (content, cue), strict=True)]
        form = form_of(text, spans[:1], quoted=marks)
        out.append(Statement(content=(spans[0],), cue=(spans[1],), act=act, form=form))
        start += len(words) + 1
    return text, out


QUESTION = ("The Tide asked whether the quay would close.", "whether the quay would close", Act.ASK)


@pytest.mark.parametrize(
    ("turn", "content"),
    [
        ("Falk answered in the affirmative.", "in the affirmative"),
        ("“Yes,” Falk answered.", "“Yes,”"),
        ("“No!” Falk said.", "“No!”"),
        ("'Absolutely not,' said Falk.", "'Absolutely not,'"),
        ('"Of course," said Falk.', '"Of course,"'),
        ("“Yes, on Monday,” said Falk.", "“Yes, on Monday,”"),
        ("Falk confirmed that it would.", "that it would"),
        ("Falk denied it.", "it"),
    ],
)
def test_a_yes_or_no_points_to_the_question_before_it(turn: str, content: str) -> None:
    text, statements = dialogue(QUESTION, (turn, content, Act.ASSERT))
    assert [s.answers for s in answered(text, statements)] == [None, 0]


def test_a_question_is_known_by_its_mark_as_well() -> None:
    text, statements = dialogue(
        ("“Will it close?” the Tide said.", "“Will it close?”", Act.ASSERT), ("Falk said yes.", "yes", Act.ASSERT)
    )
    assert [s.answers for s in answered(text, statements)] == [None, 0]


@pytest.mark.parametrize(
    ("turn", "content"),
    [
        ("Falk said that it was late.", "that it was late"),
        ("“No one will fall,” said Falk.", "“No one will fall,”"),
        ("“Nothing,” said Falk.", "“Nothing,”"),
        ("“Yesterday,” said Falk.", "“Yesterday,”"),
    ],
)
def test_another_reply_points_to_nothing(turn: str, content: str) -> None:
    text, statements = dialogue(QUESTION, (turn, content, Act.ASSERT))
    assert answered(text, statements) == statements


def test_a_yes_without_a_question_right_before_it_points_to_nothing() -> None:
    text, statements = dialogue(
        QUESTION,
        ("Quill said it was late.", "it was late", Act.ASSERT),
        ("Falk said yes.", "yes", Act.ASSERT),
    )
    assert answered(text, statements) == statements
    assert answered(text, statements[2:]) == statements[2:]
    assert answered("", []) == []


def test_a_yes_far_from_the_question_points_to_nothing() -> None:
    far = "The gulls cried. " * 30 + "Falk said yes."
    text, statements = dialogue(QUESTION, (far, "yes", Act.ASSERT))
    assert answered(text, statements) == statements


def test_answers_change_nothing_else() -> None:
    text, statements = dialogue(QUESTION, ("Falk said yes.", "yes", Act.ASSERT))
    after = answered(text, statements)
    assert [(s.content, s.cue, s.act, s.form) for s in after] == [(s.content, s.cue, s.act, s.form) for s in statements]


FALK_SPEAKS = Speaker("Tilda Falk", SpeakerKind.PERSON)
HASK_SPEAKS = Speaker("Jorun Hask", SpeakerKind.PERSON)
TIDE_SPEAKS = Speaker("The Tide", SpeakerKind.OUTLET)


def spoken_by(
    text: str, source: str, cue: str, content: str, *, speaker: Speaker | None, act: Act = Act.ASSERT
) -> Statement:
    """The statement of these words, whose form their marks tell."""
    spans = (at(text, content),)
    form = form_of(text, spans, quoted=quoted(len(text), quotations(text)))
    origin = (at(text, source),) if source else ()
    return Statement(content=spans, source=origin, cue=(at(text, cue),), speaker=speaker, form=form, act=act)


def asked_and_said(
    turn: str, cue: str, content: str, *, asks: Speaker | None = HASK_SPEAKS, speaks: Speaker | None = FALK_SPEAKS
) -> int | None:
    """What a turn behind Hask's question answers."""
    text = f"Hask asked whether it would close. {turn}"
    statements = [
        spoken_by(text, "Hask", "asked", "whether it would close", speaker=asks, act=Act.ASK),
        spoken_by(text, "", cue, content, speaker=speaks),
    ]
    return answered(text, statements)[1].answers


@pytest.mark.parametrize(
    ("turn", "cue", "content"),
    [
        ("“We looked at it,” Falk replied.", "replied", "“We looked at it,”"),
        ("Falk answered that it was late.", "answered", "that it was late"),
        ("Falk responded that it was late.", "responded", "that it was late"),
        ("Falk declined to say.", "declined", "to say"),
        ("Falk refused to say.", "refused", "to say"),
        ("“Ask the gulls,” Falk retorted.", "retorted", "“Ask the gulls,”"),
    ],
)
def test_a_reply_points_to_the_question_before_it(turn: str, cue: str, content: str) -> None:
    assert asked_and_said(turn, cue, content) == 0


def test_a_reply_needs_two_who_speak() -> None:
    turn, cue, content = "Falk replied that it was late.", "replied", "that it was late"
    again = Speaker("Jorun Hask", SpeakerKind.PERSON, KnownBy.PRONOUN, confidence=0.6)
    assert asked_and_said(turn, cue, content, speaks=again) is None
    assert asked_and_said(turn, cue, content, speaks=None) is None
    assert asked_and_said(turn, cue, content, asks=None) == 0


def test_what_a_person_says_behind_another_s_question_is_no_reply_by_itself() -> None:
    assert asked_and_said("“It is late,” Falk said.", "said", "“It is late,”") is None


def test_what_is_quoted_behind_an_outlet_s_question_replies_to_it() -> None:
    writer = Speaker("we", SpeakerKind.AUTHOR)
    for asks in (TIDE_SPEAKS, writer):
        assert asked_and_said("“It is late,” Falk said.", "said", "“It is late,”", asks=asks) == 0
        assert asked_and_said("Falk said that it was late.", "said", "that it was late", asks=asks) is None


def test_turns_of_a_transcript_answer_the_questions_before_them() -> None:
    text = "HASK: Will it close?\n\nFALK: In May, I hear.\n\nHASK: It will rain.\n\nFALK: So I hear.\n"
    speakers = {"HASK": HASK_SPEAKS, "FALK": FALK_SPEAKS}
    statements, start = [], 0
    for line in text.split("\n\n"):
        label, _, words = line.rstrip().partition(": ")
        colon = start + len(label)
        spans = [Span(start, colon), Span(colon, colon + 1), Span(colon + 2, colon + 2 + len(words))]
        source, cue, content = ((span,) for span in spans)
        statements.append(Statement(content, source, cue, speaker=speakers[label], form=Form.DIRECT))
        start += len(line) + 2
    assert [s.answers for s in answered(text, statements)] == [None, 0, None, None]


def test_what_follows_a_question_without_a_source_replies_to_it() -> None:
    text = "When asked whether it would close, Falk said that it was late."
    question = spoken_by(text, "", "asked", "whether it would close", speaker=None, act=Act.ASK)
    reply = spoken_by(text, "Falk", "said", "that it was late", speaker=FALK_SPEAKS)
    assert [s.answers for s in answered(text, [question, reply])] == [None, 0]


def test_a_reply_far_from_the_question_points_to_nothing() -> None:
    assert asked_and_said("The gulls cried. " * 30 + "Falk replied that it was late.", "replied", "it was late") is None
    assert asked_and_said("The gulls cried. " * 10 + "Falk replied that it was late.", "replied", "it was late") == 0


def test_what_stands_inside_another_statement_neither_asks_nor_answers() -> None:
    text = "Hask asked whether it would close. “Quill says it leaks,” Falk replied."
    question = spoken_by(text, "Hask", "asked", "whether it would close", speaker=HASK_SPEAKS, act=Act.ASK)
    reply = spoken_by(text, "Falk", "replied", "“Quill says it leaks,”", speaker=FALK_SPEAKS)
    inner = Statement(content=(at(text, "it leaks"),), source=(at(text, "Quill"),), cue=(at(text, "says"),), parent=1)
    assert [s.answers for s in answered(text, [question, reply, inner])] == [None, 0, None]
