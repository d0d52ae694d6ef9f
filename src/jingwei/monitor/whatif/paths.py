"""The path of every variable, year by year, each value with its formula."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jingwei.core import Formula, written_out
from jingwei.monitor.whatif.assumptions import LONGEST, RULES, Assumptions, Variable, Years, wrong


@dataclass(frozen=True, slots=True)
class Point:
    """One value of the path, with the formula it follows from."""

    variable: str
    year: int
    value: float
    unit: str
    formula: Formula


@dataclass(slots=True)
class Paths:
    """Paths computed so far; a variable's inputs are computed before it."""

    given: Assumptions
    done: dict[str, dict[int, Point]] = field(default_factory=dict[str, dict[int, Point]])

    def of(self, name: str, asking: tuple[str, ...]) -> Mapping[int, Point]:
        if name in self.done:
            return self.done[name]
        if name not in self.given.variables:
            raise wrong(
                asking[-1] if asking else name,
                f"用到的“{name}”没有写",
                f"uses '{name}', which is not given",
            )
        if name in asking:
            circle = " → ".join((*asking[asking.index(name) :], name))
            raise wrong(name, f"假设互相循环：{circle}", f"the assumptions are circular: {circle}")
        variable = self.given.variables[name]
        if len(variable.rules) != 1:
            listed = "、".join(variable.rules) or "没有"
            raise wrong(
                name,
                f"要有且只有一条规则（{'、'.join(RULES)}），现有：{listed}",
                f"needs one rule of {', '.join(RULES)} and has: {', '.join(variable.rules) or 'none'}",
            )
        (rule,) = variable.rules
        needs_other = rule in ("share", "elasticity")
        if needs_other != (variable.of is not None):
            raise wrong(
                name,
                "份额和弹性要写 of（相对谁），其他规则不写",
                "share and elasticity need 'of', other rules have none",
            )
        others = variable.ratio or variable.sum or ((variable.of,) if variable.of else ())
        inputs = [self.of(other, (*asking, name)) for other in others]
        build = {
            "growth": self._growth, "level": self._level, "share": self._share,
            "elasticity": self._elasticity, "ratio": self._ratio, "sum": self._sum,
        }[rule]  # fmt: skip
        self.done[name] = build(name, variable, inputs)
        return self.done[name]

    def _start(self, name: str, variable: Variable) -> Point:
        if variable.value is None or variable.year is None:
            raise wrong(name, "缺少起点：要写 value 和 year", "lacks its start: value and year")
        if not 0 < self.given.to - variable.year <= LONGEST:
            raise wrong(
                name,
                f"起点{variable.year}年要早于{self.given.to}年，且不早过{LONGEST}年",
                f"starts in {variable.year}; it must be within {LONGEST} years before {self.given.to}",
            )
        source = f"（{variable.source}）" if variable.source else ""
        return Point(
            name, variable.year, variable.value, variable.unit,
            Formula(f"{name} {variable.year} = {written_out(variable.value, 6)}{variable.unit}{source}"),
        )  # fmt: skip

    def _growth(
        self, name: str, variable: Variable, _: list[Mapping[int, Point]]
    ) -> dict[int, Point]:
        start = self._start(name, variable)
        assert variable.growth is not None
        path = {start.year: start}
        for year in range(start.year + 1, self.given.to + 1):
            before = path[year - 1]
            rate = _rate(name, variable.growth, year)
            path[year] = _point(
                name, variable, year, before.value * (1 + rate / 100),
                f"{written_out(before.value, 6)} × (1 + {written_out(rate, 6)}%)", before,
            )  # fmt: skip
        return path

    def _level(
        self, name: str, variable: Variable, _: list[Mapping[int, Point]]
    ) -> dict[int, Point]:
        start = self._start(name, variable)
        assert variable.level is not None
        stops = _stops(name, ((start.year, start.value), *variable.level))
        path = {start.year: start}
        for year in range(start.year + 1, min(self.given.to, max(stops)) + 1):
            value, told = _between(stops, year)
            path[year] = _point(name, variable, year, value, told, start)
        return path

    def _share(
        self, name: str, variable: Variable, inputs: list[Mapping[int, Point]]
    ) -> dict[int, Point]:
        (whole,) = inputs
        assert variable.share is not None
        path: dict[int, Point] = {}
        pairs = variable.share if isinstance(variable.share, tuple) else ()
        if variable.value is not None:
            start = self._start(name, variable)
            path[start.year] = start
            if pairs and start.year in whole and whole[start.year].value:
                pairs = ((start.year, 100 * start.value / whole[start.year].value), *pairs)
        stops = _stops(name, pairs) if pairs else {}
        for year, base in whole.items():
            if path and year <= min(path):
                continue
            if stops and not min(stops) <= year <= max(stops):
                continue
            share, told = (
                _between(stops, year) if stops else (variable.share, f"{variable.share:g}")
            )
            assert isinstance(share, float | int)
            path[year] = _point(
                name, variable, year, base.value * share / 100,
                f"{base.variable} {written_out(base.value, 6)} × {told}%", base,
            )  # fmt: skip
        return path

    def _elasticity(
        self, name: str, variable: Variable, inputs: list[Mapping[int, Point]]
    ) -> dict[int, Point]:
        (other,) = inputs
        start = self._start(name, variable)
        assert variable.elasticity is not None
        path = {start.year: start}
        for year in range(start.year + 1, self.given.to + 1):
            if year not in other or year - 1 not in other:
                raise wrong(
                    name,
                    f"{variable.of}没有{year - 1}或{year}年的数，算不出增速",
                    f"'{variable.of}' lacks {year - 1} or {year}, so it has no growth",
                )
            before, now = other[year - 1], other[year]
            if before.value == 0:
                raise wrong(
                    name, f"{variable.of}{year - 1}年是零，没有增速",
                    f"'{variable.of}' is zero in {year - 1} and has no growth",
                )  # fmt: skip
            growth = now.value / before.value - 1
            last = path[year - 1]
            path[year] = _point(
                name, variable, year, last.value * (1 + variable.elasticity * growth),
                f"{written_out(last.value, 6)} × (1 + {written_out(variable.elasticity, 6)} × {written_out(100 * growth, 4)}%)", last, now,
            )  # fmt: skip
        return path

    def _ratio(
        self, name: str, variable: Variable, inputs: list[Mapping[int, Point]]
    ) -> dict[int, Point]:
        upper, lower = inputs
        scale, sign = (100, " × 100%") if variable.unit == "%" else (1, "")
        path: dict[int, Point] = {}
        for year in sorted(upper.keys() & lower.keys()):
            if lower[year].value == 0:
                raise wrong(name, f"{year}年分母是零", f"the denominator is zero in {year}")
            path[year] = _point(
                name, variable, year, scale * upper[year].value / lower[year].value,
                f"{written_out(upper[year].value, 6)} / {written_out(lower[year].value, 6)}{sign}", upper[year], lower[year],
            )  # fmt: skip
        return path

    def _sum(
        self, name: str, variable: Variable, inputs: list[Mapping[int, Point]]
    ) -> dict[int, Point]:
        common = set(inputs[0]).intersection(*inputs[1:]) if inputs else set[int]()
        return {
            year: _point(
                name, variable, year, sum(each[year].value for each in inputs),
                " + ".join(f"{written_out(each[year].value, 6)}" for each in inputs),
                *(each[year] for each in inputs),
            )
            for year in sorted(common)
        }  # fmt: skip


def _point(name: str, variable: Variable, year: int, value: float, told: str, *of: Point) -> Point:
    formula = f"{name} {year} = {told} = {written_out(value, 6)}{variable.unit}"
    return Point(
        name, year, value, variable.unit, Formula(formula, tuple(each.formula for each in of))
    )


def _rate(name: str, growth: float | Years, year: int) -> float:
    if not isinstance(growth, tuple):
        return growth
    for until, rate in sorted(growth):
        if year <= until:
            return rate
    raise wrong(
        name,
        f"增速只写到{max(growth)[0]}年，缺{year}年",
        f"has growth to {max(growth)[0]}, not {year}",
    )


def _stops(name: str, pairs: Years) -> dict[int, float]:
    stops = dict(pairs)
    if len(stops) < len(pairs):
        raise wrong(name, "同一年写了两个数", "has two values for one year")
    return stops


def _between(stops: Mapping[int, float], year: int) -> tuple[float, str]:
    """The value on the straight line between the stops around ``year``, and how it is told."""
    if year in stops:
        return stops[year], f"{written_out(stops[year], 6)}"
    before = max(each for each in stops if each < year)
    after = min(each for each in stops if each > year)
    a, b = stops[before], stops[after]
    value = a + (b - a) * (year - before) / (after - before)
    return (
        value,
        f"[{written_out(a, 6)} + ({written_out(b, 6)} − {written_out(a, 6)}) × {year - before}/{after - before}]",
    )
