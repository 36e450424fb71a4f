"""A feed and its entries, whatever format they came in, and what the formats have in common.

An entry is what a feed says of one article: where it is, and sometimes its text. Only a whole text counts: a summary
or a text that breaks off would, taken for the article, put a false record of it on file.
"""

import html
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from email.utils import parsedate_to_datetime
from hashlib import sha256
from urllib.parse import urldefrag, urljoin, urlsplit

from onrecord.intake.dates import find_date

_LOG = logging.getLogger("onrecord")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HIDING = re.compile(r"<(?:!--|(script|style)\b)", re.IGNORECASE)
_SHOWING = {"": re.compile("-->"), **{name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}}
# Of the 840 reports of PolNeAR train five have fewer words, of the 121 pages of eval/pages_open.jsonl none has.
_MIN_WORDS = 50
# Behind it may stand the line with which a widespread program ends each entry ("The post … appeared first on …").
_BREAKS_OFF = re.compile(
    r"(?:\[(?:…|\.\.\.|\+\d+ chars)\]|(?:continue|keep) reading\b.{0,60}|read (?:more|the (?:full|whole)\b.{0,60}))"
    r"[\s.…:>»→&-]*(?:The post .{1,200} on .{1,80})?$",
    re.IGNORECASE,
)
_CLOSING_CHARS = 400
# Software that has no date writes the beginning of its clock, which lies before; the first feeds are from 1999.
_FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    `address` is absolute, without its fragment; none where the feed gives a text alone. `id` tells it from the feed's
    other entries, also from one poll to the next. `text_html` is the article's whole text, none where the feed has a
    summary or nothing. `published_at` has a time zone where the feed states one.
    """

    address: str | None
    id: str
    title: str | None = None
    published_at: datetime | None = None
    text_html: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its entries in its own order, no two of them for one article.

    `address` is where it came from, a file's path where that was a file; `refresh_s`, how many seconds it asks to be
    left alone after it was fetched, none where it does not say.
    """

    title: str | None
    address: str
    entries: tuple[Entry, ...]
    refresh_s: int | None = None


def settled(entries: Iterable[Entry], *, source: str) -> tuple[Entry, ...]:
    """The entries that lead to an article, each once.

    An id that a feed gives to several addresses tells nothing apart (there are feeds that give all of their entries
    the site's); the address then takes its place. What has neither address nor text is left out, and that is said on
    the logger.
    """
    given = list(entries)
    usable = [entry for entry in given if entry.address or entry.text_html]
    if n_lost := len(given) - len(usable):
        _LOG.warning("%s: entries left out, having neither an address nor a whole text: %d", source, n_lost)
    addresses = defaultdict(set)
    for entry in usable:
        addresses[entry.id].add(entry.address)
    kept: dict[str, Entry] = {}
    for entry in usable:
        own = entry if entry.id and len(addresses[entry.id]) == 1 else replace(entry, id=_own_id(entry))
        kept.setdefault(own.address or own.id, own)
    return tuple(kept.values())


def absolute(address: object, *, bases: Sequence[str | None]) -> str | None:
    """The address against the first base that makes it one of the web, without its fragment; none if none does."""
    if not isinstance(address, str) or not address.strip():
        return None
    for base in bases:
        try:
            whole, _ = urldefrag(urljoin(base or "", address.strip()))
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.netloc:
            return whole
    return None


def plain(words: object) -> str | None:
    """A title or a name in one line, without tags and character references, which feeds escape once too often."""
    if not isinstance(words, str):
        return None
    return " ".join(html.unescape(_TAG.sub("", html.unescape(words))).split()) or None


def whole_text(markup: object) -> str | None:
    """The markup, if it is a text and not the beginning of one or a caption; else none."""
    if not isinstance(markup, str):
        return None
    words = html.unescape(_TAG.sub(" ", " ".join(_shown(markup)))).split()
    closing = " ".join(words)[-_CLOSING_CHARS:]
    return markup if len(words) >= _MIN_WORDS and not _BREAKS_OFF.search(closing) else None


def marked_up(text: object) -> str | None:
    """A plain text as HTML, its paragraphs as they stand between blank lines; none for what is no text."""
    if not isinstance(text, str):
        return None
    return "".join(f"<p>{html.escape(part)}</p>\n" for part in re.split(r"\n\s*\n", text) if part.strip())


def moment(stated: object) -> datetime | None:
    """The moment that a feed states, with its zone where it has one, midnight for a day alone; none for no date."""
    if not isinstance(stated, str):
        return None
    found = _timestamp(stated.strip()) or _start_of_day(stated)
    return found if found and found.year >= _FIRST_YEAR else None


def _timestamp(stated: str) -> datetime | None:
    """What RSS and Atom ask for: a date and time in the form of RFC 822 or ISO 8601."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(stated)
        except (ValueError, IndexError, OverflowError):
            continue
    return None


def _start_of_day(stated: str) -> datetime | None:
    day = find_date(stated)
    return datetime.combine(day, time()) if day else None


def _shown(markup: str) -> Iterator[str]:
    """The markup without comments, scripts and styles; one that never ends hides all that follows."""
    at = 0
    while hiding := _HIDING.search(markup, at):
        yield markup[at : hiding.start()]
        showing = _SHOWING[(hiding[1] or "").lower()].search(markup, hiding.end())
        at = showing.end() if showing else len(markup)
    yield markup[at:]


def _own_id(entry: Entry) -> str:
    return entry.address or f"sha256:{sha256((entry.text_html or '').encode(errors='replace')).hexdigest()}"
