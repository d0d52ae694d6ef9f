"""The monthly dispatch as a sheet of one page (月度调度一页纸)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from jingwei.app.reports.paper import (
    Block,
    Column,
    Grid,
    Heading,
    Notes,
    Paper,
    Paragraph,
    Run,
)
from jingwei.app.reports.paper.notes import Line, Note
from jingwei.app.reports.words import points
from jingwei.core import Evidence, Formula, written_out
from jingwei.monitor.dispatch.growth import HOW

if TYPE_CHECKING:
    from jingwei.monitor.dispatch import Line as _Row
    from jingwei.monitor.dispatch import Page, Pull, Pulls, Return

# Points of the sheet (``layout.toml`` [sheet]), on the safe side, since programs differ a little.
_ROOM = 690.0  # between the heading block and the foot, the title of the notes taken off
_ROW, _HEAD = 12.0, 30.0  # a row of a table; its title, head and the space around it
_LINE, _NOTE_LINE, _NOTE_GAP = 13.0, 9.0, 2.0
_LAST = 110.0  # kept for the lines on what has no month and what has no room, and their notes
_GOAL_WIDE, _NAME_WIDE, _BODY_WIDE, _NOTE_WIDE = 20, 17, 50, 73  # characters of a line
_NAMED = 8  # of what was counted, in a note
_BY = {
    "district": "分区拉动",
    "zone": "功能区拉动（已计入各区，不相加）",
    "category": "分行业拉动",
    "enterprise": "拉动最大的企业",
}
_EACH_WAY = 3  # parts that pull most, up and down


def sheet_of(page: "Page", title: str) -> Paper:
    """The sheet of a month: indicators and what is left to do, who pulls, whose returns are missing.

    What has no room on the page is counted on it, never left out in silence.
    """
    notes = Notes({})
    months = page.months
    body = [*_Sheet(page, notes).blocks()]
    first, last = months.first % 12 + 1, months.last_month
    units = any(line.movers is not None and line.movers.parts for line in page.lines)
    below = [f"{months.last_year}年{first}—{last}月，截至{page.as_of.isoformat()}"]
    if units:
        below.append("含单位数据，只用于统计，注意保密")
    return Paper(
        title=f"{page.region}{title}",
        below=below,
        as_of=page.as_of.isoformat(),
        body=body,
        notes=[*map(_on_one_line, notes.all)],
        notes_title="依据",
        dense=True,
    )


def _on_one_line(note: Note) -> Note:
    return replace(note, lines=(Line(0, "；".join(line.text for line in note.lines)),))


def _lines(text: str, wide: int) -> int:
    """How many lines a text takes; Latin letters and digits are half as wide."""
    return 1 + int(sum(1.0 if ord(each) > 0x2000 else 0.55 for each in text) / wide)


class _Sheet:
    """The page while it fills; ``room`` are the points left."""

    def __init__(self, page: "Page", notes: Notes) -> None:
        self.page, self.notes = page, notes
        self.room = _ROOM - _LAST
        self.left: list[str] = []

    def blocks(self) -> Iterator[Block]:
        lines = [*self._kept(self.page.lines)]
        yield self._indicators(lines)
        late, disputed = [*self._late()], [*self._disputed()]
        yield from self._pulls(lines)
        yield from late
        yield from disputed
        if self.page.silent:
            names = [
                f"{each.target.subject}（找{each.holder or '未知'}）" for each in self.page.silent
            ]
            yield Paragraph(
                (
                    Run("全年目标中没有月度数的"),
                    *self._count("没有月度数的全年目标", names),
                    Run("项。"),
                )
            )
        if self.left:
            yield Paragraph(
                (
                    Run("限于一页，另有"),
                    *self._count("没有列出的内容", self.left),
                    Run("项没有列出，见"),
                    Run("jingwei month", strong=True),
                    Run("。"),
                )
            )

    def _count(self, what: str, names: Sequence[str]) -> tuple[Run, ...]:
        shown = names if len(names) <= _NAMED else [*names[:_NAMED], "等，全部见 jingwei month"]
        told = Formula(f"计数：{what}共{len(names)}项：{'；'.join(shown)}")
        return (Run(str(len(names)), self.notes.mark(told)),)

    def _kept(self, lines: "Sequence[_Row]") -> "Iterator[_Row]":
        """Indicators with a goal of the year first, as far as there is room beside those who pull."""
        self.room -= _HEAD
        units = any(line.movers is not None and line.movers.parts for line in lines)
        kept = _ROOM / 3 if units else _HEAD + 2 * _EACH_WAY * _ROW
        for line in sorted(lines, key=lambda each: (not each.needed, each.series)):
            needs = _needs(line)
            goals = sum(_lines(told, _GOAL_WIDE) for told, _ in needs)
            proofs = [line.value.evidence, *(e for _, proof in needs for e in proof)]
            proofs += line.growth.evidence if line.growth is not None else ()
            takes = _ROW * max(2, goals) + self._cost(proofs)
            if takes > self.room - kept:
                self.left.append(line.name)
                continue
            self.room -= takes
            yield line

    def _cost(self, proofs: Sequence[Evidence]) -> float:
        """The points that the notes of these take."""
        trial = Notes({})
        for each in proofs:
            trial.mark(each)
        told = (_on_one_line(note).lines[0].text for note in trial.all)
        return sum(_NOTE_GAP + _NOTE_LINE * _lines(text, _NOTE_WIDE) for text in told)

    def _indicators(self, lines: "Sequence[_Row]") -> Grid:
        rows: list[Sequence[Sequence[Run]]] = []
        for line in lines:
            value = self.notes.mark(line.value.evidence)
            growth, how = [Run("—")], "—"
            if line.growth is not None:
                growth = [Run(line.growth.told, self.notes.mark(*line.growth.evidence))]
                how = HOW[line.growth.how][0]
            needs: list[Run] = []
            for told, proofs in _needs(line):
                told = f"\n{told}" if needs else told
                needs.append(Run(told, self.notes.mark(*proofs)))
            cell = [Run(f"{written_out(line.value.value)}{line.unit}", value)]
            if line.first is not None:
                mark = self.notes.mark(line.first.evidence)
                cell.append(Run(f"（初值{written_out(line.first.value)}）", mark))
            rows.append(
                ((Run(line.name, bare="name"),), cell, growth, (Run(how),), needs or (Run("—"),))
            )
        columns = (
            Column("指标", 34), Column("累计", 28, "right"), Column("增速（%）", 16, "right"),
            Column("增速来源", 40), Column("全年目标倒排", 62),
        )  # fmt: skip
        return Grid((Run("主要指标"),), columns, rows)

    def _pulls(self, lines: "Sequence[_Row]") -> Iterator[Block]:
        """Districts and enterprises of one indicator after the other, then its industries."""
        for line in lines:
            adds_up = any(each.open_ is not None for each in line.pulls)
            summed = line.pulls if adds_up else ()  # a rate has no parts that pull
            for pulls in (each for each in summed if each.by != "category"):
                yield from self._pulled(line, pulls, _most(pulls.parts, _EACH_WAY))
            if line.movers is not None and line.movers.withheld:
                self.room -= _LINE
                yield Paragraph((Run(f"{line.name}：", bare="name"), *self._withheld(line.movers)))
            if line.movers is not None and line.movers.parts:
                yield from self._pulled(line, line.movers, line.movers.parts)
            for pulls in (each for each in summed if each.by == "category"):
                yield from self._pulled(line, pulls, _most(pulls.parts, _EACH_WAY))

    def _withheld(self, movers: "Pulls") -> tuple[Run, ...]:
        return (Run(movers.withheld, self.notes.mark(movers.whole)),)

    def _pulled(self, line: "_Row", pulls: "Pulls", parts: "Sequence[Pull]") -> Iterator[Block]:
        """Parts two abreast: those that pull up on the left, those that pull down on the right."""
        by = _BY[pulls.by]
        up = [each for each in parts if each.pull >= 0]
        down = [each for each in reversed(parts) if each.pull < 0]
        fits = max(len(up), len(down))
        while fits and self._takes(line, pulls, up[:fits], down[:fits]) > self.room:
            fits -= 1
        self.left += [f"{line.name}，{by}：{each.name}" for each in (*up[fits:], *down[fits:])]
        if not fits:
            return
        up, down = up[:fits], down[:fits]
        self.room -= self._takes(line, pulls, up, down)
        mark = self.notes.mark(_proof(line, pulls, up, down))
        rows = [
            (
                *_half(up[n] if n < len(up) else None, mark),
                *_half(down[n] if n < len(down) else None, mark),
            )
            for n in range(max(len(up), len(down)))
        ]
        scheme = f"（{pulls.scheme}）" if pulls.scheme else ""
        columns = (
            Column("向上", 52), Column("增速（%）", 15, "right"), Column("拉动（百分点）", 21, "right"),
            Column("　向下", 54), Column("增速（%）", 15, "right"), Column("拉动（百分点）", 21, "right"),
        )  # fmt: skip
        yield Grid((Run(f"{line.name}：{by}{scheme}", bare="name"),), columns, rows)

    def _takes(
        self, line: "_Row", pulls: "Pulls", up: "Sequence[Pull]", down: "Sequence[Pull]"
    ) -> float:
        note = self._cost([_proof(line, pulls, up, down)])
        pairs = zip_longest(up, down)
        high = sum(max(_lines(e.name, _NAME_WIDE) for e in pair if e is not None) for pair in pairs)
        return _HEAD + _ROW * high + note

    def _late(self) -> Iterator[Block]:
        """Late and missing returns, in at most a sixth of the page."""
        if not self.page.returns:
            return
        shown: list[Run] = []
        for each in self.page.returns:
            run = _returned(each)
            text = "".join(one.text for one in (*shown, run))
            if _LINE * _lines(text, _BODY_WIDE) > _ROOM / 6:
                self.left.append(f"{each.name}（{_STATES[each.state]}）")
                continue
            shown.append(run)
        self.room -= _LINE * (1 + _lines("".join(one.text for one in shown), _BODY_WIDE))
        yield Heading(1, "迟报、未报")
        yield Paragraph(shown)

    def _disputed(self) -> Iterator[Block]:
        """Disputes about values of the year, in at most a sixth of the page."""
        shown: list[Run] = []
        for each in self.page.disputes:
            text = f"{each.zh}；"
            told = "".join(one.text for one in shown) + text
            if _LINE * _lines(told, _BODY_WIDE) > _ROOM / 6:
                self.left.append(each.zh)
                continue
            shown.append(Run(text, self.notes.mark(*each.evidence)))
            self.room -= self._cost(each.evidence)
        if shown:
            self.room -= _LINE * (1 + _lines("".join(one.text for one in shown), _BODY_WIDE))
            yield Heading(1, "有异议的数")
            yield Paragraph(shown)


def _needs(line: "_Row") -> "list[tuple[str, list[Evidence]]]":
    """What the goals of the year still need, in words with their proof."""
    return [
        (
            need.zh + "".join(f"；缺：{m.fact}；找：{m.holder}" for m in need.missing),
            [*need.evidence],
        )
        for need in (*line.needed, *line.steps)
    ]


_STATES = {"late": "迟报", "missing": "未报"}


def _proof(line: "_Row", pulls: "Pulls", up: "Sequence[Pull]", down: "Sequence[Pull]") -> Formula:
    """One note for a table: the formula of every part, and the whole."""
    told = "；".join(f"{each.name} {each.evidence.formula}" for each in (*up, *down))
    return Formula(f"{line.name}，{told}；总量", (pulls.whole,))


def _returned(each: "Return") -> Run:
    state = f"{each.came}迟报" if each.state == "late" else "未报"
    last = f"，最近一期{each.last}" if each.state == "missing" and each.last else ""
    return Run(f"{each.name}{state}{last}，找{each.holder or '未知'}；", bare="date")


def _most(parts: "Sequence[Pull]", each_way: int) -> "list[Pull]":
    """The parts that pull most up and most down, in their order."""
    if len(parts) <= 2 * each_way:
        return [*parts]
    return [*parts[:each_way], *parts[-each_way:]]


def _half(part: "Pull | None", mark: int | None) -> tuple[Sequence[Run], ...]:
    blank = (Run(""),)
    if part is None:
        return (blank, blank, blank)
    growth = (Run("—"),) if part.growth is None else (Run(f"{part.growth:.1f}", mark),)
    return ((Run(part.name, bare="name"),), growth, (Run(points(part.pull), mark),))
