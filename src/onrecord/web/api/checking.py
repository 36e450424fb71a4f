"""Checking a text: its statements, what it rests on, and the remarks on it."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from onrecord.checking.check import check
from onrecord.exchange.checked import sourcing_dict
from onrecord.exchange.contract import Json, to_dict
from onrecord.web.access import Holding
from onrecord.web.api import shapes
from onrecord.web.api.shapes import UNREADABLE
from onrecord.web.asked import Name, Writable

router = APIRouter(prefix="/api/v1", tags=["check"])


class Sent(BaseModel):
    """A text to be checked; a plain text may state title, authors and date in its head, a page in its markup."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "The ferry stops, Jorun Falk said.", "published": "2031-02-12"}]},
    )

    text: Annotated[str, Field(max_length=1_000_000), Writable]
    published: Annotated[Name, Field(description="The day of publication, where the text does not state it.")] = None


@router.post("/check", response_model=shapes.CheckedArticle, responses=UNREADABLE)
def checked(sent: Sent, held: Holding) -> Json:
    """What a text rests on; nothing of it is kept."""
    read = held.readers.read_sent(sent.text.encode(), published=sent.published or "")
    return {**to_dict(read), "sourcing": sourcing_dict(check(read).sourcing)}
