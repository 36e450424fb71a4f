"""Lines between the paragraphs of the body that promote other content."""

import re
from collections.abc import Iterator

from onrecord.article import ParagraphKind
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding

_LABEL = re.compile(
    r"(?:more|related|read(?: also| more| next| on)?|see(?: also)?|watch|listen|photos?|pictures|gallery|video|"
    r"don['’]t miss|advertisement)\s*[:|–—]\s*\S",
    re.IGNORECASE,
)
LONGEST_CHARS = 150
_TEXT = (ParagraphKind.BODY, ParagraphKind.HEADING)
_PROMOTING = (ParagraphKind.PROMOTION, ParagraphKind.RELATED)


def promotions(material: Material) -> Iterator[Finding]:
    """Each such line, where body stands before it and behind it."""
    kinds = [p.kind for p in material.article.paragraphs]
    body = [index for index, kind in enumerate(kinds) if kind is ParagraphKind.BODY]
    for index, paragraph in enumerate(material.article.paragraphs):
        words = material.words(paragraph.span)
        labelled = paragraph.kind in _TEXT and len(words) <= LONGEST_CHARS and _LABEL.match(words)
        if (paragraph.kind in _PROMOTING or labelled) and body and body[0] < index < body[-1]:
            message = "This line promotes something else in the middle of the article."
            yield Finding(Code.PROMOTION_IN_BODY, (paragraph.span,), message, (words,), 0.85)
