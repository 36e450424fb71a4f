"""How the shipped model reads PolNeAR's dev part and the example article, by the official measures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from benchmarks.gold import Judged, judged, records, statements_of
from benchmarks.table import print_table
from onrecord import Form, Reader
from onrecord.quotations import quotations, quoted
from onrecord.reading.form import form_of
from onrecord.span import Span

FLOORS = {"relation": 0.725, "content_overlap": 0.835, "source_span": 0.81, "cue_span": 0.74, "content_span": 0.68}
PEOPLE = {"source": 0.812, "cue": 0.694, "content": 0.913, "content_exact": 0.690, "content_overlap": 0.821,
          "relation": 0.752, "source_span": 0.788, "cue_span": 0.712, "content_span": 0.695}  # fmt: skip
COFENET = {"source_span": 0.832, "cue_span": 0.753, "content_span": 0.729}
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
OF_THOSE_FOUND = "speaker, of those found"
EXAMPLE_FLOORS = {"found": 0.70}
STATEMENT_FLOORS = {"speaker": 0.62, "nested": 0.45, "kind": 0.85, "form": 0.95, "act": 0.78, "via": 0.55, "said": 0.60,
                    OF_THOSE_FOUND: 0.82}  # fmt: skip
DEV = "eval/attributions_dev.jsonl"
DEV_STATEMENTS = "eval/statements_dev.jsonl"
EXAMPLE = "articles/french-troops.gold.json"

Scores = dict[str, dict[str, float]]


def report(reader: Reader) -> None:
    """Prints every table about accuracy."""
    dev = judged(reader, records(DEV))
    print_scores(dev)
    print_by_publisher(dev)
    print_by_form(dev)
    print_reliability(dev)
    print_statements(reader)


def attribution_scores(dev: Iterable[Judged]) -> Scores:
    """The measures of score_attributions.py for the outermost statements."""
    from score_attributions import score

    scores: Scores = score(j.pair() for j in dev)
    return scores


def statement_scores(reader: Reader, path: str) -> Scores:
    """The measures of score_statements.py for the gold at `path`, read anew."""
    from score_statements import score

    pairs = [(j.gold["text"], j.gold["statements"], statements_of(j.article)) for j in judged(reader, records(path))]
    scores: Scores = score(pairs)
    return scores


def print_scores(dev: Sequence[Judged]) -> None:
    """Precision, recall and F1 beside the floors, two trained people and the best published model."""
    rows = [
        [
            name,
            *(f"{v:.3f}" for v in s.values()),
            *(f"{t[name]:.3f}" if name in t else "" for t in (FLOORS, PEOPLE, COFENET)),
        ]
        for name, s in attribution_scores(dev).items()
    ]
    print_table(
        f"PolNeAR dev, {len(dev)} articles, outermost statements",
        ["measure", "precision", "recall", "F1", "floor", "two people", "CofeNet (test part)"], rows,
    )  # fmt: skip


def print_by_publisher(dev: Sequence[Judged]) -> None:
    """F1 for each publisher."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for j in dev:
        groups[j.gold["publisher"]].append(j)
    measures = ("relation", "content_overlap", "source_span", "cue_span", "content_span")
    rows = []
    for publisher, group in sorted(groups.items()):
        scores = attribution_scores(group)
        rows.append([publisher, *(f"{scores[m]['f1']:.3f}" for m in measures)])
    print_table("By publisher, F1", ["publisher", *measures], rows)


def print_by_form(dev: Sequence[Judged]) -> None:
    """How many of the gold's statements of each form are found, and how many of ours of that form are right."""
    gold_forms: dict[Form, list[bool]] = defaultdict(list)
    own_forms: dict[Form, list[bool]] = defaultdict(list)
    for j in dev:
        text = j.gold["text"]
        inside = quoted(len(text), quotations(text))
        right_gold, right_own = right(j)
        for a, found in zip(j.gold["attributions"], right_gold, strict=True):
            if a["content"]:
                gold_forms[form_of(text, [Span(*s) for s in a["content"]], quoted=inside)].append(found)
        for s, found in zip(j.outermost(), right_own, strict=True):
            if s.form:
                own_forms[s.form].append(found)
    rows = []
    for form in Form:
        r, p = (sum(f[form]) / max(1, len(f[form])) for f in (gold_forms, own_forms))
        rows.append([form, str(len(gold_forms[form])), f"{p:.3f}", f"{r:.3f}", f"{2 * p * r / max(p + r, 1e-9):.3f}"])
    print_table("By form, `relation`", ["form", "in the gold", "precision", "recall", "F1"], rows)


def right(j: Judged) -> tuple[list[bool], list[bool]]:
    """For each gold attribution and each of ours whether it has its partner by `relation`."""
    from score_attributions import WORD, align, words_of

    text, gold, own = j.pair()
    starts = [m.start() for m in WORD.finditer(text)]
    sides = [[{role: words_of(starts, spans) for role, spans in a.items()} for a in side] for side in (gold, own)]
    pairs = align([a for a in sides[0] if a["content"]], [a for a in sides[1] if a["content"]])
    good = {id(a) for g, p, content, source in pairs if content >= 0.5 and source >= 0.5 for a in (g, p)}
    return [id(a) in good for a in sides[0]], [id(a) in good for a in sides[1]]


def print_reliability(dev: Sequence[Judged]) -> None:
    """Of the statements whose confidence lies in each interval, how many are right."""
    scored = [(s.confidence, ok) for j in dev for s, ok in zip(j.outermost(), right(j)[1], strict=True)]
    rows, gap = [], 0.0
    for low, high in pairwise(BINS):
        inside = [(c, ok) for c, ok in scored if low <= c < high]
        if inside:
            mean, share = (sum(v[i] for v in inside) / len(inside) for i in (0, 1))
            gap += abs(mean - share) * len(inside) / len(scored)
            rows.append([f"{low:.1f}-{min(high, 1):.1f}", str(len(inside)), f"{mean:.3f}", f"{share:.3f}"])
    rows.append(["expected calibration error", str(len(scored)), "", f"{gap:.3f}"])
    print_table("How far confidence can be trusted", ["confidence", "statements", "mean confidence", "right"], rows)


def print_statements(reader: Reader) -> None:
    """The measures of score_statements.py on the annotated dev articles and on the example article."""
    for name, path in (("12 dev articles with inner statements", DEV_STATEMENTS), ("The example article", EXAMPLE)):
        scores = statement_scores(reader, path)
        rows = [
            [n, *(f"{scores[n][k]:.3f}" for k in ("p", "r", "f1")), "", _floor(n)]
            for n in ("found", "speaker", "nested", "via", "said")
        ]
        rows += [
            [n, "", "", "", f"{scores[n]['accuracy']:.3f} of {scores[n]['n']}", _floor(n)]
            for n in ("kind", "form", "act")
        ]
        rows.append([OF_THOSE_FOUND, "", "", "", f"{found_right(scores):.3f}", _floor(OF_THOSE_FOUND)])
        print_table(name, ["measure", "precision", "recall", "F1", "accuracy", "floor on dev"], rows)


def found_right(scores: Scores) -> float:
    """How many of the statements that are found have the right speaker."""
    return scores["speaker"]["r"] / max(1e-9, scores["found"]["r"])


def _floor(measure: str) -> str:
    floor = STATEMENT_FLOORS.get(measure)
    return f"{floor:.2f}" if floor else ""
