"""``Observations``: the door of the store, to append, read, ask for the past, and compact."""

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jingwei.core import InvalidRequest, Months, Observation, Row, Scope, SeriesKey
from jingwei.store.arrow import arrow, parquet
from jingwei.store.files import inside, locked
from jingwei.store.observations import generations
from jingwei.store.observations.engine import (
    MEMORY_MB,
    THREADS,
    connected,
    remove_dead_spills,
    rows_of,
)
from jingwei.store.observations.importing import ORDER, ImportReceipt, bring_in, write, writing
from jingwei.store.observations.rows import (
    CHUNK,
    Batch,
    Retraction,
    batches,
    codes_text,
    observed,
    schema,
)
from jingwei.store.observations.vintages import known_on, layered, visible
from jingwei.store.workspace import STATE, Workspace

if TYPE_CHECKING:
    import narwhals as nw
    from duckdb import DuckDBPyConnection

FOLDER = "data/observations"


class Observations:
    """The observations of a workspace.

    Reading takes no lock and sees whole imports only: those that were committed when the read
    began. ``without`` names damaged files that a person chose to leave out; without it a damaged
    file stops every read. ``memory_mb`` and ``threads`` bound the engine. One instance serves one
    thread; its frames live as long as it does.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        without: Collection[str] = (),
        memory_mb: int = MEMORY_MB,
        threads: int = THREADS,
    ) -> None:
        self._root = workspace.root
        self._without = frozenset(without)
        self._limits = {"memory_mb": memory_mb, "threads": threads}
        self._reading: DuckDBPyConnection | None = None

    # ------------------------------------------------------------------------------ appending

    def append(
        self,
        batch: Batch,
        *,
        dataset: str,
        imported_on: date,
        reason: str = "",
        by: str = "",
        wait: float = 600.0,
    ) -> ImportReceipt:
        """Add a batch, all of it or nothing; when this returns it is on the disk.

        batch:   ``Observation`` objects, or rows as an Arrow table, reader or batches, or as any
                 frame Narwhals knows, with the columns of ``jingwei.store.observations.rows``
                 (``period`` as text may stand for ``first`` and ``last``)
        dataset: the name of what is imported, mostly the file as received
        reason:  why values published before are changed, for rows that do not say so themselves
        wait:    seconds to wait for another import

        What is there already with the same value is not added again. Raises InvalidObservations,
        ConflictingVintages (§15.2), RevisionWithoutReason (§15.3), CannotWrite, Busy.
        """
        if not dataset:
            raise InvalidRequest(
                "没有写明数据集名称；没有来源的数不能入库",
                "the dataset has no name; a value without a source is not kept",
            )
        asked = ImportReceipt("", dataset, imported_on, by, reason, 0, 0, 0, 0, "")
        with self._importing(wait) as connection:
            return bring_in(self._folder, connection, batches(batch, dataset), asked)

    def retract(
        self,
        series: SeriesKey,
        months: Months,
        *,
        on: date,
        reason: str,
        dataset: str,
        by: str = "",
        wait: float = 600.0,
    ) -> ImportReceipt:
        """Withdraw the value of a series and period from the day ``on``; nothing is deleted.

        What was known before that day can still be asked for; a later vintage puts a value back
        (§15.4). Raises InvalidRequest where there is nothing to withdraw by that day.
        """
        if not reason:
            raise InvalidRequest(
                "撤回必须写明原因", "a retraction needs a reason", where=str(series)
            )
        told = [
            each
            for each in self.history([series], Scope.everything(), months=months)
            if each.vintage <= on
        ]
        newest = told[-1] if told else None
        if newest is None or isinstance(newest, Retraction) or newest.vintage == on:
            raise InvalidRequest(
                f"{on} 之前没有 {months} 的数可撤回；撤回日期须晚于该数的公布日期，"
                "已有的各版见 jingwei data history",
                f"there is no value of {months} from before {on} to withdraw; the day must be later "
                "than its publication, see jingwei data history",
                where=str(series),
            )
        row = _retraction(newest, on, reason, Row(dataset, on.isoformat(), f"{series} {months}"))
        asked = ImportReceipt("", dataset, on, by, reason, 0, 0, 0, 0, "")
        with self._importing(wait) as connection:
            return bring_in(self._folder, connection, [row], asked)

    def compact(self, *, wait: float = 600.0) -> int:
        """Merge the files of all imports into one; gives how many there were.

        No row is lost, readers that began before go on with the files they know (these are
        removed by the next compaction), and nobody sees a state in between.
        """
        with self._importing(wait) as connection:
            kept = generations.checked(generations.files(self._folder))
            if len(kept) < 2:
                return len(kept)

            before = generations.present(self._folder)
            with writing(self._folder) as written:
                relation = rows_of(connection, [each.path for each in kept]).order(ORDER)
                records = [record for each in kept for record in each.imports]
                write(relation.to_arrow_reader(CHUNK), written, records)
                generations.commit(written, self._folder, before + 1, 1)
            generations.point(self._folder, before + 1)
            for path in self._folder.glob("g*.parquet"):
                if int(path.name[1:5]) < before:
                    path.unlink()
            return len(kept)

    # -------------------------------------------------------------------------------- reading

    def imports(self) -> tuple[ImportReceipt, ...]:
        """The receipts of all imports, oldest first, as the files themselves tell them."""
        return tuple(
            ImportReceipt.of(record, file.path.name)
            for file in generations.checked(self._files())
            for record in file.imports
        )

    def added_by(self, receipt: ImportReceipt) -> Counter[str]:
        """How many rows an import has just added, by the dataset that they came from."""
        if not receipt.file or receipt.repeated:
            return Counter()
        path = inside(self._root, f"{FOLDER}/{receipt.file}")
        told = parquet().read_table(path, columns=["dataset"])["dataset"].value_counts()
        return Counter({each["values"]: each["counts"] for each in told.to_pylist()})

    def rows(
        self, scope: Scope, *, scan: Callable[[list[str]], Any] | None = None
    ) -> "nw.LazyFrame[Any]":
        """Every row that ``scope`` sees, of all vintages, retractions included (null value).

        ``scan`` reads Parquet files with another engine (``polars.scan_parquet``) than our own.
        """
        import narwhals as nw

        paths = [each.path for each in generations.checked(self._files())]
        if scan is not None and paths:
            return visible(nw.from_native(scan([str(each) for each in paths])), scope)
        return visible(nw.from_native(rows_of(self._connection(), paths)), scope)

    def frame(
        self,
        scope: Scope,
        *,
        as_of: date | None = None,
        scan: Callable[[list[str]], Any] | None = None,
    ) -> "nw.LazyFrame[Any]":
        """The newest vintage on or before ``as_of`` (None: of all) that ``scope`` sees, lazily."""
        import narwhals as nw

        if scan is not None:
            return known_on(self.rows(scope, scan=scan), as_of)

        def rows(of: Sequence[generations.Kept]) -> "nw.LazyFrame[Any]":
            paths = [each.path for each in of]
            return visible(nw.from_native(rows_of(self._connection(), paths)), scope)

        return layered(generations.checked(self._files()), as_of, rows)

    def read(
        self,
        scope: Scope,
        *,
        as_of: date | None = None,
        cards: Iterable[str] | None = None,
        regions: Iterable[str] | None = None,
        entities: Iterable[str] | None = None,
        months: Months | None = None,
    ) -> tuple[Observation, ...]:
        """The observations known on ``as_of``, sorted by series and months.

        cards:    ``id@version``, or ``id`` for every version of the card; None: all
        entities: of these enterprises only ("" is the aggregates); None: all that the scope sees
        months:   periods that lie within these months
        """
        frame = _narrowed(self.rows(scope), cards, regions, entities, months)
        rows = _listed(known_on(frame, as_of))
        return tuple(cast("Iterable[Observation]", observed(rows)))

    def history(
        self,
        series: Sequence[SeriesKey] | None,
        scope: Scope,
        *,
        months: Months | None = None,
        as_of: date | None = None,
        cards: Iterable[str] | None = None,
        regions: Iterable[str] | None = None,
        entities: Iterable[str] | None = None,
    ) -> tuple[Observation | Retraction, ...]:
        """All vintages of the series (None: of all), oldest first within each series and period."""
        import narwhals as nw

        if series is not None:
            if not series:
                return ()
            cards = {each.card for each in series}
            regions = {each.region for each in series}
            entities = {each.entity for each in series}
        frame = _narrowed(self.rows(scope), cards, regions, entities, months)
        if series is not None:
            frame = frame.filter(
                nw.any_horizontal(
                    *(
                        (nw.col("card") == each.card)
                        & (nw.col("region") == each.region)
                        & (nw.col("codes") == codes_text(each.codes))
                        & (nw.col("entity") == each.entity)
                        for each in series
                    ),
                    ignore_nulls=False,
                )
            )
        if as_of is not None:
            frame = frame.filter(nw.col("vintage") <= as_of)
        return tuple(observed(_listed(frame)))

    def newest(self) -> date | None:
        """The newest vintage stored, of retractions too; None where nothing is."""
        import narwhals as nw

        frame = self.rows(Scope.everything()).select(nw.col("vintage").max())
        return cast("date | None", frame.collect("pyarrow").to_arrow()["vintage"][0].as_py())

    # ------------------------------------------------------------------------------- our own

    @property
    def _folder(self) -> Path:
        return inside(self._root, FOLDER)

    def _files(self) -> tuple[Path, ...]:
        return generations.files(self._folder, self._without)

    def _connection(self) -> "DuckDBPyConnection":
        if self._reading is None:
            self._reading = connected(self._spill, **self._limits)
        return self._reading

    @property
    def _spill(self) -> Path:
        return inside(self._root, f"{STATE}/spill")

    @contextmanager
    def _importing(self, wait: float) -> "Generator[DuckDBPyConnection]":
        """The lock of the store, and an engine of its own."""
        import duckdb

        self._folder.mkdir(parents=True, exist_ok=True)
        state = inside(self._root, STATE)
        state.mkdir(exist_ok=True)
        with locked(state / "observations.lock", wait):
            generations.remove_dead(self._folder)
            remove_dead_spills(self._spill)
            connection = connected(self._spill, **self._limits)
            try:
                yield connection
            except (duckdb.IOException, duckdb.OutOfMemoryException) as fault:
                raise generations.cannot_write(self._folder, str(fault).splitlines()[0]) from fault
            finally:
                connection.close()


def _narrowed(
    frame: Any,
    cards: Iterable[str] | None,
    regions: Iterable[str] | None,
    entities: Iterable[str] | None,
    months: Months | None,
) -> Any:
    import narwhals as nw

    if cards is not None:
        wanted = sorted(cards)
        whole = nw.col("card").is_in(wanted)
        for each in wanted:
            if "@" not in each:
                whole = whole | nw.col("card").str.starts_with(f"{each}@")
        frame = frame.filter(whole)
    for column, values in (("region", regions), ("entity", entities)):
        if values is not None:
            frame = frame.filter(nw.col(column).is_in(sorted(values)))
    if months is not None:
        frame = frame.filter(nw.col("first") >= months.first, nw.col("last") <= months.last)
    return frame


def _listed(frame: Any) -> list[dict[str, Any]]:
    return frame.sort(*ORDER.split(", ")).collect("pyarrow").to_arrow().to_pylist()


def _retraction(of: Observation, on: date, reason: str, evidence: Row) -> Any:
    """The row of a retraction: the series and unit of what it withdraws, and no value."""
    pa = arrow()

    cells: tuple[Any, ...] = (
        of.series.card, of.series.region, codes_text(of.series.codes), of.series.entity,
        of.months.first, of.months.last, None, "=", of.unit, on, of.origin, reason,
        evidence.dataset, evidence.vintage, evidence.key,
    )  # fmt: skip
    return pa.RecordBatch.from_pylist(
        [dict(zip(schema().names, cells, strict=True))], schema=schema()
    )
