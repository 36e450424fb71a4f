"""One person of the record, for a terminal and for programs; and two side by side, to compare."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection

from onrecord.cli.listing import ListFormat, listing
from onrecord.cli.terminal import printable
from onrecord.record.deciding import Decision
from onrecord.record.people import Entry, Person, Said, Use, person_of
from onrecord.record.proposing import Proposal

N_COMPARED = 3
SAID = ("statement", "day", "role", "name", "described", "content", "article", "outlet", "title")


def written(person: Person, *, output: ListFormat) -> Iterator[str]:
    """The person in the format asked for; as CSV, the statements alone."""
    match output:
        case ListFormat.CSV:
            yield from listing(SAID, map(_said_cells, person.said), output=output)
        case ListFormat.TABLE:
            yield from _lines(person)
        case ListFormat.JSON | ListFormat.JSONL:
            indent = 2 if output is ListFormat.JSON else None
            yield f"{json.dumps(_object(person), ensure_ascii=False, indent=indent)}\n"


def side_by_side(connection: Connection, proposal: Proposal) -> str:
    """Both sides of a proposal, with roles and the newest statements, and why they may be one."""
    parts = [f"{proposal.reason}\n"]
    for person_id in (proposal.one, proposal.other):
        person = person_of(connection, person_id, limit=N_COMPARED)
        roles = ", ".join(use.words for use in person.roles[:N_COMPARED])
        parts += ["\n", f"  {_head(person.entry)}{f' · {roles}' if roles else ''}\n"]
        parts += [f"    {_line(said)}\n" for said in person.said]
    return printable_lines("".join(parts))


def printable_lines(text: str) -> str:
    """The text without control characters but for its line ends."""
    return "".join(f"{printable(line)}\n" for line in text.split("\n")[:-1])


def _lines(person: Person) -> Iterator[str]:
    yield from (printable_lines(f"{line}\n") for line in (_head(person.entry), person.note) if line)
    for title, uses in (("Names", person.names), ("Roles", person.roles)):
        if uses:
            yield f"\n{title}\n"
            yield from (printable_lines(f"  {_use(use)}\n") for use in uses)
    if person.decisions:
        yield "\nDecisions\n"
        yield from (printable_lines(f"  {_decision(decision)}\n") for decision in person.decisions)
    if person.proposals:
        yield "\nProposals\n"
        yield from (printable_lines(f"  {p.id}: {p.one} and {p.other}, {p.reason}\n") for p in person.proposals)
    if person.said:
        yield f"\nStatements ({len(person.said)} of {person.entry.n_statements})\n"
        yield from (printable_lines(f"  {_line(said)}\n") for said in person.said)


def _head(entry: Entry) -> str:
    counts = f"{_counted(entry.n_statements, 'statement')} in {_counted(entry.n_articles, 'article')}"
    authority = f" · {entry.authority}" if entry.authority else ""
    return f"{entry.id}  {entry.name} · {entry.kind} · {counts}{_days(entry.first, entry.last)}{authority}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return f" · {first}" if first == last else f" · {first} to {last}"


def _use(use: Use) -> str:
    listed = " · on the list" if use.listed else ""
    return f"{use.words} · {use.n_statements}×{_days(use.first, use.last)}{listed}"


def _decision(decision: Decision) -> str:
    undone = f", undone by {decision.undone_by} on {decision.undone_at:%Y-%m-%d}" if decision.undone_at else ""
    pair = f"{decision.person_id} and {decision.other_id}"
    return f"{decision.id}: {decision.verdict} {pair}, {decision.decided_by} on {decision.decided_at:%Y-%m-%d}{undone}"


def _line(said: Said) -> str:
    words = " ".join(said.content.split())
    passed_on = "" if said.role == "speaker" else f" ({said.role})"
    return f"{said.day or 'no date'}  {words}{passed_on} · {said.outlet or said.article} · {said.statement_id}"


def _said_cells(said: Said) -> tuple[int | date | str | None, ...]:
    return (
        said.statement_id,
        said.day,
        said.role,
        said.name,
        said.described,
        said.content,
        said.article,
        said.outlet,
        said.title,
    )


def _object(person: Person) -> dict[str, object]:
    """The person as JSON has it."""
    entry = person.entry
    return {
        "id": entry.id,
        "kind": entry.kind,
        "name": entry.name,
        "note": person.note,
        "authority": entry.authority,
        "n_statements": entry.n_statements,
        "n_articles": entry.n_articles,
        "first": _iso(entry.first),
        "last": _iso(entry.last),
        "merged": list(person.merged),
        "names": _uses(person.names, "name"),
        "roles": _uses(person.roles, "role"),
        "decisions": [_decision_object(decision) for decision in person.decisions],
        "proposals": [{"id": p.id, "one": p.one, "other": p.other, "reason": p.reason} for p in person.proposals],
        "statements": [dict(zip(SAID, map(_json, _said_cells(said)), strict=True)) for said in person.said],
    }


def _uses(uses: Sequence[Use], word: str) -> list[dict[str, object]]:
    return [
        {
            word: use.words,
            "n_statements": use.n_statements,
            "first": _iso(use.first),
            "last": _iso(use.last),
            "listed": use.listed,
        }
        for use in uses
    ]


def _decision_object(decision: Decision) -> dict[str, object]:
    return {
        "id": decision.id,
        "verdict": decision.verdict,
        "person": decision.person_id,
        "other": decision.other_id,
        "by": decision.decided_by,
        "at": decision.decided_at.isoformat(),
        "undone_by": decision.undone_by,
        "undone_at": decision.undone_at.isoformat() if decision.undone_at else None,
    }


def _json(cell: int | date | str | None) -> int | str | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
