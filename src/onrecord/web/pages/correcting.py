"""Correcting a statement, and taking that back."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.errors import OnRecordError, UsageError
from onrecord.record.correcting import Named, Wanted, correct, mark_wrong, undo
from onrecord.record.corrections import Field as Corrected
from onrecord.record.corrections import Signature, all_corrections, correction_of, in_words
from onrecord.record.hits import Hit, hit_at
from onrecord.statement import Act, Days, SpeakerKind
from onrecord.statement import Form as Quoting
from onrecord.web.access import Holding, Number, nothing_here
from onrecord.web.asked import Blank, Name, Typed
from onrecord.web.pages.results import shown
from onrecord.web.pages.shell import Shell
from onrecord.web.signing import FormSigner
from onrecord.web.wanted import said_given

router = APIRouter(include_in_schema=False)


class _Given(BaseModel):
    """What the form says of a statement; what it leaves empty is none."""

    model_config = ConfigDict(frozen=True)

    speaker: Name = None
    kind: Annotated[SpeakerKind | None, Blank] = None
    act: Annotated[Act | None, Blank] = None
    form: Annotated[Quoting | None, Blank] = None
    said: Name = None
    note: Typed = None
    wrong: bool = False

    def changes(self, hit: Hit) -> Wanted:
        """What of it is other than what the record shows. Raises UsageError."""
        was, said = hit.statement, said_given(self.said)
        changes: dict[Corrected, Named | Act | Quoting | Days | None] = {}
        if (self.speaker, self.kind) != ((was.speaker.name, was.speaker.kind) if was.speaker else (None, None)):
            changes[Corrected.SPEAKER] = Named(self.speaker, self.kind) if self.speaker else None
        if self.act is not None and self.act != was.act:
            changes[Corrected.ACT] = self.act
        if self.form is not None and self.form != was.form:
            changes[Corrected.FORM] = self.form
        if said != was.said:
            changes[Corrected.SAID] = said
        if not changes:
            raise UsageError("nothing was changed; change what is wrong, or say that it is no statement")
        return changes


@router.get("/statements/{number}/correct")
def correcting(number: Number, held: Holding, shell: Shell) -> HTMLResponse:
    """What can be corrected in a statement, and what has been."""
    with held.reading() as connection:
        return _page(connection, number, shell)


@router.post("/statements/{number}/correct")
def corrected(
    number: Number, held: Holding, shell: Shell, signer: FormSigner, given: Annotated[_Given, Form()]
) -> Response:
    """Keeps what was changed; what was not is left as it is."""
    sign = Signature(signer, given.note)
    try:
        with held.writing() as connection:
            hit = _hit(connection, number)
            if given.wrong:
                mark_wrong(connection, number, sign=sign)
                return RedirectResponse(f"/articles/{hit.article_id}", HTTPStatus.SEE_OTHER)
            correct(connection, number, given.changes(hit), sign=sign)
    except OnRecordError as error:
        with held.reading() as connection:
            return _page(connection, number, shell, complaint=str(error))
    return RedirectResponse(f"/statements/{number}/correct", HTTPStatus.SEE_OTHER)


@router.post("/corrections/{number}/undo")
def undone(number: Number, held: Holding, signer: FormSigner) -> RedirectResponse:
    """Takes a correction back."""
    with held.writing() as connection:
        if correction_of(connection, number) is None:
            raise nothing_here("correction", number)
        taken_back = undo(connection, number, by=signer)
        is_there = hit_at(connection, taken_back.statement_id) is not None
    where = f"/statements/{taken_back.statement_id}/correct" if is_there else f"/articles/{taken_back.article_id}"
    return RedirectResponse(where, HTTPStatus.SEE_OTHER)


def _hit(connection: Connection, number: int) -> Hit:
    hit = hit_at(connection, number)
    if hit is None:
        raise nothing_here("statement", number)
    return hit


def _page(connection: Connection, number: int, shell: Shell, *, complaint: str = "") -> HTMLResponse:
    hit = _hit(connection, number)
    made = [one for one in all_corrections(connection, statement=number) if one.undone_at is None]
    said = hit.statement.said
    days = "/".join(dict.fromkeys((said.start.isoformat(), said.end.isoformat()))) if said else ""
    return shell.page(
        "correct.html.j2",
        status=HTTPStatus.BAD_REQUEST if complaint else HTTPStatus.OK,
        hit=hit,
        shown=shown([hit], {})[0],
        said=days,
        made=list(zip(made, in_words(connection, made), strict=True)),
        kinds=list(SpeakerKind),
        acts=list(Act),
        forms=list(Quoting),
        complaint=complaint,
    )
