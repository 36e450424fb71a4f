"""Corrections: what people have said of statements, saying so, and taking it back."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from onrecord.exchange.contract import Json
from onrecord.record.correcting import correct, mark_wrong, undo
from onrecord.record.corrections import Correction, Signature, all_corrections, correction_of
from onrecord.record.hits import hit_at
from onrecord.web.access import LARGEST, Holding, Number, nothing_here
from onrecord.web.api import shapes
from onrecord.web.api.shapes import NOTHING_HERE, REFUSALS, UNSIGNED
from onrecord.web.signing import RequestSigner
from onrecord.web.wanted import CorrectionGiven

router = APIRouter(prefix="/api/v1", tags=["corrections"])


@router.get("/corrections", response_model=shapes.Corrections, responses=REFUSALS)
def corrections(
    held: Holding,
    statement: Annotated[int | None, Query(ge=1, le=LARGEST, description="Only those of this statement.")] = None,
) -> Json:
    """All corrections that were ever made, those that were undone among them, in their order."""
    with held.reading() as connection:
        return {"corrections": [_dict(one) for one in all_corrections(connection, statement=statement)]}


@router.post(
    "/statements/{number}/corrections",
    response_model=shapes.Corrections,
    status_code=201,
    responses={**NOTHING_HERE, **UNSIGNED},
)
def corrected(number: Number, given: CorrectionGiven, held: Holding, signer: RequestSigner) -> Json:
    """Says that a statement is none, or what its fields are; what was read stays, and can be shown again."""
    sign = Signature(signer, given.note)
    with held.writing() as connection:
        if hit_at(connection, number) is None:
            raise nothing_here("statement", number)
        if given.wrong:
            made = [mark_wrong(connection, number, sign=sign)]
        else:
            made = correct(connection, number, given.wanted(), sign=sign)
        found = [one for one in all_corrections(connection, statement=number) if one.id in made]
    return {"corrections": [_dict(one) for one in found]}


@router.post("/corrections/{number}/undo", response_model=shapes.Correction, responses={**NOTHING_HERE, **UNSIGNED})
def undone(number: Number, held: Holding, signer: RequestSigner) -> Json:
    """Takes a correction back; the log keeps it."""
    with held.writing() as connection:
        if correction_of(connection, number) is None:
            raise nothing_here("correction", number)
        undo(connection, number, by=signer)
        found = correction_of(connection, number)
    if found is None:
        raise nothing_here("correction", number)
    return _dict(found)


def _dict(correction: Correction) -> Json:
    return asdict(correction)
