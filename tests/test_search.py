"""Statements found in a record: whose they are, by which words, in which order, and never those of old versions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, text, update

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.errors import UsageError
from onrecord.record import Record, schema
from onrecord.record.articles import store
from onrecord.record.called import speakers_like
from onrecord.record.holdings import holdings
from onrecord.record.meant import meant
from onrecord.record.search import Filters, Page, said, search
from onrecord.span import Span, spoken
from onrecord.statement import Act, Days, Form, Speaker, SpeakerKind, Statement, Via, ViaRole
from tests.invented import HARBOUR, PUMPS, TEXT

FALK = Speaker("Jorun Falk", SpeakerKind.PERSON)
OFFICE = Speaker("Falk’s press office", SpeakerKind.ORGANISATION)
CAFE = Speaker("Café Brandvold", SpeakerKind.ORGANISATION)

DIFFERING = """
    (TABLE statement_words EXCEPT SELECT statement_id, words FROM statement_vectors)
    UNION ALL (SELECT statement_id, words FROM statement_vectors EXCEPT TABLE statement_words)"""


def report(
    words: str, *, id: str = "a", speaker: Speaker = FALK, before: str = "", outlet: str | None = "Tide Weekly"
) -> Article:
    """An article of one paragraph, whose one statement has these words."""
    text = f"{before}{speaker.name} said {words}"
    content = Span(len(text) - len(words), len(text))
    return Article(
        id=id,
        text=text,
        source=f"in/{id}.txt",
        outlet=outlet,
        title=f"Notes of {id}",
        published=date(2031, 1, 15),
        paragraphs=(Paragraph(Span(0, len(text)), ParagraphKind.BODY),),
        statements=(Statement(content=(content,), speaker=speaker, form=Form.INDIRECT),),
    )


def keep(record: Record, *articles: Article) -> None:
    with record.transaction() as connection:
        for article in articles:
            store(connection, article, model="reader-0")


def sought(record: Record, text: str, **options: object) -> Page:
    with record.snapshot() as connection:
        return search(connection, text, **options)  # type: ignore[arg-type]


def told(record: Record, who: str, **options: object) -> Page:
    with record.snapshot() as connection:
        return said(connection, who, **options)  # type: ignore[arg-type]


def contents(page: Page) -> list[str]:
    return [hit.content for hit in page.hits]


def agrees(record: Record) -> bool:
    """Whether the index holds exactly what the statements say; FTS5 raises where it does not."""
    with record.transaction() as connection:
        if connection.dialect.name == "sqlite":
            check = "INSERT INTO statement_words(statement_words, rank) VALUES ('integrity-check', 1)"
            connection.exec_driver_sql(check)
            return True
        return connection.exec_driver_sql(DIFFERING).first() is None


def test_words_are_found_in_any_form_case_and_accent(record: Record) -> None:
    keep(record, report("the pumps are threatened by the Flóod"))
    for typed in ("PUMP threaten", "pumping threatens", "flood", "“threatened by the flood”", "threat*"):
        assert len(sought(record, typed).hits) == 1, typed
    assert not sought(record, "pumps -flood").hits
    assert not sought(record, "“by threatened”").hits


def test_a_beginning_finds_words_that_porter_cuts_shorter(record: Record) -> None:
    keep(record, report("that the administration of the university was negotiating"))
    for typed in ("administrat*", "administ*", "universit*", "negotiat*", "administration*"):
        assert sought(record, typed).hits, typed


def test_what_is_said_counts_more_than_the_paragraph_around_it(record: Record) -> None:
    around = report("that nothing was excluded", id="around", before="Asked about gates and gates, ")
    keep(record, around, report("that the gates would hold until spring", id="in"))
    page = sought(record, "gates")
    assert [hit.article for hit in page.hits] == ["in", "around"]
    assert page.hits[0].matched
    assert not page.hits[0].passage
    behind = page.hits[1]
    assert [behind.passage[span.start : span.end] for span in behind.matched_around] == ["gates", "gates"]


def test_of_a_long_paragraph_the_part_is_shown_that_matches(record: Record) -> None:
    before = " ".join(f"Line {n} of the log, which nobody reads." for n in range(20))
    keep(record, report("that it rained", before=f"{before} The old ferry’s café, “Tide Inn”, is shut. {before} "))
    (hit,) = sought(record, '"ferry’s cafe" "tide inn"').hits
    assert hit.passage.startswith("…")
    assert hit.passage.endswith("…")
    marked = [hit.passage[span.start : span.end] for span in hit.matched_around]
    assert marked == ["ferry’s café", "Tide Inn"]
    assert len(hit.passage.split()) < 20


@pytest.mark.parametrize("typed", ["gates OR quay", "gat*", '"the gates"', "gates -ferry"])
def test_every_form_that_matches_is_marked(record: Record, typed: str) -> None:
    keep(record, report("that the gates and the gate would hold"))
    (hit,) = sought(record, typed).hits
    marked = [hit.content[span.start : span.end] for span in hit.matched]
    assert marked == (["the gates", "the gate"] if typed.startswith('"') else ["gates", "gate"])


def test_a_phrase_stands_in_one_place_and_not_across_two(record: Record) -> None:
    keep(record, report("that it rained"))
    assert not sought(record, '"falk notes"').hits
    assert not sought(record, '"rained jorun"').hits


def test_what_was_added_first_is_found_in_a_record_however_large(record: Record) -> None:
    keep(record, report("the gates of the lock hold", id="first"))
    is_file = record.engine.dialect.name == "sqlite"
    move_on = (
        "UPDATE sqlite_sequence SET seq = {} WHERE name = 'statements'"
        if is_file
        else "SELECT setval('statements_id_seq', {})"
    )
    for n, last in enumerate((400_000, 3_000_000)):
        with record.transaction() as connection:
            connection.execute(text(move_on.format(last)))
        keep(record, report("the gates of the lock are shut", id=f"later-{n}"))
    for typed in ("gates", "gat*", '"the gates"', '"of the lock" OR shut', '"the gates" -ferry'):
        assert {hit.article for hit in sought(record, typed).hits} == {"first", "later-0", "later-1"}, typed


def test_speaker_and_headline_are_searched_too(record: Record) -> None:
    keep(record, report("that it rained", id="harvest"))
    assert sought(record, "Falk rained").hits
    assert sought(record, "harvest").hits
    assert not told(record, "Falk", about="harvest").hits


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("Jorun Falk", ["Jorun Falk"]),
        ("falk", ["Jorun Falk"]),
        ("JORUN", ["Jorun Falk"]),
        ("press office", ["Falk’s press office"]),
        ("cafe", ["Café Brandvold"]),
        ("brändvold", ["Café Brandvold"]),
        ("Fal", []),
        ("Falk Jorun", []),
        ("", []),
        ("🚢", []),
    ],
)
def test_somebody_is_found_by_any_words_of_the_name_in_their_order(record: Record, who: str, found: list[str]) -> None:
    keep(record, *(report("yes", id=one.kind, speaker=one) for one in (FALK, replace(CAFE, kind=SpeakerKind.OUTLET))))
    keep(record, report("yes", id="office", speaker=OFFICE))
    with record.snapshot() as connection:
        assert list(meant(connection, who).names) == found


def test_people_are_meant_before_whatever_else_bears_their_name(record: Record) -> None:
    campaign = Speaker("Falk campaign", SpeakerKind.ORGANISATION)
    keep(record, report("yes", id="a"), report("no", id="b", speaker=campaign))
    assert contents(told(record, "Falk")) == ["yes"]
    assert contents(told(record, "Falk", filters=Filters(kind=SpeakerKind.ORGANISATION))) == ["no"]
    assert contents(told(record, "Falk campaign")) == ["no"]


def test_sources_without_a_name_are_called_nothing(record: Record) -> None:
    keep(record, report("yes", speaker=Speaker("senior aide", SpeakerKind.UNNAMED)))
    assert told(record, "aide") == Page()


def test_a_right_spelling_finds_the_wrong_one(record: Record) -> None:
    keep(record, report("yes", speaker=Speaker("Moning Post", SpeakerKind.OUTLET, proper="Morning Post")))
    assert contents(told(record, "morning post")) == ["yes"]


def test_names_spelt_much_alike_are_offered(record: Record) -> None:
    keep(record, report("yes"))
    with record.snapshot() as connection:
        assert speakers_like(connection, "Jorn Falck") == ["Jorun Falk"]


def test_what_somebody_said_comes_in_the_order_of_time_and_undated_last(record: Record) -> None:
    new, old, undated = report("new words", id="new"), report("old words", id="old"), report("some words", id="undated")
    earlier = replace(new.statements[0], said=Days(date(2030, 1, 1), date(2030, 1, 2)))
    keep(
        record,
        replace(undated, published=None),
        old,
        replace(new, published=date(2032, 1, 1)),
        replace(report("oldest words", id="oldest"), statements=(replace(earlier, content=(Span(16, 28),)),)),
    )
    assert contents(told(record, "Falk")) == ["oldest words", "old words", "new words", "some words"]
    assert contents(told(record, "Falk", filters=Filters(until=date(2031, 1, 15)))) == ["oldest words", "old words"]
    assert contents(told(record, "Falk", filters=Filters(since=date(2031, 1, 16)))) == ["new words"]


def test_copies_are_one_with_all_their_outlets_and_so_is_a_page_of_them(record: Record) -> None:
    words = "that the quay and its eleven gates were going to be closed to all boats before the night was over"
    keep(record, *(report(words, id=f"{n}", outlet=f"Tide {n}") for n in range(4)), report("no more", id="other"))
    page = told(record, "Falk", limit=1)
    assert page.hits[0].outlets == ("Tide 0", "Tide 1", "Tide 2", "Tide 3")
    assert contents(told(record, "Falk", limit=1, after=page.after)) == ["no more"]
    assert told(record, "Falk", filters=Filters(outlet="tide 2")).hits[0].outlets[0] == "Tide 2"


def test_filters_narrow_both_commands(record: Record) -> None:
    keep(record, HARBOUR, PUMPS)
    assert {hit.statement.act for hit in sought(record, "new gates", filters=Filters(act=Act.COMMIT)).hits} == {
        Act.COMMIT
    }
    assert {hit.statement.form for hit in told(record, "Corvin", filters=Filters(form=Form.DIRECT)).hits} == {
        Form.DIRECT
    }
    assert not sought(record, "gates", filters=Filters(outlet="ledger")).hits
    assert {hit.outlet for hit in sought(record, "storms", filters=Filters(outlet="ledger")).hits} == {HARBOUR.outlet}
    assert {
        hit.statement.speaker.name for hit in sought(record, "gates", speaker="corvin").hits if hit.statement.speaker
    } == {"Anselm Corvin"}


@pytest.mark.parametrize("ask", [lambda r, **o: told(r, "Falk", **o), lambda r, **o: sought(r, "gate", **o)])
def test_pages_follow_each_other_without_a_gap_whatever_is_added_in_between(record: Record, ask) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    keep(record, *(report(f"gate number {n}", id=f"{n}") for n in range(7)))
    whole = contents(ask(record, limit=50))
    found, after = [], None
    while True:
        page = ask(record, limit=3, after=after)
        found += contents(page)
        if (after := page.after) is None:
            break
    assert found == whole
    assert len(whole) == 7


@pytest.mark.parametrize("token", ["", "x", "🚢", "W10", "WzEsMl0", "bnVsbA", "WyJ4IiwxXQ"])
def test_a_token_that_no_page_gave_is_an_error_of_the_call(record: Record, token: str) -> None:
    keep(record, report("yes"))
    with pytest.raises(UsageError, match="continues no page"):
        told(record, "Falk", after=token)


def test_a_hit_has_its_chain_and_the_fields_of_its_statement(record: Record) -> None:
    keep(record, HARBOUR)
    by_content = {spoken(TEXT, one.content): one for one in HARBOUR.statements}
    hits = sought(record, "quay OR flood", limit=50).hits
    assert any(hit.statement.parent is not None for hit in hits)
    for hit in hits:
        assert hit.statement == by_content[hit.content]
        assert hit.chain == hit.statement.chain(HARBOUR)
        assert (hit.article, hit.outlet, hit.title) == (HARBOUR.id, HARBOUR.outlet, HARBOUR.title)


def test_old_versions_are_not_found_until_they_are_the_newest_again(record: Record) -> None:
    keep(record, report("that the quay is safe"), report("that the quay is lost"))
    assert contents(sought(record, "quay")) == ["that the quay is lost"] == contents(told(record, "Falk"))
    assert agrees(record)
    with record.transaction() as connection:
        connection.execute(delete(schema.articles).where(schema.articles.c.version == 2))
    assert contents(sought(record, "quay")) == ["that the quay is safe"]
    assert agrees(record)


def test_the_index_follows_whatever_changes_and_goes(record: Record) -> None:
    keep(record, HARBOUR, PUMPS, report("that the quay is safe"))
    with record.transaction() as connection:
        connection.execute(update(schema.statements).values(speaker="Tilda Falk").where(schema.statements.c.id < 5))
        connection.execute(update(schema.articles).values(title="Changed"))
    assert agrees(record)
    assert sought(record, "Tilda changed").hits
    with record.transaction() as connection:
        connection.execute(delete(schema.statements).where(schema.statements.c.id == 3))
        connection.execute(delete(schema.articles).where(schema.articles.c.name == "harbour"))
    assert agrees(record)
    keep(record, HARBOUR)
    assert agrees(record)


def test_one_statement_builds_the_index_anew(record: Record) -> None:
    keep(record, report("that the quay is safe"))
    in_file = record.engine.dialect.name == "sqlite"
    with record.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO statement_words(statement_words) VALUES ('delete-all')"
            if in_file
            else "DELETE FROM statement_words"
        )
    assert not sought(record, "quay").hits
    with record.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO statement_words(statement_words) VALUES ('rebuild')" if in_file else "SELECT build_words()"
        )
    assert sought(record, "quay").hits
    assert agrees(record)


def test_an_article_that_is_not_kept_leaves_nothing_in_the_index(record: Record) -> None:
    def kept_and_undone() -> None:
        with record.transaction() as connection:
            store(connection, HARBOUR, model="reader-0")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        kept_and_undone()
    assert not sought(record, "quay").hits
    assert agrees(record)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    is_file = request.param == "sqlite"
    path = str(tmp_path_factory.mktemp("record") / "news.db")
    with Record.open(path if is_file else request.getfixturevalue("postgres").new()) as opened:
        keep(opened, HARBOUR, PUMPS)
        yield opened


@given(st.one_of(st.text(), st.text(alphabet="ab\"*-()|^:{}+NOTRAD '“”", max_size=30)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_typed_is_an_error(filled: Record, typed: str) -> None:
    assert isinstance(sought(filled, typed), Page)
    assert isinstance(told(filled, "Falk", about=typed), Page)
    assert isinstance(told(filled, typed), Page)


def test_the_record_tells_what_it_holds(record: Record) -> None:
    keep(record, HARBOUR, PUMPS, report("yes"), report("no"))
    with record.snapshot() as connection:
        held = holdings(connection)
    assert (held.n_articles, held.n_old_versions, held.n_copies) == (3, 1, 0)
    assert held.n_statements == len(HARBOUR.statements) + len(PUMPS.statements) + 1
    assert (held.first, held.last) == (date(2031, 1, 15), date(2031, 1, 15))
    assert held.models == (("reader-0", 4),)
    assert dict(held.outcomes) == {"added": 3, "new-version": 1}
    assert held.size > 0


def test_a_via_is_part_of_the_chain(record: Record) -> None:
    article = report("that it rained")
    via = Via("Morning Post", ViaRole.REPORTER)
    keep(record, replace(article, statements=(replace(article.statements[0], via=(via,)),)))
    assert [link.name for link in sought(record, "rained").hits[0].chain] == [
        "Jorun Falk",
        "Morning Post",
        "Tide Weekly",
    ]
