"""Everything known about one target: its words, its definition, its series, its pace, its proof."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jingwei.app.pipeline import statistics
from jingwei.app.pipeline.library import Held, Library
from jingwei.app.pipeline.monitoring import standing_record, status_of
from jingwei.app.pipeline.records import target_record
from jingwei.core import InvalidRequest, Observation, Scope, Statement, plain
from jingwei.monitor.bridge import Card, identity
from jingwei.monitor.facts import level_of
from jingwei.monitor.placed import indicator_of
from jingwei.monitor.status import Method, Standing
from jingwei.plans.indicator import Comparison, compare
from jingwei.plans.milestones import Milestone
from jingwei.plans.pairing import copies

if TYPE_CHECKING:
    from jingwei.monitor.bridge import Naming


@dataclass(frozen=True, slots=True)
class OnCard:
    """A definition card near the target: how they compare, and the values of the region."""

    card: Card
    of_level: bool
    comparison: Comparison
    values: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One target and all that bears on it. ``by`` are its standings by method; ``milestones`` the
    years of the path that ``jingwei milestones`` takes where none is chosen, () where its kind has
    none or no base is known."""

    document: Held
    target: Statement
    cards: tuple[OnCard, ...]
    by: tuple[Standing, ...]
    milestones: tuple[Milestone, ...]

    def record(self) -> dict[str, Any]:
        """The shape of ``--format json``."""
        return target_record(self.target) | {
            "cards": [
                {
                    "card": each.card.key,
                    "name": each.card.name,
                    "of": "level" if each.of_level else "same",
                    "relation": each.comparison.kind,
                    "comparable": each.comparison.comparable,
                    "differences": [str(d) for d in each.comparison.differences],
                    "holder": each.card.holder,
                    "values": [
                        {
                            "months": str(v.months), "value": v.value, "op": v.op, "unit": v.unit,
                            "vintage": v.vintage.isoformat(), "reason": v.reason,
                            "evidence": plain(v.evidence),
                        }
                        for v in each.values
                    ],
                }
                for each in self.cards
            ],
            "standings": [standing_record(each) for each in self.by],
            "milestones": [{"year": m.year, "value": float(m.value)} for m in self.milestones],
        }  # fmt: skip


def explain(library: Library, identity_: str, as_of: date) -> Explained:
    """Everything about the target with an id, or the only one whose name holds these words.

    Raises InvalidRequest where there is none, SeveralTargets where the words fit several.
    """
    document, target = _chosen(library, identity_)

    def standing(method: Method) -> Standing:
        found = status_of(library, document, as_of, method=method, of=target.id)
        return next(each for each in found if each.target.id == target.id)

    pace = standing("pace")
    # at its end a target has one answer, whatever the method
    by = (pace,) if pace.question == "final" else (pace, standing("growth-ratio"))
    names = statistics.naming(library.workspace, document.region)
    seen = statistics.history(library.workspace, Scope(), as_of)
    return Explained(
        document, target, tuple(cards_near(document.region, target, names, seen)),
        by, years_of(library, target),
    )  # fmt: skip


def _chosen(library: Library, words: str) -> tuple[Held, Statement]:
    every = [
        (held, each)
        for held in library.documents
        for each in held.statements
        if each.role == "target" and each.kind == "stat"
    ]
    found = [pair for pair in every if pair[1].id == words]
    found = found or [pair for pair in every if words in pair[1].subject]
    # what a plan states twice is one target; the name as it is goes before names that hold it
    if len(found) > 1:
        stating = {id(held): held for held, _ in found}.values()
        same = {copy for held in stating for copy in copies(held.statements)}
        found = [pair for pair in found if pair[1].id not in same]
    exact = [pair for pair in found if pair[1].subject == words]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0]
    if not found:
        raise InvalidRequest(
            "没有这个目标；编号和名称见 jingwei targets",
            "there is no such target; see jingwei targets for ids and names",
            where=words,
        )
    raise SeveralTargets(words, [*exact, *(pair for pair in found if pair not in exact)])


class SeveralTargets(InvalidRequest):
    """Words that hold of several targets: ``found``, those of exactly this name first."""

    def __init__(self, words: str, found: Sequence[tuple[Held, Statement]]) -> None:
        self.found = found
        _, first = found[0]
        super().__init__(
            f"有{len(found)}个目标的名称含这些字；请写编号，如 jingwei explain {first.id}",
            f"{len(found)} targets have these words; write an id, as in jingwei explain {first.id}",
            where=words,
        )


def cards_near(
    region: str, target: Statement, names: "Naming", seen: Sequence[Observation]
) -> Iterator[OnCard]:
    """Cards of the same or a near indicator, the comparable first, with every vintage of ``seen``."""
    wanted = indicator_of(target, region)
    level = level_of(wanted)
    near: list[OnCard] = []
    # the region that the target is for: a district by its place, a zone also as a field
    listed = {each.name for each in names.regions.values()}
    home = next((each for each in (wanted.place, wanted.field) if each in listed), names.home)
    for key in sorted(names.cards):
        card = names.cards[key]
        mine = identity(card, names, home)
        own, behind = compare(wanted, mine), compare(level, mine)
        of_level = level is not wanted and behind.comparable and not own.comparable
        comparison = behind if of_level else own
        if comparison.kind == "different":
            continue
        values = sorted(
            (
                each
                for each in seen
                if each.series.card == key
                and not each.series.codes
                and names.region(each.series.region) == home
            ),
            key=lambda each: (each.months, each.vintage, each.evidence.key),
        )
        near.append(OnCard(card, of_level, comparison, tuple(values)))
    order = ("same", "reworded", "differs", "similar")
    yield from sorted(near, key=lambda each: (order.index(each.comparison.kind), each.card.key))


def years_of(library: Library, target: Statement) -> tuple[Milestone, ...]:
    """The years of the usual path (``milestones.default_path``); () where the target has none or
    its base is not known."""
    from jingwei.app.pipeline.yearly import yearly

    try:
        return yearly(library, target.id).milestones
    except InvalidRequest:
        return ()
