"""What eight bits cost: the shipped model against the float32 torch one that it was exported from."""

import importlib.util
from pathlib import Path

from benchmarks.gold import Json, records
from benchmarks.table import print_table
from onrecord import Reader
from onrecord.reading.decode import attributions_of
from onrecord.reading.selection import selected

RUNS = [Path(f"runs/{run}") for run in ("first", "second", "third", "third")]
MEASURES = ("relation", "content_overlap", "source_span", "cue_span", "content_span")


def report(reader: Reader) -> None:
    """Prints the scores of both, before any rule, or says what is missing for it."""
    if importlib.util.find_spec("torch") is None or not all((run / "checkpoint.pt").exists() for run in RUNS):
        print("\nEight bits against 32: skipped, this needs torch and both training runs (make train)")
        return
    from score_attributions import score as official

    from training.batches import score
    from training.corpora import SHARED, polnear
    from training.evaluate import as_json
    from training.export import trained

    net, tokenizer = trained(RUNS)
    meta = reader.encoder.metadata
    gold = {r["id"]: r for r in records("eval/attributions_dev.jsonl")}
    pairs: dict[str, list[tuple[str, list[Json], list[Json]]]] = {"float32 torch": [], "int8 ONNX": []}
    for document in polnear(tokenizer, SHARED / "eval/attributions_dev.jsonl"):
        for name, scores in (
            ("float32 torch", score(net, document, floor=meta.floor)),
            ("int8 ONNX", reader.encoder.scores([document.pieces], floor=meta.floor)[0]),
        ):
            candidates = attributions_of(document.pieces, scores, threshold=meta.floor)
            kept = selected(candidates, weights=meta.confidence, threshold=meta.threshold)
            pairs[name].append((document.text, gold[document.id]["attributions"], as_json(kept)))
    scored = {name: official(p) for name, p in pairs.items()}
    rows = [[name, *(f"{s[m]['f1']:.3f}" for m in MEASURES)] for name, s in scored.items()]
    print_table("Eight bits against 32, F1 on PolNeAR dev before any rule", ["model", *MEASURES], rows)
