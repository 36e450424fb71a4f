"""What the record holds, for the first page: counted beside, since in a large record that takes seconds.

A page shows the last numbers there are, and none while there are none; whoever asks for old ones has them counted anew.
"""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from onrecord.record import Record
from onrecord.record.holdings import Holdings, holdings
from onrecord.record.people import Entry, list_people
from onrecord.statement import SpeakerKind

FRESH_S = 30.0
# So long a page waits for numbers that were never counted: in most records they are there by then.
PATIENCE_S = 0.15
MOST_QUOTED = 12


@dataclass(frozen=True, slots=True)
class Overview:
    """What the record holds, and those who are quoted most."""

    holdings: Holdings
    most_quoted: tuple[Entry, ...]


class Overviews:
    """The last overview of a record; one thread counts."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="overview")
        self._lock = Lock()
        self._counting: Future[Overview] | None = None
        self._last: Overview | None = None
        self._counted_at = -FRESH_S

    def last(self) -> Overview | None:
        """The last one, counted anew beside where it is old; none as long as there is none."""
        counting = self._begun()
        if counting is not None and self._last is None:
            wait([counting], timeout=PATIENCE_S)
        return self._last

    def close(self) -> None:
        """Waits until nobody counts any more."""
        self._executor.shutdown(cancel_futures=True)

    def _begun(self) -> Future[Overview] | None:
        with self._lock:
            is_old = monotonic() - self._counted_at > FRESH_S
            if is_old and (self._counting is None or self._counting.done()):
                self._counted_at = monotonic()
                self._counting = self._executor.submit(self._count)
            return self._counting

    def _count(self) -> Overview:
        with self._record.snapshot() as connection:
            quoted = list_people(connection, kind=SpeakerKind.PERSON, limit=MOST_QUOTED)
            found = Overview(holdings(connection), tuple(quoted))
        self._last = found
        return found
