"""The real command as a user runs it: what goes to which stream, and the exit codes."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("onrecord")
RAIN = "“Rain will fall on Weyport before the night is over,” said Jorun Falk, the mayor.\n"
SUN = "The Weyport Ledger reported that the sun would shine on Tuesday.\n"
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rain.txt").write_text(RAIN, encoding="utf-8")
    (tmp_path / "sun.txt").write_text(SUN, encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes("Der Bürgermeister sagte nein.".encode("latin-1"))
    return tmp_path


def run(
    *arguments: str, folder: Path | None = None, given: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command's end, streams decoded as UTF-8 whatever the locale, line ends as they come."""
    done = subprocess.run(
        [COMMAND, *arguments],
        cwd=folder,
        input=None if given is None else given.encode(),
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        check=False,
        env=ENVIRONMENT | environment,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def read(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return run("read", *arguments, folder=folder, **environment)


def test_the_version_is_one_line() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, "onrecord 0.1.0\n", "")


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"]])
def test_every_help_has_an_example(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 0
    assert "Example: onrecord read " in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["reed", "rain.txt"],
        ["read"],
        ["read", "rain.txt", "--format", "xml"],
        ["read", "rain.txt", "--published", "yesterday"],
        ["read", "rain.txt", "--published", "2031-02-29"],
    ],
)
def test_a_wrong_call_is_exit_code_2_without_a_traceback(folder: Path, arguments: list[str]) -> None:
    done = run(*arguments, folder=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_bad_date_is_answered_with_the_way_to_write_one(folder: Path) -> None:
    assert (
        "'yesterday' is no date; write it as 2024-10-03"
        in read("rain.txt", "--published", "yesterday", folder=folder).stderr
    )


def test_an_unknown_setting_is_exit_code_2_and_one_line(folder: Path) -> None:
    done = read("rain.txt", folder=folder, ONRECORD_MODLE="x")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("onrecord: unknown setting 'ONRECORD_MODLE'; known are ")
    assert done.stderr.count("\n") == 1


def test_a_model_that_is_not_there_is_exit_code_1_and_one_line(folder: Path) -> None:
    done = read("rain.txt", folder=folder, ONRECORD_MODEL=str(folder / "no-model"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("onrecord: ")
    assert done.stderr.count("\n") == 1


def test_one_article_is_shown_as_text(folder: Path) -> None:
    done = read("rain.txt", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Rain will fall on Weyport before the night is over" in done.stdout
    assert "\x1b" not in done.stdout


def test_standard_input_is_an_input(folder: Path) -> None:
    done = run("read", "-", "--format", "jsonl", folder=folder, given=RAIN)
    assert done.returncode == 0
    assert json.loads(done.stdout)["source"] == "-"
    assert json.loads(done.stdout)["text"] == RAIN


def test_jsonl_is_one_line_an_article_in_the_order_of_the_inputs(folder: Path) -> None:
    done = read("sun.txt", "rain.txt", "--format", "jsonl", "--published", "2031-01-15", folder=folder)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["id"], line["text"], line["published"]) for line in lines] == [
        ("sun", SUN, "2031-01-15"),
        ("rain", RAIN, "2031-01-15"),
    ]
    assert (done.returncode, done.stderr) == (0, "onrecord: 2 read\n")


def test_csv_has_one_header_for_all_the_articles(folder: Path) -> None:
    done = read("rain.txt", "sun.txt", "rain.txt", "--format", "csv", folder=folder)
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert done.stdout.count("content_start") == 1
    assert {row["article"] for row in rows} <= {"rain", "sun"}
    assert "\r\n" in done.stdout
    assert "\r\r" not in done.stdout


def test_html_is_one_page_for_all_the_articles(folder: Path) -> None:
    done = read("rain.txt", "sun.txt", "--format", "html", folder=folder)
    assert done.returncode == 0
    assert done.stdout.lstrip().startswith("<!DOCTYPE html>")
    assert done.stdout.count("<article ") == 2


def test_inputs_that_fail_are_a_line_each_and_the_others_are_read(folder: Path) -> None:
    done = read("empty.txt", "rain.txt", "no.txt", "latin.txt", "sun.txt", "--format", "jsonl", folder=folder)
    assert done.returncode == 3
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["rain", "sun"]
    *failures, summary = done.stderr.splitlines()
    assert [line.split(":")[:2] for line in failures] == [
        ["onrecord", " empty.txt"],
        ["onrecord", " no.txt"],
        ["onrecord", " latin.txt"],
    ]
    assert summary == "onrecord: 2 read, 3 failed (1 empty, 1 not-found, 1 not-text)"


@pytest.mark.parametrize("form", ["text", "jsonl", "html"])
def test_the_only_input_failing_is_exit_code_1_with_no_output(folder: Path, form: str) -> None:
    done = read("empty.txt", "--format", form, folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("onrecord: empty.txt: ")
    assert done.stderr.count("\n") == 1


def test_all_inputs_failing_is_exit_code_1(folder: Path) -> None:
    done = read("empty.txt", "no.txt", folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("onrecord: 0 read, 2 failed (1 empty, 1 not-found)\n")


def test_output_is_utf_8_in_any_locale(folder: Path) -> None:
    done = read("rain.txt", folder=folder, LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert "“Rain" in done.stdout


def test_a_lone_surrogate_in_the_text_stays_what_it_was(folder: Path) -> None:
    (folder / "odd.jsonl").write_text('{"text": "Rain \\ud83d said Falk."}\n', encoding="utf-8")
    done = read("odd.jsonl", "--format", "jsonl", folder=folder)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1 or json.loads(done.stdout)["text"] == "Rain \ud83d said Falk."


def test_a_closed_pipe_ends_it_quietly(folder: Path) -> None:
    inputs = ["rain.txt"] * 300
    with subprocess.Popen(
        [COMMAND, "read", *inputs, "--format", "jsonl"],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_interrupting_it_ends_in_a_word_and_code_130(folder: Path) -> None:
    with subprocess.Popen(
        [COMMAND, "read", "rain.txt", "-", "--format", "jsonl"],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["id"] == "rain"
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b"onrecord: interrupted\n"
    assert process.returncode == 130


def test_a_full_disk_is_one_line_and_exit_code_1(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "read", "rain.txt"], cwd=folder, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"onrecord: cannot go on: [Errno 28] No space left on device\n"
