"""Compiling again without touching what a person decided.

Records of the new compilation are matched with the entries of the file, first those read
exactly as before, then by likeness of words, subject, place and number. What nobody reviewed
is replaced. What a person accepted, changed or rejected keeps its values; a new reading
stands beside it as ``proposed``, a reviewed record that is no longer read is kept and flagged
``gone``. Ids stay with the entries, since decisions on links refer to them.

Neither the order of the records nor the run before last matters: merging the same
compilation again changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from jingwei.plans.entry import Entry, fresh, meaning, plain_field, seal_of, unlike, with_values
from jingwei.plans.identity import record_id
from jingwei.plans.matching import matched
from jingwei.plans.planfile import Compilation, PlanFile, in_order
from jingwei.plans.records import DOCUMENT, SECTIONS, Section, labels

Kind = Literal["new", "removed", "changed", "proposed", "agrees", "by_hand", "gone", "back"]

_SAID: dict[Kind, tuple[str, str]] = {
    "new": ("新读出", "newly read"),
    "removed": ("不再读出（未审阅，已移除）", "no longer read (not reviewed, removed)"),
    "changed": ("读数改变（未审阅，已更新）", "read otherwise (not reviewed, replaced)"),
    "proposed": ("读数改变；您的决定未动，新读数列在 proposed", "read otherwise; your decision stands, see 'proposed'"),
    "agrees": ("编译器现在与您的改动一致", "the compiler now agrees with your change"),
    "by_hand": ("发现手工改动，已记为 edited", "changed by hand, recorded as edited"),
    "gone": ("原文中已找不到；您的决定保留", "no longer in the document; your decision is kept"),
    "back": ("原文中又出现", "in the document again"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """What a recompilation changed or would change in one record.

    ``fields`` holds, for each field, what stood there and what is read now.
    """

    kind: Kind
    section: str
    id: str
    quote: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict[str, tuple[Any, Any]])

    @property
    def zh(self) -> str:
        return self._told(0, "、", "「{}」→「{}」")

    @property
    def en(self) -> str:
        return self._told(1, ", ", " '{}' -> '{}'")

    def _told(self, language: int, comma: str, form: str) -> str:
        changes = comma.join(
            labels()[name][language] + form.format(*map(_shown, pair))
            for name, pair in self.fields.items()
        )
        return _SAID[self.kind][language] + (f": {changes}" if changes else "")


def _shown(value: Any) -> Any:
    return "" if value is None else plain_field(value)


@dataclass(frozen=True, slots=True)
class Merged:
    plan: PlanFile
    differences: tuple[Difference, ...]


def merge(old: PlanFile, compilation: Compilation) -> Merged:
    """The plan file after compiling its document again, and what that changed."""
    document, differences = _renewed(DOCUMENT, old.document, compilation.document)
    found = [each for each in (differences,) if each is not None]
    sections: dict[str, tuple[Entry[Any], ...]] = {}
    kept_ids: dict[str, dict[str, str]] = {}  # by section: id of the compilation, id of the file
    for section in SECTIONS:
        records = [
            _relinked(record, section, kept_ids)
            for record in in_order(compilation.records.get(section.name, ()))
        ]
        entries, more, kept_ids[section.name] = _merged(section, old.entries(section.name), records)
        found += more
        if entries:
            sections[section.name] = entries
    return Merged(replace(old, document=document, sections=sections), tuple(found))


def _relinked(record: Any, section: Section, kept_ids: Mapping[str, Mapping[str, str]]) -> Any:
    """``record`` with the ids of other sections as the file has them."""
    changes = {
        name: tuple(kept_ids[other].get(identity, identity) for identity in getattr(record, name))
        for name, other in section.links
    }
    return replace(record, **changes)


def _merged(
    section: Section, old: Sequence[Entry[Any]], records: Sequence[Any]
) -> tuple[tuple[Entry[Any], ...], list[Difference], dict[str, str]]:
    pairs = matched(section, old, records)
    partner = {entry.record.id: record for entry, record in pairs}
    ids = {record.id: entry.record.id for entry, record in pairs}
    differences: list[Difference] = []
    kept: list[Entry[Any]] = []
    for entry in old:
        record = partner.get(entry.record.id)
        if record is not None:
            entry, difference = _renewed(section, entry, record)
        else:
            entry, difference = _unread(section, entry)
        if difference is not None:
            differences.append(difference)
        if entry is not None:
            kept.append(entry)
    taken = {entry.record.id for entry in old}
    added: dict[str, Entry[Any]] = {}
    for record in records:
        if record.id not in ids:
            identity = _free_id(section, record, taken)
            taken.add(identity)
            ids[record.id] = identity
            added[record.id] = fresh(replace(record, id=identity))
            differences.append(Difference("new", section.name, identity, record.quote))
    return _inserted(kept, added, records, ids), differences, ids


def _free_id(section: Section, record: Any, taken: set[str]) -> str:
    identity, again = record.id, 0
    while identity in taken:
        again += 1
        identity = record_id(section, record.document, record.quote, -again, 0)
    return identity


def _inserted(
    kept: Sequence[Entry[Any]],
    added: Mapping[str, Entry[Any]],
    records: Sequence[Any],
    ids: Mapping[str, str],
) -> tuple[Entry[Any], ...]:
    """``kept`` in its order; each new entry follows the record before it in the document."""
    followers: dict[str, list[Entry[Any]]] = defaultdict(list)
    present = {entry.record.id for entry in kept}
    before = ""
    for record in records:
        if record.id in added:
            followers[before].append(added[record.id])
        elif ids[record.id] in present:
            before = ids[record.id]
    ordered = [*followers[""]]
    for entry in kept:
        ordered += [entry, *followers[entry.record.id]]
    return tuple(ordered)


def _renewed(
    section: Section, entry: Entry[Any], record: Any
) -> tuple[Entry[Any], Difference | None]:
    """An entry after its record was read again."""
    values, new = meaning(entry.record), meaning(record)
    seal = seal_of(record, {})
    identity = getattr(entry.record, "id", "")
    placed = replace(record, id=identity) if identity else record
    now = replace(entry, record=with_values(placed, values), gone=False)

    def told(kind: Kind, fields: Iterable[str]) -> Difference:
        pairs = {name: (entry.latest[name], new[name]) for name in fields}
        return Difference(kind, section.name, identity, getattr(record, "quote", ""), pairs)

    if not entry.decided:
        now = replace(now, record=placed, seal=seal)
        changed = unlike(values, new)
        return now, told("changed", changed) if changed else None
    if entry.by_hand:
        read = unlike(values, new)
        state = entry.state if read else "accepted"
        review = replace(entry.review, state="rejected" if entry.state == "rejected" else state)
        now = replace(now, seal=seal, read=read, proposed={}, review=review)
        pairs = {name: (new[name], values[name]) for name in read}
        return now, Difference(
            "by_hand", section.name, identity, getattr(record, "quote", ""), pairs
        )
    if seal == entry.seal:
        now = replace(now, proposed={}, review=replace(entry.review, words=""))
        return now, told("back", ()) if entry.gone else None
    if seal == seal_of(entry.record, {}):
        state = "accepted" if entry.state == "edited" else entry.state
        review = replace(entry.review, state=state)
        return replace(now, seal=seal, read={}, proposed={}, review=review), told(
            "agrees", entry.read
        )
    proposed = unlike(values | dict(entry.read), new)
    before = getattr(entry.record, "quote", "")
    if not entry.review.words and before != getattr(record, "quote", ""):
        now = replace(now, review=replace(entry.review, words=before))
    now = replace(now, proposed=proposed)
    return now, told("proposed", proposed) if proposed != entry.proposed else None


def _unread(section: Section, entry: Entry[Any]) -> tuple[Entry[Any] | None, Difference | None]:
    """An entry whose record was not read again."""
    record = entry.record
    if not entry.decided:
        return None, Difference("removed", section.name, record.id, record.quote)
    if not entry.seal or entry.gone:  # written by a person; or known to be gone
        return entry, None
    return replace(entry, gone=True), Difference("gone", section.name, record.id, record.quote)
