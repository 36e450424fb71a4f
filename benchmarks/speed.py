"""How fast the whole path from text to statements is, and how near the encoder comes to a plain matrix product.

These machines are noisy: only ratios within one run mean anything.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.gold import SHARED, records
from benchmarks.table import print_table
from onrecord import Article, Reader
from onrecord.intake import article_from_text
from onrecord.quotations import quotations
from onrecord.reading.encoder import Encoder
from onrecord.reading.pieces import Pieces, pieces_of

ARTICLES = 20
LAYERS, WIDTH = 6, 384
REPEATS = 2
COLD_STARTS = 5
PEAK = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def report() -> None:
    """Prints the tables about speed and memory."""
    articles = [article_from_text(r["text"], id=r["id"]) for r in records("eval/attributions_dev.jsonl")[:ARTICLES]]
    product = matrix_product_rate()
    print_path(articles)
    print_configurations(articles, product)
    print_start()


def best(action: Callable[[], object], *, repeats: int = REPEATS) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return min(times)


def matrix_product_rate() -> float:
    """Floating-point operations a second of a plain float32 product of the encoder's largest shape, all cores."""
    a, b = np.ones((4096, WIDTH), dtype=np.float32), np.ones((WIDTH, 4 * WIDTH), dtype=np.float32)
    return 2 * a.shape[0] * a.shape[1] * b.shape[1] / best(lambda: a @ b, repeats=20)


def encoder_operations(pieces: Pieces, encoder: Encoder) -> float:
    """Floating-point operations of the encoder's layers for a text: products with weights, and attention."""
    from onrecord.reading.windows import window_starts

    size = encoder.metadata.window
    length = min(size, len(pieces)) + 2
    n_windows = len(window_starts(len(pieces), size=size, stride=encoder.metadata.stride))
    return n_windows * LAYERS * (24 * length * WIDTH**2 + 4 * length**2 * WIDTH)


def print_path(articles: list[Article]) -> None:
    """Words and articles a second from text to statements."""
    words = sum(len(a.text.split()) for a in articles)
    rows = []
    for threads in (1, 2):
        reader = Reader.load(threads=threads)
        seconds = best(lambda reader=reader: [reader.read(a) for a in articles])  # type: ignore[misc]
        rows.append([str(threads), f"{words / seconds:,.0f}", f"{len(articles) / seconds:.1f}"])
    print_table(
        f"From text to statements, {len(articles)} articles, {words:,} words",
        ["threads", "words/s", "articles/s"],
        rows,
    )


def print_configurations(articles: list[Article], product: float) -> None:
    """The model alone, one article or all together, by threads and size of a batch."""
    rows = []
    for threads in (1, 2):
        for batch_pieces in (384, 1536, 6144):
            encoder = Encoder(threads=threads, batch_pieces=batch_pieces)
            texts = [_pieces(a, encoder) for a in articles]
            operations = sum(encoder_operations(t, encoder) for t in texts)
            n_pieces = sum(map(len, texts))
            for name, action in (
                ("one by one", lambda e=encoder, ts=texts: [e.scores([t], floor=0.3) for t in ts]),
                ("together", lambda e=encoder, ts=texts: e.scores(ts, floor=0.3)),
            ):
                seconds = best(action)
                share = operations / seconds / product
                rows.append(
                    [
                        f"{threads} threads, batches of {batch_pieces}, {name}",
                        f"{n_pieces / seconds:,.0f}",
                        f"{share:.2f}",
                    ]
                )
    title = f"The model alone; a plain float32 product reaches {product / 1e9:,.0f} GFLOP/s in this run"
    print_table(title, ["int8 ONNX", "pieces/s", "of the product's rate"], rows)


def _pieces(article: Article, encoder: Encoder) -> Pieces:
    spans = [p.span for p in article.paragraphs]
    marks = quotations(article.text, spans)
    return pieces_of(article.text, encoder.tokenizer, paragraphs=spans, quotations=marks)


def print_start() -> None:
    """Cold start of the command, beside that of Python itself, and its peak memory."""
    article = SHARED / "articles/french-troops.txt"
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.txt"
        long.write_text("\n\n".join([article.read_text(encoding="utf-8")] * 100), encoding="utf-8")
        command = [sys.executable, "-m", "onrecord", "read", "--format", "jsonl"]
        rows = []
        for name, call in (
            ("python -c pass", [sys.executable, "-c", "pass"]),
            ("onrecord --help", [sys.executable, "-m", "onrecord", "--help"]),
            ("onrecord read, one article", [*command, str(article)]),
            ("onrecord read, the same a hundred times over", [*command, str(long)]),
        ):
            seconds, megabytes = measured(call, repeats=1 if str(long) in call else COLD_STARTS)
            rows.append([name, f"{seconds:.2f}", f"{megabytes:.0f}"])
    print_table("From a cold start", ["command", "seconds", "peak memory, MB"], rows)


def measured(call: list[str], *, repeats: int) -> tuple[float, float]:
    """The shortest time of a command in seconds, and its peak memory in megabytes."""
    seconds = best(lambda: subprocess.run(call, check=True, stdout=subprocess.DEVNULL), repeats=repeats)
    inner = [sys.executable, "-c", PEAK, *call]
    kilobytes = subprocess.run(inner, check=True, capture_output=True, text=True).stdout
    return seconds, int(kilobytes) / 1024
