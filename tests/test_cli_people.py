"""`onrecord people` as a user runs it: listings in every format, decisions with their author, and lists of others."""

import csv
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.record import Record
from onrecord.record.articles import store
from tests.invented import HARBOUR, PUMPS
from tests.test_people import report

ONRECORD = (sys.executable, "-m", "onrecord")
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a record in it, in which Jorun Falk may be two people."""
    articles = (HARBOUR, PUMPS, report("J. Falk", number=1))
    with Record.open(str(tmp_path / "onrecord.db")) as record, record.transaction() as connection:
        for article in articles:
            store(connection, article, model="reader-0")
    return tmp_path


def people(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ONRECORD, "people", *arguments],
        cwd=folder,
        env=ENVIRONMENT | {"LOGNAME": "tomas"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_list_is_the_same_in_every_format(folder: Path) -> None:
    as_json = json.loads(people("list", "--format", "json", folder=folder).stdout)
    as_lines = people("list", "--format", "jsonl", folder=folder).stdout.splitlines()
    as_csv = list(csv.DictReader(people("list", "--format", "csv", folder=folder).stdout.splitlines()))
    table = people("list", folder=folder).stdout.splitlines()
    assert as_json == [json.loads(line) for line in as_lines]
    assert [row["name"] for row in as_csv] == [entry["name"] for entry in as_json]
    assert len(table) == len(as_json) + 1
    assert table[1].split()[:4] == ["1", "person", "Jorun", "Falk"]


def test_a_list_can_be_narrowed_and_nobody_is_no_error(folder: Path) -> None:
    outlets = people("list", "--kind", "outlet", "--limit", "1", "--format", "jsonl", folder=folder)
    assert json.loads(outlets.stdout)["name"] == "Weyport Ledger"
    assert people("list", "quandt", "--format", "json", folder=folder).stdout == "[]\n"


def test_one_person_is_shown_with_everything(folder: Path) -> None:
    shown = people("show", "Anselm Corvin", folder=folder).stdout
    assert "Anselm Corvin · person · 5 statements in 1 article" in shown
    assert "minister of tides · 1×" in shown
    assert "no gates" in shown
    falk = json.loads(people("show", "1", "--limit", "2", "--format", "json", folder=folder).stdout)
    assert (falk["name"], falk["n_statements"], len(falk["statements"])) == ("Jorun Falk", 6, 2)
    assert falk["proposals"][0]["other"] == 1
    rows = list(csv.DictReader(people("show", "1", "--format", "csv", folder=folder).stdout.splitlines()))
    assert len(rows) == 6


def test_proposals_are_listed_and_decided_by_a_script(folder: Path) -> None:
    (line,) = people("review", "--format", "jsonl", folder=folder).stdout.splitlines()
    proposal = json.loads(line)
    assert (proposal["one"], proposal["other"]) == ("J. Falk", "Jorun Falk")
    assert "initial" in proposal["reason"]
    done = people("review", "--accept", str(proposal["id"]), "--by", "ilse", folder=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert "`onrecord people undo 1`" in done.stderr
    assert json.loads(people("show", "1", "--format", "jsonl", folder=folder).stdout)["n_statements"] == 7
    assert people("review", "--format", "json", folder=folder).stdout == "[]\n"
    assert people("review", "--reject", "1", folder=folder).returncode == 2


def test_on_a_terminal_each_proposal_is_shown_with_both_sides_and_asked(folder: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*ONRECORD, "people", "review"], cwd=folder, env=ENVIRONMENT, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, b"perhaps\ny\n")
    seen = b""
    while b"no more proposals" not in seen and (more := os.read(ours, 4096)):
        seen += more
    process.wait(timeout=20)
    os.close(ours)
    text = seen.decode()
    assert "1 of 1" in text
    assert "that the dyke would not hold" in text
    assert "it would rain" in text
    assert "decision 1" in text


def test_decisions_are_made_shown_and_taken_back(folder: Path) -> None:
    assert people("merge", "Jorun Falk", "J. Falk", folder=folder).returncode == 0
    split = people("split", "Jorun Falk", "--name", "J. Falk", "--by", "ilse", folder=folder)
    assert "split off from 1: decision 2" in split.stderr
    shown = people("show", "Jorun Falk", folder=folder).stdout
    assert "1: merge 1 and" in shown
    assert "tomas on" in shown
    assert "2: split 1 and" in shown
    assert people("undo", "2", folder=folder).returncode == 0
    assert people("undo", "1", folder=folder).returncode == 0
    assert json.loads(people("show", "1", "--format", "json", folder=folder).stdout)["n_statements"] == 6


def test_a_call_that_makes_no_sense_is_one_line_and_exit_code_2(folder: Path) -> None:
    for arguments in (("show", "Quandt"), ("merge", "1", "1"), ("undo", "5"), ("split", "1")):
        done = people(*arguments, folder=folder)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), arguments


def test_without_a_record_none_is_made(tmp_path: Path) -> None:
    done = people("list", folder=tmp_path)
    assert done.returncode == 1
    assert "there is no record" in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_authority_list_is_linked_and_each_entry_counted(folder: Path) -> None:
    (folder / "list.csv").write_text(
        "id,name,aliases,roles\nQ1,Jorun Falk,Jo Falk,mayor\nQ2,Ada Lim,,\nQ3,Anselm Corven,,\nQ4,,,\n",
        encoding="utf-8",
    )
    done = people("import", "list.csv", folder=folder)
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == "onrecord: 1 linked, 1 new, 1 proposed, 1 failed (1 bad-article)"
    again = people("import", "list.csv", folder=folder)
    assert "3 unchanged" in again.stderr
    assert people("import", "no.csv", folder=folder).returncode == 1
