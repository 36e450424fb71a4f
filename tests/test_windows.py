"""Windows: together they hold every piece, and each piece is decided where it stands furthest from an edge."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.windows import SIZE, STRIDE, deciding_window, window_starts


@st.composite
def cuts(draw: st.DrawFn) -> tuple[int, int, int]:
    """A number of pieces, a window's size and a stride of at most that size."""
    size = draw(st.integers(1, 60))
    return draw(st.integers(0, 400)), size, draw(st.integers(1, size))


@given(cuts())
def test_windows_hold_every_piece(cut: tuple[int, int, int]) -> None:
    n_pieces, size, stride = cut
    starts = window_starts(n_pieces, size=size, stride=stride)
    held = {piece for start in starts for piece in range(start, min(start + size, n_pieces))}
    assert held == set(range(n_pieces))


@given(cuts())
def test_windows_are_full_start_apart_and_end_with_the_text(cut: tuple[int, int, int]) -> None:
    n_pieces, size, stride = cut
    starts = window_starts(n_pieces, size=size, stride=stride)
    assert starts[0] == 0
    assert starts[-1] + min(size, n_pieces) == n_pieces
    assert all(0 < b - a <= stride for a, b in pairwise(starts))


@given(cuts())
def test_no_window_could_be_spared(cut: tuple[int, int, int]) -> None:
    n_pieces, size, stride = cut
    starts = window_starts(n_pieces, size=size, stride=stride)
    assert len(starts) == 1 or (len(starts) - 2) * stride + size < n_pieces


@given(cuts())
def test_the_deciding_window_holds_its_piece_further_from_an_edge_than_any_other(cut: tuple[int, int, int]) -> None:
    n_pieces, size, stride = cut
    starts = window_starts(n_pieces, size=size, stride=stride)
    deciding = deciding_window(n_pieces, starts=starts, size=size)
    length = min(size, n_pieces)
    assert deciding.shape == (n_pieces,)
    for piece, window in enumerate(deciding):
        margins = [min(piece - start, start + length - 1 - piece) for start in starts]
        assert margins[window] >= 0
        assert margins[window] == max(margins)


@given(cuts())
def test_each_window_decides_one_run_of_pieces_in_order(cut: tuple[int, int, int]) -> None:
    n_pieces, size, stride = cut
    deciding = deciding_window(n_pieces, starts=window_starts(n_pieces, size=size, stride=stride), size=size)
    assert (np.diff(deciding) >= 0).all()


@pytest.mark.parametrize(
    ("n_pieces", "starts"),
    [
        (0, [0]),
        (1, [0]),
        (SIZE, [0]),
        (SIZE + 1, [0, 1]),
        (SIZE + STRIDE, [0, STRIDE]),
        (SIZE + STRIDE + 1, [0, 128, 257]),
    ],
)
def test_a_text_takes_as_many_windows_as_it_needs(n_pieces: int, starts: list[int]) -> None:
    assert window_starts(n_pieces) == starts


def test_the_ends_of_a_text_are_decided_by_the_first_and_the_last_window() -> None:
    n_pieces = 5 * SIZE
    starts = window_starts(n_pieces)
    deciding = deciding_window(n_pieces, starts=starts)
    assert deciding[0] == 0
    assert deciding[-1] == len(starts) - 1
    assert set(deciding) == set(range(len(starts)))
