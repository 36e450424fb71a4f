"""Whether words that a report gives in its own way are those of a quotation: by the words that both have, in any order.

Surer things are needed than for quoted words: the same speaker, on near days, and most of what the shorter one says.
Reports in wholly other words are not found; that takes vectors of meaning.
"""

from math import log

from onrecord.tracing.alignment import align
from onrecord.tracing.decision import Population, Relation, Score, how_related
from onrecord.tracing.keys import FEWEST_SHARED
from onrecord.tracing.piece import Piece
from onrecord.tracing.rarity import is_content
from onrecord.tracing.words import forms_of, stem

MAX_DAYS = 3
LEAST_COVERED = 0.6
# What other words of the shorter one count against it, and how much surer a paraphrase has to be.
OTHER_WORDS = 0.5
PARAPHRASED = 4.0


def compare_reported(reported: Piece, quoted: Piece, *, population: Population) -> Score | None:
    """How sure it is that reported words are a paraphrase of quoted ones; none where that cannot be told."""
    relation, days, name = how_related(reported, quoted)
    if relation is not Relation.SAME or days is None or days > MAX_DAYS:
        return None
    ours, theirs = _by_stem(reported), _by_stem(quoted)
    shared = ours.keys() & theirs.keys()
    if len(shared) < FEWEST_SHARED:
        return None
    shorter = min(ours, theirs, key=len)
    matched = sum(population.weights([shorter[one] for one in sorted(shared)]))
    other = sum(population.weights([form for one, form in shorter.items() if one not in shared]))
    alignment = align(reported.words, quoted.words, weigh=population.weights)
    if matched < LEAST_COVERED * (matched + other) or alignment is None:
        return None
    return Score(
        matched=matched,
        unmatched=OTHER_WORDS * other,
        chance=log(1 + population.n_utterances(name)),
        speakers=PARAPHRASED,
        relation=relation,
        days=days,
        alignment=alignment,
    )


def _by_stem(piece: Piece) -> dict[str, str]:
    return {stem(form): form for form in forms_of(piece.words) if is_content(form)}
