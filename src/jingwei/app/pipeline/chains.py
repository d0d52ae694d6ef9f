"""Chains in a workspace: laid from a plan, filled from files, compared, diagnosed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from jingwei.chains.diagnosis import (
    Agreement,
    Candidate,
    Clause,
    Convergence,
    Diagnosis,
    Dimension,
    Measures,
    Movement,
    Shape,
    Supply,
    agreement,
    convergence,
    diagnose,
    leaders,
    movements,
    newest,
    policy_supply,
    read_rules,
    seven_needs,
    shape_of,
    since,
    words,
)
from jingwei.chains.graph import (
    RETRACTED,
    STANDARD,
    Difference,
    Edition,
    Head,
    Laid,
    Lexicon,
    Named,
    NameEntry,
    Template,
    Vertex,
    difference,
    free_label,
    labels,
    latest,
    lay,
    node_id,
    of_row,
    read_edition,
    read_names,
    template,
    without,
    write_edition,
    write_names,
)
from jingwei.chains.graph import decided as decided_names
from jingwei.core import InvalidRequest, Row

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Held, Library
    from jingwei.store import Workspace

TEMPLATES = "definitions/chains/templates.toml"
RULES = "definitions/chains/diagnosis.toml"


def chain_template(workspace: "Workspace", name: str) -> Template:
    """A template by name, those of the workspace first."""
    return template(name, workspace.path(TEMPLATES))


def named_in(held: "Held") -> list[Named]:
    """What a plan names as industries and nodes, in the form that is laid on a template."""
    return [Named(each.name, each.kind, each.path, each.evidence) for each in held.nodes]


def new_chain(
    workspace: "Workspace",
    chain: str,
    plan: "Held | None",
    day: str,
    *,
    label: str = "",
    template_name: str = STANDARD,
    fields: Sequence[str] = (),
) -> tuple[Edition, Laid | None, bool]:
    """The first edition of a chain, or, of a chain that exists, the next with a plan's nodes.

    Where the plan adds nothing it is the edition there was; the last says whether one was made. Raises
    InvalidRequest where the chain exists and no plan is given.
    """
    known = labels(workspace, chain)
    if known and plan is None:
        raise InvalidRequest(
            f"产业链“{chain}”已存在（最新版本 {known[-1]}）；要加环节请用 chain import，或给出 --from 规划",
            f"the chain '{chain}' exists (newest edition {known[-1]}); add to it with chain import, "
            "or name a plan with --from",
        )
    before = latest(workspace, chain) if known else None
    form = chain_template(workspace, before.head.template if before else template_name)
    region = workspace.settings.region or (plan.region if plan else "")
    head = Head(chain, label or free_label(workspace, chain, day), form.name, region, day)
    laid = lay(chain, named_in(plan), form, plan.source, fields) if plan is not None else None
    vertices = {each.id: each for each in laid.vertices} if laid else {}
    edges = [*laid.edges] if laid else []
    own = node_id(chain)  # facts about the chain as a whole need something to be about
    if before is None or own not in before.position:
        vertices.setdefault(
            own, Vertex(own, "node", chain, "", "产业链", (Row("chain new", day, chain),))
        )
    if before is not None:
        head = replace(head, region=before.head.region or region, parent=before.head.edition)
        for each in before.vertices():
            fresh = vertices.get(each.id)
            both = (*each.evidence, *(fresh.evidence if fresh else ()))
            vertices[each.id] = replace(each, evidence=tuple(dict.fromkeys(both)))
        edges = [*dict.fromkeys((*before.every_edge(), *edges))]
    edition = Edition.of(head, vertices.values(), edges, before.facts if before else ())
    if before is not None and edition.content_hash == before.content_hash:
        return before, laid, False
    write_edition(workspace, edition)
    return edition, laid, True


def place_node(
    workspace: "Workspace", chain: str, node: str, stage: str, by: str, day: str
) -> Edition:
    """The next edition with a node in a stage, as a person said. Raises InvalidRequest."""
    before = latest(workspace, chain)
    form = chain_template(workspace, before.head.template)
    names = [each.name for each in form.stages]
    match = Lexicon(before.vertices("node")).match(node)
    if not match.node:
        near = [before.get(each) for each in match.candidates[:10]]
        listed = "、".join(each.name for each in near if each is not None) or "（无）"
        raise InvalidRequest(
            f"链上没有唯一的环节“{node}”；相近：{listed}",
            f"'{node}' is not one node of the chain; near it: {listed}",
        )
    if stage not in names:
        raise InvalidRequest(
            f"模板“{form.name}”没有阶段“{stage}”；有：{'、'.join(names)}",
            f"the template '{form.name}' has no stage '{stage}'; it has: {', '.join(names)}",
        )
    said = Row(f"definitions/chains/{chain}", day, f"stage {stage}（{by}）")
    vertices = [
        replace(each, stage=stage, evidence=(*each.evidence, said))
        if each.id == match.node
        else each
        for each in before.vertices()
    ]
    note = f"“{node}”列入“{stage}”（{by}，{day}）"
    head = replace(
        before.head, edition=free_label(workspace, chain, day), made=day,
        parent=before.head.edition, note=note,
    )  # fmt: skip
    edition = Edition.of(head, vertices, before.every_edge(), before.facts)
    write_edition(workspace, edition)
    return edition


def retract(
    workspace: "Workspace", chain: str, file: str, at: str, why: str, by: str, day: str
) -> tuple[Edition, int]:
    """The next edition without the rows of a file (``at``: one row), and how many they were.

    The editions before keep them; the reason stands in the head. Raises InvalidRequest where no row
    is of that file, or no reason is given.
    """
    if not why.strip():
        raise InvalidRequest(
            "撤回要写理由：--why",
            "a retraction needs its reason: --why",
            where=file,
        )
    before = latest(workspace, chain)
    left = without(before, lambda row: of_row(row, file, at))
    if not left.rows:
        known = sorted({each.dataset for each in _rows(before)})
        raise InvalidRequest(
            f"产业链“{chain}”中没有来自“{file}”{f'第{at}行' if at else ''}的记录；有：{'、'.join(known) or '（无）'}",
            f"the chain '{chain}' holds nothing of '{file}'{f', row {at}' if at else ''}; "
            f"there are: {', '.join(known) or '(none)'}",
        )
    label = free_label(workspace, chain, day)
    note = f"{RETRACTED}{file}{f' 第{at}行' if at else ''}（{left.rows}行）：{why.strip()}（{by}，{day}）"
    head = replace(before.head, edition=label, made=day, parent=before.head.edition, note=note)
    edition = Edition.of(head, left.vertices, left.edges, left.facts)
    write_edition(workspace, edition)
    return edition, left.rows


def _rows(edition: Edition) -> Iterable[Row]:
    every = (
        *(one for each in edition.vertices() for one in each.evidence),
        *(each.evidence for each in edition.every_edge()),
        *(each.evidence for each in edition.facts),
    )
    return (each for each in every if isinstance(each, Row))


def decide_name(
    workspace: "Workspace", chain: str, name: str, means: str, by: str, day: str
) -> NameEntry:
    """Say what an imported name means; the next import takes it so. Raises InvalidRequest."""
    entry = NameEntry(name, means, by, day)
    decided_names((entry,), latest(workspace, chain))
    names = read_names(workspace, chain)
    kept = [entry if each.name == name else each for each in names]
    known = next((each for each in names if each.name == name), None)
    if known is not None:
        entry = replace(known, means=means, by=by, date=day)
        kept = [entry if each.name == name else each for each in names]
    else:
        kept.append(entry)
    write_names(workspace, chain, kept)
    return entry


def edition_of(workspace: "Workspace", chain: str, label: str = "") -> Edition:
    """An edition by label, the newest without one."""
    return read_edition(workspace, chain, label) if label else latest(workspace, chain)


def parent_of(workspace: "Workspace", edition: Edition) -> Edition | None:
    """The edition before, None for a first one."""
    if not edition.head.parent:
        return None
    return read_edition(workspace, edition.head.chain, edition.head.parent)


def editions_before(workspace: "Workspace", edition: Edition, since: date) -> tuple[Edition, ...]:
    """The editions it grew from, the oldest first, back to the last one made before a day."""
    found: list[Edition] = []
    older = parent_of(workspace, edition)
    while older is not None:
        found.append(older)
        older = parent_of(workspace, older) if older.head.made >= since.isoformat() else None
    return tuple(reversed(found))


def compared(workspace: "Workspace", chain: str, before: str, after: str) -> Difference:
    """What changed from one edition to another; "" are the newest and the one before it."""
    new = edition_of(workspace, chain, after)
    old = read_edition(workspace, chain, before) if before else parent_of(workspace, new)
    if old is None:
        raise InvalidRequest(
            f"产业链“{chain}”只有一个版本，没有可比的",
            f"the chain '{chain}' has one edition only, there is nothing to compare",
        )
    return difference(old, new)


def region_of(workspace: "Workspace", edition: Edition) -> str:
    """The region a chain is seen from: the workspace's, else the one the edition was laid for."""
    return workspace.settings.region or edition.head.region


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """All that is said of a chain: its links, shape, seven needs, leaders, policies, technology.

    ``region`` is the one it is seen from, "" where nobody stated one: nothing is local then.
    """

    edition: Edition
    template: Template
    day: date
    region: str
    links: tuple[Diagnosis, ...]
    shape: Shape
    needs: tuple[Dimension, ...]
    leaders: tuple[Candidate, ...]
    policies: tuple[Supply, ...]
    movements: tuple[Movement, ...]
    agreement: Agreement
    convergence: tuple[Convergence, ...]

    @property
    def region_known(self) -> bool:
        """Whether the graph has the region as a place."""
        return any(
            self.region in (each.name, each.id.removeprefix("p:"))
            for each in self.edition.vertices("place")
        )


def diagnosed(
    workspace: "Workspace", chain: str, day: date, label: str = "", books: "Library | None" = None
) -> Diagnosed:
    """Diagnose an edition as it stands on ``day``; ``books`` give the clauses of the plans."""
    edition = edition_of(workspace, chain, label)
    form = chain_template(workspace, edition.head.template)
    rules = read_rules(workspace.path(RULES))
    before = editions_before(workspace, edition, since(day, rules.lost_months))
    region = region_of(workspace, edition)
    measures = Measures(edition, rules, day, before, region)
    links = diagnose(edition, rules, day, before, region)
    shape = shape_of(edition, form, links, measures, rules)
    names = words("technology").facts
    rated = [
        newest([fact for name in names for fact in edition.facts_of(each.node.id, name)])
        for each in links
    ]
    return Diagnosed(
        edition,
        form,
        day,
        region,
        links,
        shape,
        seven_needs(edition, form, links, measures, shape),
        leaders(edition, measures),
        policy_supply(links, clauses(books)),
        movements(edition, names),
        agreement(rated),
        convergence(edition),
    )


def clauses(books: "Library | None") -> list[Clause]:
    """The tasks of the plans as clauses: what is ordered, by whom, by when."""
    if books is None:
        return []
    return [
        Clause(
            task.id,
            task.what,
            task.evidence,
            task.owner or "",
            task.deadline or (f"{task.due.last}-12" if task.due and task.due_stated else ""),
        )
        for held in books.plans
        for task in held.tasks
    ]
