"""What the commands that take articles share: their options, their progress, and how they say what became of it all."""

# ruff: noqa: PLC0415 - Rich is imported when there is a terminal to show progress on

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, TypeVar

import typer

from onrecord.cli.terminal import FAILED, PARTLY_DONE, complain
from onrecord.errors import shown

Ended = TypeVar("Ended")

# Outcomes that are counted as things: "2 new versions".
_COUNTED = {"new-version": "new version", "duplicate": "duplicate"}


def _iso_date(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{shown(given)} is no date; write it as 2024-10-03") from error


Published = Annotated[
    date | None, typer.Option(metavar="DATE", parser=_iso_date, help="The date of articles that state none.")
]
RecordAddress = Annotated[
    str | None,
    typer.Option(
        "--record", metavar="FILE-or-URL", help="The record; by default what ONRECORD_RECORD names, else onrecord.db."
    ),
]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Fetch from private addresses, too.")]


def followed(outcomes: Iterator[Ended]) -> Iterator[Ended]:
    """The same, with a count of them on standard error while they come."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} done"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        yield from progress.track(outcomes)


def say_counts(tally: Counter[str], *, done: Sequence[str]) -> None:
    """How many inputs ended in which way: those `done`, of which the first is always named, and those that failed."""
    parts = [_counted(tally[word], word) for word in done if tally[word] or word == done[0]]
    failed = {word: count for word, count in tally.items() if word not in done}
    if failed:
        reasons = ", ".join(f"{count} {word}" for word, count in failed.items())
        parts.append(f"{sum(failed.values())} failed ({reasons})")
    complain(", ".join(parts))


def leave(tally: Counter[str], *, done: Sequence[str]) -> None:
    """Leaves with the exit code that tells whether all the inputs, some or none ended as one of `done`."""
    n_done = sum(tally[word] for word in done)
    if n_done < tally.total():
        raise typer.Exit(PARTLY_DONE if n_done else FAILED)


def _counted(count: int, word: str) -> str:
    thing = _COUNTED.get(word)
    return f"{count} {thing}{'' if count == 1 else 's'}" if thing else f"{count} {word}"
