"""Vectors: each statement that was read has one, what means the like lies near, and nothing else changes by it."""

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import ModelError
from onrecord.exchange.contract import statement_dict
from onrecord.reading.encoder import OWN_MODEL, Metadata
from onrecord.reading.reader import Reader
from onrecord.reading.vectors import Cells, Projector, unit
from onrecord.statement import Vector
from tests.invented import HARBOUR


@pytest.fixture(scope="module")
def projector() -> Projector:
    return Projector.load(threads=1)


def likeness(one: Vector | None, other: Vector | None) -> float:
    assert one
    assert other
    a, b = (unit(np.frombuffer(vector.numbers, dtype=np.int8)) for vector in (one, other))
    return float(a @ b)


def test_every_statement_that_is_read_has_a_vector_of_the_models_projection() -> None:
    reader = Reader.load(threads=1)
    statements = reader.read(HARBOUR).statements
    assert len(statements) > 1
    for statement in statements:
        assert statement.vector
        assert statement.vector.projection == reader.encoder.metadata.projection
        assert max(map(abs, np.frombuffer(statement.vector.numbers, dtype=np.int8).astype(int))) == 127


def test_a_vector_is_no_part_of_what_a_statement_says_but_goes_from_process_to_process(projector: Projector) -> None:
    statement = HARBOUR.statements[0]
    with_vector = replace(statement, vector=projector.vector("the ferry"))
    assert with_vector == statement
    assert statement_dict(with_vector) == statement_dict(statement)
    assert pickle.loads(pickle.dumps(with_vector)).vector == with_vector.vector  # noqa: S301 - our own


def test_other_words_for_the_same_lie_nearer_than_words_for_something_else(projector: Projector) -> None:
    asked = projector.vector("people who lost their jobs")
    near = projector.vector("The factory dismissed two hundred workers.")
    far = projector.vector("The ferry sails at noon from the old quay.")
    assert likeness(asked, near) > likeness(asked, far)


def test_case_and_the_end_of_a_sentence_change_little(projector: Projector) -> None:
    assert likeness(projector.vector("The harbour tax"), projector.vector("the harbour tax.")) > 0.8


@pytest.mark.parametrize("words", ["", " \n"])
def test_what_has_no_words_has_no_vector(projector: Projector, words: str) -> None:
    assert projector.vector(words) is None


def test_a_vector_lies_in_the_cell_whose_centre_is_nearest(projector: Projector) -> None:
    vector = projector.vector("the harbour tax")
    assert vector
    alike = projector.cells.centres @ unit(np.frombuffer(vector.numbers, dtype=np.int8))
    assert vector.cell == int(alike.argmax())


def test_cells_of_another_projection_are_refused(projector: Projector, tmp_path: Path) -> None:
    np.savez(tmp_path / "cells.npz", projection=np.array("reader-0-meaning-0"), centres=projector.cells.centres)
    with pytest.raises(ModelError, match="not of the projection"):
        Cells.of(projector.encoder.metadata, tmp_path)
    with pytest.raises(ModelError, match="missing or damaged"):
        Cells.of(projector.encoder.metadata, tmp_path / "nowhere")


def test_a_model_without_a_projection_reads_without_vectors(projector: Projector) -> None:
    metadata: Metadata = replace(projector.encoder.metadata, projection=None)
    assert Cells.of(metadata, OWN_MODEL) is None
