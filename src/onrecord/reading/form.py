"""The form of a statement: how much of its content stands between quotation marks."""

import re
from collections.abc import Iterable

from onrecord.span import Span
from onrecord.statement import Form

_WORD = re.compile(r"\w+")


def form_of(text: str, content: Iterable[Span], *, quoted: bytearray) -> Form:
    """Direct where all words are quoted, mixed where some are; `quoted` has a 1 for each quoted character."""
    inside = [quoted[word.start()] for span in content for word in _WORD.finditer(text, span.start, span.end)]
    if not any(inside):
        return Form.INDIRECT
    return Form.DIRECT if all(inside) else Form.MIXED
