"""The one place where monitoring gets its statistics from: cards, regions, codes, observations.

Everything else asks here and never opens a file of ``data/`` itself. A workspace without
observations has no statistics: its cards are not even read, so that plans alone cost nothing more.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from jingwei.core import Classification, Observation, Region, Scope

if TYPE_CHECKING:
    from jingwei.monitor.bridge import Naming
    from jingwei.statistics.cards import Card
    from jingwei.store import Workspace


def has_statistics(workspace: "Workspace") -> bool:
    """Whether anything was ever imported."""
    folder = workspace.path("data/observations")
    return folder.is_dir() and any(folder.glob("*.parquet"))


def observations(
    workspace: "Workspace", scope: Scope, as_of: date | None = None
) -> Sequence[Observation]:
    """What was known on ``as_of`` (None: today's knowledge) and may be seen: newest vintages."""
    from jingwei.monitor.bridge import known_on

    return known_on(history(workspace, scope, as_of), as_of)


def history(
    workspace: "Workspace", scope: Scope, as_of: date | None = None
) -> Sequence[Observation]:
    """The same with every vintage up to ``as_of``; what was retracted by then is left out."""
    if not has_statistics(workspace):
        return ()
    from jingwei.store import Observations

    rows = Observations(workspace).history(None, scope, as_of=as_of)
    gone = {
        (each.series, each.months): each.vintage
        for each in rows
        if not isinstance(each, Observation)
    }
    return [
        each
        for each in rows
        if isinstance(each, Observation)
        and each.vintage > gone.get((each.series, each.months), date.min)
    ]


def cards(workspace: "Workspace") -> "Mapping[str, Card]":
    """The definition cards by ``id@version``; one of the library only where the workspace has no
    card of its own by any of its names."""
    if not has_statistics(workspace):
        return {}
    from jingwei.statistics.cards import cards_of, library

    lent = {card.key for card in library()}
    found = cards_of(workspace).cards
    own = {name for card in found if card.key not in lent for name in card.names}
    return {
        card.key: card for card in found if card.key not in lent or not own.intersection(card.names)
    }


def naming(workspace: "Workspace", home: str = "") -> "Naming":
    """What gives names to series; ``home`` is the region of the plan (default: of the settings)."""
    from jingwei.monitor.bridge import Naming
    from jingwei.statistics.cards import frames

    return Naming(
        cards(workspace),
        {each.code: each for each in regions(workspace)},
        {each.id: each for each in classifications(workspace)},
        # a plan writes out 规模以上; that a card counts every firm is what a plan leaves unsaid
        {id_: f.name if f.name.startswith("规模以上") else "" for id_, f in frames().items()},
        home or workspace.settings.region,
    )


def regions(workspace: "Workspace") -> Sequence[Region]:
    """The regions of ``definitions/regions.csv``."""
    from jingwei.statistics.intake.matching import read_regions

    return read_regions(workspace)


def classifications(workspace: "Workspace") -> Sequence[Classification]:
    """The classifications of ``definitions/classifications/*.csv``."""
    from jingwei.statistics.intake.matching import read_classifications

    return read_classifications(workspace)
