"""What the record holds, in numbers."""

from dataclasses import asdict

from fastapi import APIRouter

from onrecord.exchange.contract import Json
from onrecord.record.holdings import holdings
from onrecord.web.access import Holding
from onrecord.web.api import shapes
from onrecord.web.api.shapes import REFUSALS

router = APIRouter(prefix="/api/v1", tags=["record"])


@router.get("/record", response_model=shapes.Holdings, responses=REFUSALS)
def record(held: Holding) -> Json:
    """What the record holds, counted now."""
    with held.reading() as connection:
        found = holdings(connection)
    named = {"models": found.models, "programs": found.programs, "outcomes": found.outcomes}
    counts = {what: [{"name": name, "n": n} for name, n in counted] for what, counted in named.items()}
    return {**asdict(found), **counts}
