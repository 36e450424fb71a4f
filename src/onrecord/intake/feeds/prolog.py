"""The beginning of an XML text: the encoding that it is in, and its outermost element.

Feeds and lists of feeds are told from other files by their outermost element, and read from there on: what stands
before it, a document type with the entities that it may declare included, is never given to a parser. So there is no
entity to expand and no other file or address to load. Nothing here raises; a byte that fits no character becomes
U+FFFD, since a feed with one bad byte is still a feed.
"""

import re
from dataclasses import dataclass

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WIDE = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,100}?\sencoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What browsers read under these names, since the bytes 0x80 to 0x9F are curly quotation marks there and nothing here.
_READ_AS = {
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
}
_BEFORE_ROOT = re.compile(r"\s*(?:(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[<>]*(?:\[.*?\]\s*)?>)\s*)*", re.DOTALL)
_TAG = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])")


@dataclass(frozen=True, slots=True)
class Root:
    """The outermost element: its name in lower case without a prefix, and where in the text its tag starts."""

    name: str
    start: int


def xml_text(data: bytes, *, charset: str | None = None) -> str:
    """The characters of an XML text, without those that XML does not allow.

    `charset` is what the transport stated. It counts last: servers state one for everything that they send, whereas
    a byte order mark, or bytes beyond ASCII that are UTF-8 throughout, do not come about by chance.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _cleaned(data[len(mark) :].decode(encoding, errors="replace"))
    wide = next((encoding for beginning, encoding in _WIDE if data.startswith(beginning)), None)
    if wide is None and not data.isascii() and _is_utf8(data):
        return _cleaned(data.decode())
    declared = _DECLARED.match(data)
    stated = declared[1].decode() if declared else charset
    return _cleaned(_decoded(data, wide or stated or "utf-8"))


def root_of(text: str) -> Root | None:
    """The outermost element of a text, behind declarations, comments and a document type; none where there is none."""
    before = _BEFORE_ROOT.match(text)
    start = before.end() if before else 0
    tag = _TAG.match(text, start)
    return Root(tag[1].lower(), start) if tag else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, encoding: str) -> str:
    """The text in the encoding stated; in UTF-8 if Python does not know it, or if it cannot be that one.

    A declaration that was read byte by byte stands in no wide encoding, whatever it says.
    """
    name = encoding.lower()
    if name.startswith(("utf-16", "utf-32", "ucs")) and not data.startswith(tuple(mark for mark, _ in _WIDE)):
        name = "utf-8"
    try:
        return data.decode(_READ_AS.get(name, name), errors="replace")
    except (LookupError, UnicodeError):
        return data.decode(errors="replace")


def _cleaned(text: str) -> str:
    return _NOT_XML.sub("", text)
