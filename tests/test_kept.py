"""What a record holds, taken out of it and put into another: the same again, on either database."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from onrecord.article import Article, Hyperlink, Markup
from onrecord.exchange.contract import to_dict
from onrecord.exchange.imported import imported_of
from onrecord.exchange.kept import KEPT_COLUMNS, article_lines, statement_lines, statement_rows
from onrecord.exchange.table import COLUMNS
from onrecord.record import Record
from onrecord.record.adding import Added
from onrecord.record.articles import recognised, store
from onrecord.record.importing import imported_each
from onrecord.record.kept import Kept, Part, kept_articles, n_kept
from onrecord.record.meant import meant
from onrecord.record.search import Filters
from onrecord.record.stored import Stored
from onrecord.span import Span
from onrecord.statement import Act, Form, SpeakerKind, Statement
from tests.invented import BARE, HARBOUR, PUMPS

HOME = "https://www.weyport-ledger.example/2031/harbour"
AMP = "https://amp.weyport-ledger.example/2031/harbour"
PAGE = replace(
    HARBOUR,
    source=HOME,
    url=HOME,
    domain="weyport-ledger.example",
    published_at=datetime(2031, 1, 15, 8, 30, tzinfo=timezone(timedelta(hours=2))),
    fetched=datetime(2031, 1, 16, 12, 0, 0, 250, tzinfo=UTC),
    links=(Hyperlink(Span(3, 9), "https://tides.example/quay"),),
    paragraphs=(replace(HARBOUR.paragraphs[0], markup=Markup.QUOTATION), *HARBOUR.paragraphs[1:]),
)
ARCHIVED = replace(PUMPS, id="archived", source="in/news.warc.gz#<urn:uuid:0>", record_id="<urn:uuid:0>")
COPY = replace(PUMPS, id="copy", source="in/copy.txt", outlet="Tide Weekly", title='A "stray mark')
ODD = Article(
    id="odd", text="Fal\x00k 🚢 cafe\u0301\r\n", source="odd \udcff.txt", statements=(Statement((Span(3, 5),)),)
)
FORMULA = replace(BARE, id="=1+1", text="=SUM(A1)\nsaid Falk", statements=(Statement((Span(0, 8),)),), source="f.txt")


@pytest.fixture
def full(record: Record, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Record:
    """A record of whatever an article can be: a page at two addresses, copies, two files of one name, none said."""
    monkeypatch.chdir(tmp_path)
    for article in (PAGE, PUMPS, BARE, ARCHIVED, COPY, ODD, FORMULA):
        kept(record, article)
    kept(record, replace(PAGE, source=AMP, url=HOME))
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    kept(record, replace(BARE, text="Another rain.", outlet="Tide Weekly"))
    return record


def kept(record: Record, article: Article) -> Stored:
    with record.transaction() as connection:
        return recognised(connection, article) or store(connection, article, model="reader-0")


def exported(record: Record, part: Part = Part(), *, in_full: bool = True) -> str:  # noqa: B008 - frozen
    with record.snapshot() as connection:
        return "".join(statement_lines(kept_articles(connection, part), in_full=in_full))


def whole(record: Record, part: Part = Part()) -> str:  # noqa: B008 - frozen
    with record.snapshot() as connection:
        return "".join(article_lines(kept_articles(connection, part)))


def table(record: Record) -> list[dict[str, str]]:
    with record.snapshot() as connection:
        return list(csv.DictReader(io.StringIO("".join(statement_rows(kept_articles(connection))), newline="")))


def objects(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def imported(lines: str, record: Record) -> list[Stored]:
    brought = imported_of(lines.encode().splitlines(keepends=True), source="export.jsonl")
    ends = list(imported_each(brought, record=record))
    assert not [end for end in ends if not isinstance(end, Added)]
    return [end.stored for end in ends if isinstance(end, Added)]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Record]:
    """Another record, empty."""
    with Record.open(str(tmp_path / "other.db")) as opened:
        yield opened


def test_statements_taken_into_a_new_record_are_exported_as_the_same_bytes(full: Record, other: Record) -> None:
    lines = exported(full)
    assert set(imported(lines, other)) == {Stored.ADDED}
    # Articles without statements have no line, so that numbers differ; all else is the same.
    assert without_numbers(exported(other)) == without_numbers(lines)


def without_numbers(lines: str) -> str:
    return re.sub(r'"(article_id|statement_id)": \d+', r'"\1": 0', lines)


def test_whole_articles_taken_into_a_new_record_are_exported_as_the_same_bytes(full: Record, other: Record) -> None:
    lines = whole(full)
    assert imported(lines, other) == [Stored.ADDED] * 8
    assert whole(other) == lines
    assert exported(other) == exported(full)


def test_what_was_taken_in_once_is_unchanged_the_second_time(full: Record) -> None:
    assert imported(whole(full), full) == [Stored.UNCHANGED] * 8
    assert set(imported(exported(full), full)) == {Stored.UNCHANGED}


def test_an_imported_page_is_known_by_all_its_addresses(full: Record, other: Record) -> None:
    imported(whole(full), other)
    assert kept(other, replace(PAGE, source=AMP, url=None)) is Stored.DUPLICATE


def test_an_imported_file_is_known_by_its_place(full: Record, other: Record, tmp_path: Path) -> None:
    imported(whole(full), other)
    assert kept(other, replace(BARE, source=str(tmp_path / "bare.txt"))) is not Stored.UNCHANGED
    assert kept(other, PUMPS) is not Stored.UNCHANGED  # that was in the folder above
    assert kept(other, replace(PUMPS, source=str(tmp_path / PUMPS.source))) is Stored.UNCHANGED


def test_both_databases_export_the_same(full: Record, tmp_path: Path) -> None:
    with Record.open(str(tmp_path / "same.db")) as same:
        imported(whole(full), same)
        assert (exported(same), whole(same), table(same)) == (exported(full), whole(full), table(full))


def test_model_and_program_stay_those_that_read_it(full: Record, other: Record) -> None:
    changed = whole(full).replace('"program": "', '"program": "0.0-of-another-')
    imported(changed, other)
    assert whole(other) == changed
    assert {line["model"] for line in objects(exported(other))} == {"reader-0"}


def test_what_read_prints_is_taken_in_as_well(other: Record) -> None:
    line = json.dumps(to_dict(PUMPS))
    assert imported(line, other) == [Stored.ADDED]
    (again,) = objects(whole(other))
    assert {name: again[name] for name in to_dict(PUMPS)} == json.loads(line)
    assert (again["model"], again["program"]) == ("not stated", "not stated")


def test_a_line_has_the_contracts_fields_those_of_the_article_and_the_words(full: Record) -> None:
    first = objects(exported(full))[1]
    assert first == {
        **json.loads(json.dumps(to_dict(PAGE)))["statements"][1],
        "position": 1,
        "statement_id": first["statement_id"],
        "source_words": "Mayor Jorun Falk",
        "cue_words": "told",
        "words": "“Our engineer Tomas Brandvold said ‘the quay is <safe> & sound’, and I believe him.”",
        "article": "harbour",
        "article_id": first["article_id"],
        "path": HOME,
        "outlet": "The Weyport Ledger",
        "domain": "weyport-ledger.example",
        "title": "Harbour [red]may close[/red], mayor says",
        "published": "2031-01-15",
        "url": HOME,
        "copy_of": None,
        "superseded": False,
        "chain": [
            {"name": "Jorun Falk", "role": "speaker"},
            {"name": "Weyport Ledger", "role": "venue"},
            {"name": "The Weyport Ledger", "role": "article"},
        ],
        "model": "reader-0",
    }


def test_only_the_first_statement_of_an_article_bears_the_rest_of_it(full: Record) -> None:
    lines = objects(exported(full))
    assert [line["position"] for line in lines if "article_fields" in line] == [0] * 6
    assert not [line for line in objects(exported(full, in_full=False)) if "article_fields" in line]


def test_a_row_has_the_columns_of_read_and_those_of_a_record(full: Record) -> None:
    rows = table(full)
    assert tuple(rows[0]) == KEPT_COLUMNS
    assert KEPT_COLUMNS[: len(COLUMNS)] == COLUMNS
    assert [row["content_spans"] for row in rows[:3]] == [
        str([[span.start, span.end] for span in statement.content]) for statement in PAGE.statements[:3]
    ]
    assert {row["copy_of"] for row in rows if row["article"] == "copy"} == {"pumps"}
    assert len(rows) == len(objects(exported(full)))


def test_a_row_is_one_line_and_no_cell_is_a_formula(full: Record) -> None:
    with full.snapshot() as connection:
        rows = list(statement_rows(kept_articles(connection)))
    assert all(row.count("\n") == 1 and row.endswith("\r\n") for row in rows)
    assert [row["content"] for row in table(full) if row["article"] == "'=1+1"] == ["'=SUM(A1)"]


PARTS = (
    Filters(since=date(2031, 1, 10)),
    Filters(outlet="tide"),
    Filters(kind=SpeakerKind.PERSON),
    Filters(form=Form.DIRECT),
    Filters(act=Act.ASK),
)


@pytest.mark.parametrize("filters", PARTS, ids=["since", "outlet", "kind", "form", "act"])
def test_a_part_has_the_statements_that_pass_and_their_places_in_the_article(full: Record, filters: Filters) -> None:
    everything = {line["statement_id"]: line for line in objects(exported(full, in_full=False))}
    part = objects(exported(full, Part(filters=filters), in_full=False))
    assert 0 < len(part) < len(everything)
    assert part == [everything[line["statement_id"]] for line in part]


def test_a_part_by_speaker_has_whoever_is_called_so(full: Record) -> None:
    with full.snapshot() as connection:
        speaker = meant(connection, "corvin")
        part = Part(speaker=speaker)
        kept_part = list(kept_articles(connection, part))
        assert n_kept(connection, part) == len(kept_part) == 3
    speakers = {one.article.statements[place].speaker for one in kept_part for place in one.wanted}
    assert {speaker.name for speaker in speakers if speaker} == {"Anselm Corvin"}


def test_old_versions_come_only_if_asked_for(record: Record, other: Record) -> None:
    kept(record, HARBOUR)
    kept(record, replace(HARBOUR, title="Harbour closed"))
    both = objects(exported(record, Part(old_versions=True)))
    assert [line["superseded"] for line in both if line["position"] == 0] == [True, False]
    assert {line["title"] for line in objects(exported(record))} == {"Harbour closed"}
    assert imported(whole(record, Part(old_versions=True)), other) == [Stored.ADDED, Stored.NEW_VERSION]
    assert whole(other, Part(old_versions=True)) == whole(record, Part(old_versions=True))


def test_more_articles_than_are_held_at_once_come_in_their_order(record: Record) -> None:
    articles = [
        replace(BARE, id=f"rain-{n}", text=f"Rain {n}.", source=f"{n}.txt", statements=BARE_SAYS * (n % 3))
        for n in range(150)
    ]
    with record.transaction() as connection:
        for article in articles:
            store(connection, article, model="reader-0")
    with record.snapshot() as connection:
        found: list[Kept] = list(kept_articles(connection))
        some = list(kept_articles(connection, Part(filters=Filters(act=Act.ASSERT))))
        assert n_kept(connection, Part()) == 150
    assert [(one.article.id, len(one.wanted)) for one in found] == [(a.id, len(a.statements)) for a in articles]
    assert [one.article.id for one in some] == [a.id for a in articles if a.statements]


BARE_SAYS = (Statement((Span(0, 4),)),)
