"""One import: staged, held against what is there, written, committed. All of it or nothing.

Everything here runs under the lock of the store. Large imports stay on disk: rows are staged in a
file and compared there; memory is bounded by the limit of the engine.
"""

import hashlib
import json
import secrets
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jingwei.core import Months, written_out
from jingwei.store.arrow import arrow, parquet
from jingwei.store.files import TEMPORARY
from jingwei.store.observations import generations
from jingwei.store.observations.engine import rows_of
from jingwei.store.observations.faults import ConflictingVintages, RevisionWithoutReason
from jingwei.store.observations.rows import CHUNK, GIVEN, STORED, chunks, stored_schema

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SERIES = r"md5_number_lower(concat_ws(chr(31), card, region, codes, entity))"
_PRECEDENCE = (
    "CAST(date_diff('day', DATE '1970-01-01', vintage) * 4 + CASE origin WHEN 'public' THEN 3 "
    "WHEN 'administrative' THEN 2 WHEN 'declared' THEN 1 ELSE 0 END AS INTEGER)"
)
ORDER = "card, region, codes, entity, first, last, precedence"


@dataclass(frozen=True, slots=True)
class ImportReceipt:
    """What an import did. ``id`` is taken from its dataset and rows: the same import, the same id.

    rows:     rows given
    added:    rows that are new
    already:  rows that were there, or came twice, with the same value
    revised:  rows added that change the value of an earlier vintage
    file:     the file that holds them, "" where nothing was new
    repeated: whether this very import had been done before; then nothing was added
    """

    id: str
    dataset: str
    imported_on: date
    by: str
    reason: str
    rows: int
    added: int
    already: int
    revised: int
    file: str
    repeated: bool = False

    def record(self) -> dict[str, Any]:
        """What the file of the import says of it."""
        kept = asdict(self) | {"imported_on": self.imported_on.isoformat()}
        return {name: kept[name] for name in kept if name not in ("file", "repeated")}

    @classmethod
    def of(cls, record: Mapping[str, Any], file: str, *, repeated: bool = False) -> "ImportReceipt":
        cells: dict[str, Any] = dict(record)
        cells["imported_on"] = date.fromisoformat(cells["imported_on"])
        return cls(**cells, file=file, repeated=repeated)


def bring_in(
    folder: Path,
    connection: "DuckDBPyConnection",
    batches: Iterable[Any],
    receipt: ImportReceipt,
) -> ImportReceipt:
    """Add the rows of ``batches`` to the store in ``folder``; gives the receipt, filled in.

    Raises ConflictingVintages, RevisionWithoutReason, CannotWrite, and what ``batches`` raises.
    """
    kept = generations.checked(generations.files(folder))
    with writing(folder) as staging, writing(folder) as written:
        identity, rows = _stage(connection, batches, staging, receipt.dataset)
        for file in kept:
            for record in file.imports:
                if record["id"] == identity:
                    return ImportReceipt.of(record, file.path.name, repeated=True)
        connection.read_parquet(str(staging), file_row_number=True).create_view("staged")
        rows_of(connection, [each.path for each in kept]).create_view("held")
        _one_number_one_series(connection)
        _no_conflicts(connection)
        added, revised = _what_is_new(connection, receipt.reason)
        done = ImportReceipt(
            identity, receipt.dataset, receipt.imported_on, receipt.by, receipt.reason,
            rows, added, rows - added, revised, "",
        )  # fmt: skip
        if not added:
            return done
        columns = ", ".join(each for each in GIVEN if each != "reason")
        relation = connection.sql(
            f"""SELECT {columns}, series, precedence, $id AS import_id,
            CASE WHEN revised AND reason = '' THEN $reason ELSE reason END AS reason
            FROM staged JOIN fresh USING (file_row_number) ORDER BY {ORDER}""",  # noqa: S608
            params={"id": identity, "reason": receipt.reason},
        )
        write(relation.to_arrow_reader(CHUNK), written, [done.record()])
        generation = generations.present(folder)
        if not generation:
            generation = 1
            generations.point(folder, generation)
        number = max((each.number for each in kept), default=0) + 1
        path = generations.commit(written, folder, generation, number)
    return ImportReceipt.of(done.record(), path.name)


@contextmanager
def writing(folder: Path) -> Generator[Path]:
    """A name for a file that does not count yet; what stays under it is removed."""
    path = folder / f".{secrets.token_hex(6)}{TEMPORARY}"
    try:
        yield path
    except OSError as fault:
        raise generations.cannot_write(folder, fault.strerror or str(fault)) from fault
    finally:
        path.unlink(missing_ok=True)


def _stage(
    connection: "DuckDBPyConnection", batches: Iterable[Any], path: Path, dataset: str
) -> tuple[str, int]:
    """Write the rows to ``path`` with their series and precedence; the import's id and row count."""
    pa = arrow()
    pq = parquet()

    digest = hashlib.sha256(dataset.encode())
    wanted = pa.schema([each for each in stored_schema() if each.name != "import_id"])
    rows = 0
    with pq.ParquetWriter(path, wanted, compression="lz4") as writer:
        for batch in batches:
            digest.update(batch.serialize())
            rows += batch.num_rows
            columns = f"*, {SERIES} AS series, {_PRECEDENCE} AS precedence"
            table = pa.Table.from_batches([batch])
            writer.write_table(
                connection.from_arrow(table).project(columns).to_arrow_table().cast(wanted),
                row_group_size=CHUNK,
            )
    return digest.hexdigest()[:16], rows


def write(reader: Iterable[Any], path: Path, imports: Sequence[Mapping[str, Any]]) -> None:
    """Write rows as a file of the store, with what it says of itself. The same rows, the same bytes."""
    pa = arrow()
    pq = parquet()

    wanted = stored_schema()
    about = {"schema": generations.SCHEMA, "imports": list(imports)}
    told = json.dumps(about, ensure_ascii=False, sort_keys=True)
    with pq.ParquetWriter(
        path, wanted.with_metadata({generations.METADATA: told}), compression="zstd"
    ) as writer:
        for table in chunks(pa.Table.from_batches([each]) for each in reader):
            writer.write_table(table.select(list(STORED)).cast(wanted), row_group_size=CHUNK)


def _one_number_one_series(connection: "DuckDBPyConnection") -> None:
    texts = "card, region, codes, entity"
    found = connection.sql(
        f"""WITH mine AS (SELECT DISTINCT series, {texts} FROM staged),
        both_of AS (SELECT * FROM mine UNION
                 SELECT series, {texts} FROM held SEMI JOIN mine USING (series))
        SELECT series FROM both_of GROUP BY series HAVING count(*) > 1 LIMIT 1"""  # noqa: S608
    ).fetchall()
    if found:
        pair = connection.sql(
            f"""SELECT DISTINCT concat_ws(' ', {texts}) FROM
            (SELECT series, {texts} FROM staged UNION ALL SELECT series, {texts} FROM held)
            WHERE series = {found[0][0]} ORDER BY 1 LIMIT 2"""  # noqa: S608
        ).fetchall()
        (one,), (other,) = pair
        raise ConflictingVintages(
            f"序列「{one}」和「{other}」的内部编号碰巧相同；请给其中一个换一种分类编码写法后再导入",
            f"the series '{one}' and '{other}' happen to have the same internal number; "
            "write the codes of one of them in another way and import again",
        )


def _no_conflicts(connection: "DuckDBPyConnection") -> None:
    shown = "card, region, codes, entity, first, last, vintage, value, op, unit, dataset, place"
    cell = "series, first, last, vintage"
    found = connection.sql(
        f"""WITH told AS (SELECT {cell} FROM staged GROUP BY ALL
            HAVING min(hash(value, op, unit)) <> max(hash(value, op, unit)))
        SELECT {shown} FROM staged SEMI JOIN told USING ({cell})
        ORDER BY card, region, codes, entity, first, last, vintage, file_row_number LIMIT 2"""  # noqa: S608
    ).fetchall()
    if not found:
        mine = connection.sql(
            f"""SELECT s.* FROM staged s JOIN held h USING ({cell})
            WHERE (s.value, s.op, s.unit) IS DISTINCT FROM (h.value, h.op, h.unit)
            ORDER BY s.card, s.region, s.codes, s.entity, first, last, s.file_row_number
            LIMIT 1"""  # noqa: S608
        )
        found = connection.sql(
            f"""WITH mine AS ({mine.sql_query()})
            SELECT {shown} FROM (
            SELECT 0 AS turn, {shown}, series FROM held SEMI JOIN mine USING ({cell})
            UNION ALL SELECT 1, {shown}, series FROM mine) ORDER BY turn"""  # noqa: S608
        ).fetchall()
    if found:
        raise _conflict(found[0], found[-1])


def _conflict(one: Sequence[Any], other: Sequence[Any]) -> ConflictingVintages:
    card, region, codes, entity, first, last, vintage = one[:7]
    series = " ".join(filter(None, (card, region, codes, entity)))
    months = Months(first, last)
    values = [_told(each) for each in (one, other)]
    zh = (
        f"{series} {months} 在 {vintage} 公布的数有两个：{values[0][0]} 与 {values[1][0]}。"
        "一个都没有导入；若后者是更正，请写它自己的公布日期和原因；若前者录错，请先撤回"
        "（jingwei data retract）；若是两种口径，请分成两张口径卡"
    )
    en = (
        f"{series} has two values for {months} published on {vintage}: {values[0][1]} and "
        f"{values[1][1]}. Nothing was imported. If the second is a correction, give it its own "
        "day of publication and a reason; if the first was mistyped, retract it (jingwei data "
        "retract); if they are two definitions, make two cards"
    )
    return ConflictingVintages(zh, en, where=other[10])


def _told(row: Sequence[Any]) -> tuple[str, str]:
    value, op, unit, dataset, place = row[7:12]
    if value is None:
        return f"撤回（{dataset} {place}）", f"a retraction ({dataset} {place})"
    text = f"{'' if op == '=' else op}{written_out(value, 15)}{unit}（{dataset} {place}）"
    return text, text.replace("（", " (").replace("）", ")")


def _what_is_new(connection: "DuckDBPyConnection", reason: str) -> tuple[int, int]:
    """Make the table ``fresh`` (row, whether it revises); how many rows are new, how many revise."""
    connection.execute(
        """CREATE TEMP TABLE fresh AS
        WITH own AS (
            SELECT series, first, last, precedence, value, op, unit, file_row_number
            FROM staged ANTI JOIN held USING (series, first, last, vintage, origin)
            QUALIFY row_number() OVER (
                PARTITION BY series, first, last, vintage, origin ORDER BY file_row_number) = 1),
        every AS (
            SELECT * FROM own UNION ALL
            SELECT series, first, last, precedence, value, op, unit, NULL AS file_row_number
            FROM held SEMI JOIN own USING (series, first, last)),
        beside AS (
            SELECT file_row_number, lag(true) OVER cell AS follows,
            (value, op, unit) IS DISTINCT FROM
            (lag(value) OVER cell, lag(op) OVER cell, lag(unit) OVER cell) AS differs
            FROM every WINDOW cell AS (PARTITION BY series, first, last ORDER BY precedence))
        SELECT file_row_number, coalesce(follows AND differs, false) AS revised
        FROM beside WHERE file_row_number IS NOT NULL"""
    ).fetchall()
    counted = connection.sql("SELECT count(*), count(*) FILTER (revised) FROM fresh").fetchall()
    added, revised = cast("tuple[int, int]", counted[0])
    if revised and not reason:
        silent = connection.sql(
            """SELECT count(*) OVER (), concat_ws(' ', card, region, nullif(codes, ''),
            nullif(entity, '')), first, last, vintage, dataset, place
            FROM staged JOIN fresh USING (file_row_number) WHERE revised AND reason = ''
            ORDER BY card, region, codes, entity, first, last, precedence LIMIT 1"""
        ).fetchall()
        if silent:
            count, series, first, last, vintage, dataset, place = silent[0]
            raise RevisionWithoutReason(
                f"{vintage} 的这一版改动了以前公布的数 {count} 个，第一个是 {series} "
                f"{Months(first, last)}（{place}），但没有写原因；请写明修订原因"
                "（列 reason，或整批一个：--reason），如「五经普修订」「初步核实」",
                f"the vintage of {vintage} changes {count} published values, first {series} "
                f"{Months(first, last)} ({place}), and gives no reason; say why (column reason, or "
                "one for the whole import: --reason)",
                where=dataset,
            )
    return added, revised
