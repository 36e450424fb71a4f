"""`onrecord read`: articles in, their statements out in the format asked for, one outcome for each input."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.inputs import AllowPrivate, Inputs, Published, RecordAddress, Workers
from onrecord.cli.taken import Asked, write_of

if TYPE_CHECKING:
    from onrecord.article import Article


class Format(StrEnum):
    """What the statements are written as."""

    TEXT = "text"
    JSONL = "jsonl"
    HTML = "html"
    CSV = "csv"


def read(  # noqa: PLR0913, PLR0917 - an option each
    context: typer.Context,
    inputs: Inputs,
    published: Published = None,
    record: RecordAddress = None,
    allow_private: AllowPrivate = False,
    output: Annotated[Format, typer.Option("--format", help="For people text or html, for programs jsonl or csv.")] = (
        Format.TEXT
    ),
    workers: Workers = None,
) -> None:
    """Read articles and show every statement in them.

    Each statement is shown with who says it and how that is known, what is said, through whom, and when.

    Example: onrecord read report.html --format html > statements.html
    """
    asked = Asked(inputs, published, record, allow_private, workers)
    write_of(asked, lambda articles: _written(articles, output), settings=context.obj)


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
