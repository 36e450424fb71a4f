"""JSON Lines of articles: one object a line, all of its fields but `text` optional.

`text` is kept to the character. A line that is not an article becomes one error and never stops the others; a
field that is not known is not used, and that is said once a file on the logger "onrecord".
"""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from onrecord.article import Article
from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.dates import day_of_timestamp
from onrecord.intake.plain.article import article_from_text
from onrecord.intake.text import decoded

_LOG = logging.getLogger("onrecord")
_STRINGS = ("id", "outlet", "published", "title", "url", "text")
_FIELDS = frozenset((*_STRINGS, "authors"))


@dataclass(slots=True)
class _File:
    """A file while it is read: what its articles get from it, and the fields that were not used."""

    source: str
    stem: str
    published: date | None
    unused: set[str] = field(default_factory=set)


def articles_of(
    lines: Iterable[bytes], *, source: str, stem: str, published: date | None = None
) -> Iterator[Article | InputError]:
    """An article or an error for each line that is not blank; `published` serves those that state no date."""
    file = _File(source, stem, published)
    empty = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        empty = False
        try:
            yield _article(line, number, file=file)
        except InputError as error:
            yield InputError(f"line {number}: {error}", source=source, outcome=error.outcome)
    if empty:
        yield InputError("nothing to read: there is no article in the file", source=source, outcome=Outcome.EMPTY)
    if file.unused:
        _LOG.warning("%s: fields that were not used: %s", source, ", ".join(sorted(file.unused)))


def is_article_line(line: bytes) -> bool:
    """Whether a line is a JSON object with a "text"."""
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        return "text" in _object(line.decode("utf-8-sig"), source="")
    except (InputError, UnicodeDecodeError):
        return False


def _article(line: bytes, number: int, *, file: _File) -> Article:
    fields = _checked(_object(decoded(line, source=file.source), source=file.source), source=file.source)
    file.unused |= fields.keys() - _FIELDS
    article = article_from_text(
        fields["text"],
        id=fields.get("id") or f"{file.stem}-{number}",
        source=file.source,
        title=fields.get("title"),
        published=file.published,
    )
    stated = _published(fields.get("published"), source=file.source)
    return replace(
        article,
        outlet=fields.get("outlet") or article.outlet,
        authors=tuple(fields.get("authors") or article.authors),
        url=fields.get("url") or article.url,
        published=stated or article.published,
    )


def _object(line: str, *, source: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"not JSON ({error}): {shown(line.strip())}", source=source, outcome=Outcome.BAD_ARTICLE
        ) from error
    if not isinstance(value, dict):
        raise InputError(f'not a JSON object with a "text": {shown(value)}', source=source, outcome=Outcome.BAD_ARTICLE)
    return value


def _checked(fields: dict[str, Any], *, source: str) -> dict[str, Any]:
    """The fields, if each holds what it should; null is as good as absent."""
    if not isinstance(fields.get("text"), str):
        raise InputError(
            f'"text" should be a string, not {shown(fields.get("text"))}', source=source, outcome=Outcome.BAD_ARTICLE
        )
    for name in _STRINGS:
        _check_string(name, fields.get(name) or "", source=source)
    authors = fields.get("authors") or []
    if not isinstance(authors, list):
        raise InputError(
            f'"authors" should be a list of strings, not {shown(authors)}', source=source, outcome=Outcome.BAD_ARTICLE
        )
    for author in authors:
        _check_string("authors", author, source=source)
    return fields


def _check_string(name: str, value: object, *, source: str) -> None:
    if not isinstance(value, str):
        raise InputError(f'"{name}" should be a string, not {shown(value)}', source=source, outcome=Outcome.BAD_ARTICLE)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f'"{name}" holds half of a surrogate pair at character {error.start}; write the character whole',
            source=source,
            outcome=Outcome.BAD_ARTICLE,
        ) from error


def _published(value: str | None, *, source: str) -> date | None:
    if not value:
        return None
    try:
        return day_of_timestamp(value)
    except ValueError as error:
        raise InputError(
            f'"published" should be an ISO date such as 2024-10-03, not {shown(value)}',
            source=source,
            outcome=Outcome.BAD_ARTICLE,
        ) from error
