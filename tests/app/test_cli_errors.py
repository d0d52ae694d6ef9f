"""How the command line behaves where things go wrong, and in any pipe and locale."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jingwei import __version__

Run = Callable[..., Any]
JINGWEI = [sys.executable, "-m", "jingwei"]


def test_version_and_help(jingwei: Run) -> None:
    assert jingwei("--version").out == f"jingwei {__version__}\n"
    assert jingwei().out == jingwei("--help").out
    assert "jingwei" in jingwei("-h").out


def test_a_place_that_is_no_workspace(jingwei: Run, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for command in ("compile", "targets", "review", "settle", "lineage", "check", "run", "report"):
        ran = jingwei(command)
        assert (ran.code, ran.out) == (2, ""), command
        zh, en = ran.err.splitlines()
        assert zh.startswith("错误：")
        assert "jingwei init" in zh
        assert en.startswith("error: ")
    missing = jingwei("targets", "-w", tmp_path / "没有")
    assert missing.code == 2
    assert "没有这个文件夹" in missing.err


def test_broken_settings_are_named_with_their_line(jingwei: Run, town: Path) -> None:
    path = town / "jingwei.toml"
    lines = path.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("about"))
    lines[at] = 'about = "多"'
    path.write_text("\n".join(lines), encoding="utf-8")
    ran = jingwei("targets")
    assert (ran.code, ran.out) == (2, "")
    assert f"jingwei.toml:{at + 1}" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("statements",), "缺少参数"),
        (("statements", "x", "--format", "word"), "参数的值不对"),
        (("statements", "--nope"), "没有这个选项"),
        (("nope",), "没有这个命令"),
        (("lineage", "--confirm", "a"), "用法见 jingwei lineage --help"),
    ],
    ids=lambda each: each if isinstance(each, str) else " ".join(each),
)
def test_wrong_usage(jingwei: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = jingwei(*arguments)
    assert (ran.code, ran.out) == (2, "")
    zh, en = ran.err.splitlines()
    assert zh.startswith("错误：")
    assert said in zh
    assert "--help" in en


def test_folders_and_unreadable_files(jingwei: Run, tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.touch()
    ran = jingwei("statements", tmp_path, empty, tmp_path / "无.pdf", "--format", "json")
    assert (ran.code, ran.json) == (2, [])
    zh = [line for line in ran.err.splitlines() if line.startswith("错误：")]
    assert len(zh) == 3
    assert "这是文件夹" in zh[0]
    assert "空.txt" in zh[1]
    assert "没有这个文件" in zh[2]


def test_documents_and_plan_files_without_each_other_are_noted(jingwei: Run, town: Path) -> None:
    (town / "documents" / "旧规划.txt").rename(town / "documents" / "改名.txt")
    ran = jingwei("targets", "--format", "json")
    assert ran.code == 0
    assert {row["target"]["document"] for row in ran.json} == {"新规划.txt"}
    assert "尚未编译：改名.txt" in ran.err
    assert "旧规划.txt.yaml" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such devices")
def test_a_device_is_no_document(jingwei: Run) -> None:
    ran = jingwei("statements", "/dev/zero")
    assert (ran.code, "不是普通文件" in ran.err) == (2, True)


def test_output_is_utf8_in_any_locale_and_plain_in_a_pipe(town: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONIOENCODING": "gbk"}
    ran = subprocess.run([*JINGWEI, "targets"], cwd=town, env=bare, capture_output=True, check=True)
    assert "规模以上工业总产值" in ran.stdout.decode("utf-8")
    assert b"\x1b" not in ran.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_name_that_is_no_text_is_refused(jingwei: Run, town: Path) -> None:
    name = os.fsdecode("规划.txt".encode("gbk"))
    (town / "documents" / name).write_text("到2025年，企业达到3家。", encoding="utf-8")
    ran = jingwei("run", "--format", "json")
    assert ran.code == 2
    assert "文件名不是 UTF-8" in ran.err
    assert any(each["step"] == "settle" for each in ran.json)
    told = jingwei("statements", town / "documents" / name)
    assert (told.code, "文件名不是 UTF-8" in told.err) == (2, True)


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise on Windows")
def test_a_reader_that_goes_away_is_no_error(town: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        ran = subprocess.run(
            [*JINGWEI, "targets"], cwd=town, stdout=pipe, stderr=subprocess.PIPE, check=False
        )
    assert (ran.returncode, ran.stderr) == (141, b"")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("colours", [True, False], ids=["terminal", "NO_COLOR"])
def test_colours_on_a_terminal_unless_refused(town: Path, colours: bool) -> None:
    import pty

    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"}
    if not colours:
        environment["NO_COLOR"] = "1"
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*JINGWEI, "settle"], cwd=town, env=environment, stdout=slave, stderr=subprocess.PIPE
    )
    os.close(slave)
    printed = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux ends a pseudo-terminal so
            break
        if not piece:
            break
        printed += piece
    assert process.wait() == 0
    assert "用水量" in printed.decode("utf-8").replace("\r\n", "")
    assert (b"\x1b[1m" in printed) is colours or not colours
    assert (b"\x1b[3" in printed) is False or colours


def test_workspace_is_busy(jingwei: Run, town: Path) -> None:
    from jingwei.store import Workspace

    with Workspace.open(town).locked():
        held = subprocess.Popen(
            [*JINGWEI, "compile"], cwd=town, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time_up = False
        try:
            held.wait(1.5)
        except subprocess.TimeoutExpired:
            time_up = True
        assert time_up  # it waits for the other run to end
    assert held.wait(30) == 0


def test_wrong_words_are_answered_with_what_is_meant(jingwei: Run) -> None:
    near = jingwei("compiel")
    assert near.code == 2 and "是不是 compile、compare、decompose；" in near.err
    wrong = jingwei("export", "--to", "pdf")
    assert wrong.code == 2 and "--to 只能是 xlsx、csv、jsonl、stratml；" in wrong.err
    missing = jingwei("milestones")
    assert missing.code == 2 and "缺少参数 TARGET-ID" in missing.err
