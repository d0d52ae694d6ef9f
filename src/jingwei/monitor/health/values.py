"""One fact or one target with two values, or counted in two units.

4133 and 4132.57 are one number, rounded; 300 and 350 are two. Within one document a table that
differs from its prose is named as such (``docs/semantics.md`` §9.4).
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from jingwei.core import Finding, Statement, written_out
from jingwei.monitor.health.agreeing import Agreement
from jingwei.monitor.health.doubts import apart_in_text
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, Ledger, cited, shown
from jingwei.monitor.health.printed import rules
from jingwei.plans.indicator import clean_unit

KINDS = ("two_values", "table_and_prose", "two_wordings", "units")


def check_values(ledger: Ledger) -> tuple[list[Finding], list[Agreement]]:
    """One finding for each indicator and time whose values differ, and for each clash of units."""
    findings: list[Finding] = []
    agreements: list[Agreement] = []
    members = [i for i, each in enumerate(ledger.figures) if _held(each)]
    for group in ledger.groups(members):
        for figures in _by_time([ledger.figures[i] for i in group]):
            apart = [p for p in combinations(figures, 2) if _differ(*p)]
            clash = [
                p
                for p in combinations(figures, 2)
                if clashing_units(p[0].statement, p[1].statement)
            ]
            if apart:
                findings.append(_two_values(_chain(apart), clash=bool(clash)))
            elif clash:
                findings.append(_units(_chain(clash)))
            elif worded := _two_wordings(figures):
                findings.append(_wordings(worded))
            elif len({each.document for each in figures}) > 1:
                agreements.append(_agreement(figures))
    return findings, agreements


def _held(figure: Figure) -> bool:
    return not figure.indicator.name.change and (
        figure.statement.measure not in ("growth", "reduction")
    )  # rates are the matter of ``growth``


def _by_time(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Figures of one kind and time: goals apart from facts, changes apart from levels."""
    groups: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for each in figures:
        s = each.statement
        change = s.op if s.op in ("+", "-", "x") else ""
        base = s.base_year if change else None
        groups[each.goal, s.period, change, base, s.measure == "flow"].append(each)
    yield from (group for _, group in sorted(groups.items(), key=lambda item: str(item[0])))


def _differ(a: Figure, b: Figure) -> bool:
    return a.range.apart(b.range) and apart_in_text(a, b) and not _other_deed(a, b)


def _other_deed(a: Figure, b: Figure) -> bool:
    """Whether the words count two stages of doing (开工300个, 投产150个)."""
    one, two = _deeds(a), _deeds(b)
    return bool(one and two) and not one & two


def _deeds(figure: Figure) -> set[int]:
    return {
        number
        for number, deed in enumerate(rules()["deed"])
        if any(word in figure.statement.quote for word in deed["words"])
    }


def clashing_units(a: Statement, b: Statement) -> bool:
    """家 against 项: a thing that exists against something that is done."""
    kinds = rules()["units"]
    one, two = clean_unit(a.unit), clean_unit(b.unit)
    things, deeds = set(kinds["things"]), set(kinds["deeds"])
    return (one in things and two in deeds) or (one in deeds and two in things)


def _two_wordings(figures: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """A target that a document words with two numbers that can both hold (1600, 超过1500), in a row of a
    table and in its prose or twice in prose: no contradiction, but a reader must know which one counts."""
    for row, said in ((a, b) for a in figures for b in figures if a.in_table and not b.in_table):
        bounds = ("=", ">", ">=", "<", "<=")
        one_target = row.document == said.document and row.goal and said.goal
        plain = row.statement.op in bounds and said.statement.op in bounds
        bounded = row.statement.op != "=" or said.statement.op != "="
        if one_target and plain and bounded and not math.isclose(row.point, said.point):
            return row, said
    for one, other in combinations([each for each in figures if not each.in_table], 2):
        same = one.document == other.document and one.goal and other.goal
        bounds = {one.statement.op, other.statement.op} <= {">", ">="} and not _stretched(
            one, other
        )
        if same and bounds and not math.isclose(one.point, other.point):
            return one, other
    return None


def _stretched(one: Figure, other: Figure) -> bool:
    """Whether one of two goals is the hope beyond the other (突破460亿元，力争突破480亿元), or they stand in a
    list or in two sections, where they may be of two things."""
    hope = re.compile(rules()["stretch"]["words"])
    hoped = [hope.search(each.statement.quote) is not None for each in (one, other)]
    listed = any(each.statement.rule.startswith("分别") for each in (one, other))
    apart = one.statement.section != other.statement.section
    return hoped[0] != hoped[1] or listed or apart


def _wordings(pair: tuple[Figure, Figure]) -> Finding:
    row, said = pair
    subject, when = row.statement.subject, row.statement.period
    return Finding(
        "two_wordings",
        f"“{subject}”{when}年目标在{'表格和正文里' if row.in_table else '两处'}是两个数，可以同时成立，不是矛盾："
        f"{_place(row)}；{_place(said)}。",
        f"the target {subject} for {when} is given with two numbers that can both hold: "
        f"{shown(row)} ({'table' if row.in_table else 'prose'}), {shown(said)} (prose)",
        (row.statement.evidence, said.statement.evidence),
        explain("two_wordings", set()),
    )


def _chain(pairs: Sequence[tuple[Figure, Figure]]) -> list[Figure]:
    """The figures of the pairs, each once, by document and place."""
    each = {(f.document, f.order): f for pair in pairs for f in pair}
    return [each[key] for key in sorted(each)]


def _two_values(figures: Sequence[Figure], *, clash: bool) -> Finding:
    first = figures[0]
    documents = {each.document for each in figures}
    mixed = len(documents) == 1 and len({each.in_table for each in figures}) == 2
    kind = "table_and_prose" if mixed else "two_values"
    conditions = _conditions(figures)
    if clash:
        conditions.add("units")
    low, high = _extremes(figures)
    values = {
        "low": shown(low),
        "high": shown(high),
        "ratio": f"{written_out(_ratio(low, high), 6)}",
    }
    subject, when = first.statement.subject, first.statement.period
    what = "目标" if first.goal else "数值"
    listed = "；".join(_place(each) for each in figures)
    title = (
        f"“{subject}”{when}年{what}，表格与正文不一致"
        if mixed
        else f"“{subject}”{when}年有两个{what}"
    )
    return Finding(
        kind,
        f"{title}：{listed}。",
        f"{first.statement.subject} has two values for {when}: "
        + "; ".join(f"{shown(each)} ({each.document})" for each in figures),
        tuple(each.statement.evidence for each in figures),
        explain(kind, conditions, values),
    )


def _place(figure: Figure) -> str:
    where = "表格" if figure.in_table else "正文"
    return f"{shown(figure)}（{figure.document}，{where}）"


def _extremes(figures: Sequence[Figure]) -> tuple[Figure, Figure]:
    ordered = sorted(figures, key=lambda each: each.point)
    return ordered[0], ordered[-1]


def _ratio(low: Figure, high: Figure) -> float:
    return high.point / low.point if low.point > 0 else math.nan


def _conditions(figures: Sequence[Figure]) -> set[str]:
    low, high = _extremes(figures)
    found: set[str] = {"goal"} if figures[0].goal else {"fact"}
    ratio = _ratio(low, high)
    if not math.isnan(ratio):
        power = math.log10(ratio)
        if round(power) >= 1 and abs(power - round(power)) < 1e-9:
            found.add("power_of_ten")
    if swapped(low.statement, high.statement):
        found.add("swapped")
    if len({each.document for each in figures}) > 1:
        found.add("documents")
    if figures[0].indicator.dimension == rules()["prices"]["dimension"]:
        found.add("money")
    if any(str(each.year) not in each.statement.quote for each in figures):
        found.add("undated")
    return found


def swapped(a: Statement, b: Statement) -> bool:
    """Whether one number is the other with two neighbouring digits exchanged."""
    one, two = (f"{written_out(each.value)}" if each.value else "" for each in (a, b))
    differing = [i for i, (x, y) in enumerate(zip(one, two, strict=False)) if x != y]
    if len(one) != len(two) or len(differing) != 2:
        return False
    i, j = differing
    return j == i + 1 and one[i] == two[j] and one[j] == two[i]


def _units(figures: Sequence[Figure]) -> Finding:
    first = figures[0]
    units = "、".join(dict.fromkeys(each.statement.unit for each in figures))
    return Finding(
        "units",
        f"“{first.statement.subject}”{first.statement.period}年的计量单位不一致（{units}）："
        + "；".join(f"{shown(each)}（{each.document}）" for each in figures)
        + "。",
        f"one indicator counted in different units ({units}): "
        + "; ".join(f"{shown(each)} ({each.document})" for each in figures),
        tuple(each.statement.evidence for each in figures),
        explain("units", set(), {"units": units}),
    )


def _agreement(figures: Sequence[Figure]) -> Agreement:
    first = figures[0]
    listed = "；".join(dict.fromkeys(cited(each) for each in figures))
    return Agreement(
        "two_values",
        f"“{first.statement.subject}”一致：{listed}",
        f"{first.statement.subject} agrees: {listed}",
        tuple(each.statement.evidence for each in figures),
    )
