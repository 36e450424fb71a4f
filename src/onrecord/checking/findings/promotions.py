"""Lines between the paragraphs of the body that promote other content."""

import re
from collections.abc import Iterator

from onrecord.article import ParagraphKind
from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding
from onrecord.intake.phrases import opens_with
from onrecord.span import Span

_LABEL = re.compile(
    r"(?:more|related|read(?: also| more| next| on)?|see(?: also)?|watch|listen|photos?|pictures|gallery|video|"
    r"don['’]t miss|advertisement)\s*[:|–—]\s*\S",
    re.IGNORECASE,
)
# A call to do something, and what is to be had by it.
_CALL = re.compile(
    r"(?:(?:please|just|now|why not|don['’]t (?:miss|forget)|want|would you like|do you|did you|"
    r"have you|are you|never miss|"
    r"be the first|stay|keep|get|sign|subscribe|download|listen|watch|follow|join|like|love|enjoy\w*|"
    r"support|help|click|tap|swipe|"
    r"scan|try|take|test|vote|share|tell us|send|buy|shop|book|order|win|enter|register|become|discover|explore|"
    r"check out|see|look|read|catch up|tune in|visit|find|for more|more (?:on|from)|hear|browse|"
    r"unlock|save|claim|donate|"
    r"follow|add|turn on|activate|install|give|start|upgrade|you (?:may|might|could|can) also|"
    r"recommended|in case you missed|"
    r"(?:our|the) (?:free )?(?:[\w ]{1,30} )?(?:newsletter|podcast|app))\b)",
    re.IGNORECASE,
)
_ON_OFFER = re.compile(
    r"\b(?:newsletters?|podcasts?|apps?|inbox|alerts?|channel|subscription|subscribers?|subscribe|membership|members?|offer|"
    r"discount|% off|free trial|for (?:just|only)|quiz|gallery|slideshow|competition|calendar|e-?paper|edition|"
    r"facebook|instagram|twitter|whatsapp|telegram|tiktok|youtube|bluesky|mastodon|threads|on X|"
    r"live blog|liveblog|livestream|"
    r"also like|also enjoy|missed it|journalism|our (?:video|page|site|website|shop|store|guide|map|"
    r"archive|coverage|reporting|"
    r"readers|team|latest|other|special|picture|photo|interactive|full|work|event|book|magazine|series|stories)|"
    r"(?:this|more) (?:story|stories|article|articles)|here|below|link|bio|episode)\b",
    re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"^\W+")
LONGEST_CHARS = 150
_TEXT = (ParagraphKind.BODY, ParagraphKind.HEADING)
_PROMOTING = (ParagraphKind.PROMOTION, ParagraphKind.RELATED)


def promotions(material: Material) -> Iterator[Finding]:
    """Each such line, where body stands before it and behind it."""
    kinds = [p.kind for p in material.article.paragraphs]
    body = [index for index, kind in enumerate(kinds) if kind is ParagraphKind.BODY]
    for index, paragraph in enumerate(material.article.paragraphs):
        words = material.words(paragraph.span)
        labelled = paragraph.kind in _TEXT and _promotes(material, paragraph.span)
        if (paragraph.kind in _PROMOTING or labelled) and body and body[0] < index < body[-1]:
            message = "This line promotes something else in the middle of the article."
            yield Finding(Code.PROMOTION_IN_BODY, (paragraph.span,), message, (words,), 0.85)


def _promotes(material: Material, span: Span) -> bool:
    """Whether a short paragraph that quotes and attributes nothing has the form of a promotion."""
    words = _NOT_WORDS.sub("", material.words(span))
    if len(words) > LONGEST_CHARS or any(material.attributed[span.start : span.end]):
        return False
    if any(material.quoted[span.start : span.end]) and not _LABEL.match(words):
        return False
    return (
        _LABEL.match(words) is not None
        or opens_with("promotion", words)
        or (_CALL.match(words) is not None and _ON_OFFER.search(words) is not None)
    )
