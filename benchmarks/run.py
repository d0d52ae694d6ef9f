"""Speed and memory of the compiler and the store, each beside a peer or a limit measured in the same run.

usage: uv run --group bench python benchmarks/run.py [--quick]

The peer for compiling is jieba, initialised, cutting the same text into words: the least any
Chinese text tool does. The two take turns, so that a busy machine slows both; processor time is
counted, best and median of several rounds; the limit is held against the median. *Cold* is the
first call in a fresh process, where word lists are read and patterns built, whatever the length.
Real plans are measured where they lie beside the
repository (``../shared/plans``). Nothing is asserted.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import observations

REAL = Path(__file__).resolve().parents[2] / "shared" / "plans"
LENGTH = 40_000
COMPILE = """
import json, logging, sys, time
from pathlib import Path
import jieba
from jingwei.documents import read_document, read_text
from jingwei.plans.compiling import compile_document

jieba.setLogLevel(logging.ERROR)
jieba.initialize()
path, rounds = Path(sys.argv[1]), int(sys.argv[2])
if path.suffix == ".pdf":
    compiled = lambda: compile_document(read_document(path))
else:
    text = path.read_text("utf-8")
    compiled = lambda: compile_document(read_text(text, path.name))

def timed(work):
    start = time.process_time()
    work()
    return time.process_time() - start

cold = timed(compiled)
if path.suffix == ".pdf":
    text = read_document(path).source
cut = lambda: jieba.lcut(text)
first = timed(cut)
turns = [(timed(cut), timed(compiled)) for _ in range(rounds)]
print(json.dumps([len(text), first, cold, turns]))
"""
PROBE = """
import json, sys, time
from pathlib import Path
from jingwei.documents import read_document
from jingwei.plans.compiling import compile_document
start = time.perf_counter()
statements = compile_document(read_document(Path(sys.argv[1]))).statements
peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
print(json.dumps([len(statements), time.perf_counter() - start, int(peak) / 1024]))
"""


def median_time(work: Callable[[], object], rounds: int) -> float:
    """Median wall-clock seconds of ``rounds`` calls, after one to warm up."""
    work()
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def line(what: str, measured: str, against: str, ratio: float, limit: float) -> None:
    mark = "within" if ratio <= limit else "OVER"
    print(f"{what:<46} {measured:>12}   {against:<26} ratio {ratio:6.2f}  limit {limit:g}  {mark}")


def plan_text(folder: Path, length: int) -> str:
    """The demo's plan as plain text, repeated to ``length`` characters."""
    from jingwei.app import demo

    text = demo.write_text("plan-14", folder / "plan.txt").read_text("utf-8")
    return (text * (length // len(text) + 1))[:length]


def texts(folder: Path) -> list[Path]:
    """The demo's plan repeated, each real document, and the longest real ones one after the other."""
    repeated = folder / "demo repeated.txt"
    repeated.write_text(plan_text(folder, LENGTH), "utf-8")
    real = sorted(REAL.glob("*.txt"), key=lambda path: path.stat().st_size, reverse=True)
    if real:
        joined = folder / "longest joined.txt"
        joined.write_text("\n".join(path.read_text("utf-8") for path in real)[:LENGTH], "utf-8")
        return [repeated, joined, *real]
    return [repeated]


def compiling(folder: Path, rounds: int) -> None:
    from jingwei.app import demo

    plain = texts(folder)
    for path in plain:
        compare(path, rounds, 3)
    compare(demo.write_text("plan-14", folder / "demo, tables.pdf"), rounds, 6)
    compare(long_pdf(folder / "demo, prose.pdf", plan_text(folder, LENGTH), 33), rounds, 6)
    for path in plain[1:]:
        text = re.sub(r"<[^>]*>", "", path.read_text("utf-8"))
        compare(long_pdf(folder / f"{path.stem}.pdf", text), rounds, 6)


def compare(path: Path, rounds: int, limit: float) -> None:
    """Compiling a document and cutting its text into words, cold once and warm in turns."""
    run = subprocess.run(
        [sys.executable, "-c", COMPILE, str(path), str(rounds)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    length, first_cut, cold, turns = json.loads(run.stdout)
    cuts, compiled = zip(*turns, strict=True)
    told = f"compile {path.name[:24]} ({length:,})".ljust(44)
    for name, pick in (("best", min), ("median", statistics.median)):
        cut, own = pick(cuts), pick(compiled)
        told += f"{name} {own:.3f} / {cut:.3f} s = {own / cut:.2f}   "
    ratio = statistics.median(compiled) / statistics.median(cuts)
    told += f"cold {cold:.3f} / {first_cut:.3f} s = {cold / first_cut:5.2f}"
    print(f"{told}   limit {limit:g}  {'within' if ratio <= limit else 'OVER'}")


def long_pdf(path: Path, text: str, pages: int = 0) -> Path:
    """A PDF of dense running text, once or repeated to ``pages`` pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    text = "".join(text.split())
    rows = pages * 34 or len(text) // 36 + 1
    for number in range(rows):
        if number % 34 == 0:
            canvas.setFont("STSong-Light", 12)
        start = number * 36 % (len(text) - 36) if pages else number * 36
        canvas.drawString(72, 780 - number % 34 * 21, text[start : start + 36])
        if number % 34 == 33 or number == rows - 1:
            canvas.showPage()
    canvas.save()
    return path


def memory(folder: Path, sizes: dict[int, float]) -> None:
    for pages, limit in sizes.items():
        path = long_pdf(folder / f"{pages}.pdf", plan_text(folder, LENGTH), pages)
        run = subprocess.run(
            [sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, check=True
        )
        count, seconds, peak = json.loads(run.stdout)
        line(f"{pages:,} pages of PDF ({count:,} statements, {seconds:.1f} s)", f"{peak:.0f} MB",
             f"limit {limit:.0f} MB", peak / limit, 1)  # fmt: skip


def starting(rounds: int) -> None:
    def help_page() -> None:
        subprocess.run([sys.executable, "-m", "jingwei", "--help"], capture_output=True, check=True)

    seconds = median_time(help_page, rounds)
    line("jingwei --help", f"{seconds:.3f} s", "limit 0.400 s", seconds / 0.4, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--quick",
        action="store_true",
        help="fewer rounds, no 2,000 pages, a tenth of the observations",
    )
    quick = parser.parse_args().quick
    rounds = 3 if quick else 9
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compiling(folder, rounds)
        memory(folder, {300: 150} if quick else {300: 150, 2000: 300})
        starting(rounds)
    observations.main(1_000_000 if quick else 10_000_000, 3 if quick else 5)


if __name__ == "__main__":
    main()
