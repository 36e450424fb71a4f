"""Compares the quotations that came into a record since the last call, with progress where there is a terminal."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.cli.inputs import followed

if TYPE_CHECKING:
    from onrecord.record import Record


def place(record: "Record") -> None:
    """Compares what was added since the last call. RecordError."""
    from onrecord.record.placing import n_to_place, placed_each

    total = n_to_place(record)
    tally: Counter[str] = Counter()
    placing: Iterator[int] = placed_each(record)
    for _ in followed(placing, tally=tally, total=total) if total and sys.stderr.isatty() else placing:
        tally["compared"] += 1
