"""The lines on the pages of a PDF, each with its place.

A PDF says which character stands where, and next to nothing else. What comes here is no more than that: characters on
one height and near one another are a line, so that a row of a table, or of two columns, is as many lines as it has
parts. What stands at a slant or upright, such as a watermark, is left out.
"""

import ctypes
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

from pypdfium2 import PdfPage, PdfTextPage, raw  # type: ignore[import-untyped] # it ships no types

# A heading, a caption and the lines of a column are farther apart than this, in sizes of the type, and words that are
# spaced out to fill a line are not.
_MAX_GAP = 1.7
_MAX_RISE = 0.5
_MAX_OVERLAP = 1.0
_MAX_SLANT = 0.1
_LINE_ENDS = "\0\r\n"


@dataclass(frozen=True, slots=True)
class Line:
    """Characters beside one another. Places are in points, from left to right and upwards; `size` is the type's.

    `page` counts from 0.
    """

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: where it ends at the foot and at the head, and its lines in the order of the file."""

    bottom: float
    top: float
    lines: tuple[Line, ...]


def sheet_of(page: PdfPage, *, number: int, max_characters: int) -> Sheet | None:
    """A page's lines; none where it has more than `max_characters`."""
    n_turns = page.get_rotation() // 90
    left, bottom, right, top = page.get_mediabox()
    corners = [_turned(left, bottom, n_turns)[1], _turned(right, top, n_turns)[1]]
    with closing(page.get_textpage()) as text:
        if text.count_chars() > max_characters:
            return None
        return Sheet(min(corners), max(corners), tuple(_lines(text, page=number, n_turns=n_turns)))


@dataclass(slots=True)
class _Glyph:
    """A character and its place, turned as the page is shown."""

    character: str
    left: float
    right: float
    baseline: float


@dataclass(slots=True)
class _Growing:
    """A line while its characters come."""

    page: int
    size: float
    left: float
    right: float
    baseline: float
    characters: list[str] = field(default_factory=list)

    def takes(self, glyph: _Glyph) -> bool:
        """Whether a character stands in this line: on its height, and neither far behind its end nor before it."""
        gap = glyph.left - self.right
        rise = abs(glyph.baseline - self.baseline)
        return rise <= _MAX_RISE * self.size and -_MAX_OVERLAP * self.size <= gap <= _MAX_GAP * self.size

    def line(self) -> Line:
        """The line, whole."""
        text = "".join(self.characters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return Line(" ".join(text.split()), self.page, self.left, self.right, self.baseline, self.size)


def _lines(text: PdfTextPage, *, page: int, n_turns: int) -> Iterator[Line]:
    growing: _Growing | None = None
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character.isspace() or character in _LINE_ENDS:
            if growing is not None:
                growing.characters.append(" ")
            continue
        glyph = _glyph(text, index, character, n_turns=n_turns)
        if not math.isfinite(glyph.left + glyph.right + glyph.baseline):
            continue
        if growing is None or not growing.takes(glyph):
            if growing is not None:
                yield growing.line()
            size = _size(text, index, n_turns=n_turns)
            growing = _Growing(page, size, glyph.left, glyph.right, glyph.baseline) if size else None
        if growing is not None:
            growing.characters.append(character)
            growing.right = max(growing.right, glyph.right)
    if growing is not None:
        yield growing.line()


def _glyph(text: PdfTextPage, index: int, character: str, *, n_turns: int) -> _Glyph:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    if not n_turns:
        return _Glyph(character, left.value, right.value, y.value)
    sides = [_turned(left.value, bottom.value, n_turns)[0], _turned(right.value, top.value, n_turns)[0]]
    return _Glyph(character, min(sides), max(sides), _turned(x.value, y.value, n_turns)[1])


def _size(text: PdfTextPage, index: int, *, n_turns: int) -> float:
    """The size of a character in points; 0 where it does not stand upright on the page as it is shown."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    slant = math.atan2(matrix.b, matrix.a) - n_turns * math.pi / 2
    if abs(math.sin(slant)) > _MAX_SLANT or math.cos(slant) < 0:
        return 0
    size: float = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    return size


def _turned(x: float, y: float, n_turns: int) -> tuple[float, float]:
    """A place on a page that is shown turned by so many quarters."""
    for _ in range(n_turns):
        x, y = y, -x
    return x, y
