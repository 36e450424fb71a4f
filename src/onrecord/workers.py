"""Several processes that read, each with a model of its own, and what they read in the order in which it was given.

Nothing is shared between them: every worker has its own pipe, so that one that dies, killed or out of memory, leaves
nothing behind that another waits for. What it was reading ends as failed; what waited for it goes to the worker that
takes its place. No more is taken from the inputs than the workers can soon begin with, whatever the inputs hold.

Processes are started afresh, never forked: the threads of a loaded model do not outlive a fork. Python then imports
the main program once more in each, so a program that calls this needs its `if __name__ == "__main__":`.
"""

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Generic, Self, TypeVar

from onrecord.article import Article
from onrecord.errors import InputError, ModelError
from onrecord.pipeline import read_article
from onrecord.reading.reader import Reader

Other = TypeVar("Other")

# One that it reads and one that waits with it, so that no worker ever waits for this process.
_JOBS_EACH = 2
# An article that takes long holds up what is told of those behind it, so many for each worker, but not their reading.
_PLACES_EACH = 8
# Of the articles that are held together. One alone may be longer.
_MOST_CHARS = 16_000_000
_MOST_FAILED_STARTS = 3
_END_TIMEOUT_S = 10.0
_KILL = 9
# With more, they wait for the one process that takes in and writes: of PolNeAR's articles it has a twentieth of the
# work (benchmarks/adding.py).
_MOST_WORKERS = 16
# Until then, starting processes and loading the model in each takes longer than they save.
_READ_ALONE = 32


@dataclass(frozen=True, slots=True)
class Crew:
    """How many read, and with what.

    `n_workers` processes; 1 means none but this one. The first `alone` articles this one reads by itself, so that no
    process is started for a few. `threads` is how many all have together, 0 for as many as there are cores.
    """

    n_workers: int = 1
    alone: int = 0
    model: Path | None = None
    threads: int = 0

    @property
    def threads_each(self) -> int:
        """How many threads each worker's model has."""
        return max(1, (self.threads or n_cores()) // self.n_workers)


NOBODY_ELSE = Crew()


def crew_of(n_workers: int | None, *, model: Path | None = None, threads: int = 0) -> Crew:
    """The crew asked for; where none was, one for this machine, which begins when there is enough to read."""
    if n_workers is not None:
        return Crew(n_workers, model=model, threads=threads)
    n_workers = min(threads or n_cores(), n_cores(), _MOST_WORKERS)
    return Crew(n_workers, alone=_READ_ALONE, model=model, threads=threads)


def n_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_in_batches(
    taken: Iterable[Article | InputError | Other], *, reader: Reader, crew: Crew = NOBODY_ELSE
) -> Generator[list[Article | InputError | Other]]:
    """Everything in its order: each article read, or the error that it ended with, and what is no article as it is.

    A batch is what has ended since the last, at least one. `reader` reads what this process reads by itself. Raises
    ModelError where no worker can start.
    """
    rest = iter(taken)
    n_read = 0
    while crew.n_workers == 1 or n_read < crew.alone:
        for one in rest:
            yield [read_article(one, reader) if isinstance(one, Article) else one]
            n_read += isinstance(one, Article)
            break
        else:
            return
    for one in rest:  # for nothing, no process is started
        yield from _read_by_workers(chain([one], rest), crew)


def _read_by_workers(
    taken: Iterable[Article | InputError | Other], crew: Crew
) -> Iterator[list[Article | InputError | Other]]:
    pool = _Pool[Other](crew)
    try:
        for one in taken:
            pool.put(one)
            pool.collect(timeout_s=0.0)
            if batch := pool.ended():
                yield batch
            while not pool.has_room:
                pool.collect()
                if batch := pool.ended():
                    yield batch
        while pool.places:
            pool.collect()
            if batch := pool.ended():
                yield batch
    finally:
        pool.close()


@dataclass(slots=True, eq=False)
class _Place(Generic[Other]):
    """One input's place in the order: what was given, until it has ended, and then its end."""

    given: Article | None
    n_chars: int
    end: Article | InputError | Other | None = None


@dataclass(slots=True, eq=False)
class _Worker(Generic[Other]):
    """One process, this end of its pipe, and what it was given and has not answered, in its order."""

    process: SpawnProcess
    pipe: "Connection[Article | None, Article | InputError | None]"
    jobs: deque[_Place[Other]] = field(default_factory=deque)
    is_ready: bool = False

    @classmethod
    def started(cls, crew: Crew) -> Self:
        """A new one, which ends by itself when this process does."""
        here, there = (context := get_context("spawn")).Pipe()
        process = context.Process(target=_work, args=(there, crew.model, crew.threads_each), daemon=True)
        with there, _without_interrupts():
            process.start()
        return cls(process, here)

    def end(self) -> str:
        """Waits for its end, ends it if it does not come, and says how it did."""
        self.pipe.close()
        self.process.join(_END_TIMEOUT_S)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        return _ended_how(self.process.exitcode)


class _Pool(Generic[Other]):
    """The workers, and the order of what they read."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self.places: deque[_Place[Other]] = deque()
        self.waiting: deque[_Place[Other]] = deque()
        self.n_chars = 0
        self.n_failed_starts = 0
        self.workers: list[_Worker[Other]] = []

    @property
    def has_room(self) -> bool:
        """Whether another input may be taken."""
        return len(self.places) < _PLACES_EACH * self.crew.n_workers and self.n_chars < _MOST_CHARS and not self.waiting

    def put(self, one: Article | InputError | Other) -> None:
        """Takes one more; has it read if it is an article."""
        if isinstance(one, Article):
            place = _Place[Other](one, len(one.text))
            self.waiting.append(place)
        else:
            place = _Place[Other](None, 0, one)
        self.places.append(place)
        self.n_chars += place.n_chars
        self._hand_out()

    def ended(self) -> list[Article | InputError | Other]:
        """What has ended and has nothing before it that has not."""
        ends = []
        while self.places and (end := self.places[0].end) is not None:
            self.n_chars -= self.places.popleft().n_chars
            ends.append(end)
        return ends

    def close(self) -> None:
        """Ends all workers, whatever they are at."""
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.end()

    def collect(self, *, timeout_s: float | None = None) -> None:
        """Takes what workers have sent; waits until one has, or has died, for so long at most."""
        by_pipe = {id(worker.pipe): worker for worker in self.workers}
        for pipe in wait([worker.pipe for worker in self.workers], timeout_s) if by_pipe else ():
            worker = by_pipe[id(pipe)]
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker)
            else:
                self._note(worker, answer)
        self._hand_out()

    def _note(self, worker: _Worker[Other], answer: Article | InputError | None) -> None:
        """Takes down what a worker has read; its first answer says that it is ready."""
        if answer is None:
            worker.is_ready = True
            self.n_failed_starts = 0
            return
        place = worker.jobs.popleft()
        place.given, place.end = None, answer

    def _hand_out(self) -> None:
        """Gives each worker what it can soon begin with; starts those that are missing."""
        while self.waiting:
            free = [worker for worker in self.workers if len(worker.jobs) < _JOBS_EACH]
            worker = min(free, key=lambda worker: len(worker.jobs), default=None)
            if (worker is None or worker.jobs) and len(self.workers) < self.crew.n_workers:
                worker = _Worker[Other].started(self.crew)
                self.workers.append(worker)
            if worker is None:
                return
            place = self.waiting[0]
            try:
                worker.pipe.send(place.given)
            except OSError:  # it has died; what it was at is looked into when that is read from its pipe
                return
            worker.jobs.append(self.waiting.popleft())

    def _replace(self, worker: _Worker[Other]) -> None:
        """Of a worker that has died, what it read ends as failed, and what it had not begun waits for another.

        Raises ModelError if time and again none has come as far as reading.
        """
        self.workers.remove(worker)
        how = worker.end()
        if worker.is_ready and worker.jobs:
            place = worker.jobs.popleft()
            place.end = _failure(place.given, how)
            place.given = None
        if not worker.is_ready:
            self.n_failed_starts += 1
            if self.n_failed_starts == _MOST_FAILED_STARTS:
                raise ModelError(f"no process could load the model: each was {how}; try one process: --workers 1")
        self.waiting.extendleft(reversed(worker.jobs))


def _failure(article: Article | None, how: str) -> InputError:
    source = article.source if article else ""
    return InputError(f"the process that read it was {how}; the others went on; try it again", source=source)


def _ended_how(exit_code: int | None) -> str:
    """How a process ended, as the end of a sentence."""
    if exit_code is None or exit_code >= 0:
        return f"ended with exit code {exit_code}"
    return f"killed by signal {-exit_code}" + (", as happens when memory runs out" if exit_code == -_KILL else "")


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """What is started inside never hears Ctrl-C, which a terminal sends to all: this process decides what it means."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Python starts this helper with its first process, and would then let interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: "Connection[Article | InputError | None, Article]", model: Path | None, threads: int) -> None:
    """A worker's life: loads the model, says so, then reads what it is sent until the pipe is closed."""
    reader = Reader.load(model, threads=threads)
    jobs: SimpleQueue[Article | None] = SimpleQueue()
    Thread(target=_receive, args=(pipe, jobs), daemon=True).start()
    with suppress(OSError):  # whoever started it is gone
        pipe.send(None)
        while (article := jobs.get()) is not None:
            pipe.send(read_article(article, reader))


def _receive(pipe: "Connection[object, Article]", jobs: "SimpleQueue[Article | None]") -> None:
    """Takes in what is sent while the worker reads, so that who sends never waits; at the end, none."""
    with suppress(EOFError, OSError):
        while True:
            jobs.put(pipe.recv())
    jobs.put(None)
