"""What offices reported on tasks and programmes: rows of ``data/returns/*.csv``.

    task,state,date,by,note

``task`` is the id of a task or programme (``plans/*.yaml`` holds it), ``state`` one of ``STATES``,
``date`` the day of the report, ``by`` who reports.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jingwei.core import InvalidFile, Row
from jingwei.statistics.headed import Headed, Line, headed
from jingwei.store.yaml_read import decoded

if TYPE_CHECKING:
    from jingwei.store import Workspace

STATES = ("未启动", "推进中", "已完成", "已停止")
_COLUMNS, _OPTIONAL = ("task", "state", "date", "by"), ("note",)


@dataclass(frozen=True, slots=True)
class Returned:
    """One report on a task: its state in the words of the form, the day, who said so."""

    state: str
    day: str
    by: str
    note: str
    evidence: Row


def returned(workspace: "Workspace", as_of: date) -> Mapping[str, Returned]:
    """The newest report on or before ``as_of``, by the id of the task.

    Raises InvalidFile for a state or a day that is none, and for two reports of one day that differ.
    """
    found: dict[str, Returned] = {}
    folder = workspace.path("data/returns")
    paths = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    for path in paths:
        if path.name.startswith("."):
            continue
        name = workspace.shown(path)
        file = headed(
            decoded(path.read_bytes(), name).removeprefix("\ufeff"), name, _COLUMNS, _OPTIONAL
        )
        for line in file.rows:
            task, one = line.cells["task"], _read(file, line)
            if one.day > as_of.isoformat():
                continue
            known = found.get(task)
            if known is not None and known.day == one.day and known.state != one.state:
                raise file.wrong(
                    line.number,
                    f"任务{task}在{one.day}有两种进展：{known.state}（{known.evidence}）、{one.state}；请留下一条",
                    f"task {task} has two states on {one.day}: {known.state} and {one.state}; keep one",
                )
            if known is None or known.day < one.day:
                found[task] = one
    return found


def _read(file: Headed, line: Line) -> Returned:
    cells = line.cells
    for column in _COLUMNS:
        if not cells[column]:
            raise file.wrong(line.number, f"缺少{column}", f"{column} is missing")
    try:
        day = date.fromisoformat(cells["date"]).isoformat()
    except ValueError:
        raise _wrong_day(file, line) from None
    if cells["state"] not in STATES:
        raise file.wrong(
            line.number,
            f"“{cells['state']}”不是进展；可写：{'、'.join(STATES)}",
            f"not a state: {cells['state']}; one of {', '.join(STATES)}",
        )
    proof = Row(file.file, day, f"第{line.number}行")
    return Returned(cells["state"], day, cells["by"], cells.get("note", ""), proof)


def _wrong_day(file: Headed, line: Line) -> InvalidFile:
    day = line.cells["date"]
    return file.wrong(
        line.number, f"“{day}”不是日期，请写成 2024-06-30", f"not a date: {day}; write 2024-06-30"
    )
