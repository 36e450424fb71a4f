"""Authority lists as other people keep them: CSV with id, name, aliases and roles, or FollowTheMoney's JSON Lines.

Which of the two a file is, its first character tells. A line that is no entry is an error of its own, and the others
are read. What it refuses to do: to guess what an entry of a schema that is no person's and no body's might be.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.errors import InputError, Outcome, UsageError, shown
from onrecord.reading.likeness import BEARERS
from onrecord.record.listed import Listed
from onrecord.statement import SpeakerKind

COLUMNS = ("id", "name", "aliases", "roles", "kind")
SEPARATOR = ";"

_KINDS = {
    "Person": SpeakerKind.PERSON,
    "Organization": SpeakerKind.ORGANISATION,
    "Company": SpeakerKind.ORGANISATION,
    "PublicBody": SpeakerKind.ORGANISATION,
    "LegalEntity": SpeakerKind.ORGANISATION,
}


def read_authority(path: Path) -> Iterator[Listed | InputError]:
    """The entries of a list, an error for each line that is none. Raises InputError, UsageError for no list at all."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.read(1)
            file.seek(0)
            yield from _of_json(file, path) if first == "{" else _of_csv(file, path)
    except (OSError, UnicodeDecodeError) as error:
        outcome = Outcome.NOT_TEXT if isinstance(error, UnicodeDecodeError) else Outcome.NOT_FOUND
        raise InputError(f"cannot be read as a list: {error}", source=str(path), outcome=outcome) from error


def _of_csv(file: Iterable[str], path: Path) -> Iterator[Listed | InputError]:
    rows = csv.DictReader(file)
    columns = tuple(rows.fieldnames or ())
    if not {"id", "name"} <= set(columns) <= set(COLUMNS):
        raise UsageError(f"{path} has the columns {shown(columns)}; a list has id and name, and may have {COLUMNS[2:]}")
    for row in rows:
        source = f"{path}:{rows.line_num}"
        kind = (row.get("kind") or "").strip() or SpeakerKind.PERSON.value
        if None in row or None in row.values():
            yield _bad("has more or fewer cells than there are columns", source)
        elif kind not in BEARERS:
            yield _bad(f"is of the kind {shown(kind)}; allowed are {', '.join(BEARERS)}", source)
        else:
            aliases, roles = (_parted(row.get(column) or "") for column in ("aliases", "roles"))
            yield _checked(Listed(row["id"].strip(), SpeakerKind(kind), _line(row["name"]), aliases, roles), source)


def _of_json(file: Iterable[str], path: Path) -> Iterator[Listed | InputError]:
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield _entity(line, source=f"{path}:{number}")


def _entity(line: str, *, source: str) -> Listed | InputError:
    try:
        entity = json.loads(line)
    except json.JSONDecodeError as error:
        return _bad(f"is no JSON: {error}", source)
    properties = entity.get("properties") if isinstance(entity, dict) else None
    if not isinstance(properties, dict):
        return _bad("is no entity: it has no properties", source)
    kind = _KINDS.get(str(entity.get("schema")))
    if kind is None:
        return _bad(f"is of the schema {shown(entity.get('schema'))}; taken are {', '.join(_KINDS)}", source)
    names, aliases, roles = (_values(properties.get(key)) for key in ("name", "alias", "position"))
    name, *others = names or ("",)
    return _checked(Listed(str(entity.get("id") or ""), kind, name, (*others, *aliases), roles), source)


def _values(given: object) -> tuple[str, ...]:
    values = given if isinstance(given, list) else [given]
    return tuple(line for value in values if isinstance(value, str) and (line := _line(value)))


def _parted(cell: str) -> tuple[str, ...]:
    return tuple(line for part in cell.split(SEPARATOR) if (line := _line(part)))


def _line(words: str) -> str:
    return " ".join(words.split())


def _checked(listed: Listed, source: str) -> Listed | InputError:
    return listed if listed.id and listed.name else _bad("has no id or no name", source)


def _bad(problem: str, source: str) -> InputError:
    return InputError(f"this line {problem}", source=source, outcome=Outcome.BAD_ARTICLE)
