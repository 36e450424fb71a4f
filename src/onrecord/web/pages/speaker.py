"""Speakers: those with a name, and one with names, roles, statements in time, and the outlets that quote them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, RedirectResponse

from onrecord.errors import UsageError
from onrecord.record.facets import counted
from onrecord.record.people import entry_of, list_people, person_of, speakers_of
from onrecord.record.search import said
from onrecord.statement import SpeakerKind
from onrecord.web.access import Holding, Number, nothing_here
from onrecord.web.asked import PAGE, Blank, Name, Token
from onrecord.web.pages.results import shown
from onrecord.web.pages.shell import Shell
from onrecord.web.pages.timeline import HEIGHT, bars

router = APIRouter(include_in_schema=False)
N_LISTED = 60
MOST_OUTLETS = 12


@router.get("/speakers")
def speakers(
    held: Holding,
    shell: Shell,
    name: Annotated[Name, Query()] = None,
    kind: Annotated[SpeakerKind | None, Blank, Query()] = None,
) -> HTMLResponse:
    """Those whose names have the words, the most quoted first."""
    with held.reading() as connection:
        found = list_people(connection, name=name, kind=kind, limit=N_LISTED)
    return shell.page("speakers.html.j2", people=found, name=name or "", kind=kind, kinds=list(SpeakerKind))


@router.get("/speakers/{number}", response_model=None)
def speaker(
    number: Number, held: Holding, shell: Shell, after: Annotated[Token, Query()] = None
) -> HTMLResponse | RedirectResponse:
    """One speaker; somebody who is taken for another leads there."""
    with held.reading() as connection:
        try:
            person = person_of(connection, number, limit=0)
        except UsageError as error:
            raise nothing_here("speaker", number) from error
        if person.entry.id != number:
            return RedirectResponse(f"/speakers/{person.entry.id}", 303)
        results = said(connection, str(number), limit=PAGE, after=after)
        facets = counted(connection, results.found)
        statements = shown(results.hits, speakers_of(connection, [hit.id for hit in results.hits]))
        proposals = [
            (one, entry_of(connection, one.one if one.other == number else one.other)) for one in person.proposals
        ]
    return shell.page(
        "speaker.html.j2",
        person=person,
        statements=statements,
        n_found=facets.n,
        after=results.after,
        outlets=facets.outlets[:MOST_OUTLETS],
        bars=bars(facets.days),
        height=HEIGHT,
        proposals=proposals,
    )
