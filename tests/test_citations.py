"""Which other outlets an article has something from: speakers, those words came through, and its list of sources."""

import pytest

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.reading.citations import cited_outlets
from onrecord.span import Span
from onrecord.statement import KnownBy, Speaker, SpeakerKind, Statement, Via, ViaRole

TEXT = "The Berliner Zeitung wrote that the quay was closed. Falk told the paper that it leaks."


def at(text: str, words: str) -> Span:
    """The span of these words in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def by(speaker: Speaker | None, *via: Via, content: str = "the quay was closed") -> Statement:
    """A statement of this speaker."""
    return Statement(content=(at(TEXT, content),), speaker=speaker, via=via)


def outlet(name: str, proper: str | None = None) -> Speaker:
    """An outlet that speaks."""
    return Speaker(name, SpeakerKind.OUTLET, proper=proper)


def listing(*lines: str, kind: ParagraphKind = ParagraphKind.SOURCES) -> Article:
    """An article that ends with this list."""
    text = "\n".join(lines)
    body = Paragraph(Span(0, len(TEXT)), ParagraphKind.BODY)
    sources = Paragraph(Span(len(TEXT) + 2, len(TEXT) + 2 + len(text)), kind)
    return Article("quay", f"{TEXT}\n\n{text}", paragraphs=(body, sources))


def test_an_outlet_that_speaks_is_cited_by_its_proper_name() -> None:
    article = Article("quay", TEXT)
    assert cited_outlets(article, [by(outlet("Berliner Zeitung"))]) == ("Berliner Zeitung",)
    assert cited_outlets(article, [by(outlet("the Berliner Zeitung’s"))]) == ("Berliner Zeitung",)
    assert cited_outlets(article, [by(outlet("Berliner Zietung"))]) == ("Berliner Zeitung",)
    assert cited_outlets(article, [by(outlet("Berliner Zietung", "Berliner Zeitung"))]) == ("Berliner Zeitung",)


def test_an_outlet_that_words_came_through_is_cited() -> None:
    falk = Speaker("Tilda Falk", SpeakerKind.PERSON)
    venue = Via("Berliner Zietung", ViaRole.VENUE, at(TEXT, "the paper"), "Berliner Zeitung")
    reporter = Via("Berliner Zeitung", ViaRole.REPORTER)
    for via in (venue, reporter):
        assert cited_outlets(Article("quay", TEXT), [by(falk, via)]) == ("Berliner Zeitung",)


@pytest.mark.parametrize(
    "statement",
    [
        by(None),
        by(Speaker("Tilda Falk", SpeakerKind.PERSON)),
        by(Speaker("Berliner Zeitung", SpeakerKind.ORGANISATION)),
        by(Speaker("newspaper", SpeakerKind.OUTLET, KnownBy.DESCRIPTION)),
        by(Speaker("Tilda Falk", SpeakerKind.PERSON), Via("Twitter", ViaRole.VENUE)),
        by(Speaker("Tilda Falk", SpeakerKind.PERSON), Via("a statement", ViaRole.VENUE)),
        by(Speaker("Tilda Falk", SpeakerKind.PERSON), Via("Weyport", ViaRole.VENUE, at(TEXT, "quay"))),
    ],
)
def test_nothing_else_is_cited(statement: Statement) -> None:
    assert cited_outlets(Article("quay", TEXT), [statement]) == ()


def test_an_outlet_that_the_list_lacks_is_cited_by_its_own_name() -> None:
    falk = Speaker("Tilda Falk", SpeakerKind.PERSON)
    assert cited_outlets(Article("quay", TEXT), [by(outlet("Weyport Tide-Ledger"))]) == ("Weyport Tide-Ledger",)
    by_radio = by(falk, Via("Radio Ode Nord", ViaRole.VENUE))
    assert cited_outlets(Article("quay", TEXT), [by_radio]) == ("Radio Ode Nord",)


def test_the_article_s_own_outlet_is_not_cited_however_it_is_spelt() -> None:
    for own in ("Berliner Zeitung", "The Berliner Zeitung", "Berliner Zietung"):
        assert cited_outlets(Article("quay", TEXT, outlet=own), [by(outlet("Berliner Zeitung"))]) == ()
    for own, named in (("The Grey Sound Mail", "Grey Sound Mail"), ("Grey Sound Mail", "the Grey Sound Mail")):
        assert cited_outlets(Article("quay", TEXT, outlet=own), [by(outlet(named))]) == ()
    article = Article("quay", TEXT, outlet="Weyport Tide-Ledger")
    assert cited_outlets(article, [by(outlet("Berliner Zeitung"))]) == ("Berliner Zeitung",)


def test_outlets_stand_once_in_the_order_of_the_text() -> None:
    falk = Speaker("Tilda Falk", SpeakerKind.PERSON)
    statements = [
        by(falk, Via("CNN", ViaRole.VENUE, at(TEXT, "the paper")), content="it leaks"),
        by(outlet("Berliner Zeitung")),
        by(outlet("Berliner Zietung"), content="it leaks"),
    ]
    assert cited_outlets(Article("quay", TEXT), statements) == ("Berliner Zeitung", "CNN")
    assert cited_outlets(Article("quay", TEXT), statements[::-1]) == ("Berliner Zeitung", "CNN")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Berliner Zeitung"], ("Berliner Zeitung",)),
        (["Source: Berliner Zietung"], ("Berliner Zeitung",)),
        (["https://www.berliner-zeitung.de/quay?id=4"], ("Berliner Zeitung",)),
        (["  berliner-zeitung.de  "], ("Berliner Zeitung",)),
        (["https://tide.weyport.example/quay"], ("tide.weyport.example",)),
        (
            ["Sources:", "weyport.example", "Berliner Zeitung", "weyport.example"],
            ("weyport.example", "Berliner Zeitung"),
        ),
        (["Weyport Harbour Board", "a letter", "", "Tilda Falk"], ()),
        (["Sources:"], ()),
    ],
)
def test_the_list_of_sources_cites_what_it_names(lines: list[str], expected: tuple[str, ...]) -> None:
    assert cited_outlets(listing(*lines), []) == expected


def test_no_other_paragraph_is_a_list_of_sources() -> None:
    assert cited_outlets(listing("Berliner Zeitung", kind=ParagraphKind.RELATED), []) == ()


def test_what_speaks_before_the_list_comes_first() -> None:
    article = listing("weyport.example", "CNN")
    assert cited_outlets(article, [by(outlet("CNN"))]) == ("CNN", "weyport.example")


def test_an_empty_article_cites_nobody() -> None:
    assert cited_outlets(Article("quay", ""), []) == ()
