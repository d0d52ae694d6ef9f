"""The compiler against annotated real documents, where they are at hand beside the project."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jingwei.core import plain
from jingwei.documents import read_document
from jingwei.plans.compiling import read_statements

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="needs the gold files in ../shared"),
]


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", SHARED / "score_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_annotated_documents_are_read_as_annotated() -> None:
    """Core F1 of 0.97 and full F1 of 0.90 over both documents are the project's promise."""
    score = scorer()
    counts = {False: [0, 0, 0], True: [0, 0, 0]}
    for gold_file in sorted((SHARED / "gold").glob("*.jsonl")):
        gold: list[dict[str, Any]] = [
            json.loads(line) for line in gold_file.read_text("utf-8").splitlines()
        ]
        document = read_document(SHARED / "plans" / f"{gold_file.stem}.txt")
        found = [plain(statement) for statement in read_statements(document)]
        technical = [record for record in gold if record["kind"] == "tech"]
        gold = [record for record in gold if record["kind"] != "tech"]
        found = [record for record in found if record["kind"] != "tech"]
        for full, count in counts.items():
            pairs, used = score.match(gold, found, full)
            false = [
                record
                for i, record in enumerate(found)
                if i not in used and not any(score.same(each, record) for each in technical)
            ]
            count[0] += len(pairs)
            count[1] += len(false)
            count[2] += len(gold)
    f1 = {full: 2 * hit / (hit + false + all_) for full, (hit, false, all_) in counts.items()}
    assert f1[False] >= 0.97
    assert f1[True] >= 0.90


def rows(name: str) -> list[tuple[str, ...]]:
    document = read_document(SHARED / "plans" / name)
    found = [s for s in read_statements(document) if s.rule == "指标表"]
    return [(s.op, s.unit, s.attr or "", s.text or "") for s in found]


def test_every_row_of_the_indicator_tables_is_read() -> None:
    fourteenth = rows("shanghai-advanced-manufacturing-14fyp.txt")
    assert len(fourteenth) == 18
    assert [row[2] for row in fourteenth].count("约束性") == 1
    assert [row[3] for row in fourteenth if row[3]] == ["基本稳定", "完成本市目标", "全国前列"]
    thirteenth = rows("shanghai-manufacturing-13fyp.txt")
    assert len(thirteenth) == 15
    assert [row[2] for row in thirteenth].count("约束性") == 4


def test_quotes_stand_at_their_offsets() -> None:
    import unicodedata

    for path in sorted((SHARED / "plans").glob("*.txt")):
        document = read_document(path)
        for statement in read_statements(document):
            pieces = [document.source[a:b] for a, b in statement.evidence.segments]
            raw = unicodedata.normalize("NFKC", "".join("".join(pieces).split()))
            assert "".join(raw.split()) == "".join(statement.quote.split()), (path, statement)
