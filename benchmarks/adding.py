"""What adding costs beside plain reading, and what workers save: python -m benchmarks.adding [ARTICLES [ADDRESS...]].

The articles are PolNeAR's; they go into a file and into the records at these addresses, which have to be empty. These
machines are noisy: only ratios within one run mean anything, so each article is read and added in turn, and the time on
the processor is told beside the time on the clock.
"""

import json
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.gold import gzipped_records, require_gold
from benchmarks.table import print_table
from onrecord.article import Article
from onrecord.intake import read_inputs
from onrecord.pipeline import read_article
from onrecord.reading.reader import Reader
from onrecord.record import Record
from onrecord.record.adding import added, added_each
from onrecord.record.holdings import holdings
from onrecord.record.outcomes import start_run
from onrecord.workers import Crew

ARTICLES = 120


class Watch:
    """Adds up the seconds that actions take, on the clock and on this process's processors, and what they ask."""

    def __init__(self) -> None:
        self.clock_s = 0.0
        self.processor_s = 0.0
        self.n_questions = 0

    def time(self, action: Callable[[], object]) -> None:
        """Does it."""
        clock_s, processor_s = time.perf_counter(), time.process_time()
        action()
        self.clock_s += time.perf_counter() - clock_s
        self.processor_s += time.process_time() - processor_s

    def ask(self, *_: object) -> None:
        """Counts a question to the database."""
        self.n_questions += 1


def one_by_one(path: Path, addresses: Sequence[str]) -> list[list[str]]:
    """Each article taken in and read, and the same added to each record: what storing costs on top."""
    reader = Reader.load(threads=1)
    for one in read_inputs([str(path)]):  # what is loaded when it is first needed is loaded
        if isinstance(one, Article):
            read_article(one, reader)
            break
    n_articles = len(path.read_text(encoding="utf-8").splitlines())
    watches = {"read": Watch(), **{address: Watch() for address in addresses}}
    with ExitStack() as stack:
        records = {address: stack.enter_context(Record.open(address)) for address in addresses}
        ways = {"read": _read_each(path, reader)} | {
            address: _added_each(path, reader, record) for address, record in records.items()
        }
        for address, record in records.items():
            event.listen(record.engine, "before_cursor_execute", watches[address].ask)
        for n in range(n_articles):
            # What the first of several reads of a text has looked up the others find: each is the first in turn.
            in_turn = deque(ways.items())
            in_turn.rotate(n)
            for name, way in in_turn:
                watches[name].time(partial(next, way))
        for address, record in records.items():
            event.remove(record.engine, "before_cursor_execute", watches[address].ask)
        held = {address: _held(record) for address, record in records.items()}
    reading = watches["read"]
    return [
        [
            "read" if name == "read" else f"added, {name.partition(':')[0] if '://' in name else 'SQLite'}",
            f"{n_articles / watch.clock_s:.2f}",
            f"{n_articles / watch.processor_s:.2f}",
            f"{watch.clock_s / reading.clock_s - 1:+.1%}, {watch.processor_s / reading.processor_s - 1:+.1%}",
            f"{watch.n_questions / n_articles:.1f}" if name != "read" else "",
            held.get(name, ""),
        ]
        for name, watch in watches.items()
    ]


def _read_each(path: Path, reader: Reader) -> Iterator[object]:
    return (read_article(one, reader) for one in read_inputs([str(path)]) if isinstance(one, Article))


def _added_each(path: Path, reader: Reader, record: Record) -> Iterator[object]:
    with record.transaction() as connection:
        run = start_run(connection, command="add")
    return (added(one, record=record, reader=reader, run=run) for one in read_inputs([str(path)]))


def _held(record: Record) -> str:
    """What is in the record, and how large it is."""
    with record.snapshot() as connection:
        held = holdings(connection)
    return f"{held.n_articles:,}, {held.n_statements:,}, {held.n_speakers:,}; {held.size / 1e6:.1f} MB"


def together(path: Path, folder: Path, *, n_workers: int) -> Iterator[str]:
    """All articles added by so many workers, their start left out: the cells of a row."""
    reader = Reader.load(threads=1)
    with Record.open(str(folder / f"{n_workers}.db")) as record:
        ends = added_each(read_inputs([str(path)]), record=record, reader=reader, crew=Crew(n_workers))
        next(ends)
        began, on_processor = time.perf_counter(), time.process_time()
        n_articles = sum(1 for _ in ends)
        yield f"added, {n_workers} workers" if n_workers > 1 else "added, all in one call"
        yield f"{n_articles / (time.perf_counter() - began):.2f}"
        yield ""
        yield f"this process: {(time.process_time() - on_processor) / n_articles * 1000:.0f} ms of processor an article"
        yield ""
        yield ""


def main() -> None:
    """Prints the table."""
    require_gold()
    n_articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "articles.jsonl"
        taken = islice(gzipped_records("data/polnear_train.jsonl.gz").values(), n_articles)
        path.write_text("".join(f"{json.dumps(_line(article))}\n" for article in taken), encoding="utf-8")
        rows = one_by_one(path, [str(folder / "one.db"), *sys.argv[2:]])
        rows += [list(together(path, folder, n_workers=n)) for n in (1, 2)]
    columns = [
        "articles",
        "a second on the clock",
        "a second of processor",
        "beside reading: clock, processor",
        "questions an article",
        "articles, statements, speakers; size",
    ]
    print_table(f"{n_articles} articles, models with one thread each", columns, rows)


def _line(article: dict[str, Any]) -> dict[str, Any]:
    """An article as `add` takes it."""
    own = {key: article.get(key) for key in ("id", "title", "text")}
    return {**own, "outlet": article.get("publisher"), "published": article.get("date")}


if __name__ == "__main__":
    main()
