"""Pages that are gone: what the record holds of them serves, and it is said that it does.

That is the article as it was read; a page's bytes are not kept, since what anybody asks for is in the article and the
bytes are many times as large. Nothing is fetched here: where an archive may have the page, the failure says.
"""

import logging

from sqlalchemy import Connection

from onrecord.article import Article
from onrecord.errors import InputError, Outcome
from onrecord.record.database import Record, exists
from onrecord.record.identity import at_addresses, keys_of
from onrecord.record.outcomes import note_outcome
from onrecord.record.rows import Found, article_of
from onrecord.record.stored import Stored

_LOG = logging.getLogger("onrecord")


def kept_copy(failure: InputError, *, record: str) -> Article | None:
    """The article, with its statements, that the record at this address holds of a page that is gone; else none.

    Where there is no record none is made. Raises RecordError for one that cannot be used.
    """
    if not exists(record):
        return None
    with Record.open(record, create=False) as opened, opened.snapshot() as connection:
        row = _row_of_gone(connection, failure)
        return article_of(connection, row) if row else None


def note_kept(connection: Connection, failure: InputError, *, run: int) -> Article | None:
    """What the record holds of a page that is gone, the input noted as unchanged for this reason; else none."""
    row = _row_of_gone(connection, failure)
    if row is None:
        return None
    note_outcome(
        connection,
        source=failure.source,
        outcome=Stored.UNCHANGED,
        reason=str(failure),
        run=run,
        article_id=row.id,
    )
    return article_of(connection, row)


def _row_of_gone(connection: Connection, failure: InputError) -> Found | None:
    if failure.outcome is not Outcome.GONE:
        return None
    row = connection.execute(at_addresses(*keys_of(failure.source))).first()
    if row is not None:
        _LOG.warning("%s: %s; the record has it as of %s", failure.source, failure, row.added_at.date())
    return row
