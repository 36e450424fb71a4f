"""`onrecord trace`: the copies of what was said, in time, and how they differ; a draft's quotations in the record."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.drafts import names_draft, read_draft
from onrecord.cli.inputs import AllowPrivate, RecordAddress
from onrecord.cli.placed import place
from onrecord.cli.terminal import complain
from onrecord.errors import UsageError, shown
from onrecord.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.article import Article
    from onrecord.record.traces import Trace


class Format(StrEnum):
    """What is traced is written as."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SVG = "svg"


def trace(  # noqa: PLR0913, PLR0917 - one for each option, which is how Typer is told
    context: typer.Context,
    given: Annotated[
        str | None,
        typer.Argument(
            metavar="WORDS or FILE",
            help='Words that were quoted; or a draft: a file, an address, "-" for standard input.',
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every utterance; for people those with several copies.")
    ] = False,
    statement: Annotated[int | None, typer.Option(metavar="NUMBER", help="What a statement quotes.")] = None,
    record: RecordAddress = None,
    allow_private: AllowPrivate = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many utterances that have the words.")] = 5,
    output: Annotated[
        Format, typer.Option("--format", help="For people text or the picture svg, for programs json or jsonl.")
    ] = (Format.TEXT),
) -> None:
    """Trace a quotation: all its copies in the order of time, how they differ, and from whom each has the words.

    Of a FILE every quotation is looked for in the record: found verbatim, altered, from another speaker, or not at all.
    It is not kept. What was added since the last call is compared first, which a later call does not repeat.

    Example: onrecord trace "nobody in the capital listens" --record news.db
    """
    from onrecord.record import Record

    settings: Settings = context.obj
    if sum((given is not None, everything, statement is not None)) != 1:
        raise UsageError('say what to trace, one of: "QUOTED WORDS", FILE, --all, --statement NUMBER')
    is_draft = given is not None and names_draft(given)
    if is_draft and output is Format.SVG:
        raise UsageError("a picture is of one utterance or several; for a draft there are text, json and jsonl")
    article = read_draft(given, settings, allow_private=allow_private) if given is not None and is_draft else None
    with Record.open(record or settings.record, create=False) as opened:
        place(opened)
        with opened.snapshot() as connection:
            if article is not None:
                _check(connection, article, output)
            else:
                _show(connection, words=given, statement=statement, limit=limit, output=output)


def _show(connection: "Connection", *, words: str | None, statement: int | None, limit: int, output: Format) -> None:
    from onrecord.exchange.traces import trace_dict
    from onrecord.record.traces import all_traces, traces_at, traces_of

    found: Iterable[Trace]
    if words is not None:
        found = traces_of(connection, words, limit=limit)
        nothing = f"no quotation has the words {shown(words)}, or they are too common; try more of them, or other ones"
    elif statement is not None:
        found = traces_at(connection, statement)
        nothing = f"the statement {statement} quotes nothing, or there is none of this number; `onrecord said` has them"
    else:
        # A program counts for itself how many copies there are; for a person there is nothing to trace in a single one.
        fewest = 2 if output in {Format.TEXT, Format.SVG} else 1
        found = all_traces(connection, fewest=fewest)
        nothing = "nothing in the record has several copies" if fewest > 1 else "nothing in the record is quoted"
    if output is Format.TEXT:
        from onrecord.cli.traces import to_text

        n_written = _write(to_text(found))
    elif output is Format.SVG:
        from onrecord.exchange.ways_svg import to_svg

        traces = list(found)
        n_written = _write([to_svg(traces)] if traces else ())
    else:
        from onrecord.exchange.traces import in_array, in_lines

        dicts = list(map(trace_dict, found)) if output is Format.JSON else map(trace_dict, found)
        n_written = _write(in_array(dicts) if dicts else ()) if output is Format.JSON else _write(in_lines(dicts))
    if not n_written:
        complain(nothing)


def _check(connection: "Connection", draft: "Article", output: Format) -> None:
    from onrecord.record.traces import checked

    found = checked(connection, draft)
    if output is Format.TEXT:
        from onrecord.cli.traces import checked_to_text

        _write(checked_to_text(found))
    else:
        from onrecord.exchange.traces import checked_dict, in_array, in_lines

        dicts = map(checked_dict, found)
        _write(in_lines(dicts) if output is Format.JSONL else in_array(dicts))
    counts = Counter(one.verdict for one in found)
    complain(", ".join(f"{count} {verdict}" for verdict, count in counts.items()) or "the draft quotes nothing")


def _write(chunks: Iterable[str]) -> int:
    """Writes each as soon as it is there; how many there were."""
    n = 0
    for n, chunk in enumerate(chunks, start=1):  # noqa: B007 - what is counted
        sys.stdout.write(chunk)
    return n
