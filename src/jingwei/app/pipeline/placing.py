"""What places make and plan, as rows: what commands and exports show."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from jingwei.core import InvalidFile, InvalidRequest
from jingwei.store.tables import Row, Table

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Held
    from jingwei.space import Activities


def quotient_rows(table: "Activities", least: float) -> Table:
    """Location quotient of every activity of every place, the strongest of each place first."""
    from jingwei.space import location_quotients

    quotients = location_quotients(table)
    size = table.values.sum(axis=1)
    rows: list[Row] = []
    for c, place in enumerate(table.places):
        order = sorted(
            range(len(table.activities)),
            key=lambda p: (-np.nan_to_num(quotients[c, p], nan=-1.0), table.activities[p]),
        )
        rows += [
            {
                "place": place,
                "activity": table.activities[p],
                "value": float(table.values[c, p]),
                "share": float(table.values[c, p] / size[c]) if size[c] else None,
                "location_quotient": _known(quotients[c, p]),
                "specialised": bool(quotients[c, p] >= least),
            }
            for p in order
        ]
    titles = {
        "place": "地区 place",
        "activity": "活动 activity",
        "value": "数值 value",
        "share": "占比 share",
        "location_quotient": "区位商 LQ",
        "specialised": "专业化 specialised",
    }
    return Table("specialisation", titles, rows)


def complexity_rows(table: "Activities", least: float) -> tuple[Table, float]:
    """Diversity, complexity and outlook of places; and how well the order is determined."""
    from jingwei.space import complexity, location_quotients, outlook, presence

    present = presence(location_quotients(table), least)
    got = complexity(present)
    ahead = outlook(present, got.activities)
    rows: list[Row] = [
        {
            "place": place,
            "diversity": float(got.diversity[c]),
            "eci": _known(got.places[c]),
            "coi": _known(ahead.coi[c]),
        }
        for c, place in enumerate(table.places)
    ]
    rows.sort(key=lambda row: (row["eci"] is None, -float(row["eci"] or 0)))
    titles = {
        "place": "地区 place",
        "diversity": "多样性 diversity",
        "eci": "经济复杂度 ECI",
        "coi": "复杂度前景 COI",
    }
    return Table("complexity", titles, rows), got.gap


def relatedness_rows(table: "Activities", least: float, place: str, most: int) -> Table:
    """The activities that a place lacks, the nearest first; all places where none is named."""
    from jingwei.space import complexity, density, location_quotients, outlook, presence
    from jingwei.space.complexity import NoComplexity

    if place and place not in table.places:
        raise InvalidRequest(
            f"表里没有“{place}”；有：{'、'.join(table.places[:20])}",
            f"the table has no place '{place}'",
            where=table.name,
        )
    quotients = location_quotients(table)
    present = presence(quotients, least)
    try:
        worth = complexity(present).activities
        ahead = outlook(present, worth)
        near, gain = ahead.density, ahead.cog
    except NoComplexity:
        # nearness has a meaning where complexity has none
        near = density(present)
        worth = np.full(len(table.activities), np.nan)
        gain = np.full_like(near, np.nan)
    rows: list[Row] = []
    for c, name in enumerate(table.places):
        if place and name != place:
            continue
        absent = [p for p in range(len(table.activities)) if not present[c, p]]
        absent.sort(key=lambda p: (-np.nan_to_num(near[c, p], nan=-1.0), table.activities[p]))
        rows += [
            {
                "place": name,
                "activity": table.activities[p],
                "density": _known(near[c, p]),
                "location_quotient": _known(quotients[c, p]),
                "pci": _known(worth[p]),
                "gain": _known(gain[c, p]),
            }
            for p in absent[:most]
        ]
    titles = {
        "place": "地区 place",
        "activity": "尚未专业化的活动 activity",
        "density": "邻近密度 density",
        "location_quotient": "区位商 LQ",
        "pci": "活动复杂度 PCI",
        "gain": "前景增益 COG",
    }
    return Table("relatedness", titles, rows)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def similarity_rows(
    table: "Activities | None", names: Mapping[str, Sequence[str]] | None = None
) -> Table:
    """Pairs of places, the most alike first: from data, and from the words of plans beside it."""
    from jingwei.space import similarity, word_similarity

    pairs = similarity(table, names) if table is not None else word_similarity(names or {})
    rows: list[Row] = [
        {
            "one": each.one,
            "other": each.other,
            "krugman": each.krugman,
            "cosine": each.cosine,
            "common": "、".join(f"{name} {share:.1%}" for name, share in each.common),
            "words": each.words,
            "shared": "、".join(each.shared),
        }
        for each in pairs
    ]
    titles = {
        "one": "地区 place",
        "other": "地区 place",
        "krugman": "克鲁格曼指数 Krugman",
        "cosine": "余弦 cosine",
        "common": "共同的主要活动 in common",
        "words": "规划用词相似 in words",
        "shared": "规划都点名的产业 named by both",
    }
    return Table("similarity", titles, rows)


def planned(documents: "Sequence[Held]") -> dict[str, list[str]]:
    """Place → the industries that plans give it, in the words of the plans."""
    found: dict[str, list[str]] = {}
    for document in documents:
        for each in document.file.records("places") if document.file is not None else ():
            names = found.setdefault(each.place, [])
            names += [name for name in each.industries if name not in names]
    return {place: names for place, names in found.items() if names}


def focus_rows(path: Path, weights: Mapping[str, float], spread: float) -> Table:
    """Candidates of a file ranked by weighted criteria, with rank intervals."""
    from jingwei.chains.input_output.grid import read_grid
    from jingwei.space import focus_fields

    grid = read_grid(path)
    head = grid[0]
    values: dict[str, list[float | None]] = {heading: [] for heading in head[1:]}
    for line, row in enumerate(grid[1:], 2):
        for heading, text in zip(head[1:], row[1:], strict=True):
            try:
                values[heading].append(float(text) if text else None)
            except ValueError:
                raise InvalidFile(
                    f"“{heading}”应是数字，却是“{text}”；不知道的留空",
                    f"'{heading}' needs a number, not '{text}'; leave what is not known empty",
                    where=f"{path}:{line}",
                ) from None
    unknown = [name for name in weights if name not in values]
    if unknown:
        raise InvalidRequest(
            f"没有标准“{unknown[0]}”；有：{'、'.join(values)}",
            f"there is no criterion '{unknown[0]}'; there are: {', '.join(values)}",
        )
    chosen = dict.fromkeys(values, 1.0) | dict(weights)  # one weight given leaves the others at one
    got = focus_fields([row[0] for row in grid[1:]], values, chosen, spread=spread)
    rows: list[Row] = [
        {
            "name": each.name,
            "score": each.score,
            "rank": None if each.rank is None else float(each.rank),
            "interval": f"{each.best}—{each.worst}",
            "parts": "、".join(
                f"{name} {'缺' if part is None else f'{part:.3f}'}"
                for name, part in each.parts.items()
            ),
        }
        for each in got
    ]
    titles = {
        "name": "候选领域 field",
        "score": "得分 score",
        "rank": "名次 rank",
        "interval": "名次区间 interval",
        "parts": "得分构成 parts",
    }
    return Table("focus", titles, rows)
