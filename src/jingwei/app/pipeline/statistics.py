"""The one place where monitoring gets its statistics from: cards, regions, codes, observations.

Everything else asks here and never opens a file of ``data/`` itself. A workspace without
observations has no statistics: its cards are not even read, so that plans alone cost nothing more.
What was read is kept as long as the files it came from are the same: many questions of one run ask
for the same thing.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jingwei.core import Classification, Observation, Region, Scope

if TYPE_CHECKING:
    from jingwei.monitor.bridge import Naming
    from jingwei.statistics.cards import Card
    from jingwei.store import Workspace


_T = TypeVar("_T")
_KEPT: dict[Hashable, Any] = {}
_MOST = 24  # answers kept at a time; the oldest goes first


def _once(key: Hashable, read: Callable[[], Any]) -> Any:
    """What ``read`` gives, read once for a key that says all it depends on."""
    if key not in _KEPT:
        while len(_KEPT) >= _MOST:
            del _KEPT[next(iter(_KEPT))]
        _KEPT[key] = read()
    return _KEPT[key]


def once(workspace: "Workspace", key: Hashable, read: Callable[[], _T]) -> _T:
    """What ``read`` derives from the statistics and definitions of a workspace, derived once."""
    return _once((key, _stored(workspace), _defined(workspace)), read)


def _stored(workspace: "Workspace") -> Hashable:
    """The state of the store: its files are named by their content and never change."""
    return _files(workspace.path("data/observations"), "*.parquet")


def _defined(workspace: "Workspace") -> Hashable:
    """The state of the definitions."""
    home = workspace.path("definitions")
    parts = (("cards", "*.yaml"), ("classifications", "*.csv"), (".", "regions.csv"))
    return tuple(_files(home / folder, names) for folder, names in parts)


def _files(folder: Path, names: str) -> tuple[tuple[str, int, int], ...]:
    found = sorted(folder.glob(names)) if folder.is_dir() else []
    states = ((path, path.stat()) for path in found)
    return tuple((str(path), state.st_size, state.st_mtime_ns) for path, state in states)


def has_statistics(workspace: "Workspace") -> bool:
    """Whether anything was ever imported."""
    folder = workspace.path("data/observations")
    return folder.is_dir() and any(folder.glob("*.parquet"))


def observations(
    workspace: "Workspace", scope: Scope, as_of: date | None = None
) -> Sequence[Observation]:
    """What was known on ``as_of`` (None: today's knowledge) and may be seen: newest vintages."""
    from jingwei.monitor.bridge import known_on

    day = limited(workspace, as_of)

    def read() -> Sequence[Observation]:
        return tuple(known_on(history(workspace, scope, day), day))

    return _once(("observations", _stored(workspace), scope, day), read)


def limited(workspace: "Workspace", as_of: date | None) -> date | None:
    """The day as far as it limits what is known: None from the newest vintage on, so that what is
    asked for today and what is asked for without a day are one question."""
    newest = _once(("newest", _stored(workspace)), lambda: _newest(workspace))
    return None if as_of is None or newest is None or as_of >= newest else as_of


def _newest(workspace: "Workspace") -> date | None:
    from jingwei.store import Observations

    return Observations(workspace).newest() if has_statistics(workspace) else None


def history(
    workspace: "Workspace", scope: Scope, as_of: date | None = None
) -> Sequence[Observation]:
    """The same with every vintage up to ``as_of``; what was retracted by then is left out."""
    if not has_statistics(workspace):
        return ()
    day = limited(workspace, as_of)
    return _once(("history", _stored(workspace), scope, day), lambda: _read(workspace, scope, day))


def _read(workspace: "Workspace", scope: Scope, as_of: date | None) -> Sequence[Observation]:
    from jingwei.store import Observations

    rows = Observations(workspace).history(None, scope, as_of=as_of)
    gone = {
        (each.series, each.months): each.vintage
        for each in rows
        if not isinstance(each, Observation)
    }
    return tuple(
        each
        for each in rows
        if isinstance(each, Observation)
        and each.vintage > gone.get((each.series, each.months), date.min)
    )


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
    home = home or workspace.settings.region
    key = ("naming", _defined(workspace), has_statistics(workspace), str(workspace.root), home)
    return _once(key, lambda: _named(workspace, home))


def _named(workspace: "Workspace", home: str) -> "Naming":
    from jingwei.monitor.bridge import Naming
    from jingwei.statistics.cards import frames

    return Naming(
        cards(workspace),
        {each.code: each for each in regions(workspace)},
        {each.id: each for each in classifications(workspace)},
        # a plan writes out 规模以上; that a card counts every firm is what a plan leaves unsaid
        {id_: f.name if f.name.startswith("规模以上") else "" for id_, f in frames().items()},
        home,
    )


def regions(workspace: "Workspace") -> Sequence[Region]:
    """The regions of ``definitions/regions.csv``."""
    from jingwei.statistics.intake.matching import read_regions

    return read_regions(workspace)


def classifications(workspace: "Workspace") -> Sequence[Classification]:
    """The classifications of ``definitions/classifications/*.csv``."""
    from jingwei.statistics.intake.matching import read_classifications

    return read_classifications(workspace)
