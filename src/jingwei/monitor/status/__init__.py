"""Where a target stands while its plan runs, and how it ended.

One question a method: has it come as far as its time (完成进度 against 时序进度), or does it grow as
fast as it must (actual against required growth)? At the end: 完成, 基本完成, 未完成. Every answer
names value, date, source and rule; what cannot be told names the missing fact and who holds it
(``docs/semantics.md`` §20).
"""

from jingwei.monitor.status.cumulated import cumulated
from jingwei.monitor.status.cutoffs import Cutoffs
from jingwei.monitor.status.standing import METHODS, Class, Method, Standing, standings

__all__ = ["METHODS", "Class", "Cutoffs", "Method", "Standing", "cumulated", "standings"]
