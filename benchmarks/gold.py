"""The development gold and its scorers, which lie beside the repository; where they are absent, benchmarks say so."""

import gzip
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from onrecord import Article, Reader, Statement
from onrecord.exchange.contract import to_dict
from onrecord.intake import article_from_text

Json = dict[str, Any]
SHARED = Path(__file__).resolve().parents[2] / "shared"
ROLES = ("source", "cue", "content")

sys.path.insert(0, str(SHARED / "eval"))


@dataclass(frozen=True, slots=True)
class Judged:
    """An article of the gold and how it was read."""

    gold: Json
    article: Article

    def outermost(self) -> list[Statement]:
        """The statements that lie in no other: what PolNeAR marks."""
        return [s for s in self.article.statements if s.parent is None]

    def pair(self) -> tuple[str, list[Json], list[Json]]:
        """Text, gold and predicted attributions, as score_attributions.py wants them."""
        return self.gold["text"], self.gold["attributions"], [spans_of(s) for s in self.outermost()]


def require_gold() -> None:
    """Ends the program with an explanation where the gold is not at hand."""
    if not (SHARED / "eval").is_dir():
        raise SystemExit("the development gold is not here: benchmarks expect it in ../shared/eval")


def records(path: str) -> list[Json]:
    """The objects of a JSON Lines file, or the one of a JSON file, below the folder of the gold."""
    text = (SHARED / path).read_text(encoding="utf-8")
    return [json.loads(text)] if path.endswith(".json") else [json.loads(line) for line in text.splitlines()]


def gzipped_records(path: str) -> dict[str, Json]:
    """The objects of a gzipped JSON Lines file below the folder of the gold by their ids, the first of each."""
    found: dict[str, Json] = {}
    with gzip.open(SHARED / path, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            found.setdefault(record["id"], record)
    return found


def judged(reader: Reader, gold: Iterable[Json]) -> list[Judged]:
    """The gold's articles, read."""
    return [Judged(g, reader.read(article_of(g))) for g in gold]


def article_of(gold: Json) -> Article:
    """The article of a gold record, unread, with the day it came out."""
    published = date.fromisoformat(gold["date"]) if gold.get("date") else None
    return article_from_text(gold["text"], id=gold["id"], published=published)


def spans_of(statement: Statement) -> Json:
    """A statement's spans as the scorers want them."""
    return {role: [[s.start, s.end] for s in getattr(statement, role)] for role in ROLES}


def statements_of(article: Article) -> list[Json]:
    """An article's statements by the contract."""
    return cast("list[Json]", to_dict(article)["statements"])
