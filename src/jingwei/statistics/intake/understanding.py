"""Tables understood: each number with its card, region, time and unit, and the reason why.

What the closest text says counts before what stands farther away: the cell, its column, its row,
the section, the title, the name of the sheet, the name of the file. What is missing or ambiguous
becomes a question; nothing is filled in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from jingwei.core import unit
from jingwei.statistics.cards import Card
from jingwei.statistics.intake.cells import Garbled, Missing, Number, Words, is_unit, meaning
from jingwei.statistics.intake.columns import Column, bracketed_unit, columns_of, role_of
from jingwei.statistics.intake.figures import (
    EnterpriseRow,
    Figure,
    FileReading,
    Measure,
    Place,
    Question,
    Refusal,
)
from jingwei.statistics.intake.grid import Book, Cell, Remark
from jingwei.statistics.intake.layout import Table, tables
from jingwei.statistics.intake.matching import (
    Declared,
    bare_name,
    is_whole,
    measure_of,
    without_measure,
)
from jingwei.statistics.intake.moved import moved_rows
from jingwei.statistics.intake.times import When, joined, of_date, read_when, to_months
from jingwei.statistics.intake.words import folded, words

_REFUSED_MEASURES = {
    "ratio_to_prior": ("环比", "a rate on the period before"),
    "rank": ("位次", "a rank"),
    "progress": ("完成进度", "a degree of completion"),
    "target": ("目标或计划数", "a target, not an outcome"),
    "difference": ("增减额，可由两期推出", "a change that follows from two periods"),
}
_GENERIC = {
    bare_name(word)
    for key in ("indicator", "value", "region", "industry", "unit", "year", "period", "month", "entity")
    for word in words()["columns"][key]
} | {bare_name(word) for word in words()["measure"]["plain"]} | {"", "规上", "比上"}  # fmt: skip
_SCALES = {"万": 1e4, "亿": 1e8, "千": 1e3, "百万": 1e6, "千万": 1e7, "万亿": 1e12}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person has said: name → card key, name → unit, the period and region of the file."""

    cards: Mapping[str, str] = field(default_factory=dict[str, str])
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    period: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """What the texts of one column, or of one row, say."""

    names: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    whens: tuple[When, ...] = ()
    unit: str = ""
    region: str = ""
    region_known: bool = True
    whole: bool = False
    codes: tuple[tuple[str, str], ...] = ()
    entity: str = ""
    entity_name: str = ""
    measure: str = ""
    card: str = ""


def understand(
    book: Book, declared: Declared, answers: Answers | None = None, *, lenient: bool = False
) -> FileReading:
    """Everything in a file. ``lenient`` keeps figures without card or unit (for checking only)."""
    reader = _Reader(book.name, declared, answers or Answers(), lenient)
    order = 0
    for grid in book.grids:
        if folded(grid.name) in words()["notes"]["sheets"]:
            continue
        reader.typed = any(isinstance(c.content, float) for line in grid.rows for c in line)
        found, notes = tables(grid)
        for table in found:
            reader.table(table, order)
            order += 1
        if not found and grid.rows:
            reader.remarks.append(
                Remark(
                    f"工作表「{grid.name}」中没有找到数据", f"no data found in sheet '{grid.name}'"
                )
            )
        for row, text in notes:
            reader.remarks.append(
                Remark(
                    f"注释未作数据：第{grid.first + row}行「{_short(text)}」",
                    f"a note, no data: row {grid.first + row}",
                )
            )
    return FileReading(
        book.name, tuple(reader.figures), tuple(reader.refusals), tuple(reader.asked.values()),
        (*book.remarks, *reader.remarks), tuple(reader.enterprises), tuple(reader.garbled),
        tuple(reader.shifted),
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"


class _Reader:
    def __init__(self, file: str, declared: Declared, answers: Answers, lenient: bool) -> None:
        self.file, self.declared, self.answers, self.lenient = file, declared, answers, lenient
        self.figures: list[Figure] = []
        self.refusals: list[Refusal] = []
        self.asked: dict[tuple[str, str], Question] = {}
        self.remarks: list[Remark] = []
        self.enterprises: list[EnterpriseRow] = []
        self.garbled: list[tuple[Place, str, float | None]] = []
        self.shifted: list[Place] = []
        self.typed = False
        self._resolved: dict[object, tuple[Card | None, Measure, str, str, tuple[Card, ...]]] = {}

    def table(self, table: Table, order: int) -> None:
        columns = columns_of(table, self.declared)
        table = self._without_shifted(table, columns, order)
        stubs = [column for column in columns if column.role not in ("values", "skip")]
        values = [column for column in columns if column.role == "values"]
        by_column = {column.index: self._column(table, column) for column in values}
        latest = max(
            (w.year for line in by_column.values() for w in line.whens if w.year), default=None
        )
        named: _Line | None = None
        for index, line in by_column.items():
            beside = line.measure == "growth" or any(w.shift for w in line.whens)
            if named is not None and beside and not line.names:
                # 上年同期 and 同比 stand beside what they belong to
                full = tuple(f"{name}{text}" for name in named.names for text in line.full)
                by_column[index] = line = replace(
                    line, names=named.names, full=full, codes=line.codes or named.codes
                )
            elif line.whole and not line.names:
                named = None
            elif line.names and not beside:
                named = line
        for index, line in by_column.items():
            if line.measure == "growth" and latest and not any(w.year for w in line.whens):
                # 增速 beside several years is that of the last
                by_column[index] = replace(line, whens=(*line.whens, When(latest)))
        about = self._about(table)
        entities = any(column.role in ("entity", "entity_code") for column in stubs)
        for row, section in zip(table.rows, table.sections, strict=True):
            line = self._row(table, row, section, stubs)
            if entities:
                self._enterprise(table, row, order, stubs)
                if is_whole(line.entity_name):
                    line = replace(line, entity="", entity_name="", whole=True)
            for column in values:
                cell = table.grid.at(row, column.index)
                if not cell.empty:
                    place = Place(
                        self.file, table.grid.name, table.grid.first + row,
                        table.title_of(column.index), column.index, order,
                    )  # fmt: skip
                    self._cell(cell, place, by_column[column.index], line, about)

    def _without_shifted(self, table: Table, columns: Sequence[Column], order: int) -> Table:
        """The table less rows that run one column past the header with a gap before it."""
        values = [column.index for column in columns if column.role == "values"]
        stubs = {column.index for column in columns if column.role not in ("values", "skip")}
        headed = [index for index in table.columns if table.header(index)]
        if len(table.rows) < 4 or len(headed) < 3:
            return table
        edge = max(headed)
        beyond = [index for index in table.columns if index > edge]
        over = [
            row
            for row in table.rows
            if any(not table.grid.at(row, index).empty for index in beyond)
        ]
        shifted: list[int] = []
        for row, gap in moved_rows(table, [index for index in values if index in headed]):
            shifted.append(row)
            self.shifted.append(
                Place(
                    self.file, table.grid.name, table.grid.first + row, table.title_of(gap), gap, order
                )
            )  # fmt: skip
        if len(over) > 0.2 * len(table.rows):
            over = []
        for row in over:
            if row in shifted:
                continue
            gap = next(
                (i for i in headed if table.grid.at(row, i).empty and (i in values or i in stubs)),
                None,
            )
            if gap is not None:
                shifted.append(row)
                self.shifted.append(
                    Place(
                        self.file, table.grid.name, table.grid.first + row, table.title_of(gap),
                        gap, order,
                    )
                )  # fmt: skip
        kept = [
            (row, section)
            for row, section in zip(table.rows, table.sections, strict=True)
            if row not in shifted
        ]
        return replace(
            table, rows=tuple(row for row, _ in kept), sections=tuple(s for _, s in kept),
            columns=tuple(i for i in table.columns if i <= edge) if shifted else table.columns,
        )  # fmt: skip

    # ------------------------------------------------------------------ what lines say

    def _about(self, table: Table) -> tuple[_Line, tuple[str, ...]]:
        """What stands above the table and on its tab, and the units it is in."""
        texts = [*reversed(table.titles), table.grid.name, PurePath(self.file).stem]
        whens: list[When] = []
        for text in texts:
            when = read_when(text)[0]
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
        return _Line(names, names, tuple(whens), "", region, known), tuple(dict.fromkeys(units))

    def _column(self, table: Table, column: Column) -> _Line:
        header = table.header(column.index)
        named = role_of(header)
        if named in ("growth", "value"):
            line = self._texts(tuple(reversed(header[:-1])))
            return replace(
                line,
                unit=line.unit or bracketed_unit(header[-1])[1],
                measure="growth" if named == "growth" else line.measure,
            )
        return self._texts(tuple(reversed(header)))

    def _texts(self, texts: Sequence[str]) -> _Line:
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
            if bare_name(rest) not in _GENERIC:
                full.append(rest)
                name = without_measure(rest)
                if bare_name(name) not in _GENERIC:
                    names.append(name)
        return _Line(
            tuple(names), tuple(full), tuple(whens), unit_word, region, True, whole, codes,
            measure=measure,
        )  # fmt: skip

    def _row(
        self, table: Table, row: int, section: tuple[str, ...], stubs: Sequence[Column]
    ) -> _Line:
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
        line = self._texts((*texts, *section))
        region = region or line.region
        if not line.codes and not line.names and not line.region and texts and not codes:
            known = False
        label = next((text for text in texts if self._unknown_label(text, line)), "")
        return _Line(
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

    def _unknown_label(self, text: str, line: _Line) -> bool:
        name = bracketed_unit(text)[0]
        bare = bare_name(read_when(name)[1])
        return bool(
            bare and bare not in _GENERIC and bare not in self.declared.names
            and self.declared.region(name) is None and not self.declared.codes(name)
        ) and not line.codes  # fmt: skip

    def _enterprise(self, table: Table, row: int, order: int, stubs: Sequence[Column]) -> None:
        values = {
            column.role: text for column in stubs if (text := table.grid.at(row, column.index).text)
        }
        fields = {f"{c.role}_field": table.title_of(c.index) for c in stubs if c.role in values}
        if values.get("entity_code") or not is_whole(values.get("entity", "合计")):
            place = Place(self.file, table.grid.name, table.grid.first + row, "", 0, order)
            self.enterprises.append(EnterpriseRow(place, values | fields))

    # ------------------------------------------------------------------ one cell

    def _cell(
        self,
        cell: Cell,
        place: Place,
        column: _Line,
        row: _Line,
        about: tuple[_Line, tuple[str, ...]],
    ) -> None:
        if cell.fault:
            self.refusals.append(_faulty(place, cell))
            return
        found = meaning(cell)
        if isinstance(found, Missing):
            return
        if isinstance(found, Garbled):
            self.garbled.append((place, found.text, found.likely))
            self.refusals.append(
                Refusal(
                    place,
                    found.text,
                    "不能确定是哪个数；请改正原表",
                    "no certain number; mend the sheet",
                )
            )
            return
        if isinstance(found, Words):
            self.refusals.append(
                Refusal(place, _short(found.text), "是文字，不是数", "words, no number", True)
            )
            return
        self._number(found, cell, place, column, row, about)

    def _number(
        self,
        number: Number,
        cell: Cell,
        place: Place,
        column: _Line,
        row: _Line,
        about: tuple[_Line, tuple[str, ...]],
    ) -> None:
        title, table_units = about
        measure_word = column.measure or row.measure
        when = joined((*column.whens, *row.whens, *title.whens))
        months = to_months(when) or (
            to_months(read_when(self.answers.period)[0]) if self.answers.period else None
        )
        year = months.last_year if months is not None else None
        stated = (number.unit if number.unit not in _SCALES else "") or column.unit or row.unit
        card, measure, name, reason, options = self._indicator(
            column, row, title, stated or (table_units[0] if len(table_units) == 1 else ""), year
        )
        if measure_word in _REFUSED_MEASURES and card is None:
            zh, en = _REFUSED_MEASURES[measure_word]
            self.refusals.append(
                Refusal(place, cell.text, f"{zh}，不作观测值", f"{en}, not stored")
            )
            return
        if months is None:
            self._ask("period", "", place, "表中没有写明时间", "the time is not stated", ())
            return
        if card is None and not self.lenient:
            if len(options) > 1:
                keys = tuple(each.key for each in options)
                self._ask(
                    "card", name, place,
                    f"「{name}」可能是几个口径：{'、'.join(f'{o.name}（{o.key}）' for o in options)}",
                    f"'{name}' may be several cards: {', '.join(keys)}", keys,
                )  # fmt: skip
            else:
                self._ask(
                    "card", name, place, f"「{name}」没有口径卡；没有口径卡的序列不入库",
                    f"'{name}' has no definition card; a series without one is not stored", (),
                )  # fmt: skip
            return
        if measure == "growth" and not self.lenient:
            self.refusals.append(
                Refusal(
                    place,
                    cell.text,
                    f"「{name}」的增速没有口径卡，只用于核对",
                    f"the growth of '{name}' has no card of its own; it serves for checking only",
                )
            )
        self._figure(
            number, cell, place, column, row, title, table_units, stated,
            months, card, measure, name, reason, options,
        )  # fmt: skip

    def _figure(
        self, number: Number, cell: Cell, place: Place, column: _Line, row: _Line, title: _Line,
        table_units: tuple[str, ...], stated: str, months: "object", card: Card | None,
        measure: Measure, name: str, reason: str, options: tuple[Card, ...],
    ) -> None:  # fmt: skip
        from jingwei.core import Months

        assert isinstance(months, Months)
        rate = measure == "growth" or (card is not None and card.kind == "growth")
        base = "%" if measure == "growth" else (card.unit if card is not None else "")
        word = self._unit(stated, table_units, base, name, place, rate)
        if word is None:
            return
        scale = _SCALES.get(number.unit, 1.0)
        factor = scale
        if base and word:
            if not same_dimension(word, base):
                if not self.lenient:
                    self.refusals.append(
                        Refusal(
                            place,
                            cell.text,
                            f"单位「{word}」与口径卡的「{base}」不是一类",
                            f"the unit '{word}' is not of the kind of the card's '{base}'",
                        )
                    )
                    return
                base = word
            factor = scale * unit(word).factor / unit(base).factor
        region, known = self._region(column, row, title)
        codes = row.codes or column.codes
        if row.codes and column.codes and row.codes != column.codes:
            codes = tuple(sorted({*row.codes, *column.codes}))
        if not known and not self.lenient:
            label = region or name
            self._ask(
                "region", label, place,
                f"「{label}」既不是已登记的地区，也不是已登记的分类；请补 definitions/regions.csv 或分类",
                f"'{label}' is neither a declared region nor a category; add it to definitions/", (),
            )  # fmt: skip
            return
        self.figures.append(
            Figure(
                place, name, card, region, months, number.value * factor, base or word,
                number.value, word or number.unit, number.step * abs(factor), codes,
                row.entity, row.entity_name, number.op, measure, number.marks,
                number.as_text or (self.typed and isinstance(cell.content, str)), cell.text, row.whole or column.whole, known,
                tuple(filter(None, (reason, f"单位「{word}」" if word else ""))),
            )
        )  # fmt: skip

    def _unit(
        self,
        stated: str,
        table_units: tuple[str, ...],
        base: str,
        name: str,
        place: Place,
        rate: bool,
    ) -> str | None:
        """The unit that holds for a cell, None where it must be asked."""
        if rate and not (stated and same_dimension(stated, "%")):
            return "%"
        if stated and is_unit(stated):
            return stated
        fitting = [each for each in table_units if not base or same_dimension(each, base)]
        if len(fitting) == 1:
            return fitting[0]
        if name in self.answers.units:
            return self.answers.units[name]
        if base == "%" and not fitting:
            return base
        if base and unit(base).dimension in ("enterprise", "count", "people") and not fitting:
            return base if unit(base).factor == 1 else self._unit_asked(name, base, place)
        if self.lenient:
            return fitting[0] if fitting else base
        return self._unit_asked(name, base, place)

    def _unit_asked(self, name: str, base: str, place: Place) -> str | None:
        if self.lenient:
            return base
        self._ask(
            "unit", name, place, f"「{name}」的单位没有写明（口径卡为「{base}」）",
            f"the unit of '{name}' is not stated (the card has '{base}')", (base,),
        )  # fmt: skip
        return None

    def _region(self, column: _Line, row: _Line, title: _Line) -> tuple[str, bool]:
        if row.region and not row.whole:
            return row.region, row.region_known and self._declared(row.region)
        if column.region and not column.whole:
            return column.region, True
        if title.region:
            return title.region, True
        if row.region or column.region:
            return row.region or column.region, self._declared(row.region or column.region)
        if title.region:
            return title.region, True
        region = self.answers.region or self.declared.top
        return region, True

    def _declared(self, region: str) -> bool:
        return self.declared.region(region) is not None or (not self.declared.regions and is_whole(region))  # fmt: skip

    def _ask(
        self, about: str, name: str, place: Place, zh: str, en: str, options: tuple[str, ...]
    ) -> None:
        before = self.asked.get((about, name))
        if before is None:
            self.asked[about, name] = Question(about, name, zh, en, options, 1, place)  # pyright: ignore[reportArgumentType]
        else:
            self.asked[about, name] = Question(
                before.about, name, before.zh, before.en, before.options, before.cells + 1, before.first
            )  # fmt: skip

    # ------------------------------------------------------------------ the indicator

    def _indicator(
        self, column: _Line, row: _Line, title: _Line, unit_word: str, year: int | None
    ) -> tuple[Card | None, Measure, str, str, tuple[Card, ...]]:
        """The card of a cell; measure; name as written; reason; what it may be if undecided."""
        key = (column.names, column.full, column.measure, row.names, row.full, row.measure,
               title.names, unit_word, year, row.card)  # fmt: skip
        if key not in self._resolved:
            self._resolved[key] = self._decide(column, row, title, unit_word, year)
        return self._resolved[key]

    def _decide(
        self, column: _Line, row: _Line, title: _Line, unit_word: str, year: int | None
    ) -> tuple[Card | None, Measure, str, str, tuple[Card, ...]]:
        context = " ".join((*title.names, *column.full, *row.full))
        if row.card:
            named = self.declared.cards.get(row.card)
            if named is not None:
                return named, "level", named.name, f"口径卡 {row.card}", ()
        answered = self.answers.cards.get(_path(row, column, title))
        if answered and (card := self.declared.cards.get(answered)) is not None:
            return card, "level", card.name, "由人指定", ()
        growing = (column.measure or row.measure) == "growth"
        undecided: tuple[Card, ...] = ()
        full = _candidates(row.full, column.full)
        for name in full:  # a card of exactly these words, growth and share included
            if growing and measure_of(name) != "growth":
                continue
            match = self._match(name, unit_word, context, year)
            if len(match) == 1:
                return match[0], "level", name, f"名称「{name}」", ()
            undecided = undecided or match
        names = _candidates(row.names, column.names)
        if growing:
            for name in names:
                rates = self._match(f"{name}增速", "%", context, year)
                if len(rates) == 1:
                    return rates[0], "level", f"{name}增速", f"名称「{name}」的增速", ()
        measure: Measure = "growth" if growing else "level"
        for name in names:
            match = self._match(name, "" if growing else unit_word, context, year)
            if len(match) == 1:
                return *self._rate(match[0], growing), name, f"名称「{name}」", ()
            undecided = undecided or match
        framed = _framed(names, context)
        for name in framed:
            match = self._match(name, "" if growing else unit_word, context, year)
            if len(match) == 1:
                return *self._rate(match[0], growing), name, f"名称「{name}」和表中的总体", ()
        if not names or not self._names_one(names):
            for text in title.names:
                own = _title_name(text, self.declared)
                for name in (own, *_framed((own,), context)):
                    match = self._match(name, "" if growing else unit_word, context, year)
                    if len(match) == 1:
                        return *self._rate(match[0], growing), match[0].name, f"表名「{_short(text)}」", ()  # fmt: skip
            for text in title.names:
                word, cards = self.declared.cards_in(text)
                if len(cards) > 1 and unit_word:
                    cards = tuple(c for c in cards if same_dimension(c.unit, unit_word)) or cards
                if len(cards) > 1:
                    cards = self._match(word, unit_word, context, year)
                if len(cards) == 1:
                    card, measure = self._rate(cards[0], growing)
                    return card, measure, cards[0].name, f"表名「{_short(text)}」", ()
                if cards:
                    undecided = undecided or cards
        return None, measure, _path(row, column, title), "", undecided

    def _rate(self, card: Card, growing: bool) -> tuple[Card, Measure]:
        """The card of the growth of what ``card`` counts, if one is declared."""
        if not growing:
            return card, "level"
        rates = self.declared.names.get(bare_name(f"{card.name}增速"), [])
        return (rates[0], "level") if len(rates) == 1 else (card, "growth")

    def _names_one(self, names: Iterable[str]) -> bool:
        """Whether a row or column names a thing of its own, so that the title does not decide."""
        return (any(bare_name(name) not in _GENERIC for name in names) and not self.lenient) or any(
            bare_name(name) not in _GENERIC and len(bare_name(name)) > 1 for name in names
        )

    def _match(self, name: str, unit_word: str, context: str, year: int | None) -> tuple[Card, ...]:
        return self.declared.card(name, unit_word=unit_word, context=context, year=year).cards


def _path(row: _Line, column: _Line, title: _Line) -> str:
    """The indicator in the words of the table, from the widest heading to the narrowest."""
    names = (*reversed(row.names), *reversed(column.names))
    return "/".join(dict.fromkeys(names)) or next(filter(None, title.names), "")


_TITLE_NUMBER = re.compile(r"^\s*(?:表\s*)?\d+(?:[-.]\d+)*\s*[、.．:：]?\s*")


def _title_name(text: str, declared: Declared) -> str:
    """What a title names, without number, brackets, time and region."""
    plain = re.sub(r"[(（][^()（）]*[)）]", "", _TITLE_NUMBER.sub("", folded(text)))
    plain = read_when(plain)[1]
    for region in declared.regions:
        plain = plain.replace(region.name, "")
    return re.sub(
        r"^各区|(?:统计表|情况|月报|快报|年报|表)$", "", plain.strip().removeprefix("各区")
    )


def _framed(names: Sequence[str], context: str) -> tuple[str, ...]:
    """产值 in a table of 规模以上工业 is 规上工业产值."""
    plain = folded(context)
    if any(word in plain for word in words()["frame"]["above"]):
        return tuple(f"规上工业{name}" for name in names if name)
    return tuple(f"工业{name}" for name in names if name) if "工业" in plain else ()


def _candidates(row: Sequence[str], column: Sequence[str]) -> tuple[str, ...]:
    """Names to try, the fullest first: section + label, column group + column, then each alone."""
    tried: list[str] = []
    for one in (row, column):
        if len(one) > 1:
            tried.append("".join(reversed(one)))
    if row and column:
        tried += [f"{row[0]}{column[0]}", f"{column[0]}{row[0]}", f"{column[-1]}{row[0]}", f"{row[-1]}{column[0]}"]  # fmt: skip
    tried += [*row, *column]
    return tuple(dict.fromkeys(tried))


def same_dimension(one: str, other: str) -> bool:
    """Whether values of two units compare; 家 and 个 both count (``docs/semantics.md`` §5.2)."""
    a, b = unit(one).dimension, unit(other).dimension
    return a == b or {a, b} == {"enterprise", "count"}


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
    from datetime import date

    return isinstance(cell.content, date)


def _faulty(place: Place, cell: Cell) -> Refusal:
    if cell.fault == "formula":
        return Refusal(
            place, "", "公式没有算出的值；请在 Excel 或 WPS 中重算后保存",
            "a formula without a computed value; recalculate and save the sheet",
        )  # fmt: skip
    return Refusal(place, cell.text, "公式出错", "an error value")
