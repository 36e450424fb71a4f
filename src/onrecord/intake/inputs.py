"""Files and standard input to articles.

Every input ends with one article or one error, a JSON Lines file with one for each of its lines. Nothing is raised
that concerns one input alone, so a bad file never stops the others.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from onrecord.article import Article
from onrecord.errors import InputError, Outcome
from onrecord.intake.jsonl import articles_of, is_article_line
from onrecord.intake.plain import article_from_text
from onrecord.intake.text import MAX_BYTES, decoded

STANDARD_INPUT = "-"
_JSONL_SUFFIXES = (".jsonl", ".ndjson")


def read_inputs(inputs: Sequence[str], *, published: date | None = None) -> Iterator[Article | InputError]:
    """The articles of paths and of "-", standard input; `published` serves those that state no date.

    JSON Lines are known by their suffix or by their first line, an object with a "text"; all else is one plain text.
    """
    for source in inputs:
        try:
            yield from _outcomes(source, published=published)
        except InputError as error:
            yield error


def _outcomes(source: str, *, published: date | None) -> Iterator[Article | InputError]:
    path = Path("stdin" if source == STANDARD_INPUT else source)
    with _opened(source) as stream:
        beginning = _up_to_first_words(stream)
        if path.suffix.lower() in _JSONL_SUFFIXES or is_article_line(beginning[-1]):
            lines = chain(beginning, _lines(stream))
            yield from articles_of(lines, source=source, stem=path.stem, published=published)
        else:
            text = decoded(b"".join(beginning) + stream.read(MAX_BYTES + 1), source=source)
            yield article_from_text(text, id=path.stem, source=source, published=published)


def _opened(source: str) -> AbstractContextManager[BinaryIO]:
    """The input's bytes; standard input stays open in the end, a file is closed. Raises InputError."""
    if source == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(source).open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(
            f"cannot be read: {reason}; check the path and its permissions", source=source, outcome=Outcome.NOT_FOUND
        ) from error


def _up_to_first_words(stream: BinaryIO) -> list[bytes]:
    """The blank lines at the beginning, then the first line that is not blank; [b""] for no bytes at all."""
    found = [next(_lines(stream), b"")]
    while found[-1] and not found[-1].strip():
        found.append(next(_lines(stream), b""))
    return found


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines, each cut just beyond the limit: enough to refuse it, whatever its length."""
    while line := stream.readline(MAX_BYTES + 1):
        rest = line
        while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_BYTES + 1)
        yield line
