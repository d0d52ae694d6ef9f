"""The workspace a command works in, and its documents."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.app.cli import say
from jingwei.app.cli.progress import watched
from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Held, Library
    from jingwei.store import Workspace


def opened(where: Path | None) -> "Workspace":
    """The workspace that was named, or the one around the current folder."""
    from jingwei.store import Workspace

    if where is not None and not where.is_dir():
        raise InvalidRequest(
            f"没有这个文件夹；请先运行 jingwei init {where}",
            f"there is no such folder; make it first: jingwei init {where}",
            where=str(where),
        )
    return Workspace.open(where)


def loaded(workspace: "Workspace", faults: say.Faults) -> "Library":
    """The compiled documents; what cannot be read is told, what is not compiled is noted."""
    from jingwei.app.pipeline.library import library

    found = library(workspace, faults.add)
    stale = [each.name for each in found.documents if each.stale]
    for names, zh, en in (
        (
            found.missing,
            "尚未编译：{}；请运行 jingwei run",
            "not compiled yet: {}; run jingwei run",
        ),
        (
            stale,
            "编译之后文件又有改动：{}；请运行 jingwei run",
            "changed after it was compiled: {}; run jingwei run",
        ),
        (
            found.orphans,
            "documents/ 中没有原件，不参与计算：{}",
            "its document is no longer in documents/, so it takes no part: {}",
        ),
    ):
        if names:
            listed = "、".join(names)
            say.note(zh.format(listed), en.format(listed))
    for each in found.documents:
        say.unread(each.name, each.unread)
    _unnamed(found.documents)
    drafts = "、".join(each.name for each in found.documents if each.is_draft)
    if drafts:
        say.note(
            f"未印发的稿件，里面的数不作依据：{drafts}",
            f"drafts that are not issued, whose numbers prove nothing: {drafts}",
        )
    return found


def around(where: Path | None) -> "Workspace | None":
    """The workspace that was named, or the one around the current folder, if there is one."""
    from jingwei.store import Workspace

    if where is not None:
        return opened(where)
    try:
        return Workspace.open()
    except InvalidRequest:
        return None


def chosen(
    names: Sequence[str], where: Path | None, faults: say.Faults
) -> "tuple[Library | None, list[Held]]":
    """The documents named, of the workspace or from anywhere; all of the workspace by default.

    A name that cannot be read is told and left out. Without a workspace the library is None.
    """
    from jingwei.app.pipeline.compiled import compile_path
    from jingwei.app.pipeline.library import held
    from jingwei.app.pipeline.whose import placed

    if not names:
        books = loaded(opened(where), faults)
        return books, [*books.documents]
    workspace = around(where)
    books = loaded(workspace, faults) if workspace is not None else None
    documents: list[Held] = []
    for name in watched([Path(each) for each in names], "读取 reading"):
        with faults.told():
            if books is not None:
                found = books.find_or_compile(str(name))
            else:
                found = held(compile_path(name))
            documents.append(found)
            if found.file is None:
                say.unread(found.name, found.unread)
    _unnamed([each for each in documents if each.file is None])
    return books, placed(documents)


def _unnamed(documents: "Sequence[Held]") -> None:
    """That some targets name no indicator and take no part, how many, and how to see them."""
    held = [each for each in documents if each.unnamed]
    count = sum(len(each.unnamed) for each in held)
    if not count:
        return
    listed = "、".join(f"{each.name} {len(each.unnamed)} 条" for each in held)
    kept = all(each.file is not None for each in held)
    see = "jingwei targets --unnamed" if kept else "jingwei statements " + held[0].name
    say.note(
        f"{count} 条目标没有写明指标，不参与任何对照，也不导出：{listed}；查看：{see}",
        f"{count} targets name no indicator, so they take part in nothing and are not exported; "
        f"to see them: {see}",
    )
