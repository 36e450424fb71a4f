"""Checking a text that somebody sends: what it rests on, as for an article, without keeping it."""

from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form
from starlette.responses import HTMLResponse

from onrecord.article import Article
from onrecord.errors import InputError, UsageError
from onrecord.exchange.ways import FOUND, difference_words, label_of, when_words
from onrecord.record.traces import Checked
from onrecord.record.traces import checked as against_record
from onrecord.web.access import Holding
from onrecord.web.held import Held
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
    quotations: Annotated[bool, Form()] = False,
) -> HTMLResponse:
    """What it rests on, or how the record has its quotations; what is wrong is said above the form, with the text."""
    try:
        read = held.readers.read_sent(file or text.encode("utf-8", "replace"), published=published)
    except (InputError, UsageError) as error:
        told, status = str(error), HTTPStatus.UNPROCESSABLE_ENTITY
        return shell.page("check.html.j2", status=status, text=text, published=published, complaint=told)
    if quotations:
        return _quotations(read, held, shell)
    return shell.page("checked.html.j2", beside=None, **rests_on(read))


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation of a draft as the page shows it; `when` and `label` are those of the copy in the record."""

    checked: Checked
    found: str
    how: tuple[str, ...]
    when: str
    label: str


def _quotations(read: Article, held: Held, shell: Shell) -> HTMLResponse:
    n_left = held.placings.n_left()
    with held.reading() as connection:
        found = against_record(connection, read)
    return shell.page(
        "quotations.html.j2",
        quotations=[_shown(one) for one in found],
        counts=Counter(one.verdict.value for one in found),
        n_left=n_left,
    )


def _shown(one: Checked) -> Quotation:
    how = tuple(difference_words(one.difference)) if one.difference else ()
    when, label = (when_words(one.copy), label_of(one.copy)) if one.copy else ("", "")
    return Quotation(one, FOUND[one.verdict], how, when, label)
