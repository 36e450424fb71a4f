"""What goes wrong, told in one shape: {"error": {"status", "code", "message"}} to programs, a page to people.

A fault of the program is told as one, without its text, which goes to the log.
"""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from onrecord.errors import InputError, ModelError, OnRecordError, RecordError, UsageError
from onrecord.web.templating import rendered

_LOG = logging.getLogger(__name__)
_FOR_PROGRAMS = ("/api/", "/openapi.json")
_STATUS: tuple[tuple[type[OnRecordError], HTTPStatus], ...] = (
    (UsageError, HTTPStatus.BAD_REQUEST),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RecordError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ModelError, HTTPStatus.SERVICE_UNAVAILABLE),
)
_ADVICE = {
    HTTPStatus.NOT_FOUND: "there is nothing at this address; look for it from the first page",
    HTTPStatus.METHOD_NOT_ALLOWED: "this address takes no such request",
    HTTPStatus.INTERNAL_SERVER_ERROR: "the program has a fault, which is in its log; please report it",
}


def refusal(path: str, status: HTTPStatus, message: str, *, headers: dict[str, str] | None = None) -> Response:
    """The answer to a request that is refused, or that failed."""
    if path.startswith(_FOR_PROGRAMS):
        code = status.phrase.lower().replace(" ", "-")
        return JSONResponse({"error": {"status": status, "code": code, "message": message}}, status, headers)
    page = rendered("error.html.j2", status=status, message=message, session=None, is_public=False)
    return HTMLResponse(page, status, headers)


def add_failures(app: FastAPI) -> None:
    """Has the application answer whatever goes wrong."""
    handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
        OnRecordError: _known,
        RequestValidationError: _invalid,
        HTTPException: _http,
        Exception: _fault,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _known(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        _LOG.error("%s", error)
    return refusal(request.url.path, status, str(error))


async def _invalid(request: Request, error: Exception) -> Response:
    """Each field that is wrong, and why; never what was given, which may be anything."""
    wrong = error.errors() if isinstance(error, RequestValidationError) else ()
    told = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in wrong)
    return refusal(request.url.path, HTTPStatus.BAD_REQUEST, told)


async def _http(request: Request, error: Exception) -> Response:
    known = error if isinstance(error, HTTPException) else HTTPException(HTTPStatus.INTERNAL_SERVER_ERROR)
    status = HTTPStatus(known.status_code)
    message = known.detail if known.detail != status.phrase else _ADVICE.get(status, status.description)
    return refusal(request.url.path, status, message, headers=dict(known.headers or {}))


async def _fault(request: Request, error: Exception) -> Response:
    _LOG.error("%s failed", request.url.path, exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return refusal(request.url.path, status, _ADVICE[status])
