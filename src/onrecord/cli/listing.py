"""Listings: the same rows as a table for people, or as CSV, JSON or JSON Lines for programs.

Cells stay what they are until they are written: a date, a number, several words. JSON has them by the columns' names;
CSV and the table show several words with semicolons between, and the table leaves out a column in which nothing stands.
Text never passes through Rich's markup.
"""

# ruff: noqa: PLC0415 - Rich is imported when there is a table to show

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.terminal import printable
from onrecord.exchange.table import csv_line, text_cell

Cell = str | int | float | date | Sequence[str] | None

PIPED_WIDTH = 200
NEVER_WRAPPED = 12  # characters: numbers, dates, kinds


class ListFormat(StrEnum):
    """What a listing is written as."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


ListAs = Annotated[
    ListFormat, typer.Option("--format", help="For people a table, for programs csv, json (one list) or jsonl.")
]


def listing(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, output: ListFormat) -> Iterator[str]:
    """The rows as text for standard output, in pieces; an empty listing still has its columns, or its brackets."""
    match output:
        case ListFormat.TABLE:
            yield _table(columns, rows)
        case ListFormat.CSV:
            yield from (csv_line([_unlike_formula(cell) for cell in cells]) for cells in (columns, *rows))
        case ListFormat.JSON:
            yield f"{json.dumps([_named(columns, row) for row in rows], ensure_ascii=False, indent=2)}\n"
        case ListFormat.JSONL:
            yield from (f"{json.dumps(_named(columns, row), ensure_ascii=False)}\n" for row in rows)


def _named(columns: Sequence[str], row: Sequence[Cell]) -> dict[str, object]:
    return {column: _plain(cell) for column, cell in zip(columns, row, strict=True)}


def _plain(cell: Cell) -> object:
    """The cell as JSON has it."""
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, str | int | float) else list(cell)


def _words(cell: Cell) -> str:
    """The cell in one line."""
    plain = _plain(cell)
    return " ".join(("; ".join(plain) if isinstance(plain, list) else "" if plain is None else str(plain)).split())


def _unlike_formula(cell: Cell) -> str | int | float | None:
    """The cell so that no spreadsheet takes words for a formula."""
    if cell is None or isinstance(cell, int | float):
        return cell
    return text_cell(_words(cell))


def _table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    lines = [[printable(_words(cell)) for cell in row] for row in rows]
    told = [place for place in range(len(columns)) if not lines or any(line[place] for line in lines)]
    for place in told:
        is_short = all(len(line[place]) <= NEVER_WRAPPED for line in lines)
        are_numbers = bool(lines) and all(line[place].isdecimal() for line in lines)
        table.add_column(
            Text(columns[place].removeprefix("n_").replace("_", " ")),
            overflow="fold",
            no_wrap=is_short,
            justify="right" if are_numbers else "left",
        )
    for line in lines:
        table.add_row(*(Text(line[place]) for place in told))
    # Where nobody looks at a terminal nothing has to fit one.
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    with console.capture() as captured:
        console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())
