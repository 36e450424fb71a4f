"""`onrecord add` with several processes as a user runs it: killed, interrupted, two at once, on a full disk."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.record_kills import all_gone, children_of, killed, write_articles
from onrecord.cli.inputs import number_of
from onrecord.record import Record

ONRECORD = (sys.executable, "-m", "onrecord")
ADD = (*ONRECORD, "add", "gates.jsonl", "--record", "news.db", "--workers", "2")
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
N_ARTICLES = 24
# A whole call takes about as long, so that the kill comes before, while or after articles are kept.
MOST_S = 3.0
# On a disk, beside an empty record: less than the articles need.
ROOM_BYTES = 200_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of articles."""
    write_articles(tmp_path, N_ARTICLES)
    return tmp_path


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def started(folder: Path, *more: str, stdin: int = subprocess.DEVNULL) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*ADD, *more],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=stdin,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    """What SQLite itself answers."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_adding_with_workers_says_and_keeps_the_same_in_the_same_order(folder: Path) -> None:
    by_two = run(*ADD, folder=folder)
    by_one = run(*ADD[:-1], "1", "--record", "other.db", folder=folder)
    assert (by_two.returncode, by_two.stderr) == (by_one.returncode, by_one.stderr)
    kept = (
        "SELECT a.id, a.name, s.speaker, s.content, s.confidence FROM articles a JOIN statements s ON article_id = a.id"
    )
    assert asked(folder / "news.db", kept) == asked(folder / "other.db", kept)


def test_reading_with_workers_prints_the_same(folder: Path) -> None:
    by_two, by_one = (
        run(*ONRECORD, "read", "gates.jsonl", "--format", "jsonl", "--workers", n, folder=folder) for n in "21"
    )
    assert by_two.stdout.count("\n") == N_ARTICLES
    assert (by_two.stdout, by_two.stderr) == (by_one.stdout, by_one.stderr)


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_a_random_moment_it_leaves_all_that_it_reported_and_goes_on(folder: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    left = killed(folder, after_s=chance.uniform(0.5, MOST_S), workers=2)
    assert not left.wrong
    done = run(*ADD, folder=folder)
    assert done.returncode == 0, done.stderr
    assert asked(folder / "news.db", "SELECT count(*), count(DISTINCT name) FROM articles") == [(N_ARTICLES,) * 2]


def test_ctrl_c_leaves_all_that_was_reported_and_no_process(folder: Path) -> None:
    # However quick it is, it then waits for standard input.
    with started(folder, "-", stdin=subprocess.PIPE) as process:
        assert process.stderr is not None
        reported = list(islice(process.stderr, 3))
        others = children_of(process.pid)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        reported += process.stderr.readlines()
    assert process.returncode == 130
    n_reported = len(reported) - 2
    assert reported[-2:] == [f"onrecord: {n_reported} added\n", "onrecord: interrupted\n"]
    assert all_gone(others)
    names = {name for (name,) in asked(folder / "news.db", "SELECT name FROM articles")}
    assert {line.split()[-1] for line in reported[:-2]} <= names
    done = run(*ADD, folder=folder)
    assert done.stderr.splitlines()[-1] == f"onrecord: {N_ARTICLES - len(names)} added, {len(names)} unchanged"


def test_a_worker_that_is_killed_costs_one_article_and_the_next_call_adds_it(folder: Path) -> None:
    with started(folder, "-", stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        lines = list(islice(process.stderr, 5))
        workers = [
            pid for pid in children_of(process.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        os.kill(workers[0], signal.SIGKILL)
        process.stdin.write("“The quay will hold,” said Jorun Falk.")
        process.stdin.close()
        lines += process.stderr.readlines()
    n_failed = sum("was killed by signal 9" in line for line in lines)
    assert n_failed <= 1, "it may have been between two articles"
    assert process.returncode == (3 if n_failed else 0)
    assert asked(folder / "news.db", "SELECT count(*) FROM articles") == [(N_ARTICLES + 1 - n_failed,)]
    assert asked(folder / "news.db", "SELECT count(*) FROM outcomes WHERE outcome = 'failed'") == [(n_failed,)]
    assert run(*ADD, folder=folder).returncode == 0
    assert asked(folder / "news.db", "SELECT count(DISTINCT name) FROM articles") == [(N_ARTICLES + 1,)]


def test_two_with_workers_may_add_to_one_new_record_at_once(folder: Path) -> None:
    with started(folder) as one, started(folder) as two:
        errors = [process.communicate()[1] for process in (one, two)]
    assert [one.returncode, two.returncode] == [0, 0], errors
    assert asked(folder / "news.db", "PRAGMA integrity_check") == [("ok",)]
    assert asked(folder / "news.db", "SELECT count(*), count(DISTINCT name) FROM articles") == [(N_ARTICLES,) * 2]


# What is mounted lasts as long as the shell, so that it copies out what the full disk holds.
ON_A_SMALL_DISK = """
mkdir disk && mount -t tmpfs -o size="$1" none disk || exit 77
shift
"$@"
status=$?
cp disk/news.db* .
exit $status
"""


def test_a_full_disk_is_a_clear_error_and_leaves_all_that_was_reported(folder: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("nothing can be mounted here")
    Record.open(str(folder / "empty.db")).close()
    # While it is made, and until it is written back, the record is there twice.
    size = 2 * (folder / "empty.db").stat().st_size + ROOM_BYTES
    add = [*ONRECORD, "add", "gates.jsonl", "--record", "disk/news.db", "--workers", "2"]
    shell = ["unshare", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh", str(size)]
    done = run(*shell, *add, folder=folder)
    if done.returncode == 77 or "unshare failed" in done.stderr:
        pytest.skip("nothing may be mounted here")
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert "the disk is full; make room, then repeat the call" in lines[-1]
    reported = {line.split()[-1] for line in lines if ": added " in line}
    assert reported
    assert asked(folder / "news.db", "PRAGMA integrity_check") == [("ok",)]
    assert reported <= {name for (name,) in asked(folder / "news.db", "SELECT name FROM articles")}
    assert run(*ADD, folder=folder).returncode == 0
    assert asked(folder / "news.db", "SELECT count(*) FROM articles") == [(N_ARTICLES,)]


def on_a_terminal(*command: str, folder: Path) -> str:
    """What a command shows on a terminal, colours and all."""
    ours, theirs = os.openpty()
    with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT | {"TERM": "xterm", "COLUMNS": "120"}, stderr=theirs):
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # that is how a terminal ends
            while piece := os.read(ours, 65536):
                shown += piece
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())


@pytest.mark.parametrize(
    ("name", "progress"), [("gates.jsonl", rf"\d+ of {N_ARTICLES} done \d+\.\d/s"), ("in", r"\d+ done \d+\.\d/s")]
)
def test_a_terminal_shows_how_many_are_done_how_fast_and_how_they_ended(folder: Path, name: str, progress: str) -> None:
    (folder / "in").mkdir()
    shutil.copy(folder / "gates.jsonl", folder / "in")
    shown = on_a_terminal(*ONRECORD, "add", name, "--record", "news.db", folder=folder)
    assert re.search(progress + r" -?\d:\d\d:\d\d \d+ added", shown), shown
    assert shown.splitlines()[-1] == f"onrecord: {N_ARTICLES} added"


def test_how_many_articles_inputs_hold_is_known_of_files_of_one_and_of_lines(folder: Path) -> None:
    (folder / "rain.txt").write_text("Rain.", encoding="utf-8")
    (folder / "more.jsonl").write_text('{"text": "Rain."}\n \n{"text": "Sun."}', encoding="utf-8")
    known = [str(folder / name) for name in ("gates.jsonl", "rain.txt", "more.jsonl")]
    assert number_of(known) == N_ARTICLES + 3
    for unknown in ("-", "https://weyport.example/rain.txt", str(folder), str(folder / "no.txt"), "a\0b.txt"):
        assert number_of([*known, unknown]) is None
