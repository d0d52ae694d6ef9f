"""Files to proposals, proposals to the store, and what is doubtful in either."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from jingwei.app.pipeline.card_names import versions_among
from jingwei.core import (
    InvalidFile,
    InvalidRequest,
    JingweiError,
    LegalOrigin,
    Months,
    Observation,
    Region,
    Scope,
    written_out,
)
from jingwei.statistics.cards import Card, cards_of
from jingwei.statistics.checks import HOLDING, IntakeFinding, check
from jingwei.statistics.enterprises import (
    Enterprise,
    Pair,
    add,
    by_model,
    by_name,
    enterprises,
    merged,
    register,
    splink_present,
)
from jingwei.statistics.forms import csv_form, form_of, xlsx_form
from jingwei.statistics.intake import (
    EXAMPLE,
    Answers,
    Declared,
    Figure,
    FileReading,
    Place,
    Proposal,
    accept,
    corrected,
    declared,
    is_unit,
    load,
    open_book,
    propose,
    published_in,
    received,
    save,
    stated_months,
    understand,
)
from jingwei.store import Workspace, write_atomically


@dataclass(frozen=True, slots=True)
class Taken:
    """One file of an import: what was read, what is proposed, what is doubtful, what is listed."""

    path: Path
    reading: FileReading
    proposal: Proposal
    findings: tuple[IntakeFinding, ...]
    listed: tuple[Enterprise, ...]


def declared_of(workspace: Workspace | None) -> Declared:
    """Cards, regions and classifications; the library alone outside of a workspace."""
    return declared(workspace, cards_of(workspace))


def answers_of(
    workspace: Workspace | None,
    cards: Mapping[str, str],
    units: Mapping[str, str],
    period: str,
    region: str,
) -> Answers:
    """What a person says of a file. Raises InvalidRequest for a card, unit, time or region that
    does not exist."""
    names = declared_of(workspace)
    chosen = {name: card_of(names, key).key for name, key in cards.items()}
    for name, word in units.items():
        if not is_unit(word):
            raise InvalidRequest(
                f"「{name}」的单位「{word}」不认识；请写 亿元、万人、% 这样的单位",
                f"the unit '{word}' of '{name}' is not known",
                where="--unit",
            )
    if period and stated_months(period) is None:
        raise InvalidRequest(
            f"没有「{period}」这样的时间；写 2024、2024-11 或 2024-01/2024-11",
            f"there is no such time as '{period}'; write 2024, 2024-11 or 2024-01/2024-11",
            where="--period",
        )
    code = ""
    if region:
        found = names.region(region)
        if found is None:
            raise InvalidRequest(
                f"没有名为「{region}」的地区；地区登记在 definitions/regions.csv",
                f"there is no region '{region}'; regions stand in definitions/regions.csv",
                where="--region",
            )
        code = found.code
    return Answers(chosen, units, period, code)


def store_of(workspace: Workspace) -> Any:
    """The observations of a workspace."""
    store: Any = import_module("jingwei.store")
    return store.Observations(workspace)


def known(workspace: Workspace | None, *, single: bool = False) -> tuple[Observation, ...]:
    """What is stored, newest vintages; of single enterprises only where asked for."""
    if workspace is None or not workspace.path("data/observations").is_dir():
        return ()
    scope = Scope.everything() if single else Scope()
    return tuple(store_of(workspace).read(scope))


def take(
    workspace: Workspace,
    path: Path,
    answers: Answers,
    *,
    published: date | None,
    origin: LegalOrigin | None,
    reason: str,
    today: date,
    checked: bool = True,
) -> Taken:
    """Read a file and write its proposal; ``checked``: with what is doubtful in it.

    Raises InvalidFile for what cannot be read.
    """
    known_names = declared_of(workspace)
    book = open_book(path, path.name)
    reading = understand(book, known_names, answers)
    day = published or published_in(book)
    if day is not None and day > today:
        raise InvalidRequest(
            f"公布日期 {day} 晚于今天（{today}），还没有公布；请核对{'' if published else '文件里写的日期，或用 --published 写明'}",
            f"the day of publication {day} is after today ({today}); check it",
            where=path.name,
        )
    proposal = propose(reading, path, published=day, origin=origin, reason=reason)
    found = (
        check([reading], known_names, known(workspace), today=today, published={book.name: day})
        if checked
        else []
    )
    listed = enterprises(reading.enterprises, known_names, (day or today).isoformat())
    if proposal.entries or listed:
        with workspace.locked():
            save(workspace, proposal, path)
    return Taken(path, reading, proposal, tuple(found), listed)


def accepted(
    workspace: Workspace,
    proposal: Proposal,
    listed: Sequence[Enterprise],
    *,
    on: date,
    by: str,
    skip_open: bool,
) -> Any:
    """Store a proposal and the enterprises it lists; gives the receipt, None for a list only."""
    receipt = None
    if proposal.entries or not listed:
        receipt = accept(
            workspace, proposal, store_of(workspace), on=on, by=by, skip_open=skip_open
        )
    if listed:
        with workspace.locked():
            add(workspace, listed)
    return receipt


def listed_by(workspace: Workspace, proposal: Proposal) -> tuple[Enterprise, ...]:
    """The enterprises that the file of a proposal lists: they come in with its values."""
    path = received(workspace, proposal)
    if path is None:
        return ()
    book, names = open_book(path, path.name), declared_of(workspace)
    rows = understand(book, names, Answers()).enterprises
    return enterprises(rows, names, proposal.published) if rows else ()


def holding(found: Sequence[IntakeFinding]) -> tuple[IntakeFinding, ...]:
    """The findings by which a file contradicts itself or the store (§18.7)."""
    return tuple(each for each in found if each.rule in HOLDING)


def proposal_of(workspace: Workspace, id_: str) -> Proposal:
    return load(workspace, id_)


def findings(
    workspace: Workspace | None,
    paths: Sequence[Path],
    *,
    today: date,
    published: date | None = None,
    tell: Callable[[JingweiError], None] = lambda _: None,
) -> list[IntakeFinding]:
    """Likely errors of files (read leniently: a name without a card is checked too).

    ``published`` is the day of publication of all of them (None: what each file says); ``tell`` gets
    the files of which nothing was read: that nothing is found in them says nothing.
    """
    names = declared_of(workspace)
    readings: list[FileReading] = []
    days: dict[str, date | None] = {}
    for path in paths:
        book = open_book(path, _shown(path, paths))
        reading = understand(book, names, lenient=True)
        if not (reading.figures or reading.enterprises or reading.garbled):
            tell(_nothing_to_check(reading))
        readings.append(reading)
        days[book.name] = published or published_in(book)
    return check(readings, names, known(workspace), today=today, published=days)


def _nothing_to_check(reading: FileReading) -> InvalidFile:
    why = next(iter((*reading.questions, *reading.refusals, *reading.remarks)), None)
    zh, en = (f"：{why.zh}", f": {why.en}") if why is not None else ("", "")
    return InvalidFile(
        f"没有读出一个数，无从检查{zh}；请按此改正后再查",
        f"no number was read, so nothing was checked{en}; mend it and check again",
        where=reading.file,
    )


def _shown(path: Path, paths: Sequence[Path]) -> str:
    """The name alone where it is told apart by it, else the path."""
    same = [other for other in paths if other.name == path.name]
    return path.name if len(same) == 1 else path.as_posix()


_KEY = re.compile(r"(?:(.*)!)?(\d+):(.*)")


def stored_findings(workspace: Workspace, *, today: date) -> list[IntakeFinding]:
    """Likely errors of what is stored already, each at its place in the file received."""
    names = declared_of(workspace)
    figures: list[Figure] = []
    for each in known(workspace, single=True):
        card = names.cards.get(each.series.card)
        match = _KEY.fullmatch(each.evidence.key)
        sheet, row, field = match.groups() if match else ("", "0", each.evidence.key)
        place = Place(each.evidence.dataset, sheet or "", int(row), field)
        figures.append(
            Figure(
                place, card.name if card else each.series.card, card, each.series.region,
                each.months, each.value, each.unit, each.value, each.unit,
                _step(each.value), each.series.codes, each.series.entity, op=each.op,
                printed=f"{written_out(each.value, 6)}",
                region_name=names.region_name(each.series.region), labels=names.labels(each.series.codes),
            )
        )  # fmt: skip
    by_file: dict[str, list[Figure]] = {}
    for figure in figures:
        by_file.setdefault(figure.place.file, []).append(figure)
    readings = [FileReading(file, tuple(mine)) for file, mine in sorted(by_file.items())]
    return check(readings, names, today=today)


def _step(value: float) -> float:
    text = f"{value:.6f}".rstrip("0")
    return 10.0 ** -len(text.partition(".")[2])


def correction(
    workspace: Workspace,
    paths: Sequence[Path],
    ids: Sequence[str],
    *,
    by: str,
    reason: str,
    published: date | None,
    today: date,
) -> list[Proposal]:
    """Proposals in which the suggestions of findings are taken up. Nothing is stored yet.

    Raises InvalidRequest for an id that no finding bears, or one whose finding suggests no value.
    """
    found = {each.id: each for each in findings(workspace, paths, today=today, published=published)}
    wanted: list[IntakeFinding] = []
    for id_ in ids:
        if id_ not in found:
            raise InvalidRequest(
                f"没有编号为 {id_} 的问题；编号见 jingwei data check 的第一列",
                f"there is no finding {id_}; ids stand in the first column of jingwei data check",
            )
        wanted.append(found[id_])
    made: list[Proposal] = []
    names = declared_of(workspace)
    for path in paths:
        mine = [each for each in wanted if each.file == _shown(path, paths)]
        if not mine:
            continue
        book = open_book(path, path.name)
        reading = understand(book, names)
        day = published or published_in(book)
        proposal = propose(reading, path, published=day)
        changes = _changes(reading, mine)
        told = reason or f"{by} 采纳核对意见：{'、'.join(each.id for each in mine)}"
        proposal = corrected(proposal, changes, told)
        with workspace.locked():
            save(workspace, proposal, path)
        made.append(proposal)
    return made


def _changes(
    reading: FileReading, found: Sequence[IntakeFinding]
) -> list[tuple[str, int, str, float | None]]:
    at = {(f.place.sheet, f.place.row, f.place.field): f for f in reading.figures}
    changes: list[tuple[str, int, str, float | None]] = []
    for finding in found:
        if finding.suggestion is None or finding.suggestion.action == "ask":
            raise InvalidRequest(
                "这一条没有可直接采纳的数，需要向报送单位核实",
                "this finding suggests no value; ask who reported it",
                where=f"{finding.file} {finding.id}",
            )
        for change in finding.suggestion.changes:
            place = (change.sheet, change.row, change.field)
            figure = at.get(place)
            value: float | None = None
            if isinstance(change.after, int | float):
                factor = figure.value / figure.written if figure and figure.written else 1.0
                value = float(f"{written_out(change.after * factor, 12)}")
            changes.append((*place, value))
    return changes


def template(
    workspace: Workspace | None,
    keys: Sequence[str],
    periods: Sequence[str],
    regions: Sequence[str],
    *,
    xlsx: bool,
) -> tuple[str, bytes]:
    """A form's title and bytes. Raises InvalidRequest for unknown cards, regions or periods."""
    names = declared_of(workspace)
    cards = [card_of(names, key) for key in keys]
    asked: list[Region] = []
    for text in regions:
        found = names.region(text)
        if found is None:
            raise InvalidRequest(
                f"没有名为「{text}」的地区；请登记在 definitions/regions.csv，格式如：\n{EXAMPLE}",
                f"there is no region '{text}'; list it in definitions/regions.csv as above",
            )
        asked.append(found)
    if not regions:
        asked = [each for each in names.regions if each.level == "district"]
        asked += [each for each in names.regions if each.code == names.top]
        if not asked and workspace is not None:
            raise InvalidRequest(
                f"definitions/regions.csv 里没有地区，不知道表由谁填；请登记，格式如：\n{EXAMPLE}",
                "definitions/regions.csv lists no region, so the form has no rows; list them as above",
                where="definitions/regions.csv",
            )
    try:
        months = [Months.parse(period) for period in periods]
    except ValueError as fault:
        raise InvalidRequest(
            f"时间写法不对（{fault}）；写 2024、2024-11 或 2024-01/2024-11", str(fault)
        ) from fault
    form = form_of(cards, asked, months)
    return form.title, xlsx_form(form) if xlsx else csv_form(form)


def card_of(names: Declared, key: str) -> Card:
    """The card of an id, ``id@version`` or name (``card_names``). Raises InvalidRequest."""
    return versions_among(names.cards.cards, key)[0]


def write_form(path: Path, content: bytes) -> None:
    """Write a form beside what is there; an existing file is not overwritten."""
    if path.exists():
        raise InvalidRequest(
            "已有同名文件，未覆盖；请换一个文件名", "a file of this name exists and was left as it is",
            where=str(path),
        )  # fmt: skip
    write_atomically(path, content)


def duplicate_pairs(workspace: Workspace, threshold: float) -> tuple[tuple[Pair, ...], bool]:
    """Pairs of the register that are probably one, and whether the linkage model was used."""
    rows = register(workspace)
    pairs = list(by_name(rows))
    model = splink_present()
    if model:
        seen = {pair.id for pair in pairs}
        pairs += [each for each in by_model(rows, threshold=threshold) if each.id not in seen]
    return tuple(pairs), model


def merge(workspace: Workspace, pairs: Sequence[Pair], ids: Sequence[str], on: date) -> int:
    """Record a person's yes to pairs; gives how many. Raises InvalidRequest for an unknown id."""
    known_pairs = {pair.id: pair for pair in pairs}
    chosen: list[Enterprise] = []
    for id_ in ids:
        if id_ not in known_pairs:
            raise InvalidRequest(
                f"没有编号为 {id_} 的配对；编号见 jingwei data duplicates",
                f"there is no pair {id_}; see jingwei data duplicates",
            )
        chosen.append(merged(known_pairs[id_], on.isoformat()))
    with workspace.locked():
        add(workspace, chosen)
    return len(chosen)


def with_reason(proposal: Proposal, reason: str) -> Proposal:
    return replace(proposal, reason=reason) if reason else proposal
