"""What all tables of the record have in common: the names of their keys and indexes, and the columns that recur."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, PrimaryKeyConstraint, Table
from sqlalchemy.schema import SchemaItem

ID = BigInteger().with_variant(Integer, "sqlite")  # what SQLite numbers by itself has to be called INTEGER

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
        "fk": "%(table_name)s_%(column_0_name)s_is_in_%(referred_table_name)s",
        "pk": "%(table_name)s_key",
    }
)


def number() -> Column[int]:
    """By which a row is known."""
    return Column("id", ID, primary_key=True)


def of_article(*, index: bool = False) -> Column[int]:
    """The article that a row belongs to, and goes with."""
    return Column("article_id", ID, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=index)


def of_person(*, index: bool = False) -> Column[int]:
    """The person that a row belongs to, and goes with."""
    return Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=index)


def place() -> tuple[Column[int], Column[int]]:
    """Where in the article's text, in characters, the end exclusive."""
    return Column("start_char", Integer, nullable=False), Column("end_char", Integer, nullable=False)


def parts(name: str, *columns: SchemaItem) -> Table:
    """A table of what an article has several of, in their order."""
    position = Column("position", Integer, nullable=False)
    key = PrimaryKeyConstraint("article_id", "position")
    return Table(name, metadata, of_article(), position, *columns, key, sqlite_with_rowid=False)
