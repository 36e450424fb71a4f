"""How a copy differs from the fullest one: in one word, word by word, and in what touches meaning.

No verdict: a copy that is cut is called cut, whatever that does to its sense, and a change is named by what it is a
change of.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from onrecord.span import Span
from onrecord.tracing.alignment import Alignment, Edit, EditKind
from onrecord.tracing.piece import Piece, PieceKind
from onrecord.tracing.words import Word, is_number, stem

# Of what a cut takes off, so many words beside the copy are looked at, up to the sentence's end.
CUT_WORDS = 8


class Variant(StrEnum):
    """How a copy differs from the fullest one."""

    FULL = "full"
    VERBATIM = "verbatim"
    FRAGMENT = "fragment"
    ELIDED = "elided"
    ALTERED = "altered"
    BRACKETED = "bracketed"
    PARAPHRASE = "paraphrase"


class Meaning(StrEnum):
    """What a difference is a difference in."""

    NEGATION = "negation"
    MODALITY = "modality"
    QUANTITY = "quantity"
    NAME = "name"
    QUALIFIER = "qualifier"
    TENSE = "tense"
    OPPOSITE = "opposite"  # of two positions alone: words of opposite direction


@dataclass(frozen=True, slots=True)
class Difference:
    """A copy beside the fullest one.

    `differs_in` is what of the changed words touches meaning, `cut_off` what of the words that the copy cuts off
    beside it, in the same sentence.
    """

    variant: Variant
    edits: tuple[Edit, ...]
    cut_front: bool
    cut_end: bool
    differs_in: frozenset[Meaning]
    cut_off: frozenset[Meaning]


def difference(alignment: Alignment | None, copy: Piece, full: Piece) -> Difference:
    """How `copy` differs from `full`, whose words were aligned with the copy's."""
    if copy is full or alignment is None:
        variant = Variant.FULL if copy is full else _of_strangers(copy)
        return Difference(variant, (), cut_front=False, cut_end=False, differs_in=frozenset(), cut_off=frozenset())
    front, back = _cuts(alignment)
    changes = list(_changes(alignment))
    return Difference(
        variant=_variant(alignment, copy, changes=changes, is_cut=bool(front or back)),
        edits=alignment.edits,
        cut_front=bool(front),
        cut_end=bool(back),
        differs_in=frozenset(m for edit in changes for m in _touched(alignment, edit)),
        cut_off=frozenset(_differing((), _beside(front, back))),
    )


def spans(alignment: Alignment, edit: Edit) -> tuple[Span | None, Span | None]:
    """The characters of an edit in the copy's text and in the fuller one's."""
    ours = alignment.copy[edit.copy_start : edit.copy_end]
    theirs = alignment.full[edit.full_start : edit.full_end]
    return _span(ours), _span(theirs)


def _span(words: Sequence[Word]) -> Span | None:
    return Span(words[0].span.start, words[-1].span.end) if words else None


def _of_strangers(copy: Piece) -> Variant:
    """What a copy is that shares no word with the fullest one."""
    return Variant.PARAPHRASE if copy.kind is PieceKind.REPORTED else Variant.ALTERED


def _variant(alignment: Alignment, copy: Piece, *, changes: Sequence[Edit], is_cut: bool) -> Variant:
    if copy.kind is PieceKind.REPORTED:
        return Variant.PARAPHRASE
    if any(not _is_editorial(alignment, edit) for edit in changes):
        return Variant.ALTERED
    if _elides(alignment):
        return Variant.ELIDED
    if any(_is_bracketed(alignment, edit) for edit in changes):
        return Variant.BRACKETED
    return Variant.FRAGMENT if is_cut else Variant.VERBATIM


def _changes(alignment: Alignment) -> Iterator[Edit]:
    """The edits but for what the copy cuts off at its ends, and what it has where the fuller text has ended."""
    first, last = alignment.runs[0], alignment.runs[-1]
    for edit in alignment.edits:
        if edit.kind is EditKind.EQUAL:
            continue
        is_front, is_back = edit.full_end <= first.full_start, edit.full_start >= last.full_end
        is_end = (is_front and edit.copy_end <= first.copy_start) or (is_back and edit.copy_start >= last.copy_end)
        if not is_end or edit.kind is EditKind.REPLACE:
            yield edit


def _elides(alignment: Alignment) -> bool:
    """Whether the copy has an ellipsis where the fuller text has words, or others."""
    pauses = {run.copy_start + i for run in alignment.runs for i in range(1, run.copy_end - run.copy_start)}
    shared = {
        run.copy_start
        for run in alignment.runs
        if run.copy_start < run.copy_end and alignment.full[run.full_start].after_gap
    }
    gaps = {i for i, word in enumerate(alignment.copy) if word.after_gap and i}
    return bool(gaps - pauses - shared)


def _is_editorial(alignment: Alignment, edit: Edit) -> bool:
    """Whether a change is one that the copy owns up to: words in brackets, or left out where an ellipsis stands."""
    ours = alignment.copy[edit.copy_start : edit.copy_end]
    theirs = alignment.full[edit.full_start : edit.full_end]
    after = alignment.copy[edit.copy_start : edit.copy_end + 1]
    full_after = alignment.full[edit.full_start : edit.full_end + 1]
    if any(word.after_gap for word in (*after, *full_after)):
        return edit.kind is not EditKind.REPLACE or len(ours) > 1 or _is_bracketed(alignment, edit)
    return _is_bracketed(alignment, edit) or (not ours and not theirs)


def _is_bracketed(alignment: Alignment, edit: Edit) -> bool:
    """Whether all of the words that one side has there, or that are put in, stand in brackets."""
    ours = alignment.copy[edit.copy_start : edit.copy_end]
    theirs = alignment.full[edit.full_start : edit.full_end]
    return any(side and all(word.bracketed for word in side) for side in (ours, theirs))


def _cuts(alignment: Alignment) -> tuple[Sequence[Word], Sequence[Word]]:
    """The words of the fuller text before and behind the copy, brackets left out.

    Words of the copy before and behind what both share stand in the place of as many.
    """
    first, last = alignment.runs[0], alignment.runs[-1]
    front = alignment.full[: max(0, first.full_start - first.copy_start)]
    back = alignment.full[last.full_end + len(alignment.copy) - last.copy_end :]
    return [word for word in front if not word.bracketed], [word for word in back if not word.bracketed]


def _beside(front: Sequence[Word], back: Sequence[Word]) -> list[Word]:
    """Of the words cut off those beside the copy in its sentence."""
    found = []
    for word in reversed(front[-CUT_WORDS:]):
        found.append(word)
        if word.opens:
            break
    for word in back[:CUT_WORDS]:
        if word.opens:
            break
        found.append(word)
    return found


def _touched(alignment: Alignment, edit: Edit) -> Iterator[Meaning]:
    ours = alignment.copy[edit.copy_start : edit.copy_end]
    theirs = alignment.full[edit.full_start : edit.full_end]
    yield from _differing(ours, theirs)
    if edit.kind is EditKind.REPLACE and len(ours) == len(theirs) == 1 and _is_tense(ours[0], theirs[0]):
        yield Meaning.TENSE


def _differing(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[Meaning]:
    """Of what one side has more or other words than the other."""
    for meaning in (Meaning.NEGATION, Meaning.MODALITY, Meaning.QUALIFIER, Meaning.QUANTITY, Meaning.NAME):
        if telling(ours, meaning) != telling(theirs, meaning):
            yield meaning


def telling(words: Sequence[Word], meaning: Meaning) -> Counter[str]:
    """Those of the words that tell this much of the meaning, numbers in digits."""
    if meaning is Meaning.QUANTITY:
        return _quantities(words)
    if meaning is Meaning.NAME:
        return _names(words)
    return Counter(word.folded for word in words if word.folded in _list(meaning))


def _quantities(words: Sequence[Word]) -> Counter[str]:
    return Counter(stem(w.folded) for w in words if is_number(w.folded) or w.folded in _list(Meaning.QUANTITY))


def _names(words: Sequence[Word]) -> Counter[str]:
    return Counter(word.folded.removesuffix("'s") for word in words if word.capital)


def _is_tense(ours: Word, theirs: Word) -> bool:
    """Whether two forms are one verb's: both among the listed ones, or one with the ending of the past."""
    pair = {ours.folded, theirs.folded}
    if len(pair) == 1:
        return False
    past = any(form.endswith("ed") for form in pair)
    return pair <= _list(Meaning.TENSE) or (past and stem(ours.folded) == stem(theirs.folded))


@cache
def _list(meaning: Meaning) -> frozenset[str]:
    text = files("onrecord.tracing").joinpath("data", "meaning.txt").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(word for label, _, words in lines if label == meaning for word in words.split())
