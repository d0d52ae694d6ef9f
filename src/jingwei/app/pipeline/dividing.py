"""Divisions of targets and appraisals, as files of a workspace (``definitions/``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from jingwei.app.pipeline import statistics
from jingwei.app.pipeline.disputes import Dispute, disputes_of
from jingwei.app.pipeline.library import Held, Library
from jingwei.core import InvalidRequest, Months, Period, Scope, Span, Statement, written_out

if TYPE_CHECKING:
    from jingwei.monitor.appraisal import Appraised, Scheme, Stability
    from jingwei.monitor.splitting import Checked, Split, Way


def splits(library: Library, names: Sequence[str] = ()) -> "list[Checked]":
    """The divisions of ``definitions/splits/``, or those named, held against whole and plan."""
    from jingwei.monitor.splitting import check, parse_split

    found: list[Checked] = []
    for name, text in _definitions(library, "splits", names):
        split = parse_split(text, name)
        found.append(check(split, _goals(library, split)))
    return found


def proposal(
    library: Library,
    identity_: str,
    bases: Mapping[str, Decimal],
    way: "Way",
    *,
    growth: Mapping[str, Decimal],
    given: Mapping[str, Decimal],
    places: int,
    on: str,
) -> str:
    """A division of a target in proportion to its parts' bases, as the text of a file to be kept in
    ``definitions/splits/`` and changed by people. Raises InvalidRequest for what does not add up."""
    from jingwei.monitor.splitting import Part, Split, propose, split_text

    found = [
        (held, each)
        for held in library.documents
        for each in held.statements
        if each.id == identity_ and each.role == "target"
    ]
    if not found:
        raise InvalidRequest(
            "没有这个编号的目标；编号见 jingwei targets", "no target has this id; see jingwei targets",
            where=identity_,
        )  # fmt: skip
    held, target = found[0]
    if target.value is None or target.op not in ("=", "~", ">=", ">", "<=", "<", "+"):
        raise InvalidRequest(
            "这个目标没有可分的数（位次、区间、倍数或另文规定）", "this target has no amount to divide",
            where=identity_,
        )  # fmt: skip
    if target.measure in ("share", "growth", "reduction", "rank"):
        raise InvalidRequest(
            "比重、增速、降幅不能按份额分；请直接写分解表，用 share、growth 或 decline 核对（§22.2）",
            "shares and rates are not divided; write the file and let it be checked (§22.2)",
            where=identity_,
        )
    amounts = propose(
        Decimal(repr(target.value)), bases, way, growth=growth, given=given, places=places
    )
    by = "year" if all(name.isdecimal() and len(name) == 4 for name in bases) else "district"
    split = Split(
        "", target.subject, held.name, target.period.last, by, "sum", target.unit, target.value,
        "at_most" if target.op in ("<=", "<") else "at_least", on, "",
        tuple(Part(name, float(amount)) for name, amount in amounts.items()),
    )  # fmt: skip
    return split_text(split)


def _goals(library: Library, split: "Split") -> list[Statement] | None:
    if not split.plan:
        return None
    return [each for each in library.find(split.plan).statements if each.role == "target"]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A scheme, its units appraised, the annex, and the disputes about values it took from the
    store (those of the scheme's own file stand with its units)."""

    scheme: "Scheme"
    units: "list[Appraised]"
    annex: "list[Stability]"
    disputes: list[Dispute]


def appraisals(library: Library, names: Sequence[str], as_of: date) -> list[Appraisal]:
    """The schemes of ``definitions/appraisals/``, or those named, appraised, with their annex."""
    from jingwei.monitor.appraisal import appraise, parse_scheme, stability

    found: list[Appraisal] = []
    disputed = disputes_of(library.workspace, as_of)
    for name, text in _definitions(library, "appraisals", names):
        scheme = parse_scheme(text, name)
        _check_cards(library, scheme, name)
        taken = _observed(library, scheme, as_of, name)
        done = appraise(scheme, name, taken)
        rows = {row for _, row in taken.values()}
        mine = [each for each in disputed if each.value and each.value.evidence in rows]
        found.append(Appraisal(scheme, done, stability(done), mine))
    return found


def _check_cards(library: Library, scheme: "Scheme", file: str) -> None:
    """Raises InvalidRequest for an indicator whose card is not a card of the workspace with its
    version: a missing value would else be put down to the unit."""
    known = statistics.cards(library.workspace)
    for each in scheme.indicators:
        if not each.card or each.card in known:
            continue
        versions = sorted(key for key in known if key.split("@")[0] == each.card.split("@")[0])
        near = get_close_matches(each.card.split("@")[0], {k.split("@")[0] for k in known}, 3, 0.5)
        listed = versions or sorted(key for key in known if key.split("@")[0] in near)
        if versions:
            zh, en = f"请写明版次：{'、'.join(listed)}", f"name its version: {', '.join(listed)}"
        elif listed:
            zh, en = f"相近的有：{'、'.join(listed)}", f"near it: {', '.join(listed)}"
        else:
            zh, en = "全部口径卡见 jingwei data cards", "for all see jingwei data cards"
        raise InvalidRequest(
            f"指标“{each.name}”的口径卡“{each.card}”不存在；{zh}",
            f"indicator {each.id}: there is no card '{each.card}'; {en}",
            where=file,
        )


def _observed(
    library: Library, scheme: "Scheme", as_of: date, file: str
) -> dict[tuple[str, str], Any]:
    """Values by card and region: the newest of the year of the scheme's date, or the year before.

    Raises InvalidRequest where a version of a card has no value at all for the units while another
    version of the same card has.
    """
    wanted = {each.card: each.id for each in scheme.indicators if each.card}
    regions = {each.region: each.name for each in scheme.units if each.region}
    if not wanted or not regions:
        return {}
    year = date.fromisoformat(scheme.date).year
    found: dict[tuple[str, str], Any] = {}
    told: set[str] = set()
    for each in statistics.observations(library.workspace, Scope(), as_of):
        card, region = each.series.card, each.series.region
        whole = each.months in (Months.year(year), Months.year(year - 1))
        plain_ = not each.series.codes and not each.series.entity and each.op == "="
        if region in regions and whole and plain_:
            told.add(card)
        if card in wanted and region in regions and whole and plain_:
            found[regions[region], wanted[card]] = (each.value, each.evidence)
    for card in sorted(set(wanted) - told):
        others = sorted(each for each in told if each.split("@")[0] == card.split("@")[0])
        if others:
            raise InvalidRequest(
                f"口径卡“{card}”在{year - 1}、{year}年没有这些单位的数，有数的是：{'、'.join(others)}",
                f"card '{card}' has no value of these units for {year - 1} or {year}; "
                f"{', '.join(others)} has",
                where=file,
            )
    return found


def _definitions(library: Library, kind: str, names: Sequence[str]) -> "list[tuple[str, str]]":
    """The files of a folder of definitions, or those named: (name shown, text)."""
    from jingwei.store.yaml_read import decoded

    workspace = library.workspace
    folder = workspace.path(f"definitions/{kind}")
    listed = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if names:
        known = {path.name: path for path in listed} | {path.stem: path for path in listed}
        for name in names:
            if name not in known:
                shown = "、".join(path.name for path in listed) or "（无）"
                raise InvalidRequest(
                    f"没有这个文件；{workspace.shown(folder)} 中有：{shown}",
                    f"there is no such file; {workspace.shown(folder)} holds: {shown}",
                    where=name,
                )
        listed = [known[name] for name in names]
    shown_ = [(workspace.shown(path), path) for path in listed if not path.name.startswith(".")]
    return [(name, decoded(path.read_bytes(), name)) for name, path in shown_]


def goals_of_districts(library: Library, plan: Held) -> list[Statement]:
    """What the divisions of a plan assign to districts, as targets with the words of the file."""
    from jingwei.monitor.splitting import parse_split

    made: list[Statement] = []
    for name, text in _definitions(library, "splits", ()):
        split = parse_split(text, name)
        if split.by != "district" or not split.plan or library.find(split.plan).name != plan.name:
            continue
        origin = next(
            (
                each
                for each in plan.statements
                if each.role == "target" and split.target in (each.id, each.subject)
            ),
            None,
        )
        if origin is None:
            continue
        for part in split.parts:
            if part.assigned is None:
                continue
            quote = f"{part.name} 下达数 {written_out(part.assigned)}{split.unit}"
            at = text.find(part.name)
            made.append(
                replace(
                    origin, id=f"{origin.id}/{part.name}", scope=part.name, value=part.assigned,
                    low=None, high=None, op="<=" if split.bound == "at_most" else "=", hedge="",
                    text=None, unit=split.unit, period=Period(origin.period.first, split.year),
                    quote=quote, rule="split.part", evidence=Span(name, at, at + len(part.name), part.name),
                )
            )  # fmt: skip
    return made
