"""The evaluation of a plan as a paper: annual, mid-term, final.

One idea: indicators, tasks and programmes weigh alike, and what nobody can sign stands in the
paper with the office that holds the missing fact. Nothing is computed here but counts, and each
count lists what it counted (``docs/semantics.md`` §26).
"""

from jingwei.app.reports.evaluation.content import (
    KINDS,
    Disputed,
    Drivers,
    Evaluation,
    Kind,
    Known,
    Order,
    Outlook,
    Tracked,
)
from jingwei.app.reports.evaluation.document import paper_of

__all__ = [
    "KINDS",
    "Disputed",
    "Drivers",
    "Evaluation",
    "Kind",
    "Known",
    "Order",
    "Outlook",
    "Tracked",
    "paper_of",
]
