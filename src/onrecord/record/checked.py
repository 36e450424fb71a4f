"""Articles with corrections, each statement as it is with them, for those who train a model."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.article import Article
from onrecord.record import schema
from onrecord.record.changing import sides_of
from onrecord.record.corrected import fields_of
from onrecord.record.corrections import Field, standing
from onrecord.record.places import Sides
from onrecord.record.rows import article_of


@dataclass(frozen=True, slots=True)
class Checked:
    """An article of which people have checked something; `number` is its number in the record.

    `checked` are those of its statements, by their indices, of which a person has said what they are; `wrong` is where
    those stand that a person has marked wrong.
    """

    article: Article
    number: int
    checked: frozenset[int]
    wrong: tuple[Sides, ...]


def checked_articles(connection: Connection) -> Iterator[Checked]:
    """The newest versions with a correction that stands, in the order in which they came."""
    articles, log, noted = schema.articles, schema.corrections, schema.statements_as_read
    ids = select(log.c.article_id).where(log.c.undone_at.is_(None))
    query = select(articles).where(articles.c.id.in_(ids), articles.c.superseded_by.is_(None)).order_by(articles.c.id)
    for row in connection.execute(query).all():
        stands = standing(connection, row.id)
        of_article = schema.statements.c.article_id == row.id
        order = connection.scalars(
            select(schema.statements.c.id).where(of_article).order_by(schema.statements.c.position)
        )
        wrong = [n for n, own in stands.items() if any(one.field is Field.WRONG for one in own)]
        read = select(noted).where(noted.c.statement_id.in_(wrong)).order_by(noted.c.position, noted.c.statement_id)
        yield Checked(
            article_of(connection, row),
            row.id,
            frozenset(place for place, number in enumerate(order) if number in stands),
            tuple(sides_of(fields_of(was)) for was in connection.execute(read)),
        )
