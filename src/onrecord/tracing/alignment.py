"""Two pieces word by word: which words of a copy are those of another, and what stands between them.

Words match by their stems, the longest runs first, since what people copy are runs. Of the runs, those are kept that
belong together: a "the" forty words away is no part of a copy. Ellipses and brackets are taken at their word: what an
ellipsis leaves out and what brackets put in or replace costs nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from onrecord.tracing.rarity import is_content
from onrecord.tracing.words import Word, forms_of, stem

Weigh = Callable[[Sequence[str]], list[float]]
# What a gap of the copy, not marked by an ellipsis, costs, for itself and for each word left out.
GAP = 0.5
GAP_WORD = 0.15
LONGEST_GAP = 20


class EditKind(StrEnum):
    """What becomes of words of the fuller text in the copy."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the difference: these words of the copy stand where those of the fuller text do, by their numbers."""

    kind: EditKind
    copy_start: int
    copy_end: int
    full_start: int
    full_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words of a copy beside those of a fuller text. `runs` are the equal stretches that belong together.

    `matched` is the weight of the words they share, `unmatched` that of the copy's other words between these runs,
    `against` that of its words before and behind them where the fuller text has others, `beyond` that of those where
    the fuller text has ended or leaves words out; `gaps` is what it costs that the copy leaves words out without saying
    so.
    """

    copy: tuple[Word, ...]
    full: tuple[Word, ...]
    runs: tuple[Edit, ...]
    matched: float
    unmatched: float
    against: float
    beyond: float
    gaps: float

    @property
    def n_content(self) -> int:
        """How many of the words that they share say something by themselves."""
        return sum(is_content(self.copy[i].folded) for run in self.runs for i in range(run.copy_start, run.copy_end))

    @property
    def is_of_nested(self) -> bool:
        """Whether what they share stands in one of the two within a quotation inside it: that one quotes, too."""
        ours = [self.copy[i] for run in self.runs for i in range(run.copy_start, run.copy_end)]
        theirs = [self.full[i] for run in self.runs for i in range(run.full_start, run.full_end)]
        return _quotes(self.copy, ours) or _quotes(self.full, theirs)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The whole difference, from the first word of either to the last."""
        return tuple(_edits(self))


def align(copy: Sequence[Word], full: Sequence[Word], *, weigh: Weigh) -> Alignment | None:
    """The best alignment of a copy with a fuller text; none if they share no word."""
    ours, theirs = list(map(stem, forms_of(copy))), list(map(stem, forms_of(full)))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        return None
    runs = [Edit(EditKind.EQUAL, b.a, b.a + b.size, b.b, b.b + b.size) for b in blocks]
    weights = weigh(forms_of(copy))
    kept = _belonging(runs, weights=weights, copy=copy, full=full)
    first, last = kept[0], kept[-1]
    between = list(pairwise(kept))
    ends = _ends(first, last, weights=weights, copy=copy, full=full)
    return Alignment(
        copy=tuple(copy),
        full=tuple(full),
        runs=tuple(kept),
        matched=sum(sum(weights[run.copy_start : run.copy_end]) for run in kept),
        unmatched=sum(_inside(a, b, weights=weights, copy=copy) for a, b in between),
        against=sum(weight for weight, has_others in ends if has_others),
        beyond=sum(weight for weight, has_others in ends if not has_others),
        gaps=sum(_gap(a, b, copy=copy, full=full) for a, b in between),
    )


def _ends(
    first: Edit, last: Edit, *, weights: Sequence[float], copy: Sequence[Word], full: Sequence[Word]
) -> list[tuple[float, bool]]:
    """The weight of the copy's words before the first run and behind the last, and whether the full text has others."""
    front = _beyond(weights, copy, start=0, end=first.copy_start)
    back = _beyond(weights, copy, start=last.copy_end, end=len(copy))
    parted = copy[first.copy_start].after_gap or full[first.full_start].after_gap
    broken = any(words[at].after_gap for words, at in ((copy, last.copy_end), (full, last.full_end)) if at < len(words))
    return [(front, first.full_start > 0 and not parted), (back, last.full_end < len(full) and not broken)]


def _belonging(
    runs: Sequence[Edit], *, weights: Sequence[float], copy: Sequence[Word], full: Sequence[Word]
) -> list[Edit]:
    """The stretch of runs that is worth most, what stands between them taken off."""
    best_sum, best, total, start = -1.0, (0, 0), 0.0, 0
    for i, run in enumerate(runs):
        if i:
            cost = _inside(runs[i - 1], run, weights=weights, copy=copy) + _gap(runs[i - 1], run, copy=copy, full=full)
            total -= cost
        if total < 0:
            total, start = 0.0, i
        total += sum(weights[run.copy_start : run.copy_end])
        if total > best_sum:
            best_sum, best = total, (start, i)
    return list(runs[best[0] : best[1] + 1])


def _inside(before: Edit, after: Edit, *, weights: Sequence[float], copy: Sequence[Word]) -> float:
    """The weight of the copy's words between two runs, brackets left out."""
    return _beyond(weights, copy, start=before.copy_end, end=after.copy_start)


def _beyond(weights: Sequence[float], copy: Sequence[Word], *, start: int, end: int) -> float:
    return sum(weights[i] for i in range(start, end) if not copy[i].bracketed)


def _gap(before: Edit, after: Edit, *, copy: Sequence[Word], full: Sequence[Word]) -> float:
    """What it costs that the fuller text has words between two runs which the copy has not."""
    left_out = sum(not word.bracketed for word in full[before.full_end : after.full_start])
    left_out -= after.copy_start - before.copy_end
    marked = any(word.after_gap for word in copy[before.copy_end : after.copy_start + 1])
    return 0.0 if marked or left_out <= 0 else GAP + GAP_WORD * min(left_out, LONGEST_GAP)


def _edits(alignment: Alignment) -> Iterator[Edit]:
    ours, theirs = 0, 0
    end = Edit(EditKind.EQUAL, len(alignment.copy), len(alignment.copy), len(alignment.full), len(alignment.full))
    for run in (*alignment.runs, end):
        yield from _between(ours, run.copy_start, theirs, run.full_start)
        yield from _of_run(run, alignment)
        ours, theirs = run.copy_end, run.full_end


def _between(ours: int, ours_end: int, theirs: int, theirs_end: int) -> Iterator[Edit]:
    if ours < ours_end and theirs < theirs_end:
        yield Edit(EditKind.REPLACE, ours, ours_end, theirs, theirs_end)
    elif ours < ours_end:
        yield Edit(EditKind.INSERT, ours, ours_end, theirs, theirs_end)
    elif theirs < theirs_end:
        yield Edit(EditKind.DELETE, ours, ours_end, theirs, theirs_end)


def _of_run(run: Edit, alignment: Alignment) -> Iterator[Edit]:
    """A run of equal stems as edits: where a word has another ending, it is replaced."""
    start = run.copy_start
    shift = run.full_start - run.copy_start
    for i in range(run.copy_start, run.copy_end):
        if alignment.copy[i].folded != alignment.full[i + shift].folded:
            yield from _equal(start, i, shift)
            yield Edit(EditKind.REPLACE, i, i + 1, i + shift, i + shift + 1)
            start = i + 1
    yield from _equal(start, run.copy_end, shift)


def _equal(start: int, end: int, shift: int) -> Iterable[Edit]:
    return [Edit(EditKind.EQUAL, start, end, start + shift, end + shift)] if start < end else []


def _quotes(words: Sequence[Word], shared: Sequence[Word]) -> bool:
    return all(word.nested for word in shared) and not all(word.nested for word in words)
