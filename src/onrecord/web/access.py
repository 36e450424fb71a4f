"""What every handler gets: what the server holds, and a connection for reading."""

from typing import Annotated

from fastapi import Depends, HTTPException, Path, Request

from onrecord.web.held import Held

LARGEST = 2**63 - 1


def _held(request: Request) -> Held:
    held: Held = request.app.state.held
    return held


Holding = Annotated[Held, Depends(_held)]
Number = Annotated[int, Path(ge=1, le=LARGEST, description="Its number in the record.")]


def nothing_here(what: str, number: int) -> HTTPException:
    """The answer where the record has nothing of this number."""
    return HTTPException(404, f"there is no {what} {number} in the record; look for it by words or by name")
