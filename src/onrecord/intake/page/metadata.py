"""What a page says of itself: headline, authors, dates, outlet, address, and which of it is believed.

News pages say these things several times over, for search engines, for social networks, for libraries and for readers,
and not always the same. Each field is taken from the surest source that has it; what no source states stays none. The
text of the report is read elsewhere; its copy in JSON-LD, where there is one, is handed on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from onrecord.intake.domains import registered_domain
from onrecord.intake.page.authors import authors_of
from onrecord.intake.page.dates import modified_at, published_on
from onrecord.intake.page.linked import page_path
from onrecord.intake.page.outlet import host_of, outlet_of, site_names
from onrecord.intake.page.stated import Stated, stated_on
from onrecord.intake.page.title import heading_of, title_of
from onrecord.intake.page.values import key, paragraphs, texts

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.{3}|\[(?:…|\.{3})\])\s*$")
_MIN_BODY_WORDS = 100


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page states of the report on it.

    `published` is the day as the page writes it, `published_at` the moment, in the page's zone where it states one.
    `outlet` is the outlet's proper name, `domain` the registered domain of its site, `url` the address that the page
    gives as the report's own. `standfirst` is the page's own summary, `body` the report's text in the page's JSON-LD,
    an empty line between paragraphs. `is_article` is whether the page says that it is one, none where it says nothing.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    published: date | None = None
    modified_at: datetime | None = None
    outlet: str | None = None
    domain: str | None = None
    url: str | None = None
    language: str | None = None
    standfirst: str | None = None
    body: str | None = None
    is_article: bool | None = None


def metadata_of(tree: HtmlElement, *, url: str | None) -> Metadata:
    """What the page states; `url` is the address that it came from. The tree is not changed."""
    stated = stated_on(tree, url=url)
    names = site_names(stated)
    title = title_of(stated, site_names=names)
    heading = heading_of(stated, title=title)
    published = published_on(stated, heading=heading)
    return Metadata(
        title=title,
        authors=authors_of(stated, site_names=names, heading=heading),
        published_at=published.at if published else None,
        published=published.day if published else None,
        modified_at=modified_at(stated),
        outlet=outlet_of(stated, title=title),
        domain=registered_domain(host_of(stated)),
        url=_canonical(stated),
        language=_language(stated),
        standfirst=_standfirst(stated, title=title),
        body=_body(stated),
        is_article=_is_article(stated),
    )


def _canonical(stated: Stated) -> str | None:
    """The first of the addresses that the page gives as its own that can be one."""
    linked = (text for value in stated.linked_values("url", "mainEntityOfPage") for text in _addresses(value))
    return next((url for url in (*stated.addresses, *linked) if _is_plausible(url, stated)), None)


def _addresses(value: object) -> Iterator[str]:
    return texts([value.get("@id"), value.get("url")] if isinstance(value, dict) else value)


def _is_plausible(address: str, stated: Stated) -> bool:
    """Whether it is a web address on the page's own site, and not the site's front page."""
    try:
        parts = urlsplit(address)
    except ValueError:  # an unpaired square bracket
        return False
    if parts.scheme not in {"http", "https"} or not parts.hostname or not page_path(address):
        return False
    return registered_domain(parts.hostname) == registered_domain(host_of(stated))


def _language(stated: Stated) -> str | None:
    """The tag of the language that the page says it is in: "en-GB"."""
    stated_tags = (
        *(text for value in stated.linked_values("inLanguage") for text in _tags(value)),
        stated.tree.get("lang") or "",
        *stated.meta("content-language", "dc.language", "dcterms.language", "language", "og:locale"),
    )
    return next((tag.replace("_", "-") for tag in stated_tags if _LANGUAGE.fullmatch(tag)), None)


def _tags(value: object) -> Iterator[str]:
    return texts([value.get("alternateName"), value.get("name")] if isinstance(value, dict) else value)


def _standfirst(stated: Stated, *, title: str | None) -> str | None:
    """The page's summary of its report, if it is more than the headline and not the beginning of something longer."""
    given = (
        *(text for value in stated.linked_values("description") for text in texts(value)),
        *stated.meta("og:description", "description", "twitter:description", "sailthru.description", "dc.description"),
        *stated.microdata.get("description", ()),
        *(text for value in stated.linked_values("alternativeHeadline") for text in texts(value)),
    )
    return next((text for text in given if not _CUT.search(text) and key(text) != key(title or "")), None)


def _body(stated: Stated) -> str | None:
    """The text of the report in the page's JSON-LD, where it is long enough to be one and not cut."""
    for value in stated.linked_values("articleBody"):
        body = "\n\n".join(paragraphs(value)) if isinstance(value, str) else ""
        if len(body.split()) >= _MIN_BODY_WORDS and not _CUT.search(body):
            return body
    return None


def _is_article(stated: Stated) -> bool | None:
    """Whether the page says that it is an article; none where it does not say what it is."""
    if stated.reports:
        return True
    kind = next(stated.meta("og:type"), None)
    return kind.lower().startswith("article") if kind else None
