"""The tables of tracing: which quotations pass on one utterance, and what finds that out for the next one."""

from sqlalchemy import BigInteger, Column, Date, Float, Integer, PrimaryKeyConstraint, Table

from onrecord.record.columns import Listed, Valued, Words
from onrecord.record.tables import ID, metadata, of_article, place

# Each piece of an article that was placed. `family_id` is the `id` of the quotation that founded its family. `words`
# are those that are compared, `places` how each stands there; `names`, those around. No row points to `statement_id`
# by a key: an article whose statements change is placed anew. Numbers are given in the order of placing, none twice.
quotations = Table(
    "quotations",
    metadata,
    Column("id", ID, primary_key=True, autoincrement=False),
    of_article(index=True),
    Column("family_id", ID, index=True),
    Column("statement_id", ID),
    Column("kind", Words, nullable=False),
    *place(),
    Column("n_words", Integer, nullable=False),
    Column("published", Date),
    Column("speaker", Words),
    Column("speaker_kind", Words),
    Column("said_start", Date),
    Column("said_end", Date),
    Column("relation", Words),
    Column("score", Float),
    Column("names", Listed, nullable=False),
    Column("words", Listed, nullable=False),
    Column("places", Words, nullable=False),
)

# What its copies tell of an utterance, so that a slogan with many of them is not read copy by copy.
quotation_families = Table(
    "quotation_families",
    metadata,
    Column("id", ID, primary_key=True, autoincrement=False),
    Column("fullest_id", ID, nullable=False),
    Column("n_copies", Integer, nullable=False),
    Column("speakers", Valued, nullable=False),
    Column("days", Valued, nullable=False),
)

# By which quotations find each other. They are found by the key alone, and what is gone is taken out by both columns,
# so that no second index is needed, nor a foreign key, which would need one.
quotation_keys = Table(
    "quotation_keys",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("quotation_id", ID, nullable=False),
    PrimaryKeyConstraint("key", "quotation_id"),
    sqlite_with_rowid=False,
)

# How rare what quotations share is: in how many utterances the stem of a word stands, how many a speaker has, and how
# much there is of everything.
quotation_counts = Table(
    "quotation_counts",
    metadata,
    Column("kind", Words, nullable=False),
    Column("word", Words, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "word"),
    sqlite_with_rowid=False,
)

VIEWS = {
    "quoted": """
        SELECT q.family_id, q.id AS quotation_id, q.kind, q.speaker,
               substr(a.text, q.start_char + 1, q.end_char - q.start_char) AS words,
               a.outlet, a.published, a.title, a.url, a.id AS article_id, q.statement_id
        FROM quotations q JOIN articles a ON a.id = q.article_id
        WHERE a.superseded_by IS NULL""",
}
