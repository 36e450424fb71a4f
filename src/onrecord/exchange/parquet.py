"""Statements as Parquet: the fields that JSON Lines has, under the same names, each with its type.

Days are dates, spans are lists of pairs, speakers, vias and chains are structures. Rows are written in groups as they
come. pyarrow is an extra of the package; who has not got it is told so before anything is read.
"""

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import IO, Any

from onrecord.errors import UsageError
from onrecord.exchange.contract import Json
from onrecord.exchange.kept import statement_fields
from onrecord.record.kept import Kept

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:
    raise UsageError("Parquet needs pyarrow, which is not here; pip install 'onrecord[parquet]'") from error

ROWS_IN_GROUP = 20_000

_SPAN = pa.list_(pa.int32())
_NAMED = (("name", pa.string()), ("role", pa.string()))
_SPEAKER = pa.struct([
    *(("name", pa.string()), ("kind", pa.string()), ("known_by", pa.string()), ("proper", pa.string())),
    ("confidence", pa.float64()),
])  # fmt: skip
SCHEMA = pa.schema([
    *((name, pa.list_(_SPAN)) for name in ("source", "cue", "content")),
    ("speaker", _SPEAKER),
    ("form", pa.string()),
    ("act", pa.string()),
    ("via", pa.list_(pa.struct([*_NAMED, ("proper", pa.string()), ("span", _SPAN)]))),
    ("said", pa.struct([("start", pa.date32()), ("end", pa.date32())])),
    ("when", _SPAN),
    *((name, pa.int32()) for name in ("parent", "answers")),
    ("confidence", pa.float64()),
    ("position", pa.int32()),
    ("statement_id", pa.int64()),
    *((name, pa.string()) for name in ("source_words", "cue_words", "words", "article")),
    ("article_id", pa.int64()),
    *((name, pa.string()) for name in ("path", "outlet", "domain", "title")),
    ("published", pa.date32()),
    *((name, pa.string()) for name in ("url", "copy_of")),
    ("superseded", pa.bool_()),
    ("chain", pa.list_(pa.struct(_NAMED))),
    ("model", pa.string()),
])  # fmt: skip


def write_parquet(kept: Iterable[Kept], out: IO[bytes]) -> None:
    """All of it, a row for each statement."""
    rows = (_typed(statement_fields(one, place)) for one in kept for place in one.wanted)
    with parquet.ParquetWriter(pa.PythonFile(out, mode="w"), SCHEMA, compression="zstd") as writer:
        while group := list(islice(rows, ROWS_IN_GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=SCHEMA))


def _typed(fields: Json) -> Json:
    """The fields with days where JSON has their words."""
    said: Any = fields["said"]
    days = said and {end: _day(day) for end, day in said.items()}
    return {**fields, "said": days, "published": _day(fields["published"])}


def _day(written: object) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) else None
