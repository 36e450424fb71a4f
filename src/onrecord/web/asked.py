"""What a request asks for, read from its address; the pages and the API read it alike.

An empty field of a form is one that was not filled in. What nobody knows is refused, since a misspelt filter would
otherwise show more than was asked for.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from onrecord.exchange.days import days_given
from onrecord.record.search import Filters
from onrecord.statement import Act, Form, FoundBy, SpeakerKind

MAX_TYPED = 1_000
MAX_NAME = 200
MAX_TOKEN = 200
PAGE = 20
MOST = 100


def _filled(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _first_day(value: object) -> object:
    return days_given(value)[0] if isinstance(value, str) and value.strip() else _filled(value)


def _last_day(value: object) -> object:
    return days_given(value)[1] if isinstance(value, str) and value.strip() else _filled(value)


def _writable(value: str) -> str:
    """Refuses what no text has that somebody typed, and no database takes."""
    if any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError("it has a character that no text has; type it again")
    return value


Blank = BeforeValidator(_filled)
Writable = AfterValidator(_writable)
Typed = Annotated[Annotated[str, Field(max_length=MAX_TYPED), Writable] | None, Blank]
Name = Annotated[Annotated[str, Field(max_length=MAX_NAME), Writable] | None, Blank]
Token = Annotated[Annotated[str, Field(max_length=MAX_TOKEN), Writable] | None, Blank]
_DAY = "A day, a month or a year: 2024-10-03, 2024-10, 2024."


class Order(StrEnum):
    """In which order statements are shown: the likeliest or the earliest first."""

    RANK = "rank"
    TIME = "time"


class Asked(BaseModel):
    """Which statements are looked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: Annotated[Typed, Field(description="Words that are said, or what they mean.")] = None
    speaker: Annotated[Name, Field(description="A name, a part of one, or a number.")] = None
    outlet: Annotated[Name, Field(description="An outlet, or a part of its name.")] = None
    kind: Annotated[SpeakerKind | None, Blank, Field(description="What the speaker is.")] = None
    form: Annotated[Form | None, Blank, Field(description="How much of it is quoted.")] = None
    act: Annotated[Act | None, Blank, Field(description="What the source does.")] = None
    since: Annotated[date | None, BeforeValidator(_first_day), Field(description=f"Not before it. {_DAY}")] = None
    until: Annotated[date | None, BeforeValidator(_last_day), Field(description=f"Not after it. {_DAY}")] = None
    by: Annotated[FoundBy, Field(description="Found by its words, by what it means, or by both.")] = FoundBy.BOTH
    order: Annotated[Order | None, Blank, Field(description="By rank, or by time where a speaker is given.")] = None
    limit: Annotated[int, Field(ge=1, le=MOST, description="How many on a page.")] = PAGE
    after: Annotated[Token, Field(description="What `next` of the page before says.")] = None

    @property
    def filters(self) -> Filters:
        """What a statement has to be."""
        return Filters(self.since, self.until, self.outlet, self.kind, self.form, self.act)

    @property
    def in_time(self) -> bool:
        """Whether statements are shown in the order of time: a speaker's, unless words are looked for by rank."""
        wanted = self.order or (Order.TIME if self.q is None else Order.RANK)
        return self.speaker is not None and wanted is Order.TIME

    @property
    def is_open(self) -> bool:
        """Whether nothing is looked for."""
        return self.q is None and self.speaker is None

    def query(self, **other: str | None) -> str:
        """The same as the query of an address, with these values instead; a page begins anew unless `after` is one."""
        values = {**self.model_dump(mode="json", exclude_defaults=True), "after": None, **other}
        return urlencode({name: value for name, value in values.items() if value not in {None, ""}})
