"""Which outlet published the page, by its proper name, and by which names the page itself calls it.

The list of outlets knows many by their address. Whatever it does not know is called what the page calls itself, and of
the names that it gives the one that stands behind its titles is the one its readers know.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from onrecord.intake.page.stated import Stated
from onrecord.intake.page.values import first_text, key
from onrecord.outlets import OutletKind, outlet_at, outlet_named

_METAS = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "al:ios:app_name",
    "dc.publisher",
    "publisher",
)
# In front of a host, of the same outlet's other forms and older ones.
_SAME_SITE = re.compile(r"ww?w?\d*|m|mobile|amp|edition")
_BETWEEN = re.compile(r"\s[|–—·:-]\s|\|")
_MARKS = " |–—-•·»›:/"
_MAX_NAME_CHARS = 60
_MAX_NAME_WORDS = 5


def site_names(stated: Stated) -> tuple[str, ...]:
    """Everything that the page calls its outlet, and its proper name and aliases where it is a known one."""
    host = host_of(stated)
    known = outlet_at(host)
    listed = (known.name, *known.aliases, *known.ambiguous_aliases) if known else ()
    site = _bare(host)
    return tuple(filter(None, (*_own_names(stated), *listed, site, site.partition(".")[0])))


def outlet_of(stated: Stated, *, title: str | None) -> str | None:
    """The outlet's proper name; none where neither the list nor the page names it. `title` is the headline."""
    host = host_of(stated)
    at = outlet_at(host)
    listed = at if at and at.kind is not OutletKind.PLATFORM else None
    if listed and _bare(host) in listed.domains:
        return listed.name
    own = [name for name in _own_names(stated) if key(name) not in _labels_in_front(host)]
    name = _readers_name(own, stated) or _beside_title(stated.document_title, title=title, host=host)
    if name is None or key(name) in _labels_in_front(host):
        return listed.name if listed else None
    named = outlet_named(name, in_context=listed is not None)
    if listed and (named == listed or key(name) in map(key, (listed.name, *listed.aliases))):
        return listed.name
    return named.name if named and named.kind is not OutletKind.PLATFORM and outlet_named(name) else name


def _readers_name(own: Sequence[str], stated: Stated) -> str | None:
    """Of the names that a page gives the one behind its titles, in the form that it has there; else the first one."""
    titles = [each for each in (stated.document_title, *stated.meta("og:title")) if each]
    behind = [name for name in own if any(key(each).endswith(key(name)) for each in titles)]
    if behind:
        longest = max(map(key, behind), key=len)
        forms = [name for name in behind if key(name) == longest]
        return next((name for name in forms if any(name in each for each in titles)), forms[0])
    names = [name for name in own if not _is_address(name)] or own
    return next(iter(names), None)


def _beside_title(document_title: str | None, *, title: str | None, host: str) -> str | None:
    """The outlet's name in the browser's tab: what its host is called, or what alone stands beside the headline."""
    *_, last = _BETWEEN.split(document_title or "")
    label = key(_bare(host).partition(".")[0])
    if label and key(last).startswith(label) and len(last.split()) <= _MAX_NAME_WORDS:
        return last.strip()
    before, found, behind = (document_title or "").partition(title or "\n")
    names = [name for name in (before.strip(_MARKS), behind.strip(_MARKS)) if name]
    is_one = found and len(names) == 1 and len(names[0].split()) <= _MAX_NAME_WORDS and not _BETWEEN.search(names[0])
    return names[0] if is_one else None


def host_of(stated: Stated) -> str:
    """The host of the page's address; "" where it is not known."""
    for address in stated.all_addresses():
        with suppress(ValueError):  # an unpaired square bracket
            if host := urlsplit(address).hostname:
                return host
    return ""


def _own_names(stated: Stated) -> Iterator[str]:
    """What the page calls its outlet; an agency that it has the report from comes last."""
    publishers = [name for value in stated.linked_values("publisher") if (name := _publisher(value, stated))]
    names = [*publishers, *stated.meta(*_METAS)]
    names = [
        name for name in names if len(name) <= _MAX_NAME_CHARS and "//" not in name and name != stated.document_title
    ]
    yield from sorted(names, key=_is_agency)


def _publisher(value: object, stated: Stated) -> str | None:
    return first_text(stated.linked.whole(value) if isinstance(value, dict) else value)


def _is_agency(name: str) -> bool:
    known = outlet_named(name, in_context=True)
    return known is not None and known.kind is OutletKind.AGENCY


def _bare(host: str) -> str:
    """The host without the label for another form of the same site."""
    front, _, rest = host.partition(".")
    return rest if _SAME_SITE.fullmatch(front) and "." in rest else host


def _labels_in_front(host: str) -> set[str]:
    """The labels in front of a site's own, which some programs give for its name: "hosted.weyport.example"."""
    return set(_bare(host).split(".")[:-2])


def _is_address(name: str) -> bool:
    return "." in name and " " not in name
