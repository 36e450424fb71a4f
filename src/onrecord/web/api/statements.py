"""Statements: those that are found, one by its number, and what was found in numbers."""

from typing import Annotated

from fastapi import APIRouter, Query

from onrecord.exchange.contract import Json
from onrecord.exchange.hits import hit_dict
from onrecord.record.facets import Counts, Facets, counted
from onrecord.record.hits import hit_at
from onrecord.record.people import speakers_of
from onrecord.web.access import Holding, Number, nothing_here
from onrecord.web.api import shapes
from onrecord.web.api.shapes import NOTHING_HERE, REFUSALS
from onrecord.web.asked import Asked
from onrecord.web.finding import found

router = APIRouter(prefix="/api/v1", tags=["statements"])


@router.get("/statements", response_model=shapes.Statements, responses=REFUSALS)
def statements(asked: Annotated[Asked, Query()], held: Holding) -> Json:
    """The statements that have some words or mean the like, by rank; or what a speaker said, in the order of time."""
    with held.reading() as connection:
        page = found(connection, asked, held)
        people = speakers_of(connection, [hit.id for hit in page.hits])
    return {
        "statements": [{**hit_dict(hit), "speaker_id": people.get(hit.id)} for hit in page.hits],
        "meant": [{"id": number, "name": name} for number, name in page.meant.people],
        "next": page.after,
    }


@router.get("/statements/{number}", response_model=shapes.Found, responses=NOTHING_HERE)
def statement(number: Number, held: Holding) -> Json:
    """One statement, by its number."""
    with held.reading() as connection:
        hit = hit_at(connection, number)
        if hit is None:
            raise nothing_here("statement", number)
        return {**hit_dict(hit), "speaker_id": speakers_of(connection, [number]).get(number)}


@router.get("/facets", response_model=shapes.Facets, responses=REFUSALS)
def facets(asked: Annotated[Asked, Query()], held: Holding) -> Json:
    """How many of the statements that are found have which speaker, outlet, kind, form, act and day."""
    with held.reading() as connection:
        return _facets_dict(counted(connection, found(connection, asked, held).found))


def _facets_dict(facets: Facets) -> Json:
    counts: dict[str, Counts] = {
        "speakers": facets.speakers,
        "outlets": facets.outlets,
        "kinds": facets.kinds,
        "forms": facets.forms,
        "acts": facets.acts,
        "days": tuple((day.isoformat(), n) for day, n in facets.days),
    }
    by_value = {name: [{"value": value, "n": n} for value, n in one] for name, one in counts.items()}
    return {"n": facets.n, "is_part": facets.is_part, **by_value}
