"""A press text of a workspace: what it says never defends itself. All figures are fictional."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PLAN = """青汀市制造业发展“十四五”规划

青汀市人民政府 2021年6月

一、发展目标

到2025年，高新技术企业达到900家，国家级绿色工厂达到20家。
"""
FACTS = """青汀市2025年国民经济和社会发展统计公报

青汀市统计局 2026年3月2日

2025年，年末高新技术企业860家，国家级绿色工厂21家。
"""
PRESS = """青汀制造业“十四五”圆满收官

青汀日报 2026年1月12日讯

“十四五”规划主要目标全面完成。2025年，高新技术企业达到905家，完成规划目标。
"""


@pytest.fixture
def city(jingwei: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "city"
    jingwei("init", folder)
    for name, source in (("规划", PLAN), ("公报", FACTS), ("通稿", PRESS)):
        (folder / "documents" / f"{name}.txt").write_text(source, "utf-8")
    monkeypatch.chdir(folder)
    jingwei("run")
    return folder


def test_a_document_named_alone_is_held_against_its_workspace(jingwei: Run, city: Path) -> None:
    alone = jingwei("check", "documents/通稿.txt", "--format", "json").json
    every = jingwei("check", "--format", "json").json
    claims = [each for each in alone if each["kind"] == "false_claim"]
    assert claims
    assert claims == [each for each in every if each["kind"] == "false_claim"]


def test_a_press_text_is_compared_with_what_offices_publish_and_never_with_a_draft(
    jingwei: Run, city: Path
) -> None:
    (city / "documents" / "下一轮规划征求意见稿.txt").write_text(
        "青汀市制造业发展“十五五”规划（征求意见稿）\n\n一、发展基础\n\n"
        "2025年，高新技术企业达到905家，国家级绿色工厂22家。\n\n二、目标\n\n到2030年，高新技术企业达到1500家。\n",
        "utf-8",
    )
    jingwei("run")
    rows = jingwei("compare", "documents/通稿.txt", "--format", "json").json
    assert {row["from_target"]["document"] for row in rows if row["from_target"]} == {"公报.txt"}
    assert "contradictory" in {row["relation"] for row in rows}
