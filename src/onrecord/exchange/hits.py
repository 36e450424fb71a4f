"""Statements that were found, as JSON Lines, JSON or CSV: the contract's fields, and those of the article they are in.

A statement's spans are offsets into its article's text, as everywhere; `words` is its content in one line, and
`matched` is where in `words` those stand that were looked for; where they are in the paragraph around it
alone, `passage` shows them.
"""

import json
from collections.abc import Iterable, Iterator

from onrecord.exchange.contract import Json, statement_dict
from onrecord.exchange.table import csv_line, text_cell
from onrecord.record.hits import Hit

COLUMNS = (
    *("day", "speaker", "speaker_kind", "source", "cue", "words", "form", "act", "said_start", "said_end"),
    *(
        "outlet",
        "outlets",
        "title",
        "published",
        "url",
        "article",
        "path",
        "chain",
        "confidence",
        "statement_id",
        "found_by",
        "corrected_by",
    ),
)


def hit_dict(hit: Hit) -> Json:
    """A statement that was found: the contract's fields, then the article's and what else is known of it."""
    return {
        **statement_dict(hit.statement),
        "statement_id": hit.id,
        "words": hit.content,
        "matched": [[span.start, span.end] for span in hit.matched],
        "passage": hit.passage or None,
        "found_by": hit.found_by,
        "article": hit.article,
        "article_id": hit.article_id,
        "path": hit.path,
        "outlet": hit.outlet,
        "outlets": list(hit.outlets),
        "title": hit.title,
        "published": hit.published.isoformat() if hit.published else None,
        "url": hit.url,
        "chain": [{"name": link.name, "role": link.role} for link in hit.chain],
        "corrected": _corrected(hit),
    }


def _corrected(hit: Hit) -> Json | None:
    """What people have corrected in it, and who did last, when; none where it is as it was read."""
    if not hit.corrected:
        return None
    *_, last = hit.corrected
    fields = dict.fromkeys(correction.field for correction in hit.corrected)
    return {"fields": list(fields), "by": last.decided_by, "at": last.decided_at.isoformat()}


def hit_lines(hits: Iterable[Hit]) -> Iterator[str]:
    """JSON Lines, each with its end."""
    return (f"{json.dumps(hit_dict(hit), ensure_ascii=False)}\n" for hit in hits)


def hits_array(hits: Iterable[Hit]) -> str:
    """All of them as one JSON array."""
    return json.dumps([hit_dict(hit) for hit in hits], ensure_ascii=False, indent=1) + "\n"


def hit_rows(hits: Iterable[Hit]) -> Iterator[str]:
    """CSV, the line of column names first; what a spreadsheet would take for a formula gets an apostrophe."""
    yield csv_line(COLUMNS)
    for hit in hits:
        yield csv_line(tuple(map(_cell, _values(hit))))


def _values(hit: Hit) -> tuple[object, ...]:
    statement = hit.statement
    speaker, said = statement.speaker, statement.said
    return (
        *(hit.day, speaker and (speaker.proper or speaker.name), speaker and speaker.kind),
        *(hit.source, hit.cue, hit.content, statement.form, statement.act, said and said.start, said and said.end),
        *(hit.outlet, "; ".join(hit.outlets), hit.title, hit.published, hit.url, hit.article, hit.path),
        *(" → ".join(link.name for link in hit.chain), round(statement.confidence, 3), hit.id, hit.found_by),
        hit.corrected[-1].decided_by if hit.corrected else None,
    )


def _cell(value: object) -> str:
    return text_cell("" if value is None else str(value))
