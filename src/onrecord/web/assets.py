"""The style sheet and the script; nothing else that a page needs is loaded."""

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from onrecord.web.templating import asset

router = APIRouter(include_in_schema=False)
_A_YEAR = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
def static(name: str) -> Response:
    """One of them; its address changes with it, so that it may be kept."""
    found = asset(name)
    if found is None:
        raise HTTPException(404)
    text, kind = found
    return Response(text, media_type=kind, headers={"cache-control": _A_YEAR})
