"""Copies: one text under several names of outlets, as an agency's report is printed.

Every article has its fingerprints in the record; those that share one are looked at, and intake decides whether they
are copies. A copy group is named by its first article. Nothing is left out for being a copy.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from onrecord.article import Article
from onrecord.intake.duplicates import fingerprint, is_copy
from onrecord.record import schema
from onrecord.record.inserting import insert_rows
from onrecord.record.rows import Found, articles_of

# Articles that share a fingerprint by chance or by boilerplate are few; a group is asked once, by its likeliest member.
_MAX_CANDIDATES = 20


def note_fingerprint(connection: Connection, article: Article, *, article_id: int) -> None:
    """Keeps what later copies of the article are found by."""
    rows = [{"hash": value, "article_id": article_id} for value in set(fingerprint(article))]
    insert_rows(connection, schema.fingerprints, rows)


def group_of(connection: Connection, article: Article, *, article_id: int) -> int:
    """The copy group of an article whose fingerprint is noted: that of the first it is a copy of, or its own."""
    rows = _candidates(connection, article_id)
    copies = zip(rows, articles_of(connection, rows), strict=True) if rows else ()
    return next((int(row.copy_group) for row, other in copies if is_copy(other, article)), article_id)


def _candidates(connection: Connection, article_id: int) -> Sequence[Found]:
    """One article for each copy group that shares a fingerprint with this one: the first of those that share most."""
    mine, theirs, articles = schema.fingerprints.alias(), schema.fingerprints.alias(), schema.articles
    n_shared = func.count()
    query = (
        select(articles.c.id, articles.c.copy_group)
        .join(theirs, theirs.c.article_id == articles.c.id)
        .join(mine, mine.c.hash == theirs.c.hash)
        .where(mine.c.article_id == article_id, articles.c.id != article_id, articles.c.superseded_by.is_(None))
        .group_by(articles.c.id, articles.c.copy_group)
        .order_by(n_shared.desc(), articles.c.id)
    )
    likeliest: dict[int, int] = {}
    for row in connection.execute(query):
        likeliest.setdefault(row.copy_group, row.id)
        if len(likeliest) == _MAX_CANDIDATES:
            break
    ids = list(likeliest.values())
    if not ids:
        return ()
    return connection.execute(select(articles).where(articles.c.id.in_(ids)).order_by(articles.c.id)).all()
