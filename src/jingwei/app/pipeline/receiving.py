"""Files as offices sent them, with the register that says who sent what and when (来文登记).

A register is a CSV beside the files: ``文件`` (path from the register), ``收到日期``, ``数据来源``
(统计调查, 行政记录, 授权申报, 公开) and ``说明``. It spares a person the same three answers for every
file: the day is the vintage, the source the legal origin, the remark the reason of a revision.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jingwei.app.pipeline.companion import shared
from jingwei.app.pipeline.intake import Taken, declared_of, holding, known, store_of
from jingwei.app.pipeline.statistics import once
from jingwei.core import LEGAL_ORIGINS, InvalidFile, JingweiError, LegalOrigin, Observation
from jingwei.statistics.checks import RULES, IntakeFinding, against_store, check
from jingwei.statistics.enterprises import add, enterprises
from jingwei.statistics.intake import (
    Declared,
    Remark,
    observations,
    open_book,
    propose,
    save,
    signed,
    understand,
)
from jingwei.store import Workspace
from jingwei.store.observations import (
    ConflictingVintages,
    InvalidObservations,
    RevisionWithoutReason,
)
from jingwei.store.yaml_read import decoded

_COLUMNS = ("文件", "收到日期", "数据来源")


@dataclass(frozen=True, slots=True)
class Received:
    """A file, the day it was received, its legal origin and a remark."""

    path: Path
    day: date
    origin: LegalOrigin
    remark: str


def received(register: Path, today: date | None = None) -> list[Received]:
    """The files of a register, the oldest first. Raises InvalidFile with the line of the fault; a day
    after ``today`` (None: not known) is one."""
    origins: dict[str, LegalOrigin] = {word: origin for origin, word in LEGAL_ORIGINS.items()}
    try:
        text = decoded(register.read_bytes(), str(register)).removeprefix("\ufeff")
    except OSError as fault:
        raise InvalidFile(
            f"来文登记读不出来（{fault.strerror}）；请检查路径",
            f"the register cannot be read ({fault.strerror}); check the path",
            where=str(register),
        ) from fault
    rows = csv.DictReader(text.splitlines())
    missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise InvalidFile(
            f"来文登记缺少列：{'、'.join(missing)}",
            f"the register lacks the columns {', '.join(missing)}",
            where=f"{register}:1",
        )
    found: list[Received] = []
    for line, row in enumerate(rows, 2):
        name, day, source = ((row[column] or "").strip() for column in _COLUMNS)
        if not name and not day and not source:
            continue  # an empty line
        if not name or not day or not source:
            lacking = [c for c in _COLUMNS if not (row[c] or "").strip()]
            raise InvalidFile(
                f"这一行没有写{'、'.join(lacking)}；请补上，或删去这一行",
                f"this row lacks {', '.join(lacking)}; fill it in or take the row out",
                where=f"{register}:{line}",
            )
        path = register.parent / name
        if source not in origins or not path.resolve().is_relative_to(register.parent.resolve()):
            raise InvalidFile(
                f"数据来源应为{'、'.join(origins)}，文件应在登记表所在的文件夹之内；这里是「{source}」「{name}」",
                f"the source is one of {', '.join(origins)} and the file lies beside the register: "
                f"'{source}', '{name}'",
                where=f"{register}:{line}",
            )
        try:
            known = date.fromisoformat(day)
        except ValueError as fault:
            raise InvalidFile(
                f"收到日期应写作 2025-03-01，这里是「{day}」",
                f"the day is written 2025-03-01, not '{day}'",
                where=f"{register}:{line}",
            ) from fault
        if today is not None and known > today:
            raise InvalidFile(
                f"收到日期 {known} 晚于今天（{today}），还没有收到；请核对",
                f"the day {known} is after today ({today}); check it",
                where=f"{register}:{line}",
            )
        found.append(Received(path, known, origins[source], (row.get("说明") or "").strip()))
    return sorted(found, key=lambda each: (each.day, each.path.as_posix()))


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a file: stored with ``added`` new values, or held and why (both languages).

    ``findings`` are the contradictions for which it is held; its proposal waits for a person.
    """

    of: Received
    taken: Taken
    added: int = 0
    held: tuple[str, str] | None = None
    findings: tuple[IntakeFinding, ...] = ()

    def way_out(self, shown: str) -> str:
        """The command that takes a held file in all the same, or asks what it leaves open; ``shown``
        is its path as a person writes it."""
        if self.taken.proposal.entries:
            return f"jingwei data import --accept {self.taken.proposal.id}"
        return f"jingwei data import {shown}"


def receive(
    workspace: Workspace,
    files: Sequence[Received],
    tell: Callable[[JingweiError], None],
    *,
    on: date,
    by: str,
    dataset: str,
    doubtful: bool = False,
    watch: Callable[[list[Path]], Iterable[Path]] = iter,
    beside: Executor | None = None,
) -> list[Arrival]:
    """Import files as registered, each whole or not at all; cells with open questions stay out.
    The caller holds the lock of the workspace.

    dataset:  the name of the register, under which the store keeps the import
    doubtful: store also the files that contradict themselves; by default they are held (§18.7)
    beside:   a second process that reads part of the files

    The faults of single files are told and the others are still done. What is held stays as a
    proposal that a person may accept, correct or let be.
    """
    read: list[Arrival] = []
    for each in _all_read(workspace, files, on, doubtful, watch, beside):
        if isinstance(each, JingweiError):
            tell(each)
        else:
            read.append(each)
    done = _stored(workspace, read, on=on, by=by, dataset=dataset)
    for each in done:
        proposal = each.taken.proposal
        if each.held is None:
            proposal = signed(proposal, on=on, by=by)
        save(workspace, proposal, each.of.path)
    listed = [one for each in done if each.held is None for one in each.taken.listed]
    if listed:
        add(workspace, listed)
    return done


def _all_read(
    workspace: Workspace,
    files: Sequence[Received],
    on: date,
    doubtful: bool,
    watch: Callable[[list[Path]], Iterable[Path]],
    beside: Executor | None,
) -> list[Arrival | JingweiError]:
    """Every file as it was read, or its fault, in the order given; the largest are read first."""
    reader = _Reader(workspace.root, on, doubtful)
    by_path = {each.path: each for each in files}
    jobs = sorted(by_path.values(), key=_size, reverse=True)
    read: dict[Path, Arrival | JingweiError] = {}
    answers = shared(beside, reader, jobs)
    for _ in watch([each.path for each in jobs]):
        at, answer = next(answers)
        read[jobs[at].path] = answer
    return [read[path] for path in by_path]


def _size(of: Received) -> int:
    return of.path.stat().st_size if of.path.is_file() else 0


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads files of one workspace, in whichever process."""

    root: Path
    on: date
    doubtful: bool

    def __call__(self, of: Received) -> Arrival | JingweiError:
        workspace = Workspace.open(self.root)
        names = once(workspace, "declared", lambda: declared_of(workspace))
        stored = () if self.doubtful else once(workspace, "known", lambda: known(workspace))
        try:
            found = _read(names, stored, of, self.on, self.doubtful)
        except JingweiError as fault:
            return fault
        # what the proposal holds need not cross from one process to the other twice
        rest = replace(found.taken.reading, figures=(), enterprises=())
        return replace(found, taken=replace(found.taken, reading=rest))


def _read(
    names: Declared, stored: Sequence[Observation], of: Received, on: date, doubtful: bool
) -> Arrival:
    """A file understood and held against itself. Raises what the reading raises."""
    reading = understand(open_book(of.path, of.path.name), names)
    proposal = propose(reading, of.path, published=of.day, origin=of.origin, reason=of.remark)
    listed = enterprises(reading.enterprises, names, of.day.isoformat())
    taken = Taken(of.path, reading, proposal, (), listed)
    if not proposal.entries and not listed:
        why, *more = reading.questions or reading.refusals or (_EMPTY,)
        zh, en = (f"等{1 + len(more)}处", f" and {len(more)} more") if more else ("", "")
        return Arrival(
            of, taken, held=(f"没有可入库的数：{why.zh}{zh}", f"nothing to store: {why.en}{en}")
        )
    found = [] if doubtful else check([reading], names, today=on, published={reading.file: of.day})
    told = {place for each in found for place in each.places}
    found += [each for each in against_store([reading], names, stored) if not told & {*each.places}]
    against = holding(found)
    if not against:
        return Arrival(of, taken)
    kinds = Counter(RULES[each.rule] for each in against)
    zh = "、".join(f"{name[0]}{count}处" for name, count in kinds.items())
    en = ", ".join(f"{name[1]} ({count})" for name, count in kinds.items())
    return Arrival(
        of,
        taken,
        held=(
            f"自相矛盾或与已入库的数矛盾：{zh}",
            f"it contradicts itself or what is stored: {en}",
        ),
        findings=against,
    )


_EMPTY = Remark("表里没有数据", "no data in its tables")


def _stored(
    workspace: Workspace, read: Sequence[Arrival], *, on: date, by: str, dataset: str
) -> list[Arrival]:
    """All that is not held, in as few imports of the store as can be; what it refuses is held."""
    waiting: dict[Path, list[Observation]] = {}
    came: dict[Path, int | JingweiError] = {}
    for each in read:
        if each.held is None and each.taken.proposal.entries:
            try:
                waiting[each.of.path] = [
                    # files of one import have each a reason of their own
                    replace(one, reason=one.reason or each.of.remark)
                    for one in observations(each.taken.proposal)
                ]
            except JingweiError as fault:
                came[each.of.path] = fault
    store = store_of(workspace)

    def put(files: dict[Path, list[Observation]]) -> None:
        batch = [one for rows in files.values() for one in rows]
        if not batch:
            return
        try:
            receipt = store.append(batch, dataset=dataset, imported_on=on, by=by)
        except (ConflictingVintages, InvalidObservations, RevisionWithoutReason) as fault:
            guilty = [path for path in files if path.name == fault.where] or [*files]
            if len(guilty) == 1:
                came[guilty[0]] = fault
                put({path: rows for path, rows in files.items() if path != guilty[0]})
            else:
                for path in files:
                    put({path: files[path]})
        else:
            new = store.added_by(receipt)
            came.update((path, new[path.name]) for path in files)

    for some in _apart(waiting):
        put(some)
    return [_settled(each, came.get(each.of.path, 0)) for each in read]


def _settled(each: Arrival, came: int | JingweiError) -> Arrival:
    if isinstance(came, JingweiError):
        return replace(each, held=(came.zh, came.en))
    return replace(each, added=came)


def _apart(waiting: dict[Path, list[Observation]]) -> Iterator[dict[Path, list[Observation]]]:
    """The files in groups that hold no name twice: the store knows a file by its name."""
    group: dict[Path, list[Observation]] = {}
    names: set[str] = set()
    for path, rows in waiting.items():
        if path.name in names:
            yield group
            group, names = {}, set()
        group[path] = rows
        names.add(path.name)
    yield group
