"""`onrecord correct`, `corrections` and `reread` as a user runs them, on either database."""

import base64
import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.record import Record
from onrecord.record.articles import store
from onrecord.span import Span
from tests.invented import HARBOUR, PUMPS
from tests.postgresql import asked

ONRECORD = (sys.executable, "-m", "onrecord")
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def call(new_address: str, tmp_path: Path) -> Call:
    """The program, on a record with two articles that another model has read."""
    with Record.open(new_address) as record, record.transaction() as connection:
        for article in (HARBOUR, PUMPS):
            store(connection, article, model="another")

    def called(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*ONRECORD, *arguments],
            cwd=tmp_path,
            env=ENVIRONMENT | {"LOGNAME": "tomas", "ONRECORD_RECORD": new_address},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return called


def listed(call: Call, *arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(call("corrections", "list", "--format", "json", *arguments).stdout)
    return found


def test_corrections_are_made_listed_and_undone(call: Call) -> None:
    made = call("correct", "6", "--speaker", "Ilse Quandt", "--cue", "and warned", "--by", "ilse", "--note", "page 2")
    assert (made.returncode, made.stdout) == (0, "")
    assert "`onrecord corrections undo 1 2`" in made.stderr
    assert call("correct", "5", "--wrong").returncode == 0
    first, second, third = listed(call)
    assert (first["before"], first["after"]) == ("Jorun Falk (person)", "Ilse Quandt (person)")
    assert (second["field"], second["before"], second["after"]) == ("cue", "warned", "and warned")
    assert (second["by"], second["note"], second["state"]) == ("ilse", "page 2", "stands")
    assert (third["field"], third["before"], third["by"]) == ("wrong", "yes", "tomas")
    assert call("corrections", "undo", "3", "1").returncode == 0
    assert [one["id"] for one in listed(call)] == [2]
    assert [one["state"] for one in listed(call, "--all")] == ["undone by tomas", "stands", "undone by tomas"]
    assert [one["id"] for one in listed(call, "--statement", "5")] == [3]
    assert len(list(csv.reader(call("corrections", "list", "--format", "csv").stdout.splitlines()))) == 2


def test_a_missed_statement_is_added(call: Call) -> None:
    done = call("corrections", "add", "harbour", "--content", "Council divided", "--speaker", "Jorun Falk")
    assert done.returncode == 0
    assert done.stderr.startswith("onrecord: statement 23 is added: correction 1")
    assert call("corrections", "add", "harbour", "--cue", "told").returncode == 2
    assert call("corrections", "add", "nothing", "--content", "told").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("999", "--wrong"),
        ("6",),
        ("6", "--wrong", "--act", "deny"),
        ("6", "--speaker-kind", "person"),
        ("6", "--speaker", "Falk", "--no-speaker"),
        ("6", "--content", "no such words"),
        ("6", "--content", "1-99999"),
        ("6", "--act", "assert"),
    ],
)
def test_a_call_that_makes_no_sense_is_one_line_and_exit_code_2(call: Call, arguments: tuple[str, ...]) -> None:
    call("correct", "6", "--act", "assert")
    done = call("correct", *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


@pytest.mark.parametrize(
    "arguments",
    [
        "correct {} --wrong",
        "corrections list --statement {}",
        "corrections undo {}",
        "people show {}",
        "people merge 1 {}",
        "people split 1 --statement {}",
        "people undo {}",
        "people review --accept {}",
        "said Falk --after {token}",
        "trace --statement {}",
    ],
)
def test_a_number_beyond_all_numbers_is_one_line_and_exit_code_2(call: Call, arguments: str) -> None:
    for number in (2**63, 10**23):
        token = base64.urlsafe_b64encode(f'["2031-01-01",{number}]'.encode()).decode()
        done = call(*arguments.format(number, token=token).split())
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert done.stderr.startswith("onrecord: a number is larger than any that the record gives out; ")


def test_a_date_that_is_none_is_refused(call: Call) -> None:
    for given in ("2024-13", "yesterday", "2024-10-07/2024-10-01"):
        done = call("correct", "6", "--said", given)
        assert (done.returncode, done.stdout) == (2, "")
        assert "write" in done.stderr


def test_reading_again_keeps_what_people_said_and_the_export_is_gold(
    call: Call, tmp_path: Path, new_address: str
) -> None:
    call("correct", "6", "--speaker", "Ilse Quandt", "--said", "2031-01-10/2031-01-12")
    call("correct", "5", "--wrong")
    done = call("reread", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "onrecord: 2 reread"
    assert "nothing is to be read again" in call("reread").stderr
    assert call("reread", "nothing").returncode == 2
    assert call("reread", "--all", "pumps").stderr.splitlines()[-1] == "onrecord: 1 reread"
    assert call("corrections", "export", "gold.jsonl").returncode == 0
    (line,) = (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = json.loads(line)
    (checked,) = [statement for statement in gold["statements"] if statement["checked"]]
    assert checked["speaker"] == {"name": "Ilse Quandt", "kind": "person"}
    assert checked["said"] == {"start": "2031-01-10", "end": "2031-01-12"}
    assert [Span(*span).of(gold["text"]) for span in checked["content"]] == ["that the dyke would not hold"]
    assert [Span(*span).of(gold["text"]) for one in gold["rejected"] for span in one["content"]] == ["yes"]
    if new_address.startswith("postgresql"):
        assert asked(new_address, "SELECT count(*) FROM corrected") == [(3,)]


def test_what_is_found_says_that_it_was_corrected(tmp_path: Path) -> None:
    with Record.open(str(tmp_path / "onrecord.db")) as record, record.transaction() as connection:
        store(connection, HARBOUR, model="another")

    def called(*arguments: str) -> str:
        done = subprocess.run(
            [*ONRECORD, *arguments], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=True
        )
        return done.stdout

    called("correct", "6", "--content", "the dyke would not hold", "--act", "deny", "--by", "ilse")
    shown = " ".join(called("search", "dyke").split())
    assert "no. 6" in shown
    assert "corrected by ilse" in shown
    found, *others = [json.loads(line) for line in called("search", "dyke", "--format", "jsonl").splitlines()]
    assert {other["corrected"] for other in others} == {None}
    assert found["words"] == "the dyke would not hold"
    assert (found["corrected"]["fields"], found["corrected"]["by"]) == (["content", "act"], "ilse")
    row, *_ = csv.DictReader(called("search", "dyke", "--format", "csv").splitlines())
    assert (row["statement_id"], row["corrected_by"]) == ("6", "ilse")
    called("correct", "6", "--wrong")
    assert "dyke would not hold" not in called("said", "Falk")
