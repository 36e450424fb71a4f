"""Who may write over the network: tokens, of which the record keeps only what tells one again.

A token is shown once, when it is made. Its name signs whatever is decided with it, also when it is revoked.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, insert, select, update

from onrecord.errors import UsageError, shown
from onrecord.record import schema

_TABLE = schema.tokens
_BYTES = 32
PREFIX = "onrecord_"
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was given out; `name` is whose it is."""

    id: int
    name: str
    created_at: datetime
    revoked_at: datetime | None


def create_token(connection: Connection, name: str) -> str:
    """A new token, which the record cannot show again. Raises UsageError for a name that is none."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(f"{shown(name)} is no name for a token; give up to {LONGEST_NAME} letters, for whom it is")
    token = PREFIX + secrets.token_urlsafe(_BYTES)
    values = {"name": name, "hash": _hash(token), "created_at": datetime.now(UTC)}
    connection.execute(insert(_TABLE).values(values))
    return token


def token_of(connection: Connection, token: str) -> Token | None:
    """What is known of a token that may still be used; none of any other."""
    query = select(*_columns()).where(_TABLE.c.hash == _hash(token), _TABLE.c.revoked_at.is_(None))
    row = connection.execute(query).first()
    return Token(*row) if row else None


def usable_token(connection: Connection, number: int) -> Token | None:
    """The token with this number, if it may still be used."""
    row = connection.execute(select(*_columns()).where(_TABLE.c.id == number, _TABLE.c.revoked_at.is_(None))).first()
    return Token(*row) if row else None


def all_tokens(connection: Connection) -> Sequence[Token]:
    """All that were given out, in their order."""
    return [Token(*row) for row in connection.execute(select(*_columns()).order_by(_TABLE.c.id))]


def revoke_token(connection: Connection, number: int) -> Token:
    """Ends a token; it stays in the list. Raises UsageError."""
    token = usable_token(connection, number)
    if token is None:
        raise UsageError(f"there is no token {number} that can be used; `onrecord token list` has their numbers")
    connection.execute(update(_TABLE).where(_TABLE.c.id == number).values(revoked_at=datetime.now(UTC)))
    return token


def _columns() -> tuple[Column[Any], ...]:
    return tuple(_TABLE.c[name] for name in Token.__slots__)


def _hash(token: str) -> str:
    """What is kept of a token. It is as random as a hash is long, so nothing is gained by a slower one."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
