"""The values that pages state: cleaned to one line of plain text, and compared.

What a page says of itself passes through templates and tools that escape it twice, leave tags in it, or break it. Here
it becomes the words that were meant, and nothing more: no word is added, changed or guessed.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

# The entities with their semicolon alone: "AT&T" and "?a=1&copy=2" mean what they say.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_BREAK = re.compile(r"</?(?:br|hr|p|div|li|h[1-6]|blockquote|tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?(?:-->|\Z)", re.DOTALL)
_ESCAPED_QUOTE = re.compile(r"\\+(?=[\"'/])")
# Controls, marks of direction and width, and halves of surrogate pairs, which no file of UTF-8 can hold.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS = re.compile(r"[^\W_]+")
_TIMES_ESCAPED = 3
_MAX_DEPTH = 6
_NAMING = ("@value", "name", "@list", "@set")


def plain(text: str) -> str:
    """The text in one line, its entities and tags undone."""
    return " ".join(_INVISIBLE.sub("", _undone(text, between=" ")).split())


def paragraphs(text: str) -> tuple[str, ...]:
    """The text's paragraphs, each as `plain`: they end with a line or a tag that ends one."""
    return tuple(filter(None, map(plain, _undone(text, between="\n").split("\n"))))


def texts(value: object, *, depth: int = 0) -> Iterator[str]:
    """The texts in a value of JSON-LD: of a string, of each in a list, of an object's name; empty ones left out."""
    if isinstance(value, str):
        if text := plain(value):
            yield text
    elif depth < _MAX_DEPTH and isinstance(value, list):
        for each in value:
            yield from texts(each, depth=depth + 1)
    elif depth < _MAX_DEPTH and isinstance(value, dict):
        named = next((value[key] for key in _NAMING if value.get(key)), None)
        yield from texts(named, depth=depth + 1)


def first_text(value: object) -> str | None:
    """The first of the texts in a value of JSON-LD."""
    return next(texts(value), None)


def key(text: str) -> str:
    """What two spellings of one thing share: their letters and digits, without case, accents and everything else."""
    return "".join(words_of(text))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: runs of letters and digits, without case and accents."""
    joined = text.replace("’", "").replace("'", "")
    if not joined.isascii():
        joined = _ACCENTS.sub("", unicodedata.normalize("NFKD", joined))
    return tuple(_LETTERS.findall(joined.casefold()))


def _undone(text: str, *, between: str) -> str:
    """The text without entities and tags; `between` stands where a tag ended a line."""
    for _ in range(_TIMES_ESCAPED):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(between, text))
    return _ESCAPED_QUOTE.sub("", text) if "\\" in text else text
