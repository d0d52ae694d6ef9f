"""Speed and memory of the compiler and the store, each beside a peer or a limit measured in the same run.

usage: uv run --group bench python benchmarks/run.py [--quick]

The peer for compiling is jieba, initialised, cutting the same text into words: the least any
Chinese text tool does. Medians of several rounds; nothing is asserted.
"""

import argparse
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import observations

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


def compiling(folder: Path, rounds: int) -> None:
    import jieba

    from jingwei.documents import read_document, read_text
    from jingwei.plans.compiling import compile_document

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    text = plan_text(folder, 40_000)
    cutting = median_time(lambda: jieba.lcut(text), rounds)
    compiled = median_time(lambda: compile_document(read_text(text, "plan.txt")), rounds)
    line("compile 40,000 decoded characters", f"{compiled:.3f} s", f"jieba {cutting:.3f} s",
         compiled / cutting, 3)  # fmt: skip

    from jingwei.app import demo

    pdf = demo.write_text("plan-14", folder / "plan.pdf")
    printed = read_document(pdf).source
    cutting = median_time(lambda: jieba.lcut(printed), rounds)
    compiled = median_time(lambda: compile_document(read_document(pdf)), rounds)
    line(f"compile from PDF, tables ({len(printed):,} chars)", f"{compiled:.3f} s",
         f"jieba {cutting:.3f} s", compiled / cutting, 6)  # fmt: skip

    dense = long_pdf(folder, 33)
    printed = read_document(dense).source
    cutting = median_time(lambda: jieba.lcut(printed), rounds)
    compiled = median_time(lambda: compile_document(read_document(dense)), rounds)
    line(f"compile from PDF, prose ({len(printed):,} chars)", f"{compiled:.3f} s",
         f"jieba {cutting:.3f} s", compiled / cutting, 6)  # fmt: skip


def long_pdf(folder: Path, pages: int) -> Path:
    """A PDF of ``pages`` pages of dense running text."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = folder / f"{pages}.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    text = "".join(plan_text(folder, 40_000).split())
    for page in range(pages):
        canvas.setFont("STSong-Light", 12)
        for row in range(34):
            start = (page * 34 + row) * 36 % (len(text) - 36)
            canvas.drawString(72, 780 - row * 21, text[start : start + 36])
        canvas.showPage()
    canvas.save()
    return path


def memory(folder: Path, sizes: dict[int, float]) -> None:
    for pages, limit in sizes.items():
        path = long_pdf(folder, pages)
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
