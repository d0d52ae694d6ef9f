"""Forecast, decomposition, roll-up and disclosure control as tables that commands show."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from jingwei.app.pipeline.panels import Panel
from jingwei.core import InvalidRequest, written_out
from jingwei.store.tables import Row, Table

if TYPE_CHECKING:
    from jingwei.monitor.decomposition import Pulls
    from jingwei.monitor.forecast import Forecast, Sample


def sample_of(panel: Panel, column: str, breaks: Mapping[int, str]) -> "Sample":
    """The years of a file with one column of values, or the one that is named."""
    from jingwei.core import Row as Evidence
    from jingwei.monitor.forecast import sample

    values: dict[int, float] = {}
    evidence: dict[int, Evidence] = {}
    others = [each for each in panel.columns if each and each != panel.period]
    if not column and len(others) != 1:
        raise InvalidRequest(
            f"有{len(others)}列数，请用 --column 指明一列：{'、'.join(others)}",
            f"there are {len(others)} columns; name one with --column: {', '.join(others)}",
            where=panel.name,
        )
    chosen = column or others[0]
    for line, text in enumerate(panel.texts(panel.period)):
        value = panel.number(line, chosen)
        if value is None:
            continue
        if not text.isdigit() or int(text) in values:
            raise InvalidRequest(
                f"“{text}”不是一个年份，或写了两次；外推用年度数",
                f"'{text}' is no year or stands twice; forecasts take yearly values",
                where=f"{panel.name}:{line + panel.first}",
            )
        values[int(text)] = value
        evidence[int(text)] = Evidence(panel.name, "", f"{chosen} {text}")
    return sample(values, breaks, evidence)


def path_table(found: "Forecast") -> Table:
    """The path of a forecast."""
    rows: list[Row] = [
        {"year": str(each.year), "point": each.point, "low": each.low, "high": each.high}
        for each in found.path
    ]
    titles = {
        "year": "年份 year",
        "point": "预计 forecast",
        "low": "80%下限 low",
        "high": "80%上限 high",
    }
    return Table("path", titles, rows)


def tried_table(found: "Forecast") -> Table:
    """The back-test: mean absolute error of every method by years ahead, and the origins."""
    methods = sorted({each.method for each in found.tried})
    rows: list[Row] = []
    for ahead in sorted({each.ahead for each in found.tried}):
        at = {each.method: each for each in found.tried if each.ahead == ahead}
        errors = {name: at[name].error if name in at else None for name in methods}
        rows.append(
            {"ahead": str(ahead)} | errors | {"origins": str(next(iter(at.values())).origins)}
        )
    titles = {"ahead": "提前年数 ahead"} | {name: name for name in methods}
    return Table("backtest", titles | {"origins": "次数 origins"}, rows)


def pull_table(found: "Pulls") -> Table:
    """Pulls, the largest first."""
    rows: list[Row] = [
        {
            "name": each.name, "before": each.before, "after": each.after, "pull": each.pull,
            "contribution": each.contribution, "formula": each.evidence.formula,
        }
        for each in found.parts
    ]  # fmt: skip
    total = sum(each.pull for each in found.parts)
    rows.append({
        "name": "合计 total", "before": found.before, "after": found.after, "pull": total,
        "contribution": None if found.after == found.before else 100.0,
        "formula": f"{written_out(found.after, 6)} / {written_out(found.before, 6)} − 1 = {found.growth:.4f}%",
    })  # fmt: skip
    if found.remainder is not None:
        rows.append({
            "name": "公布增速余差 remainder", "pull": found.remainder,
            "formula": f"{written_out(found.published, 6)}% − {found.growth:.4f}%",
        })  # fmt: skip
    titles = {
        "name": "部分 part", "before": "基期 before", "after": "报告期 after",
        "pull": "拉动（百分点） pull", "contribution": "贡献率% contribution", "formula": "算式 formula",
    }  # fmt: skip
    return Table("pull", titles, rows)


def pulled(
    panel: Panel,
    by: Sequence[str],
    value: str,
    periods: tuple[str, str],
    growth: str,
    published: float | None,
) -> Table:
    """Pulls of the parts named by ``by``: from two periods, or from growth on the same frame."""
    from jingwei.monitor.decomposition import pulls, pulls_same_frame

    if growth:
        held = panel.keyed(periods[1] or max(panel.texts(panel.period)), by)
        levels = {"·".join(key): panel.needed(line, value) for key, line in held.items()}
        rates = {"·".join(key): panel.needed(line, growth) for key, line in held.items()}
        return pull_table(pulls_same_frame(levels, rates, published))
    keys, before, after = panel.paired(panel.between(*periods), by, [value])
    names = ["·".join(key) for key in keys]
    start, end = (dict(zip(names, map(float, side[:, 0]), strict=True)) for side in (before, after))
    return pull_table(pulls(start, end))


def _told(value: float) -> float:
    """15 digits: the 16th of a logarithm is the processor's, and the same input gives the same bytes."""
    return float(f"{written_out(value, 15)}")


def lmdi_table(
    panel: Panel, by: Sequence[str], factors: Sequence[str], periods: tuple[str, str], group: str
) -> Table:
    """Effects of the factors on the whole and on every group, additive and multiplicative."""
    from jingwei.monitor.decomposition import Effects, lmdi

    keys, before, after = panel.paired(panel.between(*periods), by, factors)
    whole = lmdi(before, after, factors)
    groups: dict[str, Effects] = {"合计 total": whole}
    if group:
        place = by.index(group) if group in by else -1
        if place < 0:
            raise InvalidRequest(
                f"“{group}”不在 --by 的列里", f"'{group}' is not among the columns of --by"
            )
        groups |= whole.grouped([key[place] for key in keys])
    rows: list[Row] = []
    for name, each in groups.items():
        zero, end = float(each.before.sum()), float(each.after.sum())
        ratios = each.multiplicative() if zero > 0 and end > 0 else None
        rows.append(
            {"name": name, "before": zero, "after": end, "change": each.change}
            | {f"effect_{k}": _told(v) for k, v in enumerate(each.total)}
            | {"ratio": None if ratios is None else _told(ratios.ratio)}
            | {
                f"index_{k}": None if ratios is None else _told(ratios.factors[k])
                for k in range(len(factors))
            }
        )
    titles = {"name": "范围 scope", "before": "基期", "after": "报告期", "change": "变化 change"}
    titles |= {f"effect_{k}": f"{name} 效应" for k, name in enumerate(factors)}
    titles |= {"ratio": "倍数 ratio"} | {
        f"index_{k}": f"{name} 指数" for k, name in enumerate(factors)
    }
    return Table("lmdi", titles, rows)


def shift_table(
    panel: Panel, region: str, industry: str, value: str, periods: tuple[str, str], reference: str
) -> Table:
    """Shift-share of every region, added up over industries, and of every industry in it."""
    from jingwei.monitor.decomposition import shift_share

    keys, before, after = panel.paired(panel.between(*periods), [region, industry], [value])
    regions = list(dict.fromkeys(key[0] for key in keys))
    industries = list(dict.fromkeys(key[1] for key in keys))
    place = {key: k for k, key in enumerate(keys)}
    lacking = [(r, i) for r in regions for i in industries if (r, i) not in place]
    if lacking:
        r, i = lacking[0]
        raise InvalidRequest(
            f"{r}缺{i}一行（共缺{len(lacking)}行）；没有的写0，缺数的请补",
            f"{r} lacks a row for {i} ({len(lacking)} such); write 0 for none, supply what is missing",
            where=panel.name,
        )
    start, end = (
        np.array([[side[place[r, i], 0] for i in industries] for r in regions])
        for side in (before, after)
    )
    outside: tuple[np.ndarray | None, np.ndarray | None] = (None, None)
    if reference:
        if reference not in regions:
            raise InvalidRequest(
                f"没有参照区“{reference}”；有：{'、'.join(regions)}",
                f"there is no reference area '{reference}'; there are: {', '.join(regions)}",
                where=panel.name,
            )
        at = regions.index(reference)
        outside = start[at], end[at]
        kept = [k for k in range(len(regions)) if k != at]
        regions, start, end = [regions[k] for k in kept], start[kept], end[kept]
    found = shift_share(start, end, *outside)
    parts = {
        "change": found.change, "share": found.share, "mix": found.mix,
        "competitive": found.competitive, "homothetic": found.homothetic,
        "allocation": found.allocation,
    }  # fmt: skip
    rows: list[Row] = []
    for r, name in enumerate(regions):
        rows.append({"name": name, "industry": "合计 total"} | {
            key: _known(float(each[r].sum())) for key, each in parts.items()
        })  # fmt: skip
        rows.extend(
            {"name": name, "industry": sector}
            | {key: _known(float(each[r, i])) for key, each in parts.items()}
            for i, sector in enumerate(industries)
        )
    titles = {
        "name": "地区 region", "industry": "行业 industry", "change": "变化 change",
        "share": "全局份额 share", "mix": "结构 mix", "competitive": "竞争力 competitive",
        "homothetic": "同构竞争力 E-M", "allocation": "配置 allocation",
    }  # fmt: skip
    return Table("shift-share", titles, rows)


def _known(value: float) -> float | None:
    """A value of an effect that is not defined (an industry that begins) is absent."""
    return None if np.isnan(value) else value


def structure_table(panel: Panel, by: Sequence[str], value: str, periods: tuple[str, str]) -> Table:
    """How much the structure changed, and the shares before and after."""
    from jingwei.monitor.decomposition import structural_change

    keys, before, after = panel.paired(panel.between(*periods), by, [value])
    names = ["·".join(key) for key in keys]
    found = structural_change(names, before[:, 0].tolist(), after[:, 0].tolist())
    shares = 100 * before[:, 0] / before.sum(), 100 * after[:, 0] / after.sum()
    rows: list[Row] = [
        {"name": name, "before": float(a), "after": float(b), "change": float(b - a)}
        for name, a, b in zip(names, *shares, strict=True)
    ]
    rows.append({"name": "绝对值范数 NAV（0-1）", "change": found.norm})
    rows.append({"name": "Lilien 指数", "change": found.lilien})
    titles = {
        "name": "部分 part",
        "before": "基期% before",
        "after": "报告期% after",
        "change": "变化 change",
    }
    return Table("structure", titles, rows)
