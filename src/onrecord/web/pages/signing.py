"""Signing in with a token, and out."""

import secrets
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.web.access import Holding
from onrecord.web.pages.shell import Shell
from onrecord.web.sessions import COOKIE, Session
from onrecord.web.signing import FormSigner, bearer_of

router = APIRouter(include_in_schema=False)
Back = Annotated[str, Query(max_length=300)]


@router.get("/sign-in")
def sign_in(shell: Shell, back: Back = "/") -> HTMLResponse:
    """Where the token is asked for."""
    return shell.page("sign-in.html.j2", back=back, complaint="")


@router.post("/sign-in")
def signed_in(
    request: Request,
    held: Holding,
    shell: Shell,
    token: Annotated[str, Form(max_length=200)] = "",
    back: Annotated[str, Form(max_length=300)] = "/",
) -> Response:
    """Begins a session for whoever has a token."""
    bearer = None if held.serving.public else bearer_of(held, token.strip())
    if bearer is None:
        complaint = "This token is not known here, or was revoked. `onrecord token create NAME` makes one."
        return shell.page("sign-in.html.j2", status=HTTPStatus.FORBIDDEN, back=back, complaint=complaint)
    answer = RedirectResponse(_within(back), HTTPStatus.SEE_OTHER)
    session = Session(*bearer, secrets.token_urlsafe(24))
    held.sessions.begun(session, answer, is_secure=request.url.scheme == "https")
    return answer


@router.post("/sign-out")
def signed_out(signer: FormSigner) -> RedirectResponse:  # noqa: ARG001 - only who is signed in can sign out
    """Ends the session in this browser."""
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE)
    return answer


def _within(back: str) -> str:
    """An address on this server: what leads elsewhere leads to the first page."""
    is_here = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if is_here else "/"
