"""What is known of a link, as intervals with evidence.

A measure that the data do not give is unknown (证据不足), never zero. A list of suppliers that is
not said to be complete is a lower bound: three known suppliers are at least three, none known is
anything. Facts stated by a source go before what is counted; both are shown where they differ. Sources
that disagree make an interval with one reading each (``sources``), and what cannot be is a finding.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jingwei.chains.diagnosis.amounts import amount, dimension_of
from jingwei.chains.diagnosis.consequences import apart, consequences, more_than_whole
from jingwei.chains.diagnosis.dependency import Dependency, dependency
from jingwei.chains.diagnosis.losses import lost, since
from jingwei.chains.diagnosis.measured import (
    Measured,
    counted,
    counts_apart,
    latest,
    with_stated,
)
from jingwei.chains.diagnosis.rules import Rules, words
from jingwei.chains.diagnosis.shares import (
    Shares,
    behind,
    concentration,
    local,
    readings,
    too_little,
    too_much,
)
from jingwei.chains.diagnosis.sources import Told, current, named, source_of
from jingwei.chains.diagnosis.technology import level
from jingwei.chains.graph import Edge, Edition, Fact
from jingwei.core import Evidence, Finding, Formula

YES = ("是", "yes", "true", "完整")
LOCAL = ("本地", "local")


class Measures:
    """The measures of every node of an edition, seen from one region on one day.

    ``before`` are the earlier editions to which lost suppliers are counted, the oldest first.
    ``region`` is that of the edition unless another is given.
    """

    def __init__(
        self,
        edition: Edition,
        rules: Rules,
        day: date,
        before: Sequence[Edition] = (),
        region: str = "",
    ) -> None:
        self.edition, self.rules, self.day, self.before = edition, rules, day, before
        self._home = _places_within(edition, region or edition.head.region, day)

    def of(self, node: str) -> dict[str, Measured]:
        """Every measure of a node, by name."""
        return self.told_of(node)[0]

    def told_of(self, node: str) -> tuple[dict[str, Measured], tuple[Finding, ...]]:
        """Every measure of a node, and what about them cannot be as it is stated."""
        stated = self._statements(node)
        makers = tuple(edges[0] for edges in stated.values())
        lists = self._lists(node)
        known = _Known(node, stated, makers, lists.get("all"), lists.get("local"))
        imports = self._stated(node, "import_share")
        shares, findings, short = self._shares(known, imports)
        if short:
            known = replace(known, complete=None, complete_here=None)
        found = [
            self._suppliers(known),
            self._local_suppliers(known),
            self._hhi(known, shares),
            self._local_share(known, shares),
            imports,
            self._dependent(node),
            self._technology(node),
            self._lost(node, makers),
        ]
        measured = {each.name: each for each in found}
        name = self._name(node)
        over = more_than_whole(name, measured, *self._not_elsewhere(known, shares))
        over = (*over, *apart(name, measured), *_nobody_listed(name, known))
        return consequences(measured), (*findings, *over, *counts_apart(name, measured))

    def trade(self, node: str) -> tuple[tuple[str, Dependency], ...]:
        """The three tests by every source that states imports; what it lacks is the others'."""
        facts = [
            self._newest(node, names) for names in (("imports", "进口额"), *_INSIDE_AND_EXPORTS)
        ]
        found: list[tuple[str, Dependency]] = []
        for source in sorted({source_of(each.evidence) for each in facts[0]}):
            imports, inside, exports = (_of_source(listed, source) for listed in facts)
            stated = [e for e in (*imports, *inside, *exports) if e.value is not None]
            if len({dimension_of(each) for each in stated}) > 1:
                continue  # 亿元 and 吨, or a unit beside none: nothing can be held against another
            by_country: dict[str, float] = {}
            for each in imports:
                if each.value is not None:
                    by_country[each.of] = by_country.get(each.of, 0.0) + amount(each)
            tests = dependency(by_country, _total(inside), _total(exports), self.rules.dependency)
            found.append((source, tests))
        return tuple(found)

    def stated(self, about: str, names: Sequence[str]) -> tuple[Fact, ...]:
        """The newest facts under any of the names, no later than the day."""
        return self._newest(about, names)

    def at_home(self, enterprise: str) -> bool | None:
        """Whether an enterprise lies in the region; None where no source says where it lies."""
        lies = self._told(self.edition.out_of(enterprise, "located_in", self.day))
        places = [each.to for each in lies if each.holds]
        if not places or not self._home:
            return None
        return any(place in self._home for place in places)

    def makers(self, node: str) -> tuple[Edge, ...]:
        """Edges of enterprises that make the node now, one an enterprise."""
        return self._makers(node)

    # -- single measures ----------------------------------------------------------------------

    def _name(self, node: str) -> str:
        vertex = self.edition.get(node)
        return vertex.name if vertex is not None else node

    def _makers(self, node: str) -> tuple[Edge, ...]:
        return tuple(edges[0] for edges in self._statements(node).values())

    def _statements(self, node: str) -> dict[str, tuple[Edge, ...]]:
        """What every maker of a node is now said to make, by every source; without denied ones."""
        by_maker: dict[str, list[Edge]] = {}
        for each in self._told(self.edition.into(node, "makes", self.day)):
            by_maker.setdefault(each.from_, []).append(each)
        return {
            maker: current([each for each in edges if each.share is not None]) or (edges[0],)
            for maker, edges in sorted(by_maker.items())
            if all(each.holds for each in edges)
        }

    def _told(self, edges: Iterable[Edge]) -> list[Edge]:
        """The edges that were told by the day."""
        return [each for each in edges if each.day is None or each.day <= self.day]

    def _lists(self, node: str) -> dict[str, Fact]:
        """Facts that say a list is whole: of all suppliers (``all``), of the local ones."""
        facts = self._newest(node, words("complete").facts)
        said = {each.word.lower() for each in facts}
        if said - {*YES, *LOCAL}:  # a source that denies it leaves it open
            return {}
        found = {"local": facts[0]} if facts else {}
        return found if said & {*LOCAL} or not facts else {**found, "all": facts[0]}

    def _not_elsewhere(
        self, known: "_Known", shares: Sequence[Shares]
    ) -> tuple[float, float, Sequence[Evidence]]:
        """What makers supply at least that are not known to lie elsewhere, with its rounding."""
        makers = [each.from_ for each in known.makers if self.at_home(each.from_) is not False]
        sums = [
            (sum(span[0] for m in makers if (span := each.of.get(m)) is not None), each.rounding)
            for each in shares
        ]
        least, rounding = min(sums, default=(0.0, 0.0))
        rows = [e.evidence for m in makers for e in known.stated[m] if e.share is not None]
        return least, rounding, rows

    def _suppliers(self, known: "_Known") -> Measured:
        count = len(known.makers)
        it = counted("suppliers", count, 0, known.makers, known.complete)
        return with_stated(self._stated(known.node, "suppliers"), it)

    def _local_suppliers(self, known: "_Known") -> Measured:
        home = [self.at_home(each.from_) for each in known.makers]
        here, open_ = home.count(True), home.count(None)
        it = counted("local_suppliers", here, open_, known.makers, known.complete_here)
        return with_stated(self._stated(known.node, "local_suppliers"), it)

    def _shares(
        self, known: "_Known", imports: Measured
    ) -> tuple[tuple[Shares, ...], tuple[Finding, ...], bool]:
        """The readings of the shares that can be, what cannot be, and whether the list is short."""
        kept: list[Shares] = []
        findings: list[Finding] = []
        evidence = tuple(e.evidence for edges in known.stated.values() for e in edges)
        name, short = self._name(known.node), False
        for each in readings(known.stated):
            over = too_much(name, each, evidence)
            if over is not None:
                findings.append(over)
                continue
            if known.complete is not None:
                proof = (*evidence, known.complete.evidence)
                under = too_little(name, each, imports.high, proof)
                if under is not None:
                    findings.append(under)
                    short = True
            if each.stated:
                kept.append(each)
        return tuple(kept), tuple(findings), short

    def _hhi(self, known: "_Known", shares: Sequence[Shares]) -> Measured:
        told = [concentration(each) for each in shares]
        return self._by_source("hhi", known, shares, told)

    def _local_share(self, known: "_Known", shares: Sequence[Shares]) -> Measured:
        home = {each.from_: self.at_home(each.from_) for each in known.makers}
        told = [local(each, home, known.complete_here is not None) for each in shares]
        return self._by_source("local_share", known, shares, told)

    def _by_source(
        self, name: str, known: "_Known", shares: Sequence[Shares], told: Sequence[Told]
    ) -> Measured:
        """A measure of shares: one interval, or over the sources that disagree the hull of theirs."""
        stated = self._stated(known.node, name)
        if not told:
            return stated
        evidence = tuple(
            Formula(_written(name, read, each), behind(read, known.stated))
            for read, each in zip(shares, told, strict=True)
        )  # fmt: skip
        low, high = min(each.low for each in told), max(each.high for each in told)
        differ = len({(each.low, each.high) for each in told}) > 1
        of = tuple(told) if differ else ()
        return with_stated(
            stated, Measured(name, low, high, evidence, latest(known.makers), differ, of)
        )

    def _dependent(self, node: str) -> Measured:
        told: list[Told] = []
        evidence: list[Evidence] = []
        used = [
            self._newest(node, names) for names in (("imports", "进口额"), *_INSIDE_AND_EXPORTS)
        ]
        for source, tests in self.trade(node):
            if tests.dependent is None:
                continue
            value = 1.0 if tests.dependent else 0.0
            told.append(Told(source, value, value))
            written = "；".join(
                f"{_TESTS[each.name]}={each.value:.4g}（阈值{each.threshold:g}）"
                for each in tests.tests
                if each.value is not None
            )
            proof = [e.evidence for listed in used for e in _of_source(listed, source)]
            evidence.append(Formula(written, tuple(proof)))
        if not told:
            return Measured("dependent")
        values = [each.low for each in told]
        differ = min(values) != max(values)
        day = latest([each for listed in used for each in listed])
        return Measured(
            "dependent", min(values), max(values), tuple(evidence), day, differ,
            tuple(told) if differ else (),
        )  # fmt: skip

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
            latest(found.facts),
            found.low != found.high,
            tuple(
                Told(each.rater or source_of(each.evidence), step, step)
                for each in sorted(found.facts, key=lambda e: (e.rater, str(e.evidence)))
                for step in (self.rules.technology[each.word],)
            ),
        )

    def _lost(self, node: str, makers: Sequence[Edge]) -> Measured:
        now = frozenset(each.from_ for each in makers)
        start = since(self.day, self.rules.lost_months)
        return lost(node, now, self.edition, self.before, start, self.day)

    # -- facts --------------------------------------------------------------------------------

    def _stated(self, node: str, name: str) -> Measured:
        facts = [e for e in self._newest(node, words(name).facts) if e.value is not None]
        if not facts:
            return Measured(name)
        told = named([(each.evidence, _as_part(each), _as_part(each)) for each in facts])
        low, high = min(each.low for each in told), max(each.high for each in told)
        evidence = tuple(each.evidence for each in facts)
        differ = low != high
        return Measured(name, low, high, evidence, latest(facts), differ, told if differ else ())

    def _newest(self, about: str, names: Sequence[str]) -> tuple[Fact, ...]:
        """What each source last said under any of the names, no later than the day."""
        return current(
            each
            for name in names
            for each in self.edition.facts_of(about, name)
            if each.day is None or each.day <= self.day
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """The makers of a node with what is said of each, and the facts that its lists are whole."""

    node: str
    stated: Mapping[str, Sequence[Edge]]
    makers: tuple[Edge, ...]
    complete: Fact | None
    complete_here: Fact | None


def _nobody_listed(name: str, known: "_Known") -> tuple[Finding, ...]:
    """A list that is said to be complete and names nobody."""
    if known.complete is None or known.makers:
        return ()
    return (
        Finding(
            "complete_list_empty",
            f"“{name}”的名录标为完整，却没有一家企业：名录还没有导入的，请先导入或撤回“名录完整”；确实没有人做的，"
            "请写供应企业数0。",
            f"{name}: its list is said to be complete and names nobody. Import the list, or retract that "
            "statement; where nobody makes it, state 0 suppliers.",
            (known.complete.evidence,),
        ),
    )


def _written(name: str, shares: Shares, told: Told) -> str:
    by = f"按{shares.source}，" if shares.source else ""
    if name != "hhi":
        return f"{by}本地份额之和 = {_range(told)}"
    parts = [f"{low:g}²" if low == high else f"({low:g}—{high:g})²" for low, high in shares.stated]
    return f"{by}HHI = {' + '.join(parts)} = {_range(told)}"


def _range(told: Told) -> str:
    return f"{told.low:.4g}" if told.low == told.high else f"{told.low:.4g}—{told.high:.4g}"


def _of_source(facts: Sequence[Fact], source: str) -> tuple[Fact, ...]:
    """The facts of one source; of all where it states none, and these speak of the same parts once."""
    own = tuple(each for each in facts if source_of(each.evidence) == source)
    if own or not facts:
        return own
    first = source_of(min(facts, key=lambda each: source_of(each.evidence)).evidence)
    return tuple(each for each in facts if source_of(each.evidence) == first)


_INSIDE_AND_EXPORTS = (("inflow", "国内流入", "省外流入"), ("exports", "出口额"))
_TESTS = {
    "concentration": "来源集中度",
    "scarcity": "外部进口占比",
    "substitutability": "进口与出口之比",
}


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
    values = [amount(each) for each in facts if each.value is not None]
    return sum(values) if values else None


def _as_part(fact: Fact) -> float:
    assert fact.value is not None
    return fact.value / 100 if fact.unit in ("%", "％", "百分比") else fact.value
