"""The thread through a workspace: its plans, and the newest edition of each of its chains."""

from typing import TYPE_CHECKING

from jingwei.chains.graph import chain_names, latest
from jingwei.thread import Thread, Woven, walk

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Library
    from jingwei.store import Workspace


def threaded(workspace: "Workspace", books: "Library", key: str) -> Thread:
    """The thread through one thing. Raises InvalidRequest where nothing has this id or name."""
    plans = books.plans
    woven = Woven(
        [each for held in plans for each in held.statements],
        [each for held in plans for each in held.tasks],
        [each for held in plans for each in held.programmes],
        [each for held in plans for each in held.places],
        [latest(workspace, name) for name in chain_names(workspace)],
    )
    return walk(key, woven)
