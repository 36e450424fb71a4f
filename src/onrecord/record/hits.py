"""What a search finds: a statement with what it takes to understand and to cite it, without its whole article."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.record import schema
from onrecord.record.corrections import Correction, of_statements
from onrecord.record.query import Query
from onrecord.record.rows import Found, statement_of, via_of
from onrecord.record.words import words_of
from onrecord.span import Span
from onrecord.statement import FoundBy, Link, Statement

_STATEMENTS, _ARTICLES, _VIAS = schema.statements, schema.articles, schema.vias
# Of the article all that is shown; its text would be most of what is read.
_OF_ARTICLE = ("name", "source", "outlet", "title", "published", "url", "copy_group")
# Characters of control, which no text has that a page or a person wrote.
_MARKS = ("\x02", "\x03")
_UNMARKED = dict.fromkeys(map(ord, _MARKS))


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that was found; `id` is its number in the record, `article_id` its article's, `article` that's name.

    `source`, `cue` and `content` are the words, each in one line; `matched` is where in `content` the words are that
    were looked for; where those are in the paragraph alone, `passage` is of it, and `matched_around` tells where in it.
    `outlets` are all that have it, in this article or in a copy of it, the article's own first. `found_by` tells what
    a search found it by; `corrected` are the corrections that stand, the first ones first.
    """

    id: int
    statement: Statement
    source: str
    cue: str
    content: str
    article_id: int
    article: str
    path: str
    outlet: str | None
    title: str | None
    published: date | None
    url: str | None
    chain: tuple[Link, ...]
    outlets: tuple[str, ...] = ()
    found_by: FoundBy | None = None
    matched: tuple[Span, ...] = ()
    passage: str = ""
    matched_around: tuple[Span, ...] = ()
    corrected: tuple[Correction, ...] = ()

    @property
    def day(self) -> date | None:
        """The day by which it is sorted: that of the saying, else that of the publication."""
        return self.statement.said.start if self.statement.said else self.published


@dataclass(frozen=True, slots=True)
class _Lineage:
    """A statement and those around it, each the parent of the one before: as much of an article as a chain asks for."""

    id: str
    outlet: str | None
    statements: tuple[Statement, ...]


def hits_of(connection: Connection, ids: Sequence[int], *, query: Query | None = None) -> list[Hit]:
    """The statements with these numbers, in their order, the words of the query marked."""
    rows = _rows(connection, ids)
    around = dict(rows)
    while missing := {row.parent_id for row in around.values() if row.parent_id} - around.keys():
        around |= _rows(connection, missing)
    answered = {row.answers_id for row in rows.values() if row.answers_id} - around.keys()
    positions = {number: row.position for number, row in {**around, **_rows(connection, answered)}.items()}
    vias = _vias(connection, around)
    statements = {
        number: statement_of(row, vias=[via_of(via) for via in vias[number]], position_of=positions)
        for number, row in around.items()
    }
    marked = words_of(connection).marked(connection, query, ids, marks=_MARKS) if query and ids else {}
    outlets = _outlets(connection, rows.values())
    corrected = of_statements(connection, ids)
    return [
        _with_matches(
            replace(
                _hit(rows[number], around=around, statements=statements),
                outlets=outlets[number],
                corrected=tuple(corrected.get(number, ())),
            ),
            *marked.get(number, ("", "")),
        )
        for number in ids
    ]


def hit_at(connection: Connection, number: int) -> Hit | None:
    """The statement with this number; none if there is none."""
    return next(iter(hits_of(connection, [number])), None) if _rows(connection, [number]) else None


def _with_matches(hit: Hit, content: str, passage: str) -> Hit:
    """The hit with the places of the marks that are in its content, else with a passage that has some."""
    matched = tuple(_marked(content))
    around = () if matched else tuple(_marked(" ".join(passage.split())))
    words = " ".join(passage.translate(_UNMARKED).split()) if around else ""
    return replace(hit, matched=matched, passage=words, matched_around=around)


def _hit(row: Found, *, around: Mapping[int, Found], statements: Mapping[int, Statement]) -> Hit:
    line = [row]
    while line[-1].parent_id:
        line.append(around[line[-1].parent_id])
    parts = [replace(statements[one.id], parent=n) for n, one in enumerate(line, start=1)]
    lineage = _Lineage(row.name, row.outlet, (*parts[:-1], replace(parts[-1], parent=None)))
    return Hit(
        id=row.id,
        statement=statements[row.id],
        source=row.source or "",
        cue=row.cue or "",
        content=row.content,
        article_id=row.article_id,
        article=row.name,
        path=row.path,
        outlet=row.outlet,
        title=row.title,
        published=row.published,
        url=row.url,
        chain=lineage.statements[0].chain(lineage),
    )


def _rows(connection: Connection, ids: Iterable[int]) -> dict[int, Found]:
    """Statements with what is shown of their articles, by their numbers."""
    of_article = [_ARTICLES.c[name].label("path" if name == "source" else name) for name in _OF_ARTICLE]
    query = (
        select(*_STATEMENTS.columns, *of_article)
        .join(_ARTICLES, _ARTICLES.c.id == _STATEMENTS.c.article_id)
        .where(_STATEMENTS.c.id.in_(ids))
    )
    return {row.id: row for row in connection.execute(query)}


def _vias(connection: Connection, ids: Iterable[int]) -> dict[int, list[Found]]:
    found: dict[int, list[Found]] = {number: [] for number in ids}
    query = select(_VIAS).where(_VIAS.c.statement_id.in_(found)).order_by(_VIAS.c.statement_id, _VIAS.c.position)
    for via in connection.execute(query):
        found[via.statement_id].append(via)
    return found


def _outlets(connection: Connection, rows: Iterable[Found]) -> dict[int, tuple[str, ...]]:
    """By statement, the outlets that have it: of its article and of that one's copies with the same words."""
    by_words: dict[Any, list[str]] = {}
    known = list(rows)
    name = func.coalesce(_ARTICLES.c.outlet, _ARTICLES.c.name).label("name")
    query = (
        select(_ARTICLES.c.copy_group, _STATEMENTS.c.content, name)
        .join(_STATEMENTS, _STATEMENTS.c.article_id == _ARTICLES.c.id)
        .where(
            _ARTICLES.c.copy_group.in_({row.copy_group for row in known}),
            _STATEMENTS.c.content.in_({row.content for row in known}),
        )
        .order_by(_ARTICLES.c.id)
    )
    for copy in connection.execute(query):
        by_words.setdefault((copy.copy_group, copy.content), []).append(copy.name)
    return {
        row.id: tuple(dict.fromkeys((row.outlet or row.name, *by_words.get((row.copy_group, row.content), ()))))
        for row in known
    }


def _marked(words: str) -> Iterator[Span]:
    """Where the marks were, in the words without them."""
    places = [mark.start() - n for n, mark in enumerate(re.finditer(r"[\x02\x03]", words))]
    return (Span(start, end) for start, end in zip(places[::2], places[1::2], strict=False) if start < end)
