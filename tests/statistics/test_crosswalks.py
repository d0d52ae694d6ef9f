"""Classifications and crosswalks: read strictly, many to many, nothing dropped and nothing guessed."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from jingwei.core import InvalidFile, InvalidRequest
from jingwei.statistics.classifications import (
    classification,
    classifications,
    codes_above,
    read_classification,
)
from jingwei.statistics.crosswalks import (
    UNALLOCATED,
    Crosswalk,
    NotCovered,
    NotReversible,
    Part,
    chained,
    crosswalks,
    read_crosswalk,
)
from jingwei.store import Workspace

HEAD = "# from: old\n# to: new\n# edition: 2021\n# source: 虚构\nfrom,to,share,note\n"
File = Callable[[str], Path]


@pytest.fixture
def file(tmp_path: Path) -> File:
    def written(text: str) -> Path:
        path = tmp_path / "old--new.csv"
        path.write_text(text, "utf-8")
        return path

    return written


# ------------------------------------------------------------------------------ classifications


CLASSES = "# id: gb\n# name: 行业\n# source: 虚构\ncode,name,above\n"


def test_codes_are_text_and_know_what_is_above_them(file: File) -> None:
    found = read_classification(file(CLASSES + "01,农业,\n011,谷物,01\n0111,稻谷,011\n"))
    assert (found.id, found.name, found.source) == ("gb", "行业", "虚构")
    assert list(found.categories) == ["01", "011", "0111"]
    assert list(codes_above(found, "0111")) == ["011", "01"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (CLASSES + "01,农业,\n01,林业,\n", 6, "第 5 行已有"),
        (CLASSES + "01,农业,\n02,林业,A\n", 6, "不在表里"),
        (CLASSES + "01,农业,02\n02,林业,01\n", 5, "绕回"),
        (CLASSES + "01,,\n", 5, "为空"),
        (CLASSES + "0 1,农业,\n", 5, "空格"),
        (CLASSES + "01,农、林,业,\n", 5, "加引号"),
        (CLASSES + '01,"农业,\n', 5, "引号"),
        ("# id: gb\ncode,title\n01,农业\n", 2, "表头应为"),
        (CLASSES, None, "没有数据行"),
        ("# id: gb\n# name: 行业\ncode,name\n01,农业\n", None, "# source"),
    ],
)
def test_a_faulty_classification_is_refused_at_its_line(
    file: File, text: str, line: int | None, said: str
) -> None:
    path = file(text)
    with pytest.raises(InvalidFile, match=said) as raised:
        read_classification(path)
    assert raised.value.where == (f"{path}:{line}" if line else str(path))


def test_other_encodings_and_missing_files_are_refused(file: File, tmp_path: Path) -> None:
    path = file("")
    path.write_bytes((CLASSES + "01,农业,\n").encode("gb18030"))
    with pytest.raises(InvalidFile, match="UTF-8"):
        read_classification(path)
    with pytest.raises(InvalidFile, match="没有这个文件"):
        read_classification(tmp_path / "none.csv")


def test_a_workspace_lists_its_classifications(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    folder = workspace.definitions / "classifications"
    folder.mkdir()
    (folder / "a.csv").write_text(CLASSES + "01,农业,\n", "utf-8")
    assert list(classifications(workspace)) == ["gb"]
    with pytest.raises(InvalidRequest, match="已有：gb"):
        classification(workspace, "gbt")
    (folder / "b.csv").write_text(CLASSES + "01,农业,\n", "utf-8")
    with pytest.raises(InvalidFile, match="两个文件"):
        classifications(workspace)


# ----------------------------------------------------------------------------------- crosswalks


def test_shares_as_written_and_what_they_leave_open(file: File) -> None:
    rows = "01,a,0.6,\n01,b,0.4,\n02,a,,整个\n03,a,1/3,\n04,a,,\n04,b,,\n05,b,部分,\n06,a,0.5,\n06,b,,\n"
    walk = read_crosswalk(file(HEAD + rows))
    half, third = Fraction(1, 2), Fraction(1, 3)
    assert walk.shares() == {
        "01": (("a", Fraction(3, 5)), ("b", Fraction(2, 5))),
        "02": (("a", Fraction(1)),),
        "03": (("a", third), (UNALLOCATED, 1 - third)),
        "04": ((UNALLOCATED, Fraction(1)),),
        "05": ((UNALLOCATED, Fraction(1)),),
        "06": (("a", half), (UNALLOCATED, half)),
    }
    equally = walk.shares("equally")
    assert equally["04"] == (("a", half), ("b", half))
    assert equally["06"] == (("a", half), ("b", half))
    assert equally["05"] == ((UNALLOCATED, Fraction(1)),)
    assert walk.ambiguous() == ("01", "03", "04", "05", "06")
    assert (walk.id, walk.edition) == ("old--new", "2021")


def test_shares_that_were_computed_make_one_whole(file: File) -> None:
    third = repr(1 / 3)
    walk = read_crosswalk(file(HEAD + "".join(f"01,{to},{third},\n" for to in "abc")))
    assert [to for to, _ in walk.shares()["01"]] == ["a", "b", "c"]
    assert sum(share for _, share in walk.shares()["01"]) == 1


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        ("01,a,0.6,\n01,b,0.5,\n", 7, "合计 1.1"),
        ("01,a,0.6,\n01,a,0.4,\n", 7, "已写过一次"),
        ("01,a,1,\n01,b,,\n", 7, "分不到数"),
        ("01,a,0,\n", 6, "大于 0"),
        ("01,a,-0.1,\n", 6, "大于 0"),
        ("01,a,1.5,\n", 6, "不超过 1"),
        ("01,a,六成,\n", 6, "份额「六成」"),
        ("01,a,1/0,\n", 6, "份额"),
        ("01,a,nan,\n", 6, "份额"),
        (",a,1,\n", 6, "为空"),
    ],
)
def test_a_faulty_crosswalk_is_refused_at_its_line(
    file: File, rows: str, line: int, said: str
) -> None:
    path = file(HEAD + rows)
    with pytest.raises(InvalidFile, match=said) as raised:
        read_crosswalk(path)
    assert raised.value.where == f"{path}:{line}"


def made(from_: str, to: str, **parts: dict[str, float | None]) -> Crosswalk:
    """A crosswalk in which every code goes to these targets with these shares."""
    told = {
        code: tuple(
            Part(target, None if share is None else Fraction(str(share)))
            for target, share in targets.items()
        )
        for code, targets in parts.items()
    }
    return Crosswalk(f"{from_}--{to}", from_, to, "2021", "虚构", told)


def test_the_way_back_exists_only_where_nothing_was_put_together() -> None:
    divided = made("old", "new", x={"a": 0.6, "b": 0.3}, y={"c": None})
    back = divided.reversed()
    assert (back.from_, back.to) == ("new", "old")
    assert back.shares() == {
        "a": (("x", Fraction(1)),), "b": (("x", Fraction(1)),), "c": (("y", Fraction(1)),),
        UNALLOCATED: (("x", Fraction(1)),),
    }  # fmt: skip
    with pytest.raises(NotReversible, match="a ← x、y"):
        made("old", "new", x={"a": 1}, y={"a": 0.5, "b": 0.5}).reversed()
    with pytest.raises(NotReversible, match=f"{UNALLOCATED} ← x、y"):
        made("old", "new", x={"a": 0.5}, y={"b": 0.5}).reversed()


def test_one_crosswalk_behind_another_multiplies_along_every_way() -> None:
    first = made("2011", "2017", x={"a": 0.5, "b": 0.5}, y={"c": None})
    second = made("2017", "city", a={"I": 1}, b={"I": 0.4, "II": 0.6}, c={"II": 0.9})
    whole = first.then(second)
    assert (whole.from_, whole.to) == ("2011", "city")
    assert whole.shares() == {
        "x": (("I", Fraction(7, 10)), ("II", Fraction(3, 10))),
        "y": (("II", Fraction(9, 10)), (UNALLOCATED, Fraction(1, 10))),
    }


def test_a_way_that_is_not_stated_on_one_leg_is_not_stated_at_all() -> None:
    first = made("2011", "2017", x={"a": None, "b": None}, y={"a": 0.5, "b": 0.5}, z={"b": 1})
    second = made("2017", "city", a={"I": None}, b={"II": None, "III": None})
    whole = first.then(second)
    assert whole.shares()["x"] == ((UNALLOCATED, Fraction(1)),)
    assert whole.shares()["y"] == (("I", Fraction(1, 2)), (UNALLOCATED, Fraction(1, 2)))
    assert whole.shares("equally")["z"] == ((UNALLOCATED, Fraction(1)),)


def test_crosswalks_that_do_not_meet_are_refused() -> None:
    first = made("2011", "2017", x={"a": 1})
    with pytest.raises(InvalidRequest, match="接不上"):
        first.then(made("2012", "city", a={"I": 1}))
    with pytest.raises(NotCovered, match="没有这些编码（1 个）：a"):
        first.then(made("2017", "city", b={"I": 1}))


def test_a_workspace_chains_its_crosswalks_by_name(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    folder = workspace.definitions / "crosswalks"
    folder.mkdir()
    (folder / "one.csv").write_text(HEAD + "01,a,,\n", "utf-8")
    two = HEAD.replace("old", "x").replace("new", "y").replace("# from: x", "# from: new")
    (folder / "two.csv").write_text(two + "a,I,,\n", "utf-8")
    assert list(crosswalks(workspace)) == ["one", "two"]
    assert chained(workspace, ["one", "two"]).shares() == {"01": (("I", Fraction(1)),)}
    with pytest.raises(InvalidRequest, match="已有：one、two"):
        chained(workspace, ["three"])


def walks(from_: str, to: str, sources: str, targets: str) -> st.SearchStrategy[Crosswalk]:
    """Any crosswalk between these codes; shares in hundredths, sometimes not stated."""
    shares = st.lists(st.integers(1, 40), min_size=1, max_size=2) | st.just([None, None])
    one = st.tuples(shares, st.permutations(targets))
    return st.fixed_dictionaries(dict.fromkeys(sources, one)).map(
        lambda codes: made(
            from_, to,
            **{
                code: {each: None if s is None else s / 100 for each, s in zip(order, parts)}  # noqa: B905
                for code, (parts, order) in codes.items()
            },
        )
    )  # fmt: skip


@given(first=walks("A", "B", "uvw", "xyz"), second=walks("B", "C", "xyz", "IJ"))
@settings(max_examples=60)
def test_shares_of_any_crosswalk_and_of_any_chain_make_one_whole(
    first: Crosswalk, second: Crosswalk
) -> None:
    for walk in (first, second, first.then(second)):
        for unstated in ("unallocated", "equally"):
            for shares in walk.shares(unstated).values():
                assert sum(share for _, share in shares) == 1
                assert all(0 < share <= 1 for _, share in shares)
