"""Rows of observations: the columns on disk, and the way to and from ``Observation``.

card, region, codes, entity   the series; ``codes`` is ``scheme:code`` pairs, sorted, one blank
                              between them, "" for the total
first, last                   the months, as ``Months`` counts them
value, op, unit               ``value`` is null in a retraction and nowhere else
vintage, origin, reason       day of publication, legal origin, why it was revised
dataset, edition, place       the ``Row`` of the evidence
series                        the lower half of the MD5 of the series, which joins and windows
                              use in place of four texts; an import that met two series of one
                              number would be refused
precedence                    which row of a series and its months is the newest: days since
                              1970 times 4, plus the openness of the origin, so that one day
                              has no ties
import_id                     the import that brought the row
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from jingwei.core import LegalOrigin, Months, Observation, Row, SeriesKey
from jingwei.store.arrow import arrow, compute
from jingwei.store.observations.faults import InvalidObservations

OPENNESS: Mapping[LegalOrigin, int] = {
    "survey": 0,
    "declared": 1,
    "administrative": 2,
    "public": 3,
}
OPS = ("=", "~", ">=", ">", "<=", "<")
TEXTS = (
    "card", "region", "codes", "entity", "op", "unit", "origin", "reason", "dataset", "edition",
    "place",
)  # fmt: skip
GIVEN = (
    "card", "region", "codes", "entity", "first", "last", "value", "op", "unit", "vintage",
    "origin", "reason", "dataset", "edition", "place",
)  # fmt: skip
STORED = (*GIVEN, "series", "precedence", "import_id")
_NEEDED = ("card", "region", "value", "unit", "vintage", "origin")
_NOT_EMPTY = ("card", "region", "op", "unit", "origin", "dataset", "edition", "place")
CHUNK = 1 << 18  # rows at a time; also what the fingerprint of an import is taken over

Batch = Sequence[Observation] | Any
"""Observations, or rows as Arrow (table, batches, reader) or any frame that Narwhals knows."""


@dataclass(frozen=True, slots=True)
class Retraction:
    """A value withdrawn from a day on, with the reason; the rows before it stay readable."""

    series: SeriesKey
    months: Months
    vintage: date
    origin: LegalOrigin
    reason: str
    evidence: Row


def codes_text(codes: Iterable[tuple[str, str]]) -> str:
    """The codes of a series as one text, the form of the column ``codes``.

    Raises InvalidObservations for a classification or code that holds blanks or a colon too many.
    """
    pairs = sorted(codes)
    for scheme, code in pairs:
        if not scheme or not code or ":" in scheme or len(f"{scheme}{code}".split()) != 1:
            raise InvalidObservations(
                f"分类编码「{scheme}:{code}」不能含空格，分类名不能含冒号，也不能为空；请改写",
                f"the code '{scheme}:{code}' holds blanks, a colon in the classification, "
                "or nothing at all; write it without",
            )
    return " ".join(f"{scheme}:{code}" for scheme, code in pairs)


def codes_of(text: str) -> tuple[tuple[str, str], ...]:
    """The codes of a series from the text of the column ``codes``."""
    pairs = (each.partition(":") for each in text.split())
    return tuple((scheme, code) for scheme, _, code in pairs)


def schema() -> Any:
    """The Arrow schema of rows as given."""
    pa = arrow()

    kinds: dict[str, Any] = {
        "first": pa.int32(), "last": pa.int32(), "value": pa.float64(), "vintage": pa.date32(),
    }  # fmt: skip
    return pa.schema([pa.field(name, kinds.get(name, pa.string())) for name in GIVEN])


def stored_schema() -> Any:
    """The Arrow schema of a file."""
    pa = arrow()

    own = [("series", pa.uint64()), ("precedence", pa.int32()), ("import_id", pa.string())]
    return pa.schema([*schema(), *(pa.field(name, kind) for name, kind in own)])


def batches(given: Batch, dataset: str) -> Iterator[Any]:
    """What was given, as record batches of ``schema``, ``CHUNK`` rows each but the last.

    Columns that may be absent get what they mean: no codes, no entity, ``=``, no reason, the
    dataset and vintage of the import, the number of the row as its place. Raises
    InvalidObservations with the row (from 1) and column of the fault.
    """
    before = 0
    for table in chunks(_tables(given)):
        yield _checked(table, dataset, before)
        before += table.num_rows


def _tables(given: Batch) -> Iterator[Any]:
    pa = arrow()

    if isinstance(given, Sequence):
        rows = cast("Sequence[Observation]", given)
        for start in range(0, len(rows), CHUNK):
            yield table_of(rows[start : start + CHUNK])
    elif isinstance(given, pa.Table | pa.RecordBatch):
        yield given if isinstance(given, pa.Table) else pa.Table.from_batches([given])
    elif isinstance(given, pa.RecordBatchReader | Iterator):
        for each in cast("Iterator[Any]", given):
            yield pa.Table.from_batches([each])
    else:
        import narwhals as nw

        frame = nw.from_native(given)
        yield from (
            [frame.to_arrow()]
            if isinstance(frame, nw.DataFrame)
            else [frame.collect("pyarrow").to_arrow()]
        )


def chunks(tables: Iterable[Any]) -> Iterator[Any]:
    """The same rows in tables of ``CHUNK`` rows, however they came."""
    pa = arrow()

    waiting: list[Any] = []
    held = 0
    for table in tables:
        rest = table
        while held + rest.num_rows >= CHUNK:
            part = rest.slice(0, CHUNK - held)
            rest = rest.slice(part.num_rows)
            yield pa.concat_tables([*waiting, part], promote_options="default").combine_chunks()
            waiting, held = [], 0
        if rest.num_rows:
            waiting.append(rest)
            held += rest.num_rows
    if waiting:
        yield pa.concat_tables(waiting, promote_options="default").combine_chunks()


def table_of(rows: Sequence[Observation]) -> Any:
    pa = arrow()

    columns: dict[str, list[Any]] = {name: [] for name in GIVEN}
    for each in rows:
        cells = (
            each.series.card, each.series.region, codes_text(each.series.codes),
            each.series.entity, each.months.first, each.months.last, each.value, each.op,
            each.unit, each.vintage, each.origin, each.reason, each.evidence.dataset,
            each.evidence.vintage, each.evidence.key,
        )  # fmt: skip
        for name, cell in zip(GIVEN, cells, strict=True):
            columns[name].append(cell)
    return pa.table(columns, schema=schema())


def _checked(table: Any, dataset: str, before: int) -> Any:
    pa = arrow()
    pc = compute()

    names = set(cast("list[str]", table.column_names))
    months = {"first", "last"} <= names or "period" in names
    missing = [each for each in _NEEDED if each not in names] + ([] if months else ["period"])
    if missing:
        raise InvalidObservations(
            f"缺少列 {'、'.join(missing)}；必须有 {'、'.join((*_NEEDED, 'period'))}",
            f"columns are missing: {', '.join(missing)}; "
            f"needed are {', '.join((*_NEEDED, 'period'))}",
            where=dataset,
        )
    if unknown := sorted(names - {*GIVEN, "period"}):
        raise InvalidObservations(
            f"有不认识的列 {'、'.join(unknown)}；请去掉，或改成 {'、'.join(GIVEN)} 之一",
            f"unknown columns: {', '.join(unknown)}; leave them out or name them as one of "
            f"{', '.join(GIVEN)}",
            where=dataset,
        )
    rows: int = table.num_rows
    columns: dict[str, Any] = {name: table[name] for name in GIVEN if name in names}
    if "first" not in columns:
        columns["first"], columns["last"] = _months(table["period"], dataset, before)
    for name, absent in (("codes", ""), ("entity", ""), ("op", "="), ("reason", ""),
                         ("dataset", dataset)):  # fmt: skip
        columns.setdefault(name, pa.array([absent] * rows, pa.string()))
    if "edition" not in columns:
        columns["edition"] = pc.cast(columns["vintage"], pa.string())
    if "place" not in columns:
        columns["place"] = pa.array([f"第{before + n}行" for n in range(1, rows + 1)])
    wanted = schema()
    for name in GIVEN:
        column = columns[name]
        try:
            columns[name] = pc.cast(column, wanted.field(name).type)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as fault:
            raise InvalidObservations(
                f"列 {name} 不能读作 {wanted.field(name).type}（{fault}）；请改正后再导入",
                f"column {name} cannot be read as {wanted.field(name).type} ({fault}); mend it first",
                where=dataset,
            ) from fault
        _none(pc.is_null(columns[name]), name, columns[name], dataset, before,
              "是空的；没有的值就不要这一行", "is empty; a value that is missing is a row left out")  # fmt: skip
    value = columns["value"]
    _none(pc.invert(pc.is_finite(value)), "value", value, dataset, before,
          "不是有限的数；没有的值就不要这一行", "is no finite number; leave the row out")  # fmt: skip
    for name in _NOT_EMPTY:
        _none(pc.equal(columns[name], ""), name, columns[name], dataset, before,
              "是空的；请填写", "is empty; fill it in")  # fmt: skip
    for name, allowed in (("origin", tuple(OPENNESS)), ("op", OPS)):
        bad = pc.invert(pc.is_in(columns[name], pa.array(allowed)))
        _none(bad, name, columns[name], dataset, before,
              f"只能是 {'、'.join(allowed)}", f"must be one of {', '.join(allowed)}")  # fmt: skip
    for name in TEXTS:
        bad = pc.match_substring_regex(columns[name], r"[\x00-\x1f\x7f]")
        _none(bad, name, columns[name], dataset, before,
              "含控制字符；请去掉换行和制表符", "holds control characters; take them out")  # fmt: skip
    _none(pc.greater(columns["first"], columns["last"]), "last", columns["last"], dataset, before,
          "早于 first；时期只能向前", "is before first; a period runs forwards")  # fmt: skip
    columns["codes"] = _sorted_codes(columns["codes"])
    return pa.RecordBatch.from_arrays([_whole(columns[name]) for name in GIVEN], schema=wanted)


def _whole(column: Any) -> Any:
    pa = arrow()

    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _none(bad: Any, name: str, column: Any, dataset: str, before: int, zh: str, en: str) -> None:
    """Refuse the first row where ``bad`` is true, with its number and what stands there."""
    pc = compute()

    if (at := pc.index(bad, True).as_py()) >= 0:
        found = column[at].as_py()
        raise InvalidObservations(
            f"列 {name}：「{'' if found is None else found}」{zh}",
            f"column {name}: '{'' if found is None else found}' {en}",
            where=f"{dataset}:{before + at + 1}",
        )


def _months(written: Any, dataset: str, before: int) -> tuple[Any, Any]:
    pa = arrow()
    pc = compute()

    encoded = pc.dictionary_encode(_whole(pc.cast(written, pa.string())))
    runs: list[Months] = []
    for text in cast("list[str | None]", encoded.dictionary.to_pylist()):
        try:
            runs.append(Months.parse(text or ""))
        except ValueError as fault:
            at = pc.index(written, text).as_py() if text else 0
            raise InvalidObservations(
                f"「{text}」不是时期；请写成 2025、2025-03、2025-01/2025-03 或 2021/2025",
                str(fault),
                where=f"{dataset}:{before + at + 1}",
            ) from fault
    first, last = (
        pa.array([getattr(each, end) for each in runs], pa.int32()).take(encoded.indices)
        for end in ("first", "last")
    )
    return first, last


def _sorted_codes(column: Any) -> Any:
    """The codes of every row in one order, so that one series has one name."""
    pa = arrow()
    pc = compute()

    encoded = pc.dictionary_encode(_whole(column))
    texts = cast("list[str]", encoded.dictionary.to_pylist())
    return pa.array([codes_text(codes_of(each)) for each in texts], pa.string()).take(
        encoded.indices
    )


def observed(rows: Iterable[Mapping[str, Any]]) -> Iterator[Observation | Retraction]:
    """Stored rows as observations and retractions."""
    for row in rows:
        series = SeriesKey(row["card"], row["region"], codes_of(row["codes"]), row["entity"])
        months = Months(row["first"], row["last"])
        evidence = Row(row["dataset"], row["edition"], row["place"])
        if row["value"] is None:
            yield Retraction(series, months, row["vintage"], row["origin"], row["reason"], evidence)
        else:
            yield Observation(
                series, months, row["value"], row["unit"], row["vintage"], row["origin"],
                evidence, row["op"], row["reason"],
            )  # fmt: skip
