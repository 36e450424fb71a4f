"""When the report came out, and when it was changed.

What is stated for this report wins, in the order of belief: JSON-LD, meta tags, microdata, the time near the headline,
the address. The moment is kept in the zone that it is stated in, and a time without a zone stays without. A day of
which a lower source knows the time takes it over. Days before the web and days to come are believed last.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import partial

from lxml.html import HtmlElement

from onrecord.intake.dates import dates_behind, find_date
from onrecord.intake.page.stated import Stated
from onrecord.intake.page.values import texts
from onrecord.intake.page.visible import dated_elements
from onrecord.intake.page.words import line_in

_PUBLISHED = (
    "article:published_time og:article:published_time article:published og:datepublished datepublished "
    "article.published og:published_time og:pubdate published published_time publish_date publish-date publishdate "
    "publication_date publication-date pubdate pub_date pubdate-iso date_published rnews:datepublished "
    "parsely-pub-date sailthru.date cxenseparse:publishtime cxenseparse:recs:publishtime dc.date.issued "
    "dcterms.issued dcterms.date dc.date dc.date.created dcterms.created citation_publication_date citation_date "
    "prism.publicationdate date.available date article.created datecreated date.created".split()
)
_MODIFIED = (
    "article:modified_time article:modified og:updated_time og:modified_time datemodified article.updated "
    "date.modified dcterms.modified dc.date.modified last-modified last_modified lastmod updated revised "
    "cxenseparse:modified_time".split()
)
# Names that nobody listed: a date or a time of publishing, and none of a change.
_SAYS_PUBLISHED = re.compile(
    r"(?:pub|issued?|post|releas|creat)\w*[\W_]*(?:date|time|on)|(?:date|time)[\W_]*(?:pub|of_?pub|issued|post|releas)"
)
_SAYS_OTHER = re.compile(r"modif|updat|expir|unpub|edit|revis|first|last")
_ISO = re.compile(
    r"(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})"
    r"(?:(?:[T\s,]|\s@\s)+(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<ap>[AaPp]\.?[Mm]\b\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?\s?[+-]\d{2}:?\d{2})?(?![\d:]))?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<h>\d{2}):?(?P<min>\d{2}):?(?P<s>\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_AS_BROWSERS = re.compile(
    r"\w{3} (?P<month>\w{3}) (?P<day>\d{1,2}) (?P<year>\d{4}) (?P<clock>\d{2}:\d{2}:\d{2}) "
    r"(?:GMT|UTC)?(?P<zone>[+-]\d{4})?"
)
_AS_MAIL = re.compile(
    r"(?:\w{3},\s+)?\d{1,2}\s+\w{3}\s+\d{4}\s+\d{2}:\d{2}(?::\d{2})?(?:\s+(?:[A-Z]{1,4}|[+-]\d{4}))?", re.ASCII
)
_YEAR_LAST = re.compile(r"(?<!\d)(?P<one>\d{1,2})(?P<mark>[./])(?P<two>\d{1,2})(?P=mark)(?P<y>\d{4})(?!\d)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<mark>[/_-]?)(?P<m>\d{1,2}|[a-z]{3})(?P=mark)(?P<d>\d{1,2})(?!\d)", re.IGNORECASE
)
_CHANGED = re.compile(r"updat|modif|edit|chang|revis", re.IGNORECASE)
_SAYS_BOTH = re.compile(r"\b(?:published|posted)\b.*\bupdated\b", re.IGNORECASE)
_NEW_YEAR = "-01-01"
_EITHER = re.compile(r"(?=.*\b(?:entry-date|(?:\w+-)?published)\b).*\bupdated\b.*", re.DOTALL)
_MAX_CHARS = 100
_MONTHS = 12
_FIRST_YEAR = 1990
_MAX_AHEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time on it where that is stated."""

    day: date
    at: datetime | None = None


def published_on(stated: Stated, *, heading: HtmlElement | None) -> Moment | None:
    """When the report came out; none where nothing on the page says so. `heading` is where its headline stands."""
    doubted: list[Moment] = []
    seen = partial(_seen_moments, heading=heading)
    for find in (_stated_moments, seen, _addressed_moments, partial(seen, changed=True), _worked_out):
        found = list(find(stated))
        if likely := [moment for moment in found if _is_likely(moment.day)]:
            return _with_time(likely[0], likely)
        doubted += found
    return next(iter(doubted), None)


def modified_at(stated: Stated) -> datetime | None:
    """When the report was last changed, where the page states the moment."""
    values = (
        *_linked_texts(stated, "dateModified"),
        *stated.meta(*_MODIFIED),
        *stated.microdata.get("datemodified", ()),
    )
    moments = (moment_in(value) for value in values)
    return next((moment.at for moment in moments if moment and moment.at and _is_likely(moment.day)), None)


def moment_in(text: str) -> Moment | None:
    """The day and the time that a value gives, in any of the forms that programs write; none for anything else."""
    value = text.strip()[:_MAX_CHARS]
    if match := _ISO.match(value) or _COMPACT.fullmatch(value):
        return _moment(match)
    if _EPOCH.fullmatch(value):
        at = datetime.fromtimestamp(int(value[:10]), UTC)
        return Moment(at.date(), at)
    if match := _AS_BROWSERS.match(value):
        value = f"{match['day']} {match['month']} {match['year']} {match['clock']} {match['zone'] or '+0000'}"
    if _AS_MAIL.fullmatch(value):
        with suppress(ValueError, TypeError):  # no such day
            at = parsedate_to_datetime(value)
            return Moment(at.date(), at)
    day = find_date(value) or _year_last(value)
    return Moment(day) if day else None


def _moment(match: re.Match[str]) -> Moment | None:
    given = match.groupdict()
    try:
        day = date(int(given["y"]), int(given["m"]), int(given["d"]))
    except ValueError:
        return None
    if given["h"] is None:
        return Moment(day)
    hour = int(given["h"])
    if half := given.get("ap"):
        hour = hour % 12 + 12 * half.lower().startswith("p") if hour <= 12 else hour
    try:
        clock = time(hour, int(given["min"]), int(given["s"] or 0), tzinfo=_zone(given["zone"]))
    except ValueError:  # no such time of day, or no such zone; the day stands
        return Moment(day)
    return Moment(day, datetime.combine(day, clock))


def _year_last(text: str) -> date | None:
    """A day such as 30/4/2024 or 13.11.2019; none where half of the world would read another one."""
    match = _YEAR_LAST.search(text)
    if match is None:
        return None
    one, two = int(match["one"]), int(match["two"])
    if match["mark"] == "/" and max(one, two) <= _MONTHS and one != two:
        return None
    day, month = (one, two) if two <= _MONTHS else (two, one)
    try:
        return date(int(match["y"]), month, day)
    except ValueError:
        return None


def _zone(stated: str | None) -> timezone | None:
    if stated is None:
        return None
    offset = re.search(r"(?P<sign>[+-])(?P<h>\d{2}):?(?P<min>\d{2})", stated)
    if offset is None:
        return UTC
    ahead = timedelta(hours=int(offset["h"]), minutes=int(offset["min"]))
    return timezone(-ahead if offset["sign"] == "-" else ahead)


def _is_likely(day: date) -> bool:
    return day.year >= _FIRST_YEAR and day <= datetime.now(UTC).date() + _MAX_AHEAD


def _with_time(moment: Moment, others: Sequence[Moment]) -> Moment:
    """The moment with the time of another source that names the same day, where it has none itself."""
    if moment.at is not None:
        return moment
    return next((other for other in others if other.at is not None and other.day == moment.day), moment)


def _stated_moments(stated: Stated) -> Iterator[Moment]:
    """What the page states in its data for machines."""
    unlisted = (name for name in stated.metas if _SAYS_PUBLISHED.search(name) and not _SAYS_OTHER.search(name))
    values = (
        *_linked_texts(stated, "datePublished"),
        *stated.meta(*_PUBLISHED),
        *stated.microdata.get("datepublished", ()),
        *stated.meta(*unlisted),
        *_linked_texts(stated, "dateCreated", "uploadDate"),
        *stated.microdata.get("datecreated", ()),
    )
    return filter(None, map(moment_in, values))


def _linked_texts(stated: Stated, *properties: str) -> Iterator[str]:
    values = (value for name in properties for value in stated.linked_values(name))
    return (text for value in values for text in texts(str(value) if type(value) is int else value))


def _seen_moments(stated: Stated, *, heading: HtmlElement | None, changed: bool = False) -> Iterator[Moment]:
    """What stands near the headline: when it was published or, if `changed`, when it was changed."""
    for element in dated_elements(stated, heading=heading):
        text = line_in(element)
        moment = moment_in(element.get("datetime") or "") or _in_words(text)
        if moment and _tells_change(element, text) == changed:
            yield moment


def _tells_change(element: HtmlElement, text: str) -> bool:
    """Whether an element's names or its words, or the words before a time, speak of a change.

    Some programs call every date "updated", that of publication too.
    """
    parent = element.getparent()
    before = (parent.text or "") if parent is not None else ""
    classes = _EITHER.sub("", element.get("class", ""))
    if _SAYS_BOTH.search(text):
        return False
    return _CHANGED.search(f"{classes} {element.get('itemprop', '')} {before[-20:]} {text}") is not None


def _in_words(text: str) -> Moment | None:
    if not 0 < len(text) <= _MAX_CHARS:
        return None
    dates = dates_behind(text)
    day = dates.published or dates.updated if dates else None
    return Moment(day) if day else moment_in(text)


def _addressed_moments(stated: Stated) -> Iterator[Moment]:
    """The days in the page's address: "/2024/05/17/", "/2024/may/17/", "2024-05-17-"."""
    for address in stated.all_addresses():
        for match in _IN_ADDRESS.finditer(address):
            given = "-".join((match["y"], match["m"], match["d"])) if match["m"].isdigit() else ""
            moment = moment_in(given) if given else moment_in(f"{match['d']} {match['m']} {match['y']}")
            if moment:
                yield moment


def _worked_out(stated: Stated) -> Iterator[Moment]:
    """What htmldate makes of the whole page, which takes long; the last resort.

    A New Year's Day is what it makes of the year beside a copyright mark.
    """
    from htmldate import find_date as find_likely_date  # noqa: PLC0415 - few pages need it, and it takes long to load

    found = find_likely_date(stated.tree, original_date=True, url=stated.url)
    if found and not found.endswith(_NEW_YEAR) and (moment := moment_in(found)):
        yield moment
