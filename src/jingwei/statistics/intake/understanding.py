"""Tables understood: each number with its card, region, time and unit, and the reason why.

What the closest text says counts before what stands farther away: the cell, its column, its row,
the section, the title, the name of the sheet, the name of the file. What is missing or ambiguous
becomes a question; nothing is filled in.
"""

from collections.abc import Sequence
from dataclasses import replace

from jingwei.core import unit
from jingwei.statistics.cards import Card
from jingwei.statistics.intake.cells import Garbled, Missing, Number, Words, is_unit, meaning
from jingwei.statistics.intake.columns import TAKEN_FOR, Column, columns_of
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
from jingwei.statistics.intake.lines import Lines
from jingwei.statistics.intake.matching import (
    Declared,
    is_whole,
)
from jingwei.statistics.intake.moved import moved_rows
from jingwei.statistics.intake.naming import (
    Answers,
    Line,
    Naming,
    same_dimension,
    short,
)
from jingwei.statistics.intake.times import When, joined, read_when, to_months
from jingwei.statistics.intake.words import folded, words

_REFUSED_MEASURES = {
    "ratio_to_prior": ("环比", "a rate on the period before"),
    "rank": ("位次", "a rank"),
    "progress": ("完成进度", "a degree of completion"),
    "target": ("目标或计划数", "a target, not an outcome"),
    "difference": ("增减额，可由两期推出", "a change that follows from two periods"),
}
_SCALES = {"万": 1e4, "亿": 1e8, "千": 1e3, "百万": 1e6, "千万": 1e7, "万亿": 1e12}


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
                    f"注释未作数据：第{grid.first + row}行「{short(text)}」",
                    f"a note, no data: row {grid.first + row}",
                )
            )
    return FileReading(
        book.name, tuple(reader.figures), tuple(reader.refusals), tuple(reader.asked.values()),
        (*book.remarks, *reader.remarks), tuple(reader.enterprises), tuple(reader.garbled),
        tuple(reader.shifted), tuple(reader.presumed),
    )  # fmt: skip


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
        self.presumed: list[Figure] = []
        self.typed = False
        self.naming = Naming(declared, answers, lenient)
        self.lines = Lines(file, declared)

    def table(self, table: Table, order: int) -> None:
        columns = columns_of(table, self.declared)
        whole, table = table, self._without_shifted(table, columns, order)
        if len(table.rows) < len(whole.rows):
            self.presumed += self._moved_back(whole, order)
        stubs = [column for column in columns if column.role not in ("values", "skip")]
        values = [column for column in columns if column.role == "values"]
        if not values:
            self._no_values(table, columns, order)
        by_column = {column.index: self.lines.column(table, column) for column in values}
        latest = max(
            (w.year for line in by_column.values() for w in line.whens if w.year), default=None
        )
        named: Line | None = None
        for index, line in by_column.items():
            beside = _beside(line)
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
        by_column = _with_times(by_column)
        for index, line in by_column.items():
            if line.measure == "growth" and latest and not any(w.year for w in line.whens):
                # 增速 beside several years is that of the last
                by_column[index] = replace(line, whens=(*line.whens, When(latest)))
        lines = [
            self.lines.row(table, row, section, stubs)
            for row, section in zip(table.rows, table.sections, strict=True)
        ]
        about = _of_its_years(self.lines.about(table), [*by_column.values(), *lines])
        entities = any(column.role in ("entity", "entity_code") for column in stubs)
        for row, line in zip(table.rows, lines, strict=True):
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

    def _no_values(self, table: Table, columns: Sequence[Column], order: int) -> None:
        """Why nothing is read of a table with numbers: what its columns were taken for."""
        for row in table.rows:
            for column in columns:
                cell = table.grid.at(row, column.index)
                if column.role != "number" and isinstance(meaning(cell), Number):
                    taken = "、".join(
                        f"「{table.title_of(each.index)}」{TAKEN_FOR.get(each.role, each.role)}"
                        for each in columns[:6]
                    )
                    place = Place(
                        self.file, table.grid.name, table.grid.first + row,
                        table.title_of(column.index), column.index, order,
                    )  # fmt: skip
                    self.refusals.append(
                        Refusal(
                            place, cell.text,
                            f"表中没有一列认得出是数值（{taken}）；请在表头写明指标和时间，或改用 jingwei data template 生成的表",
                            f"no column of the table is known to hold values ({taken}); name the indicator and "
                            "the time in its heading, or use the form of jingwei data template",
                        )
                    )  # fmt: skip
                    return

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

    def _moved_back(self, table: Table, order: int) -> list[Figure]:
        """What moved rows would say one column to the left: no data, but what sums and siblings of
        the other rows are held against."""
        gaps = {
            place.row - table.grid.first: place.column
            for place in self.shifted
            if (place.sheet, place.table) == (table.grid.name, order)
        }
        rows = list(table.grid.rows)
        for row, gap in gaps.items():
            rows[row] = (*rows[row][:gap], *rows[row][gap + 1 :])
        other = _Reader(self.file, self.declared, self.answers, self.lenient)
        other.typed = self.typed
        mended = replace(table, grid=replace(table.grid, rows=tuple(rows)))
        if not other._still_moved(mended):
            other.table(mended, order)
        return [each for each in other.figures if each.place.row - table.grid.first in gaps]

    def _still_moved(self, table: Table) -> bool:
        before = len(self.shifted)
        self._without_shifted(table, columns_of(table, self.declared), 0)
        found = len(self.shifted) > before
        del self.shifted[before:]
        return found

    def _enterprise(self, table: Table, row: int, order: int, stubs: Sequence[Column]) -> None:
        values = {
            column.role: text for column in stubs if (text := table.grid.at(row, column.index).text)
        }
        fields = {f"{c.role}_field": table.title_of(c.index) for c in stubs if c.role in values}
        if values.get("entity_code") or not is_whole(values.get("entity", "合计")):
            place = Place(self.file, table.grid.name, table.grid.first + row, "", 0, order)
            dates = tuple(
                (table.title_of(column.index), text)
                for column in stubs
                if column.role == "date" and (text := table.grid.at(row, column.index).text)
            )
            self.enterprises.append(EnterpriseRow(place, values | fields, dates))

    # ------------------------------------------------------------------ one cell

    def _cell(
        self,
        cell: Cell,
        place: Place,
        column: Line,
        row: Line,
        about: tuple[Line, tuple[str, ...]],
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
                Refusal(place, short(found.text), "是文字，不是数", "words, no number", True)
            )
            return
        self._number(found, cell, place, column, row, about)

    def _number(
        self,
        number: Number,
        cell: Cell,
        place: Place,
        column: Line,
        row: Line,
        about: tuple[Line, tuple[str, ...]],
    ) -> None:
        title, table_units = about
        measure_word = column.measure or row.measure
        when = joined((*column.whens, *row.whens, *title.whens))
        months = to_months(when) or (
            to_months(read_when(self.answers.period)[0]) if self.answers.period else None
        )
        year = months.last_year if months is not None else None
        stated = (number.unit if number.unit not in _SCALES else "") or column.unit or row.unit
        card, measure, name, reason, options = self.naming.indicator(
            column, row, title, stated or (table_units[0] if len(table_units) == 1 else ""), year
        )
        if measure_word in _REFUSED_MEASURES and card is None:
            zh, en = _REFUSED_MEASURES[measure_word]
            self.refusals.append(
                Refusal(place, cell.text, f"{zh}，不作观测值", f"{en}, not stored")
            )
            return
        fault = joined((*column.whens, *row.whens)).fault
        if fault and not self.answers.period:
            self._ask(
                "period", fault, place, f"时间「{fault}」不存在；请改正原表，或用 --period 写明",
                f"there is no such time as '{fault}'; mend the sheet or say it with --period", (),
            )  # fmt: skip
            return
        if fault:
            months = to_months(read_when(self.answers.period)[0])
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
        self, number: Number, cell: Cell, place: Place, column: Line, row: Line, title: Line,
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
        region, known, ground = self._region(column, row, title)
        if not region and not self.lenient:
            self._ask(
                "region", name, place,
                f"「{name}」没有写明地区；请用 --region 写明，或在 definitions/regions.csv 登记本地区",
                f"the region of '{name}' is not stated; say it with --region, or list your region in "
                "definitions/regions.csv", (),
            )  # fmt: skip
            return
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
                tuple(filter(None, (reason, f"单位「{word}」" if word else "", ground))),
                self.declared.region_name(region), self.declared.labels(codes),
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

    def _region(self, column: Line, row: Line, title: Line) -> tuple[str, bool, str]:
        """The region of a cell, whether it is declared, and on what ground if nothing names it."""
        if row.region and not row.whole:
            return row.region, row.region_known and self._declared(row.region), ""
        if column.region and not column.whole:
            return column.region, True, ""
        if title.region:
            return title.region, True, ""
        if row.region or column.region:
            return row.region or column.region, self._declared(row.region or column.region), ""
        if self.answers.region:
            return self.answers.region, True, "地区由人指定"
        top = self.declared.region(self.declared.top) if self.declared.top else None
        return self.declared.top, True, f"文件没有写地区，按本工作区的「{top.name}」" if top else ""

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


def _of_its_years(
    about: tuple[Line, tuple[str, ...]], lines: Sequence[Line]
) -> tuple[Line, tuple[str, ...]]:
    """What stands above a table without a month of a year that the table has no value of: 2026年2月
    over the years 2024 and 2025 is when the table was made."""
    title, units = about
    years = {when.year for line in lines for when in line.whens if when.year is not None}
    kept = tuple(
        when
        for when in title.whens
        if not years or when.first is None or when.first != when.last or when.year is None
        or when.year in years
    )  # fmt: skip
    return replace(title, whens=kept), units


def _with_times(columns: dict[int, Line]) -> dict[int, Line]:
    """The columns, where 同比 or 上年同期 beside every period without a time of its own is of the
    period to its left. A single one, at the end, is not: it may be of any of them."""
    timeless = [index for index, line in columns.items() if _beside(line) and not _timed(line)]
    if len(timeless) < 2:
        return columns
    found, left = dict(columns), Line()
    for index, line in columns.items():
        if not _beside(line):
            left = line
        elif index in timeless and _timed(left):
            found[index] = replace(line, whens=(*line.whens, *left.whens))
    return found


def _beside(line: Line) -> bool:
    return line.measure == "growth" or any(when.shift for when in line.whens)


def _timed(line: Line) -> bool:
    return any(when.year is not None or when.first is not None for when in line.whens)


def _faulty(place: Place, cell: Cell) -> Refusal:
    if cell.fault == "formula":
        return Refusal(
            place, "", "公式没有算出的值；请在 Excel 或 WPS 中重算后保存",
            "a formula without a computed value; recalculate and save the sheet",
        )  # fmt: skip
    return Refusal(place, cell.text, "公式出错", "an error value")
