"""How often the speaker is right where the statement's spans are, and how far a speaker's confidence can be trusted.

Measured on the labelled articles that are set aside for tuning (training/labels.py), so that dev stays a test.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from benchmarks.table import print_table
from onrecord import Reader
from training.labels import Labelled, labelled

COVERAGES = (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5)


def report(reader: Reader, *, n_shown: int = 0) -> None:
    """Prints accuracy by what the source is, precision against coverage, and `n_shown` wrong speakers."""
    found = list(labelled(reader))
    groups: dict[str, list[Labelled]] = defaultdict(list)
    for j in found:
        groups[j.kind].append(j)
    rows = [[kind, str(len(g)), f"{sum(j.right for j in g) / len(g):.3f}"] for kind, g in sorted(groups.items())]
    rows.append(["all", str(len(found)), f"{sum(j.right for j in found) / len(found):.3f}"])
    print_table("Speakers of the labelled statements, their spans given", ["source", "statements", "right"], rows)
    print_coverage(found)
    wrong = [j for j in found if not j.right]
    print_table("Wrong speakers by what tells them", ["known by", "wrong"], [
        [kind, str(n)] for kind, n in Counter(j.own.known_by if j.own else "none" for j in wrong).most_common()
    ])  # fmt: skip
    for j in wrong[:n_shown]:
        own = f"{j.own.name} ({j.own.kind}, {j.own.known_by}, {j.own.confidence:.2f})" if j.own else "none"
        print(f"{j.article}: {j.source!r}\n  gold: {j.gold['name']} ({j.gold['kind']})\n  own:  {own}")


def print_coverage(found: Sequence[Labelled]) -> None:
    """Of the surest so many in a hundred speakers, how many are right."""
    known = sorted((j for j in found if j.own), key=lambda j: -(j.own.confidence if j.own else 0))
    rows = []
    for coverage in COVERAGES:
        surest = known[: round(coverage * len(known))]
        least = min(j.own.confidence for j in surest if j.own)
        rows.append([f"{coverage:.0%}", f"{least:.2f}", f"{sum(j.right for j in surest) / len(surest):.3f}"])
    print_table("Precision against coverage", ["of the speakers given", "confidence from", "right"], rows)
