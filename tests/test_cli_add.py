"""`onrecord add` as a user runs it: what is kept, what is said, and what outlasts being killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import pytest

from tests.server import Server, page

ONRECORD = (sys.executable, "-m", "onrecord")
RAIN = "“Rain will fall on Weyport before the night is over,” said Jorun Falk, the mayor.\n"
SUN = "The Weyport Ledger reported that the sun would shine on Tuesday.\n"
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
N_LINES = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rain.txt").write_text(RAIN, encoding="utf-8")
    (tmp_path / "sun.txt").write_text(SUN, encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    return tmp_path


def add(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ONRECORD, "add", *arguments],
        cwd=folder,
        env=ENVIRONMENT | {"ONRECORD_CACHE": str(folder / "cache")} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@contextmanager
def adding(*arguments: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The command while it runs, its three streams open; killed in the end if it still does."""
    with subprocess.Popen(
        [*ONRECORD, "add", *arguments],
        cwd=folder,
        env=ENVIRONMENT | {"ONRECORD_CACHE": str(folder / "cache")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    """What SQLite itself answers."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def lines(*numbers: int) -> str:
    """JSON Lines of articles, each with a name of its own."""
    articles = (
        {"id": f"gate-{n}", "text": f"“Gate {n} will hold,” said Jorun Falk. It is number {n}."} for n in numbers
    )
    return "".join(f"{json.dumps(article)}\n" for article in articles)


def test_articles_are_kept_with_their_statements_and_counted(folder: Path) -> None:
    done = add("rain.txt", "sun.txt", folder=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "onrecord: rain.txt: added rain",
        "onrecord: sun.txt: added sun",
        "onrecord: 2 added",
    ]
    assert asked(folder / "onrecord.db", "SELECT speaker FROM said WHERE article_id = 1") == [("Jorun Falk",)]


def test_added_again_nothing_changes_but_what_did(folder: Path) -> None:
    add("rain.txt", "sun.txt", "--record", "news.db", folder=folder)
    (folder / "sun.txt").write_text(SUN.replace("Tuesday", "Wednesday"), encoding="utf-8")
    (folder / "snow.txt").write_text(SUN.replace("sun", "snow"), encoding="utf-8")
    done = add("rain.txt", "sun.txt", "snow.txt", "--record", "sqlite:///news.db", folder=folder)
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == "onrecord: 1 added, 1 new version, 1 unchanged"
    assert asked(folder / "news.db", "SELECT name, version FROM current_articles ORDER BY name") == [
        ("rain", 1),
        ("snow", 1),
        ("sun", 2),
    ]


def test_inputs_that_fail_are_a_line_each_and_are_noted_with_their_reason(folder: Path) -> None:
    done = add("empty.txt", "rain.txt", "no.txt", folder=folder)
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == "onrecord: 1 added, 2 failed (1 empty, 1 not-found)"
    noted = asked(folder / "onrecord.db", "SELECT source, outcome, reason IS NULL FROM outcomes ORDER BY id")
    assert noted == [("empty.txt", "empty", 0), ("rain.txt", "added", 1), ("no.txt", "not-found", 0)]


def test_all_inputs_failing_is_exit_code_1(folder: Path) -> None:
    done = add("empty.txt", folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "onrecord: 0 added, 1 failed (1 empty)"


def test_the_option_comes_before_the_environment(folder: Path) -> None:
    add("rain.txt", folder=folder, ONRECORD_RECORD="by-environment.db")
    add("sun.txt", "--record", "by-option.db", "--published", "2031-01-15", folder=folder, ONRECORD_RECORD="unused.db")
    assert asked(folder / "by-environment.db", "SELECT name, published FROM articles") == [("rain", None)]
    assert asked(folder / "by-option.db", "SELECT name, published FROM articles") == [("sun", "2031-01-15")]
    assert not (folder / "unused.db").exists()


def test_a_record_that_cannot_be_used_is_one_line_and_exit_code_1(folder: Path) -> None:
    done = add("sun.txt", "--record", "rain.txt", folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "onrecord: the record 'rain.txt' cannot be used: it is no SQLite file; name another file "
        "(file is not a database)\n"
    )
    assert (folder / "rain.txt").read_text(encoding="utf-8") == RAIN


def test_a_page_that_is_gone_stays_in_the_record_and_it_is_said_where_a_copy_may_be(folder: Path) -> None:
    with Server() as server:
        address = server.at("/2031/rain.txt")
        plain = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
        server.answer("/2031/rain.txt", page(RAIN.encode(), headers=plain))
        assert add(address, "--allow-private", folder=folder).returncode == 0
        server.answer("/2031/rain.txt", page(b"", status=410))
        done = add(address, server.at("/none"), "--allow-private", folder=folder)
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == "onrecord: 0 added, 1 unchanged, 1 failed (1 gone)"
    assert f"{address}: the page is gone: " in done.stderr
    assert f"an archived copy may be at https://web.archive.org/web/*/{address}" in done.stderr
    assert "; the record has it as of " in done.stderr
    assert asked(folder / "onrecord.db", "SELECT url, text FROM articles") == [(address, RAIN)]


def test_the_help_has_an_example() -> None:
    done = subprocess.run([*ONRECORD, "add", "--help"], capture_output=True, text=True, encoding="utf-8", check=True)
    assert "Example: onrecord add examples/*.txt --record news.db" in done.stdout


def test_killed_at_any_moment_it_leaves_a_sound_record_of_all_that_it_reported(folder: Path) -> None:
    with adding("-", folder=folder) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(lines(*range(N_LINES)))
        process.stdin.flush()
        reported = [line.split()[-1] for line in islice(process.stderr, 7)]
        process.kill()
        process.wait()
    record = folder / "onrecord.db"
    assert asked(record, "PRAGMA integrity_check") == [("ok",)]
    assert asked(record, "PRAGMA foreign_key_check") == []
    kept = {
        name for (name,) in asked(record, "SELECT name FROM articles JOIN statements s ON article_id = articles.id")
    }
    assert reported == [f"gate-{n}" for n in range(7)]
    assert set(reported) <= kept
    (folder / "gates.jsonl").write_text(lines(*range(N_LINES)), encoding="utf-8")


def test_the_same_call_goes_on_where_it_was_interrupted(folder: Path) -> None:
    (folder / "gates.jsonl").write_text(lines(*range(N_LINES)), encoding="utf-8")
    with adding("gates.jsonl", "-", folder=folder) as process:  # it waits for standard input, however quick it is
        assert process.stderr is not None
        reported = list(islice(process.stderr, 3))
        process.send_signal(signal.SIGINT)
        reported += process.stderr.readlines()
        assert process.wait() == 130
    assert reported[-2:] == [f"onrecord: {len(reported) - 2} added\n", "onrecord: interrupted\n"]
    kept = {name for (name,) in asked(folder / "onrecord.db", "SELECT name FROM articles")}
    assert {line.split()[-1] for line in reported[:-2]} <= kept
    done = add("gates.jsonl", folder=folder)
    assert done.stderr.splitlines()[-1] == f"onrecord: {N_LINES - len(kept)} added, {len(kept)} unchanged"
    assert asked(folder / "onrecord.db", "SELECT count(*), count(DISTINCT name) FROM articles") == [(N_LINES, N_LINES)]


def test_two_may_add_to_one_new_record_at_once(folder: Path) -> None:
    for name, numbers in (("one", range(20)), ("two", range(10, 30))):
        (folder / f"{name}.jsonl").write_text(lines(*numbers), encoding="utf-8")
    with adding("one.jsonl", "rain.txt", folder=folder) as one, adding("rain.txt", "two.jsonl", folder=folder) as two:
        errors = [process.communicate()[1] for process in (one, two)]
        assert [process.returncode for process in (one, two)] == [0, 0], errors
    record = folder / "onrecord.db"
    assert asked(record, "PRAGMA integrity_check") == [("ok",)]
    assert asked(record, "SELECT count(*) FROM articles WHERE name = 'rain'") == [(1,)]
    assert asked(record, "SELECT count(DISTINCT name), count(DISTINCT source_key || name) FROM articles") == [(31, 41)]
