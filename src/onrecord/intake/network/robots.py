"""What a site's robots.txt lets this program fetch, and how slowly (RFC 9309, read by protego).

It is asked for once for each site and then remembered, failures for a shorter time. A site without one allows
everything; one that cannot say what it allows (a server's fault, too many requests, no answer) allows nothing now.
"""

import copy
import time
from dataclasses import dataclass

import httpx
from protego import Protego

from onrecord.errors import InputError, Outcome
from onrecord.intake.network.limits import Limits
from onrecord.intake.network.line import site_of
from onrecord.intake.network.urls import redirected
from onrecord.intake.network.wire import PROGRAM, Errand, Wire

# RFC 9309: at least 500 KiB of it are read, at least five redirects followed, and none is used for more than a day.
_MAX_BYTES = 512 * 1024
_N_REDIRECTS = 5
_LASTS_S = 24 * 60 * 60
_FAILURE_LASTS_S = 5 * 60
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class _Known:
    """What a site said, or why it said nothing, and when it has to be asked again."""

    rules: Protego | InputError
    until_s: float


class Robots:
    """The robots.txt of every site that a run comes by."""

    def __init__(self, wire: Wire, *, limits: Limits) -> None:
        self._wire = wire
        self._limits = limits
        self._known: dict[str, _Known] = {}

    def pause_before(self, url: httpx.URL, *, source: str) -> float:
        """The pause that its site wants between two pages. Raises InputError if the address may not be fetched."""
        rules = self._rules(url, source=source)
        if not rules.can_fetch(str(url), PROGRAM):
            raise InputError(
                f"the robots.txt of {site_of(url)} asks programs not to fetch this; open it yourself and save the page",
                source=source,
                outcome=Outcome.FORBIDDEN,
            )
        asked_s = min(rules.crawl_delay(PROGRAM) or 0, self._limits.longest_pause_s)
        return max(self._limits.pause_s, asked_s)

    def _rules(self, url: httpx.URL, *, source: str) -> Protego:
        site = site_of(url)
        known = self._known.get(site)
        if known is None or known.until_s < time.monotonic():
            known = self._known[site] = self._asked(url, source=source)
        if isinstance(known.rules, InputError):
            failure = copy.copy(known.rules)
            failure.source = source
            raise failure
        return known.rules

    def _asked(self, url: httpx.URL, *, source: str) -> _Known:
        try:
            return _Known(self._fetched(url, source=source), time.monotonic() + _LASTS_S)
        except InputError as error:
            if error.outcome is Outcome.DAMAGED:
                error.outcome = Outcome.UNREACHABLE
            return _Known(error, time.monotonic() + _FAILURE_LASTS_S)

    def _fetched(self, url: httpx.URL, *, source: str) -> Protego:
        errand = Errand(source, max_bytes=_MAX_BYTES, cut=True, kept_s=_LASTS_S)
        place = url.copy_with(raw_path=b"/robots.txt")
        for _ in range(_N_REDIRECTS + 1):
            reply = self._wire.send(place, errand)
            if reply.location is None:
                break
            place = redirected(place, reply.location, source=source)
        if reply.status == _TOO_MANY_REQUESTS or reply.status >= 500:
            raise InputError(
                f"{place} says {reply.status}, so that nobody knows what may be fetched there; try again later",
                source=source,
                outcome=Outcome.UNREACHABLE,
            )
        return Protego.parse(reply.body.decode("utf-8-sig", errors="replace"))
