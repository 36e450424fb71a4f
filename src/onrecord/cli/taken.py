"""What `read` and `check` share: articles in, read, with one outcome for each input."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from onrecord.cli.terminal import complain
from onrecord.errors import InputError, Outcome
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.intake.fetch import Fetcher

DONE = (Outcome.READ, Outcome.DUPLICATE)


def outcomes_of(
    inputs: list[str], *, settings: Settings, published: date | None, fetcher: "Fetcher", workers: int | None
) -> Iterator["Article | InputError"]:
    """Each article in the inputs with its statements, or the error that it ended with."""
    from onrecord.intake import read_inputs
    from onrecord.reading.reader import Reader
    from onrecord.workers import crew_of, read_in_batches

    reader = Reader.load(settings.model, threads=settings.threads)
    taken = read_inputs(inputs, published=published, fetcher=fetcher)
    crew = crew_of(workers, model=settings.model, threads=settings.threads)
    return chain.from_iterable(read_in_batches(taken, reader=reader, crew=crew))


def with_kept_copies(outcomes: Iterable["Article | InputError"], *, record: str) -> Iterator["Article | InputError"]:
    """The same, in the place of a page that is gone what the record, if there is one, holds of it."""
    for outcome in outcomes:
        if isinstance(outcome, InputError) and outcome.outcome is Outcome.GONE:
            from onrecord.record.gone import kept_copy

            yield kept_copy(outcome, record=record) or outcome
        else:
            yield outcome


def articles_in(outcomes: Iterable["Article | InputError"], tally: Counter[str]) -> Iterator["Article"]:
    """The articles alone; counts every outcome in `tally` and complains of each failure."""
    for outcome in outcomes:
        if isinstance(outcome, InputError):
            tally[outcome.outcome] += 1
            complain(f"{outcome.source}: {outcome}")
        else:
            tally[Outcome.READ] += 1
            yield outcome
