"""From a document of the workspace to its plan file, keeping what a person decided."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jingwei.app.pipeline.compiled import Compiled, compile_kept, compile_path, keep
from jingwei.app.pipeline.reading import existing_file
from jingwei.plans.merging import Difference, merge
from jingwei.plans.planfile import Compilation, PlanFile, new_plan, read_plan, save_plan
from jingwei.plans.records import DocumentFacts

if TYPE_CHECKING:
    from jingwei.store import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What compiling one document did to its plan file.

    ``file`` is the plan file as it now stands; ``state`` is new, updated or unchanged; ``differences`` says what changed or is proposed;
    ``read_anew`` is False where the document had been read before by the same code.
    """

    document: str
    plan: str
    state: Literal["new", "updated", "unchanged"]
    file: PlanFile
    compiled: Compiled
    differences: tuple[Difference, ...]
    read_anew: bool


def compile_into(workspace: "Workspace", document: str | Path) -> Outcome:
    """Compile a document into its plan file; the workspace is locked by the caller.

    A document from outside is copied into ``documents/`` once it has been read: what cannot be read
    stays where it is. Nothing a person decided is
    overwritten: what is read otherwise now stands beside it as proposed.
    """
    path = _within(workspace, existing_file(Path(document)))
    compiled, read_anew = compile_kept(workspace, path)
    target = workspace.plan_path(path.name)
    name = workspace.shown(target)
    old = read_plan(target, name) if target.exists() else None
    if old is None:
        plan, differences = new_plan(name, compilation(compiled)), ()
    else:
        merged = merge(old, compilation(compiled))
        plan, differences = merged.plan, merged.differences
    target.parent.mkdir(exist_ok=True)
    saved = save_plan(plan, target)
    return Outcome(
        document=path.name,
        plan=name,
        state=_state(old, saved),
        file=saved,
        compiled=compiled,
        differences=differences,
        read_anew=read_anew,
    )


def _state(old: PlanFile | None, saved: PlanFile) -> Literal["new", "updated", "unchanged"]:
    if old is None:
        return "new"
    return "unchanged" if old.text == saved.text else "updated"


def _within(workspace: "Workspace", path: Path) -> Path:
    """The document in ``documents/``; a file from elsewhere is read, then copied there."""
    if path.resolve().parent == workspace.root / "documents":
        return workspace.path(f"documents/{path.name}")
    compiled = compile_path(path)
    added = workspace.add_document(path)
    if added.name == path.name:
        keep(workspace, added, compiled)
    return added


def compilation(compiled: Compiled) -> Compilation:
    """What was read, in the form of a plan file."""
    plan = compiled.plan
    facts = DocumentFacts(
        file=plan.file,
        sha256=plan.sha256,
        title=plan.title,
        number=plan.number,
        issued=plan.issued,
        period=plan.period,
        region=plan.region,
        kind=compiled.told.kind,
    )
    return Compilation(facts, plan.records)
