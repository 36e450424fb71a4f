"""When something was said: for each statement the expression of time for the saying itself, and the days it means.

Only the statement's own sentence counts, and only what stands there outside the contents: "He said on Sunday that the
quay closed in May" was said on Sunday. Of several cues in one sentence an expression belongs to the one whose clause it
stands in, and it goes on to later ones with the same source. Where the clause is another's ("Falk, who lost on Monday,
said"), the expression is nobody's. An inner statement is looked for in its parent's content, and where that is quoted,
its days count from the day of the parent.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from onrecord.quotations import quotations, quoted
from onrecord.reading.clauses import dates_source, is_coming, opens_what_comes, stands_ahead, stands_behind
from onrecord.reading.days import days_of
from onrecord.reading.timewords import MASK, TimeWords, one_of, time_words
from onrecord.span import Span
from onrecord.statement import Days, Statement

When = tuple[Span | None, Days | None]
_NOTHING: When = (None, None)
# What is longer is no sentence but a list or a table, where nothing tells what a date belongs to.
LONGEST_CHARS = 2000
_PRONOUN = re.compile(r"(?:s?he|they|it)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A statement in its sentence: its index, where its cue stands there, and its sources in the text."""

    index: int
    cue: Span
    source: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence with its contents masked, where it starts in the text, and the statements that have a cue in it."""

    start: int
    masked: str
    anchors: tuple[_Anchor, ...]
    without_cue: tuple[int, ...]


def times(
    text: str, statements: Sequence[Statement], *, sentences: Sequence[Span], published: date | None
) -> list[When]:
    """For each statement the expression of time for its saying and the days it means, either none if not given.

    Without `published`, only an expression with its year means any days.
    """
    found = [_NOTHING] * len(statements)
    inside: defaultdict[int | None, list[int]] = defaultdict(list)
    for i, statement in enumerate(statements):
        inside[statement.parent].append(i)
    parents: list[int | None] = [None]
    marks = quoted(len(text), quotations(text)) if any(s.parent is not None for s in statements) else bytearray()
    for parent in parents:
        members = inside[parent]
        said = found[parent][1] if parent is not None else None
        for scene in _scenes(text, statements, members=members, sentences=sentences):
            for i, words in _assigned(scene).items():
                span = Span(scene.start + words.span.start, scene.start + words.span.end)
                base = said.start if said and marks[span.start] else published
                core = " ".join(words.core.of(scene.masked).lower().split())
                cues = [anchor.cue for anchor in scene.anchors if anchor.index == i]
                coming = is_coming(scene.masked, words, cues=cues)
                found[i] = span, days_of(core, kind=words.kind, base=base, coming=coming)
        parents += [i for i in members if i in inside]
    return found


def _scenes(
    text: str, statements: Sequence[Statement], *, members: Sequence[int], sentences: Sequence[Span]
) -> Iterator[_Scene]:
    """The sentences in which statements of one parent have their cues, or the words beside their contents."""
    by_sentence: defaultdict[Span, list[int]] = defaultdict(list)
    for i in members:
        anchor = (statements[i].cue or statements[i].content)[0]
        home = sentences[max(0, bisect_right(sentences, anchor.start, key=_start) - 1)] if sentences else anchor
        if home.start <= anchor.start < home.end and len(home) <= LONGEST_CHARS:
            by_sentence[home].append(i)
    contents = sorted(span for i in members for span in statements[i].content)
    reach = list(accumulate((span.end for span in contents), max))
    for home, indices in by_sentence.items():
        parent = statements[indices[0]].parent
        within = (home,) if parent is None else statements[parent].content
        anchors = [
            _Anchor(i, Span(cue.start - home.start, cue.end - home.start), statements[i].source)
            for i in indices
            for cue in statements[i].cue
            if home.holds(cue)
        ]
        meeting = contents[bisect_right(reach, home.start) : bisect_left(contents, home.end, key=_start)]
        masked = _masked(text, home, contents=meeting, within=within)
        yield _Scene(home.start, masked, tuple(sorted(anchors, key=lambda a: a.cue)), () if anchors else tuple(indices))


def _start(span: Span) -> int:
    return span.start


def _masked(text: str, home: Span, *, contents: Iterable[Span], within: Iterable[Span]) -> str:
    """The sentence with what stands in a content, or not within the parent's content, masked."""
    masked = [MASK] * len(home)
    for words, spans in ((True, within), (False, contents)):
        for span in spans:
            start, end = max(span.start, home.start), min(span.end, home.end)
            if start < end:
                masked[start - home.start : end - home.start] = text[start:end] if words else MASK * (end - start)
    return "".join(masked)


def _assigned(scene: _Scene) -> dict[int, TimeWords]:
    """The statements of a scene that an expression of time belongs to, each with it."""
    own: dict[int, TimeWords] = {}
    for words in time_words(scene.masked):
        for owner in scene.without_cue or _owner(scene, words):
            own.setdefault(owner, words)
    shared = dict(own)
    for first in scene.anchors:
        for later in scene.anchors:
            if first.index in own and later.index not in own and _goes_along(scene, first, later):
                shared.setdefault(later.index, own[first.index])
    return shared


def _goes_along(scene: _Scene, first: _Anchor, later: _Anchor) -> bool:
    """Whether a later cue has its source and its time in common with an earlier one."""
    if later.cue.start < first.cue.end or one_of("apart").search(scene.masked[first.cue.end : later.cue.end]):
        return False
    words = [scene.masked[max(0, s.start - scene.start) : max(0, s.end - scene.start)] for s in later.source]
    return later.source == first.source or (len(words) == 1 and _PRONOUN.fullmatch(words[0]) is not None)


def _owner(scene: _Scene, words: TimeWords) -> tuple[int, ...]:
    """The statement that an expression belongs to, if any."""
    at = Span(scene.start + words.span.start, scene.start + words.span.end)
    for anchor in scene.anchors:
        if anchor.cue.meets(words.span):
            return (anchor.index,)
        for source in anchor.source:
            if source.meets(at):
                dated = dates_source(scene.masked, words, source_start=max(0, source.start - scene.start))
                return (anchor.index,) if dated else ()
    before = [a for a in scene.anchors if a.cue.end <= words.span.start]
    after = [a for a in scene.anchors if a.cue.start >= words.span.end]
    left = before[-1] if before and stands_behind(scene.masked, words, cue=before[-1].cue) else None
    right = after[0] if after and _stands_ahead(scene, words, anchor=after[0]) else None
    if left and right and opens_what_comes(scene.masked, words, left=left.cue, right=right.cue):
        return (right.index,)
    chosen = left or right
    return (chosen.index,) if chosen else ()


def _stands_ahead(scene: _Scene, words: TimeWords, *, anchor: _Anchor) -> bool:
    source_start = min([source.start - scene.start for source in anchor.source], default=anchor.cue.start)
    begin = max([a.cue.end for a in scene.anchors if a.cue.end <= words.span.start], default=0)
    return stands_ahead(scene.masked, words, cue=anchor.cue, source_start=source_start, begin=begin)
