"""Lines to blocks: which lines of a text are one paragraph.

Three layouts are met. Most texts hold one paragraph a line, blank lines between or not: there no line goes on in the
next. Some are hard-wrapped at a column: there a line goes on whenever the next line's first word would not have
fitted. And some were pasted from web pages and are broken where a link stood: there a line goes on when its end, or
the next one's beginning, is in mid-sentence. A blank line always ends a block. What is in doubt stays apart.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from onrecord.intake.phrases import opens_with, words
from onrecord.intake.plain.labels import labelled
from onrecord.intake.plain.lines import (
    Line,
    ends_in_initials,
    ends_sentence,
    ends_with,
    has_letters,
    has_sentence_break,
    in_title_case,
    is_item,
    last_word,
    lines_of,
    n_prose_words,
    starts_lower,
)
from onrecord.span import Span, trimmed

# Columns at which text is wrapped: 65 to 80 in mail and agency copy, up to 100 in files.
_WRAP_COLUMNS = range(30, 111)
_MIN_WRAPPED_PAIRS = 3
_MIN_UNFINISHED_SHARE = 0.3
_MIN_FULL_SHARE = 0.8
# Of 115 inner headings in eval/pages_open.jsonl one is longer; a longer line without an end was broken.
_MAX_HEADING_CHARS = 100
# "The committee is filing a complaint" was broken, "Her tastes have changed" is a heading: two such words tell most
# apart. On the dev articles with lines broken before names, 97 of 100 paragraphs then come out exactly.
_MIN_PROSE_WORDS = 2
_MAX_TITLE_CHARS = 130
_BRACKET_CHARS = 200
_TAIL_CHARS = 400

_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?:/\S*)?")
_LISTED = re.compile(r"; (?:and|or)$")
_LISTED_CHARS = 6
_GOES_ON = re.compile(r"[,;.)\]]|['’]s\b")
_ASIDE = re.compile(
    r"\((?:related|see also|also read|read also|read more|more)\b[^()]{0,30}:(?:[^()]|\([^()]*\))*\)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one paragraph, before it is known what kind it is of."""

    span: Span
    text: str


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of a text, in order; they hold every character that is no white space."""
    lines = lines_of(text)
    layout = _Layout(lines)
    firsts: list[int] = []
    for index in range(len(lines)):
        if not firsts or not layout.goes_on(firsts[-1], index):
            firsts.append(index)
    ends = [lines[first - 1].end for first in firsts[1:]] + [line.end for line in lines[-1:]]
    spans = [Span(lines[first].start, end) for first, end in zip(firsts, ends, strict=True)]
    return [Block(part, part.of(text)) for span in spans for part in _without_aside(text, span)]


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a text is wrapped: at which column, and how far the lines are indented that go on in a paragraph."""

    width: int
    indent: int


class _Layout:
    """How a text is laid out: wrapped at a column, or with lines that are broken in mid-sentence, or neither."""

    def __init__(self, lines: list[Line]) -> None:
        alone = [_stands_alone(line.text) for line in lines]
        self._lines = lines
        self._apart = [
            following.after_blank or alone[i] or alone[i + 1] or is_item(following.text)
            for i, following in enumerate(lines[1:])
        ]
        self._sure = [
            not apart and _surely_goes_on(line, following)
            for apart, (line, following) in zip(self._apart, pairwise(lines), strict=True)
        ]
        self._broken = any(self._sure)
        self._wrapping = _wrapping(lines)

    def goes_on(self, first: int, index: int) -> bool:
        """Whether the paragraph that holds the lines from `first` on, by number, goes on in the line `index`."""
        if self._sure[index - 1] or self._apart[index - 1]:
            return self._sure[index - 1]
        run_opens, line, following = self._lines[first], self._lines[index - 1], self._lines[index]
        if _is_address(following.text):
            return opens_with("sources", run_opens.text) and (first == index - 1 or _is_address(line.text))
        if self._wrapping is not None:
            in_line = following.indent <= self._wrapping.indent or is_item(run_opens.text)
            return in_line and _fills(line, following, self._wrapping.width)
        if index == 1 and len(line.text) <= _MAX_TITLE_CHARS:
            return self._broken and _awaits_name(line.text)
        return self._broken and _probably_goes_on(line, is_first=first == index - 1)


def _wrapping(lines: list[Line]) -> _Wrapping | None:
    """How a text is wrapped, if it is: most lines end in mid-sentence, and nearly all of those are full."""
    widths = sorted(_width(line) for line, following in pairwise(lines) if not following.after_blank)
    width = widths[len(widths) * 4 // 5] if len(widths) >= _MIN_WRAPPED_PAIRS else 0
    if width not in _WRAP_COLUMNS:
        return None
    pairs = [pair for pair in pairwise(lines) if not pair[1].after_blank]
    unfinished = [pair for pair in pairs if not ends_sentence(pair[0].text)]
    full = [following for line, following in unfinished if _fills(line, following, width)]
    if len(unfinished) < _MIN_UNFINISHED_SHARE * len(pairs) or len(full) < _MIN_FULL_SHARE * len(unfinished):
        return None
    return _Wrapping(width, indent=Counter(line.indent for line in full).most_common(1)[0][0])


def _width(line: Line) -> int:
    return line.indent + len(line.text)


def _fills(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the following line had no room on this one."""
    first_word = following.text[: width + 1].split(maxsplit=1)[0]
    return _width(line) + 1 + len(first_word) > width


def _stands_alone(text: str) -> bool:
    """Whether a line shares its paragraph with none, whatever their words."""
    return not has_letters(text) or labelled(text) is not None


def _surely_goes_on(line: Line, following: Line) -> bool:
    """Whether the sentence is cut for certain between two lines."""
    if _is_address(following.text) or (ends_with(line.text, ":") and not _opens_bracket(line, following)):
        return False
    if starts_lower(following.text):
        return not ends_sentence(line.text) or ends_in_initials(line.text) or ends_with(line.text, "?!")
    if ends_sentence(line.text):
        return False
    word = last_word(line.text)
    return (
        ends_with(line.text, ",–—")
        or (word in words("unfinished") and line.text.endswith(word) and not _LISTED.search(line.text[-_LISTED_CHARS:]))
        or word in words("abbreviations")
        or _opens_bracket(line, following)
        or (line.start == 0 and line.text.endswith(";"))
        or _GOES_ON.match(following.text) is not None
    )


def _probably_goes_on(line: Line, *, is_first: bool) -> bool:
    """Whether a line without an end goes on, rather than being a heading, in a text known to have broken lines."""
    text = line.text
    if ends_sentence(text) or ends_with(text, ":;"):
        return False
    if not is_first or len(text) > _MAX_HEADING_CHARS or has_sentence_break(text) or _opens_quotation(text):
        return True
    if n_prose_words(text) >= _MIN_PROSE_WORDS:
        return True
    opens_clause = text.split(maxsplit=1)[0] in words("clause_openers") and "," in text
    return opens_clause or _awaits_name(text)


def _awaits_name(text: str) -> bool:
    """Whether the last word is one that a name follows, and the line is no headline."""
    return last_word(text) in words("introducers") and not in_title_case(text)


def _opens_bracket(line: Line, following: Line) -> bool:
    """Whether a bracket opens near the end of the line and closes in the following one."""
    ending, beginning = line.text[-_BRACKET_CHARS:], following.text[:_TAIL_CHARS]
    if "(" not in ending and "[" not in ending:
        return False
    return any(
        ending.rfind(opening) > ending.rfind(closing)
        and 0 <= beginning.find(closing) < (beginning + opening).find(opening)
        for opening, closing in ("()", "[]")
    )


def _opens_quotation(text: str) -> bool:
    """Whether a quotation opens in a short line and does not close there."""
    return text.count('"') % 2 == 1 or text.count("“") > text.count("”") or text.count("«") > text.count("»")


def _is_address(text: str) -> bool:
    return "." in text[:_TAIL_CHARS] and len(text) <= _TAIL_CHARS and _ADDRESS.fullmatch(text) is not None


def _without_aside(text: str, span: Span) -> Iterable[Span]:
    """The span, cut in two where it ends in a bracket that names another story: "(Related: …)"."""
    if text[span.end - 1] != ")":
        return (span,)
    tail_start = max(span.start, span.end - _TAIL_CHARS)
    aside = _ASIDE.search(text[tail_start : span.end])
    rest = trimmed(text, start=span.start, end=tail_start + aside.start()) if aside else None
    if aside is None or rest is None:
        return (span,)
    return (rest, Span(tail_start + aside.start(), span.end))
