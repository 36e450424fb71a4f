"""The record: read articles and their statements, kept, and the only SQL of the program.

    with Record.open("news.db") as record, record.transaction() as connection:
        articles.store(connection, article, model=reader.encoder.metadata.id)

`database` opens it, `schema` and `migrations` say what it is made of, and each further module is what one concern asks
of it: `articles`, `outcomes`, `feeds`; `identifying` who is who, `proposing` who else may be, `deciding` what people
say to that, `listed` for other people's lists, `people` to look at the result. They join the transaction that they are
handed and never commit.
"""

from onrecord.record.database import Record

__all__ = ["Record"]
