"""The same as ``recoding`` for millions of rows: frames of the store, on whatever engine they run.

The engine sums the rows over the old codes first. What is left is small however many rows there
were, and there the codes meet their targets, and everything is checked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from jingwei.core import Measure
from jingwei.statistics.crosswalks import Crosswalk, Unstated, merged, not_covered
from jingwei.statistics.recoding import Missing, ShareUsed, check_adds, shares_used
from jingwei.store.arrow import arrow
from jingwei.store.observations import codes_of, codes_text

if TYPE_CHECKING:
    import narwhals as nw

KEY = ("card", "region", "codes", "entity", "first", "last", "unit")


@dataclass(frozen=True, slots=True)
class RecodedFrame:
    """Sums: a frame with the columns of ``by`` and ``value``, sorted; the rest as in ``Recoded``.

    ``not_covered`` are codes. Rows that carry no code of the old classification are left out.
    """

    frame: "nw.DataFrame[Any]"
    ambiguous: tuple[ShareUsed, ...]
    not_covered: tuple[str, ...]
    merged: Mapping[str, tuple[str, ...]]


def recode_frame(
    frame: "nw.LazyFrame[Any]",
    crosswalk: Crosswalk,
    *,
    measures: Mapping[str, Measure],
    by: Sequence[str] = KEY,
    missing: Missing = "raise",
    unstated: Unstated = "unallocated",
) -> RecodedFrame:
    """Tell a frame of the store again by ``crosswalk.to``, summed over ``by``.

    frame: one value of each series and period (``Observations.frame``), numbers only
    by:    columns of the sums; ``codes`` are the new ones; without ``unit`` and ``card`` all rows
           must be of one

    Raises as ``recode`` does.
    """
    import narwhals as nw

    columns = [*dict.fromkeys((*by, "card", "unit", "op", "codes"))]
    sums = frame.group_by(*columns).agg(nw.col("value").sum()).collect("pyarrow")
    kinds = cast(
        "list[dict[str, str]]",
        sums.group_by("card", "unit", "op", "codes").agg(nw.len()).to_arrow().to_pylist(),
    )
    mine = [each for each in kinds if crosswalk.from_ in dict(codes_of(each["codes"]))]
    for card, unit in sorted({(each["card"], each["unit"]) for each in mine}):
        check_adds(card, unit, measures)
    _only_one(mine, by)
    shares = crosswalk.shares(unstated)
    table: dict[str, list[Any]] = {"codes": [], "to": [], "share": []}
    used: set[str] = set()
    missed: set[str] = set()
    for text in sorted({each["codes"] for each in mine}):
        codes = dict(codes_of(text))
        code = codes.pop(crosswalk.from_)
        if code not in shares:
            missed.add(code)
            continue
        used.add(code)
        for to, share in shares[code]:
            table["codes"].append(text)
            table["to"].append(codes_text({**codes, crosswalk.to: to}.items()))
            table["share"].append(float(share))
    if missed and missing == "raise":
        raise not_covered(sorted(missed), crosswalk)
    told = (
        sums.join(
            nw.from_native(_typed(table, sums.to_arrow()["codes"].type), eager_only=True),
            on="codes",
            how="inner",
        )
        .with_columns(value=nw.col("value") * nw.col("share"), codes=nw.col("to"))
        .group_by(*by)
        .agg(nw.col("value").sum())
        .sort(*by)
    )
    return RecodedFrame(
        told, shares_used(crosswalk, shares, used), tuple(sorted(missed)), merged(shares, used)
    )


def _only_one(kinds: Sequence[Mapping[str, str]], by: Sequence[str]) -> None:
    from jingwei.core import InvalidRequest

    for name in ("card", "unit"):
        values = sorted({each[name] for each in kinds})
        if len(values) > 1 and name not in by:
            raise InvalidRequest(
                f"有几种 {name}（{'、'.join(values[:5])}），不能加在一起；请只取一种，或按 {name} 分开",
                f"several of {name} ({', '.join(values[:5])}) cannot be added; take one, or sum by it",
            )
    hedged = sorted({each["op"] for each in kinds} - {"="})
    if hedged:
        raise InvalidRequest(
            f"有些数只是上限、下限或约数（{'、'.join(hedged)}）；成批换分类只能用确数，"
            "请先筛去，或用逐条的 recode",
            f"some values are bounds or approximate ({', '.join(hedged)}); frames are recoded from "
            "exact values only: filter them, or use recode",
        )


def _typed(table: Mapping[str, list[Any]], text: Any) -> Any:
    """The table with texts of the type that the engine gives."""
    pa = arrow()
    kinds = {"codes": text, "to": text, "share": pa.float64()}
    return pa.table({name: pa.array(table[name], kind) for name, kind in kinds.items()})
