"""The model: the one ONNX call, and the tokenizer and metadata that belong to it.

Whoever trains writes a folder with `reader.onnx` and `tokenizer.json`; the ONNX file's metadata say which window it
wants, which tokenizer it was trained with and how its scores turn into confidence. A folder that does not fit together
is refused.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as ort_errors
from tokenizers import Tokenizer

from onrecord.errors import ModelError
from onrecord.reading.decode import Scores
from onrecord.reading.labels import NAMES, ROLES
from onrecord.reading.pieces import FEATURES, Ints, Pieces
from onrecord.reading.windows import deciding_window, window_starts

FORMAT = 2
MEANING = ("names", "mentions")
VECTORS = "vectors"
OWN_MODEL = Path(__file__).resolve().parent.parent / "model"
OUTSIDE = -30.0
BATCH_PIECES = (
    384  # a whole window alone: activations are quantised a call at a time, so company would change its scores
)
_REFUSED = (  # onnxruntime's errors share no base of their own
    ort_errors.Fail, ort_errors.InvalidGraph, ort_errors.InvalidProtobuf, ort_errors.InvalidArgument,
    ort_errors.NoSuchFile, ort_errors.NotImplemented, ort_errors.RuntimeException,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the model's file says of itself.

    `window` and `stride` in pieces, without the two special ones; `reach`, how many pieces to either side of its cue an
    attribution may lie; `floor`, the least probability of a cue that is looked into; `confidence`, the weights of a
    logistic function; `speakers`, those for each way of knowing a speaker; `threshold`, the least confidence of a
    statement; `projection`, the id of what makes vectors, none where the model has nothing for it.
    """

    id: str
    window: int
    stride: int
    reach: int
    cls: int
    sep: int
    floor: float
    threshold: float
    confidence: tuple[float, ...]
    speakers: Mapping[str, Sequence[float]]
    tokenizer: str
    projection: str | None


@dataclass(frozen=True, slots=True)
class _Window:
    """Pieces `start` to `start + length` of text number `text`; it decides about its pieces `mine`."""

    text: int
    start: int
    length: int
    mine: Ints


class Encoder:
    """A loaded model. Threads: 0 leaves the number to onnxruntime; a call takes at most `batch_pieces`, padded."""

    def __init__(self, folder: Path | None = None, *, threads: int = 0, batch_pieces: int = BATCH_PIECES) -> None:
        folder = folder or OWN_MODEL
        self._batch_pieces = batch_pieces
        self._session = _session(folder / "reader.onnx", threads=threads)
        self._only_asked = ort.RunOptions()
        self._only_asked.only_execute_path_to_fetches = True
        self.metadata = _metadata(self._session, folder)
        self.tokenizer = _tokenizer(folder / "tokenizer.json", expected=self.metadata.tokenizer)
        self._meaning = MEANING if self.metadata.projection is None else (*MEANING, VECTORS)

    def scores(self, texts: Sequence[Pieces], *, floor: float, meaning: bool = False) -> list[Scores]:
        """What the model says of each text's pieces; cues less likely than `floor` are not looked into.

        Names, mentions and vectors only with `meaning`. A full window has a call of its own; short texts of about one
        length share one.
        """
        windows = [w for i, pieces in enumerate(texts) for w in self._windows(pieces, text=i)]
        found: dict[int, list[tuple[_Window, Scores]]] = {i: [] for i in range(len(texts))}
        for batch in batches(windows, pieces=self._batch_pieces):
            for window, scores in zip(batch, self._run(texts, batch, floor=floor, meaning=meaning), strict=True):
                found[window.text].append((window, scores))
        return [self._joined(texts[i], parts) for i, parts in found.items()]

    def _windows(self, pieces: Pieces, *, text: int) -> Iterator[_Window]:
        size, n_pieces = self.metadata.window, len(pieces)
        starts = window_starts(n_pieces, size=size, stride=self.metadata.stride)
        deciding = deciding_window(n_pieces, starts=starts, size=size)
        for i, start in enumerate(starts if n_pieces else []):
            yield _Window(text, start, min(size, n_pieces), np.flatnonzero(deciding == i))

    def _run(
        self, texts: Sequence[Pieces], windows: Sequence[_Window], *, floor: float, meaning: bool
    ) -> Iterator[Scores]:
        """One call of the session: for each window the scores of what it decides, `anchors` in the text's count."""
        meta = self.metadata
        shape = (len(windows), max(w.length for w in windows) + 2)
        ids, mask, paragraph = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        features = np.zeros((*shape, len(FEATURES)), dtype=np.int64)
        decides = np.zeros(shape, dtype=bool)
        for row, window in enumerate(windows):
            pieces, part = texts[window.text], slice(window.start, window.start + window.length)
            inner = slice(1, window.length + 1)
            ids[row, 0], ids[row, window.length + 1], ids[row, inner] = meta.cls, meta.sep, pieces.ids[part]
            mask[row, : window.length + 2] = 1
            features[row, inner], paragraph[row, inner] = pieces.features[part], pieces.paragraph[part]
            decides[row, window.mine - window.start + 1] = pieces.first[window.mine]
        inputs = {"ids": ids, "features": features, "mask": mask, "paragraph": paragraph, "decides": decides}
        inputs["floor"] = np.array(floor, dtype=np.float32)
        outputs = ["cue", "anchors", "roles", *(self._meaning if meaning else ())]
        cue, places, roles, *meant = self._session.run(outputs, inputs, self._only_asked)
        nothing = np.empty((*shape, 0), dtype=np.float32)
        names, mentions, vectors = (*meant, nothing, nothing, nothing)[:3]
        for row, window in enumerate(windows):
            columns = window.mine - window.start + 1
            here = np.flatnonzero(places[:, 0] == row)
            at = places[here, 1]
            around = at[:, None] + np.arange(-meta.reach, meta.reach + 1)
            outside = (around < 1) | (around > window.length)
            labels = roles[here]
            labels[outside] = OUTSIDE
            labels[outside, 0] = 0.0
            meant_here = (output[row, columns] for output in (names, mentions, vectors))
            yield Scores(cue[row, columns], window.start + at - 1, labels, *meant_here)

    def _joined(self, pieces: Pieces, parts: list[tuple[_Window, Scores]]) -> Scores:
        """The windows' scores as one text's."""
        n_labels, width = len(ROLES), 2 * self.metadata.reach + 1
        ordered = sorted(parts, key=lambda part: part[0].start)
        anchors, roles = [np.empty(0, dtype=np.int64)], [np.empty((0, width, n_labels), dtype=np.float32)]
        anchors += [scores.anchors for _, scores in ordered]
        roles += [scores.roles for _, scores in ordered]
        cue = np.zeros(len(pieces), dtype=np.float32)
        names, mentions, vectors = (
            np.zeros((len(pieces), max((getattr(s, of).shape[1] for _, s in ordered), default=0)), dtype=np.float32)
            for of in (*MEANING, VECTORS)
        )
        for window, scores in ordered:
            cue[window.mine], names[window.mine], mentions[window.mine] = scores.cue, scores.names, scores.mentions
            vectors[window.mine] = scores.vectors
        return Scores(cue, np.concatenate(anchors), np.concatenate(roles), names, mentions, vectors)


def batches(windows: Sequence[_Window], *, pieces: int) -> Iterator[list[_Window]]:
    """The windows by length, so many together that a batch holds at most so many pieces with its padding."""
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda w: w.length):
        if batch and (len(batch) + 1) * window.length > pieces:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _session(path: Path, *, threads: int) -> ort.InferenceSession:
    if not path.is_file():
        raise ModelError(f"there is no model at {path}; install onrecord from a wheel, or train one: make train")
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except _REFUSED as error:
        raise ModelError(f"{path} is no model that onnxruntime can load: {error}") from error


def _metadata(session: ort.InferenceSession, folder: Path) -> Metadata:
    found = session.get_modelmeta().custom_metadata_map
    if found.get("format") != str(FORMAT):
        raise ModelError(
            f"the model in {folder} has format {found.get('format')}, this program reads {FORMAT}: retrain"
        )
    if json.loads(found["roles"]) != list(ROLES) or json.loads(found["names"]) != list(NAMES):
        raise ModelError(f"the model in {folder} has other labels than this program: export it anew")
    return Metadata(
        id=found["id"],
        projection=found.get("projection"),
        floor=float(found["floor"]), tokenizer=found["tokenizer"], threshold=float(found["threshold"]),
        confidence=tuple(json.loads(found["confidence"])), speakers=json.loads(found["speakers"]),
        **{name: int(found[name]) for name in ("window", "stride", "reach", "cls", "sep")},
    )  # fmt: skip


def _tokenizer(path: Path, *, expected: str) -> Tokenizer:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the model's tokenizer is missing: {path}") from error
    if hashlib.sha256(data).hexdigest() != expected:
        raise ModelError(f"{path} is not the tokenizer that the model beside it was trained with")
    tokenizer = Tokenizer.from_buffer(data)
    tokenizer.encode_special_tokens = True  # "[SEP]" in a text is five characters, not a command
    return tokenizer
