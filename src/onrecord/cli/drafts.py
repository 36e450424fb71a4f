"""Drafts, whose quotations are looked for in the record: telling one from words that were quoted, and reading it."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once
# ruff: noqa: PTH112, PTH113, PTH120 - words may be longer than a name can be, which a Path raises an error for

import os
import re
from itertools import islice
from typing import TYPE_CHECKING

import typer

from onrecord.cli.terminal import FAILED, complain
from onrecord.errors import InputError, UsageError, shown
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.article import Article

_LIKE_FILE = re.compile(
    r".*\.(?:txt|text|md|html?|xhtml|pdf|jsonl?|ndjson|xml|docx?|odt|rtf|warc|gz|zstd?)", re.IGNORECASE | re.DOTALL
)


def names_draft(given: str) -> bool:
    """Whether a file, an address or standard input is given; else they are words. UsageError for a file that is not."""
    from onrecord.intake.inputs import STANDARD_INPUT, is_address

    if given == STANDARD_INPUT or is_address(given) or os.path.isfile(given):
        return True
    folder = os.path.dirname(given)
    if os.path.isdir(given) and (folder or given in {os.curdir, os.pardir}):
        raise UsageError(f"{shown(given)} is a folder; a draft is one file")
    if _LIKE_FILE.fullmatch(given) or (folder and os.path.isdir(folder)):
        raise UsageError(f"there is no file {shown(given)}; if these are words that were quoted, give more of them")
    return False


def read_draft(given: str, settings: Settings, *, allow_private: bool) -> "Article":
    """The draft with its statements; leaves if it cannot be read, with what is wrong."""
    from onrecord.intake import read_inputs
    from onrecord.intake.fetch import Fetcher
    from onrecord.reading.reader import Reader

    reader = Reader.load(settings.model, threads=settings.threads)
    with Fetcher(cache=settings.cache, allow_private=allow_private) as fetcher:
        taken = list(islice(read_inputs([given], fetcher=fetcher), 2))
    if len(taken) != 1:
        raise UsageError(f"{shown(given)} holds {'several articles; a draft is one' if taken else 'no text'}")
    (draft,) = taken
    if isinstance(draft, InputError):
        complain(f"{draft.source}: {draft}")
        raise typer.Exit(FAILED)
    return reader.read(draft)
