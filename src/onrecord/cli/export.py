"""`onrecord export`: everything that a record holds, or a part of it, as one file for other programs."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from onrecord.cli.filters import ActOf, FormOf, Kind, Outlet, Since, Until
from onrecord.cli.inputs import RecordAddress, followed
from onrecord.cli.said import nobody
from onrecord.cli.terminal import FAILED, complain
from onrecord.errors import UsageError, shown
from onrecord.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.record.kept import Kept, Part

Writer = Callable[[Iterable["Kept"], IO[bytes]], None]
STANDARD_OUTPUT = "-"


class Format(StrEnum):
    """What is exported is written as."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def export(  # noqa: PLR0913, PLR0917 - one for each option, which is how Typer is told
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help='Ends in .csv, .jsonl or .parquet; "-" with --format.')],
    record: RecordAddress = None,
    speaker: Annotated[str | None, typer.Option(metavar="WHO", help="Only what somebody of this name says.")] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    kind: Kind = None,
    form: FormOf = None,
    act: ActOf = None,
    articles: Annotated[bool, typer.Option("--articles", help="Whole articles, one a line, in jsonl.")] = False,
    all_versions: Annotated[bool, typer.Option("--all-versions", help="Old versions of articles, too.")] = False,
    output: Annotated[
        Format | None, typer.Option("--format", help="By default what the end of the file's name says.")
    ] = None,
) -> None:
    """Write all statements of a record to a file, each with its article: csv, jsonl or parquet.

    The file is there when all of it is written; one that is there already is replaced. With --articles the file holds
    whole articles with their statements; both kinds of jsonl are read again by `onrecord import`.

    Example: onrecord export statements.csv --record news.db
    """
    from onrecord.record import Record
    from onrecord.record.kept import Part
    from onrecord.record.meant import NOBODY, meant
    from onrecord.record.search import Filters

    settings: Settings = context.obj
    filters = Filters(since, until, outlet, kind, form, act)
    is_narrowed = speaker is not None or filters != Filters()
    output = _format(file, output)
    write = _writer(output, articles=articles, is_narrowed=is_narrowed)
    with Record.open(record or settings.record, create=False) as opened, opened.snapshot() as connection:
        who = meant(connection, speaker, kind=filters.kind) if speaker is not None else NOBODY
        if speaker is not None and not who:
            complain(f"{nobody(connection, speaker)}; nothing was written")
            raise typer.Exit(FAILED)
        tally: Counter[str] = Counter()
        with _opened(file, output) as out:
            write(_followed(connection, Part(who, filters, all_versions), tally=tally, file=file), out)
    _say(file, tally, whole=articles)


def _format(file: str, output: Format | None) -> Format:
    """What to write. Raises UsageError where nothing tells it."""
    suffix = Path(file).suffix.lower().removeprefix(".")
    if output is None and file != STANDARD_OUTPUT and suffix in list(Format):
        return Format(suffix)
    if output is None:
        advice = (
            "say --format csv, jsonl or parquet" if file == STANDARD_OUTPUT else "end it in .csv, .jsonl or .parquet"
        )
        raise UsageError(f"{shown(file)} does not say in which format to write; {advice}")
    return output


def _writer(output: Format, *, articles: bool, is_narrowed: bool) -> Writer:
    """How to write it. Raises UsageError for what does not go together, or where a library is missing."""
    if articles and (output is not Format.JSONL or is_narrowed):
        raise UsageError("--articles writes all articles whole, and as jsonl; leave out other formats and what narrows")
    if output is Format.PARQUET:
        from onrecord.exchange.parquet import write_parquet

        return write_parquet
    from onrecord.exchange.kept import article_lines, statement_lines, statement_rows

    if articles:
        return _in_lines(article_lines)
    if output is Format.CSV:
        return _in_lines(statement_rows)
    return _in_lines(lambda kept: statement_lines(kept, in_full=not is_narrowed))


def _in_lines(lines: Callable[[Iterable["Kept"]], Iterator[str]]) -> Writer:
    def write(kept: Iterable["Kept"], out: IO[bytes]) -> None:
        for line in lines(kept):
            out.write(line.encode())

    return write


def _opened(file: str, output: Format) -> AbstractContextManager[IO[bytes]]:
    from onrecord.exchange.files import replacing

    if file != STANDARD_OUTPUT:
        return replacing(Path(file))
    if output is Format.PARQUET and sys.stdout.isatty():
        raise UsageError("Parquet is nothing to read on a terminal; name a file")
    return nullcontext(sys.stdout.buffer)


def _followed(connection: "Connection", part: "Part", *, tally: Counter[str], file: str) -> Iterator["Kept"]:
    """What is exported, counted as it passes; on a terminal it is said how much has passed."""
    from onrecord.record.kept import kept_articles, n_kept

    kept = _counted(kept_articles(connection, part), tally)
    if not sys.stderr.isatty() or (file == STANDARD_OUTPUT and sys.stdout.isatty()):
        return kept
    return followed(kept, tally=tally, total=n_kept(connection, part))


def _counted(kept: Iterator["Kept"], tally: Counter[str]) -> Iterator["Kept"]:
    for one in kept:
        tally["articles"] += 1
        tally["statements"] += len(one.wanted)
        if not one.wanted:
            tally["without statements"] += 1
        yield one


def _say(file: str, tally: Counter[str], *, whole: bool) -> None:
    """How much was written, and what is not in the file."""
    n_without = tally["without statements"]
    n_articles = tally["articles"] if whole else tally["articles"] - n_without
    where = "" if file == STANDARD_OUTPUT else f" to {file}"
    complain(f"{_n(tally['statements'], 'statement')} of {_n(n_articles, 'article')} written{where}")
    if n_without and not whole:
        verbs = ("has", "is") if n_without == 1 else ("have", "are")
        told = f"{_n(n_without, 'article')} {verbs[0]} no statement and {verbs[1]} not in it"
        complain(f"{told}; --articles writes such, too")


def _n(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
