"""Vectors: what words mean, as numbers of which the directions compare, so that search need not know the words.

The model projects every piece; the mean over the pieces of some words is their vector. A query goes the same way as
what it is to find. The projection imitates a sentence-embedding model (training/vectors.py); how well, docs/model.md
says. Nothing here knows the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.quotations import quotations
from onrecord.reading.decode import Floats
from onrecord.reading.encoder import OWN_MODEL, Encoder, Metadata
from onrecord.reading.pieces import Pieces, pieces_of
from onrecord.span import Span
from onrecord.statement import Vector

CELLS_FILE = "cells.npz"
# A longer query says no more, and is no query.
MAX_QUERY_CHARS = 1000
_LARGEST = 127
_NO_CUE = 1.1  # no probability is higher: nothing is asked about cues


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a projection: `centres` (cells, dimensions), of unit length, float32."""

    projection: str
    centres: Floats

    @classmethod
    def of(cls, metadata: Metadata, folder: Path) -> Self | None:
        """The cells beside a model; none where it has no projection. Raises ModelError where they do not fit it."""
        if metadata.projection is None:
            return None
        path = folder / CELLS_FILE
        try:
            with np.load(path, allow_pickle=False) as arrays:
                projection, centres = str(arrays["projection"]), unit(arrays["centres"])
        except (OSError, KeyError, ValueError, BadZipFile) as error:
            raise ModelError(f"the cells of the model's vectors are missing or damaged: {path}") from error
        if projection != metadata.projection:
            raise ModelError(f"{path} is not of the projection of the model beside it: python -m training.vectors")
        return cls(projection, centres)

    def vector(self, direction: Floats) -> Vector:
        """The vector that points in this direction, (dimensions,)."""
        numbers = np.rint(direction * (_LARGEST / np.abs(direction).max())).astype(np.int8)
        return Vector(self.projection, int(self.nearest(numbers)[0]), numbers.tobytes())

    def nearest(self, numbers: NDArray[np.int8]) -> NDArray[np.int64]:
        """The numbers of the cells, the nearest to a vector first."""
        return np.argsort(-(self.centres @ unit(numbers)), kind="stable")


def vector_of(pieces: Pieces, projected: Floats, spans: Sequence[Span], *, cells: Cells) -> Vector | None:
    """The vector of some words of a text, whose pieces were projected so; none where they have no piece."""
    inside = np.zeros(len(pieces), dtype=bool)
    for span in spans:
        inside |= (pieces.end > span.start) & (pieces.start < span.end)
    direction = projected[inside].mean(axis=0) if inside.any() else projected[:0].sum(axis=0)
    return cells.vector(direction) if direction.any() else None


@dataclass(frozen=True, slots=True)
class Projector:
    """Gives queries their vectors."""

    encoder: Encoder
    cells: Cells

    @classmethod
    def load(cls, model: Path | None = None, *, threads: int = 0) -> Self:
        """With the model in a folder, by default the one in the package. Raises ModelError for one without vectors."""
        folder = model or OWN_MODEL
        encoder = Encoder(folder, threads=threads)
        cells = Cells.of(encoder.metadata, folder)
        if cells is None:
            raise ModelError(
                f"the model in {folder} has no projection to search by meaning: python -m training.vectors"
            )
        return cls(encoder, cells)

    def vector(self, words: str) -> Vector | None:
        """The vector of a text of its own; none where it has no piece."""
        text = words[:MAX_QUERY_CHARS]
        if not text.strip():
            return None
        whole = Span(0, len(text))
        pieces = pieces_of(text, self.encoder.tokenizer, paragraphs=[whole], quotations=quotations(text, [whole]))
        if not len(pieces):
            return None
        scores = self.encoder.scores([pieces], floor=_NO_CUE, meaning=True)[0]
        return vector_of(pieces, scores.vectors, [whole], cells=self.cells)


def unit(numbers: NDArray[np.int8] | Floats) -> Floats:
    """The rows, or the one row, at unit length, float32."""
    values = numbers.astype(np.float32)
    length = np.sqrt(np.einsum("...d,...d->...", values, values))[..., None]
    at_unit_length: Floats = (values / np.maximum(length, 1e-12)).astype(np.float32)
    return at_unit_length
