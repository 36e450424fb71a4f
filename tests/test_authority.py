"""Authority lists: both formats are read, and a line that is no entry costs itself alone."""

import json
from pathlib import Path

import pytest

from onrecord.errors import InputError, UsageError
from onrecord.exchange.authority import read_authority
from onrecord.record.listed import Listed
from onrecord.statement import SpeakerKind

FALK = Listed("Q7", SpeakerKind.PERSON, "Jorun Falk", ("Jo Falk", "J. Falk"), ("mayor of Weyport",))


def written(folder: Path, text: str) -> Path:
    path = folder / "list"
    path.write_text(text, encoding="utf-8")
    return path


def entity(schema: str = "Person", **properties: list[str]) -> str:
    return json.dumps({"id": "Q7", "schema": schema, "properties": properties}) + "\n"


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_a_csv_list_has_aliases_and_roles_with_semicolons_between(tmp_path: Path, mark: str) -> None:
    text = f'{mark}id,name,aliases,roles\r\nQ7,Jorun  Falk,"Jo Falk; J. Falk;",mayor of Weyport\r\n'
    assert list(read_authority(written(tmp_path, text))) == [FALK]


def test_a_csv_list_may_say_of_each_entry_what_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name,kind\nQ1,Tide Weekly,outlet\nQ2,Ada Lim,\nQ3,Weyport,town\n")
    outlet, person, town = read_authority(path)
    assert outlet == Listed("Q1", SpeakerKind.OUTLET, "Tide Weekly")
    assert person == Listed("Q2", SpeakerKind.PERSON, "Ada Lim")
    assert isinstance(town, InputError)
    assert town.source.endswith(":4")
    assert "allowed are person" in str(town)


def test_entities_of_followthemoney_are_entries(tmp_path: Path) -> None:
    lines = (
        entity(name=["Jorun Falk", "Jo Falk"], alias=["J. Falk"], position=["mayor of Weyport"], country=["zz"]),
        entity("PublicBody", name=["Ministry of Tides"]),
    )
    falk, ministry = read_authority(written(tmp_path, "".join(lines)))
    assert falk == FALK
    assert ministry == Listed("Q7", SpeakerKind.ORGANISATION, "Ministry of Tides")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "no JSON"),
        ("[]", "no entity"),
        ('{"id": "Q7", "schema": "Person"}', "no properties"),
        (entity("Vessel", name=["Ferry"]), "of the schema 'Vessel'"),
        (entity(alias=["Jo Falk"]), "no id or no name"),
    ],
)
def test_a_line_that_is_no_entity_is_an_error_and_the_next_is_read(tmp_path: Path, line: str, why: str) -> None:
    path = written(tmp_path, f"{entity(name=['Ada Lim'])}{line.strip()}\n\n{entity(name=['Jorun Falk'])}")
    first, error, last = read_authority(path)
    assert isinstance(error, InputError)
    assert why in str(error)
    assert error.source.endswith(":2")
    assert isinstance(first, Listed)
    assert isinstance(last, Listed)


@pytest.mark.parametrize("row", ["Q7", "Q7,Jorun Falk,more", ",Jorun Falk", "Q7, "])
def test_a_csv_row_that_is_no_entry_is_an_error(tmp_path: Path, row: str) -> None:
    (error,) = read_authority(written(tmp_path, f"id,name\n{row}\n"))
    assert isinstance(error, InputError)


@pytest.mark.parametrize("head", ["", "name,aliases", "id,name,born"])
def test_a_file_with_other_columns_is_no_list(tmp_path: Path, head: str) -> None:
    with pytest.raises(UsageError, match="a list has id and name"):
        list(read_authority(written(tmp_path, f"{head}\n")))


def test_a_list_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes("id,name\nQ7,Pérez\n".encode("latin-1"))
    for name in ("no", "latin", "."):
        with pytest.raises(InputError, match="cannot be read as a list"):
            list(read_authority(tmp_path / name))
