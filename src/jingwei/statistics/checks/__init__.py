"""Intake checks: likely errors, each with its place, its rule and its likely correction.

One error gives one finding, at its cause. A finding is a question to the person who knows; the
correction is data that a person may accept, and nothing is changed without a yes.
"""

from jingwei.statistics.checks.checking import against_store, check
from jingwei.statistics.checks.finding import HOLDING, RULES, Change, IntakeFinding, Suggestion

__all__ = ["HOLDING", "RULES", "Change", "IntakeFinding", "Suggestion", "against_store", "check"]
