"""The quality gate for web pages: pinned floors on the development pages, which no change may fall below.

The decision trees were fitted on these pages, so this only notices what gets worse; how good they are elsewhere,
`python -m benchmarks.run pages` measures on outlets that they have not seen.
"""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
FLOORS = {"body": 0.985, "title": 0.95, "date": 0.97, "authors": 0.93}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development pages are not part of the repository")
def test_real_pages_are_read_as_well_as_before() -> None:
    from benchmarks.pages import gold_pages, page_scores, read_by_onrecord  # noqa: PLC0415 - needs the gold's scorer

    scores = page_scores(read_by_onrecord(page) for page in gold_pages())
    found = {measure: scores[measure].get("f1", scores[measure].get("accuracy", 0.0)) for measure in FLOORS}
    assert not {measure: score for measure, score in found.items() if score < FLOORS[measure]}
