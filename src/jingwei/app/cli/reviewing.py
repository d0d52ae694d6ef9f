"""``jingwei review``: a person accepts, edits or rejects what was read."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jingwei.app.cli import say
from jingwei.app.cli.opening import opened
from jingwei.app.cli.options import AnyFormat, By, Format, Help, Plan, Where, Words, person, today
from jingwei.core import InvalidRequest, plain

if TYPE_CHECKING:
    from jingwei.plans.planfile import PlanFile
    from jingwei.plans.review import Change, Item, Reviewed
    from jingwei.store import Workspace

Ids = Annotated[
    list[str], typer.Argument(metavar="ID", help="记录编号 / ids of records", show_default=False)
]

review = typer.Typer(rich_markup_mode=None, invoke_without_command=True, add_help_option=False)


@review.callback()
def _review(
    context: typer.Context,
    where: Where = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="表格或 JSON / a table or JSON", show_default=False),
    ] = None,
    help_: Help = False,
) -> None:
    """审阅编译结果：认可、改正、不采用、撤销 / review what was compiled.

    不带子命令时列出待审的记录。也可以直接修改 plans/*.yaml。

    / Without a further command: what waits for a decision. The YAML may be edited by hand.
    """
    if help_:
        say.line(context.get_help())
        raise typer.Exit
    if context.invoked_subcommand is None:
        list_(where=where, form=form or Format.table)


class Section(StrEnum):
    """The sections of a plan file."""

    statements = "statements"
    tasks = "tasks"
    programmes = "programmes"
    industries = "industries"
    places = "places"
    references = "references"


@review.command("list")
def list_(
    plan: Plan = "",
    words: Words = "",
    section: Annotated[
        Section | None,
        typer.Option(help="只看这一部分 / of this section only", show_default=False),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="连同已审的 / also what is decided already")
    ] = False,
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """列出待审的记录 / list what waits for a decision."""
    from jingwei.app.cli import rows
    from jingwei.plans.review import items

    faults = say.Faults()
    found: list[tuple[PlanFile, Item]] = []
    for each in _plans(opened(where), faults, plan):
        kept = items(each, section=section.value if section else "", words=words, waiting=not every)
        found += [(each, item) for item in kept]
    if form is Format.json:
        say.as_json([_item(plan_file, item) for plan_file, item in found])
    elif not found:
        say.nothing(
            "没有这样的待审记录；已审的见 jingwei review list --all，还没编译的先运行 jingwei run",
            "no such record waits; for the reviewed ones jingwei review list --all, and jingwei run "
            "compiles what is not yet",
        )
    else:
        say.table(rows.ITEM, [rows.item_row(item) for _, item in found])
        if found and not every:
            say.note(
                f"待审 {len(found)} 条；认可：jingwei review accept 编号…",
                f"{len(found)} wait; accept them with jingwei review accept ID…",
            )
    raise typer.Exit(faults.code)


@review.command()
def accept(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="记录编号 / ids of records", show_default=False),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="全部待审的 / everything that waits")
    ] = False,
    plan: Plan = "",
    note: Annotated[str, typer.Option(help="备注 / a remark", show_default=False)] = "",
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """认可：数值正确 / the values are right as they stand."""
    from jingwei.plans.review import accept, to_review

    workspace = opened(where)
    wanted = list(ids or [])
    if every:
        faults = say.Faults()
        for each in _plans(workspace, faults, plan):
            wanted += [item.entry.record.id for item in to_review(each) if not item.entry.proposed]
    _decide(workspace, wanted, form, lambda file, mine: accept(
        file, mine, by=person(by), on=today(), note=note
    ))  # fmt: skip


@review.command()
def adopt(
    ids: Ids,
    note: Annotated[str, typer.Option(help="备注 / a remark", show_default=False)] = "",
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """采用新读数（proposed） / take the newer reading."""
    from jingwei.plans.review import adopt

    _decide(opened(where), ids, form, lambda file, mine: adopt(
        file, mine, by=person(by), on=today(), note=note
    ))  # fmt: skip


@review.command()
def reject(
    ids: Ids,
    note: Annotated[str, typer.Option(help="备注 / a remark", show_default=False)] = "",
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """不采用：留在文件里，但不参与任何计算 / it stays in the file and counts nowhere."""
    from jingwei.plans.review import reject

    _decide(opened(where), ids, form, lambda file, mine: reject(
        file, mine, by=person(by), on=today(), note=note
    ))  # fmt: skip


@review.command()
def edit(
    id_: Annotated[str, typer.Argument(metavar="ID", help="记录编号 / id", show_default=False)],
    values: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE",
            help="如 value=75 op=>= period=2025（含 > 时请加引号） / quote what holds >",
            show_default=False,
        ),
    ],
    note: Annotated[str, typer.Option(help="备注 / a remark", show_default=False)] = "",
    by: By = "",
    where: Where = None,
    form: AnyFormat = Format.table,
) -> None:
    """改正一条记录；机器的读数留在旁边 / other values; what was read stays beside them."""
    from jingwei.plans.review import edit, typed_value

    def changed(file: "PlanFile", mine: Sequence[str]) -> "Reviewed":
        section = _section_of(file, mine[0])
        typed = {name: typed_value(section, name, text) for name, text in map(_field, values)}
        return edit(file, mine[0], typed, by=person(by), on=today(), note=note)

    _decide(opened(where), [id_], form, changed)


@review.command()
def undo(ids: Ids, where: Where = None, form: AnyFormat = Format.table) -> None:
    """撤销决定，恢复机器读数 / withdraw the decision."""
    from jingwei.plans.review import undo

    _decide(opened(where), ids, form, undo)


def _field(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals:
        raise InvalidRequest(
            "应写成 项=值，如 value=75", "write field=value, e.g. value=75", where=written
        )
    return name, value


def _section_of(file: "PlanFile", identity: str) -> str:
    return next(
        name
        for name, entries in file.sections.items()
        if any(entry.record.id == identity for entry in entries)
    )


def _plans(workspace: "Workspace", faults: say.Faults, only: str = "") -> "list[PlanFile]":
    from jingwei.plans.planfile import read_plan

    found: list[PlanFile] = []
    for path in workspace.plan_files():
        with faults.told():
            plan = read_plan(path, workspace.shown(path))
            facts = plan.document.record
            if only in ("", facts.file, Path(facts.file).stem, facts.title, path.name):
                found.append(plan)
    if only and not found and not faults.count:
        raise InvalidRequest(
            "工作区中没有这份文件的编译结果", "the workspace has no plan file of this", where=only
        )
    return found


def _decide(
    workspace: "Workspace",
    ids: Sequence[str],
    form: Format,
    decision: "Callable[[PlanFile, Sequence[str]], Reviewed]",
) -> None:
    """Apply a decision to the records of these ids, each in its own plan file."""
    from jingwei.plans.planfile import save_plan
    from jingwei.plans.review import items

    if not ids:
        raise InvalidRequest(
            "没有要审的记录；请给出编号", "there is nothing to decide on; give ids of records"
        )
    faults = say.Faults()
    changes: list[Change] = []
    with workspace.locked():
        left = set(ids)
        decided: list[Reviewed] = []
        for plan in _plans(workspace, faults):
            known = {item.entry.record.id for item in items(plan)}
            mine = [each for each in dict.fromkeys(ids) if each in known]
            left -= known
            if mine:
                decided.append(decision(plan, mine))
        if left:
            listed = "、".join(sorted(left))
            raise InvalidRequest(
                f"没有编号为 {listed} 的记录，什么也没有改；编号见 jingwei review",
                f"no record has the id {listed}, and nothing was changed; see jingwei review",
            )
        for each in decided:
            save_plan(each.plan, workspace.path(each.plan.name))
            changes += each.changes
    if form is Format.json:
        say.as_json(changes)
    else:
        from jingwei.app.cli import rows

        say.table(rows.CHANGE, [rows.change_row(each) for each in changes])
    raise typer.Exit(faults.code)


def _item(plan: "PlanFile", item: "Item") -> dict[str, Any]:
    entry = item.entry
    return {
        "plan": plan.name,
        "section": item.section,
        "state": entry.state,
        "record": plain(entry.record),
        "proposed": plain(dict(entry.proposed)),
        "gone": entry.gone,
    }
