"""The thread from a target to what it depends on, and back."""

from typing import Annotated

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import loaded, opened
from jingwei.app.cli.options import AnyFormat, Format, Where

_LAYERS = {
    "target": "目标 target",
    "task": "任务 task",
    "node": "环节 node",
    "enterprise": "企业 enterprise",
    "place": "地点 place",
}


def thread(
    key: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="目标、任务、环节、企业、地点的编号或名称 / id or name of a target, task, node, enterprise, place",
        ),
    ],
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """经线：从目标到任务、环节、企业、地点，再回来 / from a target to what it depends on, and back.

    每一步都写明为什么、依据在哪里；名称出现在同一句里只是提及，不是因果。

    / Every step says why and opens its evidence; a name in a sentence is a mention, not a cause.
    """
    from jingwei.app.pipeline.threads import threaded

    faults = say.Faults()
    workspace = opened(where)
    found = threaded(workspace, loaded(workspace, faults), key)
    if form is Format.json:
        say.as_json(found)
        raise typer.Exit(faults.code)
    start = found.start
    say.line(f"{_LAYERS[start.layer]}：{start.name}（{start.id}）")
    rows = [
        ("→" if e.towards == "forward" else "←", _LAYERS[e.to.layer], e.to.name, e.to.id,
         f"{e.from_.name}：{e.why}", str(e.evidence[0]) if e.evidence else "")
        for e in found.steps
    ]  # fmt: skip
    if not rows:
        say.nothing(
            "没有连着的任务、环节、企业或地点；先编译规划、建产业链",
            "nothing hangs on it; compile the plans and lay the chains first",
        )
        raise typer.Exit(faults.code)
    columns = ("", "类\nlayer", "名称\nname", "编号\nid", "经由\nfrom and why", "依据\nevidence")
    say.table(columns, rows)
    raise typer.Exit(faults.code)
