"""An article with every statement marked where it stands, and beside it what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse

from onrecord.article import Article
from onrecord.checking.check import check
from onrecord.checking.report import Finding
from onrecord.exchange.page import shown_article
from onrecord.exchange.remarks import fact_words, share_words, source_words
from onrecord.record.hits import hit_at
from onrecord.record.opened import Opened, opened
from onrecord.web.access import Holding, Number, nothing_here
from onrecord.web.pages.shell import Shell

router = APIRouter(include_in_schema=False)
ANCHOR = "a"
MOST_SOURCES = 12


@dataclass(frozen=True, slots=True)
class Beside:
    """What the record knows of a statement: its number, its speaker's, and who has corrected it."""

    id: int
    person: int | None
    corrected_by: tuple[str, ...]


@router.get("/articles/{number}")
def article(number: Number, held: Holding, shell: Shell) -> HTMLResponse:
    """One article."""
    with held.reading() as connection:
        found = opened(connection, number)
    if found is None:
        raise nothing_here("article", number)
    rests = rests_on(found.kept.article)
    return shell.page("article.html.j2", number=number, opened=found, beside=_beside(found), **rests)


def rests_on(read: Article) -> dict[str, Any]:
    """What the template of an article shows of it, whether the record has it or not."""
    report = check(read)
    return {
        "shown": shown_article(read, ANCHOR),
        "findings": _by_paragraph(read, report.findings),
        "n_findings": len(report.findings),
        "sourcing": report.sourcing,
        "shares": share_words(report.sourcing),
        "sources": [(source, source_words(source)) for source in report.sourcing.sources[:MOST_SOURCES]],
        "facts": list(fact_words(report.sourcing)),
    }


@router.get("/statements/{number}")
def statement(number: Number, held: Holding) -> RedirectResponse:
    """Where a statement stands in its article: an address of its own, to be kept."""
    with held.reading() as connection:
        hit = hit_at(connection, number)
        found = opened(connection, hit.article_id) if hit else None
    if hit is None or found is None:
        raise nothing_here("statement", number)
    place = found.kept.statement_ids.index(number)
    return RedirectResponse(f"/articles/{hit.article_id}#{ANCHOR}-t{place}", 303)


def _beside(found: Opened) -> list[Beside]:
    """What is known of each statement, in their order."""
    by = {number: dict.fromkeys(one.decided_by for one in own) for number, own in found.corrections.items()}
    return [Beside(number, found.people.get(number), tuple(by.get(number, ()))) for number in found.kept.statement_ids]


def _by_paragraph(read: Article, findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings beside the paragraph in which their first span begins, or beside the next one."""
    beside: list[list[Finding]] = [[] for _ in read.paragraphs]
    for finding in findings:
        start = finding.spans[0].start
        at = next((n for n, paragraph in enumerate(read.paragraphs) if paragraph.span.end > start), None)
        if at is not None:
            beside[at].append(finding)
    return beside
