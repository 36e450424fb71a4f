"""Lines between the paragraphs of the body that promote other content."""

from collections.abc import Iterator

from onrecord.article import ParagraphKind
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding

_PROMOTING = (ParagraphKind.PROMOTION, ParagraphKind.RELATED)


def promotions(material: Material) -> Iterator[Finding]:
    """Each such line, where body stands before it and behind it."""
    kinds = [p.kind for p in material.article.paragraphs]
    body = [index for index, kind in enumerate(kinds) if kind is ParagraphKind.BODY]
    for index, paragraph in enumerate(material.article.paragraphs):
        if paragraph.kind in _PROMOTING and body and body[0] < index < body[-1]:
            message = "This line promotes something else in the middle of the article."
            yield Finding(Code.PROMOTION_IN_BODY, (paragraph.span,), message, (material.words(paragraph.span),), 0.85)
