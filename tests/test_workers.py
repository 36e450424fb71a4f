"""Several processes that read: the order, what one of them costs that dies, and how little is taken ahead."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest

from onrecord.article import Article
from onrecord.errors import InputError, ModelError
from onrecord.intake import article_from_text
from onrecord.reading.reader import Reader
from onrecord.workers import NOBODY_ELSE, Crew, crew_of, n_cores, read_in_batches

READER = Reader.load()
TWO = Crew(2)
MISSING = InputError("there is no such file", source="no.txt")


def gate(number: int) -> Article:
    """A short article with a name of its own."""
    text = f"“Gate {number} will hold,” said Jorun Falk, the mayor of Weyport."
    return article_from_text(text, id=f"gate-{number}", source=f"gate-{number}.txt")


# Many times as long as it takes to kill who reads it.
FLOOD = article_from_text("“The gates will hold,” said Jorun Falk.\n\n" * 3000, id="flood", source="flood.txt")


def ended(taken: Iterator[Article | InputError], crew: Crew) -> list[Article | InputError]:
    return [one for batch in read_in_batches(taken, reader=READER, crew=crew) for one in batch]


def test_workers_read_the_same_in_the_same_order_and_leave_errors_in_their_places() -> None:
    given: list[Article | InputError] = [*map(gate, range(9)), MISSING, *map(gate, range(9, 20)), MISSING]
    alone = ended(iter(given), NOBODY_ELSE)
    assert [one.source for one in alone] == [one.source for one in given]
    assert ended(iter(given), TWO) == alone
    assert not active_children()


def test_the_first_articles_are_read_without_a_process() -> None:
    given: list[Article | InputError] = [MISSING, *map(gate, range(3))]
    assert len(ended(iter(given), replace(TWO, alone=3))) == 4
    batches = read_in_batches(map(gate, range(4)), reader=READER, crew=replace(TWO, alone=3))
    with closing(batches):
        for _ in range(3):
            next(batches)
            assert not active_children()
        next(batches)
        assert active_children()
    assert not active_children()


def test_no_more_is_taken_than_soon_begins_and_whoever_stops_leaves_no_process() -> None:
    taken: list[Article] = []

    def without_end() -> Iterator[Article]:
        while True:
            taken.append(gate(len(taken)))
            yield taken[-1]

    with closing(read_in_batches(without_end(), reader=READER, crew=TWO)) as batches:
        n_ended = 0
        while n_ended < 30:
            n_ended += len(next(batches))
            assert len(taken) - n_ended <= 16
    assert not active_children()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells which signals a process blocks")
def test_no_worker_hears_ctrl_c_from_its_first_moment_on() -> None:
    with closing(read_in_batches(map(gate, range(9)), reader=READER, crew=TWO)) as batches:
        next(batches)
        statuses = [Path(f"/proc/{process.pid}/status").read_text() for process in active_children()]
    assert len(statuses) == 2
    for status in statuses:
        _, blocked = status.split("SigBlk:\t")
        assert int(blocked[:16], 16) & (1 << (signal.SIGINT - 1))


def test_workers_that_are_killed_cost_what_they_were_reading_and_others_take_their_place() -> None:
    def given() -> Iterator[Article]:
        yield from map(gate, range(8))
        yield from (FLOOD, FLOOD)
        time.sleep(1.0)
        for process in active_children():
            os.kill(process.pid or 0, signal.SIGKILL)
        yield from map(gate, range(8, 20))

    ends = ended(given(), TWO)
    assert [one.source for one in ends] == [one.source for one in (*map(gate, range(8)), FLOOD, FLOOD)] + [
        gate(number).source for number in range(8, 20)
    ]
    failed = [one for one in ends if isinstance(one, InputError)]
    assert 1 <= len(failed) <= 2
    how = "killed by signal 9, as happens when memory runs out"
    assert {str(failure) for failure in failed} == {
        f"the process that read it was {how}; the others went on; try it again"
    }


def test_workers_of_which_none_can_start_are_an_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ModelError, match=r"no process could load the model: each was .* try one process: --workers 1"):
        ended(map(gate, range(3)), Crew(2, model=tmp_path))
    assert "there is no model at" in capfd.readouterr().err
    assert not active_children()


@pytest.mark.parametrize(
    ("asked", "threads", "expected"), [(3, 0, (3, 0)), (1, 4, (1, 0)), (None, 1, (1, 32)), (None, 0, (n_cores(), 32))]
)
def test_the_crew_is_as_large_as_was_asked_or_as_the_machine(
    asked: int | None, threads: int, expected: tuple[int, int]
) -> None:
    crew = crew_of(asked, threads=threads)
    assert (crew.n_workers, crew.alone) == (min(expected[0], 16), expected[1])
    assert 1 <= crew.threads_each <= max(n_cores(), threads)
