"""`onrecord check`: articles in, what each rests on out in the format asked for."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.inputs import AllowPrivate, Inputs, Published, Workers
from onrecord.cli.listing import ListFormat, listing
from onrecord.cli.placed import place
from onrecord.cli.taken import Asked, write_of

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.checking.report import Finding, Report


class Format(StrEnum):
    """What the reports are written as."""

    TEXT = "text"
    TABLE = "table"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def check(  # noqa: PLR0913, PLR0917 - an option each
    context: typer.Context,
    inputs: Inputs,
    published: Published = None,
    record: Annotated[
        str | None,
        typer.Option("--record", metavar="FILE-or-URL", help="A record to compare with; without it none is."),
    ] = None,
    allow_private: AllowPrivate = False,
    output: Annotated[
        Format | None,
        typer.Option(
            "--format",
            show_default=False,
            help="For people text, table, html or markdown, for programs json, jsonl or csv; by default text, and a "
            "table for several articles.",
        ),
    ] = None,
    workers: Workers = None,
) -> None:
    """Show what articles rest on: whose words, at first hand or second, and what in the text an editor would query.

    Findings are remarks on the text alone, each of which can be checked in it. With --record the quotations and names
    are also compared with the articles of the record; what was added to it since the last call is compared first.

    Example: onrecord check report.txt --published 2024-10-03
    """
    asked = Asked(inputs, published, record, allow_private, workers)
    write_of(asked, lambda articles: _checked(articles, output, record=record), settings=context.obj)


def _checked(articles: Iterator["Article"], output: Format | None, *, record: str | None) -> Iterator[str]:
    """What goes to standard output of the articles, which are compared with a record where one is named."""
    from onrecord.checking.check import check as checked

    with _beside(record) as beside:
        yield from _written(((article, checked(article, beside=beside(article))) for article in articles), output)


@contextmanager
def _beside(record: str | None) -> Iterator[Callable[["Article"], Iterable["Finding"]]]:
    """What finds what a record tells of an article; nothing where none is named. RecordError."""
    if record is None:
        yield lambda _: ()
        return
    from onrecord.record import Record
    from onrecord.record.beside import findings_beside

    with Record.open(record, create=False) as opened:
        place(opened)
        with opened.snapshot() as connection:
            yield lambda article: findings_beside(connection, article)


def _written(reports: Iterator[tuple["Article", "Report"]], output: Format | None) -> Iterator[str]:
    """What goes to standard output, in pieces; tables and lists once everything is read."""
    if output is None:
        first = list(islice(reports, 2))
        output = Format.TABLE if len(first) > 1 else Format.TEXT
        reports = chain(first, reports)
    match output:
        case Format.TEXT | Format.MARKDOWN:
            from onrecord.cli.checked import to_text
            from onrecord.exchange.remarks import to_markdown

            told = to_text if output is Format.TEXT else to_markdown
            yield from ("\n" * (n > 0) + told(*report) for n, report in enumerate(reports))
        case Format.HTML:
            from onrecord.exchange.checked_page import to_page

            if everything := list(reports):
                yield to_page(everything)
        case Format.JSON | Format.JSONL:
            from onrecord.exchange.checked import report_dict

            yield from _as_json((report_dict(*report) for report in reports), by_line=output is Format.JSONL)
        case Format.TABLE | Format.CSV:
            from onrecord.exchange.remarks import COLUMNS, row

            yield from listing(COLUMNS, (row(*report) for report in reports), output=ListFormat(output))


def _as_json(found: Iterator[dict[str, object]], *, by_line: bool) -> Iterator[str]:
    """The reports, one a line, or else the only one as it is and several as a list."""
    if by_line:
        yield from (f"{json.dumps(one, ensure_ascii=False)}\n" for one in found)
    elif everything := list(found):
        shown = everything[0] if len(everything) == 1 else everything
        yield f"{json.dumps(shown, ensure_ascii=False, indent=2)}\n"
