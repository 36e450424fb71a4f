"""Which article of the record a given one is: known again by its addresses, else by the file that it came from.

Nothing is written here, and titles are not looked at. What is not known again for certain is taken for another article:
one article kept twice does less harm than one in the place of another.
"""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Select, literal, select, union_all

from onrecord.article import Article
from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.addresses import address_key, tells_apart
from onrecord.intake.duplicates import is_copy, text_key
from onrecord.intake.inputs import STANDARD_INPUT, is_address
from onrecord.record import schema
from onrecord.record.limits import shortened
from onrecord.record.rows import Found, article_of, written
from onrecord.record.stored import NOTHING_BESIDE, Beside

_NUMBERED = re.compile(r"(.+)-\d+")
_ARTICLES = schema.articles
_CURRENT = _ARTICLES.c.superseded_by.is_(None)
# What tells versions apart; whole rows hold the text.
_VERSION: tuple[ColumnElement[Any], ...] = (
    _ARTICLES.c.id, _ARTICLES.c.source_key, _ARTICLES.c.version, _ARTICLES.c.content_hash, _ARTICLES.c.text_key,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """An article with what it is known again by: `keys` are its `addresses`, in the form in which they compare."""

    article: Article
    addresses: tuple[str, ...]
    keys: tuple[str, ...]
    source_key: str
    content_hash: str
    text_key: str

    @classmethod
    def of(cls, article: Article, beside: Beside = NOTHING_BESIDE) -> Self:
        """All of it worked out. Raises InputError."""
        addresses = (*addresses_of(article), *beside.addresses)
        place = beside.place or _source_key(article)
        return cls(article, addresses, keys_of(*addresses), place, content_hash(article), text_key(article).hex())


def addresses_of(article: Article) -> tuple[str, ...]:
    """The address that an article gives as its own, and the one that it alone was fetched from."""
    is_page = is_address(article.source) and article.fetched is not None and article.record_id is None
    return tuple(address for address in (article.url, article.source if is_page else None) if address)


def _source_key(article: Article) -> str:
    """The source as it compares: of a file its whole path, so that it is the same one from whichever folder."""
    source = written(article.source)
    is_place = is_address(source) or source == STANDARD_INPUT
    return shortened(source if is_place else os.path.abspath(source))  # noqa: PTH100 - text alone: Path would ask the disk


def keys_of(*addresses: str) -> tuple[str, ...]:
    """The addresses as they compare, without those that are no single article's."""
    return tuple(dict.fromkeys(shortened(key) for key in map(address_key, addresses) if tells_apart(key)))


def content_hash(article: Article) -> str:
    """SHA-256, in hexadecimal, of the text and of what the report states of itself.

    Where it was found, and when, is not in it. Raises InputError for a text with half of a surrogate pair.
    """
    days = [str(day) if day else None for day in (article.published, article.published_at)]
    stated = [article.text, article.title, article.outlet, article.authors, *days]
    try:
        data = json.dumps(stated, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        message = f"{shown(half)} is half of a character, which no record can hold; write the character whole"
        raise InputError(message, source=article.source, outcome=Outcome.BAD_ARTICLE) from error
    return hashlib.sha256(data).hexdigest()


def at_addresses(*keys: str) -> Select[Any]:
    """The newest version of the first article known by one of these keys, as a question for all its columns."""
    table = schema.addresses
    ids = select(table.c.article_id).where(table.c.key.in_(keys))
    return select(_ARTICLES).where(_ARTICLES.c.id.in_(ids)).order_by(_ARTICLES.c.id).limit(1)


def known(connection: Connection, given: Given) -> Found | None:
    """The newest version of the article that this one is, without its text; none for one that is new."""
    by_address = at_addresses(*given.keys).with_only_columns(*_VERSION) if given.keys else None
    found = connection.execute(by_address).first() if by_address is not None else None
    return found or _from_same_source(connection, given)


def earlier(connection: Connection, article_id: int) -> list[Found]:
    """The versions before this one, the last one first."""
    found: list[Found] = []
    before: int | None = article_id
    while before is not None:
        row = connection.execute(select(*_VERSION).where(_ARTICLES.c.superseded_by == before)).first()
        before = row.id if row else None
        found.extend([row] if row else [])
    return found


def _from_same_source(connection: Connection, given: Given) -> Found | None:
    """The article of the same file and name; where the name says little, with the same content or near the same text.

    If it has an address of its own and the given one another, it is another article, whatever the file is called.
    """
    article = given.article
    query = select(*_VERSION).where(_ARTICLES.c.source_key == given.source_key, _CURRENT)
    if given.keys:
        query = query.where(_ARTICLES.c.url.is_(None))
    named = query.where(_ARTICLES.c.name == written(article.id))
    if not _says_little(article):
        return connection.execute(named.order_by(_ARTICLES.c.id)).first()
    # Two questions in one, and not one with "or": a file may have a million articles.
    same = query.where(_ARTICLES.c.content_hash == given.content_hash)
    either = union_all(*(one.add_columns(literal(nth).label("nth")) for nth, one in enumerate((same, named))))
    found = connection.execute(either.order_by("nth", "id").limit(1)).first()
    is_same = found is not None and (
        found.content_hash == given.content_hash or _is_near(connection, found.id, article)
    )
    return found if is_same else None


def _says_little(article: Article) -> bool:
    """Whether the name may be another article's tomorrow: on standard input, or a line's number in a file of many."""
    if article.source == STANDARD_INPUT:
        return True
    file = PurePath(article.source).name
    numbered = _NUMBERED.fullmatch(article.id)
    return numbered is not None and file.startswith(numbered[1]) and not file.startswith(article.id)


def _is_near(connection: Connection, article_id: int, article: Article) -> bool:
    row = connection.execute(select(_ARTICLES).where(_ARTICLES.c.id == article_id)).one()
    return is_copy(article_of(connection, row), article)
