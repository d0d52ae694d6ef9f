"""Indicators of the store by their parts: districts and industries, and whose change it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jingwei.app.pipeline import statistics
from jingwei.app.pipeline.analysis import shift_table, structure_table
from jingwei.app.pipeline.indicators import Kept, cards_named, not_held, of_card, region_named
from jingwei.app.pipeline.panels import panel_of
from jingwei.core import InvalidRequest, Months, Observation, Region, SeriesKey
from jingwei.monitor.bridge import Naming
from jingwei.monitor.dispatch.pulling import Pulls, highest, pulls
from jingwei.monitor.dispatch.values import Values
from jingwei.statistics.cards import Card
from jingwei.store import Workspace
from jingwei.store.tables import Row, Table

By = Literal["district", "sector"]
_KINDS: dict[By, frozenset[str]] = {
    "district": frozenset({"district", "zone"}),
    "sector": frozenset({"category"}),
}
_TOLD: dict[By, str] = {"district": "分区", "sector": "分行业"}


@dataclass(frozen=True, slots=True)
class Pulled:
    """The pulls of an indicator between two periods, with the whole in both."""

    whole: Kept
    parts: tuple[Pulls, ...]
    remarks: tuple[tuple[str, str], ...] = ()


class Parts:
    """What is held of one indicator by its parts: the card's newest version with values."""

    def __init__(
        self, workspace: Workspace, written: str, as_of: date, *, region: str = ""
    ) -> None:
        self.as_of = as_of
        self.names: Naming = statistics.naming(workspace)
        cards = cards_named(workspace, written)
        self.region: Region = region_named(workspace, region, self.names)
        for card in cards:
            rows = of_card(workspace, card, as_of)
            if any(each.series.region == self.region.code for each in rows):
                break
        else:
            raise not_held(cards[0], f"{self.region.name}的")
        self.card: Card = card
        self.rows: list[Observation] = rows
        self.values = Values.of(rows, as_of)
        self.series = SeriesKey(card.key, self.region.code)

    def pulled(self, by: By, start: Months | None, end: Months | None, scheme: str = "") -> Pulled:
        """Pulls of the parts between two periods: by default the newest year that has parts, against
        the year before. Raises InvalidRequest where the whole or its parts are not held."""
        if not self.card.adds_regions:
            raise InvalidRequest(
                f"“{self.card.name}”各部分不能相加，没有拉动；请分解它的分子和分母",
                f"the parts of {self.card.key} do not add up, so none pulls; take its numerator",
                where=self.card.key,
            )
        known = sorted({m for s, m in self.values.newest if s == self.series and m.is_year})
        for last in [end] if end is not None else reversed(known):
            base = start or last.shifted(-1)
            every = pulls(self.series, last, self.values, self.names, True, base)
            fitting = [each for each in every if each.by in _KINDS[by]]
            found = [each for each in fitting if scheme in ("", each.scheme)]
            if any(each.by != "zone" for each in found):
                return Pulled(
                    self._whole(base, last), tuple(found), tuple(_told(found, last, known))
                )
        raise self._no_parts(by, start, end, scheme)

    def _whole(self, *periods: Months) -> Kept:
        values = [self.values.newest[self.series, each] for each in periods]
        return Kept(self.card, self.region, self.as_of, tuple(values))

    def _no_parts(
        self, by: By, start: Months | None, end: Months | None, scheme: str
    ) -> InvalidRequest:
        pair = (start or end.shifted(-1), end) if end is not None else (start,)
        asked = "、".join(str(each) for each in pair if each) or "任何相邻两年"
        whole = {m for s, m in self.values.newest if s == self.series}
        lacking = [str(each) for each in (start, end) if each and each not in whole]
        if lacking:
            return not_held(self.card, f"{self.region.name}{'、'.join(lacking)}的总量")
        kind = f"{_TOLD[by]}{f'（{scheme}）' if scheme else ''}"
        return not_held(self.card, f"{self.region.name}{asked}都有的{kind}")

    def table(
        self,
        method: Literal["structure", "shift-share"],
        by: By,
        start: str,
        end: str,
        scheme: str = "",
    ) -> Table:
        """Structural change of the parts, or shift-share of districts and industries."""
        if method == "shift-share":
            chosen, column = self._in_scheme(self._inside(), scheme)
            panel = panel_of(chosen, self._named())
            return shift_table(panel, "地区", column, "值", (start, end), "")
        if by == "district":
            rows = [each for each in self._inside() if not each.series.codes]
            if not rows:
                raise self._no_parts(by, None, None, "")
            return structure_table(panel_of(rows, self._named()), ["地区"], "值", (start, end))
        own = [each for each in self._years() if each.series.region == self.region.code]
        chosen, column = self._in_scheme(own, scheme)
        return structure_table(panel_of(chosen, self._named()), [column], "值", (start, end))

    def _years(self) -> list[Observation]:
        return [e for e in self.values.newest.values() if e.months.is_year and not e.series.entity]

    def _inside(self) -> list[Observation]:
        """Yearly values of the districts that add up to the region."""
        known = self.names.regions
        return [
            each
            for each in self._years()
            if each.series.region in known
            and known[each.series.region].within == self.region.code
            and known[each.series.region].adds_up
        ]

    def _in_scheme(self, rows: Sequence[Observation], scheme: str) -> tuple[list[Observation], str]:
        """The values by one classification, at the highest level reported, and its id."""
        held = sorted({each.series.codes[0][0] for each in rows if len(each.series.codes) == 1})
        held = [each for each in held if each in self.names.classifications]
        fitting = [each for each in held if scheme in ("", each)]
        if not fitting:
            raise self._no_parts("sector", None, None, scheme)
        if len(fitting) > 1:
            raise InvalidRequest(
                f"有{len(fitting)}种分类，请用 --classification 指明：{'、'.join(fitting)}",
                f"{len(fitting)} classifications; name one with --classification: {', '.join(fitting)}",
                where=self.card.key,
            )
        (chosen,) = fitting
        mine = [e for e in rows if len(e.series.codes) == 1 and e.series.codes[0][0] == chosen]
        return highest(mine, chosen, self.names), chosen

    def _named(self) -> dict[tuple[str, str], str]:
        """Names by classification and code; codes of one name keep the code, so that no two meet."""
        named = {("", code): each.name for code, each in self.names.regions.items()}
        for id_, edition in self.names.classifications.items():
            named |= {(id_, code): each.name for code, each in edition.categories.items()}
        return named


def _told(found: Sequence[Pulls], last: Months, known: Sequence[Months]) -> "list[tuple[str, str]]":
    remarks: list[tuple[str, str]] = []
    if known and last.is_year and last < known[-1]:
        remarks.append((
            f"{known[-1]}年只有总量，没有分部分的数，以下为{last}年",
            f"{known[-1]} has the whole only, no parts; this is {last}",
        ))  # fmt: skip
    for each in found:
        if each.left_out:
            listed = "、".join(each.left_out)
            remarks.append((
                f"只有一期的数，没有算进去，在“未覆盖”里：{listed}",
                f"with a value in one period only, so not counted but in 'not covered': {listed}",
            ))  # fmt: skip
    return remarks


def pulled_table(found: Pulled) -> Table:
    """The pulls of all kinds of parts as rows, each with its formula and sources."""
    rows: list[Row] = []
    for group in found.parts:
        same: Row = {"by": group.by, "scheme": group.scheme}
        rows += [
            {
                **same, "name": each.name, "code": each.key, "before": each.before,
                "after": each.value, "pull": each.pull,
                "contribution": None if each.contribution is None else 100 * each.contribution,
                "formula": each.evidence.formula,
                "sources": "；".join(map(str, each.evidence.of)),
            }
            for each in group.parts
        ]  # fmt: skip
        if group.open_ is not None:
            rows.append({**same, "name": "未覆盖 not covered", "pull": group.open_})
        rows.append({
            **same, "name": "合计 total", "pull": group.total, "formula": group.whole.formula,
            "sources": "；".join(map(str, group.whole.of)),
        })  # fmt: skip
    titles = {
        "by": "按 by", "scheme": "分类 classification", "name": "部分 part", "code": "编码 code",
        "before": "基期 before", "after": "报告期 after", "pull": "拉动（百分点） pull",
        "contribution": "贡献率% contribution", "formula": "算式 formula", "sources": "出处 sources",
    }  # fmt: skip
    return Table("pull", titles, rows)
