"""A page: a template inside what all pages have."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends
from starlette.responses import HTMLResponse

from onrecord.web.access import Holding
from onrecord.web.sessions import Session
from onrecord.web.signing import SignedIn
from onrecord.web.templating import rendered


@dataclass(frozen=True, slots=True)
class _Shell:
    """Who looks, and whether anybody may write here."""

    session: Session | None
    is_public: bool

    def page(self, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object) -> HTMLResponse:
        """The page of a template with these values; it is asked for anew each time, since the record grows."""
        text = rendered(template, session=self.session, is_public=self.is_public, **values)
        return HTMLResponse(text, status, {"cache-control": "no-cache", "vary": "cookie"})


def _shell(session: SignedIn, held: Holding) -> _Shell:
    return _Shell(session, held.serving.public)


Shell = Annotated[_Shell, Depends(_shell)]
