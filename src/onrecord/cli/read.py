"""`onrecord read`: articles in, their statements out in the format asked for, one outcome for each input."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.inputs import (
    AllowPrivate,
    Inputs,
    Published,
    RecordAddress,
    Workers,
    followed,
    leave,
    number_of,
    say_counts,
)
from onrecord.cli.taken import DONE, articles_in, outcomes_of, with_kept_copies
from onrecord.settings import Settings

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
    from onrecord.intake.fetch import Fetcher

    settings: Settings = context.obj
    tally: Counter[str] = Counter()
    with Fetcher(cache=settings.cache, allow_private=allow_private) as fetcher:
        outcomes = with_kept_copies(
            outcomes_of(inputs, settings=settings, published=published, fetcher=fetcher, workers=workers),
            record=record or settings.record,
        )
        if sys.stderr.isatty() and not sys.stdout.isatty():
            outcomes = followed(outcomes, tally=tally, total=number_of(inputs))
        for chunk in _written(articles_in(outcomes, tally), output):
            sys.stdout.write(chunk)
            sys.stdout.flush()
    if tally.total() > 1:
        say_counts(tally, done=DONE)
    leave(tally, done=DONE)


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
