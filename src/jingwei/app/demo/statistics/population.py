"""Who the fictional enterprises are: names, codes, places, kinds, years in the frame, awards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jingwei.app.demo.model import City, apportion
from jingwei.app.demo.statistics.uscc import uscc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]
    Marks = NDArray[np.bool_]

NEVER = 9999


@dataclass(frozen=True)
class Population:
    """One row a unit. ``leaves`` is the year whose verification strikes it off (9999: not yet).

    owner:    the row of the enterprise a branch belongs to, -1 for an enterprise
    large:    row in ``anchors`` for units whose output is declared, else -1
    opened:   entered as a new plant during its first year, not by growing beyond the size
    small:    万元 made in the year before entry and in the year of leaving
    corrects: by year, how far the December figure lay from the annual report
    bends:    how revenue, tax, staff and R&D of the unit differ from its output
    """

    names: tuple[str, ...]
    uscc: tuple[str, ...]
    classes: tuple[str, ...]
    district: "Whole"
    sector: "Whole"
    entry: "Whole"
    leaves: "Whole"
    owner: "Whole"
    large: "Whole"
    zone: "Marks"
    direct: "Marks"
    opened: "Marks"
    reasons: dict[int, str]
    anchors: tuple[dict[str, float], ...]
    shapes: dict[int, dict[str, Any]]
    small: "Real"
    weights: "Real"
    corrects: "Real"
    bends: "Real"
    srdi: dict[int, date]
    giants: dict[int, date]
    hightech: dict[int, date]

    @property
    def count(self) -> int:
        return len(self.names)

    def where(self, row: int) -> int:
        """The place of a unit's district in the order of the city."""
        return int(self.district[row])

    @property
    def branches(self) -> range:
        return range(self.count - int((self.owner >= 0).sum()), self.count)


def populate(city: City, facts: dict[str, Any], codes: Sequence[str]) -> Population:
    """Draw the units of a history; the large ones are declared."""
    import numpy as np

    large, years = facts["large"], city.years
    entry, leaves = _lives(city, facts)
    fixed, total = len(large), len(entry)
    draw = _draws(city, "units")
    kinds, places = _cells(city, facts, total - fixed)
    place_of = {name: index for index, name in enumerate(city.districts)}
    branches = [(row, each["branch"]) for row, each in enumerate(large) if "branch" in each]
    district = np.array(
        [place_of[each["district"]] for each in large]
        + places
        + [place_of[branch["district"]] for _, branch in branches]
    )
    sector = np.array(
        [each["sector"] for each in large] + kinds + [large[row]["sector"] for row, _ in branches]
    )
    entry = np.concatenate([entry, np.full(len(branches), years[0])])
    leaves = np.concatenate([leaves, np.full(len(branches), NEVER)])
    units = total + len(branches)
    classes, words = _classes(city, facts, sector, fixed, total)
    names = _names(city, facts, words[fixed:total])
    for row, each in enumerate(large):
        names[row:row] = [each["name"]]
    codes_of = [uscc(str(codes[int(district[row])]), 7001 + 173 * row) for row in range(total)]
    for row, branch in branches:
        classes.append(classes[row])
        names.append(f"{large[row]['name']}{branch['district']}分厂")
        codes_of.append(codes_of[row])
    owner = np.full(units, -1)
    owner[total:] = [row for row, _ in branches]
    number = np.full(units, -1)
    number[:fixed] = np.arange(fixed)
    number[total:] = fixed + np.arange(len(branches))
    chance = [_in_zone(city, large, name) for name in city.districts]
    zone = draw.random_sample(units) < np.array(chance)[district]
    zone[:fixed] = [bool(each.get("zone")) for each in large]
    zone[total:] = False
    opened = draw.random_sample(units) < 0.22
    drift = draw.normal(0, 0.05, (units, 1)) * np.arange(len(years))
    weights = np.exp(draw.normal(0, 0.95, (units, 1)) + drift)
    weights *= np.exp(draw.normal(0, 0.09, (units, len(years))))
    # Who has just entered is small and grows; who will leave has been small for long.
    age = np.arange(years[0], years[-1] + 1) - entry[:, None]
    newcomer = (entry[:, None] > years[0]) & (age >= 0)
    weights *= np.where(newcomer, np.minimum(1, 0.08 * 1.7 ** np.clip(age, 0, 9)), 1)
    weights[leaves < NEVER] *= 0.02
    corrects = np.where(
        draw.random_sample((units, len(years))) < 1 / 12,
        draw.normal(-0.01, 0.03, (units, len(years))).round(3),
        0.0,
    )
    bends = np.exp(draw.normal(0, [0.04, 0.35, 0.3, 0.5], (units, 4)))
    bends[number >= 0] = [1.0, 0.9, 0.8, 1.2]
    srdi, giants, hightech = _awards(city, facts, entry, leaves, total)
    return Population(
        tuple(names), tuple(codes_of), tuple(classes), district, sector, entry, leaves, owner,
        number, zone, np.array([r < fixed and bool(large[r].get("direct")) for r in range(units)]),
        opened, _reasons(city, facts, leaves, total),
        tuple(each["anchors"] for each in large) + tuple(b["anchors"] for _, b in branches),
        {row: each["shape"] for row, each in enumerate(large) if "shape" in each},
        draw.uniform(1250, 1960, units).round(0), weights.round(6), corrects, bends.round(6),
        srdi, giants, hightech,
    )  # fmt: skip


def _in_zone(city: City, large: list[dict[str, Any]], district: str) -> float:
    """Chance of a unit that is not large to stand in the zone, so that about its output does."""
    year = (city.years[0] + city.years[-1]) // 2
    here = [each for each in large if each["district"] == district]
    made = sum(each["anchors"][str(year)] for each in here)
    inside = sum(each["anchors"][str(year)] for each in here if each.get("zone"))
    wanted = city.facts["zone"]["inside"].get(district, 0) * city.district(district, year)
    return max(0.0, (0.97 * wanted - inside) / (city.district(district, year) - made))


def _draws(city: City, *name: object) -> "np.random.RandomState":
    import numpy as np

    # RandomState: the stream that numpy promises never to change.
    return np.random.RandomState(city.stream("register", *name).getrandbits(32))


def _lives(city: City, facts: dict[str, Any]) -> tuple["Whole", "Whole"]:
    """Years of entry and leaving, so that each year's annual report counts what was printed."""
    import numpy as np

    draw, fixed = _draws(city, "lives"), len(facts["large"])
    members = [round(city.value("enterprises", year)) for year in city.years]
    entry = [city.years[0]] * members[0]
    leaves = [NEVER] * members[0]
    exits: dict[str, int] = facts["exits"]
    for year, before, after in zip(city.years[1:], members, members[1:], strict=False):
        drawn = int(draw.randint(exits["low"], exits["high"]))
        gone = 0 if year == city.years[-1] else exits.get(str(year), drawn)
        alive = [
            row
            for row in range(fixed, len(entry))
            if leaves[row] == NEVER and entry[row] < year and row % 9  # one in nine stays
        ]
        for row in _some(draw, alive, gone):
            leaves[row] = year
        gone = sum(each == year for each in leaves)
        entry += [year] * (after - before + gone)
        leaves += [NEVER] * (after - before + gone)
    below = facts["below"]["count"]
    return (
        np.array(entry + [NEVER] * below),
        np.array(leaves + [NEVER] * below),
    )


def _cells(city: City, facts: dict[str, Any], count: int) -> tuple[list[int], list[int]]:
    """Sector and district of each drawn unit; where more is made there are more of them."""
    import numpy as np

    weights: list[float] = []
    for sector, each in zip(city.sectors, facts["sector"], strict=True):
        for name in city.districts:
            made = [city.output(name, sector, year) for year in (city.years[0], city.years[-1])]
            weights.append(each["crowd"] * (made[0] * 0.7 + made[1] * 0.3) + 3)
    numbers = apportion(count, weights)
    cells = np.repeat(np.arange(len(weights)), numbers)
    _draws(city, "cells").shuffle(cells)
    # The first units are there from the first year and stay: one for each cell.
    for place in range(len(weights)):
        found = int(np.flatnonzero(cells == place)[0])
        target = _stayers(len(facts["large"]), len(weights))[place]
        cells[found], cells[target] = cells[target], cells[found]
    width = len(city.districts)
    return [int(each) // width for each in cells], [int(each) % width for each in cells]


def _stayers(fixed: int, cells: int) -> list[int]:
    """Places, counted after the large units, of units that never leave the frame."""
    return [9 * (fixed // 9 + 1 + number) - fixed for number in range(cells)]


def _classes(
    city: City, facts: dict[str, Any], sector: "Whole", fixed: int, total: int
) -> tuple[list[str], list[str]]:
    draw = _draws(city, "classes")
    classes: list[str] = [each["class"] for each in facts["large"]]
    words: list[str] = [""] * fixed
    for kind in sector[fixed:total]:
        listed: list[Any] = facts["sector"][kind]["classes"]
        weights = [each[2] for each in listed]
        place = int(draw.choice(len(listed), p=[each / sum(weights) for each in weights]))
        classes.append(listed[place][0])
        words.append(listed[place][3][int(draw.randint(len(listed[place][3])))])
    return classes, words


def _names(city: City, facts: dict[str, Any], words: list[str]) -> list[str]:
    """No two alike, but some groups share their first syllables: those are not one enterprise."""
    draw, syllables = _draws(city, "names"), facts["syllables"]
    pairs = draw.permutation(len(syllables) ** 2)
    names: list[str] = []
    for number, word in enumerate(words):
        # Every fortieth is a sister of the one before: same syllables, another number.
        pair = int(pairs[number - (number % 40 == 1)])
        first, second = divmod(pair, len(syllables))
        prefix = facts["prefixes"][pair % len(facts["prefixes"])]
        suffix = facts["suffixes"][(pair // 7) % len(facts["suffixes"])]
        mark = "第二" if number % 40 == 1 else ""
        names.append(f"{prefix}{syllables[first]}{syllables[second]}{mark}{word}{suffix}")
    return names


def _reasons(city: City, facts: dict[str, Any], leaves: "Whole", total: int) -> dict[int, str]:
    """Why each left the frame, in the proportions declared (exactly so in 2020)."""
    found: dict[int, str] = {}
    listed = facts["exits"]["reasons"]
    for year in city.years:
        gone = [row for row in range(total) if leaves[row] == year]
        numbers = apportion(len(gone), [each[1] for each in listed])
        reasons = [name for (name, _), n in zip(listed, numbers, strict=True) for _ in range(n)]
        found |= dict(zip(gone, reasons, strict=True))
    return found


def _awards(
    city: City, facts: dict[str, Any], entry: "Whole", leaves: "Whole", total: int
) -> tuple[dict[int, date], dict[int, date], dict[int, date]]:
    """Rows with the day of their award: 专精特新, 小巨人 (two years later), 高新技术企业."""
    draw, awards = _draws(city, "awards"), facts["awards"]
    order = [int(row) for row in draw.permutation(total) if row >= len(facts["large"])]
    srdi: dict[int, date] = {}
    for year, number in awards["srdi"].items():
        fit = (r for r in order if r not in srdi and _there(entry[r], leaves[r], int(year)))
        for row in [next(fit) for _ in range(number)]:
            srdi[row] = date(int(year), 9, 1) + timedelta(int(draw.randint(90)))
    old = sorted(row for row, day in srdi.items() if day.year <= city.years[-1] - 2)
    giants = {
        old[each]: date(srdi[old[each]].year + 2, 7, 1) + timedelta(int(draw.randint(60)))
        for each in _some(draw, range(len(old)), awards["giants"])
    }
    hightech = {
        row: date(2023 + int(draw.randint(3)), 11, 1) + timedelta(int(draw.randint(45)))
        for row in [r for r in order if _there(entry[r], leaves[r], 2025)][: awards["hightech"]]
    }
    return srdi, giants, hightech


def _some(draw: "np.random.RandomState", among: Sequence[int], number: int) -> list[int]:
    """``number`` of them without repetition, sorted."""
    return sorted(among[int(each)] for each in draw.permutation(len(among))[:number])


def _there(entry: int, leaves: int, year: int) -> bool:
    """In the frame that year, or below the size throughout."""
    return entry == NEVER or entry <= year < leaves
