"""What a column, a row and a title say: names, times, units, regions, codes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from jingwei.statistics.intake.cells import is_unit
from jingwei.statistics.intake.columns import Column, bracketed_unit, role_of
from jingwei.statistics.intake.grid import Cell
from jingwei.statistics.intake.layout import Table
from jingwei.statistics.intake.matching import (
    Declared,
    bare_name,
    is_whole,
    measure_of,
    without_measure,
)
from jingwei.statistics.intake.naming import GENERIC, Line
from jingwei.statistics.intake.times import When, of_date, read_when
from jingwei.statistics.intake.words import folded

_PUBLISHED = re.compile(
    r"(?:公布|发布|印发|填报|制表|报送|报出|更新|打印)(?:日期|时间)?\s*[:：]?\s*(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?"
    r"|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:公布|发布|印发|填报|制表|报送|报出|更新)"
)


class Lines:
    """Reads lines of tables against what is declared."""

    def __init__(self, file: str, declared: Declared) -> None:
        self.file, self.declared = file, declared

    def about(self, table: Table) -> tuple[Line, tuple[str, ...]]:
        """What stands above the table and on its tab, and the units it is in."""
        texts = [*reversed(table.titles), table.grid.name, PurePath(self.file).stem]
        whens: list[When] = []
        for text in texts:
            # the day of publication in a title is not the time of its values
            when = read_when(_PUBLISHED.sub(" ", text))[0]
            if when.to_year is None:
                whens.append(when)
        places = [found for text in texts if (found := self.declared.region_in(text)) is not None]
        narrow = [each for each in places if each.code != self.declared.top]
        region, known = next((each.code for each in (*narrow, *places)), ""), True
        units = [
            each.strip()
            for line in table.unit_lines
            for each in re.split(r"[、,，;；\s]+", line)
            if is_unit(each.strip())
        ]
        for text in table.titles:
            inner = bracketed_unit(text)[1]
            if inner:
                units.append(inner)
        names = tuple(texts)
        return Line(names, names, tuple(whens), "", region, known), tuple(dict.fromkeys(units))

    def column(self, table: Table, column: Column) -> Line:
        header = table.header(column.index)
        named = role_of(header)
        if named in ("growth", "value"):
            line = self.texts(tuple(reversed(header[:-1])))
            return replace(
                line,
                unit=line.unit or bracketed_unit(header[-1])[1],
                measure="growth" if named == "growth" else line.measure,
            )
        return self.texts(tuple(reversed(header)))

    def texts(self, texts: Sequence[str]) -> Line:
        """Headings, the closest first."""
        names: list[str] = []
        full: list[str] = []
        whens: list[When] = []
        unit_word = region = measure = ""
        codes: tuple[tuple[str, str], ...] = ()
        whole = False
        for text in texts:
            name, unit_here = bracketed_unit(text)
            when, rest = read_when(name)
            whens.append(when)
            unit_word = unit_word or unit_here
            if is_unit(rest):
                unit_word, rest = unit_word or rest, ""
            rest = re.sub(r"[(（]\s*[)）]", "", rest).strip()
            measure = measure or measure_of(rest)
            place = self.declared.region(rest) if rest else None
            if place is not None:
                region, whole = place.code, is_whole(rest)
                continue
            if found := self.declared.codes(rest):
                codes = codes or found
                if bare_name(rest) not in self.declared.names:
                    continue
            if bare_name(rest) not in GENERIC:
                full.append(rest)
                name = without_measure(rest)
                if bare_name(name) not in GENERIC:
                    names.append(name)
        return Line(
            tuple(names), tuple(full), tuple(whens), unit_word, region, True, whole, codes,
            measure=measure,
        )  # fmt: skip

    def row(
        self, table: Table, row: int, section: tuple[str, ...], stubs: Sequence[Column]
    ) -> Line:
        texts: list[str] = []
        whens: list[When] = []
        unit_word = region = entity = entity_name = card = ""
        known, whole = True, False
        codes: tuple[tuple[str, str], ...] = ()
        for column in stubs:
            cell = table.grid.at(row, column.index)
            text = self._stub_text(table, row, column)
            if not text:
                continue
            match column.role:
                case "unit":
                    unit_word = folded(text)
                case "region" | "region_code":
                    region, known, whole = self._place(text, region, known, whole)
                case "year" | "period":
                    whens.append(of_date(cell.content) if _is_date(cell) else read_when(text)[0])  # pyright: ignore[reportArgumentType]
                case "month":
                    number = re.search(r"\d{1,2}", folded(text))
                    when = read_when(text)[0]
                    if when.first is None and number and 1 <= int(number[0]) <= 12:
                        when = When(first=int(number[0]), last=int(number[0]))
                    whens.append(when)
                case "window":
                    whens.append(_window(text))
                case "card":
                    card = text
                case "entity":
                    entity_name = text
                case "entity_code":
                    entity = re.sub(r"\s", "", folded(text)).upper()
                case "industry" | "industry_code" if is_whole(text):
                    whole = True
                case "industry" | "industry_code":
                    codes = codes or self._industry(text, column.role)
                case "breakdown":
                    if not is_whole(text):
                        codes = codes or self.declared.codes(text) or (("?", folded(text)),)
                        known = known and codes[0][0] != "?"
                case "address" | "date" | "number" | "note" | "growth":
                    pass
                case _:
                    texts.append(text)
        line = self.texts((*texts, *section))
        region = region or line.region
        if not line.codes and not line.names and not line.region and texts and not codes:
            known = False
        label = next((text for text in texts if self._unknown_label(text, line)), "")
        return Line(
            line.names, line.full, (*whens, *line.whens), unit_word or line.unit, region,
            known and not label, whole or line.whole, codes or line.codes,
            entity or entity_name, entity_name, line.measure, card,
        )  # fmt: skip

    def _stub_text(self, table: Table, row: int, column: Column) -> str:
        cell = table.grid.at(row, column.index)
        if not cell.empty:
            return cell.text
        if column.role in (
            "region",
            "region_code",
            "indicator",
            "industry",
            "year",
            "period",
            "entity",
            "entity_code",
        ):
            # a label written once for several rows, merged or left blank below
            at = table.rows.index(row)
            for above in reversed(table.rows[:at]):
                if text := table.grid.at(above, column.index).text:
                    others = [c for c in table.columns if c != column.index]
                    return text if any(not table.grid.at(row, c).empty for c in others) else ""
        return ""

    def _place(self, text: str, region: str, known: bool, whole: bool) -> tuple[str, bool, bool]:
        found = self.declared.region(text)
        if found is not None:
            return found.code, known, is_whole(text) or whole
        if is_whole(text):
            return region or self.declared.top or folded(text), known, True
        return region or folded(text).replace(" ", ""), known and not text, whole

    def _industry(self, text: str, role: str) -> tuple[tuple[str, str], ...]:
        if role == "industry":
            return self.declared.codes(text) or (("?", folded(text)),)
        code = folded(text).replace(" ", "").upper()
        for classification in self.declared.classifications:
            if code in classification.categories:
                return ((classification.id, code),)
        return (("?", code),)

    def _unknown_label(self, text: str, line: Line) -> bool:
        name = bracketed_unit(text)[0]
        bare = bare_name(read_when(name)[1])
        return bool(
            bare and bare not in GENERIC and bare not in self.declared.names
            and self.declared.region(name) is None and not self.declared.codes(name)
        ) and not line.codes  # fmt: skip


def _window(text: str) -> When:
    plain = folded(text).lower()
    for word, names in (
        ("cumulative", ("cumulative", "累计", "ytd")), ("month", ("month", "当月", "月")),
        ("year", ("year", "annual", "年")),
    ):  # fmt: skip
        if any(name in plain for name in names):
            return When(word=word)  # pyright: ignore[reportArgumentType]
    return When()


def _is_date(cell: Cell) -> bool:
    return isinstance(cell.content, date)
