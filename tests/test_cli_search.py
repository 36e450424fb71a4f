"""`onrecord said`, `search` and `info` as a user runs them: what is shown, what is said besides, and how to go on."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.record import Record
from onrecord.record.articles import store
from tests.invented import HARBOUR, PUMPS
from tests.postgresql import Postgres

ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the two invented articles."""
    made = tmp_path_factory.mktemp("record") / "news.db"
    filled(str(made))
    return made


def filled(address: str) -> None:
    with Record.open(address) as record, record.transaction() as connection:
        store(connection, HARBOUR, model="reader-0")
        store(connection, replace(PUMPS, published=date(2031, 2, 1)), model="reader-0")


def run(path: Path | str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments, "--record", str(path)],
        env=ENVIRONMENT | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_what_somebody_said_is_shown_with_day_cue_words_way_and_place(path: Path) -> None:
    done = run(path, "said", "corvin", "--about", "pumps", COLUMNS="80")
    assert done.returncode == 0
    assert done.stdout.splitlines()[:4] == [
        "by 1 February 2031  Anselm Corvin · told",
        "    that the pumps would hold",
        "    Anselm Corvin → Tarsian Morning Post → pumps",
        "    pumps · no. 13",
    ]


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(path: Path, width: int) -> None:
    for output in ("text", "table"):
        lines = run(path, "search", "gates", "--format", output, COLUMNS=str(width)).stdout.splitlines()
        assert lines
        assert max(map(len, lines)) <= width


def test_a_number_is_one_person(path: Path) -> None:
    assert run(path, "said", "5").stdout == run(path, "said", "Anselm Corvin").stdout
    assert "is here" not in run(path, "said", "Falk").stderr


def test_a_record_in_postgresql_answers_alike(path: Path, postgres: Postgres) -> None:
    address = postgres.new()
    filled(address)
    for call in (("said", "falk", "--about", "dyke"), ("said", "5"), ("said", "Falk", "--format", "csv")):
        ours, theirs = run(path, *call), run(address, *call)
        assert (theirs.stdout, theirs.stderr, theirs.returncode) == (ours.stdout, ours.stderr, 0)
        assert theirs.stdout
    assert "articles    2" in run(address, "info").stdout


def test_json_lines_have_the_contract_and_what_matched(path: Path) -> None:
    done = run(path, "search", "pumps hold", "--format", "jsonl", "--limit", "1")
    (line,) = map(json.loads, done.stdout.splitlines())
    assert [line["words"][start:end] for start, end in line["matched"]] == ["pumps", "hold"]
    assert {"source", "cue", "content", "speaker", "form", "act", "via", "said", "confidence"} <= line.keys()
    assert (line["article"], line["published"], line["outlet"], line["url"]) == ("pumps", "2031-02-01", None, None)
    assert [link["name"] for link in line["chain"]] == ["Anselm Corvin", "Tarsian Morning Post", "pumps"]


def test_every_format_tells_the_same_statements(path: Path) -> None:
    whole = json.loads(run(path, "said", "Falk", "--format", "json").stdout)
    lines = run(path, "said", "Falk", "--format", "jsonl").stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(run(path, "said", "Falk", "--format", "csv").stdout)))
    assert whole == [json.loads(line) for line in lines]
    assert [int(row["statement_id"]) for row in rows] == [one["statement_id"] for one in whole]
    assert len(whole) > 1


def test_the_last_line_on_standard_error_says_how_to_go_on(path: Path) -> None:
    first = run(path, "said", "Falk", "--limit", "1", "--format", "jsonl")
    token = first.stderr.split()[-1]
    second = run(path, "said", "Falk", "--limit", "1", "--format", "jsonl", "--after", token)
    both = run(path, "said", "Falk", "--limit", "2", "--format", "jsonl")
    assert first.stdout + second.stdout == both.stdout


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("said", "Corvyn"), "nobody in the record is called 'Corvyn'; there is Anselm Corvin"),
        (("said", "77"), "nobody in the record has the number '77'; `onrecord people list`"),
        (("said", "Corvin", "--about", "ferries"), "nothing that Anselm Corvin (5) said has these words; try fewer"),
        (("said", "Corvin", "--about", "🚢"), "has no word to look for"),
        (("said", "Corvin", "--until", "2030"), "try fewer of them"),
        (("search", "zeppelin", "--by", "words"), "nothing has all of these words, or means the like; try"),
        (("search", "-gates"), "has no word to look for"),
        (("search", "gates", "--speaker", "Quxley"), "nobody in the record is called 'Quxley'"),
    ],
)
def test_finding_nothing_is_no_failure_and_says_what_to_try(
    path: Path, arguments: tuple[str, ...], advice: str
) -> None:
    done = run(path, *arguments)
    assert (done.returncode, done.stdout) == (0, "")
    assert advice in done.stderr


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2031", "2031", True),
        ("2031-01", "2031-01", True),
        ("2031-01-15", "2031-01-15", True),
        ("2031-01-16", "2031-01", False),
        ("2032", "2040", False),
    ],
)
def test_a_year_and_a_month_are_days_from_their_first_to_their_last(
    path: Path, since: str, until: str, found: bool
) -> None:
    done = run(path, "said", "Falk", "--since", since, "--until", until)
    assert bool(done.stdout) is found


@pytest.mark.parametrize("day", ["yesterday", "2031-13", "2031-02-30", "0000", "31-01-15"])
def test_a_day_that_is_none_is_an_error_of_the_call(path: Path, day: str) -> None:
    done = run(path, "search", "gates", "--since", day)
    assert done.returncode == 2
    assert "2024-10-03" in done.stderr


def test_a_token_of_nowhere_and_a_record_that_is_not_there_are_errors(path: Path, tmp_path: Path) -> None:
    assert run(path, "said", "Falk", "--after", "nowhere").returncode == 2
    missing = run(tmp_path / "no.db", "said", "Falk")
    assert missing.returncode == 1
    assert "there is no record" in missing.stderr
    assert not (tmp_path / "no.db").exists()


def test_what_the_record_holds_is_told_to_people_and_programs(path: Path) -> None:
    shown = run(path, "info").stdout
    assert "articles    2" in shown
    assert "2 reader-0" in shown
    held = json.loads(run(path, "info", "--format", "json").stdout)
    assert held["n_statements"] == len(HARBOUR.statements) + len(PUMPS.statements)
    assert (held["first"], held["outcomes"]) == ("2031-01-15", {"added": 2})
