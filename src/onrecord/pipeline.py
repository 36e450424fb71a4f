"""The way of an article in one place: intake, then reading.

Every input ends with exactly one outcome, an article or an InputError, and one that fails leaves the others alone.
"""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice

from onrecord.article import Article
from onrecord.errors import InputError, Outcome, faults_as_input_errors, shown
from onrecord.intake import article_from_text, is_address, read_inputs
from onrecord.intake.fetch import Fetcher
from onrecord.reading.reader import Reader

PATH_CHARS = 1024
PATH_LIKE = re.compile(r"\S*[/\\]\S*|\S*[^\s.]\.\w{1,8}")


def read(source: str | os.PathLike[str], *, published: date | None = None) -> Article:
    """The article with the statements in it.

    `source` is a path, a `str` that names a file or is an address, or the text itself. Raises InputError where there is
    nothing to read, also for a `str` that looks like a path ("report.txt", "in/report") and names no file. `published`
    serves an article that states no date of its own.
    """
    if isinstance(source, str) and not is_address(source) and not _names_file(source):
        article = article_from_text(source, published=published)
    else:
        article = _only_article(os.fspath(source), published=published)
    return _read_article(article, _reader())


def read_each(
    inputs: Sequence[str], *, reader: Reader, published: date | None = None, fetcher: Fetcher | None = None
) -> Iterator[Article | InputError]:
    """Each article in the inputs, in their order, with its statements, or the error that it ended with.

    Without a fetcher nothing is fetched, and an address ends in an error.
    """
    for taken in read_inputs(inputs, published=published, fetcher=fetcher):
        yield taken if isinstance(taken, InputError) else read_article(taken, reader)


def read_article(article: Article, reader: Reader) -> Article | InputError:
    """The article with its statements, or the error that reading it ended with."""
    try:
        return _read_article(article, reader)
    except InputError as failure:
        return failure


@cache
def _reader() -> Reader:
    return Reader.load()


def _names_file(source: str) -> bool:
    if len(source) > PATH_CHARS or "\n" in source:
        return False
    is_file = os.path.isfile(source)  # noqa: PTH113 - Path.is_file raises on a text that can be no file's name
    if not is_file and PATH_LIKE.fullmatch(source):
        raise InputError(
            f"no such file: {shown(source)}; give a file's path or the text itself",
            source=source,
            outcome=Outcome.NOT_FOUND,
        )
    return is_file


def _only_article(path: str, *, published: date | None) -> Article:
    with Fetcher() as fetcher:
        taken, *others = islice(read_inputs([path], published=published, fetcher=fetcher), 2)
    if others:
        raise InputError(f"{shown(path)} holds several articles; read_each() in {__name__} takes them", source=path)
    if isinstance(taken, InputError):
        raise taken
    return taken


def _read_article(article: Article, reader: Reader) -> Article:
    with faults_as_input_errors(article.source):
        return reader.read(article)
