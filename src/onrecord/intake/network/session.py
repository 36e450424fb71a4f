"""One run's fetching: a page is asked for once robots.txt allows it, redirects are followed, and answers are judged.

What each status means for the reader of the message is decided here; how bytes travel, in wire.py.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.document import Document
from onrecord.intake.fetch import Answer, RetryLater, Validators, archived_copies
from onrecord.intake.ids import id_of
from onrecord.intake.network.limits import Limits
from onrecord.intake.network.robots import Robots
from onrecord.intake.network.urls import checked, redirected
from onrecord.intake.network.wire import Errand, Reply, Wire, http_date

_NOT_MODIFIED = 304
_GONE = (404, 410)
_FORBIDDEN = (401, 402, 403, 407, 451)
_BUSY = (429, 503)
_LONGEST_RETRY = timedelta(days=365)


class Session:
    """What stands behind a Fetcher, with the same parameters."""

    def __init__(self, *, cache: Path | None, allow_private: bool | frozenset[str], limits: Limits) -> None:
        self._limits = limits
        self._wire = Wire(limits=limits, cache=cache, allow_private=allow_private)
        self._robots = Robots(self._wire, limits=limits)

    def close(self) -> None:
        """Closes the connections and the cache."""
        self._wire.close()

    def get(self, address: str) -> Document:
        """The page at an address. Raises InputError."""
        reply = self._followed(Errand(address, max_bytes=self._limits.max_bytes))
        return _document(reply, source=address)

    def get_if_changed(self, address: str, validators: Validators) -> Answer:
        """The page at an address, none where it is still the one that was had before. Raises InputError."""
        stated = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
        conditions = {name: value for name, value in stated.items() if value}
        reply = self._followed(Errand(address, max_bytes=self._limits.max_bytes, conditions=conditions, cached=False))
        if conditions and reply.status == _NOT_MODIFIED:
            kept = Validators(
                etag=reply.headers.get("ETag") or validators.etag,
                last_modified=reply.headers.get("Last-Modified") or validators.last_modified,
            )
            return Answer(None, kept, max_age_s=_max_age_s(reply))
        document = _document(reply, source=address)
        given = Validators(etag=reply.headers.get("ETag"), last_modified=reply.headers.get("Last-Modified"))
        return Answer(document, given, max_age_s=_max_age_s(reply))

    def _followed(self, errand: Errand) -> Reply:
        """The reply at the end of all redirects, each of which has to be allowed like the first address."""
        self._wire.deadline.set(self._limits.total_s)
        url = checked(errand.source, source=errand.source)
        for _ in range(self._limits.n_redirects + 1):
            pause_s = self._robots.pause_before(url, source=errand.source)
            reply = self._wire.send(url, errand, pause_s=pause_s)
            wait_s = _retry_after_s(reply)
            if wait_s is not None and wait_s <= self._limits.longest_wait_s:
                self._wire.deadline.wait(wait_s)
                reply = self._wire.send(url, errand, pause_s=pause_s)
            if reply.location is None:
                return reply
            url = redirected(url, reply.location, source=errand.source)
        raise InputError(
            f"redirected more than {self._limits.n_redirects} times, at last to {shown(str(url))}; "
            "open it yourself and save the page",
            source=errand.source,
            outcome=Outcome.UNREACHABLE,
        )


def _document(reply: Reply, *, source: str) -> Document:
    """The page in a reply. Raises InputError where the status says that there is none."""
    if not reply.is_page:
        raise _refusal(reply, source=source)
    return Document(
        data=reply.body,
        source=source,
        id=id_of(source),
        url=str(reply.url),
        charset=reply.charset,
        fetched=reply.fetched,
    )


def _refusal(reply: Reply, *, source: str) -> InputError:
    says = f"{reply.url.netloc.decode('ascii')} says {reply.status}"
    if reply.status in _GONE:
        copies = " or ".join(archived_copies(source))
        return InputError(
            f"the page is gone: {says}; an archived copy may be at {copies}", source=source, outcome=Outcome.GONE
        )
    if reply.status in _FORBIDDEN:
        return InputError(
            f"the page is not for everybody: {says}; if you may read it, open it yourself and save the page",
            source=source,
            outcome=Outcome.FORBIDDEN,
        )
    wait_s = _retry_after_s(reply)
    if wait_s is not None:
        when = datetime.now(UTC) + min(timedelta(seconds=wait_s), _LONGEST_RETRY)
        return RetryLater(
            f"{says}, too busy; try again after {when:%Y-%m-%d %H:%M} UTC", source=source, retry_after_s=wait_s
        )
    return InputError(f"{says} and sends no page; try again later", source=source, outcome=Outcome.UNREACHABLE)


def _retry_after_s(reply: Reply) -> float | None:
    """For how long a site that is too busy wants to be left alone; none where it is not, or does not say."""
    stated = reply.headers.get("Retry-After", "").strip()
    if reply.status not in _BUSY or not stated:
        return None
    if re.fullmatch(r"[0-9]{1,9}", stated):
        return float(stated)
    when = http_date(stated)
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when else None


def _max_age_s(reply: Reply) -> int | None:
    found = re.search(r"(?:^|[\s,])max-age=\"?([0-9]{1,9})\b", reply.headers.get("Cache-Control", ""), re.IGNORECASE)
    return int(found[1]) if found else None
