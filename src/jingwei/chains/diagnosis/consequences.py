"""What follows by arithmetic from what is stated of a link, and what cannot hold together.

Imports and what is made here are parts of one whole, so that neither is more than the other leaves. Of n
suppliers the concentration is at least 1/n (all of one size), so that a concentration of h needs 1/h
suppliers. Local suppliers are suppliers. Nothing here is assumed of the data; where what is stated breaks
one of these it is left as it is and named (``docs/semantics.md`` §33.11, §33.12).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil, isfinite

from jingwei.chains.diagnosis.measured import Measured
from jingwei.chains.diagnosis.rules import words
from jingwei.chains.diagnosis.sources import limits, source_of
from jingwei.core import Evidence, Finding, Formula

PARTS = ("local_share", "import_share")
_DIGITS = 12  # of a difference of two shares, so that 1 - 0.9 is 0.1


def consequences(measured: Mapping[str, Measured]) -> dict[str, Measured]:
    """The measures with what the parts of the whole leave to each other."""
    local, imported = (measured[name] for name in PARTS)
    if exceeds(local, imported):
        return dict(measured)
    return {
        **measured,
        "local_share": _left(local, imported),
        "import_share": _left(imported, local),
    }


def exceeds(local: Measured, imported: Measured) -> bool:
    """Whether two parts are together more than the whole by more than rounding."""
    if local.low is None or imported.low is None:
        return False
    return local.low + imported.low > 1 + 2 * limits().rounding + 1e-9


def _left(part: Measured, other: Measured) -> Measured:
    """A part with no more than the other leaves to it; what sources dispute is left to each of them."""
    if not other.low or part.disputed:
        return part
    most = round(1 - other.low, _DIGITS)
    if part.high is not None and part.high <= most + 2 * limits().rounding + 1e-9:
        return part
    said, by = words(part.name), words(other.name)
    told = f"{said.zh} ≤ 100% − {by.zh}{by.said(other.low)} = {said.said(most)}"
    evidence: tuple[Evidence, ...] = (*part.evidence, Formula(told, other.evidence))
    low = min(part.low or 0.0, most)
    return replace(part, low=low, high=most, evidence=evidence, as_of=max(part.as_of, other.as_of))


def more_than_whole(
    name: str,
    measured: Mapping[str, Measured],
    here: float,
    rounding: float,
    lists: Sequence[Evidence],
) -> tuple[Finding, ...]:
    """That imports and what is made here, or what listed firms that may be no importers supply, exceed
    the whole.

    ``here`` is what is supplied by firms of which no source says that they lie elsewhere.
    """  # fmt: skip
    local, imported = (measured[part] for part in PARTS)
    if local.low is None or imported.low is None or not exceeds(local, imported):
        if not imported.low or here + imported.low <= 1 + rounding + limits().rounding:
            return ()
        told, sides = f"名录中各企业份额合计{here:.1%}", tuple(lists)
        told_en = f"the shares of the listed firms, {here:.1%}"
        way = "；境外供应企业请写所在地"
    else:
        told, sides = (
            f"本地配套率{words('local_share').said(local.low)}（{_who(local)}）",
            local.evidence,
        )
        told_en = f"a local share of {local.low:.1%}"
        way = ""
    return (
        Finding(
            "parts_exceed_whole",
            f"“{name}”{told}，进口占比{words('import_share').said(imported.low)}（{_who(imported)}），合计超过"
            f"100%；有一个不对或口径不同，请核对或撤回一行{way}。",
            f"{name}: {told_en}, and imports of {imported.low:.1%} are more than the whole; one is wrong or "
            "of another kind. Check them, or retract a row.",
            (*sides, *imported.evidence),
        ),
    )


def apart(name: str, measured: Mapping[str, Measured]) -> tuple[Finding, ...]:
    """What is stated of a link and cannot be together: a share made here by nobody, all of it imported
    and yet made here, firms that supply more evenly than so few can where nothing is imported."""
    local, imported, hhi = (measured[each] for each in (*PARTS, "hhi"))
    firms, here = measured["suppliers"], measured["local_suppliers"]
    slack = limits().rounding
    pairs: list[tuple[Measured, float, Measured, float]] = []
    nobody = here if here.high == 0 else firms
    if nobody.high == 0 and local.low is not None and local.low > slack:
        pairs.append((nobody, 0.0, local, local.low))
    if imported.low is not None and imported.low > 1 - slack and here.low:
        pairs.append((imported, imported.low, here, here.low))
    few = firms.high if imported.high is not None and imported.high <= slack else None
    if few and isfinite(few) and hhi.high is not None and 0 < hhi.high < 1 / few - slack:
        pairs.append((firms, few, hhi, hhi.high))
    return tuple(_finding(name, *pair) for pair in pairs)


def _finding(name: str, one: Measured, value: float, other: Measured, against: float) -> Finding:
    a, b = words(one.name), words(other.name)
    sides = f"{a.zh}{a.said(value)}{a.unit}（{_who(one)}），{b.zh}{b.said(against)}{b.unit}（{_who(other)}）"
    return Finding(
        "cannot_be_together",
        f"“{name}”{sides}，不能同时成立；有一个不对、过时或口径不同，请核对或撤回一行。",
        f"{name}: {a.en} {a.said(value)} and {b.en} {b.said(against)} cannot both hold; one is wrong, out of "
        "date or of another kind. Check them, or retract a row.",
        (*one.evidence, *other.evidence),
    )


def _who(measured: Measured) -> str:
    return "、".join(dict.fromkeys(_names(measured.evidence)))


def _names(evidence: Sequence[Evidence]) -> list[str]:
    """The sources behind evidence; those of a formula are what it rests on."""
    return [
        name
        for each in evidence
        for name in (_names(each.of) if isinstance(each, Formula) else [source_of(each)])
    ]


def together(measured: Mapping[str, Measured], to: Mapping[str, float]) -> dict[str, float]:
    """The values ``to`` with those of other measures that have to go with them for all to hold.

    Only what holds together as it is now is kept so: what is stated in contradiction stays one.
    """
    found = dict(to)

    def low(name: str) -> float | None:
        return found.get(name, measured[name].low)

    def high(name: str) -> float | None:
        return found.get(name, measured[name].high)

    if not exceeds(*(measured[name] for name in PARTS)):
        local, imported = low("local_share"), low("import_share")
        if local is not None and imported is not None and local + imported > 1 + 1e-9:
            found["import_share"] = round(1 - local, _DIGITS)
    firms, hhi = high("suppliers"), high("hhi")
    if firms is not None and not isfinite(firms):
        firms = low("suppliers")  # those that are known; the others supply nothing that is known
    if firms is not None and hhi and _enough(measured):
        found |= _raised(firms, ceil(1 / hhi - 1e-9))
    firms, here = high("suppliers"), low("local_suppliers")
    was, was_here = measured["suppliers"].high, measured["local_suppliers"].low
    if firms is not None and here is not None and was is not None and was_here is not None:
        found |= _raised(firms, here) if was_here <= was else {}
    return found


def _raised(firms: float, least: float) -> dict[str, float]:
    return {"suppliers": float(least)} if firms < least else {}


def _enough(measured: Mapping[str, Measured]) -> bool:
    """Whether the suppliers there are can be as little concentrated as is said."""
    firms, hhi = measured["suppliers"].high, measured["hhi"].high
    return firms is None or not hhi or firms >= ceil(1 / hhi - 2 * limits().rounding)
