"""A page's bytes to a tree of elements: which encoding, and what no parser should have to see.

The order of belief is that of browsers: a byte order mark, what the server said, what the page says; but bytes that are
whole UTF-8 are UTF-8 whatever anybody says. Characters that fit nowhere are replaced, which is said on the logger, and
refused where they are many.
"""

import codecs
import logging
import re

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from onrecord.errors import InputError, Outcome
from onrecord.intake.document import Document

# The largest of the 121 pages of eval/pages_open.jsonl has 1.7 MB.
MAX_PAGE_BYTES = 12 * 1024 * 1024
_LOG = logging.getLogger("onrecord")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_STATED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_STATED_IN_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_STATED_WITHIN = 4096
# Browsers read what calls itself Latin-1 or ASCII as Windows-1252, which has the curly quotation marks.
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949",
            "shift_jis": "cp932", "tis-620": "cp874", "iso8859-9": "cp1254"}  # fmt: skip
_MAX_REPLACED_SHARE = 0.01
_REPLACED = "\ufffd"
_CONTROL = bytes(byte for byte in (*range(0x20), 0x7F) if byte not in b"\t\n\f\r")


def tree_of(document: Document) -> HtmlElement:
    """The page's elements. Raises InputError where there is nothing in it, or too much, or it is no text."""
    if len(document.data) > MAX_PAGE_BYTES:
        message = f"larger than {MAX_PAGE_BYTES // 1024**2} MB, the limit for one page; save its text as a file"
        raise InputError(message, source=document.source, outcome=Outcome.TOO_LARGE)
    data = _in_utf8(document).translate(None, delete=_CONTROL)
    if not data.strip():
        raise InputError("nothing to read: the page is empty", source=document.source, outcome=Outcome.EMPTY)
    try:
        return document_fromstring(data, parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except (ParserError, ValueError) as error:
        message = "nothing to read: the page has no elements with text"
        raise InputError(message, source=document.source, outcome=Outcome.EMPTY) from error


def _in_utf8(document: Document) -> bytes:
    """The page's bytes in UTF-8, without a byte order mark."""
    encoding = _encoding_of(document)
    if encoding == "utf-8" and _is_utf8(document.data):
        return document.data.removeprefix(codecs.BOM_UTF8)
    text = document.data.decode(encoding, "replace").removeprefix("\ufeff")
    n_replaced = text.count(_REPLACED)
    if n_replaced > _MAX_REPLACED_SHARE * len(text):
        raise InputError(
            f"{n_replaced} of its characters fit no encoding that the page or its server states ({encoding}); "
            "save it again as UTF-8",
            source=document.source,
            outcome=Outcome.NOT_TEXT,
        )
    if n_replaced:
        _LOG.warning("%s: %d characters are no %s and were replaced", document.source, n_replaced, encoding)
    return text.encode("utf-8", "replace")


def _encoding_of(document: Document) -> str:
    """A name that Python's codecs know."""
    for bom, encoding in _BOMS:
        if document.data.startswith(bom):
            return encoding
    if _is_utf8(document.data):
        return "utf-8"
    beginning = document.data[:_STATED_WITHIN]
    in_page = _STATED_IN_XML.search(beginning) or _STATED.search(beginning)
    stated = (document.charset, in_page[1].decode("ascii") if in_page else None)
    return next((known for label in stated if label and (known := _known(label))), "cp1252")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _known(label: str) -> str | None:
    """The codec to read with; none for a label that names no encoding of text, or UTF-8, which it is not."""
    try:
        name = codecs.lookup(label.strip()).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return None if name in {"utf-8", "utf-16", "utf-32"} else _READ_AS.get(name, name)
