"""Files become editions: what is taken, what waits, what is told, what is refused."""

import json
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.chains.graph import (
    EDGE_KINDS,
    Edge,
    Edition,
    Fact,
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
from jingwei.core import Formula, InvalidFile, InvalidRequest, Row, Span

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
        "企业,企业代码,环节,所在地,所属地区,份额,日期\n"
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
    chinese = take(
        "from,to,kind,date,valid_from,valid_to\n张力控制器,织机,供应,2024年2月3日,2022年,2024年6月\n"
    )
    [edge] = chinese.edges
    assert (edge.day, edge.valid_from, edge.valid_to) == (
        date(2024, 2, 3), date(2022, 1, 1), date(2024, 6, 30),
    )  # fmt: skip


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
    got = take("企业,企业代码,环节\n甲,1,ABS\n乙,2,ABS\n", base=two)
    [waiting] = got.waiting
    assert (waiting.name, waiting.seen, set(waiting.candidates)) == (
        "ABS", 2, {"n:左轴(abs)", "n:右轴(abs)"},
    )  # fmt: skip
    assert not [e for e in got.edges if e.kind == "makes"]
    assert got.coverage == 0


def test_what_a_person_decided_counts(take: Take) -> None:
    text = "企业,企业代码,环节\n甲,1,纬纱张力器\n乙,2,闲杂\n丙,3,新件\n"
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
    got = take("企业,企业代码,环节\n同名厂,91A,织机\n同名厂,91B,织机\n同名厂,,织机\n")
    makers = {e.from_ for e in got.edges if e.kind == "makes"}
    assert makers == {"e:91A", "e:91B", "e~同名厂"}
    assert [w.candidates for w in got.waiting] == [("e:91A", "e:91B")]
    assert "import_unidentified" in {f.kind for f in got.findings}


def test_loops_broken_characters_and_nameless_rows_are_told(take: Take) -> None:
    got = take(
        "from,to,kind,share\n织机,织机,供应,\n织\ufffd,织机,供应,\n张力控制器,,供应,30%\n"
        "张力控制器,织机,供应,48%\n张力控制器,织机,供应,48%\n"
    )
    told = {f.kind: f for f in got.findings}
    assert {"import_loop", "import_broken", "import_unnamed", "import_duplicate"} <= told.keys()
    assert told["import_loop"].sides == (Row("表.csv", "2025-06-30", "2"),)
    assert [e.share for e in got.edges] == [0.48]
    assert got.taken == 1


def test_an_enterprise_row_without_its_enterprise_makes_no_node(take: Take) -> None:
    got = take("企业,企业代码,环节\n,,新来的\n甲,1,\n")
    assert "n:新来的" not in {v.id for v in got.vertices}
    assert [f.kind for f in got.findings if f.kind == "import_unnamed"] == ["import_unnamed"]
    assert {v.id for v in got.vertices} >= {"e:1"}


IMPOSSIBLE = [
    ("from,to,kind,share\n张力控制器,织机,供应,150%\n", "份额“150%”"),
    ("from,to,kind,share\n张力控制器,织机,供应,-3\n", "份额“-3”"),
    ("from,to,kind,share\n张力控制器,织机,供应,48\n", "写35%"),
    ("from,to,kind,confidence\n张力控制器,织机,供应,7\n", "可信度“7”"),
    ("from,to,kind,date\n张力控制器,织机,供应,2025-13-40\n", "日期“2025-13-40”"),
    ("from,to,kind,valid_from,valid_to\n张力控制器,织机,供应,2025,2023\n", "早于生效"),
    ("环节,指标,数值\n织机,供应企业数,-1\n", "数值“-1”"),
    ("环节,指标,数值\n织机,供应企业数,2.5\n", "整数"),
    ("环节,指标,数值,单位\n织机,进口占比,130,%\n", "数值“130”"),
    ("环节,指标,数值\n织机,HHI,2500\n", "10000"),
    ("环节,指标,数值\n织机,产值,-5\n", "金额"),
    ("环节,指标,评定\n织机,技术水平,遥遥领先\n", "遥遥领先"),
    ("环节,指标,数值\n织机,技术水平,9\n", "跟跑、并跑、领跑"),
]


@pytest.mark.parametrize(("text", "told"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_with_its_field(take: Take, text: str, told: str) -> None:
    with pytest.raises(InvalidFile, match=re.escape(told)) as fault:
        take(text)
    assert "第2行" in fault.value.zh


def test_every_bad_row_of_a_file_is_told_at_once(take: Take) -> None:
    with pytest.raises(InvalidFile) as fault:
        take(
            "from,to,kind,share,confidence,date\n张力控制器,织机,供应,150%,7,2025-02-30\n"
            "张力控制器,织机,供应,30%,0.5,2025-02-28\n织机,张力控制器,喜欢,,,\n"
        )
    for told in (
        "第2行 份额“150%”",
        "第2行 可信度“7”",
        "第2行 日期“2025-02-30”",
        "喜欢",
        "3行中有2行",
    ):
        assert told in fault.value.zh
    assert "第3行" not in fault.value.zh


@pytest.mark.parametrize(
    ("day", "ahead"),
    [("2025-06-30", False), ("2025-07", True), ("2025", False), ("2031-01-01", True)],
)
def test_a_day_that_is_not_yet_over_is_told(take: Take, day: str, ahead: bool) -> None:
    options = Options(today=date(2025, 6, 30))
    got = take(f"环节,指标,数值,日期\n织机,供应企业数,3,{day}\n", options=options)
    assert len(got.facts) == 1
    assert ("import_ahead" in {each.kind for each in got.findings}) == ahead


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("企业,环节,份额\n三厂,织机,60%\n总计,织机,60%\n", "import_total"),
        ("企业,环节,份额\n三厂,织机,60%\n小计：3家,织机,60%\n", "import_total"),
        ("企业,环节,份额\n三厂,织机,60%\n注：份额按产值计算。,,\n", "import_note"),
        ("企业,环节,份额\n三厂,织机,60%\n,数据来源：行业协会,\n", "import_note"),
    ],
)
def test_totals_and_notes_are_no_enterprises_and_no_nodes(take: Take, text: str, kind: str) -> None:
    got = take(text, options=Options(day=DAY))
    assert [v.name for v in got.vertices if v.sort == "enterprise"] == ["三厂"]
    assert kind in {each.kind for each in got.findings}
    assert not got.waiting


def test_a_region_alone_says_where_an_enterprise_lies(take: Take) -> None:
    got = take("企业,环节,所属地区\n八厂,织机,绫州市\n", options=Options(day=DAY))
    assert "located_in" in {kind for kind, _, _ in edges(got)}


def test_a_dash_is_an_empty_cell(take: Take) -> None:
    got = take("企业,环节,份额\n八厂,织机,—\n", options=Options(day=DAY))
    assert [each.share for each in got.edges if each.kind == "makes"] == [None]


def test_upstream_alone_does_not_say_who_supplies_whom(take: Take) -> None:
    with pytest.raises(InvalidFile, match="看不出谁是谁的上游"):
        take("起点,终点,关系\n张力控制器,织机,上游\n", options=Options(day=DAY))


def test_steps_of_technology_of_ones_own_count(take: Take) -> None:
    text = "环节,指标,评定\n织机,技术水平,无人区\n"
    got = take(text, options=Options(day=DAY, ladder=("无人区",)))
    assert [f.word for f in got.facts] == ["无人区"]


def test_a_corrected_file_replaces_what_it_said_before(take: Take) -> None:
    head = "企业,企业代码,环节,份额\n"
    first = take(head + "甲,1,织机,30%\n错厂,2,织机,20%\n")
    base = Edition.of(BASE.head, first.vertices, first.edges, first.facts)
    other = take(head + "丙,3,织机,10%\n", "别的.csv", base)
    base = Edition.of(BASE.head, other.vertices, other.edges, other.facts)
    got = take(head + "甲,1,织机,35%\n", base=base)
    assert {(e.from_, e.share) for e in got.edges} == {("e:1", 0.35), ("e:3", 0.1)}
    assert "e:2" not in {v.id for v in got.vertices}
    assert "n:织机" in {v.id for v in got.vertices}
    assert got.replaced == 2
    same = Edition.of(BASE.head, got.vertices, got.edges, got.facts)
    again = take(head + "甲,1,织机,35%\n", base=same)
    content = Edition.of(BASE.head, again.vertices, again.edges, again.facts).content_hash
    assert content == same.content_hash, "the same file again changes nothing"


def test_two_shares_of_one_enterprise_are_kept_and_told(take: Take) -> None:
    got = take("企业,企业代码,环节,份额,来源\n甲,1,织机,30%,协会\n甲,1,织机,60%,年报\n")
    assert {e.share for e in got.edges} == {0.3, 0.6}
    assert "share_conflict" in {f.kind for f in got.findings}
    base = Edition.of(BASE.head, got.vertices, got.edges, got.facts)
    other = take("环节,指标,数值\n织机,产值,5\n", "别的.csv", base)
    assert not other.findings, "what another file said is not told again"


def test_mutual_suppliers_and_contradictions_are_kept_and_told(take: Take) -> None:
    got = take(
        "from,to,kind,holds,source\n织机,张力控制器,供应,是,甲\n张力控制器,织机,供应,是,甲\n"
        "织机,张力控制器,供应,否,乙\n"
    )
    assert len(got.edges) == 3
    assert {f.kind for f in got.findings} == {"mutual", "conflict"}


def test_a_circle_of_parts_is_refused_with_the_circle(take: Take) -> None:
    with pytest.raises(
        InvalidRequest, match=r"：(张力控制器 → 织机 → 张力控制器|织机 → 张力控制器 → 织机)；"
    ):
        take("from,to,kind\n织机,张力控制器,属于\n张力控制器,织机,属于\n")


@settings(max_examples=40)
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
        ("企业,企业代码,环节,来源性质\n甲,1,织机,统计调查\n", "统计法"),
        ("企业,企业代码,环节,来源性质\n甲,1,织机,道听途说\n", "道听途说"),
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
        "企业,企业代码,环节,所在地,份额,日期\n杼厂,91X01,织机,杼山区,35%,2025-03-31\n"
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


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=6
).map(str.strip).filter(bool)  # fmt: skip
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))
PARTS = st.none() | st.floats(0, 1)
ROWS = st.builds(Row, TEXT, st.just("2025"), TEXT)
SPANS = st.builds(
    Span, TEXT, st.integers(0, 9), st.integers(10, 20), TEXT, st.none() | st.integers(1, 9),
    segments=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple),
)  # fmt: skip
EVIDENCE = ROWS | SPANS | st.builds(Formula, TEXT, st.lists(ROWS, max_size=2).map(tuple))
VERTICES = st.lists(
    st.builds(
        Vertex, TEXT, st.sampled_from(["node", "enterprise", "place"]), TEXT,
        st.sampled_from(["", "材料"]), TEXT | st.just(""),
        st.lists(EVIDENCE, min_size=1, max_size=2, unique=True).map(tuple),
    ),
    min_size=1, max_size=4, unique_by=lambda v: v.id,
)  # fmt: skip


@st.composite
def editions(draw: Any) -> Edition:
    vertices = draw(VERTICES)
    ids = st.sampled_from([v.id for v in vertices])
    edges = st.builds(
        Edge, st.sampled_from(EDGE_KINDS), ids, ids, EVIDENCE, DAYS, PARTS,
        DAYS.filter(lambda d: d is None or d.year < 2015),
        DAYS.filter(lambda d: d is None or d.year >= 2015), PARTS, st.booleans(),
    ).filter(lambda e: e.kind not in ("is_part_of", "located_in"))  # fmt: skip
    facts = st.builds(
        Fact, ids, TEXT, EVIDENCE, st.none() | st.floats(allow_nan=False, allow_infinity=False),
        TEXT | st.just(""), TEXT | st.just(""), TEXT | st.just(""), TEXT | st.just(""), DAYS,
    )  # fmt: skip
    return Edition.of(
        BASE.head, vertices, draw(st.lists(edges, max_size=4, unique=True)),
        draw(st.lists(facts, max_size=3, unique=True)),
    )  # fmt: skip


@settings(max_examples=80)
@given(editions(), st.sampled_from(["json", "graphml"]))
def test_an_export_loses_nothing(edition: Edition, ending: str) -> None:
    content = json_bytes(edition) if ending == "json" else graphml_bytes(edition)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"回.{ending}"
        path.write_bytes(content)
        empty = Edition.of(BASE.head, [])
        got = import_lines(read_lines(path), path.name, empty, FULL, {}, Options())
    back = Edition.of(BASE.head, got.vertices, got.edges, got.facts)
    assert [*back.vertices()] == [*edition.vertices()]
    assert [*back.every_edge()] == [*edition.every_edge()]
    assert back.facts == edition.facts
    assert back.content_hash == edition.content_hash


def test_a_field_that_someone_changed_in_an_export_counts(take: Take) -> None:
    edition = full_edition(take)
    text = graphml_bytes(edition).decode()
    assert '<data key="edge_share">0.35</data>' in text
    empty = Edition.of(BASE.head, [])
    got = take(text.replace(">0.35<", ">0.4<"), "改.graphml", empty)
    assert 0.4 in {e.share for e in got.edges}
    with pytest.raises(InvalidFile, match="份额“4”"):
        take(text.replace(">0.35<", ">4<"), "改.graphml", empty)


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ('<node id="a"/><node id="b"/><edge source="a" target="b"/>', "没有关系类型"),
        ('<node id="a"/><edge source="a" target="x"/>', "“x”不是文件里的节点"),
        ('<node id="a"/><edge target="a"/>', "没有 source"),
        ('<edge source="a"/>', "没有 target"),
        ("<node/>", "没有 id"),
        ('<node id="a"><data key="sort">怪</data></node>', "怪"),
        ('<node id="a"><data key="jingwei_evidence">[{]</data></node>', "JSON"),
        ('<node id="a"><data key="jingwei_evidence">[{"kind": "x"}]</data></node>', "读不出"),
    ],
)
def test_graphml_that_lacks_something_is_told_in_one_sentence(
    take: Take, inside: str, told: str
) -> None:
    text = f'<graphml><graph edgedefault="directed">{inside}</graph></graphml>'
    with pytest.raises(InvalidFile, match=told):
        take(text, "缺.graphml", options=Options(new_nodes=True))


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
