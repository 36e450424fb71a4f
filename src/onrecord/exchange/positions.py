"""Positions as JSON: each with its stance, and with the earlier one that it stands beside, both texts in full.

Spans are offsets into `words`, the sentence in one line.
"""

from collections.abc import Iterator

from onrecord.exchange.contract import Json
from onrecord.record.positions import Positions, Stated
from onrecord.span import Span
from onrecord.tracing.positions import Pair


def position_dicts(found: Positions) -> Iterator[Json]:
    """Every position in the order of time, numbered from 1."""
    beside = {pair.later: pair for pair in found.pairs}
    for place, stated in enumerate(found.stated):
        pair = beside.get(place)
        yield {
            "position": place + 1,
            **_position(stated),
            "beside": _beside(pair, found.stated[pair.earlier]) if pair else None,
        }


def _position(stated: Stated) -> Json:
    hit, stance = stated.hit, stated.stance
    speaker, said = hit.statement.speaker, hit.statement.said
    return {
        "words": stated.words,
        "certainty": stance.certainty,
        "polarity": stance.polarity,
        "shown": _pairs(stated.shown),
        "shown_by_cue": stated.by_cue,
        "matched": _pairs(stated.matched),
        "cue": hit.cue or None,
        "speaker": (speaker.proper or speaker.name) if speaker else None,
        "day": hit.day.isoformat() if hit.day else None,
        "said": {"start": said.start.isoformat(), "end": said.end.isoformat()} if said else None,
        "published": hit.published.isoformat() if hit.published else None,
        "form": hit.statement.form,
        "act": hit.statement.act,
        "found_by": hit.found_by,
        "statement_id": hit.id,
        "copies": list(stated.copies),
        "outlet": hit.outlet,
        "outlets": list(stated.outlets),
        "article": hit.article,
        "path": hit.path,
        "title": hit.title,
        "url": hit.url,
        "chain": [{"name": link.name, "role": link.role} for link in hit.chain],
    }


def _beside(pair: Pair, earlier: Stated) -> Json:
    return {
        "position": pair.earlier + 1,
        "statement_id": earlier.hit.id,
        "day": earlier.hit.day.isoformat() if earlier.hit.day else None,
        "words": earlier.words,
        "relation": pair.relation,
        "differs_in": [one.meaning for one in pair.differs],
        "differences": [
            {"in": one.meaning, "earlier": list(one.earlier), "later": list(one.later)} for one in pair.differs
        ],
        "likeness": round(pair.likeness, 3),
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
