"""Observations for other programs: CSV with ``datapackage.json``, XLSX, Parquet, SDMX.

One row an observation; the columns are those that ``Observations.append`` takes, with ``period``
for the months, so that what leaves one workspace can enter another. Which rows leave is decided by
the scope before anything comes here. The same rows give the same bytes.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from jingwei.core import InvalidRequest, Months, Observation
from jingwei.store.arrow import arrow, parquet
from jingwei.store.observations.rows import codes_text
from jingwei.store.tables import Table, csv_bytes, xlsx_bytes

Form = Literal["csv", "xlsx", "parquet", "sdmx"]
NAME = "observations"

COLUMNS: Mapping[str, tuple[str, str, str]] = {
    "card": ("口径卡", "string", "definition card, id@version"),
    "region": ("地区代码", "string", "region code"),
    "codes": ("分类", "string", "classification:code, several with a blank between; empty: total"),
    "entity": ("单位", "string", "enterprise; empty: an aggregate"),
    "period": ("时期", "string", "2025, 2025-03, 2025-01/2025-03 (cumulative)"),
    "value": ("数值", "number", "in the unit beside it"),
    "op": ("限定", "string", "= exactly; ~ about; >= > <= < a bound only"),
    "unit": ("单位名称", "string", "unit of the value"),
    "vintage": ("公布日期", "date", "day of publication of this value"),
    "origin": ("法律来源", "string", "survey, administrative, declared, public"),
    "reason": ("修订原因", "string", "why an earlier value was revised; empty: a first value"),
    "dataset": ("来源", "string", "dataset the value was received in"),
    "edition": ("来源版次", "string", "vintage of that dataset"),
    "place": ("来源位置", "string", "place in it"),
}
MOST_XLSX, MOST_SDMX = 1_048_575, 200_000  # rows: what a sheet holds; what a document should


def exported(rows: Sequence[Observation], form: Form, *, as_of: date | None) -> dict[str, bytes]:
    """Files by name. Raises InvalidRequest for more rows than the form holds."""
    if form == "parquet":
        return {f"{NAME}.parquet": _parquet(rows)}
    if form == "sdmx":
        _not_more(rows, MOST_SDMX, "SDMX")
        return _sdmx(rows, as_of)
    table = Table(NAME, {key: title for key, (title, _, _) in COLUMNS.items()}, _cells(rows))
    if form == "xlsx":
        _not_more(rows, MOST_XLSX, "XLSX")
        return {f"{NAME}.xlsx": xlsx_bytes([table])}
    named = Table(NAME, {key: key for key in COLUMNS}, table.rows)
    content = csv_bytes(named)
    return {f"{NAME}.csv": content, "datapackage.json": _datapackage(rows, content, as_of)}


def _cells(rows: Sequence[Observation]) -> list[dict[str, Any]]:
    return [
        {
            "card": each.series.card, "region": each.series.region,
            "codes": codes_text(each.series.codes), "entity": each.series.entity,
            "period": str(each.months), "value": each.value, "op": each.op, "unit": each.unit,
            "vintage": each.vintage.isoformat(), "origin": each.origin, "reason": each.reason,
            "dataset": each.evidence.dataset, "edition": each.evidence.vintage,
            "place": each.evidence.key,
        }
        for each in rows
    ]  # fmt: skip


def _not_more(rows: Sequence[Observation], most: int, form: str) -> None:
    if len(rows) > most:
        raise InvalidRequest(
            f"有 {len(rows)} 行，{form} 最多 {most} 行；请缩小范围，或导出 csv、parquet",
            f"{len(rows)} rows, more than the {most} of {form}; narrow the export, or take csv or "
            "parquet",
        )


def _datapackage(rows: Sequence[Observation], content: bytes, as_of: date | None) -> bytes:
    """The descriptor of a tabular data package (Frictionless Data, specifications 1.0)."""
    fields = [
        {"name": name, "type": kind, "title": title, "description": told}
        for name, (title, kind, told) in COLUMNS.items()
    ]
    resource = {
        "name": NAME, "path": f"{NAME}.csv", "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": fields,
            "primaryKey": ["card", "region", "codes", "entity", "period"],
            "missingValues": [""],
        },
    }  # fmt: skip
    package: dict[str, Any] = {
        "profile": "tabular-data-package", "name": f"jingwei-{NAME}",
        "title": "经纬导出的统计数据 Observations exported from Jingwei",
        "description": (
            f"截至 {as_of} 所知 as known on {as_of}" if as_of else "最新一版 the newest vintages"
        ),
        "sources": [{"title": name} for name in sorted({each.evidence.dataset for each in rows})],
        "resources": [resource],
    }  # fmt: skip
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _parquet(rows: Sequence[Observation]) -> bytes:
    pa = arrow()
    kinds = {"number": pa.float64(), "date": pa.date32(), "string": pa.string()}
    cells = [row | {"vintage": date.fromisoformat(row["vintage"])} for row in _cells(rows)]
    schema = pa.schema([pa.field(name, kinds[kind]) for name, (_, kind, _) in COLUMNS.items()])
    file = io.BytesIO()
    parquet().write_table(pa.Table.from_pylist(cells, schema=schema), file, compression="zstd")
    return file.getvalue()


_DIMENSIONS = ("CARD", "REGION", "CODES", "ENTITY")
_ATTRIBUTES = {
    "UNIT_MEASURE": "unit", "QUALIFIER": "op", "VINTAGE": "vintage", "LEGAL_ORIGIN": "origin",
    "COMMENT_OBS": "reason", "SOURCE": "dataset", "SOURCE_EDITION": "edition",
    "SOURCE_PLACE": "place",
}  # fmt: skip


def _sdmx(rows: Sequence[Observation], as_of: date | None) -> dict[str, bytes]:
    """SDMX-ML 2.1: structure-specific data, and the structure it follows."""
    try:
        import sdmx  # pyright: ignore[reportUnusedImport]  # noqa: F401
    except ModuleNotFoundError as fault:
        raise InvalidRequest(
            "导出 SDMX 需要另装程序包：pip install 'jingwei[sdmx]'；或改用 --to csv",
            "SDMX needs one more package: pip install 'jingwei[sdmx]'; or take --to csv",
        ) from fault
    from importlib import import_module

    message: Any = import_module("sdmx.message")
    model: Any = import_module("sdmx.model.v21")
    common: Any = import_module("sdmx.model.common")
    writer: Any = import_module("sdmx.writer.xml")
    agency = common.Agency(id="JINGWEI")
    structure = model.DataStructureDefinition(
        id="JINGWEI_OBSERVATIONS", version="1.0", maintainer=agency
    )
    for order, name in enumerate(_DIMENSIONS, 1):
        structure.dimensions.append(model.Dimension(id=name, order=order))
    structure.dimensions.append(model.TimeDimension(id="TIME_PERIOD", order=len(_DIMENSIONS) + 1))
    measure = model.PrimaryMeasure(id="OBS_VALUE")
    structure.measures.append(measure)
    for name in _ATTRIBUTES:
        structure.attributes.append(
            model.DataAttribute(id=name, related_to=model.PrimaryMeasureRelationship())
        )
    of = {each.id: each for each in structure.attributes.components}
    found: list[Any] = []
    for each, cells in zip(rows, _cells(rows), strict=True):
        key = {name: cells[name.lower()] for name in _DIMENSIONS}
        key["TIME_PERIOD"] = sdmx_period(each.months)
        attached = {
            name: model.AttributeValue(value=str(cells[column]), value_for=of[name])
            for name, column in _ATTRIBUTES.items()
            if cells[column] != ""
        }
        found.append(
            model.Observation(
                dimension=structure.make_key(model.Key, key), value=repr(each.value),
                value_for=measure, attached_attribute=attached,
            )
        )  # fmt: skip
    newest = max((each.vintage for each in rows), default=date(1970, 1, 1))
    day = as_of or newest  # no clock: the day that the data speak of
    head = message.Header(
        id="JINGWEI", prepared=datetime(day.year, day.month, day.day), sender=agency
    )
    data = message.DataMessage(
        header=head,
        data=[model.StructureSpecificDataSet(structured_by=structure, obs=found)],
        dataflow=model.DataflowDefinition(
            id="OBSERVATIONS", structure=structure, maintainer=agency, version="1.0"
        ),
        observation_dimension=common.AllDimensions,
    )
    told = message.StructureMessage(header=head)
    told.add(structure)
    return {
        f"{NAME}.sdmx.xml": writer.to_xml(data, pretty_print=True),
        f"{NAME}-structure.sdmx.xml": writer.to_xml(told, pretty_print=True),
    }


def sdmx_period(months: Months) -> str:
    """2025, 2025-03, or a time range of SDMX: first day and duration (1-3月累计: 2025-01-01/P3M)."""
    if months.is_year or months.is_month:
        return str(months)
    years, rest = divmod(len(months), 12)
    duration = f"P{years}Y" if years and not rest else f"P{len(months)}M"
    return f"{months.first // 12}-{months.first % 12 + 1:02}-01/{duration}"
