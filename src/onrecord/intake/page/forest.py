"""The decision trees that judge a block by its features: read from a data file, and run in numpy.

They are few and small, so that the file can be read, and no learning library is needed to use them. training/pages.py
fits them; a file that was fitted to other features than these is refused.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.errors import ModelError
from onrecord.intake.page.features import feature_names

DATA_FILE = "page_forest.json"
# Blocks that are judged together, so that a page of a hundred thousand needs no more memory than one of a thousand.
_AT_ONCE = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees whose nodes stand one after another, each array (nodes,); `roots` are where the trees begin.

    A node sends a block to `left` where its feature is at most `threshold`, else to `right`; a leaf leads to itself.
    The leaves' values, added up over the trees and to `bias`, are the log-odds.
    """

    roots: npt.NDArray[np.intp]
    feature: npt.NDArray[np.intp]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.intp]
    right: npt.NDArray[np.intp]
    value: npt.NDArray[np.float32]
    bias: float
    depth: int

    def probabilities(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """float32 (blocks,): how likely each is part of the article; `features` is float32 (blocks, features).

        A block without features is not.
        """
        judged = np.flatnonzero(features.any(axis=1))
        probabilities = np.zeros(len(features), dtype=np.float32)
        for start in range(0, len(judged), _AT_ONCE):
            rows = judged[start : start + _AT_ONCE]
            probabilities[rows] = 1 / (1 + np.exp(-self._log_odds(features[rows])))
        return probabilities

    def _log_odds(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        n_rows, n_features = features.shape
        flat = features.ravel()
        first = np.repeat(np.arange(n_rows) * n_features, len(self.roots))
        node = np.tile(self.roots, n_rows)
        for _ in range(self.depth):
            is_left = flat[first + self.feature[node]] <= self.threshold[node]
            node = np.where(is_left, self.left[node], self.right[node])
        log_odds: npt.NDArray[np.float32] = self.bias + self.value[node].reshape(n_rows, -1).sum(axis=1)
        return log_odds


def forest_of(fitted: dict[str, Any]) -> Forest:
    """The forest of a data file's content. Raises ModelError if it was fitted to other features."""
    if fitted.get("features") != list(feature_names()):
        raise ModelError(f"{DATA_FILE} was fitted to other features; fit it again: python -m training.pages")
    trees: list[list[list[float]]] = fitted["trees"]
    sizes = [len(tree) for tree in trees]
    roots = np.cumsum([0, *sizes[:-1]])
    nodes = np.array([node for tree in trees for node in tree], dtype=np.float64)
    first = np.repeat(roots, sizes)
    return Forest(
        roots=roots.astype(np.intp),
        feature=nodes[:, 0].astype(np.intp),
        threshold=nodes[:, 1].astype(np.float32),
        left=nodes[:, 2].astype(np.intp) + first,
        right=nodes[:, 3].astype(np.intp) + first,
        value=nodes[:, 4].astype(np.float32),
        bias=float(fitted["bias"]),
        depth=int(fitted["depth"]),
    )


@cache
def shipped_forest() -> Forest:
    """The forest of data/page_forest.json."""
    return forest_of(json.loads(files("onrecord.intake").joinpath("data", DATA_FILE).read_text(encoding="utf-8")))
