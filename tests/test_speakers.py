"""Who the speaker of each statement is, by the reader that ships, on plain sentences of invented news."""

import pytest

from onrecord import Article, Reader, Speaker
from onrecord.intake import article_from_text
from onrecord.reading.speakers import confidence_of
from onrecord.statement import KnownBy, LinkRole, SpeakerKind

CLARA = "Clara Falk, the mayor of Weyport, opened the new quay on Monday."
BORIS = "Boris Falk, the mayor of Weyport, opened the new quay on Monday."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def read(reader: Reader, text: str) -> Article:
    """The article, of whose speakers each says how sure it is."""
    article = reader.read(article_from_text(text))
    assert all(0.0 <= s.speaker.confidence <= 1.0 for s in article.statements if s.speaker)
    return article


def speaker_of(reader: Reader, text: str, content: str) -> Speaker | None:
    """The speaker of the one outermost statement in whose content these words stand."""
    article, start = read(reader, text), text.index(content)
    (found,) = (s for s in article.statements if s.parent is None and any(c.start <= start < c.end for c in s.content))
    return found.speaker


def who(reader: Reader, text: str, content: str) -> tuple[str, SpeakerKind, KnownBy]:
    """The speaker's name and kind, and what tells it."""
    speaker = speaker_of(reader, text, content)
    assert speaker is not None
    return speaker.name, speaker.kind, speaker.known_by


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{BORIS}\n\n“The wall has moved,” he said.", "Boris Falk"),
        (f"{CLARA}\n\n“The wall has moved,” she said.", "Clara Falk"),
        ("Boris Falk and Clara Quill met in Weyport on Monday. She said that the wall has moved.", "Clara Quill"),
        ("Boris Falk and Clara Quill met in Weyport on Monday. He said that the wall has moved.", "Boris Falk"),
    ],
)
def test_he_and_she_are_who_is_named_before(reader: Reader, text: str, name: str) -> None:
    assert who(reader, text, "wall has moved") == (name, SpeakerKind.PERSON, KnownBy.PRONOUN)


def test_they_are_the_crowd_named_before(reader: Reader) -> None:
    text = "The dockers met in Weyport on Monday. They said that the wall has moved."
    assert who(reader, text, "wall has moved") == ("dockers", SpeakerKind.UNNAMED, KnownBy.PRONOUN)


def test_he_without_anybody_before_is_nobody(reader: Reader) -> None:
    assert speaker_of(reader, "“The wall has moved,” he said.", "wall has moved") is None


@pytest.mark.parametrize(
    "source",
    [
        "Clara Falk",
        "The harbour master, Clara Falk,",
        "Clara Falk, the harbour master of Weyport,",
        "Falk’s deputy, Clara Falk,",
        "Clara Falk, who met Boris Quill on Sunday,",
    ],
)
def test_a_source_that_names_somebody_names_the_speaker(reader: Reader, source: str) -> None:
    text = f"{source} said on Monday that the wall has moved."
    assert who(reader, text, "wall has moved") == ("Clara Falk", SpeakerKind.PERSON, KnownBy.NAME)


@pytest.mark.parametrize("family", ["Falk", "King", "Bishop"])
def test_a_family_name_is_who_is_named_in_full(reader: Reader, family: str) -> None:
    text = f"Boris {family}, the mayor of Weyport, opened the new quay. {family} said that the wall has moved."
    assert who(reader, text, "wall has moved") == (f"Boris {family}", SpeakerKind.PERSON, KnownBy.NAME)


def test_the_minister_is_who_is_named_as_one(reader: Reader) -> None:
    text = "Clara Falk, the transport minister, opened the new quay on Monday.\n\n“It will hold,” the minister said."
    assert who(reader, text, "It will hold") == ("Clara Falk", SpeakerKind.PERSON, KnownBy.ROLE)


@pytest.mark.parametrize("outlet", ["Berliner Zeitung", "Weyport Times", "Weyport Gazette"])
def test_the_newspaper_is_the_one_named_before(reader: Reader, outlet: str) -> None:
    text = (
        f"The {outlet} reported on Monday that the quay would be closed.\n\nThe newspaper said that the wall has moved."
    )
    assert who(reader, text, "wall has moved") == (outlet, SpeakerKind.OUTLET, KnownBy.ROLE)


@pytest.mark.parametrize("source", ["Falk’s spokesman", "Falk's spokesman", "A spokesman for Falk", "An aide to Falk"])
def test_somebody_s_spokesman_is_somebody_else(reader: Reader, source: str) -> None:
    name, kind, known_by = who(reader, f"{CLARA}\n\n{source} said that the wall has moved.", "wall has moved")
    assert name.casefold().endswith(source.removeprefix("A spokesman ").removeprefix("An aide ").casefold())
    assert (kind, known_by) == (SpeakerKind.UNNAMED, KnownBy.DESCRIPTION)


def test_a_spokesman_who_is_named_speaks_for_himself(reader: Reader) -> None:
    text = f"{CLARA} Falk’s spokesman, Boris Quill, said that the wall has moved."
    assert who(reader, text, "wall has moved") == ("Boris Quill", SpeakerKind.PERSON, KnownBy.NAME)


def test_a_quotation_that_runs_on_is_the_same_speaker_s_and_less_sure(reader: Reader) -> None:
    text = "“The wall has moved,” said Clara Falk.\n\n“It moved by a metre.”"
    assert who(reader, text, "It moved by") == ("Clara Falk", SpeakerKind.PERSON, KnownBy.CONTINUATION)
    before, after = speaker_of(reader, text, "The wall"), speaker_of(reader, text, "It moved by")
    assert before is not None
    assert after is not None
    assert after.confidence <= before.confidence


def test_i_inside_a_quotation_is_who_is_quoted(reader: Reader) -> None:
    text = "“I said that the wall would not hold,” Clara Falk told reporters in Weyport."
    inner = [s.speaker for s in read(reader, text).statements if s.parent is not None]
    assert [s and (s.name, s.kind, s.known_by) for s in inner] == [("Clara Falk", SpeakerKind.PERSON, KnownBy.PRONOUN)]


@pytest.mark.parametrize(("word", "name"), [("I", "I"), ("We", "we")])
def test_i_and_we_outside_quotations_are_the_writer(reader: Reader, word: str, name: str) -> None:
    text = f"{word} said that the wall would not hold."
    assert who(reader, text, "wall") == (name, SpeakerKind.AUTHOR, KnownBy.PRONOUN)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("A senior official", "senior official"),
        ("Some residents", "Some residents"),
        ("Two officials who spoke on condition of anonymity", "Two officials"),
    ],
)
def test_who_is_not_named_is_described(reader: Reader, source: str, name: str) -> None:
    text = f"{source} said on Monday that the wall has moved."
    assert who(reader, text, "wall has moved") == (name, SpeakerKind.UNNAMED, KnownBy.DESCRIPTION)


def test_an_organisation_speaks(reader: Reader) -> None:
    text = "The quay will be closed on Monday, the Harbour Authority said."
    assert who(reader, text, "quay will") == ("Harbour Authority", SpeakerKind.ORGANISATION, KnownBy.NAME)


@pytest.mark.parametrize(("source", "name"), [("The report", "report"), ("A study", "study")])
def test_a_document_says_something(reader: Reader, source: str, name: str) -> None:
    text = f"{source} said that the wall has moved by a metre."
    assert who(reader, text, "wall has moved") == (name, SpeakerKind.DOCUMENT, KnownBy.DESCRIPTION)


def test_a_phrase_at_the_top_is_whom_the_next_sentence_names(reader: Reader) -> None:
    text = (
        "A harbour official has warned that the quay is not safe.\n\n"
        "Clara Falk, an official at the Weyport Harbour Office, said on Monday that the wall had moved by a metre."
    )
    assert who(reader, text, "quay is not safe") == ("Clara Falk", SpeakerKind.PERSON, KnownBy.ROLE)


def test_a_phrase_at_the_top_that_nothing_takes_up_stays(reader: Reader) -> None:
    text = "A harbour official has warned that the quay is not safe.\n\nClara Falk, a baker, said that she saw nothing."
    assert who(reader, text, "quay is not safe")[:2] == ("harbour official", SpeakerKind.UNNAMED)


def test_her_campaign_has_its_owner_s_name(reader: Reader) -> None:
    text = "Clara Falk is running for mayor of Weyport. Her campaign said on Monday that the poll was wrong."
    assert who(reader, text, "poll was wrong") == ("Clara Falk’s campaign", SpeakerKind.ORGANISATION, KnownBy.ROLE)


def test_her_campaign_goes_by_the_name_that_the_article_has_for_it(reader: Reader) -> None:
    text = (
        "Clara Falk is running for mayor of Weyport. The Falk campaign raised a million crowns in May. "
        "Her campaign said on Monday that the poll was wrong."
    )
    assert who(reader, text, "poll was wrong") == ("Falk campaign", SpeakerKind.ORGANISATION, KnownBy.ROLE)


def test_a_misspelt_outlet_keeps_its_spelling_and_has_the_right_one_beside_it(reader: Reader) -> None:
    text = "The Berliner Zietung reported on Monday that the quay in Weyport would be closed."
    speaker = speaker_of(reader, text, "would be closed")
    assert speaker is not None
    assert (speaker.name, speaker.proper) == ("Berliner Zietung", "Berliner Zeitung")
    assert speaker.kind is SpeakerKind.OUTLET
    article = read(reader, text)
    chain = article.statements[0].chain(article)
    assert (chain[0].name, chain[0].role) == ("Berliner Zeitung", LinkRole.SPEAKER)
    assert [link.role for link in chain] == [LinkRole.SPEAKER, LinkRole.ARTICLE]
    assert article.cited_outlets == ("Berliner Zeitung",)


def test_a_rightly_spelt_outlet_has_no_other_spelling(reader: Reader) -> None:
    text = "The Berliner Zeitung reported on Monday that the quay in Weyport would be closed."
    speaker = speaker_of(reader, text, "would be closed")
    assert speaker is not None
    assert (speaker.name, speaker.proper) == ("Berliner Zeitung", None)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Clara Falk and Boris Quill", "Clara Falk and Boris Quill"),
        ("Clara Falk, Boris Quill and Anna Calloway", "Clara Falk, Boris Quill and Anna Calloway"),
    ],
)
def test_those_who_speak_together_are_named_together(reader: Reader, source: str, name: str) -> None:
    text = f"{source} said on Monday that the wall has moved."
    assert who(reader, text, "wall has moved") == (name, SpeakerKind.PERSON, KnownBy.NAME)


@pytest.mark.parametrize(
    "text",
    ["The quay is said to be unsafe.", "It was said on Monday that the quay would be closed."],
)
def test_what_nobody_is_said_to_say_has_no_speaker(reader: Reader, text: str) -> None:
    assert [s.speaker for s in read(reader, text).statements] == [None] * len(read(reader, text).statements)


def test_the_turns_of_a_transcript_are_their_labels(reader: Reader) -> None:
    text = (
        "Weyport Talks About Its Quay\n\nClara Falk and Boris Hask spoke on Monday about the quay in Weyport.\n\n"
        "HASK: Will the quay be closed?\n\nFALK: Yes, in the spring.\n\nHASK: And the ferry?\n\nFALK: It will sail.\n"
    )
    assert who(reader, text, "Will the quay") == ("Boris Hask", SpeakerKind.PERSON, KnownBy.NAME)
    assert who(reader, text, "Yes, in the") == ("Clara Falk", SpeakerKind.PERSON, KnownBy.NAME)


WEIGHTS: dict[str, tuple[float, float]] = {
    KnownBy.NAME: (0.0, 1.0),
    KnownBy.ROLE: (-2.0, 1.0),
    KnownBy.PRONOUN: (0.0, 0.0),
}


@pytest.mark.parametrize("sure", [0.0, 0.3, 0.5, 0.999, 1.0])
@pytest.mark.parametrize("known_by", list(KnownBy))
def test_weights_turn_what_mentions_add_up_to_into_a_probability(known_by: KnownBy, sure: float) -> None:
    speaker = Speaker("Clara Falk", SpeakerKind.PERSON, known_by, confidence=sure)
    found = confidence_of(speaker, WEIGHTS)
    assert 0.0 <= found <= 1.0
    assert confidence_of(speaker, {}) == sure
    if known_by is KnownBy.PRONOUN:
        assert found == 0.5
    if known_by is KnownBy.NAME:
        assert found == pytest.approx(sure, abs=0.01)
    if known_by is KnownBy.ROLE:
        assert found <= sure + 0.01
