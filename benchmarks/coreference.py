"""How the model puts mentions together: GUM's dev part by the official measures."""

from benchmarks.gold import Json, gzipped_records
from benchmarks.table import print_table
from onrecord import Reader
from onrecord.intake import article_from_text
from onrecord.reading.reader import chains


def report(reader: Reader) -> None:
    """Prints the measures of score_coref.py, and how often a pronoun or a phrase is tied to the right name."""
    from score_coref import RESOLUTION, score

    pairs = [(record, chains_of(reader, record)) for record in gzipped_records("data/gum_dev.jsonl.gz").values()]
    scores = score(pairs)
    rows = [[n, *(f"{scores[n][k]:.3f}" for k in ("p", "r", "f1"))] for n in ("mention", "MUC", "B3", "CEAFe")]
    rows.append(["CoNLL", "", "", f"{scores['CoNLL']:.3f}"])
    print_table(f"Coreference, GUM dev, {len(pairs)} texts", ["measure", "precision", "recall", "F1"], rows)
    rows = [
        [kind, str(values["n"]), *(f"{values[outcome]:.3f}" for outcome in RESOLUTION)]
        for kind, values in scores["names"].items()
    ]
    print_table("The name that is meant", ["mention", "asked about", *RESOLUTION], rows)


def chains_of(reader: Reader, record: Json) -> list[Json]:
    """The mentions that the reader finds in a text, each with the number of its chain."""
    article = article_from_text(record["text"], id=record["id"])
    return [
        {"start": m.span.start, "end": m.span.end, "cluster": chain}
        for chain, mentions in enumerate(chains(reader, article))
        for m in mentions
    ]
