"""Labelled lines at the head of a text, as "Title: …" or "Published: …"."""

import re
from enum import StrEnum


class Field(StrEnum):
    """What a labelled line states about its article."""

    TITLE = "title"
    AUTHORS = "authors"
    PUBLISHED = "published"
    OUTLET = "outlet"
    URL = "url"


_FIELDS = {
    "title": Field.TITLE,
    "headline": Field.TITLE,
    "by": Field.AUTHORS,
    "byline": Field.AUTHORS,
    "author": Field.AUTHORS,
    "authors": Field.AUTHORS,
    "date": Field.PUBLISHED,
    "published": Field.PUBLISHED,
    "posted": Field.PUBLISHED,
    "outlet": Field.OUTLET,
    "publication": Field.OUTLET,
    "url": Field.URL,
}
_LABEL = re.compile(rf"({'|'.join(_FIELDS)})\s*:\s*(?=\S)", re.IGNORECASE)


def labelled(text: str) -> tuple[Field, str] | None:
    """The field and its value where a line begins with one of the known labels."""
    match = _LABEL.match(text) if ":" in text else None
    return (_FIELDS[match[1].lower()], text[match.end() :].strip()) if match else None
