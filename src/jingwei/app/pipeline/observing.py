"""What the commands on data do: histories with their notes, exports, values by another classification."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from jingwei.app.pipeline import statistics
from jingwei.app.pipeline.disputes import has_state
from jingwei.app.pipeline.indicators import cards_like, cards_named
from jingwei.app.pipeline.leaving import MARKING, Leaving, leaving
from jingwei.core import (
    InvalidRequest,
    Measure,
    Months,
    Observation,
    Purpose,
    Row,
    Scope,
    SeriesKey,
    plain,
)
from jingwei.statistics.cards import KINDS, Kind
from jingwei.statistics.classifications import classifications
from jingwei.statistics.crosswalks import Unstated, chained
from jingwei.statistics.disclosure import MARK
from jingwei.statistics.recoding import Missing, Recoded, recode
from jingwei.store import Observations, Retraction, State, Workspace, write_atomically
from jingwei.store.observations import codes_of
from jingwei.store.observations.exporting import Form, exported
from jingwei.store.observations.rows import codes_text
from jingwei.store.state import Note
from jingwei.store.tables import Row as TableRow
from jingwei.store.tables import Table, csv_bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """Part of a series as a person writes it: ``card[@version] [region] [scheme:code …] [unit]``."""

    card: str
    region: str | None = None
    codes: tuple[tuple[str, str], ...] | None = None
    entity: str | None = None

    @classmethod
    def read(cls, written: str) -> "Asked":
        """Raises InvalidRequest for more words than a series has."""
        words = written.split()
        codes = codes_of(" ".join(each for each in words[1:] if ":" in each))
        rest = [each for each in words[1:] if ":" not in each]
        if not words or len(rest) > 2:
            raise InvalidRequest(
                '序列应写成「口径卡 地区 分类:编码 单位」，后面几项可省，如 "output@1 310000 gbt4754-2017:39"',
                'write a series as "card region classification:code unit", the later ones may be '
                'left out: "output@1 310000 gbt4754-2017:39"',
                where=written,
            )
        region, entity = (*rest, None, None)[:2]
        return cls(words[0], region, tuple(sorted(codes)) or None, entity)

    def fits(self, key: SeriesKey) -> bool:
        """Whether ``key`` is what was asked for."""
        return (
            key.card in (self.card, key.card if key.card.startswith(f"{self.card}@") else self.card)
            and self.region in (None, key.region)
            and self.codes in (None, key.codes)
            and self.entity in (None, key.entity)
        )


def scope_of(
    units: Purpose | None, regions: Collection[str] | None, entities: Collection[str] | None = None
) -> Scope:
    """Aggregates only; units where a purpose is given for which they may be read (§14)."""
    seen = frozenset(regions) if regions else None
    if units is None:
        return Scope(seen)
    return Scope(seen, frozenset(entities) if entities else None, units)


@dataclass(frozen=True, slots=True)
class Vintage:
    """One row of a history. ``known``: what holds on the day that was asked for."""

    row: Observation | Retraction
    known: bool
    notes: tuple[Note, ...]

    def record(self) -> dict[str, Any]:
        """As JSON prints it; a retraction has no value."""
        kind = "observation" if isinstance(self.row, Observation) else "retraction"
        return {"kind": kind, **plain(self.row), "known": self.known, "notes": plain(self.notes)}


def history(
    workspace: Workspace,
    series: Sequence[str],
    scope: Scope,
    *,
    months: Months | None = None,
    as_of: date | None = None,
    without: Collection[str] = (),
) -> list[Vintage]:
    """All vintages of the series, with notes and disputes beside them.

    Raises InvalidRequest where a series has none that the scope sees.
    """
    asked = [_meant(workspace, Asked.read(each), without) for each in series]
    store = Observations(workspace, without=without)
    rows = [
        each
        for each in store.history(
            None, scope, months=months, as_of=as_of, cards={each.card for each in asked}
        )
        if any(one.fits(each.series) for one in asked)
    ]
    for written, one in zip(series, asked, strict=True):
        if not any(one.fits(each.series) for each in rows):
            raise InvalidRequest(
                "没有这个序列的数（或不在可见范围内：企业数据须写 --units 用途）；请检查口径卡和地区代码",
                "there are no values of this series (or none you may see: data of single units need "
                "--units PURPOSE); check card and region",
                where=written,
            )
    notes = State.of(workspace).notes() if has_state(workspace) else ()
    newest = {(each.series, each.months): each for each in rows}  # oldest first, so the last stays
    return [
        Vintage(
            each,
            newest[each.series, each.months] is each and isinstance(each, Observation),
            tuple(note for note in notes if _beside(note, each)),
        )
        for each in rows
    ]


def _beside(note: Note, row: Observation | Retraction) -> bool:
    return (
        note.series == str(row.series)
        and note.months == row.months
        and note.vintage in (None, row.vintage)
    )


def _meant(workspace: Workspace, asked: Asked, without: Collection[str]) -> Asked:
    """The same with the id of the card and the code of the region, however they are named."""
    card, region = _card_id(workspace, asked.card, without), asked.region
    known = statistics.naming(workspace).regions.values() if region else ()
    code = next((each.code for each in known if region in (each.code, each.name)), region)
    return replace(asked, card=card, region=code)


def _card_id(workspace: Workspace, written: str, without: Collection[str] = ()) -> str:
    """What the store calls the card that is meant; a card without a definition goes by its own id.

    Raises InvalidRequest with the near names where neither definition nor store knows it.
    """
    found = cards_like(workspace, written)
    if any(each.key == written for each in found):
        return written
    if not found and written in {
        id_ for key in _stored(workspace, without) for id_ in (key, key.partition("@")[0])
    }:
        return written
    return cards_named(workspace, written)[0].id


def _stored(workspace: Workspace, without: Collection[str]) -> set[str]:
    """The cards that the store holds values of, by ``id@version``."""
    rows = Observations(workspace, without=without).read(Scope.everything())
    return {each.series.card for each in rows}


def one_series(workspace: Workspace, written: str, months: Months, scope: Scope) -> SeriesKey:
    """The series that a person means, which must be one. Raises InvalidRequest."""
    rows = history(workspace, [written], scope, months=months)
    keys = sorted({each.row.series for each in rows})
    # written in full it is that series, not also the industries and enterprises within it
    keys = [key for key in keys if str(key) == " ".join(written.split())] or keys
    if len(keys) != 1:
        listed = "；".join(str(each) for each in keys[:5])
        raise InvalidRequest(
            f"有 {len(keys)} 个序列符合；请写全地区和编码，如：{listed}",
            f"{len(keys)} series fit; name region and codes in full, for example: {listed}",
            where=written,
        )
    return keys[0]


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of an export, relative to the workspace, and what did not leave (None: inside)."""

    files: tuple[Path, ...]
    leaving: Leaving | None

    @property
    def told(self) -> list[tuple[str, str]]:
        """What stays and why, or that the files are for the house only."""
        return [MARKING] if self.leaving is None else self.leaving.told()


def export(
    workspace: Workspace,
    form: Form,
    scope: Scope,
    *,
    cards: Sequence[str] = (),
    months: Months | None = None,
    as_of: date | None = None,
    without: Collection[str] = (),
    inside: bool = False,
) -> Exported:
    """Write what was known on a day into ``reports/``.

    Only what may leave the house (``leaving``), unless ``inside`` says that the files stay in it:
    their names then say so. Raises InvalidRequest where nothing fits, or nothing may leave.
    """
    meant = [_card_id(workspace, each, without) for each in cards]
    rows = Observations(workspace, without=without).read(
        scope, as_of=as_of, cards=meant or None, months=months
    )
    if not rows:
        raise InvalidRequest(
            "没有可导出的数；请检查口径卡、地区、时期和截止日期；企业数据须写 --units 用途",
            "there is nothing to export; check card, region, period and day; data of single units "
            "need --units PURPOSE",
        )
    found = None if inside else leaving(workspace, rows, as_of)
    if found is not None and not found.rows:
        raise InvalidRequest(
            "这些数都不能对外：" + "；".join(zh for zh, _ in found.told()) + "；只在内部用请写 --inside",
            "none of these may leave the house: " + "; ".join(en for _, en in found.told())
            + "; for use inside write --inside",
        )  # fmt: skip
    content = exported(rows if found is None else found.rows, form, as_of=as_of)
    if found is not None and (found.hidden or found.unexamined):
        content["withheld.csv"] = csv_bytes(_withheld(found))
    elif found is not None:
        workspace.path("reports/withheld.csv").unlink(missing_ok=True)  # of an earlier export
    files: list[Path] = []
    workspace.reports.mkdir(exist_ok=True)
    for name, each in content.items():
        folder = Path("reports", INSIDE) if inside else Path("reports")
        workspace.path(folder.as_posix()).mkdir(exist_ok=True)
        write_atomically(workspace.path(f"{folder.as_posix()}/{name}"), each)
        files.append(folder / name)
    return Exported(tuple(files), found)


INSIDE = "内部"
"""The folder of ``reports/`` for files that stay in the house."""


def _withheld(found: Leaving) -> Table:
    """The aggregates that stay, each printed ×; nothing tells which of them is sensitive."""
    rows: list[TableRow] = [
        {
            "card": each.series.card, "region": each.series.region,
            "codes": codes_text(each.series.codes), "period": str(each.months), "value": MARK,
        }
        for each in sorted((*found.hidden, *found.unexamined), key=lambda e: (e.series, e.months))
    ]  # fmt: skip
    columns = {key: key for key in ("card", "region", "codes", "period", "value")}
    return Table("withheld", columns, rows)


def recoded(
    workspace: Workspace,
    card: str,
    crosswalks: Iterable[str],
    scope: Scope,
    *,
    measures: Mapping[str, Measure],
    months: Months | None = None,
    as_of: date | None = None,
    missing: Missing = "raise",
    unstated: Unstated = "unallocated",
    without: Collection[str] = (),
) -> Recoded:
    """The values of a card by another classification.

    Raises InvalidRequest where no value of the card carries a code of the first classification.
    """
    walk = chained(workspace, crosswalks)
    meant = _card_id(workspace, card, without)
    if card in measures:
        measures = {**measures, meant: measures[card]}
    rows = [
        each
        for each in Observations(workspace, without=without).read(
            scope, as_of=as_of, cards=[meant], months=months
        )
        if walk.from_ in dict(each.series.codes)
    ]
    if not rows:
        raise InvalidRequest(
            f"没有按 {walk.from_} 分类的数；请检查口径卡、时期和对照表",
            f"there are no values by {walk.from_}; check card, period and crosswalk",
            where=card,
        )
    return recode(
        rows, walk, measures={**_measures(workspace, rows), **measures}, missing=missing,
        unstated=unstated,
        classification=classifications(workspace).get(walk.from_),
    )  # fmt: skip


_MEASURES: dict[Kind, Measure] = {
    "stock": "level", "count": "level", "flow": "flow", "share": "share", "ratio": "share",
    "growth": "growth", "index": "growth",
}  # fmt: skip


def _measures(workspace: Workspace, rows: Sequence[Observation]) -> dict[str, Measure]:
    """What kind of number each card holds, as its definition says."""
    known = statistics.cards(workspace)
    return {key: _MEASURES[known[key].kind] for key in {r.series.card for r in rows} & known.keys()}


def rests_on(workspace: Workspace, told: Recoded) -> tuple[str, str]:
    """What a recoding rests on: card and its kind, crosswalk with edition and source, datasets."""
    known = statistics.cards(workspace)
    keys = sorted({each.series.card for each in told.rows})
    cards = "、".join(
        f"{key}（{KINDS[known[key].kind]}，{known[key].source}）" if key in known else key
        for key in keys
    )
    walk = told.crosswalk
    rows = [row for formula in told.formulas.values() for row in formula.of if isinstance(row, Row)]
    files = sorted({each.dataset for each in rows})
    return (
        f"口径卡：{cards}；对照表：{walk.id}（{walk.edition}，{walk.source}）；数据：{'、'.join(files)}",
        f"cards {', '.join(keys)}; crosswalk {walk.id} ({walk.edition}); data from {', '.join(files)}",
    )


def recoded_record(told: Recoded) -> dict[str, Any]:
    """As JSON prints it: every row with its formula, and what the result rests on."""
    return {
        "crosswalk": told.crosswalk.id,
        "edition": told.crosswalk.edition,
        "source": told.crosswalk.source,
        "rows": [
            {**plain(each), "evidence": plain(told.formulas[each.series, each.months])}
            for each in told.rows
        ],
        "ambiguous": plain(told.ambiguous),
        "not_covered": plain(told.not_covered),
        "reversible": told.reversible,
        "merged": plain(dict(told.merged)),
    }
