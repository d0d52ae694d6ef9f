"""Disputes beside values (§15.5), where the values are used: in status, dispatch, appraisal, reports.

A dispute changes no value and no verdict. It is shown with its words, who raised it and when, and
whether it has been answered; what was raised or answered after the day asked for is not known yet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jingwei.app.pipeline import statistics
from jingwei.core import Evidence, Formula, Observation, Row, Scope, plain, written_out
from jingwei.monitor.beside import Beside
from jingwei.monitor.bridge import Naming
from jingwei.monitor.status import Standing
from jingwei.store import State, Workspace
from jingwei.store.state import Note


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute, and the value it is about as known on the day; None where it is not held."""

    note: Note
    of: str
    value: Observation | None

    @property
    def answered(self) -> bool:
        return bool(self.note.settled)

    @property
    def zh(self) -> str:
        """What is disputed, by whom, when, with which words, and the answer."""
        now = "" if self.value is None else f"现为{written_out(self.value.value)}{self.value.unit}"
        note = self.note
        answer = (
            f"已答复（{note.settled_by}，{note.settled_on}）：{note.settled}"
            if self.answered
            else "尚未答复"
        )
        return (
            f"异议#{note.id}：{self.of} {note.months} {now}；"
            f"{note.by}（{note.on}）：“{note.text}”；{answer}"
        )

    @property
    def en(self) -> str:
        note = self.note
        answer = f"answered by {note.settled_by}" if self.answered else "not answered"
        return (
            f"dispute #{note.id} about {self.of} {note.months} by {note.by} ({note.on}), {answer}"
        )

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return () if self.value is None else (self.value.evidence,)

    def record(self) -> dict[str, Any]:
        """As JSON prints it."""
        value = self.value
        return {
            "id": self.note.id, "series": self.note.series, "months": str(self.note.months),
            "of": self.of, "value": None if value is None else value.value,
            "unit": "" if value is None else value.unit, "text": self.note.text,
            "by": self.note.by, "on": self.note.on.isoformat(), "answered": self.answered,
            "answer": self.note.settled, "answered_by": self.note.settled_by,
            "evidence": plain(self.evidence),
        }  # fmt: skip


def has_state(workspace: Workspace) -> bool:
    """Whether anybody ever wrote a note: reading makes no state."""
    return bool(workspace.settings.state.url) or workspace.path(".jingwei/state.sqlite").exists()


def disputes_of(
    workspace: Workspace, as_of: date, naming: Naming | None = None, scope: Scope | None = None
) -> list[Dispute]:
    """All disputes raised by ``as_of`` about values that the scope sees, the oldest first."""
    if not has_state(workspace):
        return []
    notes = [n for n in State.of(workspace).notes() if n.kind == "dispute" and n.on <= as_of]
    if not notes:
        return []
    names = naming or statistics.naming(workspace)
    wanted = {(note.series, note.months) for note in notes}
    held: dict[tuple[str, object], Observation] = {}
    for each in statistics.observations(workspace, scope or Scope(), as_of):
        key = (str(each.series), each.months)
        if key in wanted:
            held[key] = each
    found: list[Dispute] = []
    for note in notes:
        value = held.get((note.series, note.months))
        if value is None:
            continue  # of a value that this reader may not see, or that is not known on the day
        if note.settled_on is not None and note.settled_on > as_of:
            note = replace(note, settled="", settled_by="", settled_on=None)
        found.append(Dispute(note, names.told(value.series), value))
    return found


def beside(
    standings: Iterable[Standing],
    disputes: Sequence[Dispute],
    observations: Iterable[Observation],
) -> list[Standing]:
    """Standings with the disputes about the values they rest on: the value itself, or the same
    indicator and period in a part of the region."""
    every = [*standings]
    if not disputes:
        return every
    at = {each.evidence: (each.series.card, each.months) for each in observations}
    marked: list[Standing] = []
    for each in every:
        used = {at[row] for row in _rows(each.verdict.evidence) if row in at}
        mine = [
            Beside("异议", one.zh, one.en, one.evidence)
            for one in disputes
            if one.value is not None and (one.value.series.card, one.value.months) in used
        ]
        marked.append(replace(each, beside=(*each.beside, *mine)) if mine else each)
    return marked


def _rows(evidence: Iterable[Evidence]) -> Iterator[Row]:
    for each in evidence:
        if isinstance(each, Formula):
            yield from _rows(each.of)
        elif isinstance(each, Row):
            yield each
