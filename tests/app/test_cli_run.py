"""run, report, demo: everything in order, only what changed, and nothing ever half-written."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jingwei.plans.planfile import read_plan

Run = Callable[..., Any]


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_running_twice_does_nothing_the_second_time(jingwei: Run, town: Path) -> None:
    first = jingwei("run", "--format", "json")
    assert (first.code, first.err) == (0, "")
    steps = {(each["step"], each["of"]): each["done"] for each in first.json}
    assert steps["settle", "旧规划.txt"]
    assert steps["report", "reports/report.html"]
    before = content(town)
    second = jingwei("run")
    assert second.code == 0
    assert "什么也不用做" in second.out
    assert "完成 done" not in second.out
    assert content(town) == before


def test_a_decision_runs_what_follows_from_it(jingwei: Run, town: Path) -> None:
    jingwei("run")
    rows = jingwei("targets", "--words", "企业技术中心", "--format", "json").json
    identity = next(r["target"]["id"] for r in rows if r["target"]["value"] == 120)
    jingwei("review", "edit", identity, "value=130")
    again = jingwei("run", "--format", "json").json
    done = {(each["step"], each["of"]) for each in again if each["done"]}
    assert ("settle", "旧规划.txt") in done
    assert ("report", "reports/report.html") in done
    assert not any(step == "compile" for step, _ in done)


def test_the_same_input_gives_the_same_bytes(jingwei: Run, town: Path, tmp_path: Path) -> None:
    jingwei("run")
    other = tmp_path / "again"
    jingwei("init", other, "--region", "梧川市")
    for path in (town / "documents").iterdir():
        (other / "documents" / path.name).write_bytes(path.read_bytes())
    jingwei("run", "-w", other)
    assert content(other) == content(town)


def test_a_bad_document_is_told_at_every_run(jingwei: Run, town: Path) -> None:
    (town / "documents" / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    for _ in range(2):
        ran = jingwei("run", "--format", "json")
        assert ran.code == 2
        assert ran.err.count("错误：") == 1
        assert "坏.docx" in ran.err
        assert any(each["step"] == "settle" for each in ran.json)


def test_the_report_is_one_file_that_loads_nothing(jingwei: Run, town: Path) -> None:
    ran = jingwei("report")
    path = Path(ran.out.strip())
    assert path == town.resolve() / "reports" / "report.html"
    page = path.read_text("utf-8")
    assert "用水量" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command line in a process of its own, stopped once the first plan file is there."""
    command = [sys.executable, "-m", "jingwei"]
    process = subprocess.Popen(
        [*command, *arguments],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # tests run in the background inherit that interruptions are ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    while not any((folder / "plans").glob("*.yaml")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.002)
    return process


@pytest.fixture
def full(jingwei: Run, papers: Path, tmp_path: Path) -> Path:
    """A workspace with all documents and nothing compiled."""
    folder = tmp_path / "full"
    jingwei("init", folder)
    for path in papers.iterdir():
        (folder / "documents" / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL does not exist on Windows")
def test_a_killed_run_leaves_readable_files_and_goes_on(jingwei: Run, full: Path) -> None:
    process = started(full, "compile")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    plans = [*(full / "plans").glob("*.yaml")]
    assert plans
    for path in plans:
        assert read_plan(path).statements
    again = jingwei("compile", "-w", full, "--format", "json")
    assert (again.code, len(again.json)) == (0, 5)
    assert [*full.rglob("*.jingwei-tmp")] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_an_interrupted_run_says_so_in_one_sentence(jingwei: Run, full: Path) -> None:
    process = started(full, "compile")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err.startswith("已中断")
    assert len(err.splitlines()) == 1
    assert [*full.rglob("*.jingwei-tmp")] == []
    assert jingwei("compile", "-w", full).code == 0


def test_a_broken_plan_file_leaves_the_report_as_it_was(jingwei: Run, full: Path) -> None:
    assert jingwei("run", "-w", full).code == 0
    report = full / "reports" / "report.html"
    before = report.read_bytes()
    plan = min((full / "plans").glob("*.yaml"))
    plan.write_text(plan.read_text("utf-8") + " x: [\n", "utf-8")
    for command in (["report"], ["run"], ["export", "--to", "jsonl"]):
        ran = jingwei(*command, "-w", full)
        assert ran.code == 2
        assert "什么也没有写" in ran.err
    assert report.read_bytes() == before
    assert not [*(full / "reports").glob("*.jsonl")]
