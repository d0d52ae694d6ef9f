"""Files as offices sent them, with the register that says who sent what and when (来文登记).

A register is a CSV beside the files: ``文件`` (path from the register), ``收到日期``, ``数据来源``
(统计调查, 行政记录, 授权申报, 公开) and ``说明``. It spares a person the same three answers for every
file: the day is the vintage, the source the legal origin, the remark the reason of a revision.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jingwei.app.pipeline.intake import Taken, accepted, take
from jingwei.core import LEGAL_ORIGINS, InvalidFile, JingweiError, LegalOrigin
from jingwei.statistics.intake import Answers
from jingwei.store import Workspace
from jingwei.store.yaml_read import decoded

_COLUMNS = ("文件", "收到日期", "数据来源")


@dataclass(frozen=True, slots=True)
class Received:
    """A file, the day it was received, its legal origin and a remark."""

    path: Path
    day: date
    origin: LegalOrigin
    remark: str


def received(register: Path) -> list[Received]:
    """The files of a register, the oldest first. Raises InvalidFile with the line of the fault."""
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
        name, day, source = (row[column].strip() for column in _COLUMNS)
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
        found.append(Received(path, known, origins[source], (row.get("说明") or "").strip()))
    return sorted(found, key=lambda each: (each.day, each.path.as_posix()))


def receive(
    workspace: Workspace,
    files: Sequence[Received],
    tell: Callable[[JingweiError], None],
    *,
    on: date,
    by: str,
    watch: Callable[[list[Path]], Iterable[Path]] = iter,
) -> list[tuple[Taken, int]]:
    """Import files as registered, each whole or not at all; cells with open questions stay out.

    Gives what was read and how many new values it brought; a fault of one file is told and the
    others are still done. What is doubtful is found afterwards, in all of it together
    (``intake.stored_findings``).
    """
    by_path = {each.path: each for each in files}
    done: list[tuple[Taken, int]] = []
    for path in watch([*by_path]):
        each = by_path[path]
        try:
            taken = take(
                workspace, path, Answers(), published=each.day, origin=each.origin,
                reason=each.remark, today=on, checked=False,
            )  # fmt: skip
            receipt = accepted(
                workspace, taken.proposal, taken.listed, on=on, by=by, skip_open=True
            )
        except JingweiError as fault:
            tell(fault)
            continue
        done.append((taken, 0 if receipt is None else receipt.added))
    return done
