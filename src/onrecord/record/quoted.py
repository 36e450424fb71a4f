"""Pieces and families of tracing as rows, and rows as these.

Of most pieces that are fetched no more is looked at than the forms of their words, so that the rest of what a word is
stands in a column of its own, and is read when somebody asks.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from onrecord.record.rows import Found, Values
from onrecord.span import Span
from onrecord.statement import Days, SpeakerKind
from onrecord.tracing.piece import Piece, PieceKind
from onrecord.tracing.placing import Copy, Family
from onrecord.tracing.words import LazyWords, Word, forms_of

# How a word stands in its quotation, a letter each.
_MARKS = {"bracketed": "b", "after_gap": "g", "nested": "n", "opens": "o", "capital": "c"}
_LETTERS = "".join(_MARKS.values())


def piece_of(row: Found) -> Piece:
    """The piece whose row this is; its article goes by its number, and so does its statement."""
    return Piece(
        article=str(row.article_id),
        span=Span(row.start_char, row.end_char),
        words=LazyWords(row.words, partial(_words, row.words, row.places, row.start_char)),
        kind=PieceKind(row.kind),
        speaker=row.speaker,
        speaker_kind=SpeakerKind(row.speaker_kind) if row.speaker_kind else None,
        published=row.published,
        said=Days(row.said_start, row.said_end) if row.said_start else None,
        statement=row.statement_id,
        names=frozenset(row.names),
    )


def values_of(piece: Piece) -> Values:
    """The row of a piece, but for its number and its family."""
    return {
        "article_id": int(piece.article),
        "statement_id": piece.statement,
        "kind": piece.kind.value,
        "start_char": piece.span.start,
        "end_char": piece.span.end,
        "n_words": len(piece.words),
        "published": piece.published,
        "speaker": piece.speaker,
        "speaker_kind": piece.speaker_kind.value if piece.speaker_kind else None,
        "said_start": piece.said.start if piece.said else None,
        "said_end": piece.said.end if piece.said else None,
        "names": sorted(piece.names),
        "words": list(forms_of(piece.words)),
        "places": ",".join(_places(piece)),
    }


def family_of(row: Found, fullest: Copy, list_members: Callable[[int], list[int]]) -> Family:
    """The family whose row this is."""
    days = Counter({date.fromisoformat(day): n for day, n in row.days.items()})
    return Family(row.id, list_members, row.n_copies, Counter(row.speakers), days, fullest)


def family_values(family: Family) -> Values:
    """The row of a family."""
    days = {day.isoformat(): n for day, n in sorted(family.days.items())}
    return {
        "id": family.id,
        "fullest_id": family.fullest,
        "n_copies": family.n_copies,
        "speakers": dict(family.speakers),
        "days": days,
    }


def _places(piece: Piece) -> Iterator[str]:
    """Of each word how far behind the one before it begins, how long it is, and its letters; nothing for the usual."""
    at = piece.span.start - 1
    for word in piece.words:
        letters = "".join(letter for name, letter in _MARKS.items() if getattr(word, name))
        behind, length = word.span.start - at, len(word.span)
        at = word.span.end
        yield "" if (behind, length, letters) == (1, len(word.folded), "") else f"{behind} {length}{letters}"


def _words(forms: Sequence[str], places: str, start: int) -> tuple[Word, ...]:
    found, at = [], start - 1
    for form, place in zip(forms, places.split(","), strict=True):
        behind, _, rest = place.partition(" ")
        length = rest.rstrip(_LETTERS)
        begin = at + int(behind or 1)
        at = begin + int(length or len(form))
        letters = rest[len(length) :]
        found.append(Word(form, Span(begin, at), **{name: letter in letters for name, letter in _MARKS.items()}))
    return tuple(found)
