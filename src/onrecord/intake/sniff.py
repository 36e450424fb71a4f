"""What bytes are: a page, a feed, an archive, a PDF, a plain text, or nothing that is read.

Files are named after anything, and servers state whatever they are set to state, so the bytes alone decide. They
decide by how they begin: a text that mentions tags is a text, and only one that opens with them is a page. What looks
like nothing in particular is plain text, which is refused later where its bytes fit no character; so the one thing
that has to be told from plain text here is code, which decodes as well as any report does.
"""

import re
from enum import StrEnum

from onrecord.intake.feeds.feed import is_feed, is_opml
from onrecord.intake.feeds.prolog import root_of, xml_text

# Enough to find the first tags of any page, behind whatever comments its makers put above them.
BEGINNING_BYTES = 64 * 1024
_USUALLY_ENOUGH_BYTES = 2048


class Kind(StrEnum):
    """What a file or a document is."""

    PAGE = "a web page"
    TEXT = "a plain text"
    FEED = "a feed"
    FEED_LIST = "a list of feeds (OPML)"
    ARCHIVE = "a web archive (WARC)"
    PDF = "a PDF"
    PACKED = "packed by gzip or zstd"
    XML = "XML, but neither a page nor a feed"
    CODE = "code, a style sheet or data"


_SIGNATURES = (
    # The last is what zstd passes over, as the dictionary that may open an archive.
    (re.compile(rb"\x1f\x8b\x08|\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), Kind.PACKED),
    (re.compile(rb"WARC/\d"), Kind.ARCHIVE),
    # Mail programs and servers put lines above a PDF, so its readers look further than the first bytes.
    (re.compile(rb"(?:[^<]{0,1000}[\r\n])?%PDF-\d\.\d"), Kind.PDF),
)
# What pages open with when they are cut out of other pages. Inline tags are not among them: a text may open with <i>.
_OPENING_TAGS = frozenset(
    "article aside base blockquote body center div dl figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe "
    "link main meta nav noscript ol p pre script section style table template title ul".split()
)
# With which the warnings open that some programs put above their pages.
_WARNING_TAGS = frozenset("b br font span".split())
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])")
_PAGE_TYPE = re.compile(r"<!DOCTYPE\s+html\b", re.IGNORECASE)
_BEFORE_TAGS = re.compile(r"(?:\s+|<\?xml.*?\?>|<!--.*?-->)*", re.DOTALL)
_WHOLE_PAGE = re.compile(r"<(?:html|body)[\s>]|<!DOCTYPE\s+html\b", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml\s|!DOCTYPE\s|[\w:.-]+\s[^<>]*\bxmlns\b)", re.IGNORECASE)
_OPENS_AS_CODE = re.compile(
    r"\s*(?:#!|/\*|//|<\?php|<%|[\"']use strict[\"']|@(?:charset|import|media|font-face)\b|[!;(]+function\b|"
    r"function\s+\w+\s*\(|(?:var|let|const)\s+[\w$]+\s*=|import\s[^;\n]+\sfrom\s*[\"']|from [\w.]+ import [\w., (]+\n)"
)
_CODE_MARK = re.compile(r"[{}]|;(?=\S)|;\s*$", re.MULTILINE)
_CODE_CHARS = 2000
# Braces, and semicolons without a blank behind them, among the characters that are no white space: the beginnings of
# 1,381 texts (data/*.jsonl.gz, eval/pages_open.jsonl, articles/) have .0013 of them at most; of 177 scripts and style
# sheets that came with a system and its Python packages, 173 have as many as this or open as code does.
_MIN_CODE_SHARE = 0.015
_MIN_CODE_MARKS = 6


def kind_of(beginning: bytes) -> Kind:
    """What bytes are that begin so; BEGINNING_BYTES are enough, all of them where there are fewer."""
    signed = next((kind for signature, kind in _SIGNATURES if signature.match(beginning)), None)
    if signed is None and is_page(beginning):
        signed = Kind.PAGE
    return signed or _kind_of_text(xml_text(beginning[:BEGINNING_BYTES]), beginning)


def _kind_of_text(text: str, beginning: bytes) -> Kind:
    if text.lstrip().startswith(("<", "{")):
        if is_opml(beginning):
            return Kind.FEED_LIST
        if is_feed(beginning):
            return Kind.FEED
        if _XML.match(text) and root_of(text):
            return Kind.XML
    return Kind.CODE if _is_code(text[:_CODE_CHARS]) else Kind.TEXT


def is_page(beginning: bytes) -> bool:
    """Whether bytes begin as a web page does, or as a part of one."""
    # Nearly all show it at once; more is looked at where comments stand above the page.
    return any(_opens_as_page(xml_text(beginning[:n_bytes])) for n_bytes in (_USUALLY_ENOUGH_BYTES, BEGINNING_BYTES))


def _opens_as_page(text: str) -> bool:
    """Whether a text opens with the tags of a web page, comments and an XML declaration aside."""
    before = _BEFORE_TAGS.match(text)
    start = before.end() if before else 0
    if not text.startswith("<", start):
        return False
    if _PAGE_TYPE.match(text, start):
        return True
    first = _TAG.match(text, start)
    if first is None:
        return False
    name = first[1].lower()
    if name in _WARNING_TAGS:
        return _WHOLE_PAGE.search(text, start) is not None
    return name in _OPENING_TAGS and any(tag[1].lower() in _OPENING_TAGS for tag in _TAG.finditer(text, first.end()))


def _is_code(beginning: str) -> bool:
    if _OPENS_AS_CODE.match(beginning):
        return True
    n_marks = len(_CODE_MARK.findall(beginning))
    n_characters = len(beginning) - sum(map(str.isspace, beginning))
    return n_marks >= _MIN_CODE_MARKS and n_marks >= _MIN_CODE_SHARE * n_characters
