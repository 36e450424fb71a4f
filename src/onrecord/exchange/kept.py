"""What a record keeps, to be taken elsewhere: a statement a line or a row, or whole articles, one a line.

In JSON Lines a statement has the contract's fields, those of its article, and its words. The first statement of each
article bears the rest of the article under `article_fields`, text included, so that the file makes a record again;
whoever wants statements alone passes over that key. A part of an article's statements makes no article: where something
narrows what is exported, the key is left out.
"""

import json
from collections.abc import Iterable, Iterator

from onrecord.article import Article
from onrecord.exchange.contract import Json, line_of, statement_dict, to_dict
from onrecord.exchange.table import COLUMNS, Cell, csv_line, statement_cells, text_cell
from onrecord.record.kept import Kept
from onrecord.span import Span, spoken

# What `read --format csv` has, then what only a record knows, and all the spans.
KEPT_COLUMNS = (
    *COLUMNS,
    *("domain", "url", "authors", "copy_of", "source_spans", "cue_spans", "content_spans"),
    *("statement_id", "article_id", "model", "superseded"),
)


def statement_lines(kept: Iterable[Kept], *, in_full: bool) -> Iterator[str]:
    """JSON Lines, a statement each; `in_full` if all statements are there, so that articles can be told whole."""
    for one in kept:
        for nth, place in enumerate(one.wanted):
            fields = statement_fields(one, place)
            if in_full and nth == 0:
                fields["article_fields"] = {**_without_statements(one.article), **_beside(one)}
            yield f"{line_of(fields)}\n"


def article_lines(kept: Iterable[Kept]) -> Iterator[str]:
    """JSON Lines, a whole article each, as the contract has it, and what the record keeps beside it."""
    return (f"{line_of({**to_dict(one.article), **_beside(one)})}\n" for one in kept)


def statement_rows(kept: Iterable[Kept]) -> Iterator[str]:
    """CSV, the line of column names first."""
    yield csv_line(KEPT_COLUMNS)
    for one in kept:
        yield from (csv_line((*statement_cells(one.article, place), *_kept_cells(one, place))) for place in one.wanted)


def statement_fields(one: Kept, place: int) -> Json:
    """The statement at this place of its article, by the names that it has wherever statements are found."""
    article = one.article
    statement = article.statements[place]
    return {
        **statement_dict(statement),
        "position": place,
        "statement_id": one.statement_ids[place],
        "source_words": spoken(article.text, statement.source) or None,
        "cue_words": spoken(article.text, statement.cue) or None,
        "words": spoken(article.text, statement.content),
        "article": article.id,
        "article_id": one.id,
        "path": article.source,
        "outlet": article.outlet,
        "domain": article.domain,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "copy_of": article.copy_of,
        "superseded": one.superseded,
        "chain": [{"name": link.name, "role": link.role} for link in statement.chain(article)],
        "model": one.model,
    }


def _without_statements(article: Article) -> Json:
    fields = to_dict(article)
    return {**{name: fields[name] for name in fields if name != "statements"}, "n_statements": len(article.statements)}


def _beside(one: Kept) -> Json:
    beside = one.beside
    return {
        "model": one.model,
        "program": beside.program,
        "superseded": one.superseded,
        "place": beside.place,
        "addresses": list(beside.addresses),
    }


def _kept_cells(one: Kept, place: int) -> tuple[Cell, ...]:
    article = one.article
    statement = article.statements[place]
    words = (article.domain, article.url, "; ".join(article.authors), article.copy_of)
    spans = (statement.source, statement.cue, statement.content)
    numbers = (one.statement_ids[place], one.id)
    return (*map(text_cell, words), *map(_spans, spans), *numbers, text_cell(one.model), int(one.superseded))


def _spans(spans: tuple[Span, ...]) -> str:
    """As JSON, which no spreadsheet takes for a date or a time."""
    return json.dumps([[span.start, span.end] for span in spans])
