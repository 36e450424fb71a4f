"""Who writes: whoever has a token, sent with each request to the API, or once for a session on the pages.

What changes anything asks, besides for the session, for its own secret, which only our pages have.
"""

import secrets
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from onrecord.record.tokens import token_of, usable_token
from onrecord.web.access import Holding
from onrecord.web.held import Held
from onrecord.web.sessions import COOKIE, Session

_BEARER = "bearer "


def _session(request: Request, held: Holding) -> Session | None:
    """Who is signed in; nobody where nobody writes, and once the token is revoked."""
    found = held.sessions.token_and_secret(request.cookies.get(COOKIE, ""))
    if held.serving.public or found is None:
        return None
    with held.reading() as connection:
        token = usable_token(connection, found[0])
    return Session(token.id, token.name, found[1]) if token else None


SignedIn = Annotated[Session | None, Depends(_session)]


async def _signs_form(request: Request, session: SignedIn) -> str:
    """Who signs what a form of ours asks for. Raises HTTPException where nobody does."""
    if session is None:
        raise HTTPException(HTTPStatus.FORBIDDEN, "sign in first: whoever writes signs with a name")
    secret = str((await request.form()).get("secret", ""))
    if not secrets.compare_digest(secret.encode("utf-8", "replace"), session.secret.encode()):
        raise HTTPException(HTTPStatus.FORBIDDEN, "this form is not from your session; open the page again and send it")
    return session.name


def _signs_request(request: Request, held: Holding) -> str:
    """Who signs what a request to the API asks for. Raises HTTPException where nobody does."""
    if held.serving.public:
        raise HTTPException(HTTPStatus.FORBIDDEN, "nobody writes here: the record is served to be read")
    given = request.headers.get("authorization", "")
    token = given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else ""
    name = bearer_of(held, token)
    if name is None:
        message = "writing needs a token: make one with `onrecord token create`, and send it as Authorization: Bearer"
        raise HTTPException(HTTPStatus.UNAUTHORIZED, message, {"WWW-Authenticate": "Bearer"})
    return name[1]


def bearer_of(held: Held, token: str) -> tuple[int, str] | None:
    """The number and the name of a token that may be used."""
    if not token:
        return None
    with held.reading() as connection:
        found = token_of(connection, token)
    return (found.id, found.name) if found else None


FormSigner = Annotated[str, Depends(_signs_form)]
RequestSigner = Annotated[str, Depends(_signs_request)]
