"""The record: what goes in comes out, nothing is overwritten, and one article is one, wherever it came from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import StatementError

from onrecord.article import Article, Hyperlink, Markup, Paragraph, ParagraphKind
from onrecord.errors import InputError, Outcome
from onrecord.record import Record, schema
from onrecord.record.articles import articles_named, recognised, store, stored_at
from onrecord.record.gone import kept_copy
from onrecord.record.outcomes import note_outcome, start_run
from onrecord.record.stored import Stored
from onrecord.record.tables import metadata
from onrecord.span import Span, spoken
from tests.invented import BARE, HARBOUR, PUMPS

MODEL = "reader-0"
NOON = datetime(2031, 1, 16, 12, tzinfo=UTC)
HOME = "https://www.weyport-ledger.example/2031/harbour"
AMP = "https://amp.weyport-ledger.example/2031/harbour?utm_source=letter"
PAGE = replace(
    HARBOUR,
    source=HOME,
    url=HOME,
    domain="weyport-ledger.example",
    published_at=datetime(2031, 1, 15, 8, 30, tzinfo=timezone(timedelta(hours=2))),
    fetched=NOON + timedelta(microseconds=250),
    links=(Hyperlink(Span(3, 9), "https://tides.example/quay"),),
    paragraphs=(replace(HARBOUR.paragraphs[0], markup=Markup.QUOTATION), *HARBOUR.paragraphs[1:]),
)
ARCHIVED = replace(PAGE, source="in/news.warc.gz#<urn:uuid:0>", record_id="<urn:uuid:0>")
NAIVE = replace(BARE, published=date(2031, 2, 1), published_at=datetime(2031, 2, 1, 8, 30))  # noqa: DTZ001 - no zone is stated
ODD = Article(id="odd", text="Fal\x00k 🚢 cafe\u0301\r\n", source="odd \udcff.txt")


def stored(record: Record, article: Article) -> Stored:
    """What the record says to an article, in a transaction of its own."""
    with record.transaction() as connection:
        return store(connection, article, model=MODEL)


def named(record: Record, name: str) -> list[Article]:
    with record.snapshot() as connection:
        return articles_named(connection, name)


def at(record: Record, address: str) -> Article | None:
    with record.snapshot() as connection:
        return stored_at(connection, address)


def contents(record: Record, *, without: Sequence[str] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    tables = [table for name, table in metadata.tables.items() if name not in without]
    with record.snapshot() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}


def report(*, place: str = "harbour", n_sentences: int = 40) -> Article:
    """An article of this many sentences, one paragraph; about two places no four words in a row are the same."""
    text = " ".join(f"At the {place} inspector {n} saw {place} gate {n * n} of {place}." for n in range(n_sentences))
    return Article(id=place, text=text, paragraphs=(Paragraph(Span(0, len(text)), ParagraphKind.BODY),))


@pytest.mark.parametrize(
    "article",
    [HARBOUR, PUMPS, BARE, PAGE, ARCHIVED, NAIVE],
    ids=["harbour", "pumps", "bare", "page", "archived", "naive"],
)
def test_an_article_comes_out_as_it_went_in(record: Record, article: Article) -> None:
    assert stored(record, article) is Stored.ADDED
    assert named(record, article.id) == [article]


def test_odd_characters_come_out_to_the_character_and_an_odd_file_name_escaped(record: Record) -> None:
    assert stored(record, ODD) is Stored.ADDED
    assert named(record, "odd") == [replace(ODD, source="odd \\udcff.txt")]
    assert stored(record, ODD) is Stored.UNCHANGED


def test_half_a_character_is_refused_and_leaves_nothing_behind(record: Record) -> None:
    before = contents(record)
    with pytest.raises(InputError, match="half of a character") as refused, record.transaction() as connection:
        store(connection, replace(HARBOUR, text=HARBOUR.text + "\ud83d"), model=MODEL)
    assert refused.value.outcome is Outcome.BAD_ARTICLE
    assert contents(record) == before


def test_words_stand_beside_their_spans(record: Record) -> None:
    stored(record, HARBOUR)
    table = schema.statements
    with record.snapshot() as connection:
        rows = connection.execute(select(table).order_by(table.c.position)).all()
    assert [row.content for row in rows] == [spoken(HARBOUR.text, s.content) for s in HARBOUR.statements]
    assert rows[6].source is None


def test_inner_statements_and_answers_point_to_others_of_their_article(record: Record) -> None:
    stored(record, PUMPS)
    stored(record, HARBOUR)
    inner, outer = schema.statements.alias(), schema.statements.alias()
    query = select(inner.c.position, outer.c.position).join(outer, outer.c.id == inner.c.parent_id)
    answer = select(inner.c.position, outer.c.position).join(outer, outer.c.id == inner.c.answers_id)
    with record.snapshot() as connection:
        assert sorted(map(tuple, connection.execute(query))) == [(9, 1), (9, 8), (10, 1), (11, 7)]
        assert list(map(tuple, connection.execute(answer))) == [(4, 3)]


def test_the_record_knows_model_and_program_of_every_article(record: Record) -> None:
    stored(record, HARBOUR)
    columns = schema.articles.c
    with record.snapshot() as connection:
        row = connection.execute(select(columns.model, columns.program, columns.version)).one()
    assert (row.model, row.version) == (MODEL, 1)
    assert row.program


@pytest.mark.parametrize("article", [HARBOUR, PAGE, replace(BARE, source="-")], ids=["file", "page", "standard input"])
def test_the_same_article_again_changes_nothing(record: Record, article: Article) -> None:
    stored(record, article)
    before = contents(record, without=["outcomes"])
    assert stored(record, article) is Stored.UNCHANGED
    assert contents(record, without=["outcomes"]) == before


def test_fetched_again_later_it_is_still_the_same(record: Record) -> None:
    stored(record, PAGE)
    assert stored(record, replace(PAGE, fetched=NOON + timedelta(days=90))) is Stored.UNCHANGED
    assert at(record, HOME) == PAGE


@pytest.mark.parametrize(
    "changed",
    [
        replace(PAGE, text=PAGE.text + " It rains.", statements=()),
        replace(PAGE, title="Harbour stays open"),
        replace(PAGE, published=date(2031, 1, 17)),
    ],
    ids=["text", "title", "date"],
)
def test_a_changed_article_is_a_new_version_and_the_old_one_stays(record: Record, changed: Article) -> None:
    stored(record, PAGE)
    assert stored(record, changed) is Stored.NEW_VERSION
    assert at(record, HOME) == changed
    assert named(record, PAGE.id) == [changed]
    columns = schema.articles.c
    with record.snapshot() as connection:
        rows = connection.execute(
            select(columns.id, columns.version, columns.superseded_by, columns.text).order_by(columns.id)
        ).all()
    first, second = rows
    assert (first.version, first.superseded_by, first.text) == (1, second.id, PAGE.text)
    assert (second.version, second.superseded_by) == (2, None)


def test_what_was_once_there_is_no_new_version_when_it_comes_back(record: Record) -> None:
    for title in ("One", "Two", "Three"):
        stored(record, replace(PAGE, title=title))
    assert stored(record, replace(PAGE, title="One")) is Stored.UNCHANGED


@pytest.mark.parametrize("address", [AMP, "http://weyport-ledger.example/2031/harbour/?fbclid=1#top"])
def test_at_another_of_its_addresses_it_is_a_duplicate(record: Record, address: str) -> None:
    stored(record, PAGE)
    assert stored(record, replace(PAGE, source=address, title="Harbour | Ledger", authors=())) is Stored.DUPLICATE
    assert at(record, address) == PAGE


def test_an_address_that_it_states_itself_leads_to_it_from_then_on(record: Record) -> None:
    stored(record, PAGE)
    shared = "https://links.example/3f9"
    assert at(record, shared) is None
    assert stored(record, replace(PAGE, source=shared)) is Stored.DUPLICATE
    assert at(record, shared) == PAGE
    assert stored(record, replace(PAGE, source=shared, url=None)) is Stored.DUPLICATE


def test_other_words_at_another_of_its_addresses_are_a_new_version(record: Record) -> None:
    stored(record, PAGE)
    changed = replace(PAGE, source=AMP, text=PAGE.text.replace("a matter of weeks", "a matter of days"))
    assert stored(record, changed) is Stored.NEW_VERSION
    assert at(record, HOME) == changed


def test_a_front_page_is_nobodys_address(record: Record) -> None:
    front = "https://www.weyport-ledger.example/"
    assert stored(record, replace(HARBOUR, url=front)) is Stored.ADDED
    assert stored(record, replace(PUMPS, url=front)) is Stored.ADDED
    assert at(record, front) is None


def test_what_holds_many_articles_is_nobodys_address(record: Record) -> None:
    lines = [replace(article, source="https://tides.example/news.jsonl") for article in (HARBOUR, PUMPS)]
    archived = [
        replace(article, source=f"https://tides.example/news.warc#{article.id}", record_id=article.id, fetched=NOON)
        for article in (report(place="quay"), report(place="dyke"))
    ]
    assert {stored(record, article) for article in (*lines, *archived)} == {Stored.ADDED}


def test_from_an_archive_a_page_that_is_there_is_a_duplicate(record: Record) -> None:
    stored(record, PAGE)
    assert stored(record, ARCHIVED) is Stored.DUPLICATE


def test_another_text_in_the_same_file_is_a_new_version(record: Record) -> None:
    stored(record, HARBOUR)
    assert stored(record, replace(PUMPS, id="harbour", source="in/harbour.txt")) is Stored.NEW_VERSION


def test_a_file_is_the_same_one_from_whichever_folder(
    record: Record, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path)
    stored(record, HARBOUR)
    monkeypatch.chdir(tmp_path / "in")
    assert stored(record, replace(HARBOUR, source="harbour.txt")) is Stored.UNCHANGED
    assert stored(record, replace(HARBOUR, source="../harbour.txt")) is Stored.ADDED


def test_another_article_in_the_same_file_by_its_address_is_another_article(record: Record) -> None:
    stored(record, replace(HARBOUR, url=HOME))
    other = replace(PUMPS, id="harbour", source=HARBOUR.source, url="https://tide-weekly.example/pumps")
    assert stored(record, other) is Stored.ADDED
    assert [article.url for article in named(record, "harbour")] == [HOME, other.url]


def test_lines_of_a_file_that_move_are_the_articles_that_they_were(record: Record) -> None:
    lines = [replace(report(place=place), source="in/news.jsonl") for place in ("quay", "dyke", "mole")]
    for number, line in enumerate(lines[1:], start=1):
        assert stored(record, replace(line, id=f"news-{number}")) is Stored.ADDED
    moved = [stored(record, replace(line, id=f"news-{number}")) for number, line in enumerate(lines, start=1)]
    assert moved == [Stored.ADDED, Stored.UNCHANGED, Stored.UNCHANGED]


def test_a_line_that_was_corrected_is_a_new_version(record: Record) -> None:
    line = replace(report(), id="news-1", source="in/news.jsonl")
    stored(record, line)
    corrected = line.text.replace("inspector 7", "inspectress 7")
    assert stored(record, replace(line, text=corrected)) is Stored.NEW_VERSION


def test_two_texts_on_standard_input_are_two_articles(record: Record) -> None:
    texts = [replace(report(place=place), id="stdin", source="-") for place in ("quay", "dyke")]
    assert [stored(record, text) for text in texts] == [Stored.ADDED, Stored.ADDED]
    assert named(record, "stdin") == texts


def test_the_same_text_under_another_outlet_is_kept_as_a_copy_of_the_first(record: Record) -> None:
    stored(record, PAGE)
    others = [
        replace(PAGE, id=name, outlet=name, source=f"in/{name}.txt", url=f"https://{name}.example/a/harbour")
        for name in ("stint-post", "tide-weekly")
    ]
    assert [stored(record, other) for other in others] == [Stored.ADDED, Stored.ADDED]
    assert [article.copy_of for other in others for article in named(record, other.id)] == ["harbour", "harbour"]
    assert at(record, HOME) == PAGE


def test_a_copy_may_be_shortened_and_edited(record: Record) -> None:
    whole = report()
    stored(record, replace(whole, source="in/whole.txt"))
    shorter = report(n_sentences=25)
    text = shorter.text.replace("inspector 9", "inspectress 9")
    stored(record, Article(id="short", text=text, source="in/short.txt"))
    stored(record, Article(id="other", text=report(place="dyke").text, source="in/other.txt"))
    assert [article.copy_of for name in ("short", "other") for article in named(record, name)] == ["harbour", None]


def test_copies_stay_copies_of_the_first_when_it_changes(record: Record) -> None:
    stored(record, PAGE)
    stored(record, replace(PAGE, id="copy", source="in/copy.txt", url="https://stint-post.example/a/harbour"))
    stored(record, replace(PAGE, title="Harbour stays open"))
    assert [article.copy_of for article in named(record, "copy")] == ["harbour"]
    assert [article.copy_of for article in named(record, "harbour")] == [None]
    with record.snapshot() as connection:
        assert connection.exec_driver_sql("SELECT count(*), count(DISTINCT copy_group) FROM copies").one() == (2, 1)


def test_what_the_record_holds_is_recognised_without_its_statements(record: Record) -> None:
    stored(record, PAGE)
    before = contents(record, without=["outcomes"])
    unread = replace(PAGE, statements=(), comment_requests=(), cited_outlets=())
    with record.transaction() as connection:
        assert recognised(connection, unread) is Stored.UNCHANGED
        assert recognised(connection, replace(unread, text="It rains.")) is None
        assert recognised(connection, replace(unread, source="in/pumps.txt", url=None)) is None
    assert contents(record, without=["outcomes"]) == before


def test_every_input_has_one_outcome_in_its_run(record: Record) -> None:
    with record.transaction() as connection:
        run = start_run(connection, command="add")
        for article in (HARBOUR, HARBOUR, replace(HARBOUR, title="Open")):
            store(connection, article, model=MODEL, run=run)
        note_outcome(connection, source="no.txt", outcome=Outcome.NOT_FOUND, reason="no such file", run=run)
    columns = schema.outcomes.c
    query = select(columns.source, columns.outcome, columns.reason, columns.article_id).order_by(columns.id)
    with record.snapshot() as connection:
        assert list(map(tuple, connection.execute(query.where(columns.run_id == run)))) == [
            ("in/harbour.txt", "added", None, 1),
            ("in/harbour.txt", "unchanged", None, 1),
            ("in/harbour.txt", "new-version", None, 2),
            ("no.txt", "not-found", "no such file", None),
        ]


def test_an_article_that_is_taken_out_takes_everything_of_its_own_along(record: Record) -> None:
    stored(record, PAGE)
    stored(record, PUMPS)
    alone = contents(record, without=["outcomes"])
    stored(record, replace(HARBOUR, id="copy", url="https://stint-post.example/a", source="in/copy.txt"))
    with record.transaction() as connection:
        connection.execute(delete(schema.articles).where(schema.articles.c.name == "copy"))
    assert contents(record, without=["outcomes"]) == alone


def test_an_error_in_a_transaction_undoes_all_of_it(record: Record) -> None:
    before = contents(record)

    def fail_half_way() -> None:
        with record.transaction() as connection:
            store(connection, HARBOUR, model=MODEL)
            raise InputError("the power is out", source="in/harbour.txt")

    with pytest.raises(InputError):
        fail_half_way()
    assert contents(record) == before


def test_who_reads_sees_what_was_there_at_the_first_question_and_waits_for_nobody(record: Record) -> None:
    count = select(func.count()).select_from(schema.articles)
    with record.snapshot() as reading:
        assert reading.scalar(count) == 0
        with record.transaction() as writing:
            store(writing, HARBOUR, model=MODEL)
            assert reading.scalar(count) == 0
        assert reading.scalar(count) == 0
    with record.snapshot() as reading:
        assert reading.scalar(count) == 1


def test_a_moment_without_a_time_zone_is_refused(record: Record) -> None:
    noon = datetime(2031, 1, 1, 12)  # noqa: DTZ001 - what is to be refused
    with pytest.raises(StatementError, match="needs its time zone"), record.transaction() as connection:
        connection.execute(insert(schema.runs).values(command="add", program="1", started_at=noon))


def test_moments_are_kept_in_utc(record: Record) -> None:
    evening = datetime(2031, 1, 1, 23, 30, tzinfo=timezone(timedelta(hours=-2)))
    with record.transaction() as connection:
        connection.execute(insert(schema.runs).values(command="add", program="1", started_at=evening))
        assert str(connection.exec_driver_sql("SELECT date(started_at) FROM runs").scalar()) == "2031-01-02"
        assert connection.scalar(select(schema.runs.c.started_at)) == evening


GONE = InputError("the page is gone: 404", source=AMP, outcome=Outcome.GONE)


def test_what_the_record_holds_of_a_page_that_is_gone_serves(record: Record, caplog: pytest.LogCaptureFixture) -> None:
    stored(record, PAGE)
    assert kept_copy(GONE, record=record.address) == PAGE
    (warning,) = caplog.messages
    assert warning.startswith(f"{AMP}: the page is gone: 404; the record has it as of 2")


def test_other_pages_that_are_gone_and_pages_that_are_not_are_left_alone(record: Record) -> None:
    stored(record, PAGE)
    other = InputError("the page is gone: 404", source="https://tide-weekly.example/pumps", outcome=Outcome.GONE)
    busy = InputError("no answer", source=HOME, outcome=Outcome.UNREACHABLE)
    assert [kept_copy(failure, record=record.address) for failure in (other, busy)] == [None, None]


def test_without_a_record_a_page_that_is_gone_is_gone_and_no_record_is_made(tmp_path: Path) -> None:
    nowhere = tmp_path / "none.db"
    assert kept_copy(GONE, record=str(nowhere)) is None
    assert not nowhere.exists()
