"""Sessions: who has signed in on the pages, in a signed cookie that no script reads and no other site sends.

The key that signs lasts as long as the server runs.
"""

import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

COOKIE = "onrecord_session"
LASTS_S = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in: whose token it is, and the secret that forms have to send back."""

    token: int
    name: str
    secret: str


class Sessions:
    """Signs sessions and knows them again."""

    def __init__(self) -> None:
        self._serializer = URLSafeTimedSerializer(secrets.token_urlsafe(32), salt="session")

    def begun(self, session: Session, response: Response, *, is_secure: bool) -> None:
        """Gives the session to the browser."""
        value = self._serializer.dumps([session.token, session.secret])
        response.set_cookie(COOKIE, value, max_age=LASTS_S, httponly=True, samesite="strict", secure=is_secure)

    def token_and_secret(self, cookie: str) -> tuple[int, str] | None:
        """What a cookie says; none for one that is not ours, or too old."""
        try:
            number, secret = self._serializer.loads(cookie, max_age=LASTS_S)
        except (BadSignature, ValueError):
            return None
        return number, secret
