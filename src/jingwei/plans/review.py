"""What a person does with a compiled plan: accept, reject, edit, take a new reading, undo.

Each operation takes a plan and gives a new one with the list of what changed; nothing is
written here. The day of a decision is given by the caller, so that the same review gives the
same file.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

from jingwei.core import InvalidFile, InvalidRequest
from jingwei.plans.entry import (
    Entry,
    Review,
    State,
    absent_values,
    meaning,
    plain_field,
    seal_of,
    unlike,
    with_values,
)
from jingwei.plans.fileform import changes_schema, given, name_of
from jingwei.plans.planfile import PlanFile
from jingwei.plans.records import DOCUMENT, SECTION, SECTIONS, Section, labels
from jingwei.store.checked import checked
from jingwei.store.yaml_read import typed_scalar


@dataclass(frozen=True, slots=True)
class Change:
    """What an operation did to one record: its state, and the fields that have other values."""

    section: str
    id: str
    before: State
    after: State
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict[str, tuple[Any, Any]])


@dataclass(frozen=True, slots=True)
class Reviewed:
    plan: PlanFile
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A record by its section and entry."""

    section: str
    entry: Entry[Any]


def said_beside(entry: Entry[Any]) -> tuple[str, str]:
    """What stands beside a decision, in both languages: the words that were decided on where the document
    has changed since, and how the compiler reads it; "" where the decision says what the document does."""
    if not entry.decided:
        return "", ""
    zh: list[str] = []
    en: list[str] = []
    if entry.review.words:
        zh.append(f"决定时的原文：“{entry.review.words}”")
        en.append(f"decided on: “{entry.review.words}”")
    for fields, told, told_en in (
        (entry.proposed, "现在读作", "now read as"),
        (entry.read, "机器读作", "the compiler read"),
    ):
        if fields:
            zh.append(told + "、".join(_named(name, value, 0) for name, value in fields.items()))
            en.append(
                f"{told_en} " + ", ".join(_named(name, value, 1) for name, value in fields.items())
            )
    return "；".join(zh), "; ".join(en)


def _named(name: str, value: Any, language: int) -> str:
    shown = "" if value is None else plain_field(value)
    return f"{labels()[name][language]}“{shown}”"


def items(
    plan: PlanFile,
    *,
    section: str = "",
    states: Collection[State] = (),
    role: str = "",
    words: str = "",
    waiting: bool = False,
) -> tuple[Item, ...]:
    """The records that fit all filters given, in the order of the file.

    ``words`` occur in the quote or in a name; ``waiting`` leaves those with something to
    decide: not yet reviewed, read otherwise since, or gone from the document.
    """

    def fits(name: str, entry: Entry[Any]) -> bool:
        said = [entry.record.quote, *(getattr(entry.record, key) for key in SECTION[name].names)]
        return (
            (not states or entry.state in states)
            and (not role or getattr(entry.record, "role", "") == role)
            and (not words or any(words in each for each in said))
            and (not waiting or entry.waits)
        )

    return tuple(
        Item(each.name, entry)
        for each in SECTIONS
        if section in ("", each.name)
        for entry in plan.entries(each.name)
        if fits(each.name, entry)
    )


def to_review(plan: PlanFile) -> tuple[Item, ...]:
    """What still waits for a decision."""
    return items(plan, waiting=True)


def accept(plan: PlanFile, ids: Collection[str], *, by: str, on: str, note: str = "") -> Reviewed:
    """The values as they stand are right. A newer reading of the compiler is set aside."""
    sign = _signature(by, on, note)

    def decide(section: Section, entry: Entry[Any]) -> Entry[Any]:
        return _settled(plan, section, entry, entry.record, sign)

    return _applied(plan, ids, decide)


def adopt(plan: PlanFile, ids: Collection[str], *, by: str, on: str, note: str = "") -> Reviewed:
    """Take the newer reading (``proposed``); other fields a person changed stay changed."""
    sign = _signature(by, on, note)

    def decide(section: Section, entry: Entry[Any]) -> Entry[Any]:
        return _settled(plan, section, entry, with_values(entry.record, entry.proposed), sign)

    return _applied(plan, ids, decide)


def reject(plan: PlanFile, ids: Collection[str], *, by: str, on: str, note: str = "") -> Reviewed:
    """These do not stand in the document so; they stay in the file and count nowhere."""
    sign = _signature(by, on, note)

    def decide(_: Section, entry: Entry[Any]) -> Entry[Any]:
        return replace(_known(entry, entry.record), review=sign(entry, "rejected"))

    return _applied(plan, ids, decide)


def edit(
    plan: PlanFile,
    identity: str,
    values: Mapping[str, Any],
    *,
    by: str,
    on: str,
    note: str = "",
) -> Reviewed:
    """Other values for one record, typed as in the file (a period is 2025 or "2021-2025").

    What the compiler read stays beside them. Raises InvalidRequest naming the field.
    """
    sign = _signature(by, on, note)

    def decide(section: Section, entry: Entry[Any]) -> Entry[Any]:
        changed = with_values(entry.record, _checked(plan, section, entry, values))
        _make_sense(plan, section, changed)
        read = unlike(meaning(changed), meaning(entry.record) | dict(entry.read))
        review = sign(entry, "edited" if read else "accepted")
        return replace(entry, record=changed, read=read, review=review)

    return _applied(plan, [identity], decide)


def undo(plan: PlanFile, ids: Collection[str]) -> Reviewed:
    """Withdraw the decision: back to what the compiler reads, to be reviewed again."""

    def decide(_: Section, entry: Entry[Any]) -> Entry[Any]:
        if entry.by_hand:
            raise InvalidRequest(
                "这一条在文件里被手工改过，机器原来的读数要重新编译后才知道；请先运行 jingwei compile",
                "this record was changed by hand in the file, and what the compiler read is known "
                "after compiling again; run jingwei compile first",
                where=_where(plan, entry.record),
            )
        record = with_values(entry.record, entry.latest)
        seal = seal_of(record, {})
        return replace(entry, record=record, seal=seal, read={}, proposed={}, review=Review())

    return _applied(plan, ids, decide)


def typed_value(section: str, name: str, text: str) -> Any:
    """What a person typed for a field, as ``edit`` takes it: "80" is a number where one belongs.

    An empty word means absent; several words of a list are parted by 、 or a comma.
    """
    spec = SECTION[section]
    if name not in spec.meaning:
        return text  # edit refuses the name
    hint = get_type_hints(spec.record)[name]
    if get_origin(hint) is tuple:
        return [word.strip() for word in text.replace("、", ",").split(",") if word.strip()]
    if not text:
        return absent_values(spec.record).get(name)
    words = hint is str or str in get_args(hint) or get_origin(hint) is Literal
    return text if words else typed_scalar(text)


Sign = Callable[[Entry[Any], State], Review]


def _signature(by: str, day: str, note: str) -> Sign:
    """A review of given state, signed; a note that is there stays unless a new one is given."""
    try:
        signed = date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise InvalidRequest(
            f"「{day}」不是日期；请写 2026-01-05", f"'{day}' is not a date; write 2026-01-05"
        ) from None
    return lambda entry, state: Review(state, by, signed, note or entry.review.note)


def _settled(
    plan: PlanFile, section: Section, entry: Entry[Any], record: Any, sign: Sign
) -> Entry[Any]:
    """The entry with the values of ``record``, which hold against what the compiler reads now."""
    _make_sense(plan, section, record)
    known = _known(entry, record)
    differs = known.read or known.by_hand
    return replace(known, review=sign(entry, "edited" if differs else "accepted"))


def _known(entry: Entry[Any], record: Any) -> Entry[Any]:
    """The entry with the values of ``record``; its newest reading is taken note of."""
    if entry.by_hand:  # what the compiler read is not in the file; the next merge finds it
        return replace(entry, record=record, proposed={})
    latest = entry.latest
    read = unlike(meaning(record), latest)
    return replace(entry, record=record, seal=seal_of(record, latest), read=read, proposed={})


def _checked(
    plan: PlanFile, section: Section, entry: Entry[Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    try:
        changes = checked(
            changes_schema(section), dict(values), file="", line_of=lambda _: 0, name_of=name_of
        )
    except InvalidFile as fault:
        raise InvalidRequest(fault.zh, fault.en, where=_where(plan, entry.record)) from None
    return given(changes)


def _make_sense(plan: PlanFile, section: Section, record: Any) -> None:
    fault = section.check(meaning(record)) if section.check is not None else None
    if fault is not None:
        name, zh, en = fault
        zh_name, en_name = name_of((name,))
        where = _where(plan, record)
        raise InvalidRequest(
            f"{zh_name}：{zh}；请先改好再认可", f"{en_name}: {en}; edit it first", where=where
        )


def _where(plan: PlanFile, record: Any) -> str:
    return f"{plan.name} {getattr(record, 'id', DOCUMENT.name)}"


def _applied(
    plan: PlanFile,
    ids: Collection[str],
    decide: Callable[[Section, Entry[Any]], Entry[Any]],
) -> Reviewed:
    """The plan with ``decide`` done to the records of these ids ("document": its facts)."""
    wanted = set(ids)
    changes: list[Change] = []

    def done(section: Section, entry: Entry[Any]) -> Entry[Any]:
        identity = getattr(entry.record, "id", DOCUMENT.name)
        if identity not in wanted:
            return entry
        found.add(identity)
        after = decide(section, entry)
        if after != entry:
            before = meaning(entry.record)
            fields = {
                name: (before[name], value)
                for name, value in unlike(before, meaning(after.record)).items()
            }
            changes.append(Change(section.name, identity, entry.state, after.state, fields))
        return after

    found: set[str] = set()
    document = done(DOCUMENT, plan.document)
    sections = {
        name: tuple(done(SECTION[name], entry) for entry in entries)
        for name, entries in plan.sections.items()
    }
    if unknown := sorted(wanted - found):
        raise InvalidRequest(
            f"没有编号为 {'、'.join(unknown)} 的记录；用 jingwei review 查看编号",
            f"no record has the id {', '.join(unknown)}; see them with jingwei review",
            where=plan.name,
        )
    return Reviewed(replace(plan, document=document, sections=sections), tuple(changes))
