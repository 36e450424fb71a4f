"""What the record knows of feeds that are watched: when each is due, and which of its entries were seen.

A feed is known by its address, an entry by what its feed calls it and by its address, in whichever feed that stood.
Nothing is decided here about when to ask or to try again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, exists, insert, select, update

from onrecord.errors import Outcome
from onrecord.intake.addresses import address_key, tells_apart
from onrecord.intake.feeds.entries import Entry
from onrecord.record import schema
from onrecord.record.limits import shortened
from onrecord.record.stored import Stored

_FEEDS, _ENTRIES = schema.feeds, schema.entries


@dataclass(frozen=True, slots=True)
class FeedState:
    """Where polling a feed stands.

    `interval_s` is for how long the feed itself asks to be left alone, none where it does not; `failures`, how many
    polls in a row failed; `next_due`, when it is to be polled, none for at once.
    """

    id: int
    address: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    interval_s: int | None = None
    failures: int = 0
    next_due: datetime | None = None
    last_polled: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryState:
    """Where an entry stands: how it ended, how often it was tried, and when it is to be tried again, if it is."""

    key: str
    address: str | None
    published: date | None
    outcome: Outcome | Stored | None = None
    tries: int = 0
    next_try: datetime | None = None

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """An entry of a feed that nothing has been done about."""
        return cls(shortened(entry.id), entry.address, entry.published_at.date() if entry.published_at else None)


def note_feeds(connection: Connection, addresses: Iterable[str]) -> None:
    """Puts those of the feeds into the record that it does not know."""
    for address in addresses:
        if not _has(connection, _FEEDS.c.address == address):
            connection.execute(insert(_FEEDS).values(address=address))


def feed_states(connection: Connection, addresses: Iterable[str]) -> list[FeedState]:
    """Where polling the feeds stands, in their order; of those that the record knows."""
    rows = (connection.execute(select(_FEEDS).where(_FEEDS.c.address == address)).mappings() for address in addresses)
    return [FeedState(**row) for found in rows for row in found]


def keep_feed(connection: Connection, state: FeedState) -> None:
    """Puts the state in the place of the feed's last one."""
    values = {column.name: getattr(state, column.name) for column in _FEEDS.columns if column.name != "id"}
    connection.execute(update(_FEEDS).where(_FEEDS.c.id == state.id).values(values))


def unseen(connection: Connection, entries: Iterable[Entry], *, feed_id: int) -> list[Entry]:
    """The entries that nothing is known of. Those that are known by their address alone are noted as duplicates."""
    found = []
    for entry in entries:
        if _has(connection, _ENTRIES.c.feed_id == feed_id, _ENTRIES.c.key == shortened(entry.id)):
            continue
        if _is_known_elsewhere(connection, entry):
            known = replace(EntryState.of(entry), outcome=Stored.DUPLICATE)
            keep_entry(connection, known, feed_id=feed_id)
        else:
            found.append(entry)
    return found


def to_try_again(connection: Connection, *, feed_id: int, now: datetime) -> list[EntryState]:
    """The feed's entries whose next try is due, the oldest first."""
    due = (_ENTRIES.c.feed_id == feed_id, _ENTRIES.c.next_try <= now)
    columns = (_ENTRIES.c.key, _ENTRIES.c.address, _ENTRIES.c.published, _ENTRIES.c.outcome, _ENTRIES.c.tries)
    rows = connection.execute(select(*columns).where(*due).order_by(_ENTRIES.c.seen_at, _ENTRIES.c.key)).mappings()
    return [EntryState(**{**row, "outcome": Outcome(row["outcome"])}) for row in rows]


def keep_entry(connection: Connection, state: EntryState, *, feed_id: int) -> None:
    """Notes how an entry stands now."""
    outcome = state.outcome.value if state.outcome else None
    values: dict[str, Any] = {"outcome": outcome, "tries": state.tries, "next_try": state.next_try}
    this = (_ENTRIES.c.feed_id == feed_id, _ENTRIES.c.key == state.key)
    if connection.execute(update(_ENTRIES).where(*this).values(values)).rowcount:
        return
    given = {
        "feed_id": feed_id,
        "key": state.key,
        "address": state.address,
        "address_key": _compared(state.address),
        "published": state.published,
        "seen_at": datetime.now(UTC),
    }
    connection.execute(insert(_ENTRIES).values(given | values))


def _compared(address: str | None) -> str | None:
    """An address as it compares; none for one that is no single article's."""
    key = address_key(address) if address else None
    return shortened(key) if key and tells_apart(key) else None


def _is_known_elsewhere(connection: Connection, entry: Entry) -> bool:
    key = _compared(entry.address)
    if key is None:
        return False
    return _has(connection, _ENTRIES.c.address_key == key) or _has(connection, schema.addresses.c.key == key)


def _has(connection: Connection, *conditions: ColumnElement[bool]) -> bool:
    return bool(connection.scalar(select(exists().where(*conditions))))
