"""Records of single enterprises in files: rolled up to the city, and tables that may leave the house."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from jingwei.app.pipeline.panels import Panel, read_panel
from jingwei.core import (
    InvalidFile,
    InvalidRequest,
    Months,
    Observation,
    Region,
    RegionLevel,
    SeriesKey,
    written_out,
)
from jingwei.core import Row as Evidence
from jingwei.store.tables import Row, Table

if TYPE_CHECKING:
    from jingwei.statistics.disclosure import Dimension, Protected, Rules
    from jingwei.statistics.rollup import Cause, Measured, Reason, Reporter, Rollup

_LEVELS = {"city", "district", "street", "zone"}


def regions_of(path: Path) -> list[Region]:
    """A table of regions: code, name, level, within, overlaps (codes with ``;``)."""
    panel = read_panel(path)
    places = [panel.at(each) for each in ("code", "name", "level", "within", "overlaps")]
    regions: list[Region] = []
    for line, row in enumerate(panel.rows):
        code, name, level, within, overlaps = (row[place] for place in places)
        if level not in _LEVELS | {"nation", "province"}:
            raise InvalidFile(
                f"地区级别“{level}”不认识；可写 city、district、zone",
                f"'{level}' is no level of a region; write city, district or zone",
                where=f"{path.name}:{line + panel.first}",
            )
        parts = tuple(part for part in overlaps.split(";") if part)
        regions.append(Region(code, name, cast("RegionLevel", level), within, parts))
    return regions


def rolled(
    measured: "Measured",
    months: Months,
    regions: Sequence[Region],
    register: Panel,
    records: Panel,
    *,
    due: date,
    as_of: date,
    published: Panel | None,
    reasons: Panel | None,
) -> "Rollup":
    """Roll up what the files hold. The city is the one region of that level."""
    from jingwei.statistics.rollup import roll_up

    cities = [each for each in regions if each.level == "city"]
    if len(cities) != 1:
        raise InvalidRequest(
            f"地区表里要有且只有一个 city，现有{len(cities)}个",
            f"the table of regions needs one city and has {len(cities)}",
        )
    figures = _observations(published, "", measured, months, as_of) if published else []
    return roll_up(
        measured, months, cities[0], regions, _register(register),
        _observations(records, "entity", measured, months, as_of), due=due, as_of=as_of,
        published={each.series.region: each for each in figures},
        reasons=reasons_of(reasons) if reasons else (),
        before=_last(register),
    )  # fmt: skip


def _optional(panel: Panel, column: str) -> list[str]:
    return panel.texts(column) if column in panel.columns else [""] * len(panel.rows)


def _register(panel: Panel) -> "list[Reporter]":
    from jingwei.statistics.rollup import Reporter

    columns = [panel.texts(each) for each in ("entity", "name", "region")]
    more = [_optional(panel, each) for each in ("zones", "owner")]
    return [
        Reporter(entity, name, region, tuple(filter(None, zones.split(";"))), owner)
        for entity, name, region, zones, owner in zip(*columns, *more, strict=True)
    ]


def _last(panel: Panel) -> dict[str, float]:
    """Last period's value of an enterprise, from the column ``last`` of the register."""
    if "last" not in panel.columns:
        return {}
    values = [panel.number(line, "last") for line in range(len(panel.rows))]
    return {
        who: value
        for who, value in zip(panel.texts("entity"), values, strict=True)
        if value is not None
    }


def _observations(
    panel: Panel, entity: str, measured: "Measured", months: Months, as_of: date
) -> list[Observation]:
    """Rows with ``value`` (empty: missing, no observation) and, for figures of enterprises, the day
    they came (``day``; without it they came in time)."""
    who = panel.texts(entity) if entity else [""] * len(panel.rows)
    where = panel.texts("region") if not entity else _optional(panel, "region")
    found: list[Observation] = []
    for line, (name, region, day) in enumerate(
        zip(who, where, _optional(panel, "day"), strict=True)
    ):
        value = panel.number(line, "value")
        if value is None:
            continue
        try:
            vintage = date.fromisoformat(day) if day else date.min
        except ValueError:
            raise InvalidFile(
                f"日期“{day}”应写成 2025-01-10", f"the day '{day}' is written 2025-01-10",
                where=f"{panel.name}:{line + panel.first}",
            ) from None  # fmt: skip
        found.append(
            Observation(
                SeriesKey(measured.name, region, entity=name),
                months,
                value,
                measured.unit,
                vintage,
                "survey" if entity else "public",
                Evidence(panel.name, str(as_of), f"{line + panel.first}行"),
            )
        )
    return found


def reasons_of(panel: Panel) -> "list[Reason]":
    """Declared causes of gaps: region, cause, amount (empty: not known)."""
    from jingwei.statistics.rollup import CAUSES, Reason

    words = {name: cause for cause, names in CAUSES.items() for name in (cause, *names)}
    found: list[Reason] = []
    for line, (region, word) in enumerate(
        zip(panel.texts("region"), panel.texts("cause"), strict=True)
    ):
        if word not in words:
            listed = "、".join(zh for zh, _ in CAUSES.values())
            raise InvalidFile(
                f"差额原因“{word}”不认识；可写：{listed}",
                f"'{word}' is no known cause of a gap; write one of {', '.join(CAUSES)}",
                where=f"{panel.name}:{line + panel.first}",
            )
        cause = cast("Cause", words[word])
        source = (Evidence(panel.name, "", f"{line + panel.first}行"),)
        found.append(Reason(region, cause, panel.number(line, "amount"), source))
    return found


def rollup_table(found: "Rollup") -> Table:
    """One row a region; names are shown as far as the view has them."""
    from jingwei.statistics.disclosure import MARK
    from jingwei.statistics.rollup import CAUSES

    rows: list[Row] = []
    for each in found.levels:
        amounts = [
            f"{CAUSES[r.cause][0]}{'' if r.amount is None else f' {written_out(r.amount, 6)}'}"
            for r in each.reasons
        ]
        rows.append({
            "name": each.region.name if each.adds_up else f"（{each.region.name}）",
            "value": MARK if each.withheld else each.value,
            "coverage": f"{each.reported}/{each.expected}",
            "weight": None if each.weight is None else 100 * each.weight,
            "published": each.published,
            "gap": MARK if each.withheld else each.gap,
            "reasons": "、".join(amounts),
            "unexplained": MARK if each.withheld else each.unexplained,
            "missing": "、".join(r.name for r in each.missing) or (str(each.missing_count) if each.missing_count else ""),
            "late": "、".join(r.name for r in each.late) or (str(each.late_count) if each.late_count else ""),
        })  # fmt: skip
    titles = {
        "name": "地区 region", "value": f"汇总 sum（{found.measured.unit}）", "coverage": "上报/应报 reported",
        "published": "公布数 published", "gap": "差额 gap", "reasons": "差额原因 reasons",
        "unexplained": "未解释 unexplained", "missing": "未报 missing", "late": "迟报 late",
    }  # fmt: skip
    return Table("rollup", titles, rows)


def dimension_of(name: str, panel: Panel, tree: Path | None) -> "Dimension":
    """The codes of a column under one total, or the tree of a file (code, above)."""
    from jingwei.statistics.disclosure import Dimension

    if tree is None:
        codes = dict.fromkeys(sorted(set(panel.texts(name))), "合计")
        return Dimension(name, {"合计": ""} | codes)
    held = read_panel(tree)
    above = dict(zip(held.texts("code"), held.texts("above"), strict=True))
    tops = [code for code, parent in above.items() if not parent]
    if len(tops) != 1:  # a classification without a total of its own
        above = {"合计": ""} | {code: parent or "合计" for code, parent in above.items()}
    return Dimension(name, above)


def protected_of(
    panel: Panel,
    by: Sequence[str],
    value: str,
    owner: str,
    trees: Mapping[str, Path],
    rules: "Rules",
    published: Panel | None = None,
) -> "Protected":
    """The table of ``value`` by the columns ``by`` that may leave the house; ``published`` names
    the cells that readers have already, by their codes."""
    from jingwei.statistics.disclosure import Contribution, protected, tabulate

    dimensions = [dimension_of(name, panel, trees.get(name)) for name in by]
    codes = [panel.texts(name) for name in by]
    owners = panel.texts(owner)
    records = [
        Contribution(tuple(column[line] for column in codes), who, panel.needed(line, value))
        for line, who in enumerate(owners)
    ]
    table = tabulate(value, dimensions, records)
    known = [] if published is None else list(zip(*map(published.texts, by), strict=True))
    for key in known:
        if key not in table.keys:
            raise InvalidRequest(
                f"已公布的“{'、'.join(key)}”不是表中的格；代码要与表一致，合计写“合计”",
                f"the published cell {', '.join(key)} is none of the table; totals are 合计",
                where=published.name if published else "",
            )
    return protected(table, rules, published=known)


def protected_table(found: "Protected") -> Table:
    """One row a combination of codes, for every exporter."""
    names = [each.name for each in found.table.dimensions]
    titles = {name: name for name in names} | {"value": found.table.name}
    return Table("protected", titles, found.rows())
