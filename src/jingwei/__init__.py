"""Jingwei (经纬): from the sentence in the plan to the verdict.

    import jingwei

    for each in jingwei.settle("十三五规划.pdf", ["十四五规划.docx", "统计公报.txt"]):
        print(each.class_, each.target.subject, each.verdict.reason)

Documents are given as paths, or read first with ``read`` and ``read_text``. Everything is loaded
when it is first used, so that importing costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Held, Library
    from jingwei.app.pipeline.python import (
        agreement,
        check,
        check_draft,
        compare,
        compile,
        library,
        lineage,
        proof,
        run,
        settle,
        statements,
    )
    from jingwei.app.pipeline.reading import read
    from jingwei.core import (
        Evidence,
        Explanation,
        Finding,
        Formula,
        Gap,
        InvalidFile,
        InvalidRequest,
        JingweiError,
        Link,
        Missing,
        Months,
        Observation,
        Period,
        Reading,
        Row,
        Scope,
        SeriesKey,
        Span,
        Statement,
        UnreadableDocument,
        Verdict,
    )
    from jingwei.documents import Document, read_text
    from jingwei.monitor.proof import NumberCheck
    from jingwei.monitor.settlement import Settled
    from jingwei.plans.amount import Readings
    from jingwei.plans.milestones import Milestone, milestones
    from jingwei.plans.milestones import Path as YearlyPath
    from jingwei.plans.records import Node, PlaceRole, Plan, Programme, Reference, Task
    from jingwei.statistics.crosswalks import Crosswalk, read_crosswalk
    from jingwei.statistics.recoding import Recoded, recode
    from jingwei.store import ImportReceipt, Observations, Retraction, Workspace

__version__ = "0.1.0"

_ROOMS = {
    "jingwei.app.pipeline.python": (
        "agreement",
        "check",
        "check_draft",
        "compare",
        "compile",
        "library",
        "lineage",
        "proof",
        "run",
        "settle",
        "statements",
    ),
    "jingwei.app.pipeline.library": ("Held", "Library"),
    "jingwei.app.pipeline.reading": ("read",),
    "jingwei.core": (
        "Evidence",
        "Explanation",
        "Finding",
        "Formula",
        "Gap",
        "InvalidFile",
        "InvalidRequest",
        "JingweiError",
        "Link",
        "Missing",
        "Months",
        "Observation",
        "Period",
        "Reading",
        "Row",
        "Scope",
        "SeriesKey",
        "Span",
        "Statement",
        "UnreadableDocument",
        "Verdict",
    ),
    "jingwei.documents": ("Document", "read_text"),
    "jingwei.monitor.proof": ("NumberCheck",),
    "jingwei.monitor.settlement": ("Settled",),
    "jingwei.plans.amount": ("Readings",),
    "jingwei.plans.milestones": ("Milestone", "milestones"),
    "jingwei.plans.records": ("Node", "PlaceRole", "Plan", "Programme", "Reference", "Task"),
    "jingwei.statistics.crosswalks": ("Crosswalk", "read_crosswalk"),
    "jingwei.statistics.recoding": ("Recoded", "recode"),
    "jingwei.store": ("ImportReceipt", "Observations", "Retraction", "Workspace"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Crosswalk",
    "Document",
    "Evidence",
    "Explanation",
    "Finding",
    "Formula",
    "Gap",
    "Held",
    "ImportReceipt",
    "InvalidFile",
    "InvalidRequest",
    "JingweiError",
    "Library",
    "Link",
    "Milestone",
    "Missing",
    "Months",
    "Node",
    "NumberCheck",
    "Observation",
    "Observations",
    "Period",
    "PlaceRole",
    "Plan",
    "Programme",
    "Reading",
    "Readings",
    "Recoded",
    "Reference",
    "Retraction",
    "Row",
    "Scope",
    "SeriesKey",
    "Settled",
    "Span",
    "Statement",
    "Task",
    "UnreadableDocument",
    "Verdict",
    "Workspace",
    "YearlyPath",
    "__version__",
    "agreement",
    "check",
    "check_draft",
    "compare",
    "compile",
    "library",
    "lineage",
    "milestones",
    "proof",
    "read",
    "read_crosswalk",
    "read_text",
    "recode",
    "run",
    "settle",
    "statements",
]


def __getattr__(name: str) -> Any:
    """Names are loaded from their rooms when they are first used."""
    if name == "YearlyPath":
        return import_module("jingwei.plans.milestones").Path
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'jingwei' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
