"""One document as it came: bytes, and what the way they came tells of them.

Files, addresses, feeds and archives all end in documents; what a document is (a page, a PDF, a text) is told by its
bytes, and only then does it become an article.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes that should hold one article.

    `source` is how messages name it: the path or address that was asked for. `id` is what its article will be called.
    `url` is the address that answered, after redirects; `charset`, the encoding that the transport stated; `fetched`,
    when it came from the network, with its time zone; `published` serves an article that states no date.
    """

    data: bytes
    source: str
    id: str
    url: str | None = None
    charset: str | None = None
    fetched: datetime | None = None
    record_id: str | None = None
    published: date | None = None
