"""A ratio printed beside the two numbers it is made of (收入3100亿元，研发62亿元，占收入的2.8%).

In one paragraph a name is cut short: 占营业收入 means the receipts named just before. So the names
need only end alike there, and the owner of the whole must be that of the part
(``docs/semantics.md`` §9.3).
"""

import re
from collections.abc import Iterator, Sequence

from jingwei.core import Evidence, Finding, Formula
from jingwei.monitor.health.explaining import explain
from jingwei.monitor.health.figures import Figure, cited, shown
from jingwei.monitor.health.printed import meet, quotient, rules
from jingwei.monitor.health.shares import denominator_of, is_level, numerator_of

KIND = "implied_total"


def check_beside(figures: Sequence[Figure], told: Sequence[Finding]) -> list[Finding]:
    """Shares that no part and whole of their own paragraph make.

    ``told`` are the findings there are; a share that one of them cites is not accused again.
    """
    known = {evidence for each in told for evidence in _cited(each.sides)}
    findings: list[Finding] = []
    for share in figures:
        if not _is_share(share) or share.statement.evidence in known:
            continue
        pairs = list(_pairs(share, figures))
        if pairs and not any(_makes(share, *pair) for pair in pairs):
            findings.append(_finding(share, *pairs[0]))
    return findings


def _cited(sides: Sequence[Evidence]) -> Iterator[Evidence]:
    for each in sides:
        yield each
        if isinstance(each, Formula):
            yield from _cited(each.of)


def _is_share(figure: Figure) -> bool:
    name = figure.indicator.name
    return (
        name.share and not name.change and "占" in figure.statement.subject
        and figure.statement.op in ("=", "~") and not figure.in_table
    )  # fmt: skip


def _pairs(share: Figure, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Each (part, whole) of the paragraph that the words of the share may mean."""
    above, below = numerator_of(share), denominator_of(share)
    near = [each for each in figures if _goes_with(each, share)]
    for part in near:
        if not (_ends_alike(_name(part), above) if above else _just_before(part, share)):
            continue
        before = [
            each for each in near
            if each.indicator.dimension == part.indicator.dimension and each is not part
        ]  # fmt: skip
        if not below:  # 其中甲1200亿元，占比45%: of the number that 其中 divides
            divided = part.statement.quote.startswith(tuple(rules()["parts"]["opening"]))
            before = [each for each in before if divided and each.start < part.start][-1:]
        for whole in before:
            if not below or _owned_alike(_name(whole), below, part, above):
                yield part, whole


def _name(level: Figure) -> str:
    return level.statement.subject.removesuffix("数量")


def _just_before(part: Figure, share: Figure) -> bool:
    gap = share.start - part.statement.evidence.end
    return 0 <= gap <= rules()["rate"]["beside"]


def _goes_with(level: Figure, share: Figure) -> bool:
    one, other = level.statement, share.statement
    place = (one.document, one.section, one.evidence.paragraph, one.evidence.line)
    return (
        is_level(level) and not level.in_table and level.goal == share.goal
        and place == (other.document, other.section, other.evidence.paragraph, other.evidence.line)
        and one.period == other.period and level.indicator.place == share.indicator.place
        and 0 <= share.start - level.start <= rules()["rate"]["reach"]
    )  # fmt: skip


def _ends_alike(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= 3 and long.endswith(short)


def _owned_alike(whole: str, below: str, part: Figure, above: str) -> bool:
    """Whether the whole is the one that the share names, and of the owner of the part."""
    if not whole.endswith(below):
        return False
    general = rules()["beside"]["general"]
    owner = re.sub(general, "", whole.removesuffix(below))
    names = [re.sub(general, "", each) for each in (_name(part), above)]
    if any(each.startswith(owner) for each in names):
        return True
    return not any(re.search(rules()["beside"]["owner"], each) for each in names)


def _makes(share: Figure, part: Figure, whole: Figure) -> bool:
    ratio = quotient(part.range, whole.range)
    return ratio is None or meet(ratio.scaled(100), share.range)


def _finding(share: Figure, part: Figure, whole: Figure) -> Finding:
    ratio = Formula(
        f"{shown(part)}÷{shown(whole)}={part.point / whole.point * 100:.1f}%",
        (part.statement.evidence, whole.statement.evidence),
    )
    return Finding(
        KIND,
        f"“{share.statement.subject}”写{cited(share)}，而同一段的两个数算出：{ratio.formula}。",
        f"{shown(share)} is printed, but the two numbers beside it give {ratio.formula}"
        f" ({share.document})",
        (share.statement.evidence, ratio),
        explain(KIND, set(), {"stated": denominator_of(share)}),
    )
