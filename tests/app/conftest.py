"""The command line in this process, and a workspace of the demo city to try it on."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jingwei.app.cli import main
from jingwei.app.demo import write_documents


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run_cli(*arguments: object) -> Ran:
    """Run the command line with pipes that know ASCII only, as in a bare locale."""
    streams = sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in streams)
    sys.stdout, sys.stderr = out, err
    try:
        code = main([str(each) for each in arguments])
    finally:
        sys.stdout, sys.stderr = streams
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return Ran(code, *texts)


@pytest.fixture(scope="session")
def jingwei() -> Callable[..., Ran]:
    return run_cli


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five issued documents of the demo city."""
    folder = tmp_path_factory.mktemp("papers")
    write_documents(folder)
    return folder


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory, papers: Path) -> Path:
    """A workspace in which the demo documents are compiled; not to be changed."""
    folder = tmp_path_factory.mktemp("compiled") / "city"
    assert run_cli("init", folder, "--region", "绫州市").code == 0
    done = run_cli("compile", "-w", folder, *sorted(papers.iterdir()))
    assert (done.code, done.err) == (0, "")
    return folder


OLD = """梧川市制造业发展“十三五”规划

一、发展基础

2015年，梧川市规模以上工业总产值实现3560亿元，比上年增长6%。

二、发展目标

到2020年，省级以上企业技术中心达到120家，规模以上工业总产值达到5200亿元，工业投资五年累计完成900亿元左右。研发经费支出占营业收入比重达到2.0%左右。

表1 主要指标

序号 指标名称 单位 属性 2020年
1 单位工业增加值用水量累计下降幅度 % 约束性 23以上
2 单位工业增加值能耗下降幅度 % 约束性 完成省下达目标
"""
NEW = """梧川市制造业发展“十四五”规划

一、发展基础

2020年，省级以上企业技术中心达到126家，规模以上工业总产值实现5318亿元。“十三五”期间，单位工业增加值用水量累计下降21.4%。研发经费支出占营业收入比重达到1.92%。

二、发展目标

到2025年，省级以上企业技术中心达到180家，规模以上工业总产值达到8000亿元。
"""


@pytest.fixture(scope="session")
def _town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "town"
    run_cli("init", folder, "--region", "梧川市")
    (folder / "documents" / "旧规划.txt").write_text(OLD, encoding="utf-8")
    (folder / "documents" / "新规划.txt").write_text(NEW, encoding="utf-8")
    done = run_cli("compile", "-w", folder)
    assert (done.code, done.err) == (0, "")
    return folder


@pytest.fixture
def town(_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small workspace with a finished plan and the next one; it is the current folder."""
    folder = tmp_path / "town"
    shutil.copytree(_town, folder)
    monkeypatch.chdir(folder)
    return folder
