"""What the commands that take articles share: their options, their progress, and how they say what became of it all."""

# ruff: noqa: PLC0415 - Rich is imported when there is a terminal to show progress on

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from onrecord.cli.terminal import FAILED, PARTLY_DONE, complain
from onrecord.errors import InputError, UsageError
from onrecord.exchange.days import day_given

if TYPE_CHECKING:
    from onrecord.record.adding import Added

Ended = TypeVar("Ended")

# Files that hold one article whatever is in them, and those that hold one a line; a page may turn out to be a feed.
_OF_ONE = (".txt", ".htm", ".html", ".pdf")
_OF_LINES = (".jsonl", ".ndjson")

# Outcomes that are counted as things: "2 new versions".
_COUNTED = {"new-version": "new version", "duplicate": "duplicate"}


def _iso_date(given: str) -> date:
    try:
        return day_given(given)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from error


Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT", help='Files, folders, addresses, feeds, archives; "-" is standard input.'),
]
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


Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        show_default=False,
        help="How many processes read; by default one for a few articles, then one for each core.",
    ),
]


def number_of(inputs: Sequence[str]) -> int | None:
    """How many articles the inputs hold, where their names and a look at their lines tell; else none."""
    if not all(map(os.path.isfile, inputs)):
        return None
    paths = [Path(given) for given in inputs]
    if not all(path.suffix.lower() in (*_OF_ONE, *_OF_LINES) for path in paths):
        return None
    return sum(_n_lines(path) if path.suffix.lower() in _OF_LINES else 1 for path in paths)


def _n_lines(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(not line.isspace() for line in lines)


def followed(outcomes: Iterator[Ended], *, tally: Counter[str], total: int | None = None) -> Iterator[Ended]:
    """The same; on standard error, while they come, how many are done and how fast, until when, and how they ended.

    `tally` counts the ends, `total` is how many there will be.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    done = TextColumn("{task.completed} done" if total is None else "{task.completed} of {task.total} done")
    time = TimeElapsedColumn() if total is None else TimeRemainingColumn()
    columns = (SpinnerColumn(), done, TextColumn("{task.fields[rate]}"), time, TextColumn("{task.fields[ends]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("", total=total, rate="", ends="")
        for outcome in outcomes:
            yield outcome
            ends = ", ".join(_counted(count, word) for word, count in tally.items())
            progress.update(task, advance=1, rate=_rate(progress.tasks[0].speed), ends=escape(ends))


def _rate(per_s: float | None) -> str:
    return f"{per_s:.1f}/s" if per_s else ""


def report(outcome: "Added | InputError", tally: Counter[str], *, briefly: bool) -> None:
    """Counts what became of an input and says it; briefly, only what is no success."""
    if isinstance(outcome, InputError):
        tally[outcome.outcome] += 1
        complain(f"{outcome.source}: {outcome}")
        return
    tally[outcome.stored] += 1
    if not briefly:
        article = outcome.article
        complain(f"{article.source}: {outcome.stored} {article.id}")


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
