"""Checking a text that somebody sends: what it rests on, as for an article, without keeping it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form
from starlette.responses import HTMLResponse

from onrecord.errors import InputError, UsageError
from onrecord.web.access import Holding
from onrecord.web.pages.article import rests_on
from onrecord.web.pages.shell import Shell

router = APIRouter(include_in_schema=False)


@router.get("/check")
def ask(shell: Shell) -> HTMLResponse:
    """Where a text is sent from."""
    return shell.page("check.html.j2", text="", published="", complaint="")


@router.post("/check")
def checked(
    held: Holding,
    shell: Shell,
    text: Annotated[str, Form(max_length=1_000_000)] = "",
    published: Annotated[str, Form(max_length=20)] = "",
    file: Annotated[bytes, File()] = b"",
) -> HTMLResponse:
    """What it rests on; what is wrong with it is said above the form, with the text still in it."""
    try:
        read = held.readers.read_sent(file or text.encode("utf-8", "replace"), published=published)
    except (InputError, UsageError) as error:
        told, status = str(error), HTTPStatus.UNPROCESSABLE_ENTITY
        return shell.page("check.html.j2", status=status, text=text, published=published, complaint=told)
    return shell.page("checked.html.j2", beside=None, **rests_on(read))
