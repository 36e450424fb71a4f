"""A PDF's pages, if it can be read: what is locked, damaged or larger than any report is refused with its reason.

pdfium mends what breaks off and unpacks whatever it is given, so both are looked for before it is asked.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from pypdfium2 import PdfDocument, PdfiumError  # type: ignore[import-untyped] # it ships no types

from onrecord.errors import InputError, Outcome
from onrecord.intake.printed.lines import Sheet, sheet_of
from onrecord.intake.text import MAX_BYTES

# A press release has a page or two and a long report two hundred; every page takes pdfium memory.
_MAX_PAGES = 300
_MAX_CHARACTERS = 2_000_000
# What a page draws is some kilobytes where it is text, some megabytes where it is a map.
_MAX_STREAM_BYTES = 32 * 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY_BYTES = 1000
_TRAILER = b"%%EOF"
_TRAILER_WITHIN = 4096
_WRONG_PASSWORD = 4


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """The pages of a PDF, and what its metadata call its title, "" where they do not."""

    sheets: tuple[Sheet, ...]
    title: str


def printed_file(data: bytes, *, source: str) -> PrintedFile:
    """What is printed in a PDF. Raises InputError."""
    _refuse_unreadable(data, source=source)
    try:
        with PdfDocument(data) as pdf:
            return PrintedFile(tuple(_sheets(pdf, source=source)), pdf.get_metadata_value("Title"))
    except PdfiumError as error:
        raise _error_of(error, data, source=source) from error


def _refuse_unreadable(data: bytes, *, source: str) -> None:
    """Raises InputError for what pdfium would not refuse: a file that breaks off, and one that unpacks to too much."""
    if len(data) > MAX_BYTES:
        raise _too_large(f"larger than {MAX_BYTES // 1024**2} MB, the limit for one article; split it", source=source)
    if _TRAILER not in data[-_TRAILER_WITHIN:]:
        message = "a PDF that breaks off: its end is missing; fetch it again"
        raise InputError(message, source=source, outcome=Outcome.DAMAGED)
    for stream in _STREAM.finditer(data):
        is_image = b"/Image" in data[max(0, stream.start() - _DICTIONARY_BYTES) : stream.start()]
        if not is_image and _unpacks_to_more(memoryview(data)[stream.end() :]):
            limit_mb = _MAX_STREAM_BYTES // 1024**2
            raise _too_large(f"a part of this PDF unpacks to more than {limit_mb} MB, as no text does", source=source)


def _unpacks_to_more(packed: memoryview) -> bool:
    try:
        return len(zlib.decompressobj().decompress(packed, _MAX_STREAM_BYTES + 1)) > _MAX_STREAM_BYTES
    except zlib.error:
        return False  # packed in another way, or not at all


def _sheets(pdf: PdfDocument, *, source: str) -> Iterator[Sheet]:
    n_pages, n_left = len(pdf), _MAX_CHARACTERS
    if n_pages > _MAX_PAGES:
        message = f"{n_pages} pages; the limit for one article is {_MAX_PAGES}; split it"
        raise _too_large(message, source=source)
    for number in range(n_pages):
        with closing(pdf[number]) as page:
            sheet = sheet_of(page, number=number, max_characters=n_left)
        if sheet is None:
            message = f"more than {_MAX_CHARACTERS:,} characters, the limit for one article; split it"
            raise _too_large(message, source=source)
        n_left -= sum(len(line.text) for line in sheet.lines)
        yield sheet


def _too_large(message: str, *, source: str) -> InputError:
    return InputError(message, source=source, outcome=Outcome.TOO_LARGE)


def _error_of(error: PdfiumError, data: bytes, *, source: str) -> InputError:
    # pdfium leaves the code of an earlier file's failure where it has none for this one.
    if error.err_code == _WRONG_PASSWORD and b"/Encrypt" in data:
        message = "a PDF that is locked by a password; save it without one"
        return InputError(message, source=source, outcome=Outcome.NOT_TEXT)
    message = f"a PDF that cannot be read: {error}; fetch it again, or print it to a new one"
    return InputError(message, source=source, outcome=Outcome.DAMAGED)
