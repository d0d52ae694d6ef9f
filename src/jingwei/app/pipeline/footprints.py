"""Footprints as rows: accounts by region, or by final use in a table of one region."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jingwei.app.pipeline.input_output import chosen
from jingwei.core import InvalidRequest
from jingwei.store.tables import Row, Table

if TYPE_CHECKING:
    from jingwei.chains.input_output import InputOutputTable


def footprint_rows(table: "InputOutputTable", factor: str, *, by_product: bool) -> Table:
    """Where a factor is used and for whose final demand: by region, or by final use in one region.

    Without a name every satellite is shown, or value added where the table has none.
    """
    from jingwei.chains.input_output import amounts

    known = amounts(table)
    if factor:
        chosen(known, factor, "要素", "factor", table.name)
        factors = [factor]
    else:
        factors = [*table.satellite] or [name for name in ("增加值",) if name in known]
    if not factors:
        raise InvalidRequest(
            "这张表没有增加值，也没有就业、能耗等账户；请用 --satellite 给出",
            "the table has neither value added nor accounts of employment or energy; give them with "
            "--satellite",
            where=table.name,
        )
    regions = {sector.region for sector in table.sectors}
    if regions == {""}:
        return _of_uses(table, factors, by_product=by_product)
    return _of_regions(table, factors, by_product=by_product)


_ACCOUNTS = {
    "production": "生产侧 production",
    "consumption": "消费侧 consumption",
    "imports": "调入含量 imports",
    "exports": "调出含量 exports",
}


def _unit_of(table: "InputOutputTable", factor: str) -> str:
    return table.units.get(factor, "") if factor in table.satellite else table.unit


def _of_regions(table: "InputOutputTable", factors: Sequence[str], *, by_product: bool) -> Table:
    from jingwei.chains.input_output import footprints

    rows: list[Row] = []
    for name, got in footprints(table, factors, by_product=by_product).items():
        head = {"factor": name, "unit": _unit_of(table, name)}
        for r, region in enumerate(got.regions):
            if got.by_product is None:
                rows.append(
                    {
                        "region": region,
                        **head,
                        **{key: float(getattr(got, key)[r]) for key in _ACCOUNTS},
                        "direct": float(got.direct[r]),
                    }
                )
                continue
            for p, product in enumerate(got.products):
                split = {key: float(got.by_product[key][r, p]) for key in _ACCOUNTS}
                rows.append({"region": region, "name": product, **head, **split})
    titles = {"region": "地区 region"} | ({"name": "产品 product"} if by_product else {})
    titles |= {"factor": "要素 factor", "unit": "单位 unit"} | _ACCOUNTS
    if not by_product:
        titles["direct"] = "其中最终使用直接 of it direct"
    return Table("footprint", titles, rows)


def _of_uses(table: "InputOutputTable", factors: Sequence[str], *, by_product: bool) -> Table:
    from jingwei.chains.input_output import footprint_of_uses

    rows: list[Row] = []
    for name, uses in footprint_of_uses(table, factors).items():
        head = {"factor": name, "unit": _unit_of(table, name)}
        whole = float(sum(float(amount.sum()) for amount in uses.values()))
        for use, amount in uses.items():
            if by_product:
                rows += [
                    {"use": use, "code": s.code, "name": s.name, **head, "amount": float(amount[k])}
                    for k, s in enumerate(table.sectors)
                ]
            else:
                total = float(amount.sum())
                share = total / whole if whole else None
                rows.append({"use": use, **head, "amount": total, "share": share})
    titles = {"use": "最终使用 final use"}
    titles |= {"code": "代码 code", "name": "产品 product"} if by_product else {}
    titles |= {"factor": "要素 factor", "unit": "单位 unit", "amount": "带动 called forth"}
    return Table("footprint", titles | ({} if by_product else {"share": "占比 share"}), rows)
