"""What `read` and `check` share: articles in, read, with one outcome for each input, and something written of each."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from onrecord.cli.inputs import followed, leave, number_of, say_counts
from onrecord.cli.terminal import complain
from onrecord.errors import InputError, Outcome
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.intake.fetch import Fetcher

DONE = (Outcome.READ, Outcome.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asks to be read: the inputs, and the options that say how; `record` may hold pages that are gone."""

    inputs: list[str]
    published: date | None
    record: str | None
    allow_private: bool
    workers: int | None


def write_of(asked: Asked, written: Callable[[Iterator["Article"]], Iterator[str]], *, settings: Settings) -> None:
    """Writes to standard output what is `written` of the articles; says what became of the inputs, and leaves by it."""
    from onrecord.intake.fetch import Fetcher

    tally: Counter[str] = Counter()
    with Fetcher(cache=settings.cache, allow_private=asked.allow_private) as fetcher:
        outcomes = _with_kept_copies(
            _outcomes(asked, settings=settings, fetcher=fetcher), record=asked.record or settings.record
        )
        if sys.stderr.isatty() and not sys.stdout.isatty():
            outcomes = followed(outcomes, tally=tally, total=number_of(asked.inputs))
        for chunk in written(_articles_in(outcomes, tally)):
            sys.stdout.write(chunk)
            sys.stdout.flush()
    if tally.total() > 1:
        say_counts(tally, done=DONE)
    leave(tally, done=DONE)


def _outcomes(asked: Asked, *, settings: Settings, fetcher: "Fetcher") -> Iterator["Article | InputError"]:
    """Each article in the inputs with its statements, or the error that it ended with."""
    from onrecord.intake import read_inputs
    from onrecord.reading.reader import Reader
    from onrecord.workers import crew_of, read_in_batches

    reader = Reader.load(settings.model, threads=settings.threads)
    taken = read_inputs(asked.inputs, published=asked.published, fetcher=fetcher)
    crew = crew_of(asked.workers, model=settings.model, threads=settings.threads)
    return chain.from_iterable(read_in_batches(taken, reader=reader, crew=crew))


def _with_kept_copies(outcomes: Iterable["Article | InputError"], *, record: str) -> Iterator["Article | InputError"]:
    """The same, in the place of a page that is gone what the record, if there is one, holds of it."""
    for outcome in outcomes:
        if isinstance(outcome, InputError) and outcome.outcome is Outcome.GONE:
            from onrecord.record.gone import kept_copy

            yield kept_copy(outcome, record=record) or outcome
        else:
            yield outcome


def _articles_in(outcomes: Iterable["Article | InputError"], tally: Counter[str]) -> Iterator["Article"]:
    """The articles alone; counts every outcome in `tally` and complains of each failure."""
    for outcome in outcomes:
        if isinstance(outcome, InputError):
            tally[outcome.outcome] += 1
            complain(f"{outcome.source}: {outcome}")
        else:
            tally[Outcome.READ] += 1
            yield outcome
