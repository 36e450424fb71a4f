"""`onrecord read`: articles in, their statements out in the format asked for, one outcome for each input."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.terminal import FAILED, PARTLY_DONE, complain
from onrecord.errors import InputError, shown
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.article import Article

READ = "read"


class Format(StrEnum):
    """What the statements are written as."""

    TEXT = "text"
    JSONL = "jsonl"
    HTML = "html"
    CSV = "csv"


def _iso_date(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{shown(given)} is no date; write it as 2024-10-03") from error


def read(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE", help='Articles; "-" is standard input.')],
    published: Annotated[
        date | None, typer.Option(metavar="DATE", parser=_iso_date, help="The date of articles that state none.")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="For people text or html, for programs jsonl or csv.")] = (
        Format.TEXT
    ),
) -> None:
    """Read articles and show every statement in them.

    Each statement is shown with who says it and how that is known, what is said, through whom, and when.

    Example: onrecord read report.txt --format html > report.html
    """
    tally: Counter[str] = Counter()
    outcomes = _outcomes(files, settings=context.obj, published=published)
    if len(files) > 1 and sys.stderr.isatty() and not sys.stdout.isatty():
        outcomes = _followed(outcomes)
    for chunk in _written(_articles(outcomes, tally), output):
        sys.stdout.write(chunk)
        sys.stdout.flush()
    _leave(tally)


def _outcomes(files: list[str], *, settings: Settings, published: date | None) -> Iterator["Article | InputError"]:
    from onrecord.pipeline import read_each
    from onrecord.reading.reader import Reader

    reader = Reader.load(settings.model, threads=settings.threads)
    return read_each(files, reader=reader, published=published)


def _followed(outcomes: Iterator["Article | InputError"]) -> Iterator["Article | InputError"]:
    """The same, with a count of them on standard error while they come."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} done"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        yield from progress.track(outcomes)


def _articles(outcomes: Iterable["Article | InputError"], tally: Counter[str]) -> Iterator["Article"]:
    """The articles alone; counts every outcome in `tally` and complains of each failure."""
    for outcome in outcomes:
        if isinstance(outcome, InputError):
            tally[outcome.outcome] += 1
            complain(f"{outcome.source}: {outcome}")
        else:
            tally[READ] += 1
            yield outcome


def _written(articles: Iterator["Article"], output: Format) -> Iterator[str]:
    """What goes to standard output, in pieces, each as soon as its article is read."""
    match output:
        case Format.TEXT:
            from onrecord.cli.show import to_text

            yield from to_text(articles)
        case Format.JSONL:
            from onrecord.exchange.contract import to_line

            yield from (f"{to_line(article)}\n" for article in articles)
        case Format.CSV:
            from onrecord.exchange.table import to_table

            yield from to_table(articles)
        case Format.HTML:
            from onrecord.exchange.page import to_page

            if everything := list(articles):
                yield to_page(everything)


def _leave(tally: Counter[str]) -> None:
    """Says what became of the inputs, if there were several, and leaves with the exit code that tells as much."""
    n_failed = tally.total() - tally[READ]
    if tally.total() > 1:
        reasons = ", ".join(f"{count} {outcome}" for outcome, count in tally.items() if outcome != READ)
        complain(f"{tally[READ]} read" + (f", {n_failed} failed ({reasons})" if n_failed else ""))
    if n_failed:
        raise typer.Exit(PARTLY_DONE if tally[READ] else FAILED)
