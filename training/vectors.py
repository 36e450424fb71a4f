"""Gives the exported model its vectors: `python -m training.vectors [--model DIR]`, after training.export.

A linear projection of what the encoder makes of each piece, summed over some layers, is fitted in closed form so that
its mean over the pieces of some words points where all-MiniLM-L6-v2, reduced to fewer dimensions, puts those words.
The projection goes into the ONNX file as one more output; what the others say stays the same to the bit, or nothing is
written. Beside it go the centres of the cells by which the record finds what is near.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from onrecord.reading.encoder import MEANING, OWN_MODEL, VECTORS
from onrecord.reading.pieces import FEATURES, Pieces
from onrecord.reading.vectors import CELLS_FILE, unit
from onrecord.reading.windows import SIZE, deciding_window, window_starts
from training.train import Config, encoder_folder
from training.vector_texts import SEED, Sample, articles, others, samples

Floats = NDArray[np.float32]
N_LAYERS = 7  # the embeddings and six layers above them
LAYERS = (0, 2, 4, 6)
DIMENSIONS = 128
RIDGE = 10.0
N_CELLS = 1024
KMEANS_ROUNDS = 15
# Every tenth article of PolNeAR's tests, every other one of the rest may teach, as may GUM's: of all these so many.
TESTED, TAUGHT = 10, 2
N_ARTICLES = 360
OUTPUTS = ("cue", "anchors", "roles", *MEANING)
CLS, SEP = 101, 102


def layer_names() -> list[str]:
    """What the graph calls the states of the embeddings and of each layer."""
    after = [f"encoder/layer.{i}/output" for i in range(N_LAYERS - 1)]
    return [f"/encoder/{of}/LayerNorm/LayerNormalization_output_0" for of in ("embeddings", *after)]


def session_of(model: onnx.ModelProto, *, outputs: Sequence[str] = ()) -> ort.InferenceSession:
    """A session that also gives these tensors of the graph."""
    wanted = onnx.ModelProto()
    wanted.CopyFrom(model)
    wanted.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs)
    options = ort.SessionOptions()
    options.log_severity_level = 3
    return ort.InferenceSession(wanted.SerializeToString(), options, providers=["CPUExecutionProvider"])


def inputs_of(pieces: Pieces, start: int) -> dict[str, NDArray[np.generic]]:
    """The graph's inputs for the window that begins at a piece; any word may be a cue."""
    n = min(SIZE, len(pieces))
    part = slice(start, start + n)
    ids = np.array([[CLS, *pieces.ids[part], SEP]])
    features = np.zeros((1, n + 2, len(FEATURES)), dtype=np.int64)
    paragraph, decides = np.zeros_like(ids), np.zeros(ids.shape, dtype=bool)
    features[0, 1:-1], paragraph[0, 1:-1], decides[0, 1:-1] = (
        pieces.features[part],
        pieces.paragraph[part],
        pieces.first[part],
    )
    return {"ids": ids, "features": features, "mask": np.ones_like(ids), "paragraph": paragraph, "decides": decides,
            "floor": np.array(0.2, dtype=np.float32)}  # fmt: skip


def states(session: ort.InferenceSession, pieces: Pieces) -> Floats:
    """What the encoder makes of each piece, its layers one after another: (pieces, layers * width)."""
    starts = window_starts(len(pieces))
    deciding = deciding_window(len(pieces), starts=starts)
    only = ort.RunOptions()
    only.only_execute_path_to_fetches = True
    found = []
    for number, start in enumerate(starts):
        layers = session.run(layer_names(), inputs_of(pieces, start), only)
        mine = np.flatnonzero(deciding == number) - start + 1
        found.append(np.concatenate([layer[0][mine] for layer in layers], axis=1))
    return np.concatenate(found)


def means(session: ort.InferenceSession, wanted: Sequence[Sample]) -> NDArray[np.float16]:
    """The mean of the states over each sample's pieces: (samples, layers * width)."""
    found = []
    held: tuple[Pieces, Floats] | None = None  # an article's samples share its pieces, with short texts in between
    for sample in wanted:
        if held is not None and held[0] is sample.pieces:
            values = held[1]
        else:
            values = states(session, sample.pieces)
            held = held if sample.is_alone else (sample.pieces, values)
        inside = np.zeros(len(sample.pieces), dtype=bool)
        for span in sample.spans:
            inside |= (sample.pieces.end > span.start) & (sample.pieces.start < span.end)
        found.append(values[inside].mean(axis=0).astype(np.float16))
    return np.stack(found)


def taught(texts: Sequence[str]) -> Floats:
    """The sentence model's vectors, of unit length."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(encoder_folder(Config()), device="cpu")
    return model.encode(list(texts), batch_size=64, normalize_embeddings=True, show_progress_bar=False)


def principal(vectors: Floats, n: int) -> Floats:
    """The directions, (width, n), in which the vectors differ most from nothing, so that cosines stay."""
    _, directions = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    return directions[:, ::-1][:, :n].astype(np.float32)


def layers_of(values: NDArray[np.float16], layers: Sequence[int]) -> Floats:
    """Of all the layers these."""
    width = values.shape[1] // N_LAYERS
    return np.concatenate([values[:, i * width : (i + 1) * width] for i in layers], axis=1).astype(np.float32)


def ridge(values: Floats, wanted: Floats, *, penalty: float = RIDGE) -> Floats:
    """The weights, (values, wanted), that predict best, in the square, with a penalty on their size."""
    wide = values.astype(np.float64)
    return np.linalg.solve(wide.T @ wide + penalty * np.eye(wide.shape[1]), wide.T @ wanted).astype(np.float32)


def centres_of(vectors: Floats, n: int) -> NDArray[np.int8]:
    """The centres of so many cells, by k-means on directions, as signed bytes."""
    chance = np.random.default_rng(SEED)
    centres = vectors[chance.choice(len(vectors), n, replace=False)]
    for _ in range(KMEANS_ROUNDS):
        cell = (vectors @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, cell, vectors)
        empty = ~np.isin(np.arange(n), cell)
        sums[empty] = vectors[chance.choice(len(vectors), int(empty.sum()))]
        centres = unit(sums)
    return np.rint(centres * (127 / np.abs(centres).max(axis=1, keepdims=True))).astype(np.int8)


def with_projection(model: onnx.ModelProto, weights: Floats, *, projection: str) -> onnx.ModelProto:
    """The model with one more output: the projection, (layers * width, dimensions), of these layers of each piece."""
    grown = onnx.ModelProto()
    grown.CopyFrom(model)
    graph = grown.graph
    for kept in (graph.node, graph.output, graph.initializer):  # in the place of an earlier projection
        for one in [one for one in kept if one.name.startswith(VECTORS)]:
            kept.remove(one)
    names = [layer_names()[i] for i in LAYERS]
    graph.initializer.append(numpy_helper.from_array(weights, f"{VECTORS}/weights"))
    graph.node.append(helper.make_node("Concat", names, [f"{VECTORS}/layers"], name=f"{VECTORS}/Concat", axis=-1))
    product = helper.make_node(
        "MatMul", [f"{VECTORS}/layers", f"{VECTORS}/weights"], [VECTORS], name=f"{VECTORS}/MatMul"
    )
    graph.node.append(product)
    shape = ["windows", "pieces", weights.shape[1]]
    graph.output.append(helper.make_tensor_value_info(VECTORS, TensorProto.FLOAT, shape))
    values = {entry.key: entry.value for entry in grown.metadata_props} | {"projection": projection}
    helper.set_model_props(grown, values)
    return grown


def check_same(before: onnx.ModelProto, after: onnx.ModelProto, texts: Sequence[Pieces]) -> None:
    """Raises SystemExit unless both say the same of these texts, to the bit, in all that both say."""
    sessions = session_of(before), session_of(after)
    for pieces in texts:
        one, other = (session.run(list(OUTPUTS), inputs_of(pieces, 0)) for session in sessions)
        for name, a, b in zip(OUTPUTS, one, other, strict=True):
            if not np.array_equal(a, b):
                raise SystemExit(f"with the projection the model says something else of {name}: nothing was written")


def cached(path: Path | None, make: Callable[[], NDArray[np.generic]]) -> NDArray[np.generic]:
    """The array in the file; if there is none it is made, and kept there if there is a path."""
    if path is not None and path.exists():
        return np.load(path)
    made = make()
    if path is not None:
        np.save(path, made)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=OWN_MODEL)
    parser.add_argument("--cache", type=Path, help="a folder to keep what takes long, for another try")
    parser.add_argument("--compare", action="store_true", help="compare layers and dimensions, and write nothing")
    args = parser.parse_args()
    model = onnx.load(str(args.model / "reader.onnx"))
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    tokenizer.encode_special_tokens = True
    documents = articles(tokenizer)
    teaching = [d for i, d in enumerate(documents) if i % TESTED][::TAUGHT]
    drawn = some([*samples(teaching, tokenizer), *others(tokenizer), *samples(documents[::TESTED], tokenizer)])
    tests = {d.id for d in documents[::TESTED]}
    learned, tested = ([s for s in drawn if (s.article in tests) is test] for test in (False, True))
    every = [*learned, *tested]
    session = session_of(model, outputs=layer_names())
    folder = args.cache
    values = cached(folder and folder / "X.npy", lambda: means(session, every))
    wanted = cached(folder and folder / "Y.npy", lambda: taught([sample.words for sample in every]))
    if args.compare:
        compare(every, values, wanted, n_learned=len(learned))
        return
    weights, vectors = fitted(values, wanted, n_learned=len(learned), layers=LAYERS, dimensions=DIMENSIONS)
    identity = next(entry.value for entry in model.metadata_props if entry.key == "id")
    projection = f"{identity}-meaning-1"
    grown = with_projection(model, weights, projection=projection)
    check_same(model, grown, [d.pieces for d in documents[::TESTED][:10]])
    report(tested, vectors[len(learned) :], wanted[len(learned) :])
    contents = np.array([sample.sort in {"content", "sentence", "gum"} for sample in learned])
    centres = centres_of(vectors[: len(learned)][contents], N_CELLS)
    onnx.save(grown, str(args.model / "reader.onnx"))
    np.savez(args.model / CELLS_FILE, projection=np.array(projection), centres=centres)
    print(f"{args.model}: {projection}, {weights.shape[1]} dimensions, {len(centres)} cells")


def some(every: Sequence[Sample]) -> list[Sample]:
    """What is from as many of the articles as there is time for."""
    names = sorted({sample.article for sample in every})
    random.Random(0).shuffle(names)  # noqa: S311 - a seed makes it repeatable
    drawn = set(names[:N_ARTICLES])
    return [sample for sample in every if sample.article in drawn]


def fitted(
    values: NDArray[np.float16], wanted: Floats, *, n_learned: int, layers: Sequence[int], dimensions: int
) -> tuple[Floats, Floats]:
    """The weights, learned from the first so many, and the vectors that they give to all."""
    chosen = layers_of(values, layers)
    reduced = wanted @ principal(wanted[:n_learned], dimensions)
    weights = ridge(chosen[:n_learned], unit(reduced[:n_learned]))
    return weights, unit(chosen @ weights)


def compare(every: Sequence[Sample], values: NDArray[np.float16], wanted: Floats, *, n_learned: int) -> None:
    """Prints how other layers and dimensions would do."""
    for layers in ((6,), (0,), (0, 6), (0, 3, 6), LAYERS, tuple(range(N_LAYERS))):
        for dimensions in (64, 96, 128, 192, 256) if layers == LAYERS else (DIMENSIONS,):
            _, vectors = fitted(values, wanted, n_learned=n_learned, layers=layers, dimensions=dimensions)
            print(layers, dimensions, end=" ")
            report(every[n_learned:], vectors[n_learned:], wanted[n_learned:])
    best = principal(wanted[:n_learned], DIMENSIONS)
    print("the sentence model in", DIMENSIONS, end=" ")
    report(every[n_learned:], unit(wanted[n_learned:] @ best), wanted[n_learned:])
    print("the sentence model", end=" ")
    report(every[n_learned:], wanted[n_learned:], wanted[n_learned:])


def report(tested: Sequence[Sample], vectors: Floats, wanted: Floats) -> None:
    """Prints how far vectors agree with the sentence model's on what was not learned from."""
    is_content = np.array([sample.sort == "content" for sample in tested])
    mine, right = vectors[is_content], wanted[is_content]
    pairs = np.random.default_rng(SEED).integers(len(mine), size=(20_000, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    alike, ours = right @ right.T, mine @ mine.T
    near = np.argsort(-alike, axis=1)[:, 1:11]
    found = np.argsort(-ours, axis=1)[:, 1:11]
    near_pairs = np.stack([np.repeat(np.arange(len(mine)), 10), near.ravel()], axis=1)
    both = np.concatenate([pairs[: len(near_pairs)], near_pairs])
    overlap = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(near, found, strict=True)])
    figures = {
        "random": spearman(alike, ours, pairs),
        "random and near": spearman(alike, ours, both),
        "ten nearest": float(overlap),
        "words": recalled(tested, vectors, sort="words"),
        "question": recalled(tested, vectors, sort="question"),
    }
    print("; ".join(f"{name} {value:.3f}" for name, value in figures.items()))


def spearman(a: Floats, b: Floats, pairs: NDArray[np.int64]) -> float:
    """The rank correlation of two measures over these pairs."""
    ranks = [np.argsort(np.argsort(of[pairs[:, 0], pairs[:, 1]])) for of in (a, b)]
    return float(np.corrcoef(*ranks)[0, 1])


def recalled(tested: Sequence[Sample], vectors: Floats, *, sort: str) -> float:
    """How often some words of a content find it among the first ten contents; a query follows its content."""
    contents = [i for i, sample in enumerate(tested) if sample.sort == "content"]
    place = {i: k for k, i in enumerate(contents)}
    asked = [i for i, sample in enumerate(tested) if sample.sort == sort]
    own = np.array([place[max(c for c in contents if c < i)] for i in asked])
    alike = vectors[asked] @ vectors[contents].T
    better = (alike > alike[np.arange(len(asked)), own][:, None]).sum(axis=1)
    return float((better < 10).mean())


if __name__ == "__main__":
    main()
