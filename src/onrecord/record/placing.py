"""Quotations are placed into families when somebody traces, so that adding does not wait for it.

Articles that were not placed yet, or not as they are read now, are taken in the order of their dates, a few in a
transaction. Which they are, `traced_at` tells: null. So a call that was interrupted is simply repeated.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby

from sqlalchemy import Connection, func, select, update

from onrecord.article import Article
from onrecord.record import schema
from onrecord.record.database import Record
from onrecord.record.rows import Found, articles_of
from onrecord.record.traced import TracedFamilies
from onrecord.tracing.piece import Piece, pieces_of
from onrecord.tracing.placing import Placing

_ARTICLES, _STATEMENTS = schema.articles, schema.statements
_IS_TO_PLACE = _ARTICLES.c.traced_at.is_(None)
AT_ONCE = 16


def n_to_place(record: Record) -> int:
    """How many articles there are whose quotations are to be placed."""
    with record.snapshot() as connection:
        return connection.scalar(select(func.count()).select_from(_ARTICLES).where(_IS_TO_PLACE)) or 0


def placed_each(record: Record) -> Generator[int]:
    """The numbers of the articles whose quotations are placed now, each as soon as it is on the disk. RecordError."""
    with record.snapshot() as connection:
        query = select(_ARTICLES.c.id).where(_IS_TO_PLACE)
        ids = list(connection.scalars(query.order_by(_ARTICLES.c.published.nulls_first(), _ARTICLES.c.id)))
    held: dict[int, Piece] = {}
    for start in range(0, len(ids), AT_ONCE):
        with record.transaction() as connection:
            families = TracedFamilies(connection, held)
            placed = place(families, ids[start : start + AT_ONCE])
        yield from placed


def place(families: TracedFamilies, ids: Sequence[int]) -> list[int]:
    """Places the quotations of those of these articles that nobody else has placed meanwhile; their numbers."""
    connection = families.connection
    rows = connection.execute(select(_ARTICLES).where(_ARTICLES.c.id.in_(ids), _IS_TO_PLACE)).all()
    articles = {row.id: (row, article) for row, article in zip(rows, articles_of(connection, rows), strict=True)}
    in_order = [articles[id] for id in ids if id in articles]
    for row, article in in_order:
        _place(families, row, article)
    families.settle()
    numbers = [row.id for row, _ in in_order]
    done = update(_ARTICLES).where(_ARTICLES.c.id.in_(numbers)).values(traced_at=datetime.now(UTC))
    connection.execute(done)
    return numbers


def _place(families: TracedFamilies, row: Found, article: Article) -> None:
    """An article's pieces, and those of others that were in a family with what it had before."""
    others = families.take_out(row.id)
    own = [] if row.superseded_by else list(_pieces_of(families.connection, row.id, article))
    for pieces in _by_article([*others, *own]):
        Placing(families).place_all(pieces)


def _pieces_of(connection: Connection, number: int, article: Article) -> Iterator[Piece]:
    """The article's pieces, which know it and their statements by their numbers in the record."""
    query = select(_STATEMENTS.c.id).where(_STATEMENTS.c.article_id == number).order_by(_STATEMENTS.c.position)
    ids = list(connection.scalars(query))
    for piece in pieces_of(article):
        yield replace(piece, article=str(number), statement=None if piece.statement is None else ids[piece.statement])


def _by_article(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each article together, the earliest article first."""

    def place_of(piece: Piece) -> tuple[date, int]:
        return piece.published or date.min, int(piece.article)

    return (list(group) for _, group in groupby(sorted(pieces, key=place_of), key=place_of))
