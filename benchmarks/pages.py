"""What is read from real news pages, beside trafilatura alone in the same run: right, and how fast.

The trees that find the body were fitted on these same pages, so they are not judged by themselves: in ten folds by
outlet, each page is read by trees that saw no page of its outlet. What the shipped trees do stands beside it.
"""

import gzip
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from trafilatura import bare_extraction

from benchmarks.gold import SHARED, Json, records
from benchmarks.table import print_table
from onrecord.article import Article, ParagraphKind
from onrecord.errors import InputError
from onrecord.intake.document import Document
from onrecord.intake.html import article_from_html
from onrecord.intake.page.forest import Forest

GOLD = "eval/pages_open.jsonl"
FLOORS = {"body": 0.97, "title": 0.95, "date": 0.97, "authors": 0.93}
MAX_TIME = 1.5
READ = (ParagraphKind.STANDFIRST, ParagraphKind.HEADING, ParagraphKind.BODY)
Scores = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page with what people say is on it; `outlet` is the same for all pages of one outlet."""

    gold: Json
    document: Document
    outlet: str


def gold_pages() -> list[GoldPage]:
    """Every page of the gold."""
    return [GoldPage(gold, _document(gold), _outlet(gold)) for gold in records(GOLD)]


def _document(gold: Json) -> Document:
    data = gzip.decompress((SHARED / "eval" / gold["file"]).read_bytes())
    return Document(data, source=gold["file"], id=gold["id"], url=gold["url"])


def _outlet(gold: Json) -> str:
    """The publisher without the end of its domain: the two sources of the gold name the same one differently."""
    return str(gold["publisher"]).lower().removeprefix("www.").split(".")[0]


def report() -> None:
    """Prints both tables."""
    from training.pages import held_out_forests

    pages = gold_pages()
    forests = held_out_forests(pages)
    ours, alone = [], []
    seconds = {"trafilatura": 0.0, "onrecord": 0.0}
    for page, forest in zip(pages, forests, strict=True):
        alone.append(_timed(seconds, "trafilatura", partial(_by_trafilatura, page)))
        ours.append(_timed(seconds, "onrecord", partial(read_by_onrecord, page, forest=forest)))
    shipped = [read_by_onrecord(page) for page in pages]
    print_scores({"trafilatura alone": alone, "onrecord, outlet not seen": ours, "onrecord, as shipped": shipped})
    ratio = seconds["onrecord"] / seconds["trafilatura"]
    rates = [f"{name}: {len(pages) / spent:.1f} pages a second" for name, spent in seconds.items()]
    print(f"\n{'; '.join(rates)}; {ratio:.2f} times its time (at most {MAX_TIME})")


def print_scores(read: dict[str, list[Json]]) -> None:
    """One row a reader, by the measures of score_pages.py."""
    rows = []
    for name, predicted in read.items():
        scores = page_scores(predicted)
        cells = [scores[m].get("f1", scores[m].get("accuracy", 0.0)) for m in FLOORS]
        rows.append([name, *(f"{cell:.3f}" for cell in cells)])
    rows.append(["floor", *(f"{floor:.2f}" for floor in FLOORS.values())])
    print_table("Real news pages (121; title, date and authors known for 41)", ["", *FLOORS], rows)


def page_scores(predicted: Iterable[Json]) -> Scores:
    """The measures of score_pages.py over all pages."""
    from score_pages import score_page, summary

    by_id = {row["id"]: row for row in predicted}
    return cast("Scores", summary([score_page(gold, by_id[gold["id"]]) for gold in records(GOLD)]))


def as_read(article: Article) -> Json:
    """An article as the scorer wants it."""
    moment = article.published_at or article.published
    return {
        "id": article.id,
        "title": article.title,
        "authors": list(article.authors),
        "published": moment.isoformat() if moment else None,
        "body": [p.span.of(article.text) for p in article.paragraphs if p.kind in READ],
    }


def read_by_onrecord(page: GoldPage, *, forest: Forest | None = None) -> Json:
    """A page as OnRecord reads it, by default with the trees that it ships."""
    try:
        return as_read(article_from_html(page.document, forest=forest))
    except InputError:
        return {"id": page.gold["id"]}


def _by_trafilatura(page: GoldPage) -> Json:
    found: Any = bare_extraction(page.document.data, url=page.gold["url"], with_metadata=True, include_comments=False)
    told = found.as_dict() if found else {}
    return {
        "id": page.gold["id"],
        "title": told.get("title"),
        "authors": [name.strip() for name in (told.get("author") or "").split(";") if name.strip()],
        "published": told.get("date"),
        "body": (told.get("text") or "").split("\n"),
    }


def _timed(seconds: dict[str, float], name: str, call: Callable[[], Json]) -> Json:
    start = time.perf_counter()
    result = call()
    seconds[name] += time.perf_counter() - start
    return result
