"""Articles: the newest, and one with its text, statements and findings."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from onrecord.exchange.contract import Json, to_dict
from onrecord.record.opened import newest, opened
from onrecord.web.access import LARGEST, Holding, Number, nothing_here
from onrecord.web.api import shapes
from onrecord.web.api.shapes import NOTHING_HERE, REFUSALS
from onrecord.web.asked import MOST, PAGE

router = APIRouter(prefix="/api/v1", tags=["articles"])


@router.get("/articles", response_model=shapes.Articles, responses=REFUSALS)
def articles(
    held: Holding,
    before: Annotated[int | None, Query(ge=1, le=LARGEST, description="What `next` of the page before says.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many on a page.")] = PAGE,
) -> Json:
    """The articles, the one that came last first."""
    with held.reading() as connection:
        found = newest(connection, limit=limit + 1, before=before)
    shown = found[:limit]
    return {"articles": [asdict(one) for one in shown], "next": shown[-1].id if len(found) > limit else None}


@router.get("/articles/{number}", response_model=shapes.Article, responses=NOTHING_HERE)
def article(number: Number, held: Holding) -> Json:
    """One article, of whatever version, by its number."""
    with held.reading() as connection:
        found = opened(connection, number)
    if found is None:
        raise nothing_here("article", number)
    return {
        **to_dict(found.kept.article),
        "article_id": number,
        "statement_ids": list(found.kept.statement_ids),
        "versions": [asdict(one) for one in found.versions],
        "copies": [asdict(one) for one in found.copies],
    }
