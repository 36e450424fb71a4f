"""What adding costs beside plain reading, and what workers save: python -m benchmarks.adding [ARTICLES].

The articles are PolNeAR's. These machines are noisy: only ratios within one run mean anything, so each article is read
and added in turn, and the time on the processor is told beside the time on the clock.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.gold import gzipped_records, require_gold
from benchmarks.table import print_table
from onrecord.article import Article
from onrecord.intake import read_inputs
from onrecord.pipeline import read_article
from onrecord.reading.reader import Reader
from onrecord.record import Record
from onrecord.record.adding import added, added_each
from onrecord.record.outcomes import start_run
from onrecord.workers import Crew

ARTICLES = 120


class Watch:
    """Adds up the seconds that actions take: on the clock, and on this process's processors."""

    def __init__(self) -> None:
        self.clock_s = 0.0
        self.processor_s = 0.0

    def time(self, action: Callable[[], object]) -> None:
        """Does it."""
        clock_s, processor_s = time.perf_counter(), time.process_time()
        action()
        self.clock_s += time.perf_counter() - clock_s
        self.processor_s += time.process_time() - processor_s


def one_by_one(path: Path, folder: Path) -> list[list[str]]:
    """Each article taken in and read, and the same again added: what storing costs on top."""
    reader = Reader.load(threads=1)
    for one in read_inputs([str(path)]):  # what is loaded when it is first needed is loaded
        if isinstance(one, Article):
            read_article(one, reader)
            break
    reading, adding = Watch(), Watch()
    with Record.open(str(folder / "one.db")) as record:
        with record.transaction() as connection:
            run = start_run(connection, command="add")
        to_read = (read_article(one, reader) for one in read_inputs([str(path)]) if isinstance(one, Article))
        to_add = (added(one, record=record, reader=reader, run=run) for one in read_inputs([str(path)]))
        n_articles = len(path.read_text(encoding="utf-8").splitlines())
        in_turn = [(reading, lambda: next(to_read)), (adding, lambda: next(to_add))]
        for _ in range(n_articles):
            for watch, action in in_turn:
                watch.time(action)
            in_turn.reverse()  # what the first of two reads of a text has looked up, the second finds
    share = (adding.clock_s / reading.clock_s - 1, adding.processor_s / reading.processor_s - 1)
    return [
        ["read", f"{n_articles / reading.clock_s:.2f}", f"{n_articles / reading.processor_s:.2f}", ""],
        [
            "added, one process",
            f"{n_articles / adding.clock_s:.2f}",
            f"{n_articles / adding.processor_s:.2f}",
            f"{share[0]:+.1%} on the clock, {share[1]:+.1%} on the processor",
        ],
    ]


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


def main() -> None:
    """Prints the table."""
    require_gold()
    n_articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "articles.jsonl"
        taken = islice(gzipped_records("data/polnear_train.jsonl.gz").values(), n_articles)
        given = (json.dumps({key: article.get(key) for key in ("id", "title", "text")}) for article in taken)
        path.write_text("".join(f"{line}\n" for line in given), encoding="utf-8")
        rows = [*one_by_one(path, folder), *(list(together(path, folder, n_workers=n)) for n in (1, 2))]
    columns = ["articles", "a second on the clock", "a second of processor", "beside reading"]
    print_table(f"{n_articles} articles, models with one thread each", columns, rows)


if __name__ == "__main__":
    main()
