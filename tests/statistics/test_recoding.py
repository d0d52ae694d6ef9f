"""Recoding keeps every total, shows every share it used, and refuses what does not add."""

import math
from datetime import date
from fractions import Fraction
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from test_crosswalks import made, walks

from jingwei.core import (
    Category,
    Classification,
    InvalidRequest,
    LegalOrigin,
    Measure,
    Months,
    Observation,
    Op,
    Row,
    Scope,
    SeriesKey,
)
from jingwei.statistics.crosswalks import UNALLOCATED, Crosswalk, NotCovered
from jingwei.statistics.recoding import DoesNotAdd, ShareUsed, recode
from jingwei.statistics.recoding_frames import recode_frame
from jingwei.store import Observations, Workspace
from jingwei.store.observations import ConflictingVintages

FLOW: dict[str, Measure] = {"output@1": "flow"}
YEAR = Months.year(2024)
JANUARY, MARCH = date(2025, 1, 20), date(2025, 3, 5)


def value(
    code: str,
    amount: float,
    *,
    region: str = "990100",
    others: tuple[tuple[str, str], ...] = (),
    vintage: date = JANUARY,
    origin: LegalOrigin = "public",
    op: Op = "=",
    unit: str = "亿元",
    card: str = "output@1",
    months: Months = YEAR,
    entity: str = "",
) -> Observation:
    codes = tuple(sorted((*others, ("A", code)))) if code else others
    evidence = Row("快报.xlsx", vintage.isoformat(), f"{code}行")
    key = SeriesKey(card, region, codes, entity)
    return Observation(key, months, amount, unit, vintage, origin, evidence, op)


def by_code(rows: tuple[Observation, ...], scheme: str = "B") -> dict[str, float]:
    return {dict(each.series.codes)[scheme]: each.value for each in rows}


WALK = made("A", "B", u={"x": 0.6, "y": 0.4}, v={"x": None}, w={"y": 0.25})


def test_values_are_told_again_with_the_shares_they_rest_on() -> None:
    told = recode([value("u", 10), value("v", 5), value("w", 8)], WALK, measures=FLOW)
    assert by_code(told.rows) == {"x": 11.0, "y": 6.0, UNALLOCATED: 6.0}
    assert told.ambiguous == (
        ShareUsed("u", "x", 0.6, True), ShareUsed("u", "y", 0.4, True),
        ShareUsed("w", "y", 0.25, True), ShareUsed("w", UNALLOCATED, 0.75, False),
    )  # fmt: skip
    x = told.rows[0]
    formula = told.formulas[x.series, x.months]
    assert formula.formula == "u 10×0.6 + v 5 = 11 亿元（A--B，2021）"
    assert [str(each) for each in formula.of] == [
        "快报.xlsx@2025-01-20 u行", "快报.xlsx@2025-01-20 v行",
    ]  # fmt: skip
    assert x.evidence == Row("A--B", "2021", "u 10×0.6 + v 5")
    assert told.merged == {"x": ("u", "v"), "y": ("u", "w")}
    assert not told.reversible


def test_regions_months_firms_and_other_codes_stay_apart() -> None:
    rows = [
        value("v", 1), value("v", 2, region="990101"), value("v", 3, others=(("own", "州"),)),
        value("v", 4, months=Months.year(2023)), value("v", 5, entity="甲"),
    ]  # fmt: skip
    told = recode(rows, WALK, measures=FLOW).rows
    assert sorted(each.value for each in told) == [1, 2, 3, 4, 5]
    own = next(each for each in told if each.value == 3)
    assert own.series.codes == (("B", "x"), ("own", "州"))


def test_a_result_is_as_new_and_as_closed_as_its_parts() -> None:
    rows = [value("u", 10, vintage=MARCH, origin="survey"), value("v", 5)]
    row = recode(rows, WALK, measures=FLOW).rows[0]
    assert (row.vintage, row.origin) == (MARCH, "survey")


@pytest.mark.parametrize(
    ("ops", "expected"),
    [("==", "="), ("=~", "~"), ((">", ">="), ">"), (("=", ">="), ">="), (("<=", "="), "<="),
     (("<", "<="), "<"), ((">", "<"), None), (("~", ">"), None)],
)  # fmt: skip
def test_the_hedge_of_a_sum(ops: tuple[Op, Op], expected: Op | None) -> None:
    rows = [value("u", 10, op=ops[0]), value("v", 5, op=ops[1])]
    if expected is None:
        with pytest.raises(InvalidRequest, match="确数"):
            recode(rows, WALK, measures=FLOW)
    else:
        assert recode(rows, WALK, measures=FLOW).rows[0].op == expected


def test_codes_that_are_not_covered_raise_or_are_listed_with_their_values() -> None:
    rows = [value("v", 5), value("z", 7), value("", 12)]
    with pytest.raises(NotCovered, match="没有这些编码（1 个）：z"):
        recode(rows, WALK, measures=FLOW)
    told = recode(rows, WALK, measures=FLOW, missing="list")
    assert told.not_covered == (rows[1],)
    assert told.untouched == (rows[2],)
    assert by_code(told.rows) == {"x": 5}


@pytest.mark.parametrize("measure", ["share", "growth", "reduction", "multiple", "rank"])
def test_kinds_that_do_not_add_are_refused(measure: Measure) -> None:
    with pytest.raises(DoesNotAdd, match="分子、分母"):
        recode([value("v", 5)], WALK, measures={"output@1": measure})


@pytest.mark.parametrize("unit", ["%", "‰", "个百分点", "亿元/平方公里", "万元/人"])
def test_units_of_ratios_are_refused_whatever_the_card_says(unit: str) -> None:
    with pytest.raises(DoesNotAdd, match="不能按份额"):
        recode([value("v", 5, unit=unit)], WALK, measures=FLOW)


def test_a_card_of_unknown_kind_is_refused_and_its_id_is_enough() -> None:
    with pytest.raises(DoesNotAdd, match="没有说明"):
        recode([value("v", 5)], WALK, measures={})
    assert recode([value("v", 5)], WALK, measures={"output": "level"}).rows


def test_two_vintages_of_one_value_are_not_added_up() -> None:
    with pytest.raises(ConflictingVintages, match="as-of"):
        recode([value("v", 5), value("v", 6, vintage=MARCH)], WALK, measures=FLOW)


def test_a_code_and_the_one_above_it_do_not_count_twice() -> None:
    above = {"u": Category("u", "部分", "v"), "v": Category("v", "整体")}
    classes = Classification("A", "旧", "虚构", above)
    rows = [value("u", 5), value("v", 9)]
    with pytest.raises(InvalidRequest, match="重复计算"):
        recode(rows, WALK, measures=FLOW, classification=classes)
    assert recode(rows[:1], WALK, measures=FLOW, classification=classes).rows


exact = st.integers(-(10**12), 10**12).map(lambda thousandths: thousandths / 1000)
amounts = st.dictionaries(st.sampled_from("uvw"), exact, min_size=1)


@given(walk=walks("A", "B", "uvw", "xyz"), given_=amounts)
@settings(max_examples=50)
def test_totals_are_kept_under_any_crosswalk(walk: Crosswalk, given_: dict[str, float]) -> None:
    rows = [value(code, amount) for code, amount in given_.items()]
    for unstated in ("unallocated", "equally"):
        told = recode(rows, walk, measures=FLOW, unstated=unstated)
        total, size = math.fsum(given_.values()), math.fsum(map(abs, given_.values()))
        assert math.isclose(
            math.fsum(each.value for each in told.rows), total, rel_tol=0, abs_tol=1e-12 * size
        )


@given(walk=walks("A", "B", "u", "xyz"), amount=exact)
@settings(max_examples=40)
def test_there_and_back_gives_the_same_value(walk: Crosswalk, amount: float) -> None:
    there = recode([value("u", amount)], walk, measures=FLOW)
    assert there.reversible
    back = recode(there.rows, walk.reversed(), measures=FLOW)
    assert by_code(back.rows, "A") == pytest.approx({"u": amount}, rel=1e-12)


@given(walk=walks("A", "B", "uvw", "xyz"), given_=amounts)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_frames_are_recoded_as_single_values_are(
    tmp_path_factory: pytest.TempPathFactory, walk: Crosswalk, given_: dict[str, float]
) -> None:
    rows = [value(code, amount, others=(("own", "州"),)) for code, amount in given_.items()]
    rows += [value(code, amount + 1, region="990101") for code, amount in given_.items()]
    store = Observations(Workspace.create(tmp_path_factory.mktemp("w") / "w"))
    store.append([*rows, value("", 1)], dataset="x", imported_on=JANUARY)
    told = recode_frame(store.frame(Scope()), walk, measures=FLOW)
    single = recode(store.read(Scope()), walk, measures=FLOW)
    found = {
        (each["region"], each["codes"]): each["value"] for each in told.frame.to_arrow().to_pylist()
    }
    expected = {
        (each.series.region, " ".join(f"{s}:{c}" for s, c in each.series.codes)): each.value
        for each in single.rows
    }
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-6)
    assert (told.ambiguous, told.merged) == (single.ambiguous, single.merged)


def test_frames_refuse_what_single_values_refuse(tmp_path: Path) -> None:
    store = Observations(Workspace.create(tmp_path / "w"))
    rows = [value("v", 5), value("z", 7), value("u", 1, card="rate@1", unit="%"),
            value("u", 2, region="990101", op=">=", card="part@1")]  # fmt: skip
    store.append(rows, dataset="x", imported_on=JANUARY)

    def told(*cards: str, **asked: object) -> object:
        import narwhals as nw

        frame = store.frame(Scope()).filter(nw.col("card").is_in(cards))
        kinds: dict[str, Measure] = FLOW | {"rate@1": "flow", "part@1": "flow"}
        return recode_frame(frame, WALK, measures=kinds, **asked)  # type: ignore[arg-type]

    with pytest.raises(NotCovered, match="z"):
        told("output@1")
    listed = told("output@1", missing="list", by=("codes",))
    assert listed.not_covered == ("z",)  # type: ignore[attr-defined]
    assert listed.frame.to_arrow().to_pylist() == [  # type: ignore[attr-defined]
        {"codes": "B:x", "value": 5.0}
    ]
    with pytest.raises(DoesNotAdd):
        told("rate@1")
    with pytest.raises(InvalidRequest, match="确数"):
        told("part@1")
    with pytest.raises(InvalidRequest, match="几种 card"):
        told("output@1", "part@1", missing="list", by=("codes",))


def test_a_frame_of_another_engine_is_recoded_too() -> None:
    pl = pytest.importorskip("polars")
    import narwhals as nw

    table = pl.DataFrame({"card": ["output@1"] * 2, "unit": ["亿元"] * 2, "op": ["="] * 2,
                          "codes": ["A:u", "A:v"], "value": [10.0, 5.0]}).lazy()  # fmt: skip

    told = recode_frame(nw.from_native(table), WALK, measures=FLOW, by=("codes",))
    assert told.frame.to_arrow().to_pylist() == [
        {"codes": "B:x", "value": 11.0}, {"codes": "B:y", "value": 4.0},
    ]  # fmt: skip


# ------------------------------------------------------------------ real correspondence tables

SHARED = Path(__file__).parents[3] / "shared/data/industry-classification"
shared = pytest.mark.skipif(
    not SHARED.exists(), reason="no real classifications beside the repository"
)


def real(path: Path, name: str, from_: str, to: str, where: str = "") -> Path:
    """A crosswalk file of a workspace, made from a table as found."""
    import csv

    with (SHARED / name).open(encoding="utf-8-sig", newline="") as file:
        rows = [each for each in csv.DictReader(file) if not where or each["scheme"] == where]
    lines = ["# from: A\n# to: B\n# edition: 2017\n# source: as found\n", "from,to,share\n"]
    seen: set[tuple[str, str]] = set()
    for each in rows:
        pair = (each[from_], each[to].split(" > ")[0])
        if pair not in seen:
            seen.add(pair)
            part = "部分" if each.get("starred_partial") == "1" else ""
            lines.append(f"{pair[0]},{pair[1]},{part}\n")
    path.write_text("".join(lines), "utf-8")
    return path


@pytest.mark.shared
@shared
def test_the_editions_of_2017_and_2011_keep_totals(tmp_path: Path) -> None:
    from jingwei.statistics.crosswalks import read_crosswalk

    path = real(tmp_path / "x.csv", "gbt4754_2017_to_2011.csv", "code_2017", "code_2011")
    walk = read_crosswalk(path)
    assert len(walk.parts) == 1381
    assert "0111" in walk.parts
    assert len(walk.ambiguous()) == 17
    rows = [value(code, float(n)) for n, code in enumerate(sorted(walk.parts), 1)]
    total = 1381 * 1382 / 2
    told = recode(rows, walk, measures=FLOW)
    assert sum(by_code(told.rows).values()) == total
    split = {code for code, shares in walk.shares().items() if shares[0][0] == UNALLOCATED}
    assert by_code(told.rows)[UNALLOCATED] == sum(
        n for n, code in enumerate(sorted(walk.parts), 1) if code in split
    )
    equal = recode(rows, walk, measures=FLOW, unstated="equally")
    assert math.isclose(sum(by_code(equal.rows).values()), total, rel_tol=1e-12)
    assert UNALLOCATED not in by_code(equal.rows)
    assert not told.reversible


@pytest.mark.shared
@shared
def test_strategic_industries_keep_what_is_not_stated_apart(tmp_path: Path) -> None:
    from jingwei.statistics.crosswalks import read_crosswalk

    path = real(tmp_path / "x.csv", "derived_classification_crosswalk.csv", "gbt4754_code", "path",
                "strategic")  # fmt: skip
    walk = read_crosswalk(path)
    assert len(walk.parts) == 469
    rows = [value(code, 1.0) for code in walk.parts]
    told = recode([*rows, value("9999", 1.0)], walk, measures=FLOW, missing="list")
    assert sum(by_code(told.rows).values()) == 469
    assert [each.value for each in told.not_covered] == [1.0]
    whole = [
        c
        for c, s in walk.shares().items()
        if s == ((s[0][0], Fraction(1)),) and s[0][0] != UNALLOCATED
    ]
    assert by_code(told.rows)[UNALLOCATED] == 469 - len(whole)
    assert whole
