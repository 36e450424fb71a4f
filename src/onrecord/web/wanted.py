"""What somebody corrects in a statement, as a form or the API has it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onrecord.errors import UsageError
from onrecord.exchange.days import days_given
from onrecord.record.correcting import Named, Wanted
from onrecord.record.corrections import Field as Corrected
from onrecord.statement import Act, Days, Form, SpeakerKind
from onrecord.web.asked import MAX_NAME, Name, Typed, Writable

MAX_SPANS = 20
Words = Annotated[list[Annotated[str, Field(max_length=20_000), Writable]], Field(max_length=MAX_SPANS)]


class SpeakerGiven(BaseModel):
    """Who says it; without a kind, what the record knows of the name tells it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME), Writable]
    kind: SpeakerKind | None = None


class CorrectionGiven(BaseModel):
    """What is wrong with a statement: that it is none, or what its fields are. A null says that there is none."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"speaker": {"name": "Jorun Falk"}, "note": "the mayor, not the engineer"}]},
    )

    wrong: bool = False
    speaker: SpeakerGiven | None = None
    source: Words | None = Field(None, description="Words of the text, or characters: 120-180.")
    cue: Words | None = None
    content: Words | None = None
    act: Act | None = None
    form: Form | None = None
    said: Annotated[Name, Field(description="2024-10-03, 2024-10, 2024-10-01/2024-10-07.")] = None
    note: Typed = None

    @model_validator(mode="after")
    def _means_something(self) -> "CorrectionGiven":
        fields = self.model_fields_set - {"note", "wrong"}
        if self.wrong and fields:
            raise ValueError("what is no statement has nothing else to correct; give wrong alone")
        if not self.wrong and not fields:
            raise ValueError("say what is to be corrected, or that it is wrong")
        if any(getattr(self, name) is None for name in fields & {"act", "content"}):
            raise ValueError("a statement has an act and a content; they can be others, not none")
        return self

    def wanted(self) -> Wanted:
        """The fields that were given, as the record takes them. Raises UsageError for a date that is none."""
        given = self.model_fields_set
        speaker = Named(self.speaker.name, self.speaker.kind) if self.speaker else None
        values: Mapping[str, object] = {
            "speaker": speaker,
            "source": self.source,
            "cue": self.cue,
            "content": self.content,
            "act": self.act,
            "form": self.form,
            "said": said_given(self.said),
        }
        return {Corrected(name): value for name, value in values.items() if name in given}  # type: ignore[misc]


def said_given(words: str | None) -> Days | None:
    """The days that are meant: one day, a month or a year, or from one to another. Raises UsageError."""
    if not words:
        return None
    first, _, last = words.partition("/")
    try:
        return Days(days_given(first)[0], days_given(last or first)[1])
    except ValueError as error:
        raise UsageError(f"{words!r} ends before it begins; write the first day first") from error
