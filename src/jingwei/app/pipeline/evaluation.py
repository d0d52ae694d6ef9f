"""Every plan of a workspace evaluated on a day, and the baselines that follow for the next one.

A row for every target: its verdict, its class, where it stands in the issued text, and the latest
value that is known about it. What cannot be told names the missing fact and who holds it; a row
with neither verdict nor holder would be an error of the program.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jingwei.app.pipeline.baselines import Baseline, baseline_table, baselines
from jingwei.app.pipeline.judging import settle_in
from jingwei.app.pipeline.library import Held, Library
from jingwei.app.pipeline.monitoring import status_of
from jingwei.app.pipeline.records import settled_record
from jingwei.core import plain
from jingwei.plans.amount import written

if TYPE_CHECKING:
    from jingwei.monitor.settlement import Settled
    from jingwei.monitor.status import Class
    from jingwei.store.tables import Table

ANSWERS = ("met", "not_met", "depends", "unknown")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One target. ``status`` is its class on the day; ``place`` where the issued text says it, as
    the reviewer of the plan file noted; ``latest`` the baselines comparable with it."""

    plan: Held
    settled: "Settled"
    status: "Class"
    place: str
    latest: tuple[Baseline, ...]

    def record(self) -> dict[str, Any]:
        """As JSON prints it."""
        return {
            "plan": self.plan.title,
            "place": self.place,
            **settled_record(self.settled),
            "status": self.status,
            "latest": [plain(each) for each in self.latest],
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is known of the plans on ``as_of``: the rows in the order of the plans, the baselines."""

    as_of: date
    rows: tuple[Evaluated, ...]
    baselines: tuple[Baseline, ...]

    def tally(self) -> dict[str, dict[str, int]]:
        """How many targets of each plan have which answer; what a plan says twice counts once."""
        counts: dict[str, dict[str, int]] = {}
        for row in self.rows:
            own = counts.setdefault(row.plan.title, dict.fromkeys(ANSWERS, 0))
            if not row.settled.same_as:
                own[row.settled.verdict.answer] += 1
        return counts

    def table(self) -> "Table":
        """A row a target, for a terminal or a sheet."""
        from jingwei.store.tables import Table

        columns = {
            "plan": "规划 plan",
            "place": "位置 place",
            "indicator": "指标 indicator",
            "goal": "目标 goal",
            "attr": "属性 kind",
            "answer": "结论 verdict",
            "class": "类别 class",
            "latest": "最近所知 latest known",
            "reason": "理由 reason",
            "missing": "缺什么 missing",
            "holder": "掌握部门 holder",
        }
        return Table("evaluation", columns, [_cells(row) for row in self.rows])

    def files(self) -> Mapping[str, bytes]:
        """evaluation.json and .csv, baselines.json and .csv; the same facts, the same bytes."""
        from jingwei.store.tables import csv_bytes

        sheet = baseline_table(self.baselines)
        return {
            "evaluation.json": _json(
                {
                    "as_of": self.as_of.isoformat(),
                    "tally": self.tally(),
                    "targets": [row.record() for row in self.rows],
                }
            ),
            "evaluation.csv": csv_bytes(self.table()),
            "baselines.json": _json(
                {"as_of": self.as_of.isoformat(), "baselines": plain(self.baselines)}
            ),
            "baselines.csv": csv_bytes(sheet),
        }


def evaluate(library: Library, as_of: date) -> Evaluation:
    """Settle every plan, tell its status on ``as_of``, and draw the baselines."""
    settled = {plan.name: settle_in(library, plan, as_of) for plan in library.plans}
    missing = {each.target.id: each.verdict.missing for found in settled.values() for each in found}
    drawn = tuple(baselines(library, as_of, missing))
    rows = [
        row
        for plan in library.plans
        for row in _rows(library, plan, settled[plan.name], as_of, drawn)
    ]
    return Evaluation(as_of, tuple(rows), drawn)


def _rows(
    library: Library,
    plan: Held,
    settled: "Sequence[Settled]",
    as_of: date,
    drawn: Sequence[Baseline],
) -> Iterator[Evaluated]:
    classes: dict[str, Class] = {
        each.target.id: each.class_ for each in status_of(library, plan, as_of)
    }
    entries = plan.file.statements if plan.file is not None else ()
    places = {entry.record.id: entry.review.note for entry in entries}
    for each in settled:
        said = f"{plan.title}：{each.target.subject} {written(each.target)}"
        latest = tuple(one for one in drawn if one.value is not None and said in one.targets)
        yield Evaluated(plan, each, classes[each.target.id], places.get(each.target.id, ""), latest)


def _cells(row: Evaluated) -> dict[str, str]:
    target, verdict = row.settled.target, row.settled.verdict
    return {
        "plan": row.plan.title,
        "place": row.place,
        "indicator": target.subject,
        "goal": written(target),
        "attr": target.attr or "",
        "answer": verdict.answer,
        "class": row.settled.class_,
        "latest": "；".join(each.told for each in row.latest),
        "reason": "；".join(
            [verdict.reason, *(f"{r.reading}：{r.answer}" for r in verdict.readings)]
        ),
        "missing": "；".join(each.fact for each in verdict.missing),
        "holder": "；".join(each.holder for each in verdict.missing),
    }


def _json(content: Any) -> bytes:
    import json

    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
