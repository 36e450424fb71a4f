"""Families of quotations, and the quotations of a draft, as JSON: a family or a quotation each.

`start` and `end` span the quoted words without their marks, in the article's text or in the draft's.
"""

import json
from collections.abc import Iterable, Iterator

from onrecord.exchange.contract import Json
from onrecord.record.traces import Change, Checked, Copied, Trace
from onrecord.tracing.variants import Difference
from onrecord.tracing.way import Citation, Way


def trace_dict(trace: Trace) -> Json:
    """A family with its copies, the earliest first."""
    return {
        "family": trace.family,
        "speaker": trace.speakers[0] if trace.speakers else None,
        "fullest": trace.fullest,
        "origin": trace.origin,
        "circles": [list(circle) for circle in trace.circles],
        "members": [copy_dict(copy) for copy in trace.copies],
    }


def copy_dict(copy: Copied) -> Json:
    """A copy: where it stands, its words, and how these differ from the fullest copy's."""
    return {
        "article": copy.article,
        "start": copy.span.start,
        "end": copy.span.end,
        "variant": copy.difference.variant,
        "words": copy.words,
        **_difference(copy.difference, copy.changes),
        "quotation_id": copy.number,
        "statement_id": copy.statement,
        "speaker": copy.speaker,
        "said": copy.said.isoformat() if copy.said else None,
        "published": copy.published.isoformat() if copy.published else None,
        "outlet": copy.outlet,
        "title": copy.title,
        "url": copy.url,
        "path": copy.path,
        "chain": [{"name": link.name, "role": link.role} for link in copy.chain],
        **(_way(copy.way) if copy.way else {}),
    }


def _way(way: Way) -> Json:
    """Whom a copy cites, what of that is missing, and the way back through other copies."""
    missing = way.missing
    return {
        "cites": [_citation(cited) for cited in way.cites],
        "break": {"kind": missing.end, "name": missing.name} if missing else None,
        "way": {"names": list(way.names), "back": list(way.back), "end": way.end},
    }


def _citation(cited: Citation) -> Json:
    """The copy that is cited; where there is none, how many articles of its outlet there are."""
    return {
        "quotation_id": cited.copy,
        "outlet": cited.outlet,
        "evidence": cited.evidence,
        "span": [cited.span.start, cited.span.end] if cited.span else None,
        "address": cited.address,
        "n_articles": cited.n_articles if cited.copy is None else None,
    }


def checked_dict(one: Checked) -> Json:
    """A quotation of a draft, and the copy in the record that is nearest to it."""
    return {
        "start": one.span.start,
        "end": one.span.end,
        "words": one.words,
        "speaker": one.speaker,
        "found": one.verdict,
        **(_difference(one.difference, one.changes) if one.difference else {}),
        "copy": copy_dict(one.copy) if one.copy else None,
    }


def _difference(difference: Difference, changes: Iterable[Change]) -> Json:
    return {
        "cut_front": difference.cut_front,
        "cut_end": difference.cut_end,
        "differs_in": sorted(difference.differs_in),
        "cut_off": sorted(difference.cut_off),
        "changes": [{"words": change.words, "instead_of": change.instead_of} for change in changes],
    }


def in_lines(found: Iterable[Json]) -> Iterator[str]:
    """JSON Lines, each with its end."""
    return (f"{json.dumps(one, ensure_ascii=False)}\n" for one in found)


def in_array(found: Iterable[Json]) -> Iterator[str]:
    """One JSON array, in pieces."""
    before = "[\n"
    for one in found:
        yield before + json.dumps(one, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
