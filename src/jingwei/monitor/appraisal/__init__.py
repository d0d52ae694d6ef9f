"""Appraisal (考核): a score with its formula, and how far its ranks depend on the weights.

A missing value lowers the confidence and never counts as zero; a missed 约束性 indicator caps the
grade; a disputed value stays as it is, with the dispute beside it (``docs/semantics.md`` §25).
"""

from jingwei.monitor.appraisal.ranking import Stability, stability
from jingwei.monitor.appraisal.scheme import (
    Dispute,
    Grade,
    Indicator,
    Points,
    Scheme,
    Unit,
    parse_scheme,
)
from jingwei.monitor.appraisal.scoring import Appraised, Item, appraise

__all__ = [
    "Appraised",
    "Dispute",
    "Grade",
    "Indicator",
    "Item",
    "Points",
    "Scheme",
    "Stability",
    "Unit",
    "appraise",
    "parse_scheme",
    "stability",
]
