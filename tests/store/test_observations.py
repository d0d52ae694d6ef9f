"""The store of observations: appended only, whole or not at all, asked as of any day."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import hypothesis.strategies as st
import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from revising import JANUARY, MARCH, OUTPUT, firm, value_of

from jingwei.core import InvalidRequest, Months, Observation, Scope, SeriesKey
from jingwei.store import Workspace
from jingwei.store.observations import (
    ConflictingVintages,
    DamagedObservations,
    InvalidObservations,
    LaterSchema,
    Observations,
    Retraction,
    RevisionWithoutReason,
    importing,
)

TODAY = date(2025, 6, 1)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "yunxi", region="云溪市")


@pytest.fixture
def store(workspace: Workspace) -> Observations:
    return Observations(workspace)


def files_of(workspace: Workspace) -> list[str]:
    folder = workspace.root / "data/observations"
    return sorted(each.name for each in folder.glob("*")) if folder.exists() else []


# ------------------------------------------------------------------------- appending and reading


def test_an_empty_store_reads_as_nothing(store: Observations) -> None:
    assert store.read(Scope.everything()) == ()
    assert store.imports() == ()


def test_what_is_appended_is_read_back_whole(store: Observations) -> None:
    given = (
        value_of(812.5, reason="初步数"),
        value_of(
            3.25, series=SeriesKey("output@2", "990100", (("gbt4754-2017", "0111"), ("own", "州"))),
            months=Months.cumulative(2025, 2), unit="%",
        ),
    )  # fmt: skip
    receipt = store.append(given, dataset="统计月报.xlsx", imported_on=TODAY, by="李")
    assert (receipt.rows, receipt.added, receipt.already, receipt.revised) == (2, 2, 0, 0)
    assert store.read(Scope()) == given
    assert store.imports() == (receipt,)
    assert (receipt.by, receipt.imported_on) == ("李", TODAY)


def test_the_same_import_again_says_so_and_adds_nothing(
    store: Observations, workspace: Workspace
) -> None:
    first = store.append([value_of(1)], dataset="a", imported_on=TODAY)
    before = files_of(workspace)
    again = store.append([value_of(1)], dataset="a", imported_on=date(2026, 1, 1))
    assert again.repeated
    assert (again.id, again.imported_on) == (first.id, TODAY)
    assert files_of(workspace) == before


def test_what_is_there_already_is_not_added_again(store: Observations) -> None:
    store.append([value_of(1)], dataset="a", imported_on=TODAY)
    other = value_of(2, months=Months.year(2023))
    receipt = store.append([value_of(1), other, other], dataset="b", imported_on=TODAY)
    assert (receipt.rows, receipt.added, receipt.already, receipt.repeated) == (3, 1, 2, False)
    assert [each.value for each in store.read(Scope())] == [2, 1]


def test_the_same_imports_give_the_same_bytes(tmp_path: Path) -> None:
    told: list[list[bytes]] = []
    for name in "ab":
        workspace = Workspace.create(tmp_path / name)
        store = Observations(workspace)
        rows = [value_of(n, months=Months.year(n)) for n in (2023, 2021, 2022)]
        store.append(rows, dataset="x", imported_on=TODAY)
        store.append([value_of(7, series=firm("甲"))], dataset="y", imported_on=TODAY)
        store.compact()
        folder = workspace.root / "data/observations"
        told.append([each.read_bytes() for each in sorted(folder.glob("*"))])
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "given",
    [
        lambda table: table,
        lambda table: table.to_batches(max_chunksize=1)[0],
        lambda table: pa.RecordBatchReader.from_batches(
            table.schema, table.to_batches(max_chunksize=2)
        ),
        lambda table: iter(table.to_batches(max_chunksize=1)),
        lambda table: nw.from_native(table),
        lambda table: pytest.importorskip("polars").from_arrow(table),
        lambda table: pytest.importorskip("polars").from_arrow(table).lazy(),
    ],
    ids=["table", "batch", "reader", "batches", "narwhals", "polars", "lazy"],
)
def test_frames_of_any_kind_are_taken(
    store: Observations, given: Callable[[pa.Table], object]
) -> None:
    table = pa.table(
        {
            "card": ["a@1"] * 3, "region": ["990100"] * 3, "period": ["2024", "2025-01/2025-02", "2025-03"],
            "value": [1, 2, 3], "unit": ["家"] * 3, "vintage": ["2025-04-01"] * 3,
            "origin": ["administrative"] * 3,
        }
    )  # fmt: skip
    receipt = store.append(given(table), dataset="名录.parquet", imported_on=TODAY)
    rows = store.read(Scope())
    assert receipt.added == len(rows) in (1, 3)
    first = rows[0]
    assert (str(first.months), first.value, first.op, first.reason) == ("2024", 1.0, "=", "")
    assert str(first.evidence) == "名录.parquet@2025-04-01 第1行"


def test_neither_the_pieces_nor_the_memory_of_an_import_change_what_it_is(tmp_path: Path) -> None:
    count = 270_000
    table = pa.table(
        {
            "card": ["a@1"] * count, "region": ["990100"] * count, "first": [24000] * count,
            "last": [24000] * count, "entity": [f"E{n}" for n in range(count)],
            "value": [float(n) for n in range(count)], "unit": ["家"] * count,
            "vintage": [JANUARY] * count, "origin": ["survey"] * count,
        }
    )  # fmt: skip
    ids: set[str] = set()
    for size, memory_mb in ((count, 1024), (70_001, 128)):  # the second has to spill to the disk
        store = Observations(Workspace.create(tmp_path / str(size)), memory_mb=memory_mb)
        pieces = iter(table.to_batches(max_chunksize=size))
        receipt = store.append(pieces, dataset="x", imported_on=TODAY)
        ids.add(receipt.id)
        assert store.rows(Scope.everything()).select(nw.len()).collect("pyarrow").item() == count
        assert not [*(tmp_path / str(size) / ".jingwei/spill").iterdir()]
        ids |= {receipt.file}
    assert len(ids) == 2, "one fingerprint, and one file to the last byte"


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("value", None, "是空的"),
        ("value", float("inf"), "不是有限的数"),
        ("value", "12亿", "不能读作"),
        ("unit", "", "请填写"),
        ("origin", "rumour", "只能是"),
        ("op", "≈", "只能是"),
        ("vintage", "昨天", "不能读作"),
        ("period", "2024年", "不是时期"),
        ("codes", "gbt4754", "不能"),
        ("entity", "甲\n乙", "控制字符"),
        ("remark", "x", "不认识的列"),
    ],
)
def test_rows_that_are_no_observations_are_refused_whole(
    store: Observations, workspace: Workspace, column: str, cell: object, said: str
) -> None:
    good = {
        "card": "a@1", "region": "990100", "period": "2024", "value": 1.0, "unit": "家",
        "vintage": "2025-01-20", "origin": "public", "op": "=", "codes": "", "entity": "",
    }  # fmt: skip
    columns = {name: [known, known] for name, known in good.items()}
    columns["period"] = ["2024", "2023"]
    before = good.get(column, "")
    columns[column] = [str(before) if isinstance(cell, str) else before, cell]
    table = pa.table(columns)
    with pytest.raises(InvalidObservations, match=said):
        store.append(table, dataset="表.csv", imported_on=TODAY)
    assert [each for each in files_of(workspace) if each.endswith("parquet")] == []
    assert not [each for each in files_of(workspace) if "tmp" in each]


def test_the_row_at_fault_is_named_also_in_a_later_chunk(
    store: Observations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jingwei.store.observations.rows.CHUNK", 2)
    rows = [value_of(n, months=Months.year(2000 + n)) for n in range(5)]
    rows[4] = value_of(float("nan"))
    with pytest.raises(InvalidObservations) as raised:
        store.append(rows, dataset="表.csv", imported_on=TODAY)
    assert raised.value.where == "表.csv:5"


def test_a_dataset_needs_a_name(store: Observations) -> None:
    with pytest.raises(InvalidRequest, match="没有来源"):
        store.append([value_of(1)], dataset="", imported_on=TODAY)


# ------------------------------------------------------------------------------------- vintages


def test_a_revision_is_a_later_vintage_and_the_past_stays(store: Observations) -> None:
    store.append([value_of(800)], dataset="快报", imported_on=TODAY)
    done = store.append(
        [value_of(812, MARCH)], dataset="公报", imported_on=TODAY, reason="五经普修订"
    )
    assert done.revised == 1
    day_before = MARCH - timedelta(days=1)
    for day, expected in ((JANUARY - timedelta(days=1), []), (JANUARY, [800]), (day_before, [800]),
                          (MARCH, [812]), (None, [812])):  # fmt: skip
        assert [each.value for each in store.read(Scope(), as_of=day)] == expected
    first, second = store.history([OUTPUT], Scope())
    assert (first.reason, second.reason) == ("", "五经普修订")
    assert store.history([OUTPUT], Scope(), as_of=day_before) == (first,)


def test_the_order_of_imports_changes_no_value(store: Observations) -> None:
    store.append([value_of(812, MARCH)], dataset="公报", imported_on=TODAY)
    store.append([value_of(800)], dataset="快报", imported_on=TODAY)
    assert [each.value for each in store.read(Scope())] == [812]
    assert [each.value for each in store.read(Scope(), as_of=JANUARY)] == [800]


def test_a_revision_without_a_reason_is_refused(store: Observations) -> None:
    store.append([value_of(800)], dataset="快报", imported_on=TODAY)
    with pytest.raises(RevisionWithoutReason, match="五经普修订"):
        store.append([value_of(812, MARCH)], dataset="公报", imported_on=TODAY)
    assert [each.value for each in store.read(Scope())] == [800]
    store.append(
        [value_of(800, MARCH)], dataset="公报", imported_on=TODAY
    )  # confirmed, not revised
    assert store.read(Scope())[0].vintage == MARCH


def test_a_reason_of_its_own_goes_before_that_of_the_import(store: Observations) -> None:
    rows = [value_of(1), value_of(2, MARCH, reason="核实"), value_of(3, months=Months.year(2023))]
    rows.append(value_of(4, MARCH, months=Months.year(2023)))
    store.append(rows, dataset="x", imported_on=TODAY, reason="年报")
    reasons = {each.value: each.reason for each in store.history(None, Scope())}
    assert reasons == {1: "", 2: "核实", 3: "", 4: "年报"}


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    "second", [value_of(813), value_of(812, unit="万元"), value_of(813, origin="survey")]
)
def test_two_values_of_one_vintage_are_never_both_taken(
    store: Observations, second: Observation, together: bool
) -> None:
    if not together:
        store.append([value_of(812)], dataset="甲", imported_on=TODAY)
    batch = [value_of(812), second] if together else [value_of(1, months=Months.year(2020)), second]
    with pytest.raises(ConflictingVintages) as raised:
        store.append(batch, dataset="乙", imported_on=TODAY)
    told = raised.value.zh
    assert "812亿元" in told
    assert f"{second.value:g}{second.unit}" in told
    assert "公布日期" in told
    assert len(store.history(None, Scope())) == (0 if together else 1)


def test_a_retraction_withdraws_from_its_day_on_and_deletes_nothing(store: Observations) -> None:
    store.append([value_of(8120)], dataset="快报", imported_on=TODAY)
    on = JANUARY + timedelta(days=5)
    store.retract(OUTPUT, Months.year(2024), on=on, reason="万亿误录", dataset="更正函")
    assert store.read(Scope()) == ()
    assert [each.value for each in store.read(Scope(), as_of=on - timedelta(days=1))] == [8120]
    first, marker = store.history(None, Scope())
    assert isinstance(first, Observation)
    assert isinstance(marker, Retraction)
    assert marker.reason == "万亿误录"
    store.append([value_of(812, MARCH)], dataset="公报", imported_on=TODAY, reason="重报")
    assert [each.value for each in store.read(Scope())] == [812]


@pytest.mark.parametrize("day", [JANUARY, JANUARY - timedelta(days=1)])
def test_only_what_was_published_before_can_be_retracted(store: Observations, day: date) -> None:
    store.append([value_of(812)], dataset="快报", imported_on=TODAY)
    with pytest.raises(InvalidRequest, match="没有 2024 的数可撤回"):
        store.retract(OUTPUT, Months.year(2024), on=day, reason="误录", dataset="更正函")
    store.retract(OUTPUT, Months.year(2024), on=MARCH, reason="误录", dataset="更正函")
    with pytest.raises(InvalidRequest, match="可撤回"):
        store.retract(OUTPUT, Months.year(2024), on=TODAY, reason="误录", dataset="更正函")
    with pytest.raises(InvalidRequest, match="原因"):
        store.retract(OUTPUT, Months.year(2024), on=TODAY, reason="", dataset="更正函")


def test_two_series_of_one_number_are_told_apart(
    store: Observations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SERIES", "CAST(7 AS UBIGINT)")
    store.append([value_of(1, series=firm("甲"))], dataset="x", imported_on=TODAY)
    with pytest.raises(ConflictingVintages, match="编号碰巧相同"):
        store.append(
            [value_of(1, series=firm("乙"), months=Months.year(2020))],
            dataset="y", imported_on=TODAY,
        )  # fmt: skip


def reference_known_on(rows: list[Observation], day: date) -> dict[tuple[SeriesKey, Months], float]:
    """Plain and slow: of each series and period the newest published on or before the day."""
    newest: dict[tuple[SeriesKey, Months], Observation] = {}
    for each in sorted(rows, key=lambda row: row.vintage):
        if each.vintage <= day:
            newest[each.series, each.months] = each
    return {key: each.value for key, each in newest.items()}


vintages = st.dates(date(2025, 1, 1), date(2025, 1, 6))
cells = st.tuples(
    st.sampled_from([OUTPUT, firm("甲"), firm("乙"), SeriesKey("output@1", "990100")]),
    st.sampled_from([Months.year(2024), Months.cumulative(2025, 2), Months.month(2025, 1)]),
    vintages,
)


@given(
    table=st.dictionaries(cells, st.integers(0, 3), max_size=25),
    day=vintages,
    split=st.integers(0, 25),
    by_day=st.booleans(),
)
@settings(max_examples=24, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_known_agrees_with_the_reference_on_every_engine(
    tmp_path_factory: pytest.TempPathFactory,
    table: dict[tuple[SeriesKey, Months, date], int],
    day: date,
    split: int,
    by_day: bool,
) -> None:
    rows = [
        value_of(float(value), vintage, series=series, months=months, reason="修订")
        for (series, months, vintage), value in table.items()
    ]
    store = Observations(Workspace.create(tmp_path_factory.mktemp("w") / "w"))
    parts = [rows[:split], rows[split:]]
    if by_day:  # one import a vintage, as offices publish
        days = sorted({each.vintage for each in rows})
        parts = [[each for each in rows if each.vintage == one] for one in days]
    for number, part in enumerate(parts):
        store.append(part, dataset=f"批{number}", imported_on=TODAY)
    expected = reference_known_on(rows, day)
    everything = Scope.everything()
    read = store.read(everything, as_of=day)
    assert {(each.series, each.months): each.value for each in read} == expected
    assert len(store.history(None, everything)) == len(rows)
    own = store.frame(everything, as_of=day).collect("pyarrow")
    assert sorted(own["value"].to_list()) == sorted(expected.values())
    scans = [import_module("polars").scan_parquet] if find_spec("polars") else []
    scans.append(lambda paths: pa.concat_tables([pq.read_table(each) for each in paths]))
    for scan in scans:
        other = store.frame(everything, as_of=day, scan=scan)
        values = (other.collect() if isinstance(other, nw.LazyFrame) else other)["value"]
        assert sorted(values) == sorted(expected.values())


# ------------------------------------------------------------------------------ who sees what


ROWS = (
    value_of(1, series=SeriesKey("revenue@1", "990100")),
    value_of(2, series=SeriesKey("revenue@1", "990101")),
    value_of(3, series=firm("甲"), origin="survey"),
    value_of(4, series=firm("乙"), origin="declared"),
    value_of(5, series=firm("丙", "990102"), origin="administrative"),
)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope.everything(),
        Scope(frozenset({"990101"}), None),
        Scope(frozenset()),
        Scope(None, frozenset({"甲", "丙"})),
        *(Scope(None, None, purpose) for purpose in ("matching", "eligibility", "ranking")),
        Scope(frozenset({"990101"}), frozenset({"甲", "乙"}), "investment"),
    ],
)
def test_every_read_gives_what_the_scope_sees_and_no_more(
    store: Observations, scope: Scope
) -> None:
    store.append(ROWS, dataset="x", imported_on=TODAY)
    expected = [
        each.value
        for each in ROWS
        if scope.sees(each.series.region, each.series.entity, each.origin)
    ]
    assert sorted(each.value for each in store.read(scope)) == expected
    told = [each for each in store.history(None, scope) if isinstance(each, Observation)]
    assert sorted(each.value for each in told) == expected
    assert sorted(store.frame(scope).collect("pyarrow")["value"].to_list()) == expected


def test_a_survey_value_does_not_hide_the_declared_one_from_matching(store: Observations) -> None:
    rows = [
        value_of(10, series=firm("甲"), origin="declared"),
        value_of(12, MARCH, series=firm("甲"), origin="survey", reason="年报"),
    ]
    store.append(rows, dataset="x", imported_on=TODAY)
    assert [each.value for each in store.read(Scope.everything())] == [12]
    assert [each.value for each in store.read(Scope(None, None, "matching"))] == [10]


def test_one_value_of_two_origins_is_read_once(store: Observations) -> None:
    for origin in ("survey", "public"):
        row = value_of(10, series=firm("甲"), origin=origin)
        store.append([row], dataset=origin, imported_on=TODAY)
    (row,) = store.read(Scope.everything())
    assert row.origin == "public"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"cards": ["revenue"]}, 2), ({"cards": ["revenue@1"]}, 2), ({"cards": ["rev"]}, 0),
        ({"cards": []}, 0), ({"regions": ["990101"]}, 1), ({"entities": ["甲"]}, 0),
        ({"months": Months.year(2024)}, 2), ({"months": Months.month(2024, 1)}, 0),
    ],
)  # fmt: skip
def test_a_read_is_narrowed(store: Observations, asked: dict[str, object], expected: int) -> None:
    store.append(ROWS, dataset="x", imported_on=TODAY)
    assert len(store.read(Scope(), **asked)) == expected  # type: ignore[arg-type]


# ---------------------------------------------------------------------- files and their faults


def test_compaction_keeps_every_row_and_receipt_and_old_readers_go_on(
    workspace: Workspace, store: Observations
) -> None:
    for year in range(2020, 2024):
        store.append(
            [value_of(year, months=Months.year(year))], dataset=str(year), imported_on=TODAY
        )
    receipts = store.imports()
    old_reader = Observations(workspace).rows(Scope())
    assert store.compact() == 4
    assert [each.id for each in store.imports()] == [each.id for each in receipts]
    assert len({each.file for each in store.imports()}) == 1
    assert len(old_reader.collect("pyarrow")) == len(store.history(None, Scope())) == 4
    again = store.append(
        [value_of(2020, months=Months.year(2020))], dataset="2020", imported_on=TODAY
    )
    assert again.repeated
    store.append([value_of(1)], dataset="x", imported_on=TODAY)
    assert store.compact() == 2
    assert len(store.history(None, Scope())) == 5
    assert {each[:5] for each in files_of(workspace) if each.endswith("parquet")} == {
        "g0002", "g0003",
    }  # fmt: skip


def parquet_files(workspace: Workspace) -> list[Path]:
    return sorted((workspace.root / "data/observations").glob("*.parquet"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-9],
        lambda content: b"",
        lambda content: content[:60] + bytes([content[60] ^ 1]) + content[61:],
    ],
    ids=["cut", "empty", "one bit"],
)
def test_a_damaged_file_is_named_and_left_out_only_by_choice(
    workspace: Workspace, damage: Callable[[bytes], bytes]
) -> None:
    store = Observations(workspace)
    store.append([value_of(1)], dataset="a", imported_on=TODAY)
    store.append([value_of(2, months=Months.year(2023))], dataset="b", imported_on=TODAY)
    first, _ = parquet_files(workspace)
    first.write_bytes(damage(first.read_bytes()))
    with pytest.raises(DamagedObservations, match="--without") as raised:
        Observations(workspace).read(Scope())
    assert raised.value.where == str(first)
    with pytest.raises(DamagedObservations):
        Observations(workspace).append([value_of(3)], dataset="c", imported_on=TODAY)
    rest = Observations(workspace, without=[first.name]).read(Scope())
    assert [each.value for each in rest] == [2]


def test_a_file_that_is_gone_is_missed(workspace: Workspace) -> None:
    store = Observations(workspace)
    for n in range(3):
        store.append([value_of(n, months=Months.year(2020 + n))], dataset=str(n), imported_on=TODAY)
    gone = parquet_files(workspace)[1]
    gone.unlink()
    with pytest.raises(DamagedObservations, match="第 2 次导入的文件"):
        store.read(Scope())
    assert len(Observations(workspace, without=[gone.name]).read(Scope())) == 2


def test_a_file_of_a_later_schema_is_refused_in_a_sentence(
    workspace: Workspace, store: Observations, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        later.setattr("jingwei.store.observations.generations.SCHEMA", 2)
        store.append([value_of(1)], dataset="a", imported_on=TODAY)
    with pytest.raises(LaterSchema, match="请升级"):
        Observations(workspace).read(Scope())


def test_a_foreign_file_is_not_taken_for_an_import(
    workspace: Workspace, store: Observations
) -> None:
    store.append([value_of(1)], dataset="a", imported_on=TODAY)
    foreign = workspace.root / "data/observations/mine.parquet"
    pq.write_table(pa.table({"value": [1.0]}), foreign)
    with pytest.raises(DamagedObservations, match="不是经纬写入") as raised:
        store.read(Scope())
    assert raised.value.where == str(foreign)


def test_two_files_of_one_number_and_a_lost_pointer_are_refused(
    workspace: Workspace, store: Observations
) -> None:
    store.append([value_of(1)], dataset="a", imported_on=TODAY)
    (only,) = parquet_files(workspace)
    twin = only.with_name("g0001-000001-0000000000000000.parquet")
    twin.write_bytes(only.read_bytes())
    with pytest.raises(DamagedObservations, match="两个文件"):
        store.read(Scope())
    twin.unlink()
    pointer = only.with_name("generation")
    pointer.write_text("二")
    with pytest.raises(DamagedObservations, match="只有一个代号"):
        store.read(Scope())
    pointer.unlink()
    with pytest.raises(DamagedObservations, match="没有指针文件"):
        store.read(Scope())


def test_the_engine_fetches_nothing_and_reads_no_variable(store: Observations) -> None:
    connection = store._connection()
    asked = "autoinstall_known_extensions", "autoload_known_extensions", "lock_configuration"
    told = {
        name: connection.sql(f"SELECT current_setting('{name}')").fetchall()[0][0] for name in asked
    }
    assert told == dict.fromkeys(asked[:2], False) | {"lock_configuration": True}
    secret = pa.table({"x": [1]})
    assert secret.num_rows == 1
    with pytest.raises(Exception, match="secret"):
        connection.sql("SELECT * FROM secret").fetchall()
