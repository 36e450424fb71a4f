"""Watching feeds: each polled when it is due, what is new in it fetched, read and added to the record.

All that has to outlast the program is in the record: when a feed is due, what its server knows its last version by,
which entries were seen and how they ended. A poll is noted as done when the last of its entries is, so that whatever
ends the program, the next call goes on where this one stopped. Feeds are taken one after another; nothing is polled
more often than the feed, its server or the user wants.
"""

import time
import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from onrecord.article import Article
from onrecord.errors import InputError, Outcome
from onrecord.intake.feeds.entries import Entry, Feed
from onrecord.intake.feeds.feed import MAX_BYTES, document_in, document_of, feed_of
from onrecord.intake.feeds.opml import addresses_of_opml
from onrecord.intake.fetch import Answer, Fetcher, RetryLater, Validators
from onrecord.intake.inputs import articles_in, is_address
from onrecord.reading.reader import Reader
from onrecord.record import Record
from onrecord.record.adding import Added, added
from onrecord.record.feeds import (
    EntryState,
    FeedState,
    feed_states,
    keep_entry,
    keep_feed,
    note_feeds,
    to_try_again,
    unseen,
)
from onrecord.record.outcomes import note_outcome, start_run

EVERY = timedelta(minutes=15)
# However long a feed or its server asks to be left alone, and however often it failed in a row.
_LONGEST = timedelta(days=1)
_MOST_DOUBLINGS = 10
# Who says when to come again is believed for longer.
_LONGEST_RETRY_AFTER = timedelta(days=7)
# By up to this share of the interval a feed is polled later, so that not all of them are due at once.
_SPREAD = 0.1
# Five tries in all, the last one 21 hours after the first.
_AGAIN_AFTER = tuple(timedelta(minutes=minutes) for minutes in (15, 60, 240, 960))
_WORTH_ANOTHER_TRY = frozenset((Outcome.UNREACHABLE, Outcome.DAMAGED))
# How reading a page ends that has been had but does not hold the article, as behind a wall or without JavaScript.
_NOT_IN_PAGE = frozenset((Outcome.NO_ARTICLE, Outcome.EMPTY, Outcome.NOT_TEXT, Outcome.TOO_LARGE))
# A computer that sleeps does not count the time.
_LONGEST_SLEEP_S = 60.0


@dataclass(frozen=True, slots=True)
class Polled:
    """That a feed was polled, and when it is due again.

    `n_entries` is none where the feed has not changed or could not be had; `n_new`, how many of them are fetched now.
    """

    address: str
    next_due: datetime
    n_entries: int | None = None
    n_new: int = 0
    failure: InputError | None = None


@dataclass(frozen=True, slots=True)
class Idle:
    """That nothing is to be done before a moment."""

    until: datetime


Event = Polled | Idle | Added | InputError


@dataclass(frozen=True, slots=True)
class Watch:
    """What watching needs: where to keep, how to fetch and read, how often to poll, and the run that it is."""

    record: Record
    fetcher: Fetcher
    reader: Reader
    run: int
    every: timedelta = EVERY

    @classmethod
    def begin(cls, *, record: Record, fetcher: Fetcher, reader: Reader, every: timedelta = EVERY) -> "Watch":
        """A watch, which the record notes as a run."""
        with record.transaction() as connection:
            return cls(record, fetcher, reader, start_run(connection, command="watch"), every)

    def rounds(self, addresses: Sequence[str]) -> Generator[Event]:
        """Round after round without end, asleep in between. Raises RecordError."""
        while True:
            yield from self.round(addresses)
            while (wait_s := (self._next_due(addresses) - datetime.now(UTC)).total_seconds()) > 0:
                time.sleep(min(wait_s, _LONGEST_SLEEP_S))

    def round(self, addresses: Sequence[str]) -> Generator[Event]:
        """What happens as each feed that is due is polled once; at the end, until when there is nothing more to do.

        What has become of an article is in the record before it is told. Raises RecordError.
        """
        with self.record.transaction() as connection:
            note_feeds(connection, addresses)
            states = feed_states(connection, addresses)
        now = datetime.now(UTC)
        for state in states:
            if state.next_due is None or state.next_due <= now:
                yield from self._poll(state)
        yield Idle(self._next_due(addresses))

    def _next_due(self, addresses: Sequence[str]) -> datetime:
        now = datetime.now(UTC)
        with self.record.snapshot() as connection:
            return min((state.next_due or now for state in feed_states(connection, addresses)), default=now)

    def _poll(self, state: FeedState) -> Iterator[Event]:
        now = datetime.now(UTC)
        try:
            answer = self.fetcher.get_if_changed(state.address, Validators(state.etag, state.last_modified))
            feed = _feed_in(answer, state)
        except InputError as failure:
            yield self._failed(state, failure)
            return
        next_due = now + _interval(feed, state, every=self.every, max_age_s=answer.max_age_s)
        with self.record.transaction() as connection:
            new = unseen(connection, feed.entries, feed_id=state.id)
            again = to_try_again(connection, feed_id=state.id, now=now)
        n_entries = len(feed.entries) if answer.document else None
        yield Polled(state.address, next_due, n_entries=n_entries, n_new=len(new))
        for entry in new:
            yield from self._tried(self._articles(entry, feed), EntryState.of(entry), feed_id=state.id)
        for entry_state in again:
            yield from self._tried(self._articles_again(entry_state), entry_state, feed_id=state.id)
        self._keep(
            replace(
                state,
                title=feed.title,
                etag=answer.validators.etag,
                last_modified=answer.validators.last_modified,
                interval_s=feed.refresh_s,
                failures=0,
                next_due=next_due,
                last_polled=now,
            )
        )

    def _keep(self, state: FeedState) -> None:
        with self.record.transaction() as connection:
            keep_feed(connection, state)

    def _articles(self, entry: Entry, feed: Feed) -> list[Article | InputError]:
        """The article of an entry: in its page, or, where that does not hold it, in the feed's own text."""
        try:
            found = list(articles_in(document_of(entry, feed=feed, fetcher=self.fetcher)))
        except InputError as failure:
            return [failure]
        own = document_in(entry, feed=feed)
        if own is not None and all(isinstance(one, InputError) and one.outcome in _NOT_IN_PAGE for one in found):
            return list(articles_in(own))
        return found

    def _articles_again(self, state: EntryState) -> list[Article | InputError]:
        """The article of an entry whose page could not be had before."""
        try:
            page = self.fetcher.get(state.address or "")
        except InputError as failure:
            return [failure]
        return list(articles_in(replace(page, published=page.published or state.published)))

    def _tried(
        self, taken: Iterable[Article | InputError], state: EntryState, *, feed_id: int
    ) -> Iterator[Added | InputError]:
        """What became of an entry's article, with the entry noted as tried once more."""
        ends = [added(one, record=self.record, reader=self.reader, run=self.run) for one in taken]
        end = next((end for end in ends if isinstance(end, Added)), ends[0])
        with self.record.transaction() as connection:
            keep_entry(connection, _after_try(state, end), feed_id=feed_id)
        yield from ends

    def _failed(self, state: FeedState, failure: InputError) -> Polled:
        """Notes that a feed could not be had, and leaves it alone twice as long as the last time."""
        n_failures = state.failures + 1
        backoff = min(self.every * 2 ** min(n_failures, _MOST_DOUBLINGS), _LONGEST)
        wait = max(backoff, _asked_to_wait(failure), self.every)
        now = datetime.now(UTC)
        after = replace(state, failures=n_failures, next_due=now + wait, last_polled=now)
        with self.record.transaction() as connection:
            note_outcome(connection, source=state.address, outcome=failure.outcome, reason=str(failure), run=self.run)
            keep_feed(connection, after)
        return Polled(state.address, now + wait, failure=failure)


def feeds_in(inputs: Sequence[str]) -> tuple[str, ...]:
    """The addresses of feeds, each once: those given, and those in the OPML files given. Raises InputError."""
    found: list[str] = []
    for given in inputs:
        found += [given] if is_address(given) else addresses_of_opml(_content(given), source=given)
    # What a shell hands over that is no UTF-8 could neither be fetched nor kept.
    return tuple(dict.fromkeys(address.encode(errors="replace").decode() for address in found))


def _content(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        message = f"cannot be read: {reason}; give an OPML file, or a feed's address, which begins with https://"
        raise InputError(message, source=path, outcome=Outcome.NOT_FOUND) from error
    if len(data) > MAX_BYTES:
        message = f"larger than {MAX_BYTES // 1024**2} MB, the limit for a list of feeds; split it"
        raise InputError(message, source=path, outcome=Outcome.TOO_LARGE)
    return data


def _feed_in(answer: Answer, state: FeedState) -> Feed:
    """The feed in an answer; one that has not changed is as it was, without entries. Raises InputError."""
    document = answer.document
    if document is None:
        return Feed(state.title, state.address, (), refresh_s=state.interval_s)
    return feed_of(document.data, source=document.source, url=document.url, charset=document.charset)


def _interval(feed: Feed, state: FeedState, *, every: timedelta, max_age_s: int | None) -> timedelta:
    """How long after a poll the next one is: what is asked, and a little more, each feed another share of it."""
    asked_s = min(max(feed.refresh_s or 0, max_age_s or 0), _LONGEST.total_seconds())
    share = zlib.crc32(state.address.encode()) / 2**32
    return max(every, timedelta(seconds=asked_s)) * (1 + _SPREAD * share)


def _after_try(state: EntryState, end: Added | InputError) -> EntryState:
    """Where an entry stands after one more try; what may be had later is tried again a few times."""
    n_tries = state.tries + 1
    if isinstance(end, Added):
        return replace(state, outcome=end.stored, tries=n_tries, next_try=None)
    next_try = None
    if end.outcome in _WORTH_ANOTHER_TRY and n_tries <= len(_AGAIN_AFTER):
        next_try = datetime.now(UTC) + max(_AGAIN_AFTER[n_tries - 1], _asked_to_wait(end))
    return replace(state, outcome=end.outcome, tries=n_tries, next_try=next_try)


def _asked_to_wait(failure: InputError) -> timedelta:
    """For how long a site that is too busy wants to be left alone."""
    asked_s = failure.retry_after_s if isinstance(failure, RetryLater) else 0
    return timedelta(seconds=min(asked_s, _LONGEST_RETRY_AFTER.total_seconds()))
