"""What is known of a link, as intervals with evidence.

A measure that the data do not give is unknown (证据不足), never zero. A list of suppliers that is
not said to be complete is a lower bound: three known suppliers are at least three, none known is
anything. Facts stated by a source go before what is counted; both are shown where they differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from jingwei.chains.diagnosis.dependency import Dependency, dependency
from jingwei.chains.diagnosis.rules import Rules, words
from jingwei.chains.diagnosis.technology import level
from jingwei.chains.graph import Edge, Edition, Fact
from jingwei.core import Evidence, Formula, Row

YES = ("是", "yes", "true", "完整")


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of one link: between ``low`` and ``high``; both None where it is unknown.

    ``disputed`` marks words of several raters, of which each end is one reading.
    """

    name: str
    low: float | None = None
    high: float | None = None
    evidence: tuple[Evidence, ...] = ()
    as_of: str = ""
    disputed: bool = False

    @property
    def known(self) -> bool:
        return self.low is not None

    def __str__(self) -> str:
        it = words(self.name)
        if self.low is None or self.high is None:
            return f"{it.zh}：证据不足"
        shown = f"至少{it.said(self.low)}" if self.high == inf else it.said(self.low)
        if self.high not in (inf, self.low):
            shown += f"—{it.said(self.high)}"
        return f"{it.zh}：{shown}{it.unit}"


class Measures:
    """The measures of every node of an edition, seen from one region on one day.

    ``before`` is the edition to which lost suppliers are counted; None where there is none.
    """

    def __init__(
        self, edition: Edition, rules: Rules, day: date, before: Edition | None = None
    ) -> None:
        self.edition, self.rules, self.day, self.before = edition, rules, day, before
        self._home = _places_within(edition, edition.head.region, day)

    def of(self, node: str) -> dict[str, Measured]:
        """Every measure of a node, by name."""
        makers = self._makers(node)
        complete = self._complete(node)
        found = [
            self._suppliers(node, makers, complete),
            self._local_suppliers(node, makers, complete),
            self._hhi(node, makers, complete),
            self._local_share(node, makers, complete),
            self._stated(node, "import_share"),
            self._dependent(node),
            self._technology(node),
            self._lost(node, makers),
        ]
        return {each.name: each for each in found}

    def trade(self, node: str) -> tuple[Dependency | None, tuple[Evidence, ...], str]:
        """The three tests on the newest year of trade data, their evidence and its day."""
        imports = self._newest(node, ("imports", "进口额"))
        if not imports:
            return None, (), ""
        inside, exports = (self._newest(node, names) for names in _INSIDE_AND_EXPORTS)
        by_country: dict[str, float] = {}
        for each in imports:
            if each.value is not None:
                by_country[each.of] = by_country.get(each.of, 0.0) + each.value
        tests = dependency(by_country, _total(inside), _total(exports), self.rules.dependency)
        facts = (*imports, *inside, *exports)
        return tests, tuple(each.evidence for each in facts), _latest(facts)

    def stated(self, about: str, names: Sequence[str]) -> tuple[Fact, ...]:
        """The newest facts under any of the names, no later than the day."""
        return self._newest(about, names)

    def at_home(self, enterprise: str) -> bool | None:
        """Whether an enterprise lies in the region; None where no source says where it lies."""
        places = [e.to for e in self.edition.out_of(enterprise, "located_in", self.day) if e.holds]
        if not places or not self._home:
            return None
        return any(place in self._home for place in places)

    def makers(self, node: str) -> tuple[Edge, ...]:
        """Edges of enterprises that make the node now, one an enterprise."""
        return self._makers(node)

    # -- single measures ----------------------------------------------------------------------

    def _makers(self, node: str, edition: Edition | None = None) -> tuple[Edge, ...]:
        edges = (edition or self.edition).into(node, "makes", self.day)
        denied = {each.from_ for each in edges if not each.holds}
        stated = {each.from_: each for each in edges if each.holds and each.from_ not in denied}
        return tuple(stated.values())

    def _complete(self, node: str) -> Fact | None:
        facts = self._newest(node, words("complete").facts)
        return next((each for each in facts if each.word.lower() in YES), None)

    def _suppliers(self, node: str, makers: Sequence[Edge], complete: Fact | None) -> Measured:
        stated = self._stated(node, "suppliers")
        if stated.known:
            return stated
        return _counted("suppliers", len(makers), 0, makers, complete)

    def _local_suppliers(
        self, node: str, makers: Sequence[Edge], complete: Fact | None
    ) -> Measured:
        stated = self._stated(node, "local_suppliers")
        if stated.known:
            return stated
        home = [self.at_home(each.from_) for each in makers]
        return _counted("local_suppliers", home.count(True), home.count(None), makers, complete)

    def _hhi(self, node: str, makers: Sequence[Edge], complete: Fact | None) -> Measured:
        stated = self._stated(node, "hhi")
        if stated.known:
            return stated
        shares = [each.share for each in makers if each.share is not None]
        if not shares or sum(shares) > 1 + 1e-9:
            return Measured("hhi")
        index = sum(share * share for share in shares)
        rest = max(0.0, 1 - sum(shares))
        whole = len(shares) == len(makers) and (complete is not None or rest < 1e-9)
        # what is not stated may be one firm more or a great many
        high = index if whole and rest < 1e-9 else index + rest * rest
        written = " + ".join(f"{share:g}²" for share in shares)
        evidence = Formula(
            f"HHI = {written} = {index:.4g}", tuple(each.evidence for each in makers)
        )
        return Measured("hhi", index, high, (evidence,), _latest(makers))

    def _local_share(self, node: str, makers: Sequence[Edge], complete: Fact | None) -> Measured:
        stated = self._stated(node, "local_share")
        if stated.known or not makers:
            return stated
        local = unknown = 0.0
        for each in makers:
            home = self.at_home(each.from_)
            if each.share is None:
                return stated
            local += each.share if home else 0.0
            unknown += each.share if home is None else 0.0
        rest = max(0.0, 1 - sum(each.share or 0.0 for each in makers))
        high = local + unknown + (0.0 if complete is not None else rest)
        evidence = Formula(f"本地份额之和 = {local:.4g}", tuple(each.evidence for each in makers))
        return Measured("local_share", local, min(high, 1.0), (evidence,), _latest(makers))

    def _dependent(self, node: str) -> Measured:
        tests, evidence, day = self.trade(node)
        if tests is None or tests.dependent is None:
            return Measured("dependent")
        value = 1.0 if tests.dependent else 0.0
        written = "；".join(
            f"{_TESTS[each.name]}={each.value:.4g}（阈值{each.threshold:g}）"
            for each in tests.tests
            if each.value is not None
        )
        return Measured("dependent", value, value, (Formula(written, evidence),), day)

    def _technology(self, node: str) -> Measured:
        facts = [
            each
            for name in words("technology").facts
            for each in self.edition.facts_of(node, name)
            if each.day is None or each.day <= self.day
        ]
        found = level(facts, self.rules.technology)
        if found is None:
            return Measured("technology")
        evidence = tuple(each.evidence for each in found.facts)
        return Measured(
            "technology",
            found.low,
            found.high,
            evidence,
            _latest(found.facts),
            found.low != found.high,
        )

    def _lost(self, node: str, makers: Sequence[Edge]) -> Measured:
        if self.before is None or node not in self.before.position:
            return Measured("lost")
        now = {each.from_ for each in makers}
        gone = [e for e in self.before.into(node, "makes") if e.holds and e.from_ not in now]
        label = self.before.head.edition
        proof: tuple[Evidence, ...] = tuple(each.evidence for each in gone)
        told = Formula(f"{label} 版有、本版不再有：{len(gone)}家", proof)
        return Measured("lost", float(len(gone)), float(len(gone)), (told,), label)

    # -- facts --------------------------------------------------------------------------------

    def _stated(self, node: str, name: str) -> Measured:
        facts = [e for e in self._newest(node, words(name).facts) if e.value is not None]
        if not facts:
            return Measured(name)
        values = [_as_part(each) for each in facts]
        return Measured(
            name, min(values), max(values), tuple(each.evidence for each in facts), _latest(facts),
            min(values) != max(values),
        )  # fmt: skip

    def _newest(self, about: str, names: Sequence[str]) -> tuple[Fact, ...]:
        facts = [
            each
            for name in names
            for each in self.edition.facts_of(about, name)
            if each.day is None or each.day <= self.day
        ]
        last = max((each.day or date.min for each in facts), default=None)
        return tuple(each for each in facts if (each.day or date.min) == last)


_INSIDE_AND_EXPORTS = (("inflow", "国内流入", "省外流入"), ("exports", "出口额"))
_TESTS = {
    "concentration": "来源集中度",
    "scarcity": "外部进口占比",
    "substitutability": "进口与出口之比",
}


def _counted(
    name: str, count: int, open_: int, makers: Sequence[Edge], complete: Fact | None
) -> Measured:
    """A count of a list: exact where the list is complete, else at least so many."""
    evidence: tuple[Evidence, ...] = tuple(each.evidence for each in makers)
    if complete is not None:
        evidence = (*evidence, complete.evidence)
        return Measured(name, count, count + open_, evidence, _latest((*makers, complete)))
    if not count:
        return Measured(name)
    return Measured(name, count, inf, evidence, _latest(makers))


def _places_within(edition: Edition, region: str, day: date) -> frozenset[str]:
    """The region and every place that lies in it, over any number of steps."""
    roots = [v.id for v in edition.vertices("place") if region in (v.name, v.id.removeprefix("p:"))]
    found = {*roots} if region else set[str]()
    waiting = [*found]
    while waiting:
        for edge in edition.into(waiting.pop(), "located_in", day):
            if edge.holds and edge.from_ not in found:
                found.add(edge.from_)
                waiting.append(edge.from_)
    return frozenset(found)


def _total(facts: Sequence[Fact]) -> float | None:
    values = [each.value for each in facts if each.value is not None]
    return sum(values) if values else None


def _as_part(fact: Fact) -> float:
    assert fact.value is not None
    return fact.value / 100 if fact.unit in ("%", "％", "百分比") else fact.value


def _latest(of: Sequence[Edge | Fact]) -> str:
    days = [each.day.isoformat() for each in of if each.day is not None]
    days += [
        each.evidence.vintage for each in of if each.day is None and isinstance(each.evidence, Row)
    ]
    return max(days, default="")


Table = Mapping[str, Measured]
