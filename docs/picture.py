"""Draws the pictures in the README, docs/read.svg and docs/trace.svg: `python docs/picture.py`, from the root."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

import onrecord
from onrecord.cli.show import lines
from onrecord.exchange.ways_svg import to_svg
from onrecord.record import Record
from onrecord.record.articles import store
from onrecord.record.placing import placed_each
from onrecord.record.traces import traces_of

ARTICLE = "examples/interview.txt"
N_LINES = 34
TRACED = ("examples/quay.html", "examples/piers.html", "examples/insurers.txt")
WORDS = "close the quay"


def draw_read() -> None:
    """What `onrecord read` prints."""
    console = Console(record=True, width=96, file=io.StringIO(), highlight=False)
    for line in list(lines(onrecord.read(ARTICLE), console))[:N_LINES]:
        console.print(line, soft_wrap=True)
    console.save_svg("docs/read.svg", title=f"onrecord read {ARTICLE}")


def draw_trace() -> None:
    """What `onrecord trace --format svg` writes."""
    with TemporaryDirectory() as folder, Record.open(f"{folder}/news.db") as record:
        with record.transaction() as connection:
            for path in TRACED:
                store(connection, onrecord.read(path), model="")
        list(placed_each(record))
        with record.snapshot() as connection:
            Path("docs/trace.svg").write_text(to_svg(traces_of(connection, WORDS)), encoding="utf-8")


if __name__ == "__main__":
    draw_read()
    draw_trace()
