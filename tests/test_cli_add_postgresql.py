"""`onrecord add` into a PostgreSQL database, as a user runs it: what outlasts being killed, what two add at once."""

import signal
from itertools import islice
from pathlib import Path

import pytest

from tests.postgresql import Postgres, asked
from tests.test_cli_add import RAIN, add, adding, lines

N_LINES = 12


@pytest.fixture
def address(postgres: Postgres) -> str:
    """The address of an empty database."""
    return postgres.new()


def test_articles_are_kept_and_added_again_nothing_changes(address: str, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text(RAIN, encoding="utf-8")
    first = add("rain.txt", "no.txt", "--record", address, folder=tmp_path)
    assert (first.returncode, first.stderr.splitlines()[-1]) == (3, "onrecord: 1 added, 1 failed (1 not-found)")
    again = add("rain.txt", folder=tmp_path, ONRECORD_RECORD=address)
    assert (again.returncode, again.stderr.splitlines()[-1]) == (0, "onrecord: 0 added, 1 unchanged")
    assert asked(address, "SELECT speaker FROM said") == [("Jorun Falk",)]
    assert asked(address, "SELECT outcome FROM outcomes ORDER BY id") == [("added",), ("not-found",), ("unchanged",)]
    assert not list(tmp_path.glob("*.db"))


def test_a_server_that_cannot_be_reached_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    done = add("-", "--record", f"postgresql://falk:low-tide@/news?host={tmp_path}", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert "cannot be used: the server cannot be reached; check host and port and that it runs" in line
    assert "low-tide" not in line


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL], ids=lambda blow: blow.name)
def test_the_same_call_goes_on_where_it_was_interrupted(address: str, tmp_path: Path, blow: signal.Signals) -> None:
    (tmp_path / "gates.jsonl").write_text(lines(*range(N_LINES)), encoding="utf-8")
    with adding("gates.jsonl", "--record", address, folder=tmp_path) as process:
        assert process.stderr is not None
        reported = [line.split()[-1] for line in islice(process.stderr, 5)]
        process.send_signal(blow)
        process.wait()
    kept = {name for (name,) in asked(address, "SELECT name FROM articles")}
    assert kept >= set(reported)
    done = add("gates.jsonl", "--record", address, folder=tmp_path)
    n_kept = int(done.stderr.splitlines()[-1].split()[-2])
    assert done.stderr.splitlines()[-1] == f"onrecord: {N_LINES - n_kept} added, {n_kept} unchanged"
    assert asked(address, "SELECT count(*), count(DISTINCT name) FROM articles") == [(N_LINES, N_LINES)]


def test_two_may_add_to_one_new_record_at_once(address: str, tmp_path: Path) -> None:
    (tmp_path / "gates.jsonl").write_text(lines(*range(N_LINES)), encoding="utf-8")
    call = ("gates.jsonl", "--record", address)
    with adding(*call, folder=tmp_path) as one, adding(*call, folder=tmp_path) as two:
        errors = [process.communicate()[1] for process in (one, two)]
        assert [process.returncode for process in (one, two)] == [0, 0], errors
    assert asked(address, "SELECT count(*), count(DISTINCT name) FROM articles") == [(N_LINES, N_LINES)]
    assert asked(address, "SELECT count(*) FROM outcomes") == [(2 * N_LINES,)]
