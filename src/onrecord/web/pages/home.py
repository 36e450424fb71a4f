"""The first page: one field to search by, what came last, who is quoted most, and what the record holds."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from onrecord.record.opened import newest
from onrecord.web.access import Holding
from onrecord.web.pages.shell import Shell

router = APIRouter(include_in_schema=False)
N_NEWEST = 8


@router.get("/")
def home(held: Holding, shell: Shell) -> HTMLResponse:
    """The first page."""
    with held.reading() as connection:
        articles = newest(connection, limit=N_NEWEST)
    return shell.page("home.html.j2", articles=articles, overview=held.overviews.last())
