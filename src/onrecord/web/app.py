"""The application: the pages, the API, and what they share, for one record."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp

from onrecord import __version__
from onrecord.record import Record
from onrecord.web import assets
from onrecord.web.api import articles as api_articles
from onrecord.web.api import checking as api_checking
from onrecord.web.api import corrections as api_corrections
from onrecord.web.api import holdings as api_holdings
from onrecord.web.api import speakers as api_speakers
from onrecord.web.api import statements as api_statements
from onrecord.web.failures import add_failures
from onrecord.web.guard import Guard
from onrecord.web.held import Held, Serving
from onrecord.web.pages import article, checking, correcting, home, results, signing, speaker, tracing

_ABOUT = "Who said what, in which words, through which outlet, and when. It passes no verdict on truth."
_ROUTERS = tuple(
    module.router
    for module in (
        *(home, results, article, speaker, tracing, checking, correcting, signing, assets),
        *(api_statements, api_articles, api_speakers, api_checking, api_corrections, api_holdings),
    )
)


def application(serving: Serving) -> ASGIApp:
    """The application that serves a record, which has to be there. Raises RecordError when it starts."""

    @asynccontextmanager
    async def held(app: FastAPI) -> AsyncIterator[None]:
        with Record.open(serving.record, create=False) as record:
            app.state.held = Held(serving, record)
            yield
            app.state.held.close()

    app = FastAPI(
        title="OnRecord", version=__version__, description=_ABOUT, lifespan=held, docs_url=None, redoc_url=None
    )
    for router in _ROUTERS:
        app.include_router(router)
    add_failures(app)
    return Guard(app, serving)
