"""Killing `onrecord add` at random moments, and looking at what is left: python -m benchmarks.record_kills [KILLS].

Each kill is SIGKILL to the process that writes, at a moment anywhere between its start and when it would be done.
Afterwards whatever was reported has to be in the record, whole and once, the file intact, and no worker still there;
the next call goes on with the same record until that is full, then with a new one.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

KILLS = 50
N_ARTICLES = 40
END_TIMEOUT_S = 20.0
PAUSE_S = 0.05
ADD = (sys.executable, "-m", "onrecord", "add", "gates.jsonl", "--record", "news.db")
UNSOUND = {
    "PRAGMA integrity_check": [("ok",)],
    "PRAGMA foreign_key_check": [],
    "SELECT name FROM articles GROUP BY name HAVING count(*) > 1": [],
    "SELECT name FROM articles WHERE id NOT IN (SELECT article_id FROM statements)": [],
    "SELECT name FROM articles WHERE id NOT IN (SELECT article_id FROM paragraphs)": [],
    "SELECT name FROM articles WHERE id NOT IN (SELECT article_id FROM outcomes WHERE article_id IS NOT NULL)": [],
}


@dataclass(frozen=True, slots=True)
class Left:
    """What a kill left: the articles that were reported, those that are kept, and what is wrong with the record."""

    reported: frozenset[str]
    kept: frozenset[str]
    wrong: tuple[str, ...]


def write_articles(folder: Path, n_articles: int = N_ARTICLES) -> None:
    """A file of short articles, each with a name of its own."""
    lines = (
        {"id": f"gate-{n}", "text": f"“Gate {n} will hold,” said Jorun Falk. “It is number {n} of {n_articles}.”"}
        for n in range(n_articles)
    )
    (folder / "gates.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


def killed(folder: Path, *, after_s: float, workers: int) -> Left:
    """Adds the articles in the folder to the record there, is killed after so many seconds, and looks."""
    with (folder / "stderr.txt").open("wb") as stderr:
        process = subprocess.Popen([*ADD, "--workers", str(workers)], cwd=folder, stderr=stderr)
        with suppress(subprocess.TimeoutExpired):
            process.wait(after_s)
        others = children_of(process.pid)
        process.kill()
        process.wait()
    gone = all_gone(others)
    whole_lines = (folder / "stderr.txt").read_text(encoding="utf-8").rpartition("\n")[0].splitlines()
    ends = [line.split() for line in whole_lines if line.startswith("onrecord: gates.jsonl: ")]
    return _left(folder, frozenset(words[-1] for words in ends), wrong=() if gone else ("a worker is still there",))


def _left(folder: Path, reported: frozenset[str], *, wrong: tuple[str, ...]) -> Left:
    if not (folder / "news.db").exists():
        return Left(reported, frozenset(), wrong)
    with closing(sqlite3.connect(folder / "news.db")) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if "articles" not in tables:
            return Left(reported, frozenset(), wrong)
        wrong += tuple(query for query, right in UNSOUND.items() if connection.execute(query).fetchall() != right)
        kept = frozenset(name for (name,) in connection.execute("SELECT name FROM articles"))
    return Left(reported, kept, (*wrong, *(f"{name} was reported and is not there" for name in reported - kept)))


def children_of(pid: int) -> list[int]:
    """The processes that a process has started, where the system says so."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in children.read_text(encoding="ascii").split()] if children.exists() else []


def all_gone(pids: list[int]) -> bool:
    """Whether the processes end in due time. One that nobody has asked for its exit code counts as ended."""
    give_up = time.monotonic() + END_TIMEOUT_S
    while any(_runs(pid) for pid in pids):
        if time.monotonic() > give_up:
            return False
        time.sleep(PAUSE_S)
    return True


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (ProcessLookupError, FileNotFoundError):
        return False


def main() -> None:
    """Kills as often as it is told, and prints what it found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder)
        began = time.monotonic()
        subprocess.run([*ADD, "--workers", "2"], cwd=folder, check=True, stderr=subprocess.DEVNULL)
        whole_s = time.monotonic() - began
        full = True
        for number in range(kills):
            if full:
                for path in folder.glob("news.db*"):
                    path.unlink()
            left = killed(folder, after_s=chance.uniform(0, whole_s), workers=1 + number % 2)
            full = len(left.kept) == N_ARTICLES
            found.update(left.wrong)
            found["kills"] += 1
            found["articles reported before a kill"] += len(left.reported)
            found["records filled"] += full
    print(f"adding {N_ARTICLES} articles without a kill takes {whole_s:.1f} s")
    for what, count in found.items():
        print(f"{count} {what}")


if __name__ == "__main__":
    main()
