"""What an article rests on: shares, speakers, certainty, and findings on invented articles."""

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.checks import PARTS, cases, judged
from onrecord import Article, Reader
from onrecord.checking.certainty import Certainty, certainty_of
from onrecord.checking.check import check
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding, Report
from onrecord.checking.sourcing import sourcing_of
from onrecord.checking.wordlists import forms, inflected
from onrecord.intake import article_from_text
from onrecord.span import Span
from tests.invented import BARE, HARBOUR, PUMPS

BESIDE = {Code.QUOTATION_NOT_IN_SOURCE, Code.QUOTATION_DIFFERS, Code.CIRCULAR_SOURCING}  # a record's alone
LEAST = 0.8  # of the findings that are made right, and of those there are made


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def of(text: str, reader: Reader) -> Report:
    return check(reader.read(article_from_text(text)))


def clause(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize("part", PARTS)
def test_the_findings_on_invented_articles_are_right_and_complete_enough(part: str, reader: Reader) -> None:
    ends = Counter(o.end for case in cases() if case.part == part for o in judged(case, reader))
    assert ends["right"] / (ends["right"] + ends["invented"]) >= LEAST
    assert ends["right"] / (ends["right"] + ends["missed"]) >= LEAST


def test_every_finding_of_a_text_alone_has_a_case_for_tuning() -> None:
    planted = {code for case in cases() if case.part == "tuning" for code, _ in case.findings}
    assert planted == {code.value for code in Code} - {Code.NAME_MISSPELT} - BESIDE


def test_a_sober_report_has_no_findings(reader: Reader) -> None:
    found = [o for case in cases() if "sober" in case.name for o in judged(case, reader)]
    assert len(found) <= 2


def test_the_words_of_a_body_are_attributed_or_the_writers_own() -> None:
    sourcing = sourcing_of(Material.of(PUMPS))
    assert 0 < sourcing.n_quoted <= sourcing.n_attributed < sourcing.n_words
    assert sourcing.share_attributed + sourcing.share_own == pytest.approx(1.0)


def test_an_article_without_a_body_has_no_shares() -> None:
    sourcing = sourcing_of(Material.of(replace(BARE, paragraphs=())))
    assert (sourcing.n_words, sourcing.share_attributed, sourcing.share_own) == (0, 0.0, 0.0)


def test_a_source_says_how_much_is_theirs_in_which_form_and_through_whom() -> None:
    by_name = {source.name: source for source in sourcing_of(Material.of(PUMPS)).sources}
    corvin = by_name["Anselm Corvin"]
    assert (corvin.n_statements, corvin.n_direct, corvin.through) == (4, 2, ("Tarsian Morning Post",))
    assert corvin.is_named


def test_who_is_not_named_has_the_description_that_the_article_gives() -> None:
    aide = next(source for source in sourcing_of(Material.of(PUMPS)).sources if not source.is_named)
    assert aide.description == "A senior aide who feared for her post"


def test_a_reason_for_not_naming_is_in_the_articles_own_words(reader: Reader) -> None:
    report = of(
        "Published: 2031-05-14\n\n"
        "The flood levy is to go, said a senior official who asked not to be named because the talks are private.\n\n"
        "Hein Ostrup of the farmers' union said that his members would be glad.\n",
        reader,
    )
    assert [source.reason for source in report.sourcing.sources if not source.is_named] == [
        "because the talks are private"
    ]


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The quay was closed on Monday.", Certainty.ASSERTED),
        ("The quay may be closed.", Certainty.HEDGED),
        ("The quay was allegedly closed.", Certainty.HEDGED),
        ("If it rains the quay closes.", Certainty.CONDITIONAL),
        ("The quay will be closed.", Certainty.FUTURE),
        ("The quay was never closed.", Certainty.NEGATED),
        ("Was the quay closed?", Certainty.ASKED),
        ("Nobody knows whether the quay was closed.", Certainty.ASKED),
        ("In May the quay was closed.", Certainty.ASSERTED),
        ("Divers could not open the quay.", Certainty.NEGATED),
    ],
)
def test_a_clause_is_as_certain_as_its_words(sentence: str, certainty: Certainty) -> None:
    article = article_from_text(sentence)
    assert certainty_of(Material.of(article), clause(article, sentence)) is certainty


def test_a_clause_inside_a_statement_is_attributed() -> None:
    assert certainty_of(Material.of(PUMPS), clause(PUMPS, "the old ones rusty")) is Certainty.ATTRIBUTED


def test_findings_are_ranked_by_their_codes_then_by_their_places() -> None:
    codes = list(Code)
    places = [(codes.index(finding.code), finding.spans[0]) for finding in check(PUMPS).findings]
    assert places == sorted(places)
    assert places


def test_every_span_of_a_finding_lies_in_the_text() -> None:
    for article in (HARBOUR, PUMPS, BARE):
        for finding in check(article).findings:
            assert all(span.end <= len(article.text) for span in finding.spans)
            assert finding.message.endswith((".", "”."))


@pytest.mark.parametrize(
    "text",
    ["", "\n", "“", '"', "[", "…", "“[…]”", "'''", "É" * 40, "🚢 said \u202e“no” … [x", "The A. The B. The C said."],
)
def test_any_text_is_checked_whatever_its_marks(text: str) -> None:
    paragraphs = article_from_text(text).paragraphs if text.strip() else ()
    assert check(Article(id="odd", text=text, paragraphs=paragraphs)).sourcing.n_words >= 0


def test_a_finding_needs_a_span_and_a_probability() -> None:
    with pytest.raises(ValueError, match="span"):
        Finding(Code.SINGLE_SOURCE, (), "No.", (), 0.5)
    with pytest.raises(ValueError, match="between 0 and 1"):
        Finding(Code.SINGLE_SOURCE, (Span(0, 1),), "No.", (), 1.5)


@pytest.mark.parametrize(
    ("verb", "past"),
    [("bribe", "bribed"), ("bury", "buried"), ("rob", "robbed"), ("take", "taken"), ("cheat", "cheated")],
)
def test_a_verb_of_wrongdoing_is_found_in_its_forms(verb: str, past: str) -> None:
    assert past in forms(verb)


def test_a_phrase_of_wrongdoing_is_found_over_the_words_between() -> None:
    found = inflected("wrongdoing", "does").search("She used the money of her pupils to pay for a villa.")
    assert found is not None
    assert found.group() == "used the money of her pupils to pay for"
