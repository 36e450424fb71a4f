"""`onrecord export` and `import` as a user runs them: formats, what is refused, files that are whole or not there."""

import csv
import io
import json
import os
import resource
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.record import Record
from onrecord.record.articles import store
from tests.invented import BARE, HARBOUR, PUMPS

ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
N_STATEMENTS = len(HARBOUR.statements) + len(PUMPS.statements)
FULL = 100_000  # bytes: more than SQLite writes to read a record, less than the export has
WITHOUT_PYARROW = "import sys; sys.modules['pyarrow'] = None; from onrecord.cli import main; main()"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a record of the invented articles, one of them without statements."""
    with Record.open(str(tmp_path / "news.db")) as record, record.transaction() as connection:
        for article in (HARBOUR, PUMPS, BARE):
            store(connection, article, model="reader-0")
    return tmp_path


def run(folder: Path, *arguments: str, given: str = "", program: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *(("-m", "onrecord") if program is None else ("-c", program)), *arguments],
        cwd=folder,
        env=ENVIRONMENT | {"ONRECORD_RECORD": "news.db"},
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("news.db"))


def test_the_files_name_says_the_format(folder: Path) -> None:
    for file in ("out.csv", "out.JSONL"):
        done = run(folder, "export", file)
        assert done.returncode == 0
        assert done.stdout == ""
        assert done.stderr.splitlines() == [
            f"onrecord: {N_STATEMENTS} statements of 2 articles written to {file}",
            "onrecord: 1 article has no statement and is not in it; --articles writes such, too",
        ]
    with (folder / "out.csv").open(encoding="utf-8", newline="") as table:
        assert len(list(csv.DictReader(table))) == N_STATEMENTS
    lines = (folder / "out.JSONL").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["article"] for line in lines].count("harbour") == len(HARBOUR.statements)
    assert names(folder) == ["out.JSONL", "out.csv"]


def test_parquet_has_the_fields_of_jsonl_each_with_its_type(folder: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra: pip install 'onrecord[parquet]'")
    assert run(folder, "export", "out.parquet").returncode == 0
    found = parquet.read_table(folder / "out.parquet").to_pylist()
    lines = run(folder, "export", "-", "--format", "jsonl", "--act", "assert").stdout.splitlines()
    expected = [json.loads(line) for line in lines]
    assert [tuple(row) for row in found] == [tuple(expected[0])] * N_STATEMENTS
    assert json.loads(json.dumps([row for row in found if row["act"] == "assert"], default=str)) == expected
    assert found[7]["said"] == {"start": date(2031, 1, 6), "end": date(2031, 1, 12)}
    assert found[0]["published"] == date(2031, 1, 15)
    piped = subprocess.run(
        [sys.executable, "-m", "onrecord", "export", "-", "--format", "parquet", "--record", "news.db"],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    assert piped.stdout == (folder / "out.parquet").read_bytes()


def test_without_pyarrow_parquet_says_what_to_install(folder: Path) -> None:
    done = run(folder, "export", "out.parquet", program=WITHOUT_PYARROW)
    assert done.returncode == 2
    assert "pip install 'onrecord[parquet]'" in done.stderr
    assert not names(folder)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["out.xlsx"], "end it in .csv, .jsonl or .parquet"),
        (["out"], "end it in .csv, .jsonl or .parquet"),
        (["-"], "say --format csv, jsonl or parquet"),
        (["nowhere/out.csv"], "there is no folder 'nowhere'"),
        (["folder.csv"], "'folder.csv' is no file"),
        (["out.csv", "--articles"], "as jsonl"),
        (["out.jsonl", "--articles", "--act", "ask"], "leave out"),
    ],
)
def test_a_call_that_cannot_be_done_is_a_usage_error_in_one_line(
    folder: Path, arguments: list[str], problem: str
) -> None:
    (folder / "folder.csv").mkdir()
    done = run(folder, "export", *arguments)
    assert done.returncode == 2
    assert problem in done.stderr
    assert done.stderr.count("\n") == 1
    assert names(folder) == ["folder.csv"]


def test_options_take_a_part(folder: Path) -> None:
    done = run(folder, "export", "-", "--format", "csv", "--speaker", "falk", "--form", "indirect", "--since", "2031")
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert {(row["speaker"], row["form"]) for row in rows} == {("Jorun Falk", "indirect")}
    assert done.stderr == "onrecord: 2 statements of 1 article written\n"


def test_nobody_of_that_name_writes_nothing(folder: Path) -> None:
    (folder / "out.csv").write_text("what was there", encoding="utf-8")
    done = run(folder, "export", "out.csv", "--speaker", "nobody")
    assert done.returncode == 1
    assert "nobody in the record is called 'nobody'" in done.stderr
    assert (folder / "out.csv").read_text(encoding="utf-8") == "what was there"


def test_a_file_that_is_there_is_replaced(folder: Path) -> None:
    (folder / "kept.csv").write_text("what was there", encoding="utf-8")
    (folder / "out.csv").symlink_to("kept.csv")
    assert run(folder, "export", "out.csv").returncode == 0
    assert (folder / "out.csv").is_symlink()
    assert (folder / "kept.csv").read_text(encoding="utf-8").startswith("article,")


def test_what_was_there_stays_if_the_disk_is_full(folder: Path) -> None:
    (folder / "out.jsonl").write_text("what was there", encoding="utf-8")
    with Record.open(str(folder / "news.db")) as record, record.transaction() as connection:
        for n in range(10):
            store(connection, replace(PUMPS, id=f"pumps-{n}", source=f"{n}.txt"), model="reader-0")
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "export", "out.jsonl", "--record", "news.db"],
        cwd=folder,
        env=ENVIRONMENT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: cannot go on: ")
    assert "out.jsonl" in done.stderr
    assert done.stderr.count("\n") == 1
    assert (folder / "out.jsonl").read_text(encoding="utf-8") == "what was there"
    assert names(folder) == ["out.jsonl"]


def test_whoever_stops_reading_ends_it_without_a_word(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "export", "-", "--format", "csv", "--record", "news.db"],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_export_is_imported_and_the_outcomes_are_those_of_add(folder: Path) -> None:
    run(folder, "export", "out.jsonl", "--articles")
    done = run(folder, "import", "out.jsonl", "--record", "copy.db")
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == "onrecord: 3 added"
    again = run(folder, "import", "-", "--record", "copy.db", given=(folder / "out.jsonl").read_text(encoding="utf-8"))
    assert again.stderr.splitlines()[-1] == "onrecord: 0 added, 3 unchanged"
    told = json.loads(run(folder, "info", "--format", "json", "--record", "copy.db").stdout)
    assert (told["n_articles"], told["n_statements"]) == (3, N_STATEMENTS)
    assert told["outcomes"] == {"added": 3, "unchanged": 3}


def test_a_wrong_line_and_a_missing_file_cost_themselves_alone(folder: Path) -> None:
    lines = run(folder, "export", "-", "--format", "jsonl", "--articles").stdout.splitlines()
    lines[1] = lines[1][:100]
    (folder / "out.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run(folder, "import", "no.jsonl", "out.jsonl", "--record", "copy.db")
    assert done.returncode == 3
    assert "onrecord: out.jsonl: line 2: not JSON, or cut off" in done.stderr
    assert done.stderr.splitlines()[-1] == "onrecord: 2 added, 2 failed (1 not-found, 1 bad-article)"
