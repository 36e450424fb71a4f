"""Blocks to paragraphs: what kind each is of.

The body is what a report is read and checked by, so everything is body unless it shows that it is something else: by
its opening words (data/ lists them), by what stands before it, or by its form. A body paragraph taken for a promotion
would lose its statements to the sourcing report; a promotion taken for body costs a line.
"""

from collections.abc import Mapping, Sequence

from onrecord.article import Paragraph, ParagraphKind
from onrecord.intake.phrases import closes_with, collapsed, first_opening, holds, opens_with, words
from onrecord.intake.plain.head import Head
from onrecord.intake.plain.layout import Block
from onrecord.intake.plain.lines import ends_sentence, ends_with, last_word, starts_like_text, starts_lower
from onrecord.intake.plain.lists import entries_below

# Longer paragraphs are body whatever they open with: the longest promotion in PolNeAR train has 240 characters.
_MAX_MARKED_CHARS = 300
# Headings of the 121 pages of eval/pages_open.jsonl: 110 of 115 have at most 80 characters.
_MAX_HEADING_CHARS = 90
_MAX_NOTE_CHARS = 500
_MAX_QUESTION_CHARS = 70
_MAX_HEADING_RUN = 2
# In PolNeAR train, which has few headings, 11 of 13 short questions that stand alone are the writer's own text.
_MIN_QUESTIONS = 3
_MARKS = {
    "related": ParagraphKind.RELATED,
    "sources": ParagraphKind.SOURCES,
    "promotion": ParagraphKind.PROMOTION,
    "credit": ParagraphKind.CAPTION,
    "byline": ParagraphKind.BYLINE,
}


def paragraphs_of(blocks: Sequence[Block], *, head: Head) -> tuple[Paragraph, ...]:
    """The paragraphs of a text with their kinds, in order; `head` says what its first blocks are."""
    kinds = marked_kinds(blocks, head.kinds, authors=head.authors)
    kinds |= _headings(blocks, kinds)
    return tuple(Paragraph(block.span, kinds.get(i, ParagraphKind.BODY)) for i, block in enumerate(blocks))


def marked_kinds(
    blocks: Sequence[Block], known: Mapping[int, ParagraphKind], *, authors: Sequence[str]
) -> dict[int, ParagraphKind]:
    """The kinds that are known, and those that the words of the other blocks give away, by the blocks' numbers."""
    kinds = dict(known)
    kinds |= {i: kind for i, block in enumerate(blocks) if i not in kinds and (kind := _marked(block.text))}
    kinds |= _author_notes(blocks, kinds, authors=authors)
    return kinds | entries_below(blocks, kinds)


def _marked(text: str) -> ParagraphKind | None:
    """The kind that a short block's opening or closing words give away."""
    if len(text) > _MAX_MARKED_CHARS:
        return None
    name = first_opening(_MARKS, text)
    if name is None:
        return ParagraphKind.CAPTION if closes_with("credit_end", text) else None
    if name == "promotion" and ":" not in text and holds("saying", text):
        return None
    return _MARKS[name]


def _author_notes(
    blocks: Sequence[Block], kinds: Mapping[int, ParagraphKind], *, authors: Sequence[str]
) -> dict[int, ParagraphKind]:
    """The closing notes on the authors that the head names; on anybody else, such a note may be the report's own."""
    found: dict[int, ParagraphKind] = {}
    for index in reversed(range(len(blocks))):
        if index in kinds:
            continue
        if not _is_author_note(blocks[index].text, authors):
            break
        found[index] = ParagraphKind.BYLINE
    return found


def _is_author_note(text: str, authors: Sequence[str]) -> bool:
    if len(text) > _MAX_NOTE_CHARS:
        return False
    note = collapsed(text)
    name = next((name for name in authors if note.lower().startswith(name.lower())), None)
    return name is not None and opens_with("biography", note[len(name) :])


def _headings(blocks: Sequence[Block], kinds: Mapping[int, ParagraphKind]) -> dict[int, ParagraphKind]:
    """The inner headings: a line or two that look so and stand above body. A longer run is a list."""
    found: list[int] = []
    run: list[int] = []
    for index, block in enumerate(blocks):
        if index not in kinds and _looks_like_heading(block.text):
            run.append(index)
            continue
        if index not in kinds and len(run) <= _MAX_HEADING_RUN:
            found += run
        run = []
    questions = [index for index in found if ends_sentence(blocks[index].text)]
    if len(questions) == len(found) < _MIN_QUESTIONS:
        found = []
    return dict.fromkeys(found, ParagraphKind.HEADING)


def _looks_like_heading(text: str) -> bool:
    if len(text) > _MAX_HEADING_CHARS or not any(character.isalpha() for character in text):
        return False
    if not starts_like_text(text) or starts_lower(text) or ends_with(text, ":;,"):
        return False
    if ends_sentence(text):
        return text.endswith("?") and len(text) <= _MAX_QUESTION_CHARS and _first_word(text) in words("asking")
    return last_word(text) not in words("unfinished")


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0].lower()
