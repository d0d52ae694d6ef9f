"""Small mutable state beside the observations: who accepted what, notes and disputes, jobs.

SQLite in WAL mode at ``.jingwei/state.sqlite``, or PostgreSQL where ``[state] url`` of the settings
names one. Values of observations are never here: nobody edits an official value, a dispute is a note
beside it (§15.5). What was imported is told by the files themselves; the table of imports adds who
said yes and when, and can be filled again from the files (``Observations.imports``).
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from jingwei.core import InvalidFile, InvalidRequest, Months, SeriesKey
from jingwei.store.database import SCHEMA, STEPS, engine, shown, tables_of_state, told
from jingwei.store.files import inside
from jingwei.store.workspace import STATE, Workspace

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from jingwei.store.observations import ImportReceipt

NoteKind = Literal["note", "dispute"]
JobState = Literal["queued", "running", "done", "failed"]
_LOCK = 7_160_014  # of an advisory lock of PostgreSQL that only this module takes


@dataclass(frozen=True, slots=True)
class AcceptedImport:
    """A person's yes to an import. ``id`` is that of its receipt."""

    id: str
    dataset: str
    accepted_by: str
    accepted_on: date
    reason: str
    rows: int
    added: int


@dataclass(frozen=True, slots=True)
class Note:
    """Words beside a value: a remark, or a dispute by who reports or is judged by it.

    ``series`` is the text of the ``SeriesKey``; ``vintage`` the vintage it speaks of, None for the
    value whatever its vintage. A dispute is settled with words, and stays visible.
    """

    id: int
    kind: NoteKind
    series: str
    months: Months
    vintage: date | None
    text: str
    by: str
    on: date
    settled: str = ""
    settled_by: str = ""
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Work that runs apart from who asked for it. ``told`` is its result, or why it failed."""

    id: int
    kind: str
    subject: str
    state: JobState
    asked_by: str
    asked_on: date
    told: str = ""


class State:
    """The small state of a workspace. Every call is one transaction; several processes may write."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine = engine(url)
        self._tables = tables_of_state()
        with self._writing() as connection:
            self._brought_up(connection)

    @classmethod
    def of(cls, workspace: Workspace) -> "State":
        """The state of a workspace: its own file, or the database that its settings name."""
        if workspace.settings.state.url:
            return cls(workspace.settings.state.url)
        folder = inside(workspace.root, STATE)
        folder.mkdir(exist_ok=True)
        return cls(f"sqlite:///{inside(workspace.root, f'{STATE}/state.sqlite')}")

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    # ---------------------------------------------------------------------------- imports

    def accept(self, receipt: "ImportReceipt", *, by: str, on: date) -> AcceptedImport:
        """Write down who accepted an import. Said twice, the first stays."""
        accepted = AcceptedImport(
            receipt.id, receipt.dataset, by, on, receipt.reason, receipt.rows, receipt.added
        )
        table = self._table("imports")
        with self._writing() as connection:
            there = _first(connection, table.select().where(table.c.id == receipt.id))
            if there is not None:
                return AcceptedImport(**there)
            connection.execute(table.insert(), asdict(accepted))
        return accepted

    def accepted(self) -> tuple[AcceptedImport, ...]:
        """All imports that were accepted, by day and id."""
        table = self._table("imports")
        rows = self._read(table.select().order_by(table.c.accepted_on, table.c.id))
        return tuple(AcceptedImport(**row) for row in rows)

    # ------------------------------------------------------------------------------ notes

    def note(
        self,
        series: SeriesKey,
        months: Months,
        text: str,
        *,
        by: str,
        on: date,
        kind: NoteKind = "note",
        vintage: date | None = None,
    ) -> Note:
        """Put words beside a value."""
        if not text.strip():
            raise InvalidRequest(
                "备注没有内容；请写明", "the note says nothing; write it", where=str(series)
            )
        cells: dict[str, Any] = {
            "kind": kind, "series": str(series), "months": str(months), "vintage": vintage,
            "text": text, "by": by, "on": on, "settled": "", "settled_by": "", "settled_on": None,
        }  # fmt: skip
        with self._writing() as connection:
            return _note(cells | {"id": self._inserted(connection, "notes", cells)})

    def settle(self, identity: int, words: str, *, by: str, on: date) -> Note:
        """Settle a dispute with words; it stays where it is. Raises InvalidRequest if settled."""
        table = self._table("notes")
        with self._writing() as connection:
            row = _first(connection, table.select().where(table.c.id == identity))
            open_ = row is not None and row["kind"] == "dispute"
            if row is None or not open_ or row["settled"] or not words.strip():
                raise InvalidRequest(
                    f"没有编号 {identity} 的未了异议，或没有写明处理意见；编号见 jingwei data history",
                    f"there is no open dispute {identity}, or nothing was said to settle it; "
                    "see jingwei data history",
                )
            cells = {"settled": words, "settled_by": by, "settled_on": on}
            connection.execute(table.update().where(table.c.id == identity), cells)
            return _note(row | cells)

    def notes(self, series: SeriesKey | None = None) -> tuple[Note, ...]:
        """Notes and disputes, of one series or of all, in the order they were written."""
        table = self._table("notes")
        asked = table.select().order_by(table.c.id)
        if series is not None:
            asked = asked.where(table.c.series == str(series))
        return tuple(map(_note, self._read(asked)))

    # ------------------------------------------------------------------------------- jobs

    def ask(self, kind: str, subject: str, *, by: str, on: date) -> Job:
        """Queue a job."""
        cells: dict[str, Any] = {
            "kind": kind, "subject": subject, "state": "queued", "asked_by": by, "asked_on": on,
            "told": "",
        }  # fmt: skip
        with self._writing() as connection:
            cells["id"] = self._inserted(connection, "jobs", cells)
            return Job(**cells)

    def take(self, kind: str) -> Job | None:
        """The oldest queued job of a kind, now running; no two processes get the same."""
        table = self._table("jobs")
        with self._writing() as connection:
            waiting = table.select().where(table.c.kind == kind, table.c.state == "queued")
            row = _first(connection, waiting.order_by(table.c.id).limit(1))
            if row is None:
                return None
            connection.execute(table.update().where(table.c.id == row["id"]), {"state": "running"})
            found: dict[str, Any] = row | {"state": "running"}
            return Job(**found)

    def end(self, job: Job, told: str, *, failed: bool = False) -> Job:
        """A running job has ended, with its result or why it failed."""
        table = self._table("jobs")
        cells: dict[str, Any] = {"state": "failed" if failed else "done", "told": told}
        running = (table.c.id == job.id) & (table.c.state == "running")
        with self._writing() as connection:
            if connection.execute(table.update().where(running), cells).rowcount != 1:
                raise InvalidRequest(
                    f"任务 {job.id} 不在进行中", f"the job {job.id} is not running"
                )
        return Job(job.id, job.kind, job.subject, cells["state"], job.asked_by, job.asked_on, told)

    def jobs(self) -> tuple[Job, ...]:
        """All jobs, oldest first."""
        table = self._table("jobs")
        return tuple(Job(**row) for row in self._read(table.select().order_by(table.c.id)))

    # ---------------------------------------------------------------------------- our own

    def _table(self, name: str) -> "Table":
        return self._tables.tables[name]

    def _read(self, asked: Any) -> Sequence[Mapping[str, Any]]:
        with told(self._url), self._engine.connect() as connection:
            return _rows(connection, asked)

    @contextmanager
    def _writing(self) -> "Generator[Connection]":
        """A transaction that waits its turn: writers come one after the other."""
        from sqlalchemy import text

        with told(self._url), self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection

    def _inserted(self, connection: "Connection", name: str, cells: Mapping[str, Any]) -> int:
        done = connection.execute(self._table(name).insert(), dict(cells))
        assert done.inserted_primary_key is not None
        return int(done.inserted_primary_key[0])

    def _brought_up(self, connection: "Connection") -> None:
        """Make the tables of a new database, or bring those of an older one up to ``SCHEMA``."""
        from sqlalchemy import inspect

        version = self._table("schema_version")
        if not inspect(connection).has_table("schema_version"):
            version.create(connection)
            connection.execute(version.insert(), {"version": 0})
        found = int(connection.execute(version.select()).scalar_one())
        if found > SCHEMA:
            raise InvalidFile(
                f"由更新版本的经纬写入（格式 {found}，本程序到 {SCHEMA}）；请升级 jingwei",
                f"written by a later Jingwei (schema {found}, this one knows {SCHEMA}); upgrade jingwei",
                where=shown(self._url),
            )
        for step in STEPS[found:]:
            for statement in step(self._tables):
                connection.execute(statement)
        if found < SCHEMA:
            connection.execute(version.update(), {"version": SCHEMA})


def _rows(connection: "Connection", asked: Any) -> list[dict[str, Any]]:
    return [
        {str(name): cell for name, cell in each.items()}
        for each in connection.execute(asked).mappings()
    ]


def _first(connection: "Connection", asked: Any) -> dict[str, Any] | None:
    return next(iter(_rows(connection, asked)), None)


def _note(cells: Mapping[str, Any]) -> Note:
    found: dict[str, Any] = dict(cells)
    found["months"] = Months.parse(found["months"])
    return Note(**found)
