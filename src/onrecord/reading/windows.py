"""Cuts the pieces of a text into windows that overlap, and says which window decides about which piece.

A window holds at most `SIZE` pieces, special ones not counted. Each piece is decided by the window in which it stands
furthest from an edge, so that it is seen with as much of what is around it as can be.
"""

import numpy as np

from onrecord.reading.pieces import Ints

SIZE = 382
STRIDE = 256


def window_starts(n_pieces: int, *, size: int = SIZE, stride: int = STRIDE) -> list[int]:
    """Where the windows start; the last one ends with the text."""
    if n_pieces <= size:
        return [0]
    n_windows = -(-(n_pieces - size) // stride) + 1
    return [round(i * (n_pieces - size) / (n_windows - 1)) for i in range(n_windows)]


def deciding_window(n_pieces: int, *, starts: list[int], size: int = SIZE) -> Ints:
    """For each piece the number of the window whose centre is nearest to it."""
    centres = np.array(starts) + min(size, n_pieces) / 2
    between = (centres[:-1] + centres[1:]) / 2
    return np.searchsorted(between, np.arange(n_pieces), side="right").astype(np.int64)
