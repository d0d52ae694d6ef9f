"""Results as plain records: the shapes that ``--format json`` prints and others can check."""

from typing import TYPE_CHECKING, Any

from jingwei.core import Statement, Verdict, plain
from jingwei.plans.entry import Entry

if TYPE_CHECKING:
    from jingwei.monitor.settlement import Settled

_GOLD = (
    "quote", "subject", "scope", "role", "op", "value", "low", "high", "unit", "period", "attr",
    "kind", "text",
)  # fmt: skip
_MORE = ("id", "document", "measure", "hedge", "base_year", "rule", "section", "evidence")
_TARGET = (
    "document", "subject", "scope", "role", "op", "value", "low", "high", "unit", "period",
    "attr", "text", "quote",
)  # fmt: skip


def statement_record(statement: Statement) -> dict[str, Any]:
    """A statement as one JSON object: the fields of the guidelines first, then the others."""
    fields = plain(statement)
    return {name: fields[name] for name in (*_GOLD, *_MORE)}


def target_record(
    statement: Statement,
    verdict: Verdict | None = None,
    class_: str | None = None,
    same_as: str = "",
) -> dict[str, Any]:
    """A target with its verdict and class; None where nothing judged it.

    ``same_as`` is the id of the target that says the same elsewhere in the document, None for one
    that is counted itself.
    """
    fields = plain(statement)
    target = {name: fields[name] for name in _TARGET}
    more = {name: fields[name] for name in ("id", "measure", "hedge", "evidence")}
    more["same_as"] = same_as or None
    return {"target": target | more, "verdict": plain(verdict), "class": class_}


def settled_record(settled: "Settled") -> dict[str, Any]:
    """A settled target, and what stands beside it without deciding it."""
    record = target_record(settled.target, settled.verdict, settled.class_, settled.same_as)
    return record | {"beside": plain(settled.beside)}


def reviewed_record(entry: Entry[Any]) -> dict[str, Any]:
    """A record of a plan file with its review."""
    record = entry.record
    fields = statement_record(record) if isinstance(record, Statement) else plain(record)
    return fields | {"review": plain(entry.review) | {"state": entry.state}}
