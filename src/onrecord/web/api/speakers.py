"""Speakers: those with a name, and one with every name and role."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from onrecord.errors import UsageError
from onrecord.exchange.contract import Json
from onrecord.record.people import entry_of, list_people, person_of
from onrecord.statement import SpeakerKind
from onrecord.web.access import Holding, Number, nothing_here
from onrecord.web.api import shapes
from onrecord.web.api.shapes import NOTHING_HERE, REFUSALS
from onrecord.web.asked import MOST, PAGE, Blank, Name

router = APIRouter(prefix="/api/v1", tags=["speakers"])


@router.get("/speakers", response_model=shapes.Speakers, responses=REFUSALS)
def speakers(
    held: Holding,
    name: Annotated[Name, Query(description="A name or a part of one.")] = None,
    kind: Annotated[SpeakerKind | None, Blank, Query(description="What they are.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many.")] = PAGE,
) -> Json:
    """Those whose names have the words, or everybody, the most quoted first."""
    with held.reading() as connection:
        return {"speakers": [asdict(one) for one in list_people(connection, name=name, kind=kind, limit=limit)]}


@router.get("/speakers/{number}", response_model=shapes.Person, responses=NOTHING_HERE)
def speaker(number: Number, held: Holding) -> Json:
    """One speaker, or whom this one is taken for."""
    with held.reading() as connection:
        try:
            person = person_of(connection, number, limit=0)
        except UsageError as error:
            raise nothing_here("speaker", number) from error
        proposals = [
            {
                "id": one.id,
                "other": asdict(entry_of(connection, one.one if one.other == person.entry.id else one.other)),
                "reason": one.reason,
            }
            for one in person.proposals
        ]
    return {
        "speaker": asdict(person.entry),
        "names": [asdict(use) for use in person.names],
        "roles": [asdict(use) for use in person.roles],
        "merged": list(person.merged),
        "proposals": proposals,
    }
