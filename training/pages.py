"""Fits the trees that tell which blocks of a page are its article, and writes them to src/onrecord/intake/data/.

    python -m training.pages

The pages are shared/eval/pages_open.jsonl. A block is part of the article where the gold has its words. Every page
weighs the same; within a page longer blocks weigh more, as the measure counts words. How good the trees are is measured
by `python -m benchmarks.run pages`, in folds by outlet.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.pages import GoldPage, gold_pages
from onrecord.intake.html import page_of
from onrecord.intake.page.blocks import Block
from onrecord.intake.page.features import bare, feature_names
from onrecord.intake.page.forest import DATA_FILE, Forest, forest_of

DATA = Path(__file__).parents[1] / "src" / "onrecord" / "intake" / "data" / DATA_FILE
N_FOLDS = 10
# A shorter block is taken for the gold's only where it is one of the gold's strings as a whole.
MIN_CHARS_INSIDE = 25


@dataclass(frozen=True)
class Settings:
    """How the trees are fitted: in small steps, none of them on a handful of blocks."""

    n_trees: int = 100
    rate: float = 0.08
    n_leaves: int = 12
    min_blocks: int = 20
    ridge: float = 5.0
    # How a block's weight grows with its words: between counting blocks (0) and counting words (1).
    words_exponent: float = 0.7
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Example:
    """One page for fitting: features, float32 (blocks, features), which blocks are its article, and their weights."""

    features: npt.NDArray[np.float32]
    is_article: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float64]


def main() -> None:
    examples = [example_of(page) for page in gold_pages()]
    fitted = fit(examples)
    DATA.write_text(json.dumps(fitted, separators=(",", ":")).replace("]],[[", "]],\n[[") + "\n", encoding="utf-8")
    n_nodes = sum(len(tree) for tree in fitted["trees"])
    print(f"{len(examples)} pages, {len(fitted['trees'])} trees with {n_nodes} nodes -> {DATA}")


def held_out_forests(pages: Sequence[GoldPage]) -> list[Forest]:
    """For each page a forest that saw no page of its outlet; ten forests in all."""
    examples = [example_of(page) for page in pages]
    outlets = sorted({page.outlet for page in pages})
    shuffled = np.random.default_rng(Settings.seed).permutation(len(outlets))
    fold = {outlets[place]: number % N_FOLDS for number, place in enumerate(shuffled)}
    forests = [
        forest_of(fit([e for e, page in zip(examples, pages, strict=True) if fold[page.outlet] != number]))
        for number in range(N_FOLDS)
    ]
    return [forests[fold[page.outlet]] for page in pages]


def example_of(page: GoldPage, settings: Settings = Settings()) -> Example:
    """A page of the gold as an example."""
    taken_apart = page_of(page.document)
    words = np.array([block.n_words for block in taken_apart.blocks], dtype=np.float64) ** settings.words_exponent
    return Example(taken_apart.features, _is_article(taken_apart.blocks, page.gold["body"]), words / words.sum())


def _is_article(blocks: Sequence[Block], body: Sequence[str]) -> npt.NDArray[np.bool_]:
    strings = {bare(string) for string in body}
    whole = "".join(bare(string) for string in body)
    texts = [bare(block.text) for block in blocks]
    return np.array([bool(t) and (t in strings or (len(t) >= MIN_CHARS_INSIDE and t in whole)) for t in texts])


def fit(examples: Sequence[Example], settings: Settings = Settings()) -> dict[str, Any]:
    """The fitted trees as the data file has them; a node is [feature, threshold, left, right, value]."""
    model = HistGradientBoostingClassifier(
        max_iter=settings.n_trees,
        learning_rate=settings.rate,
        max_leaf_nodes=settings.n_leaves,
        min_samples_leaf=settings.min_blocks,
        l2_regularization=settings.ridge,
        early_stopping=False,
        random_state=settings.seed,
    )
    n_blocks = np.mean([len(example.features) for example in examples])
    model.fit(
        np.concatenate([example.features for example in examples]),
        np.concatenate([example.is_article for example in examples]),
        sample_weight=np.concatenate([example.weights for example in examples]) * n_blocks,
    )
    trees = [_nodes(predictors[0].nodes) for predictors in model._predictors]  # noqa: SLF001 - no other way to them
    return {
        "features": list(feature_names()),
        "bias": float(np.ravel(model._baseline_prediction)[0]),  # noqa: SLF001
        "depth": max(_depth(tree) for tree in trees),
        "trees": trees,
    }


def _nodes(nodes: npt.NDArray[Any]) -> list[list[float]]:
    """A tree's nodes, a leaf leading to itself; five digits are enough to tell features apart."""
    return [
        [0, 0, number, number, round(float(node["value"]), 5)]
        if node["is_leaf"]
        else [int(node["feature_idx"]), float(f"{node['num_threshold']:.6g}"), int(node["left"]), int(node["right"]), 0]
        for number, node in enumerate(nodes)
    ]


def _depth(tree: Sequence[Sequence[float]], node: int = 0) -> int:
    left, right = int(tree[node][2]), int(tree[node][3])
    return 0 if left == node else 1 + max(_depth(tree, left), _depth(tree, right))


if __name__ == "__main__":
    main()
