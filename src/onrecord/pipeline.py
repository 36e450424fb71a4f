"""The way of an article in one place: intake, then reading.

Every input ends with exactly one outcome, an article or an InputError, and one that fails leaves the others alone. The
program's one broad except is here, since a fault in one article must not cost the other thousand.
"""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice

from onrecord.article import Article
from onrecord.errors import InputError, OnRecordError, Outcome, shown
from onrecord.intake import article_from_text, read_inputs
from onrecord.reading.reader import Reader

PATH_CHARS = 1024
PATH_LIKE = re.compile(r"\S*[/\\]\S*|\S*[^\s.]\.\w{1,8}")


def read(source: str | os.PathLike[str], *, published: date | None = None) -> Article:
    """The article with the statements in it.

    `source` is a path, a `str` that names a file, or the text itself. Raises InputError where there is nothing to
    read, also for a `str` that looks like a path ("report.txt", "in/report") and names no file. `published` serves an
    article that states no date of its own.
    """
    if isinstance(source, str) and not _names_file(source):
        article = article_from_text(source, published=published)
    else:
        article = _only_article(os.fspath(source), published=published)
    return _read_article(article, _reader())


def read_each(
    inputs: Sequence[str], *, reader: Reader, published: date | None = None
) -> Iterator[Article | InputError]:
    """Each article in the inputs, in their order, with its statements, or the error that it ended with."""
    for taken in read_inputs(inputs, published=published):
        yield taken if isinstance(taken, InputError) else _read_or_failed(taken, reader)


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
    taken, *others = islice(read_inputs([path], published=published), 2)
    if others:
        raise InputError(f"{shown(path)} holds several articles; read_each() in {__name__} takes them", source=path)
    if isinstance(taken, InputError):
        raise taken
    return taken


def _read_or_failed(article: Article, reader: Reader) -> Article | InputError:
    try:
        return _read_article(article, reader)
    except InputError as failure:
        return failure


def _read_article(article: Article, reader: Reader) -> Article:
    try:
        return reader.read(article)
    except OnRecordError:
        raise
    except Exception as error:
        message = f"reading failed on a fault of the program ({type(error).__name__}: {error}); please report it"
        raise InputError(message, source=article.source) from error
