"""Whose figure a statement is: the indicator without the name of the place it is for.

「锦河区规模以上工业总产值」 of 锦河区 is 规模以上工业总产值 of 锦河区, so that the statistics of the district's
own code are facts about it (``docs/semantics.md`` §5.4, §20.2).
"""

from dataclasses import replace

from jingwei.core import Statement
from jingwei.plans.identification import REGION
from jingwei.plans.indicator import Indicator, identify
from jingwei.plans.wording import folded


def indicator_of(statement: Statement, region: str = "") -> Indicator:
    """The indicator of a statement of a document about ``region``, its scope's name taken off."""
    scope, subject = folded(statement.scope), folded(statement.subject)
    rest = subject.removeprefix(scope).removeprefix("的")
    if not REGION.search(scope) or rest == subject or len(rest) < 2:
        return identify(statement, region)
    found = identify(replace(statement, subject=rest), region)
    return replace(found, subject=subject)
