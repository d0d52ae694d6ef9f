"""The state of one check: figures, their present values, and what has been found so far.

Checks run in the order of causes: what explains most comes first. A figure that a finding explains
takes its likely value, so that the sums, growth rates and neighbours it spoiled raise no findings
of their own: one error, one finding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jingwei.core import Months, written_out
from jingwei.statistics.checks.panel import Family, Fit, families, fitted, window_of
from jingwei.statistics.intake import Figure

_SMALL = 1500
"""Cells of a family up to which it is fitted anew after every finding."""


@dataclass(slots=True)
class Draft:
    """A finding before it is worded together with its like.

    ``at`` are the numbers of the figures at fault, the first foremost; ``after`` their likely
    values (in the unit of the figure), None where unclear. ``factor`` is what the value is off by.
    """

    rule: str
    at: tuple[int, ...]
    zh: str
    en: str
    after: tuple[float | None, ...] = ()
    factor: float = 0.0
    action: str = "replace"


@dataclass(frozen=True, slots=True)
class Held:
    """A value that the store holds, in the unit of the card."""

    value: float


TWIN = 0.015
"""How closely another file's value of the same series and period agrees, revisions considered."""

Series = tuple[str, str, tuple[tuple[str, str], ...], str, str]


@dataclass(slots=True)
class Bench:
    """Figures under check. The first ``own`` are those of the files; the rest are known history,
    which helps to judge and is never accused. ``held`` has all known values of the series that the
    files hold, those of the same cells among them."""

    figures: Sequence[Figure]
    own: int
    held: Mapping[Series, Mapping[Months, Held]] = field(
        default_factory=dict[Series, Mapping[Months, Held]]
    )
    values: list[float] = field(default_factory=list[float])
    drafts: list[Draft] = field(default_factory=list[Draft])
    explained: dict[int, Draft] = field(default_factory=dict[int, Draft])
    families: list[Family] = field(default_factory=list[Family])
    at: dict[int, tuple[int, int, int]] = field(default_factory=dict[int, tuple[int, int, int]])
    sound: set[int] = field(default_factory=set[int])
    stale: set[int] = field(default_factory=set[int])
    vouched: set[int] = field(default_factory=set[int])
    vague: set[int] = field(default_factory=set[int])
    _kin: dict[tuple[str, Months], list[int]] = field(
        default_factory=dict[tuple[str, Months], list[int]]
    )
    _index: dict[tuple[Series, Months], list[int]] = field(
        default_factory=dict[tuple[Series, Months], list[int]]
    )
    _fits: dict[int, Fit] = field(default_factory=dict[int, Fit])

    def __post_init__(self) -> None:
        self.values = [figure.value for figure in self.figures]
        self.families = families(self.figures)
        for order, family in enumerate(self.families):
            for row, numbers in enumerate(family.index.tolist()):
                for column, number in enumerate(numbers):
                    if number >= 0:
                        self.at[number] = (order, row, column)

    def fit(self, order: int) -> Fit:
        """The fit of a family to the present values."""
        if order not in self._fits:
            self._fits[order] = fitted(self.families[order], self.values)
        return self._fits[order]

    def off(self, number: int, value: float | None = None) -> float | None:
        """Distance of a figure (or of another value in its place) from the expected, transformed."""
        import math

        place = self.at.get(number)
        if place is None:
            return None
        order, row, column = place
        family, fit = self.families[order], self.fit(order)
        at = self.values[number] if value is None else value
        x = family.transformed(at, row, column)
        result = x - float(fit.base[row, column])
        return None if math.isnan(result) else result

    def z(self, number: int, value: float | None = None) -> float | None:
        """The same in scales of the row."""
        distance = self.off(number, value)
        if distance is None:
            return None
        order, row, _ = self.at[number]
        return distance / float(self.fit(order).scale[row])

    def expected(self, number: int) -> float | None:
        """What its kin lead to expect, in the unit of the figure."""
        import math

        place = self.at.get(number)
        if place is None:
            return None
        order, row, column = place
        base = float(self.fit(order).base[row, column])
        return None if math.isnan(base) else self.families[order].value_of(base, row, column)

    def linear(self, number: int) -> bool:
        place = self.at.get(number)
        return place is not None and self.families[place[0]].linear

    def add(self, draft: Draft) -> None:
        """Keep a finding; its figures take their likely values."""
        self.drafts.append(draft)
        for order, number in enumerate(draft.at):
            self.explained.setdefault(number, draft)
            after = draft.after[order] if order < len(draft.after) else None
            if after is None and draft.rule not in ("duplicate",):
                after = self.expected(number)
                self.vague.add(number)  # good enough for neighbours, not for sums
            if after is not None:
                self.values[number] = after
            if number in self.at:
                self._changed(self.at[number][0])

    def _changed(self, order: int) -> None:
        """A small family is fitted anew at once, a large one when the next round begins."""
        if self.families[order].index.size <= _SMALL:
            self._fits.pop(order, None)
        else:
            self.stale.add(order)

    def refresh(self) -> None:
        """Fit anew what has changed."""
        for order in self.stale:
            self._fits.pop(order, None)
        self.stale.clear()

    def settle(self, number: int, value: float) -> None:
        """Give a vague figure the value that a sum implies."""
        self.vague.discard(number)
        self.values[number] = value
        draft = self.explained[number]
        if number in draft.at:
            at = draft.at.index(number)
            draft.after = (
                (
                    *draft.after[:at],
                    value,
                    *draft.after[at + 1 :],
                )
                if at < len(draft.after)
                else draft.after
            )
        if number in self.at:
            self._changed(self.at[number][0])

    def free(self, number: int) -> bool:
        """Whether a figure may be accused: of a file, and not explained yet."""
        return number < self.own and number not in self.explained

    def kin(self, entity: str, months: Months) -> list[int]:
        """Figures of one enterprise and period."""
        if not self._kin:
            for number, figure in enumerate(self.figures):
                if figure.entity and number in self.at:
                    self._kin.setdefault((figure.entity, figure.months), []).append(number)
        return self._kin.get((entity, months), [])

    def index(self) -> Mapping[tuple[Series, Months], Sequence[int]]:
        """Figures by series and months."""
        if not self._index:
            for number, figure in enumerate(self.figures):
                self._index.setdefault((figure.series, figure.months), []).append(number)
        return self._index


def twins(bench: Bench, number: int) -> list[int]:
    """Figures of the same series and period that other files print, as they stand."""
    figure = bench.figures[number]
    return [
        other
        for other in bench.index()[figure.series, figure.months]
        if bench.figures[other].place.file != figure.place.file and other not in bench.explained
    ]


def agrees(one: float, other: float) -> bool:
    """Whether two files say the same of one thing, revisions considered."""
    return abs(one - other) <= TWIN * abs(other)


def shown(value: float) -> str:
    """A value as a message prints it: ten digits, never an exponent."""
    return written_out(value)


def told(figure: Figure) -> str:
    """Which figure, in Chinese words: by names, and by codes only where there is no name."""
    labels = figure.labels or tuple(code for _, code in figure.codes)
    parts = [figure.entity_name or figure.entity or named(figure), *labels]
    return f"{' '.join(filter(None, parts))} {figure.name} {spelled(figure.months)}".strip()


def named(figure: Figure) -> str:
    """The region of a figure by its name."""
    return figure.region_name or figure.region


def spelled(months: Months) -> str:
    """2024年, 2024年11月, 2024年1-11月."""
    kind = window_of(months)
    if kind == "year":
        return f"{months.last_year}年"
    if kind == "month":
        return f"{months.last_year}年{months.last_month}月"
    if kind == "cumulative":
        return f"{months.last_year}年1-{months.last_month}月"
    return str(months)
