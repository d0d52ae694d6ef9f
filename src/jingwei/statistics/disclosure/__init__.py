"""What of a table may leave the house, so that nobody reads single respondents out of it.

A cell that tells too much is hidden, and so are the others from which it could be computed; the
proof is an attack with everything a reader knows. Every export of totals calls ``protected`` and
prints ``MARK`` with ``LEGEND`` in the place of what is hidden, never a zero
(``docs/semantics.md`` §19).
"""

from jingwei.statistics.disclosure.rules import Rules, Sensitive, sensitive
from jingwei.statistics.disclosure.suppression import LEGEND, MARK, Protected, protected
from jingwei.statistics.disclosure.table import (
    Cell,
    Contribution,
    Dimension,
    Key,
    MarginTable,
    tabulate,
)

__all__ = [
    "LEGEND",
    "MARK",
    "Cell",
    "Contribution",
    "Dimension",
    "Key",
    "MarginTable",
    "Protected",
    "Rules",
    "Sensitive",
    "protected",
    "sensitive",
    "tabulate",
]
