"""Where the reader fails on PolNeAR's dev part: every error in a class, counted, and some of each to be read."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.accuracy import DEV
from benchmarks.gold import Json, Judged, judged, records
from benchmarks.table import print_table
from onrecord import Act, ParagraphKind, Reader
from onrecord.reading.acts import act_of

OVERLAP = 0.5
ATTITUDES = frozenset({Act.THINK, Act.WANT, Act.EVALUATE})
SHOWN_CHARS = 160


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error: its side, its class, and both readings as words."""

    side: str
    kind: str
    article: str
    gold: str
    own: str


def report(reader: Reader, *, n_shown: int = 0) -> None:
    """Prints how many errors there are of each class, and `n_shown` of them, drawn at random."""
    mistakes = [m for j in judged(reader, records(DEV)) for m in mistakes_of(j)]
    groups: dict[tuple[str, str], list[Mistake]] = defaultdict(list)
    for m in mistakes:
        groups[m.side, m.kind].append(m)
    rows = [[f"{side}: {kind}", str(len(group))] for (side, kind), group in sorted(groups.items())]
    print_table("Errors on PolNeAR dev by `relation`", ["class", "errors"], rows)
    for m in random.Random(1).sample(mistakes, min(n_shown, len(mistakes))):  # noqa: S311 - a sample to read
        print(f"\n{m.side}: {m.kind} ({m.article})\n  gold: {m.gold}\n  own:  {m.own}")


def mistakes_of(j: Judged) -> Iterator[Mistake]:
    """The article's missed, invented and wrongly sourced statements."""
    from score_attributions import WORD, align, dice, words_of

    text, gold, own = j.pair()
    starts = [m.start() for m in WORD.finditer(text)]
    g_all, o_all = (
        [{"spans": a, **{r: words_of(starts, a[r]) for r in ("source", "cue", "content")}} for a in side]
        for side in (gold, own)
    )
    pairs = list(align([g for g in g_all if g["content"]], [o for o in o_all if o["content"]]))
    matched = {id(a) for g, o, d, _ in pairs if d >= OVERLAP for a in (g, o)}
    for g, o, d, _ in pairs:
        if d >= OVERLAP and dice(g["source"], o["source"]) < OVERLAP:
            kind = "none found" if not o["source"] else "none in the gold" if not g["source"] else "another one"
            yield _mistake(j, "source", kind, g, o)
    for side, these, others in (("missed", g_all, o_all), ("invented", o_all, g_all)):
        for a in these:
            if a["content"] and id(a) not in matched:
                other = max(others, key=lambda b: len(a["content"] & b["content"]), default=None)
                met = other if other is not None and a["content"] & other["content"] else None
                kind = _kind(j, a, met)
                yield _mistake(j, side, kind, a if side == "missed" else met, met if side == "missed" else a)


def _kind(j: Judged, a: Json, met: Json | None) -> str:
    """The class of a missed or invented statement."""
    if met is not None:
        return "cut otherwise" if a["cue"] & met["cue"] else "content of another cue"
    text = j.gold["text"]
    cue = " ".join(text[s:e] for s, e in a["spans"]["cue"])
    at = min(s for role in ("source", "cue", "content") for s, _ in a["spans"][role])
    if any(p.kind is ParagraphKind.TITLE and p.span.start <= at < p.span.end for p in j.article.paragraphs):
        return "headline"
    if not cue:
        return "no cue"
    return "attitude" if act_of(cue, "") in ATTITUDES else "speech"


def _mistake(j: Judged, side: str, kind: str, gold: Json | None, own: Json | None) -> Mistake:
    return Mistake(side, kind, j.gold["id"], _words(j, gold), _words(j, own))


def _words(j: Judged, a: Json | None) -> str:
    if a is None:
        return "nothing"
    parts = (" … ".join(j.gold["text"][s:e] for s, e in a["spans"][r]) for r in ("source", "cue", "content"))
    return " | ".join(" ".join(part.split())[:SHOWN_CHARS] for part in parts)
