"""The statements that a request asks for: by rank or in the order of time."""

from sqlalchemy import Connection

from onrecord.record.search import Page, said, search
from onrecord.statement import FoundBy
from onrecord.web.asked import Asked
from onrecord.web.held import Held


def found(connection: Connection, asked: Asked, held: Held) -> Page:
    """What is found; nothing where nothing is asked for. Raises UsageError for a bad token."""
    if asked.is_open:
        return Page()
    if asked.in_time or asked.q is None:
        who = asked.speaker or ""
        return said(connection, who, about=asked.q, filters=asked.filters, limit=asked.limit, after=asked.after)
    return search(
        connection,
        asked.q,
        speaker=asked.speaker,
        filters=asked.filters,
        by=asked.by,
        projector=held.projector() if asked.by is not FoundBy.WORDS else None,
        limit=asked.limit,
        after=asked.after,
    )
