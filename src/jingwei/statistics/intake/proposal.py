"""A proposal: what an import would store, for a person to accept or not.

It is a file of the workspace (``data/proposals/ID.json``) that names every value with its card, its
place in the file received and the words that said so. Accepting it appends all of it to the store,
or nothing; the file received is kept beside it. A proposal with open questions is not accepted
unless what they concern is left out on purpose.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol, cast

from jingwei.core import (
    LEGAL_ORIGINS,
    InvalidFile,
    InvalidRequest,
    LegalOrigin,
    Months,
    Observation,
    Op,
    Row,
    SeriesKey,
    written_out,
)
from jingwei.statistics.intake.figures import FileReading
from jingwei.store import Workspace, copy_atomically, sha256_of, write_atomically
from jingwei.store.yaml_read import decoded

FOLDER = "data/proposals"
RECEIVED = "data/received"


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a proposal, in the unit of its card, and where it was read."""

    card: str
    region: str
    codes: tuple[tuple[str, str], ...]
    entity: str
    months: str
    value: float
    unit: str
    op: Op
    origin: LegalOrigin
    sheet: str
    row: int
    field: str
    written: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an import would add. ``published`` is the vintage (ISO), "" while it is not known.

    ``open`` are questions and refusals as told to the person; ``accepted`` names who and when.
    """

    id: str
    file: str
    sha256: str
    published: str
    reason: str
    entries: tuple[Entry, ...]
    questions: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    accepted_by: str = ""
    accepted_on: str = ""


class Door(Protocol):
    """What intake needs of the store: all of a batch or nothing."""

    def append(
        self,
        batch: Sequence[Observation],
        *,
        dataset: str,
        imported_on: date,
        reason: str = "",
        by: str = "",
    ) -> Any: ...


def propose(
    reading: FileReading,
    path: Path,
    *,
    published: date | None,
    origin: LegalOrigin | None = None,
    reason: str = "",
) -> Proposal:
    """The proposal of one file. A value is of the card's legal origin unless ``origin`` says other."""
    entries: list[Entry] = []
    for figure in reading.figures:
        card = figure.card
        if card is None or figure.measure != "level" or not figure.known:
            continue
        place = figure.place
        entries.append(
            Entry(
                card.key, figure.region, figure.codes, figure.entity, str(figure.months),
                float(f"{written_out(figure.value, 12)}"), figure.unit, figure.op, origin or card.origin,
                place.sheet, place.row, place.field, figure.printed,
            )
        )  # fmt: skip
    digest = sha256_of(path)
    return _numbered(
        Proposal(
            "", reading.file, digest, published.isoformat() if published else "", reason,
            tuple(entries), tuple(each.zh for each in reading.questions),
            tuple(f"{each.place}：{each.zh}" for each in reading.refusals),
        )
    )  # fmt: skip


def _record(proposal: Proposal) -> dict[str, Any]:
    """The fields of a proposal and of its entries; as ``asdict``, without copying every text."""
    told = {name: getattr(proposal, name) for name in Proposal.__slots__}
    entries = [{name: getattr(each, name) for name in Entry.__slots__} for each in proposal.entries]
    return told | {"entries": entries}


def _numbered(proposal: Proposal) -> Proposal:
    content = json.dumps(_record(replace(proposal, id="")), ensure_ascii=False, sort_keys=True)
    return replace(proposal, id=hashlib.sha256(content.encode()).hexdigest()[:10])


def corrected(
    proposal: Proposal, changes: Sequence[tuple[str, int, str, float | None]], reason: str
) -> Proposal:
    """The proposal with cells changed: (sheet, row, field, value in the unit of the card or None
    to leave it out). The file received stays as it is. Raises InvalidRequest for an unknown cell."""
    wanted = {(sheet, row, field): value for sheet, row, field, value in changes}
    entries: list[Entry] = []
    met: set[tuple[str, int, str]] = set()
    for entry in proposal.entries:
        place = (entry.sheet, entry.row, entry.field)
        if place not in wanted:
            entries.append(entry)
            continue
        met.add(place)
        value = wanted[place]
        if value is not None:
            told = f"更正：{entry.written} → {written_out(value, 6)}{entry.unit}（{reason}）"
            entries.append(replace(entry, value=value, reason=told))
    if missing := set(wanted) - met:
        sheet, row, field = sorted(missing)[0]
        raise InvalidRequest(
            f"第 {row} 行「{field}」没有可更正的数；请改正原表后重新导入",
            f"there is no value to correct in row {row}, '{field}'; mend the sheet and import again",
            where=f"{proposal.file} {sheet}".strip(),
        )
    return _numbered(replace(proposal, entries=tuple(entries), reason=reason))


def observations(proposal: Proposal) -> list[Observation]:
    """The observations that accepting adds. Raises InvalidRequest without a day of publication."""
    if not proposal.published:
        raise InvalidRequest(
            "没有公布日期，不知道是哪一版；请加 --published 2025-03-01 这样的日期",
            "the day of publication is not known; say it with --published 2025-03-01",
            where=proposal.file,
        )
    vintage = date.fromisoformat(proposal.published)
    found: dict[tuple[SeriesKey, Months], Observation] = {}
    for entry in proposal.entries:
        sheet = f"{entry.sheet}!" if entry.sheet else ""
        key = SeriesKey(entry.card, entry.region, entry.codes, entry.entity)
        months = Months.parse(entry.months)
        each = Observation(
            key, months, entry.value, entry.unit, vintage, entry.origin,
            Row(proposal.file, proposal.published, f"{sheet}{entry.row}:{entry.field}"), entry.op,
            entry.reason,  # that of the whole import is for what it revises, which the store knows
        )  # fmt: skip
        twin = found.setdefault((key, months), each)
        if abs(twin.value - each.value) > 1e-9 * max(abs(twin.value), 1.0):
            raise InvalidRequest(
                f"{key} {months} 有两个值：{written_out(twin.value, 6)}（{twin.evidence.key}）和 {written_out(each.value, 6)}"
                f"（{each.evidence.key}）；请先改正，或用 jingwei data check 看可能的原因",
                f"{key} {months} has two values, {written_out(twin.value, 6)} and {written_out(each.value, 6)}; "
                "mend the file, or see jingwei data check",
                where=proposal.file,
            )
    return list(found.values())


def save(workspace: Workspace, proposal: Proposal, source: Path | None) -> Path:
    """Write a proposal, and keep the file received beside it. The caller holds the lock."""
    if source is not None:
        home = workspace.path(f"{RECEIVED}/{proposal.sha256[:12]}")
        home.mkdir(parents=True, exist_ok=True)
        kept = workspace.path(f"{RECEIVED}/{proposal.sha256[:12]}/{source.name}")
        if not kept.exists():
            copy_atomically(source, kept)
    folder = workspace.path(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    path = workspace.path(f"{FOLDER}/{proposal.id}.json")
    write_atomically(path, _text(proposal).encode())
    return path


def received(workspace: Workspace, proposal: Proposal) -> Path | None:
    """The file that a proposal was made from, as it was received; None where it was not kept."""
    path = workspace.path(f"{RECEIVED}/{proposal.sha256[:12]}/{Path(proposal.file).name}")
    return path if path.is_file() else None


def _text(proposal: Proposal) -> str:
    """A proposal as JSON, each entry on a line of its own."""

    def told(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    record = _record(proposal)
    entries = ",\n".join(f"  {told(each)}" for each in record.pop("entries"))
    head = ",\n".join(f" {told(name)}: {told(value)}" for name, value in record.items())
    return f'{{\n{head},\n "entries": [\n{entries}\n ]\n}}\n'


def load(workspace: Workspace, id_: str) -> Proposal:
    """A proposal by its id. Raises InvalidRequest where there is none, InvalidFile if it is spoilt."""
    name = id_.removesuffix(".json").rpartition("/")[2]
    path = workspace.path(f"{FOLDER}/{name}.json")
    if not path.is_file():
        raise InvalidRequest(
            f"没有编号为「{name}」的导入方案；请先运行 jingwei data import 文件…",
            f"there is no proposal '{name}'; make one with jingwei data import FILE…",
            where=FOLDER,
        )
    shown = workspace.shown(path)
    try:
        values = cast("dict[str, Any]", json.loads(decoded(path.read_bytes(), shown)))
        entries = tuple(
            Entry(**(each | {"codes": tuple((a, b) for a, b in each["codes"])}))
            for each in values.pop("entries")
        )
        told: dict[str, Any] = {key: tuple(values.pop(key)) for key in ("questions", "refused")}
        proposal = Proposal(**values, **told, entries=entries)
    except (ValueError, TypeError, KeyError) as fault:
        raise InvalidFile(
            "导入方案文件已损坏；请删去后重新导入", "the proposal is damaged; import the file again",
            where=shown,
        ) from fault  # fmt: skip
    if any(entry.origin not in LEGAL_ORIGINS for entry in proposal.entries):
        raise InvalidFile(
            "法定来源不对；请重新导入", "an unknown legal origin; import again", where=shown
        )
    return proposal


def signed(proposal: Proposal, *, on: date, by: str) -> Proposal:
    """The proposal with who accepted it, and when."""
    return replace(proposal, accepted_by=by, accepted_on=on.isoformat())


def accept(
    workspace: Workspace,
    proposal: Proposal,
    door: Door,
    *,
    on: date,
    by: str,
    skip_open: bool = False,
) -> Any:
    """Store a proposal, all of it or nothing; gives the store's receipt.

    Raises InvalidRequest where questions are open and not left out on purpose, where nothing is to
    be stored, and what the store raises.
    """
    if proposal.questions and not skip_open:
        raise InvalidRequest(
            f"还有 {len(proposal.questions)} 个问题没有答复（如：{proposal.questions[0]}）；"
            "请用 --card、--unit、--period 答复，或加 --skip-open 放弃这些格",
            f"{len(proposal.questions)} questions are open; answer them with --card, --unit or "
            "--period, or leave their cells out with --skip-open",
            where=proposal.file,
        )
    batch = observations(proposal)
    if not batch:
        raise InvalidRequest(
            "没有可入库的数；请看上面拒绝的原因", "there is nothing to store; see what was refused",
            where=proposal.file,
        )  # fmt: skip
    receipt = door.append(
        batch, dataset=proposal.file, imported_on=on, reason=proposal.reason, by=by
    )
    save(workspace, signed(proposal, on=on, by=by), None)
    return receipt
