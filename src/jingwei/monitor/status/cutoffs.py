"""The declared cut-offs of status (``status.toml``)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    """The content of ``status.toml``."""
    return tomllib.loads(files("jingwei.monitor.status").joinpath("status.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Lower ends of the classes; a ratio on a cut-off belongs to the better class.

    faster, behind:             of 完成进度 ÷ 时序进度
    on_track, accelerate, limited:  of actual ÷ required growth
    """

    faster: float
    behind: float
    on_track: float
    accelerate: float
    limited: float

    @classmethod
    def declared(cls) -> "Cutoffs":
        return cls(**table()["pace"], **table()["growth_ratio"])
