"""RSS 0.9x, 1.0 and 2.0 and Atom to a Feed, by feedparser, which has met twenty years of broken ones.

It is given the text from the outermost element on, never an address, so that it fetches nothing and has no document
type to expand; it neither cleans markup nor guesses an encoding. What is no well-formed XML gives what can be got.
"""

import io
import logging
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

import feedparser

from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.feeds.entries import Entry, Feed, absolute, marked_up, moment, plain, settled, whole_text

_LOG = logging.getLogger("onrecord")
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_REFERENCE = re.compile(r"&#(?:x0*([0-9a-f]+)|0*([0-9]+));?", re.IGNORECASE)
_CHARACTERS = ((0x9, 0xA), (0xD, 0xD), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
_MAX_DIGITS = 7
# What feedparser has been seen to raise where elements are closed that nothing opened, in fifty thousand damaged feeds.
_FAULTS = (LookupError, TypeError, ValueError)


def feed_from_xml(text: str, *, source: str, url: str | None = None) -> Feed:
    """The feed that begins with the text; `url` is the address that relative ones in it are against.

    Raises InputError where there is nothing of a feed in it.
    """
    parsed = _parsed(text, source=source, base=url or "")
    home = absolute(parsed["feed"].get("link"), bases=[url, None])
    entries = settled((_entry(each, parsed["version"], bases=[url, home]) for each in parsed["entries"]), source=source)
    if parsed["bozo"]:
        reason = shown(str(parsed["bozo_exception"]))
        _LOG.warning("%s: the feed is damaged (%s); %d entries could be read", source, reason, len(entries))
    return Feed(plain(parsed["feed"].get("title")), url or source, entries, _refresh_s(parsed["feed"]))


def _parsed(text: str, *, source: str, base: str) -> Mapping[str, Any]:
    headers = {"content-location": base, "content-type": "application/xml; charset=utf-8"}
    data = io.BytesIO(_REFERENCE.sub(_possible, text).encode(errors="replace"))
    try:
        found: Mapping[str, Any] = feedparser.parse(
            data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _FAULTS as error:
        message = f"a feed too damaged to be read ({type(error).__name__}: {error}); tell those who publish it"
        raise InputError(message, source=source, outcome=Outcome.DAMAGED) from error
    if not found["version"] and not found["entries"]:
        message = f"a feed is RSS, Atom or JSON Feed, and this begins with {shown(text.lstrip()[:40])}"
        raise InputError(message, source=source, outcome=Outcome.NO_ARTICLE)
    return found


def _possible(reference: re.Match[str]) -> str:
    """A character reference, or U+FFFD where XML has no such character: feedparser would give the whole feed up."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    code = int(digits, base) if len(digits) <= _MAX_DIGITS else -1
    return reference[0] if any(first <= code <= last for first, last in _CHARACTERS) else "\ufffd"


def _entry(given: Mapping[str, Any], version: str, *, bases: Sequence[str | None]) -> Entry:
    # What feedburner and its like put in the link's place is their own address, which counts readers and redirects.
    original = absolute(given.get("feedburner_origlink") or given.get("pheedo_origlink"), bases=bases)
    address = original or absolute(given.get("link"), bases=bases)
    return Entry(
        address=address,
        id=given.get("id") or "",
        title=plain(given.get("title")),
        published_at=_published_at(given),
        text_html=_text(given, version),
        authors=_authors(given, version),
    )


def _text(given: Mapping[str, Any], version: str) -> str | None:
    """The longest whole text among an entry's contents; plain text alone where that is what Atom says it is."""
    texts = []
    for content in given.get("content", ()):
        if content.get("type") in _HTML_TYPES:
            texts.append(whole_text(content.get("value")))
        elif version.startswith("atom") and content.get("type") == "text/plain":
            texts.append(whole_text(marked_up(content.get("value"))))
    return max((text for text in texts if text), key=len, default=None)


def _authors(given: Mapping[str, Any], version: str) -> tuple[str, ...]:
    """The names of an entry's authors.

    RSS wants a mail address with the name in brackets, from which feedparser cuts the name only if the domain's last
    part is short.
    """
    is_atom = version.startswith("atom")
    names = [author.get("name") for author in given.get("authors", ()) if is_atom or "email" not in author]
    name, mail = parseaddr(given.get("author", ""))
    if not is_atom and "@" in mail:
        names.insert(0, name)
    found = (plain(name) for name in names)
    return tuple(dict.fromkeys(name for name in found if name and "@" not in name))


def _published_at(given: Mapping[str, Any]) -> datetime | None:
    """When the entry was published, or changed if it does not say.

    feedparser's own reading of dates is not used: it is in UTC, whatever zone was stated, and takes anything for one.
    """
    return next((moment(given[name]) for name in ("published", "created", "updated") if name in given), None)


def _refresh_s(channel: Mapping[str, Any]) -> int | None:
    """The longer of the times to live that a feed states: its ttl, in minutes, and its sy:updatePeriod."""
    ttl_min = _number(channel.get("ttl"))
    found = [] if ttl_min is None else [ttl_min * 60]
    period = _PERIODS.get(str(channel.get("sy_updateperiod")).strip().lower())
    if period:
        found.append(int(period.total_seconds()) // (_number(channel.get("sy_updatefrequency")) or 1))
    return max(found, default=None)


def _number(stated: object) -> int | None:
    found = re.fullmatch(r"\s*([0-9]{1,6})\s*", stated) if isinstance(stated, str) else None
    return int(found[1]) if found else None
