"""Tests of the ways of utterances in a record: what it keeps of articles is what they are found from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import onrecord
from onrecord.article import Article, Hyperlink, Paragraph, ParagraphKind
from onrecord.record import Record
from onrecord.record.articles import store
from onrecord.record.placing import placed_each
from onrecord.record.traces import Trace, all_traces, traces_of
from onrecord.span import Span
from onrecord.statement import Speaker, SpeakerKind
from onrecord.tracing.sources import Evidence
from onrecord.tracing.variants import Variant
from onrecord.tracing.way import Break, End
from tests.tracing import DAY, FALK, by_way_of, report, reported

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FULL = "The storms come earlier every year, the dyke is rotten, and nobody in the capital listens to a fisherman."
LEDGER = replace(report(FULL, id="ledger"), outlet="The Weyport Ledger", url="https://weyport-ledger.example/a/storms")


POST = by_way_of(
    replace(report("nobody in the capital listens", id="post", day=1), outlet="Harbour Post"), "Weyport Ledger"
)
MAIL = by_way_of(
    replace(report("nobody in the capital will listen", id="mail", day=4), outlet="Grey Sound Mail"), "Harbour Post"
)


def traced(record: Record, *articles: Article) -> Trace:
    """The utterance that these articles print, in a record of them alone."""
    with record.transaction() as connection:
        for article in articles:
            store(connection, replace(article, source=f"/{article.id}.txt"), model="reader-0")
    list(placed_each(record))
    with record.snapshot() as connection:
        (found,) = traces_of(connection, "in the capital")
        assert found in list(all_traces(connection))
    return found


def backs(trace: Trace) -> dict[str, Sequence[str]]:
    """By its article, the articles through which the way of each copy leads back."""
    names = {copy.number: copy.article for copy in trace.copies}
    return {copy.article: [names[number] for number in copy.way.back] for copy in trace.copies if copy.way}


def test_three_reports_of_which_each_cites_the_one_before_lead_back_to_the_first(record: Record) -> None:
    trace = traced(record, MAIL, POST, LEDGER)
    assert backs(trace) == {"ledger": [], "post": ["ledger"], "mail": ["post", "ledger"]}
    last = trace.copies[-1].way
    assert last
    assert last.names == (FALK, "The Weyport Ledger", "Harbour Post", "Grey Sound Mail")
    assert (trace.copies[0].number, trace.circles) == (trace.origin, ())


def test_a_link_leads_to_the_article_that_the_record_knows_by_the_address(record: Record) -> None:
    address = "http://www.weyport-ledger.example/a/storms?utm_source=post"
    post = replace(report("nobody in the capital listens", id="post", day=1), links=(Hyperlink(Span(3, 9), address),))
    trace = traced(record, LEDGER, post)
    way = trace.copies[1].way
    assert way
    (cited,) = way.cites
    assert (cited.copy, cited.evidence, cited.span, cited.address) == (trace.origin, Evidence.LINK, Span(3, 9), address)


def test_a_link_in_the_headline_of_another_story_leads_nowhere(record: Record) -> None:
    post = report("nobody in the capital listens", id="post", day=1)
    start = len(post.text) + 2
    beside = Paragraph(Span(start, start + 12), ParagraphKind.RELATED)
    links = (Hyperlink(beside.span, "https://weyport-ledger.example/a/storms"),)
    post = replace(post, text=f"{post.text}\n\nStorms ahead", paragraphs=(*post.paragraphs, beside), links=links)
    assert backs(traced(record, LEDGER, post)) == {"ledger": [], "post": []}


def test_the_articles_of_a_named_source_are_counted_up_to_the_day(record: Record) -> None:
    other = "We never said anything about the lighthouse at all, and it is green."
    of_post = [replace(report(f"{other} {n}", id=f"p{n}", day=n), outlet="The Harbour Post") for n in (-2, 0, 4, 9)]
    old = replace(of_post[0], text=of_post[0].text.replace("green", "white"))
    trace = traced(record, old, *of_post, replace(of_post[0], id="undated", published=None), MAIL)
    way = trace.copies[0].way
    assert way
    assert way.missing == Break(End.NO_COPY, "Harbour Post")
    assert way.cites[0].n_articles == 4


def test_a_source_of_which_the_record_has_nothing_is_not_in_it(record: Record) -> None:
    way = traced(record, MAIL).copies[0].way
    assert way
    assert (way.end, way.cites[0].n_articles) == (End.NOT_IN_RECORD, 0)


def test_an_outlet_to_which_a_report_attributes_words_passes_them_on(record: Record) -> None:
    speaker = Speaker("Weyport Ledger", SpeakerKind.OUTLET)
    (statement,) = report("nobody in the capital listens", id="post", day=1).statements
    post = replace(
        report("nobody in the capital listens", id="post", day=1), statements=(replace(statement, speaker=speaker),)
    )
    assert backs(traced(record, LEDGER, post)) == {"ledger": [], "post": ["ledger"]}


def test_the_outlet_of_another_copy_that_a_paragraph_names_is_cited(record: Record) -> None:
    beside = "told the Weyport Ledger."
    post = report("nobody in the capital listens", id="post", day=1, rest=beside)
    trace = traced(record, LEDGER, post)
    way = trace.copies[1].way
    assert way
    (cited,) = way.cites
    assert cited.evidence is Evidence.MENTION
    assert cited.span
    assert cited.span.of(post.text) == "Weyport Ledger"
    elsewhere = len(post.text) - len(beside)
    assert cited.span.start > elsewhere


def test_an_outlet_that_the_next_paragraph_names_is_not(record: Record) -> None:
    post = report("nobody in the capital listens", id="post", day=1)
    start = len(post.text) + 2
    text = f"{post.text}\n\nThe Weyport Ledger has a new roof."
    after = Paragraph(Span(start, len(text)), ParagraphKind.BODY)
    post = replace(post, text=text, paragraphs=(*post.paragraphs, after))
    assert backs(traced(record, LEDGER, post)) == {"ledger": [], "post": []}


def test_one_text_in_two_outlets_is_from_the_first(record: Record) -> None:
    long = replace(LEDGER, text=f"{LEDGER.text} {' '.join(f'word{n}' for n in range(300))}")
    again = replace(long, id="again", outlet="Harbour Post", url=None, published=date.fromordinal(DAY.toordinal() + 1))
    assert backs(traced(record, long, again)) == {"ledger": [], "again": ["ledger"]}


def test_two_reports_of_one_day_that_cite_each_other_are_a_circle(record: Record) -> None:
    ledger = by_way_of(LEDGER, "Harbour Post")
    trace = traced(record, ledger, replace(POST, published=DAY))
    assert [sorted(circle) for circle in trace.circles] == [sorted(copy.number for copy in trace.copies)]
    assert {copy.way.end for copy in trace.copies if copy.way} == {End.CIRCLE}


def test_reported_words_have_their_way_too(record: Record) -> None:
    words = "nobody in the capital would listen to a fisherman while the storms came earlier"
    paraphrase = replace(by_way_of(reported(words, id="mail", day=2), "Weyport Ledger"), outlet="Grey Sound Mail")
    assert backs(traced(record, LEDGER, paraphrase)) == {"ledger": [], "mail": ["ledger"]}


def test_the_example_at_third_hand_leads_back_through_the_second_to_the_first(record: Record) -> None:
    with record.transaction() as connection:
        for name in ("insurers.txt", "piers.html", "quay.html"):
            store(connection, onrecord.read(EXAMPLES / name), model="")
    list(placed_each(record))
    with record.snapshot() as connection:
        (trace,) = traces_of(connection, "close the quay")
    assert backs(trace) == {"quay": [], "piers": ["quay"], "insurers": ["piers", "quay"]}
    first, *_, last = trace.copies
    assert (first.number, last.difference.variant) == (trace.origin, Variant.ALTERED)
    assert last.way
    assert last.way.names == ("Jorun Falk", "Weyport Ledger", "Tarsian Morning Post", "The Grey Sound Mail")
