"""`onrecord import`: what OnRecord has read and written down already, into a record, without reading it again."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.inputs import RecordAddress, followed, leave, report, say_counts
from onrecord.errors import InputError, Outcome
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.record.importing import Imported

STANDARD_INPUT = "-"


def import_(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help='JSON Lines of `export` or of `read`; "-" is standard input.'),
    ],
    record: RecordAddress = None,
) -> None:
    """Take in what `onrecord export FILE.jsonl` or `onrecord read --format jsonl` wrote, without reading it again.

    An article that the record holds stays as it is, so an interrupted call is simply repeated. A line that is wrong
    costs the article that it belongs to and no other.

    Example: onrecord import statements.jsonl --record copy.db
    """
    from onrecord.record import Record
    from onrecord.record.importing import imported_each
    from onrecord.record.stored import Stored

    settings: Settings = context.obj
    tally: Counter[str] = Counter()
    on_terminal = sys.stderr.isatty()
    with (
        Record.open(record or settings.record) as opened,
        closing(imported_each(_imported(files), record=opened)) as outcomes,
    ):
        try:
            for outcome in followed(outcomes, tally=tally) if on_terminal else outcomes:
                report(outcome, tally, briefly=on_terminal)
        finally:
            if tally:
                say_counts(tally, done=[*Stored])
    leave(tally, done=[*Stored])


def _imported(files: list[str]) -> "Iterator[Imported | InputError]":
    from onrecord.exchange.imported import imported_of

    for file in files:
        if file == STANDARD_INPUT:
            yield from imported_of(sys.stdin.buffer, source=file)
            continue
        try:
            with Path(file).open("rb") as lines:
                yield from imported_of(lines, source=file)
        except OSError as error:
            yield InputError(f"cannot be read: {error.strerror}", source=file, outcome=Outcome.NOT_FOUND)
