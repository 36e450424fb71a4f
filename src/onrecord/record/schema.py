"""What the record is made of: its tables, its views, and nothing that asks or changes them.

Names are chosen for people who open the file with any SQLite tool: a column says what it holds, an offset says that it
counts characters, words stand beside their offsets. Nothing here is SQLite's alone; what a type or an index is called
in PostgreSQL is said beside it. The tables of tracing are in schema_tracing.py. docs/record.md has every table with a
question that it answers.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from onrecord.record import schema_tracing, words_postgresql, words_sqlite
from onrecord.record.columns import Listed, Moment, Valued, Words
from onrecord.record.tables import ID, metadata, number, of_article, of_person, parts, place

schema_version = Table(
    "schema_version",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Moment, nullable=False),
    comment="The version of this OnRecord record",  # by which we know one from other databases; SQLite has a number
)

runs = Table(
    "runs",
    metadata,
    number(),
    Column("command", Words, nullable=False),
    Column("program", Words, nullable=False),
    Column("started_at", Moment, nullable=False),
)

# The text stands last: what comes behind a long value SQLite finds only by reading through it.
articles = Table(
    "articles",
    metadata,
    number(),
    Column("name", Words, nullable=False, index=True),
    Column("source", Words, nullable=False),
    Column("url", Words),
    Column("outlet", Words, index=True),
    Column("domain", Words),
    Column("title", Words),
    Column("authors", Listed, nullable=False),
    Column("published", Date, index=True),
    Column("published_at", Words),  # as the report states it: with its own time zone, or none
    Column("language", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("superseded_by", ID, ForeignKey("articles.id", ondelete="SET NULL")),
    Column("copy_group", ID, ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    Column("model", Words, nullable=False),
    Column("program", Words, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("fetched", Moment),
    Column("traced_at", Moment),
    Column("record_id", Words),
    Column("source_key", Words, nullable=False),
    Column("content_hash", Words, nullable=False),
    Column("text_key", Words, nullable=False),
    Column("text", Words, nullable=False),
    Index(None, "source_key", "name"),
    Index(None, "content_hash", "source_key"),
)
_IS_UNTRACED = articles.c.traced_at.is_(None)
Index("articles_to_trace", articles.c.published, sqlite_where=_IS_UNTRACED, postgresql_where=_IS_UNTRACED)

paragraphs = parts("paragraphs", *place(), Column("kind", Words, nullable=False), Column("markup", Words))
links = parts("links", *place(), Column("address", Words, nullable=False))
cited_outlets = parts("cited_outlets", Column("name", Words, nullable=False, index=True))
comment_requests = parts(
    "comment_requests",
    *place(),
    Column("asked_by", Words),
    Column("asked", Listed, nullable=False),
    Column("medium", Words),
    Column("answered", Boolean),
)


# `source`, `cue` and `content` are words, for reading and searching; the spans beside them are what counts.
def _attribution() -> tuple[Column[Any], ...]:
    """What a statement is, but for those that it points to."""
    return (
        Column("position", Integer, nullable=False),
        Column("source", Words),
        Column("cue", Words),
        Column("content", Words, nullable=False),
        Column("source_spans", Listed, nullable=False),
        Column("cue_spans", Listed, nullable=False),
        Column("content_spans", Listed, nullable=False),
        Column("speaker", Words),
        Column("speaker_kind", Words),
        Column("speaker_known_by", Words),
        Column("speaker_proper", Words),
        Column("speaker_confidence", Float),
        Column("form", Words),
        Column("act", Words, nullable=False),
        Column("said_start", Date),
        Column("said_end", Date),
        Column("when_span", Listed),
    )


statements = Table(
    "statements",
    metadata,
    number(),
    of_article(),
    *_attribution(),
    Column("parent_id", ID, ForeignKey("statements.id", ondelete="SET NULL")),
    Column("answers_id", ID, ForeignKey("statements.id", ondelete="SET NULL")),
    Column("confidence", Float, nullable=False),
    UniqueConstraint("article_id", "position"),
    Index(None, "speaker", "speaker_kind"),
    sqlite_autoincrement=True,  # else the number of a statement that was taken out would be another's one day
)
for _column in (
    articles.c.superseded_by, statements.c.parent_id, statements.c.answers_id, statements.c.speaker_proper
):  # fmt: skip
    # Few have one. Nobody is to look up by this index those that do not, which are nearly all.
    Index(None, _column, sqlite_where=_column.is_not(None), postgresql_where=_column.is_not(None))

# By which words of it the name of a speaker, or of somebody known, is found, as names compare. Names that nobody bears
# any more may stay.
name_words = Table(
    "name_words",
    metadata,
    Column("word", Words, nullable=False),
    Column("name", Words, nullable=False),
    PrimaryKeyConstraint("word", "name"),
    sqlite_with_rowid=False,
)

vias = Table(
    "vias",
    metadata,
    Column("statement_id", ID, ForeignKey("statements.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Words, nullable=False, index=True),
    Column("role", Words, nullable=False),
    Column("proper", Words),
    Column("start_char", Integer),
    Column("end_char", Integer),
    PrimaryKeyConstraint("statement_id", "position"),
    sqlite_with_rowid=False,
)

# What statements mean. The key begins with the cell, so that what is near is read in one go; in PostgreSQL, whose
# tables have no order, it holds the numbers as well.
vectors = Table(
    "vectors",
    metadata,
    Column("projection", Words, nullable=False),
    Column("cell", Integer, nullable=False),
    Column("statement_id", ID, ForeignKey("statements.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("numbers", LargeBinary, nullable=False),
    PrimaryKeyConstraint("projection", "cell", "statement_id", postgresql_include=["numbers"]),
    sqlite_with_rowid=False,
)

addresses = Table(
    "addresses",
    metadata,
    Column("key", Words, primary_key=True),
    Column("address", Words, nullable=False),
    of_article(index=True),
    Column("noted_at", Moment, nullable=False),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("hash", BigInteger, nullable=False),
    of_article(index=True),
    PrimaryKeyConstraint("hash", "article_id"),
    sqlite_with_rowid=False,
)

outcomes = Table(
    "outcomes",
    metadata,
    number(),
    Column("run_id", ID, ForeignKey("runs.id", ondelete="SET NULL"), index=True),
    Column("source", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("reason", Words),
    Column("article_id", ID, ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    Column("ended_at", Moment, nullable=False),
)

for _column in (links.c.address, outcomes.c.source):
    # Of any length, since others write them: PostgreSQL's usual index holds a third of a page, this one what there is.
    Index(None, _column, postgresql_using="spgist")

feeds = Table(
    "feeds",
    metadata,
    number(),
    Column("address", Words, nullable=False, unique=True),
    Column("title", Words),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("interval_s", Integer),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("next_due", Moment, index=True),
    Column("last_polled", Moment),
)

# `key` is what the feed calls the entry; `address_key`, its address in the form in which addresses compare.
entries = Table(
    "entries",
    metadata,
    Column("feed_id", ID, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("key", Words, nullable=False),
    Column("address", Words),
    Column("address_key", Words, index=True),
    Column("published", Date),
    Column("outcome", Words),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("next_try", Moment),
    Column("seen_at", Moment, nullable=False),
    PrimaryKeyConstraint("feed_id", "key"),
    sqlite_with_rowid=False,
)

# One row for each identity that was met. `merged_into` is the person that it is taken for since people decided so; that
# one is merged into nobody, so that it is reached in one step. `walks` are the walks of life that its roles tell of.
people = Table(
    "people",
    metadata,
    number(),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("note", Words),
    Column("authority", Words, index=True),
    Column("walks", Listed, nullable=False),
    Column("merged_into", ID, ForeignKey("people.id", ondelete="SET NULL")),
)
Index(
    None,
    people.c.merged_into,
    sqlite_where=people.c.merged_into.is_not(None),
    postgresql_where=people.c.merged_into.is_not(None),
)

# `key` is the name in the form in which names compare, null for one that is too short to tell who is meant.
people_names = Table(
    "people_names",
    metadata,
    of_person(),
    Column("name", Words, nullable=False),
    Column("key", Words),
    Column("listed", Boolean, nullable=False),
    PrimaryKeyConstraint("person_id", "name"),
    Index("people_names_by_key", "key"),  # by the convention it would be called as the primary key is
    Index("people_names_by_name", "name"),
    sqlite_with_rowid=False,
)

people_roles = Table(
    "people_roles",
    metadata,
    of_person(),
    Column("role", Words, nullable=False),
    PrimaryKeyConstraint("person_id", "role"),
    sqlite_with_rowid=False,
)

people_blocks = Table(
    "people_blocks",
    metadata,
    Column("block", Words, nullable=False),
    of_person(index=True),
    PrimaryKeyConstraint("block", "person_id"),
    sqlite_with_rowid=False,
)

# Of the newest versions of articles alone. The key begins with the person: whoever opens one reads neighbouring rows.
appearances = Table(
    "appearances",
    metadata,
    of_person(),
    Column("statement_id", ID, ForeignKey("statements.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    of_article(index=True),
    Column("role", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("described", Words),
    Column("day", Date),
    PrimaryKeyConstraint("person_id", "statement_id", "position"),
    UniqueConstraint("statement_id", "position"),
    # Sorted as they are counted: who is quoted 48,000 times among a million statements opens in 80 ms, else in 500.
    Index(None, "person_id", "name", "day"),
    sqlite_with_rowid=False,
)
Index(
    None,
    appearances.c.person_id,
    appearances.c.described,
    appearances.c.day,
    sqlite_where=appearances.c.described.is_not(None),
    postgresql_where=appearances.c.described.is_not(None),
)

decisions = Table(
    "decisions",
    metadata,
    number(),
    Column("kind", Words, nullable=False),
    of_person(index=True),
    Column("other_id", ID, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("undone_by", Words),
    Column("undone_at", Moment),
)

moved = Table(
    "moved",
    metadata,
    Column("decision_id", ID, ForeignKey("decisions.id", ondelete="CASCADE"), nullable=False),
    Column("statement_id", ID, ForeignKey("statements.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    of_person(index=True),
    PrimaryKeyConstraint("decision_id", "statement_id", "position"),
    sqlite_with_rowid=False,
)

proposals = Table(
    "proposals",
    metadata,
    number(),
    of_person(),
    Column("other_id", ID, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reason", Words, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("decision_id", ID, ForeignKey("decisions.id", ondelete="SET NULL"), index=True),
    UniqueConstraint("person_id", "other_id"),
)

# Of each statement that is not shown as it was read: how it was read. `people` are those who appeared in it then, pairs
# of position and person; `projection`, `cell` and `numbers` are its vector; `is_read` tells whether the present reading
# has it, or whether it is kept for its corrections.
statements_as_read = Table(
    "statements_as_read",
    metadata,
    Column("statement_id", ID, primary_key=True, autoincrement=False),
    of_article(index=True),
    *_attribution(),
    Column("parent_id", ID),
    Column("answers_id", ID),
    Column("confidence", Float, nullable=False),
    Column("vias", Valued, nullable=False),
    Column("people", Listed, nullable=False),
    Column("projection", Words),
    Column("cell", Integer),
    Column("numbers", LargeBinary),
    Column("is_read", Boolean, nullable=False),
)

# A statement that was marked wrong is in no other table, so that its number points nowhere.
corrections = Table(
    "corrections",
    metadata,
    number(),
    of_article(index=True),
    Column("statement_id", ID, nullable=False, index=True),
    Column("field", Words, nullable=False),
    Column("before", Valued),
    Column("after", Valued),
    Column("note", Words),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("undone_by", Words),
    Column("undone_at", Moment),
    Column("agreed_with", Words),
    Column("carried_from", ID, ForeignKey("corrections.id", ondelete="SET NULL")),
)
Index(
    None,
    corrections.c.carried_from,
    sqlite_where=corrections.c.carried_from.is_not(None),
    postgresql_where=corrections.c.carried_from.is_not(None),
)

# Who may write over the network; of the token itself only what tells it again.
tokens = Table(
    "tokens",
    metadata,
    number(),
    Column("name", Words, nullable=False),
    Column("hash", Words, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    sqlite_autoincrement=True,  # a session of a token that is gone is nobody else's
)

# Questions that everybody has, as standard SQL.
VIEWS = schema_tracing.VIEWS | {
    "current_articles": """
        SELECT a.id, a.name, a.outlet, a.title, a.published, a.url, a.source, a.version, a.copy_group,
               (SELECT count(*) FROM statements s WHERE s.article_id = a.id) AS n_statements, a.added_at
        FROM articles a
        WHERE a.superseded_by IS NULL""",
    "said": """
        SELECT s.id, coalesce(s.speaker_proper, s.speaker) AS speaker, s.speaker_kind, s.cue, s.content, s.form, s.act,
               s.said_start, s.said_end, a.outlet, a.published, a.title, a.url, a.id AS article_id, a.copy_group,
               s.confidence,
               EXISTS (SELECT 1 FROM corrections c WHERE c.statement_id = s.id AND c.undone_at IS NULL) AS corrected
        FROM statements s JOIN articles a ON a.id = s.article_id
        WHERE a.superseded_by IS NULL""",
    "corrected": """
        SELECT c.id, c.statement_id, c.field, r.speaker AS speaker_as_read, s.speaker, r.content AS content_as_read,
               s.content, c.note, c.decided_by, c.decided_at, a.name AS article, a.id AS article_id
        FROM corrections c JOIN articles a ON a.id = c.article_id
        LEFT JOIN statements s ON s.id = c.statement_id
        LEFT JOIN statements_as_read r ON r.statement_id = c.statement_id
        WHERE c.undone_at IS NULL AND a.superseded_by IS NULL""",
    "copies": """
        SELECT a.copy_group, a.id AS article_id, a.outlet, a.title, a.published, a.url, a.source
        FROM articles a
        WHERE EXISTS (SELECT 1 FROM articles b WHERE b.copy_group = a.copy_group AND b.id <> a.id)""",
    "outcome_counts": """
        SELECT run_id, outcome, count(*) AS n_inputs
        FROM outcomes
        GROUP BY run_id, outcome""",
    "spoken_for": """
        SELECT leader.id AS person_id, leader.name AS person, leader.kind, ap.role, ap.name, ap.described, ap.day,
               s.id AS statement_id, s.content, a.outlet, a.title, a.id AS article_id
        FROM appearances ap
        JOIN people p ON p.id = ap.person_id
        JOIN people leader ON leader.id = coalesce(p.merged_into, p.id)
        JOIN statements s ON s.id = ap.statement_id
        JOIN articles a ON a.id = ap.article_id""",
}


def create(connection: Connection) -> None:
    """All tables and views, and the index of words, as of this version, in an empty database."""
    metadata.create_all(connection)
    for name, query in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS{query}")
    words = words_sqlite if connection.dialect.name == "sqlite" else words_postgresql
    words.create_words(connection)
