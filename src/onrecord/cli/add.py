"""`onrecord add`: articles in, kept with their statements in the record, one outcome for each input."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.inputs import (
    AllowPrivate,
    Published,
    RecordAddress,
    Workers,
    followed,
    leave,
    number_of,
    report,
    say_counts,
)
from onrecord.errors import InputError
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.record.adding import Added


def add(
    context: typer.Context,
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help='Articles, as `read` takes them; "-" is standard input.')
    ],
    record: RecordAddress = None,
    published: Published = None,
    allow_private: AllowPrivate = False,
    workers: Workers = None,
) -> None:
    """Read articles and keep them, with every statement, in a record.

    An article that the record holds is not read again, so an interrupted call is simply repeated; one that has changed
    becomes a new version, and the old one stays.

    Example: onrecord add examples/*.txt --record news.db
    """
    from onrecord.record.stored import Stored

    settings: Settings = context.obj
    tally: Counter[str] = Counter()
    on_terminal = sys.stderr.isatty()
    record = record or settings.record
    with _outcomes(
        inputs, record=record, settings=settings, published=published, allow_private=allow_private, workers=workers
    ) as outcomes:
        try:
            shown = followed(outcomes, tally=tally, total=number_of(inputs)) if on_terminal else outcomes
            for outcome in shown:
                report(outcome, tally, briefly=on_terminal)
        finally:
            if tally:
                say_counts(tally, done=[*Stored])
    leave(tally, done=[*Stored])


@contextmanager
def _outcomes(
    inputs: list[str],
    *,
    record: str,
    settings: Settings,
    published: date | None,
    allow_private: bool,
    workers: int | None,
) -> Iterator[Iterator["Added | InputError"]]:
    """What becomes of the inputs, as it becomes it."""
    from onrecord.intake import read_inputs
    from onrecord.intake.fetch import Fetcher
    from onrecord.reading.reader import Reader
    from onrecord.record import Record
    from onrecord.record.adding import added_each
    from onrecord.workers import crew_of

    with (
        Record.open(record) as opened,
        Fetcher(cache=settings.cache, allow_private=allow_private) as fetcher,
    ):
        reader = Reader.load(settings.model, threads=settings.threads)
        taken = read_inputs(inputs, published=published, fetcher=fetcher)
        crew = crew_of(workers, model=settings.model, threads=settings.threads)
        with closing(added_each(taken, record=opened, reader=reader, crew=crew)) as outcomes:
            yield outcomes
