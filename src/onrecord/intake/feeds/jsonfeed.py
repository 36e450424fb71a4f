"""JSON Feed 1.0 and 1.1 to a Feed.

feedparser does not read it, and there is little to read: one object with a list of items. A field that does not hold
what it should is as good as absent; an item that is none is left out.
"""

import json
from typing import Any

from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.feeds.entries import Entry, Feed, absolute, marked_up, moment, plain, settled, whole_text


def feed_from_json(text: str, *, source: str, url: str | None = None) -> Feed:
    """The feed that the text holds. Raises InputError for what is no JSON Feed."""
    try:
        # Once more through bytes: JSON can hold half of a character, which no address and no database can.
        channel = json.loads(json.dumps(json.loads(text), ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError) as error:
        message = f"a feed in JSON, broken ({error}); tell those who publish it"
        raise InputError(message, source=source, outcome=Outcome.DAMAGED) from error
    items = channel.get("items") if isinstance(channel, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version/1" not in str(channel.get("version")):
        message = f'no feed: a JSON Feed states its "version" and has a list of "items", which {shown(channel)} has not'
        raise InputError(message, source=source, outcome=Outcome.NO_ARTICLE)
    bases = [url, *(base for name in ("feed_url", "home_page_url") if isinstance(base := channel.get(name), str))]
    entries = settled((_entry(item if isinstance(item, dict) else {}, bases=bases) for item in items), source=source)
    return Feed(plain(channel.get("title")), url or source, entries)


def _entry(item: dict[str, Any], *, bases: list[str | None]) -> Entry:
    """The item's entry. Version 1.0 lets an id be a number, and asks that it be the address where it can."""
    given = item.get("id")
    id = str(given) if isinstance(given, str | int | float) else ""
    return Entry(
        address=absolute(item.get("url"), bases=bases) or absolute(given, bases=[None]),
        id=id,
        title=plain(item.get("title")),
        published_at=moment(item.get("date_published")) or moment(item.get("date_modified")),
        text_html=whole_text(item.get("content_html")) or whole_text(marked_up(item.get("content_text"))),
        authors=_authors(item),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    given = item.get("authors")
    people = given if isinstance(given, list) else [item.get("author")]
    names = (plain(person.get("name")) for person in people if isinstance(person, dict))
    return tuple(dict.fromkeys(name for name in names if name))
