"""What a record in PostgreSQL cannot hold, found before anything is written, so that it costs this article alone.

SQLite has none of these limits. Keys alone, which nobody reads, are the same on both and never too long.
"""

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection

from onrecord.article import Article
from onrecord.errors import InputError, Outcome, shown
from onrecord.record.columns import NUL_STAND_IN

# An index of PostgreSQL takes 2,704 bytes, and the longest entries of ours are a name and a key together.
LONGEST_NAME_BYTES = 1_800
_LONGEST_KEY_BYTES = 800
_KEPT_CHARS = 150  # at most 600 bytes, so that what is shortened is short


def shortened(key: str) -> str:
    """What something is looked up by: the key itself or, on either database, if it is very long, a hash of it."""
    data = key.encode("utf-8", "backslashreplace")
    return key if len(data) <= _LONGEST_KEY_BYTES else f"{key[:_KEPT_CHARS]}…{hashlib.sha256(data).hexdigest()}"


def check_fits(connection: Connection, article: Article) -> None:
    """Raises InputError for an article that this database cannot hold."""
    if connection.dialect.name != "postgresql":
        return
    for name in _names(article):
        n_bytes = len(name.encode("utf-8", "replace"))
        if n_bytes > LONGEST_NAME_BYTES:
            message = (
                f"the name {shown(name)} is {n_bytes} bytes long; "
                f"a record in PostgreSQL takes {LONGEST_NAME_BYTES}, one in SQLite any"
            )
            raise InputError(message, source=article.source, outcome=Outcome.BAD_ARTICLE)
    if any(NUL_STAND_IN in words for words in _words(article)):
        message = "U+FDD0 is no character, and a record in PostgreSQL has it for NUL; take it out, or use SQLite"
        raise InputError(message, source=article.source, outcome=Outcome.BAD_ARTICLE)


def _names(article: Article) -> Iterator[str]:
    """Whatever articles are looked up by."""
    yield article.id
    yield from (article.outlet or "", *article.cited_outlets)
    for statement in article.statements:
        yield from (via.name for via in statement.via)
        if statement.speaker:
            yield statement.speaker.name


def _words(article: Article) -> Iterator[str]:
    """Whatever others wrote."""
    yield from (article.text, *article.authors)
    yield from (words for words in (article.title, article.outlet, article.url, article.record_id) if words)
    yield from (link.address for link in article.links)
