"""Windows of documents as tensors, for training and for scoring a document with the torch model."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from onrecord.reading.decode import Scores
from onrecord.reading.windows import SIZE, deciding_window, window_starts
from training.corpora import IGNORED, Document, Specials
from training.model import REACH, ReaderNet

BUCKET = 64


class Window(NamedTuple):
    """Pieces `start` to `end` of a document."""

    document: Document
    start: int
    end: int


class Batch(NamedTuple):
    """Inputs of the model, (batch, pieces) and (batch, pieces, features), and what it should answer."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    paragraph: Tensor
    batch: Tensor
    at: Tensor
    cue: Tensor
    tags: Tensor
    names: Tensor
    roles: Tensor


def training_windows(document: Document, rng: np.random.Generator, *, size: int = SIZE) -> Iterator[Window]:
    """Windows that cover the document once, cut at a random place each time; short ones reach back for context."""
    n_pieces = len(document.pieces)
    cuts = [0, *range(int(rng.integers(1, size + 1)), n_pieces, size), n_pieces] if n_pieces > size else [0, n_pieces]
    for start, end in pairwise(cuts):
        length = min(-(-(end - start + 2) // BUCKET) * BUCKET - 2, size)
        yield Window(document, max(0, end - length), end)


def batches(windows: Sequence[Window], rng: np.random.Generator, *, pieces: int) -> list[list[Window]]:
    """Windows of about one length together, at most so many pieces a batch, in random order."""
    order = sorted(range(len(windows)), key=lambda i: (windows[i].end - windows[i].start, rng.random()))
    groups: list[list[Window]] = [[]]
    for i in order:
        if groups[-1] and (len(groups[-1]) + 1) * (windows[i].end - windows[i].start + 2) > pieces:
            groups.append([])
        groups[-1].append(windows[i])
    return [groups[i] for i in rng.permutation(len(groups))]


def collate(windows: Sequence[Window], specials: Specials) -> Batch:
    """One batch, padded to its longest window."""
    length = max(w.end - w.start for w in windows) + 2
    ids = np.full((len(windows), length), specials.pad)
    mask = np.zeros((len(windows), length), dtype=np.int64)
    paragraph = np.zeros((len(windows), length), dtype=np.int64)
    features = np.zeros((len(windows), length, 4), dtype=np.int64)
    cue = np.full((len(windows), length), IGNORED, dtype=np.float32)
    names, tags = (np.full((len(windows), length), IGNORED) for _ in range(2))
    batch, at, roles = [], [], []
    for row, (document, start, end) in enumerate(windows):
        pieces, n = document.pieces, end - start
        inner = slice(1, n + 1)
        ids[row, 0], ids[row, n + 1], ids[row, inner] = specials.cls, specials.sep, pieces.ids[start:end]
        mask[row, : n + 2] = 1
        features[row, inner], paragraph[row, inner] = pieces.features[start:end], pieces.paragraph[start:end]
        first = pieces.first[start:end]
        names[row, inner] = np.where(first, document.names[start:end], IGNORED)
        if document.attributed:
            cue[row, inner] = np.where(first, 0.0, IGNORED)
            tags[row, inner] = np.where(first, document.tags[start:end], IGNORED)
        for anchor, labels in document.cues.items():
            if start <= anchor < end:
                cue[row, anchor - start + 1] = 1.0
                if start <= min(labels) and max(labels) < end:
                    batch.append(row)
                    at.append(anchor - start + 1)
                    roles.append(_around(document, anchor=anchor, start=start, end=end, labels=labels))
    if not at:
        batch, at, roles = [0], [0], [np.full(2 * REACH + 1, IGNORED)]
    return Batch(*map(torch.from_numpy, (
        ids, features, mask, paragraph, np.array(batch), np.array(at), cue, tags, names, np.stack(roles)
    )))  # fmt: skip


def _around(document: Document, *, anchor: int, start: int, end: int, labels: dict[int, int]) -> np.ndarray:
    """The labels of the pieces around an anchor; the anchor's own is given, not learned."""
    around = np.arange(anchor - REACH, anchor + REACH + 1)
    known = (around >= start) & (around < end)
    known[known] = document.pieces.first[around[known]]
    out = np.where(known, 0, IGNORED)
    for piece, label in labels.items():
        place = piece - anchor + REACH
        if 0 <= place < len(out) and known[place]:
            out[place] = label
    out[REACH] = IGNORED
    return out


@torch.no_grad()
def score(net: ReaderNet, document: Document, *, floor: float, device: str = "cpu") -> Scores:
    """What the torch model says of a document; the reader does the same with the exported one."""
    pieces = document.pieces
    starts = window_starts(len(pieces))
    deciding = deciding_window(len(pieces), starts=starts)
    windows = [Window(document, s, min(s + SIZE, len(pieces))) for s in starts]
    inputs = collate(windows, net.specials)
    inputs = Batch(*(t.to(device) for t in inputs))
    states = net.encode(inputs.ids, inputs.features, inputs.mask)
    cue = net.cue(states.last).squeeze(-1).float().sigmoid().cpu().numpy()
    names = net.names(states.last).float().log_softmax(-1).cpu().numpy()
    mentions = net.mentions(states.layers, inputs.mask).float().cpu().numpy()
    row, column = deciding, np.arange(len(pieces)) - np.array(starts)[deciding] + 1
    anchors = np.flatnonzero((cue[row, column] >= floor) & pieces.first)
    batch, at = (torch.from_numpy(a[anchors]).to(device) for a in (row, column))
    tags = net.tags(states.last)
    roles = net.roles(states.last, tags, inputs.paragraph, batch, at).float().log_softmax(-1).cpu().numpy()
    n_pieces = np.array([w.end - w.start for w in windows])[row[anchors]]
    around = column[anchors][:, None] + np.arange(-REACH, REACH + 1)
    outside = (around < 1) | (around > n_pieces[:, None])
    roles[outside] = -30.0
    roles[outside, 0] = 0.0
    return Scores(cue[row, column], anchors, roles, names[row, column], mentions[row, column])
