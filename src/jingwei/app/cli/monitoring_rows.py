"""How the results of monitoring look as rows of a table."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jingwei.app.cli.rows import YEAR, year_row
from jingwei.app.reports.evidence import place_of
from jingwei.app.reports.quoting import printed
from jingwei.core import Formula, Gap, Observation, Statement, written_out
from jingwei.monitor.bridge import is_held
from jingwei.monitor.dispatch.growth import HOW
from jingwei.monitor.splitting import COLUMNS, KINDS
from jingwei.plans.amount import written
from jingwei.plans.review import said_beside

if TYPE_CHECKING:
    from jingwei.app.pipeline.explaining import Explained
    from jingwei.monitor.appraisal import Appraised, Stability
    from jingwei.monitor.dispatch import Line, Pulls, Return, Unseen
    from jingwei.monitor.splitting import Checked
    from jingwei.monitor.status import Standing

__all__ = ["YEAR", "year_row"]

MARKS = {
    "提前实现": "✓", "快于预期": "↑", "基本符合预期": "→", "相对滞后": "↓",
    "目标已达到": "✓", "进展正常": "→", "需要加快": "↓", "进展有限": "↓", "倒退": "✗",
    "完成": "✓", "基本完成": "△", "未完成": "✗", "取决于读法": "◇", "无法评价": "？",
}  # fmt: skip
_ANSWERS = {"met": "✓", "not_met": "✗", "unknown": "？", "depends": "◇"}

STANDING = (
    "状态\nstatus",
    "指标\nindicator",
    "目标\ngoal",
    "属性\nattribute",
    "最近的数\nvalue",
    "依据、差距、缺什么\nreason, gap, missing",
)


def standing_row(each: "Standing") -> Sequence[str]:
    """A standing in the columns of ``STANDING``."""
    # the newest value has a column of its own
    told = each.verdict.reason.removeprefix(each.value).lstrip("，：；") or each.verdict.reason
    told += "".join(f"\n{_ANSWERS[one.answer]} {one.reading}" for one in each.verdict.readings)
    told += "".join(f"\n缺：{one.fact}；找：{one.holder}" for one in each.verdict.missing)
    told += "".join(f"\n{one.zh}" for one in each.beside if one.relation != "另一指标")
    return (
        f"{MARKS[each.class_]} {each.class_}",
        each.target.subject,
        f"{printed(each.target)}（{each.target.period}）",
        each.target.attr or "",
        chinese(each.value) or "—",
        chinese(told),
    )


def chinese(text: str) -> str:
    """A Chinese line of a table without the English that stands in brackets beside its terms."""
    return re.sub(r" \([^()]*[a-z]{3}[^()]*\)", "", text)


def is_silent(each: "Standing") -> bool:
    """Whether nothing at all is known of a target: it is listed with the office to ask."""
    aside = {proof for one in each.beside for proof in one.evidence}
    disputed = any(one.relation == "异议" for one in each.beside)
    unknown = each.verdict.answer == "unknown" and each.target.op != "qual"
    return unknown and not disputed and not set(each.verdict.evidence) - aside


ASKED = (
    "找谁\nholder", "项数\ncount", "无法评价：还没有同一指标、同口径、规划期内的数\nnot told: no figure yet",
)  # fmt: skip


def asked_rows(silent: "Sequence[Standing]") -> Iterator[Sequence[str]]:
    """Targets of which nothing is known, by the office that holds the figures; what exactly is
    missing of one is in ``explain``."""
    by_holder: dict[str, list[str]] = {}
    for each in silent:
        for missing in each.verdict.missing:
            told = f"{each.target.subject} {printed(each.target)}（{each.target.period}）"
            by_holder.setdefault(missing.holder, []).append(told)
    for holder, names in sorted(by_holder.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield holder or "—", str(len(names)), "；".join(names)


def tallies(standings: "Sequence[Standing]") -> Iterator[str]:
    """Counts by class, 约束性 and 预期性 apart; what cannot be told is counted, never left out."""
    standings = [each for each in standings if not each.same_as]
    for attr in ("约束性", "预期性", None):
        counts = Counter(each.class_ for each in standings if each.target.attr == attr)
        if counts:
            parts = "，".join(f"{name}{counts[name]}" for name in MARKS if counts[name])
            yield f"{attr or '文中目标（未标属性）'} {sum(counts.values())}项：{parts}"


def _gap(gap: Gap | None) -> str:
    return (
        ""
        if gap is None
        else f"{gap.what} {written_out(gap.from_, 4)}→{written_out(gap.to, 4)}{gap.unit}"
    )


LINE = (
    "指标\nindicator",
    "累计\ncumulative",
    "增速%\ngrowth",
    "增速来源\nhow",
    "全年目标倒排\nwhat the months left need",
)


def line_row(line: "Line") -> Sequence[str]:
    """A line of the dispatch in the columns of ``LINE``; a revised value with the first beside."""
    value = f"{written_out(line.value.value)}{line.unit}"
    if line.first is not None:
        value += f"（初值{written_out(line.first.value)}）"
    growth = line.growth
    needed = "\n".join(
        each.zh + "".join(f"；缺：{m.fact}；找：{m.holder}" for m in each.missing)
        for each in (*line.needed, *line.steps)
    )
    whole = "、".join(dict.fromkeys(f"{written(g)}（{g.period}年）" for g in line.whole))
    if not needed:
        needed = "没有年度目标" + (f"；期内合计目标{whole}不是年度目标" if whole else "")
    return (
        line.name,
        value,
        "—" if growth is None else growth.told,
        "—" if growth is None else HOW[growth.how][0],
        needed,
    )


PULL = (
    "名称\nname",
    "编码\ncode",
    "本期\nvalue",
    "基期\nbefore",
    "增速%\ngrowth",
    "拉动（百分点）\npull",
)
BY = {
    "district": "各区",
    "zone": "功能区（已计入各区，不相加）",
    "category": "分行业",
    "enterprise": "企业",
}


def pull_title(line: "Line", pulls: "Pulls") -> str:
    scheme = f" {pulls.scheme}" if pulls.scheme else ""
    return f"{line.name}：{BY[pulls.by]}{scheme}拉动 pulls"


def pull_rows(pulls: "Pulls") -> Iterator[Sequence[str]]:
    """Parts in the columns of ``PULL``, then what no part covers."""
    for each in pulls.parts:
        growth = "—" if each.growth is None else f"{each.growth:.1f}"
        yield (
            each.name,
            each.key,
            f"{written_out(each.value, 6)}",
            f"{written_out(each.before, 6)}",
            growth,
            f"{each.pull:+.2f}",
        )
    if pulls.open_ is not None:
        yield "未覆盖 not covered", "", "", "", "", f"{pulls.open_:+.2f}"
        yield "合计 total（按总量）", "", "", "", "", f"{pulls.total:+.2f}"


SILENT = ("找谁\nholder", "项数\ncount", "没有月度数的年度目标\ngoals without a monthly series")


def silent_rows(goals: "Sequence[Unseen]") -> Iterator[Sequence[str]]:
    """Goals of the year without a monthly series, by the office that holds the figure."""
    by_holder: dict[str, list[str]] = {}
    for each in goals:
        by_holder.setdefault(each.holder, []).append(each.target.subject)
    for holder, names in sorted(by_holder.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield holder or "—", str(len(names)), "、".join(names)


RETURN = ("状态\nstate", "数列\nseries", "最近一期\nlast", "到达日\ncame", "找谁\nholder")
_STATES = {"missing": "未报 missing", "late": "迟报 late"}


def return_row(each: "Return") -> Sequence[str]:
    return _STATES[each.state], each.name, each.last or "—", each.came or "—", each.holder or "—"


SPLIT = ("核对\ncheck", "结论\nanswer", "说明\nwhy", "缺什么\nmissing")


def split_title(checked: "Checked") -> str:
    split = checked.split
    return f"{split.target} {written_out(split.whole)}{split.unit}（{split.year}），{KINDS[split.kind]}（{split.file}）"


def split_rows(checked: "Checked") -> Iterator[Sequence[str]]:
    """The whole against the plan, then each column against the whole."""
    verdicts = [("总目标与规划 whole", checked.whole)] if checked.whole is not None else []
    verdicts += [(" ".join(COLUMNS[name]), verdict) for name, verdict in checked.columns.items()]
    for name, verdict in verdicts:
        assert verdict is not None
        missing = "；".join(f"{each.fact}：{each.holder}" for each in verdict.missing)
        yield name, _ANSWERS[verdict.answer], verdict.reason, missing or "—"


PART = (
    "分项\npart",
    "下达数\nassigned",
    "自报数\ndeclared",
    "完成数\ndone",
    "权数\nweight",
    "完成\nmet",
)


def part_rows(checked: "Checked") -> Iterator[Sequence[str]]:
    for part in checked.split.parts:
        verdict = checked.parts.get(part.name)
        numbers = (part.assigned, part.declared, part.done, part.weight)
        shown = ["—" if value is None else f"{written_out(value)}" for value in numbers]
        yield part.name, *shown, "—" if verdict is None else _ANSWERS[verdict.answer]


VALUE = ("时期\nperiod", "数\nvalue", "发布日\nvintage", "修订原因\nreason", "出处\nsource")


def value_row(each: Observation) -> Sequence[str]:
    op = "" if each.op == "=" else each.op
    return (
        str(each.months), f"{op}{written_out(each.value)}{each.unit}", each.vintage.isoformat(),
        each.reason or "", str(each.evidence),
    )  # fmt: skip


_STORED = {
    (True, "stock"): "；存量，期末减基期", (True, "count"): "；存量，期末减基期",
    (False, "flow"): "；流量，各年相加", (False, "count"): "；流量，各年相加",
}  # fmt: skip
_RELATIONS = {
    "same": "同一指标",
    "reworded": "措辞不同",
    "differs": "口径不同",
    "similar": "另一指标",
}


def explained_lines(found: "Explained") -> Iterator[str]:
    """A target in prose: words, definition, standings, what is missing."""
    target = found.target
    yield f"{target.subject}：{printed(target)}（{target.period}，{target.attr or '未标属性'}）"
    yield f"原文 quote：「{target.quote}」{found.document.name} {place_of(target.evidence)[0]}"
    file = found.document.file
    entries = file.statements if file is not None else ()
    for said in (said_beside(entry)[0] for entry in entries if entry.record.id == target.id):
        if said:
            yield f"决定 decision：{said}"
    for each in found.cards:
        differences = "；".join(str(d) for d in each.comparison.differences if not d.soft)
        level = "（其水平）" if each.of_level else ""
        told = f"口径卡 card：{each.card.name} {each.card.key}{level}：{_RELATIONS[each.comparison.kind]}"
        kind = _STORED.get((is_held(each.card), each.card.kind), "")
        yield (
            told + (f"（{differences}）" if differences else "") + f"{kind}；{len(each.values)}个数"
        )
    if not found.cards:
        yield "口径卡 card：没有相应的口径卡 none"
    for standing in found.by:
        verdict = standing.verdict
        yield f"{MARKS[standing.class_]} {standing.class_}［{verdict.method}］{verdict.reason}"
        for one in verdict.readings:
            yield f"  {_ANSWERS[one.answer]} {one.reading}"
        if standing.required is not None:
            word = "上限容许 allowed" if standing.limited else "所需 required"
            yield f"  {word}：{_gap(standing.required)}"
        for one in verdict.missing:
            yield f"  缺 missing：{one.fact}；找 holder：{one.holder}"
        for one in verdict.evidence:
            yield f"  依据 evidence：{one}"
            for term in one.of if isinstance(one, Formula) else ():
                yield f"    ← {term}"
        for one in standing.beside:
            yield f"  旁证 beside：{one.zh}"


CHOICE = ("编号\nid", "指标\nindicator", "目标\ngoal", "属性\nattribute", "文件\ndocument")


def choice_row(label: str, target: Statement) -> Sequence[str]:
    """One of several targets that a name may mean."""
    goal = f"{printed(target)}（{target.period}）"
    return target.id, target.subject, goal, target.attr or "", label


UNIT = (
    "单位\nunit",
    "组\ngroup",
    "得分\nscore",
    "名次\nrank",
    "可信度\nconfidence",
    "等次\ngrade",
    "算式\nformula",
)


def unit_row(each: "Appraised") -> Sequence[str]:
    score = "—" if each.score is None else f"{each.score:.2f}"
    if each.score is not None and each.confidence < 1:
        score += f"（{each.low:.1f}—{each.high:.1f}）"
    rank = "—" if each.rank is None else f"{each.rank}/{each.peers}"
    if each.rank is None and each.score is not None:
        rank = "—（可信度不足）"
    grade = each.grade + (f"（{'、'.join(each.vetoed)}未完成，封顶）" if each.vetoed else "")
    return (
        each.unit.name,
        each.unit.group or "—",
        score,
        rank,
        f"{each.confidence:.0%}",
        grade,
        each.formula or "—",
    )


def appraisal_notes(units: "Sequence[Appraised]") -> Iterator[str]:
    """Missing values, points and disputes, in words."""
    for each in units:
        for missing in each.missing:
            yield f"缺 missing：{missing.fact}；找：{missing.holder}"
        for sign, points in each.points:
            yield f"{each.unit.name} {sign}{written_out(points.points)}分：{points.why}（{points.source or '未注明文号'}）"
        for item in each.items:
            if item.dispute is not None:
                dispute = item.dispute
                yield (
                    f"异议 dispute：{each.unit.name}{item.indicator.name}现为{item.value}，{dispute.by}主张"
                    f"{written_out(dispute.claimed)}（{dispute.date}，{dispute.note}）；未改动，若采纳得分"
                    f"{each.if_accepted:.2f}、名次{each.rank_if_accepted}"
                )


ANNEX = ("单位\nunit", "名次\nrank", "最好\nbest", "最差\nworst", "保持\nkept", "方法\nhow")


def annex_row(each: "Stability") -> Sequence[str]:
    exact = "名次界逐对精确 exact bounds" if each.how == "exact" else "抽样 sampled"
    how = f"{exact}；保持率抽样{each.draws}次，种子{each.seed}"
    return each.unit, str(each.rank), str(each.best), str(each.worst), f"{each.kept:.0%}", how
