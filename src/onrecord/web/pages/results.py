"""What was found: statements with the words marked, and by what to narrow them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from onrecord.exchange.wording import day_words
from onrecord.record.called import speakers_like
from onrecord.record.facets import Counts, Facets, counted
from onrecord.record.fusing import Named, speaker_within
from onrecord.record.hits import Hit
from onrecord.record.people import speakers_of
from onrecord.record.query import understood
from onrecord.web.access import Holding
from onrecord.web.asked import Asked
from onrecord.web.finding import found
from onrecord.web.pages.shell import Shell
from onrecord.web.pages.timeline import HEIGHT, bars

router = APIRouter(include_in_schema=False)
MOST_VALUES = 8


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, how many have it, and where one gets only those, or all again if it is chosen."""

    words: str
    n: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """By what statements can be narrowed."""

    name: str
    values: tuple[Value, ...]
    n_others: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement as the page shows it; `when` is the day of the saying or, with "by", of the report."""

    hit: Hit
    when: str
    who: str
    person: int | None


@router.get("/search")
def search(asked: Annotated[Asked, Query()], held: Holding, shell: Shell) -> HTMLResponse:
    """The statements that are found; without anything asked for, how to ask."""
    with held.reading() as connection:
        results = found(connection, asked, held)
        facets = counted(connection, results.found)
        people = speakers_of(connection, [hit.id for hit in results.hits])
        named = _named(connection, asked)
        like = speakers_like(connection, asked.speaker) if asked.speaker and not results.meant else []
    return shell.page(
        "results.html.j2",
        asked=asked,
        results=results,
        statements=shown(results.hits, people),
        n_found=facets.n,
        is_part=facets.is_part,
        facets=tuple(_facets(asked, facets)),
        bars=bars(facets.days),
        height=HEIGHT,
        named=named,
        like=like,
    )


def shown(hits: Sequence[Hit], people: dict[int, int]) -> tuple[Shown, ...]:
    """Statements as a page shows them."""
    return tuple(Shown(hit, _when(hit), _who(hit), people.get(hit.id)) for hit in hits)


def _when(hit: Hit) -> str:
    if hit.statement.said:
        return day_words(hit.statement.said.start)
    return f"by {day_words(hit.published)}" if hit.published else "no date"


def _who(hit: Hit) -> str:
    speaker = hit.statement.speaker
    return (speaker.proper or speaker.name) if speaker else hit.source or "no speaker named"


def _named(connection: Connection, asked: Asked) -> Named | None:
    """Whom the words name, where no speaker is asked for."""
    return speaker_within(connection, understood(asked.q)) if asked.q and not asked.speaker else None


def _facets(asked: Asked, facets: Facets) -> Iterator[Facet]:
    chosen = asked.model_dump(mode="json")
    of_name = {
        "speaker": facets.speakers,
        "outlet": facets.outlets,
        "kind": facets.kinds,
        "form": facets.forms,
        "act": facets.acts,
    }
    for name, counts in of_name.items():
        if len(counts) > 1 or chosen[name]:
            yield Facet(name, tuple(_values(asked, name, counts[:MOST_VALUES])), max(0, len(counts) - MOST_VALUES))


def _values(asked: Asked, name: str, counts: Counts) -> Iterator[Value]:
    given = asked.model_dump(mode="json")[name]
    for words, n in counts:
        is_chosen = given is not None and given.casefold() in words.casefold()
        yield Value(words, n, f"/search?{asked.query(**{name: None if is_chosen else words})}", is_chosen)
