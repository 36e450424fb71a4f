"""What `said` and `search` share: the options that narrow a search, and how what was found is written."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.terminal import complain
from onrecord.errors import UsageError
from onrecord.exchange import days as exchange
from onrecord.statement import Act, Form, SpeakerKind

if TYPE_CHECKING:
    from onrecord.record.search import Page


class Format(StrEnum):
    """What is found is written as."""

    TEXT = "text"
    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


def days_given(given: str) -> tuple[date, date]:
    """The first and last day of a year, a month or a day. Raises typer.BadParameter for anything else."""
    try:
        return exchange.days_given(given)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from error


def _first_day(given: str) -> date:
    return days_given(given)[0]


def _last_day(given: str) -> date:
    return days_given(given)[1]


Since = Annotated[
    date | None, typer.Option(metavar="DATE", parser=_first_day, help="Not before it: 2024, 2024-10 or 2024-10-03.")
]
Until = Annotated[
    date | None, typer.Option(metavar="DATE", parser=_last_day, help="Not after it: 2024 is until its last day.")
]
Outlet = Annotated[str | None, typer.Option(help="Only what an outlet of this name, or with it in its name, has.")]
Kind = Annotated[SpeakerKind | None, typer.Option(help="Only what speakers of this kind say.")]
FormOf = Annotated[Form | None, typer.Option("--form", help="Only what is quoted so far.")]
ActOf = Annotated[Act | None, typer.Option("--act", help="Only where the source does this.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="How many statements.")]
After = Annotated[str | None, typer.Option(metavar="TOKEN", help="Go on where a page ended, as its last line says.")]
Output = Annotated[Format, typer.Option("--format", help="For people text or table, for programs csv, json or jsonl.")]


def write(page: "Page", *, output: Format) -> None:
    """What was found to standard output, and to standard error how to go on."""
    if page.hits:
        sys.stdout.write(_written(page, output))
    if page.after:
        complain(f"there is more; go on with --after {page.after}")


def _written(page: "Page", output: Format) -> str:
    if output in (Format.TEXT, Format.TABLE):
        from onrecord.cli.hits import to_lines, to_table

        return to_lines(page.hits) if output is Format.TEXT else to_table(page.hits)
    from onrecord.exchange.hits import hit_lines, hit_rows, hits_array

    if output is Format.JSON:
        return hits_array(page.hits)
    return "".join(hit_lines(page.hits) if output is Format.JSONL else hit_rows(page.hits))
