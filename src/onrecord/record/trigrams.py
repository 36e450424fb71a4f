"""pg_trgm, PostgreSQL's extension by which similar words are found: switched on where that may be done.

SQLite has no such thing. Whoever asks for similar words asks first whether they can be found.
"""

import logging

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

_LOG = logging.getLogger("onrecord")


def add_trigrams(connection: Connection) -> None:
    """Switches it on, where the server has it and this user may; in PostgreSQL alone. Joins the transaction."""
    # The owner of a database may, who need not be a superuser.
    available = text("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")
    if not connection.scalar(available):
        return
    try:
        with connection.begin_nested():
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except ProgrammingError as refusal:
        _LOG.info("without pg_trgm, which this user may not switch on: %s", refusal.orig)


def has_trigrams(connection: Connection) -> bool:
    """Whether similar words can be found by it."""
    return connection.dialect.name == "postgresql" and bool(
        connection.scalar(text("SELECT to_regproc('similarity') IS NOT NULL"))
    )
