"""`onrecord info`: what a record holds."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.inputs import RecordAddress
from onrecord.cli.terminal import printable
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.record.holdings import Holdings


class Format(StrEnum):
    """What the numbers are written as."""

    TEXT = "text"
    JSON = "json"


def info(
    context: typer.Context,
    record: RecordAddress = None,
    output: Annotated[Format, typer.Option("--format", help="For people text, for programs json.")] = Format.TEXT,
) -> None:
    """Show what a record holds: how much, of whom, from when to when, read by which model, and with what outcomes.

    Example: onrecord info --record news.db
    """
    from onrecord.record import Record
    from onrecord.record.holdings import holdings

    settings: Settings = context.obj
    with Record.open(record or settings.record, create=False) as opened, opened.snapshot() as connection:
        held = holdings(connection)
        if output is Format.JSON:
            numbers = {name: dict(value) if isinstance(value, tuple) else value for name, value in asdict(held).items()}
            sys.stdout.write(json.dumps(numbers, ensure_ascii=False, default=str) + "\n")
            return
        for name, value in _rows(opened.address, held):
            sys.stdout.write(f"{name:<12}{printable(value)}\n")


def _rows(address: str, held: "Holdings") -> list[tuple[str, str]]:
    days = f"{held.first} to {held.last}" if held.first else "none with a date"
    besides = f" ({held.n_copies:,} copies; {held.n_old_versions:,} old versions besides)"
    return [
        ("record", f"{address}, version {held.version}, {held.size / 1e6:,.1f} MB"),
        ("articles", f"{held.n_articles:,}{besides}"),
        ("statements", f"{held.n_statements:,}"),
        ("speakers", f"{held.n_speakers:,} names"),
        ("outlets", f"{held.n_outlets:,}"),
        ("published", days),
        ("read by", _counts(held.models)),
        ("program", _counts(held.programs)),
        ("outcomes", _counts(held.outcomes)),
    ]


def _counts(counts: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{n:,} {name}" for name, n in counts) or "none yet"
