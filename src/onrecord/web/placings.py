"""Quotations are placed into families beside the server's other work, when somebody traces; a page shows what is done.

One thread does it, a few articles in a transaction, so that whoever writes meanwhile waits for moments only.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from threading import Event, Lock

from onrecord.errors import OnRecordError
from onrecord.record import Record
from onrecord.record.placing import n_to_place, placed_each

_LOG = logging.getLogger(__name__)
# So long a page waits for what came since somebody traced last, which is little as a rule.
PATIENCE_S = 1.0


class Placings:
    """Has the quotations of a record placed."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="placing")
        self._lock = Lock()
        self._stopped = Event()
        self._placing: Future[None] | None = None

    def n_left(self) -> int:
        """How many articles are still to be placed, after a moment's patience."""
        if not n_to_place(self._record):
            return 0
        with self._lock:
            if self._placing is None or self._placing.done():
                self._placing = self._executor.submit(self._place)
        wait([self._placing], timeout=PATIENCE_S)
        return n_to_place(self._record)

    def close(self) -> None:
        """Ends after the articles that are being placed; the next server goes on with the others."""
        self._stopped.set()
        self._executor.shutdown(cancel_futures=True)

    def _place(self) -> None:
        try:
            with closing(placed_each(self._record)) as placing:
                for _ in placing:
                    if self._stopped.is_set():
                        return
        except OnRecordError as error:
            _LOG.error("quotations could not be placed: %s", error)
