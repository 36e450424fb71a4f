"""Lists at the side of a report: other stories' headlines, or sources, below the label that announces them.

Where the body goes on behind a list nothing but the look of its entries tells where it ends; so entries are claimed as
long as they are like the first one, and what is in doubt stays body.
"""

import re
from collections.abc import Mapping, Sequence

from onrecord.article import ParagraphKind
from onrecord.intake.phrases import holds
from onrecord.intake.plain.layout import Block
from onrecord.intake.plain.lines import ends_in_initials, ends_sentence, ends_with, has_sentence_break, is_item

_MAX_HEADLINE_CHARS = 200
_MAX_REFERENCE_CHARS = 400
# A headline of two sentences is met now and then ("Closed. And now?"); where more than a third are, it is prose.
_MAX_BREAK_SHARE = 1 / 3
_REFERENCE = re.compile(r"\[\d{1,3}\]|[\w-]+\.[a-z]{2,}\b(?:/|$)|https?://|www\.", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def entries_below(blocks: Sequence[Block], kinds: Mapping[int, ParagraphKind]) -> dict[int, ParagraphKind]:
    """The entries of lists, with the kind of the label above them; `kinds` is what is known already."""
    found: dict[int, ParagraphKind] = {}
    for label, kind in kinds.items():
        if not _is_label(blocks[label].text):
            continue
        if kind is ParagraphKind.RELATED:
            found |= dict.fromkeys(_headlines_below(blocks, kinds, label), kind)
        elif kind is ParagraphKind.SOURCES:
            found |= dict.fromkeys(_references_below(blocks, kinds, label), kind)
    return found


def _is_label(text: str) -> bool:
    return ends_with(text, ":") or not (":" in text or ends_sentence(text))


def _headlines_below(blocks: Sequence[Block], kinds: Mapping[int, ParagraphKind], label: int) -> range:
    """The blocks below a label that are headlines: to the end of the text or the next mark, if all are alike."""
    end = label + 1
    while end < len(blocks) and end not in kinds and _may_be_headline(blocks[end].text):
        end += 1
    texts = [block.text for block in blocks[label + 1 : end]]
    breaks = [number for number, text in enumerate(texts) if has_sentence_break(text)]
    if breaks and (breaks[0] == 0 or len(breaks) > _MAX_BREAK_SHARE * len(texts)):
        end = label + 1 + breaks[0]
    n_open = next((number for number, text in enumerate(texts) if _has_full_stop(text)), len(texts))
    is_last = end == len(blocks) or end in kinds
    return range(label + 1, end if is_last and n_open == 0 else min(end, label + 1 + n_open))


def _may_be_headline(text: str) -> bool:
    return len(text) <= _MAX_HEADLINE_CHARS and not ends_with(text, ":") and not _quotes_in_past(text)


def _quotes_in_past(text: str) -> bool:
    """Whether it is prose that ends by saying who said so; headlines say so in the present."""
    return _has_full_stop(text) and holds("saying", text) and "says" not in text


def _has_full_stop(text: str) -> bool:
    return ends_sentence(text) and not ends_with(text, "?!") and not ends_in_initials(text)


def _references_below(blocks: Sequence[Block], kinds: Mapping[int, ParagraphKind], label: int) -> range:
    """The blocks below a label that are references: numbered, with an address or, down to the end, with a year."""
    end = label + 1
    while end < len(blocks) and end not in kinds and _is_reference(blocks[end].text, with_year=False):
        end += 1
    last = end
    while last < len(blocks) and last not in kinds and _is_reference(blocks[last].text, with_year=True):
        last += 1
    return range(label + 1, last if last == len(blocks) else end)


def _is_reference(text: str, *, with_year: bool) -> bool:
    if len(text) > _MAX_REFERENCE_CHARS:
        return False
    return is_item(text) or _REFERENCE.search(text) is not None or (with_year and _YEAR.search(text) is not None)
