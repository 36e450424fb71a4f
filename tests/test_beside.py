"""Findings on an article beside a record's: altered quotations, cited articles, circles, names. All is invented."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onrecord.article import Article, Hyperlink, Paragraph, ParagraphKind
from onrecord.checking.report import Code, Finding
from onrecord.record import Record
from onrecord.record.articles import store
from onrecord.record.beside import findings_beside
from onrecord.record.placing import placed_each
from onrecord.span import Span
from onrecord.statement import Form, Speaker, SpeakerKind, Statement, Via, ViaRole

DAY = date(2031, 3, 14)
WORDS = "We will not close the quay before the spring tides have gone out"


def article(  # noqa: PLR0913 - what the articles of these tests differ in
    words: str = WORDS,
    *,
    id: str = "draft",
    outlet: str | None = "Weyport Ledger",
    by: str = "Jorun Falk",
    told: str | None = None,
    day: int = 0,
    link: str | None = None,
    cites: str | None = None,
) -> Article:
    """An article that quotes these words, said to an outlet or not, and links to an address or not."""
    venue = f" told the {told}" if told else " said"
    whence = f" The {cites} reported it first." if cites else ""
    text = f"“{words},” {by}{venue}. The tides were high.{whence}"
    content, source = Span(0, len(words) + 3), Span(len(words) + 4, len(words) + 4 + len(by))
    cue = Span(source.end + 1, source.end + 5)
    via = (Via(told, ViaRole.VENUE, Span(text.index(told), text.index(told) + len(told))),) if told else ()
    speaker = Speaker(by, SpeakerKind.PERSON)
    return Article(
        id=id,
        text=text,
        source=f"/{id}.txt",
        outlet=outlet,
        title=f"Report {id}",
        published=DAY + timedelta(days=day),
        paragraphs=(Paragraph(Span(0, len(text)), ParagraphKind.BODY),),
        links=(Hyperlink(cue, link),) if link else (),
        statements=(Statement((content,), (cue,), (source,), form=Form.DIRECT, speaker=speaker, via=via),),
    )


def found(record: Record, draft: Article, *, code: Code) -> list[Finding]:
    list(placed_each(record))
    with record.snapshot() as connection:
        return [finding for finding in findings_beside(connection, draft) if finding.code is code]


def add(record: Record, *articles: Article) -> None:
    with record.transaction() as connection:
        for one in articles:
            store(connection, one, model="reader-0")


def test_a_quotation_that_another_article_has_otherwise_is_told_with_its_words_outlet_and_day(record: Record) -> None:
    add(record, article(WORDS.replace("not close", "close"), id="post", outlet="Tarsian Morning Post", day=-1))
    (one,) = found(record, article(), code=Code.QUOTATION_DIFFERS)
    assert one.message == (
        "Tarsian Morning Post of 13 March 2031 has this quotation otherwise: “not” is not there. That touches negation."
    )
    assert one.spans[0].of(article().text) == WORDS + ","


@pytest.mark.parametrize(
    "words", [WORDS, "We will not close the quay", "We will … close the quay before the spring tides have gone out"]
)
def test_a_quotation_in_the_same_words_cut_or_elided_does_not_differ(words: str, record: Record) -> None:
    add(record, article(id="post", outlet="Tarsian Morning Post", day=-1))
    assert not found(record, article(words), code=Code.QUOTATION_DIFFERS)


def test_an_article_that_the_record_has_is_not_compared_with_itself(record: Record) -> None:
    draft = article()
    add(record, draft)
    with record.snapshot() as connection:
        assert not findings_beside(connection, draft)
    changed = replace(draft, text=draft.text.replace("not close", "now close"))
    assert not found(record, changed, code=Code.QUOTATION_DIFFERS)


def test_words_that_the_linked_article_does_not_have_are_told(record: Record) -> None:
    address = "https://post.example/quay"
    other = article("The quay stays open to everybody who wants to fish", id="post", outlet="Tarsian Morning Post")
    add(record, replace(other, url=address))
    (one,) = found(record, article(link=address), code=Code.QUOTATION_NOT_IN_SOURCE)
    assert "the article that is linked, “Report post” (Tarsian Morning Post, 14 March 2031)" in one.message


@pytest.mark.parametrize(
    "words", [WORDS, "We [in Weyport] will not close the quay before … the spring tides have gone"]
)
def test_words_that_the_linked_article_has_are_not_told(words: str, record: Record) -> None:
    address = "https://post.example/quay"
    add(record, replace(article(id="post", outlet="Tarsian Morning Post"), url=address))
    assert not found(record, article(words, link=address), code=Code.QUOTATION_NOT_IN_SOURCE)


def test_words_that_no_article_of_the_cited_outlet_has_around_the_day_are_told_with_what_was_looked_at(
    record: Record,
) -> None:
    other = article("The quay stays open to everybody who fishes", id="post", outlet="Tarsian Morning Post", day=-2)
    add(record, other, article("Nobody fishes here any more", id="old", outlet="Tarsian Morning Post", day=-60))
    (one,) = found(record, article(told="Tarsian Morning Post"), code=Code.QUOTATION_NOT_IN_SOURCE)
    assert one.message == (
        "These words are not in the only article of Tarsian Morning Post from 7 March 2031 to 15 March 2031 in the "
        "record that names Falk."
    )
    assert one.evidence[1:] == ("looked at: “Report post” (Tarsian Morning Post, 12 March 2031)",)


def test_nothing_is_concluded_from_an_outlet_whose_articles_do_not_name_the_speaker(record: Record) -> None:
    add(record, article("The lamps stay on", id="post", by="Ilse Quandt", outlet="Tarsian Morning Post", day=-1))
    assert not found(record, article(told="Tarsian Morning Post"), code=Code.QUOTATION_NOT_IN_SOURCE)


def test_words_that_an_outlet_has_from_the_article_s_own_go_round_in_a_circle(record: Record) -> None:
    add(record, article(id="post", outlet="Tarsian Morning Post", cites="Weyport Ledger", day=-1))
    (one,) = found(record, article(told="Tarsian Morning Post"), code=Code.CIRCULAR_SOURCING)
    assert one.message == (
        "Tarsian Morning Post of 13 March 2031 has these words from Weyport Ledger: the sources go round in a circle."
    )


def test_words_that_an_outlet_has_itself_go_round_in_no_circle(record: Record) -> None:
    add(record, article(id="post", outlet="Tarsian Morning Post", cites="Ostmark Courier", day=-1))
    assert not found(record, article(told="Tarsian Morning Post"), code=Code.CIRCULAR_SOURCING)


def called(name: str, *, n: int, first: int = 0) -> list[Article]:
    subjects = "quay dyke lamp boat mill barn road tower ferry harbour".split()
    return [
        article(f"The {subjects[i]} will be painted before the summer", id=f"{name[:4]}{i}", by=name, day=-i - 1)
        for i in range(first, first + n)
    ]


def test_a_name_that_many_articles_spell_otherwise_and_none_so_is_told(record: Record) -> None:
    add(record, *called("Jorun Falkenberg", n=5))
    (one,) = found(record, article(by="Jorun Falkenburg"), code=Code.NAME_MISSPELT)
    assert "5 articles of the record have “Jorun Falkenberg”" in one.message


@pytest.mark.parametrize(
    ("known", "n", "name"),
    [
        ("Jorun Falkenberg", 4, "Jorun Falkenburg"),
        ("Jorun Falkenberg", 5, "Jonas Falkenberg"),
        ("Jorun Falkenberg", 5, "Jorun Falkenstein"),
    ],
)
def test_a_name_that_may_be_another_person_s_is_not_told(known: str, n: int, name: str, record: Record) -> None:
    add(record, *called(known, n=n))
    assert not found(record, article(by=name), code=Code.NAME_MISSPELT)


def test_a_name_that_the_record_has_in_both_spellings_is_not_told(record: Record) -> None:
    add(record, *called("Jorun Falkenberg", n=5), *called("Jorun Falkenburg", n=1, first=6))
    assert not found(record, article(by="Jorun Falkenburg"), code=Code.NAME_MISSPELT)
