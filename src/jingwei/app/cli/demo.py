"""``jingwei demo``: the fictional city, and the screen with which it ends."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.options import AnyFormat, Format
from jingwei.app.cli.progress import watched
from jingwei.core import plain

if TYPE_CHECKING:
    from jingwei.app.pipeline.demonstration import Shown


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新文件夹 / a new folder")] = Path(
        "demo-city"
    ),
    form: AnyFormat = Format.table,
) -> None:
    """演示：虚构城市绫州 / the fictional city, whole.

    写出规划、公报和各单位来文，从头做到监测评估报告；打印发现了什么、先看哪五样。

    / Its plans, communiqué and the files its offices sent, run from the first page to the monitoring
    report; it prints what was found and the five things to look at first.
    """
    from jingwei.app.pipeline.companion import companion
    from jingwei.app.pipeline.demonstration import demonstrate, write_city
    from jingwei.app.pipeline.reporting import REPORT

    faults = say.Faults()
    with companion() as beside:
        workspace, _ = write_city(folder, beside)
        shown = demonstrate(
            workspace, faults.add, lambda paths: watched(paths, "读取 reading"), beside
        )
    if form is Format.json:
        say.as_json({
            "findings": shown.lines,
            "report": str(workspace.path(REPORT)),
            "papers": [str(workspace.path(each)) for each in shown.papers],
            "steps": plain(shown.run.steps),
            "held": plain(shown.held),
            "status": shown.counts,
        })  # fmt: skip
    else:
        _show(shown, folder)
    raise typer.Exit(faults.code)


def _show(shown: "Shown", folder: Path) -> None:
    say.line("绫州市，虚构；以下每条都有出处。 / Lingzhou is fictional; every line has its source.")
    for number, each in enumerate(shown.lines, 1):
        say.line(f"\n{number}. 【{each.kind} {each.kind_en}】{each.told}")
        say.line(f"   {each.told_en}")
        for place in each.places:
            say.line(f"   · {place}")
    _done(shown)
    _next(shown, folder)


def _done(shown: "Shown") -> None:
    """What was read, stored, held and written."""
    came = shown.run.came
    stored = [each for each in came if each.state == "stored"]
    values = sum(each.values for each in stored)
    read = sum(each.step == "compile" and each.done for each in shown.run.steps)
    say.line("\n做了什么 What happened")
    say.line(f"  编译文件{read}份 / {read} documents compiled")
    say.line(
        f"  收下来文{len(stored)}份，{values}个数；扣下{len(shown.held)}份 / {len(stored)} files stored, "
        f"{values} values; {len(shown.held)} held:"
    )
    for each in shown.held:
        say.line(f"    {Path(each.file).name}：{each.told}")
    for title, counts in shown.counts.items():
        known = (*_CLASSES, *(each for each in counts if each not in _CLASSES))
        told = (f"{_CLASSES.get(each, each)} {counts[each]}" for each in known if each in counts)
        say.line(f"  {title}：{'，'.join(told)}")
    say.line("  报告 reports:")
    for path in shown.papers:
        say.line(f"    {path}")


_CLASSES = {
    "完成": "完成 met",
    "基本完成": "基本完成 nearly met",
    "未完成": "未完成 not met",
    "取决于读法": "取决于读法 depends on a reading",
    "无法评价": "无法评价 unknown",
    "后续文件未披露": "后续文件未披露 not disclosed",
}


def _next(shown: "Shown", folder: Path) -> None:
    """Five things to look at first, and what is left to try."""
    first = next((each for each in shown.held if each.told.startswith("自相矛盾")), None)
    looks = [
        (f"{shown.papers[0]}", "打开评估报告，每个数都有依据", "open the report: every number has its source"),
        ("jingwei status", "每个目标今天在哪里、缺什么、找谁", "where every target stands"),
        ("jingwei month", "月度调度：累计、同口径增速、谁没报", "the month: growth, pulls, late returns"),
        (f"jingwei explain {shown.example}", "没有兑现的约束性指标：全部依据", "all about the binding target missed"),
        (
            f"jingwei data check {first.file if first else ''}".rstrip(),
            "被扣下的来文错在哪一格、应是多少", "which cells of a held file are wrong",
        ),
    ]  # fmt: skip
    say.line(f"\n先看这五样（cd {folder}） Five things to look at first (cd {folder})")
    for number, (command, zh, en) in enumerate(looks, 1):
        say.line(f"  {number}. {command}\n     {zh} / {en}")
    say.line("还可以试 Then try")
    say.line(
        "  jingwei report --kind final --to docx  同一份报告，公文版式 / the same report as DOCX"
    )
    say.line("  jingwei run  再运行：什么也不用做 / nothing left to do")
    say.line(
        "  jingwei data receive 企业直报/来文登记.csv 企业直报/入库税收2025.csv  "
        "逐家企业的数，演示没有收 / single enterprises, which the demo leaves to you"
    )
