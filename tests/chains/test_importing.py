"""Files become editions: what is taken, what waits, what is told, what is refused."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.chains.graph import (
    Edge,
    Edition,
    Head,
    Imported,
    Lexicon,
    Options,
    Vertex,
    import_lines,
    node_id,
    read_lines,
    template,
)
from jingwei.chains.graph.exporting import graphml_bytes, json_bytes
from jingwei.core import InvalidFile, InvalidRequest, Row

FULL = template("全链")
DAY = date(2025, 6, 30)
ROW = Row("seed.csv", "2025-01-01", "1")


def node(name: str) -> Vertex:
    return Vertex(node_id(name), "node", name, "零部件", "零部件", (ROW,))


BASE = Edition.of(
    Head("织机", "1", "全链", "绫州市"),
    [node("织机"), node("张力控制器"), node("现场逻辑芯片(FPGA)"), node("伺服驱动关键技术")],
)


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., Imported]:
    def taken(
        text: str | bytes,
        name: str = "表.csv",
        base: Edition = BASE,
        decided: dict[str, str] | None = None,
        options: Options | None = None,
    ) -> Imported:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_lines(
            read_lines(path), name, base, FULL, decided or {}, options or Options(day=DAY)
        )

    return taken


Take = Callable[..., Imported]


def edges(got: Imported) -> set[tuple[str, str, str]]:
    return {(e.kind, e.from_, e.to) for e in got.edges}


def test_an_enterprise_row_gives_what_it_makes_and_where_it_lies(take: Take) -> None:
    got = take(
        "企业,统一社会信用代码,环节,所在地,所属地区,份额,日期\n"
        "杼厂,91X01,织机,杼山区,绫州市,35%,2025-03-31\n"
    )
    assert edges(got) == {
        ("makes", "e:91X01", "n:织机"),
        ("located_in", "e:91X01", "p:杼山区"),
        ("located_in", "p:杼山区", "p:绫州市"),
    }
    [made] = [e for e in got.edges if e.kind == "makes"]
    assert (made.share, made.day) == (0.35, date(2025, 3, 31))
    assert made.evidence == Row("表.csv", "2025-03-31", "2")
    assert (got.rows, got.taken, got.coverage) == (1, 1, 1.0)


def test_upstream_words_turn_the_edge_round(take: Take) -> None:
    got = take("from_entity,to_entity,rel\n织机,张力控制器,上游材料\n张力控制器,织机,下游产品\n")
    assert edges(got) == {("supplies", "n:张力控制器", "n:织机")}
    flipped = take("起点,终点,关系\n织机,张力控制器,供应\n", options=Options(flip=True, day=DAY))
    assert edges(flipped) == {("supplies", "n:张力控制器", "n:织机")}


def test_a_year_alone_begins_with_its_first_day_and_ends_with_its_last(take: Take) -> None:
    got = take(
        "from,to,kind,date,valid_from,valid_to\n张力控制器,织机,供应,2024,2022,2024.6\n"
        "现场逻辑芯片,织机,供应,2024/2/3,,\n"
    )
    told = {e.from_: (e.day, e.valid_from, e.valid_to) for e in got.edges}
    assert told["n:张力控制器"] == (date(2024, 12, 31), date(2022, 1, 1), date(2024, 6, 30))
    assert told["n:现场逻辑芯片(fpga)"] == (date(2024, 2, 3), None, None)


@pytest.mark.parametrize(
    ("name", "means", "how"),
    [
        ("织 机", "n:织机", "same"),
        ("ＦＰＧＡ", "n:现场逻辑芯片(fpga)", "bracket"),
        ("现场逻辑芯片", "n:现场逻辑芯片(fpga)", "bracket"),
        ("伺服驱动", "n:伺服驱动关键技术", "tail"),
        ("控制器", "", ""),
        ("没听说过", "", ""),
    ],
)
def test_names_mean_nodes_only_where_they_must(name: str, means: str, how: str) -> None:
    match = Lexicon(BASE.vertices("node")).match(name)
    assert (match.node, match.how) == (means, how)


def test_a_name_that_fits_two_nodes_waits_with_both(take: Take) -> None:
    two = Edition.of(BASE.head, [node("左轴(ABS)"), node("右轴(ABS)")])
    got = take("企业,统一社会信用代码,环节\n甲,1,ABS\n乙,2,ABS\n", base=two)
    [waiting] = got.waiting
    assert (waiting.name, waiting.seen, set(waiting.candidates)) == (
        "ABS", 2, {"n:左轴(abs)", "n:右轴(abs)"},
    )  # fmt: skip
    assert not [e for e in got.edges if e.kind == "makes"]
    assert got.coverage == 0


def test_what_a_person_decided_counts(take: Take) -> None:
    text = "企业,统一社会信用代码,环节\n甲,1,纬纱张力器\n乙,2,闲杂\n丙,3,新件\n"
    got = take(text, decided={"纬纱张力器": "n:张力控制器", "闲杂": "无", "新件": "新"})
    assert ("makes", "e:1", "n:张力控制器") in edges(got)
    assert ("makes", "e:3", "n:新件") in edges(got)
    assert not got.waiting
    assert "n:闲杂" not in {v.id for v in got.vertices}


def test_unknown_names_become_nodes_only_where_asked(take: Take) -> None:
    text = "from,to,kind\n综框,织机,供应\n"
    assert [w.name for w in take(text).waiting] == ["综框"]
    got = take(text, options=Options(new_nodes=True, day=DAY))
    assert edges(got) == {("supplies", "n:综框", "n:织机")}


def test_a_name_alone_is_no_identity(take: Take) -> None:
    got = take("企业,统一社会信用代码,环节\n同名厂,91A,织机\n同名厂,91B,织机\n同名厂,,织机\n")
    makers = {e.from_ for e in got.edges if e.kind == "makes"}
    assert makers == {"e:91A", "e:91B", "e~同名厂"}
    assert [w.candidates for w in got.waiting] == [("e:91A", "e:91B")]
    assert "import_unidentified" in {f.kind for f in got.findings}


def test_loops_broken_characters_and_loose_shares_are_told(take: Take) -> None:
    got = take(
        "from,to,kind,share\n织机,织机,供应,\n织\ufffd,织机,供应,\n张力控制器,织机,供应,-3\n"
        "张力控制器,织机,供应,48\n"
    )
    told = {f.kind: f for f in got.findings}
    assert {"import_loop", "import_broken", "import_share"} <= told.keys()
    assert told["import_loop"].sides == (Row("表.csv", "2025-06-30", "2"),)
    assert {e.share for e in got.edges} == {None}
    assert got.taken == 2


def test_mutual_suppliers_and_contradictions_are_kept_and_told(take: Take) -> None:
    got = take(
        "from,to,kind,holds,source\n织机,张力控制器,供应,是,甲\n张力控制器,织机,供应,是,甲\n"
        "织机,张力控制器,供应,否,乙\n"
    )
    assert len(got.edges) == 3
    assert {f.kind for f in got.findings} == {"mutual", "conflict"}


def test_a_circle_of_parts_is_refused_with_the_circle(take: Take) -> None:
    with pytest.raises(
        InvalidRequest, match=r"n:张力控制器 → n:织机 → n:张力控制器|n:织机 → n:张力控制器 → n:织机"
    ):
        take("from,to,kind\n织机,张力控制器,属于\n张力控制器,织机,属于\n")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_a_circle_is_found_exactly_where_there_is_one(pairs: list[tuple[int, int]]) -> None:
    from graphlib import CycleError, TopologicalSorter

    from jingwei.chains.graph.checks import no_cycle

    above: dict[int, set[int]] = {}
    for a, b in pairs:
        above.setdefault(a, set()).add(b)
    try:
        [*TopologicalSorter(above).static_order()]
        circular = False
    except CycleError:
        circular = True
    listed = [Edge("is_part_of", str(a), str(b), ROW) for a, b in pairs]
    if circular:
        with pytest.raises(InvalidRequest):
            no_cycle(listed)
    else:
        no_cycle(listed)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n1,2\n", "列名"),
        ("from,to,from\n1,2,3\n", "两列"),
        ("from,to,kind\n织机,张力控制器,喜欢\n", "喜欢"),
        ("from,to,kind,date\n织机,张力控制器,供应,昨天\n", "昨天"),
        ("from,to,kind,holds\n织机,张力控制器,供应,也许\n", "也许"),
        ("企业,统一社会信用代码,环节,来源性质\n甲,1,织机,统计调查\n", "统计法"),
        ("企业,统一社会信用代码,环节,来源性质\n甲,1,织机,道听途说\n", "道听途说"),
        ("环节,指标,数值\n织机,产值,很多\n", "很多"),
        ("环节,指标,数值\n织机,产值,nan\n", "有限"),
        ("from,to,kind\n织机,张力控制器,供应,多,余\n", "比列名多"),
        (b"\x00\x01\x02\x00", "文本"),
        (b"\xff\xfe\x00\xd8\xff", "UTF-8"),
        ("", "列名"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(take: Take, text: str | bytes, told: str) -> None:
    with pytest.raises(InvalidFile, match=told):
        take(text)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "坏.jsonl",
            '{"from": "织机", "to": "张力控制器", "kind": "供应"}\n{"from": \n',
            r"坏\.jsonl:2",
        ),
        ("坏.jsonl", "[1, 2]\n", "记录"),
        ("坏.jsonl", '{"x": 1}\n', "没有认识的字段"),
        ("坏.json", "{", "JSON"),
        ("坏.json", "[" * 100_000, "JSON"),
        ("坏.json", '{"a": 1}', "没有记录"),
        ("坏.graphml", "<graphml><node", "GraphML"),
        (
            "坏.graphml",
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>'
            "<graphml><graph><node id='&c;'/></graph></graphml>",
            "DOCTYPE",
        ),
        ("坏.graphml", "<graphml><graph edgedefault='undirected'/></graphml>", "无向图"),
        ("坏.xlsx", "not a workbook", "表格"),
        ("没有.csv", None, "没有这个文件"),
    ],
)
def test_broken_and_hostile_files_stop_with_one_sentence(
    take: Take, tmp_path: Path, name: str, text: str | None, told: str
) -> None:
    with pytest.raises(InvalidFile, match=told):
        if text is None:
            [*read_lines(tmp_path / name)]
        else:
            take(text, name)


def test_an_entity_beyond_the_head_of_the_file_is_refused_too(take: Take) -> None:
    text = f'<?xml version="1.0"?><!--{"x" * 9000}--><!DOCTYPE g [<!ENTITY a "b">]><graphml><graph><node id="&a;"/></graph></graphml>'
    with pytest.raises(InvalidFile, match="DOCTYPE"):
        take(text, "晚.graphml")


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl", "x.graphml"])
def test_too_many_rows_are_refused_with_what_they_would_take(tmp_path: Path, name: str) -> None:
    edge = '<edge source="织机" target="张力控制器"/>'
    text = {
        "x.csv": "from,to,kind\n" + "织机,张力控制器,供应\n" * 4,
        "x.jsonl": '{"from": "织机", "to": "张力控制器"}\n' * 5,
        "x.graphml": f'<graphml><graph edgedefault="directed">{edge * 4}</graph></graphml>',
    }[name]
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InvalidFile, match=r"3行的上限.*GB内存") as fault:
        [*read_lines(tmp_path / name, 3)]
    assert "--most-rows" in fault.value.en
    assert len([*read_lines(tmp_path / name, 5)]) >= 4


def test_gb18030_and_semicolons_are_read(take: Take) -> None:
    got = take("起点;终点;关系\n张力控制器;织机;供应\n".encode("gb18030"))
    assert edges(got) == {("supplies", "n:张力控制器", "n:织机")}


def full_edition(take: Take) -> Edition:
    got = take(
        "企业,统一社会信用代码,环节,所在地,份额,日期\n杼厂,91X01,织机,杼山区,35%,2025-03-31\n"
        "无码厂,,张力控制器,杼山区,,2025-03-31\n"
    )
    more = take(
        "from,to,kind,holds,date\n张力控制器,织机,供应,否,2025-01-31\n", "更多.csv",
        Edition.of(BASE.head, got.vertices, got.edges),
    )  # fmt: skip
    return Edition.of(BASE.head, more.vertices, more.edges)


@pytest.mark.parametrize("ending", ["json", "graphml"])
def test_an_export_comes_back_as_the_same_graph(take: Take, ending: str) -> None:
    edition = full_edition(take)
    content = json_bytes(edition) if ending == "json" else graphml_bytes(edition)
    empty = Edition.of(BASE.head, [])
    got = take(content, f"回.{ending}", empty, None, Options(new_nodes=True))
    assert {v.id for v in got.vertices} == {*edition.ids}
    assert {(e.kind, e.from_, e.to, e.holds, e.share) for e in got.edges} == {
        (e.kind, e.from_, e.to, e.holds, e.share) for e in edition.every_edge()
    }
    stages = {v.id: v.stage for v in got.vertices}
    assert stages["n:织机"] == "零部件"


def test_exports_escape_what_data_say() -> None:
    evil = Vertex("n:x", "node", "<b>&\"'=1\x01", "", "", (ROW,))
    edition = Edition.of(BASE.head, [evil])
    text = graphml_bytes(edition).decode()
    assert "<b>" not in text
    assert "\x01" not in text
    from lxml import etree

    etree.fromstring(text.encode())
    assert json.loads(json_bytes(edition))["vertices"][0]["node"] == evil.name


# -- real data -----------------------------------------------------------------------------

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "chain-kg"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/chain-kg")
def test_the_noisy_graph_is_read_with_its_traps_told() -> None:
    empty = Edition.of(Head("食", "1", "全链"), [])
    path = SHARED / "product_edges_touching_companies.jsonl"
    got = import_lines(
        read_lines(path),
        path.name,
        empty,
        FULL,
        {},
        Options(new_nodes=True, day=date(2021, 10, 31)),
    )
    assert got.rows == 15_116
    told = {f.kind for f in got.findings}
    assert {"import_broken", "mutual"} <= told
    material = next(e for e in got.edges if e.from_ == "n:大米")
    assert material.kind == "supplies", "a material supplies the dish, not the other way"
    assert Edition.of(empty.head, got.vertices, got.edges).size[1] == len(got.edges)
