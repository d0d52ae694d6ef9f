"""Reading, writing and rewriting YAML: any words survive, a person's comments too."""

import re

import pytest
import ruamel.yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingwei.core import InvalidFile
from jingwei.store import yaml_edit, yaml_read, yaml_write

FLOW = frozenset({"place"})
LAW = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

# fmt: off
ODD = st.sampled_from([
    "no", "on", "0123", "1e3", "=", "~", ">=", "<", "-", "null", "true", "1:30", "2021-01-01",
    "a: b", "a #b", "#c", "- x", "'", '"', "\\", "\n", " x ", "\t", "\u3000", "\u2028", "\x00",
    "😀", "👨\u200d👩\u200d👧", "：", "[1]", "{a}", "a, b", "%", "@x", "!t", "&a", "*a", "|", "> x",
    "---", "...", "5G产业", "1.5万亿元", "“十四五”", "x:", "<<", "", "\ufeff", "\x85", "é", "R&D",
    "1_000", "0x1F", "A?", "? a",
])
# fmt: on
WORDS = ODD | st.text(max_size=12) | st.lists(ODD, max_size=3).map("".join)
# no booleans: a rewrite compares values as Python does, and False == 0
SCALARS = WORDS | st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
KEYS = st.sampled_from(["subject", "op", "value", "note", "名称"])
PLACES = st.dictionaries(KEYS, SCALARS | st.lists(SCALARS, max_size=3), max_size=3)


@st.composite
def records(draw: st.DrawFn, ids: str = "abcdef") -> list[dict[str, object]]:
    order = draw(st.lists(st.sampled_from(ids), unique=True, min_size=1, max_size=5))
    return [{"id": each} | draw(bodies()) for each in sorted(order)]


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, object]:
    body: dict[str, object] = draw(st.dictionaries(KEYS, SCALARS, max_size=4))
    if draw(st.booleans()):
        body["place"] = draw(PLACES)
    if draw(st.booleans()):
        body["review"] = draw(st.dictionaries(KEYS, SCALARS, min_size=1, max_size=3))
    if draw(st.booleans()):
        body["section"] = draw(st.lists(WORDS, max_size=3))
    return body


@st.composite
def files(draw: st.DrawFn) -> dict[str, object]:
    content: dict[str, object] = {"format": 1, "document": {"file": "a.pdf"} | draw(bodies())}
    for section in ("statements", "tasks"):
        if draw(st.booleans()):
            content[section] = draw(records())
    return content


def canonical(content: dict[str, object]) -> str:
    return yaml_write.written(content, heading="# 说明\n", flow=FLOW)


def read(text: str) -> object:
    return yaml_read.plain_value(yaml_read.read_yaml(text, "x.yaml"))


def same(one: object, other: object) -> bool:
    """Equal, and numbers equal to numbers only (True is no 1)."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


@LAW
@given(files())
def test_what_is_written_is_read_again(content: dict[str, object]) -> None:
    assert same(read(canonical(content)), content)


@LAW
@given(content=files())
def test_the_python_parser_reads_the_same_as_the_c_parser(
    content: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = canonical(content)
    with monkeypatch.context() as patch:
        patch.setattr(ruamel.yaml, "YAML", lambda typ: ruamel.yaml.main.YAML(typ=typ, pure=True))
        assert same(read(text), content)


@LAW
@given(WORDS)
def test_other_yaml_parsers_read_the_same_word(word: str) -> None:
    """A word written bare is a word for the YAML 1.1 rules too, which know more of them."""
    parser = ruamel.yaml.YAML(typ="safe", pure=True)
    parser.version = (1, 1)
    assert parser.load(f"{yaml_write.scalar('k')}: {yaml_write.scalar(word)}\n") == {"k": word}


@LAW
@given(files(), files())
def test_rewriting_a_canonical_file_gives_the_canonical_file(
    old: dict[str, object], new: dict[str, object]
) -> None:
    for section in ("statements", "tasks", "document"):
        if section in old and section in new:
            new[section] = in_key_order(old[section], new[section])
    changed = yaml_edit.rewritten(canonical(old), "x.yaml", old, new, FLOW)
    assert read(changed) == in_key_order(old, new)
    if list(in_key_order(old, new)) == list(new):
        assert changed == canonical(in_key_order(old, new))


def in_key_order(old: object, new: object) -> object:
    """``new`` in the order a rewrite must give: keys that stay keep theirs."""
    if isinstance(old, list) and isinstance(new, list) and new and isinstance(new[0], dict):
        before = {item["id"]: item for item in old}
        return [in_key_order(before.get(item["id"], {}), item) for item in new]
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    if not old or not new:
        return new
    order = [key for key in old if key in new]
    last = None
    for key in new:
        if key in old:
            last = key
        else:
            order.insert(0 if last is None else order.index(last) + 1, key)
            last = key
    return {
        key: in_key_order(old.get(key), new[key]) if key != "place" else new[key] for key in order
    }


@LAW
@given(files(), files(), st.data())
def test_rewriting_keeps_every_comment_of_a_hand_edited_file(
    old: dict[str, object], new: dict[str, object], data: st.DataObject
) -> None:
    text = commented(canonical(old), data)
    assert same(read(text), old)  # the comments change no value
    changed = yaml_edit.rewritten(text, "x.yaml", old, new, FLOW)
    assert sorted_ids(read(changed)) == sorted_ids(new)
    before, after = (sorted(re.findall(r"#号\d+", each)) for each in (text, changed))
    assert before == after


def commented(text: str, data: st.DataObject) -> str:
    """``text`` with comments put between its lines, behind them, and beside empty lines."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        kind = data.draw(st.integers(0, 9))
        if kind == 0:
            lines.append(f"{' ' * data.draw(st.integers(0, 6))}#号{number}0 a: 'b\" - [")
        if kind == 1:
            line += f"  #号{number}1 '"
        if kind == 2:
            lines.append("")
        lines.append(line)
    return "\n".join(lines) + "\n"


def sorted_ids(content: object) -> object:
    """The values whatever the order of keys and records."""
    if isinstance(content, dict):
        return {key: sorted_ids(content[key]) for key in sorted(content)}
    if isinstance(content, list) and content and isinstance(content[0], dict):
        return [sorted_ids(item) for item in sorted(content, key=lambda item: item["id"])]
    return content


HAND_EDITED = """\
# 编者按：本表由规划处整理
format: 1

document: {file: a.pdf}   # 一行写完

statements:
  # 第一组
  - id: a      # 对照过原文
    subject:   工业总产值
    value: 8

    # 这一条问过统计局
    note: >-
      折行的
      说明
  - {id: b, value: 1}  # 紧凑
  # 尾注
tasks: []
"""


def test_only_the_lines_of_the_change_differ() -> None:
    old = read(HAND_EDITED)
    assert isinstance(old, dict)
    a, b = old["statements"]
    new = old | {"statements": [a | {"value": 80, "unit": "亿元"}, {"id": "c", "value": 2}, b]}
    changed = yaml_edit.rewritten(HAND_EDITED, "x.yaml", old, new, FLOW)
    was, now = HAND_EDITED.splitlines(), changed.splitlines()
    assert [line for line in was if line not in now] == ["    value: 8"]
    assert [line for line in now if line not in was] == [
        "    value: 80",
        "    unit: 亿元",
        "  - id: c",
        "    value: 2",
    ]


def test_values_written_over_several_lines_are_replaced_whole_and_their_comments_kept() -> None:
    text = """\
- id: a
  section:   # 两级
  - 一、总体   # 第一级
  - 二、目标
  note: |  # 备注
    第一行 # 不是注释
    第二行
  empty:
  unit: 亿元
"""
    old = read(f"items:\n{text}")
    assert isinstance(old, dict)
    (item,) = old["items"]
    new = {"items": [item | {"section": ["一、总体"], "note": "一行", "empty": 1}]}
    assert (
        yaml_edit.rewritten(f"items:\n{text}", "x.yaml", old, new, FLOW)
        == """\
items:
- id: a
  # 两级
  # 第一级
  section: [一、总体]
  # 备注
  note: 一行
  empty: 1
  unit: 亿元
"""
    )


def test_records_and_files_written_in_brackets_are_put_into_block_form() -> None:
    text = "items:\n- {id: a,  # 甲\n   value: 1}\n- {id: b}\n"
    old = {"items": [{"id": "a", "value": 1}, {"id": "b"}]}
    new = {"items": [{"id": "a", "value": 2}, {"id": "b"}]}
    assert yaml_edit.rewritten(text, "x.yaml", old, new, FLOW) == (
        "items:\n# 甲\n- id: a\n  value: 2\n- {id: b}\n"
    )
    json = '# 导出\n{"items": [{"id": "a", "value": 1}, {"id": "b"}]}\n'
    assert yaml_edit.rewritten(json, "x.yaml", old, new, FLOW) == (
        "# 导出\n\nitems:\n- id: a\n  value: 2\n\n- id: b\n"
    )


@pytest.mark.parametrize("breaks", ["\r\n", "\n"])
def test_line_ends_and_byte_order_mark_stay(breaks: str) -> None:
    text = "\ufeff" + HAND_EDITED.replace("\n", breaks)
    old = read(HAND_EDITED)
    assert isinstance(old, dict)
    changed = yaml_edit.rewritten(text, "x.yaml", old, old | {"format": 2, "note": "新"}, FLOW)
    assert changed == text.replace("format: 1", "format: 2").replace(
        "tasks: []", f"tasks: []{breaks}{breaks}note: 新"
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: &x 1", 2, "锚点"),
        ("a: 1\nb: *x", 2, "锚点"),
        ("a: !!python/object:os.system x", 1, "标签"),
        ("a: 1\n---\nb: 2", 2, "多余的 ---"),
        ("a: 1\nb: 2\na: 3", 3, "第 1 行已经写过"),
        ("a: 1\nop: >=\nb: 1", 2, "加引号"),
        ("a: [1, 2\nb: c", 2, "加引号"),
        ("a: 1\n\tb: 1", 2, "缩进"),
        ("a: 1\nb: \x07", 2, "U+0007"),
        ("a: 1\r\nb: 1", 1, "U+000D"),
        ("1: a", 1, "名称必须是文字"),
        ("a:\n " + "[" * 20 + "]" * 20, 2, "嵌套"),
    ],
)
def test_what_yaml_can_do_beyond_data_is_refused_with_its_line(
    text: str, line: int, said: str
) -> None:
    with pytest.raises(InvalidFile) as raised:
        read(text)
    assert raised.value.where == f"x.yaml:{line}"
    assert said in raised.value.zh


def test_a_file_of_another_encoding_names_the_first_bad_line() -> None:
    with pytest.raises(InvalidFile) as raised:
        yaml_read.decoded("a: 1\nb: 中文".encode("gb18030"), "x.yaml")
    assert raised.value.where == "x.yaml:2"


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(InvalidFile, match="17 MB"):
        yaml_read.decoded(b"#" * (17 << 20), "x.yaml")


def test_numbers_and_words_are_those_of_yaml_1_2() -> None:
    assert same(
        read("[true, false, 1, 1.5, 1e3, no, ~, null, true, 2021-01-01, 1_000, 0x1F, 2021-2025, '1', .5, 1.]"),
        [True, False, 1, 1.5, 1000.0, "no", None, None, True, "2021-01-01", "1_000", "0x1F", "2021-2025", "1", 0.5, 1.0],
    )  # fmt: skip
