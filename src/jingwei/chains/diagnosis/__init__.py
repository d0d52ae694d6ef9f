"""What a chain lacks and why: each link judged by a printed table, on facts that open.

Three facts stand behind every verdict, with what would change it (``docs/semantics.md`` §33). What is
not in the data is 证据不足, never zero; what lies on the edge of a threshold shows both sides.
"""

from jingwei.chains.diagnosis.changes import Change, applied, changes, holding_together
from jingwei.chains.diagnosis.convergence import Convergence, convergence
from jingwei.chains.diagnosis.dependency import Dependency, dependency
from jingwei.chains.diagnosis.judging import Diagnosis, diagnose, judge
from jingwei.chains.diagnosis.leaders import Candidate, leaders, undecided
from jingwei.chains.diagnosis.losses import since
from jingwei.chains.diagnosis.measured import Measured
from jingwei.chains.diagnosis.measures import Measures
from jingwei.chains.diagnosis.policies import Clause, Supply, clauses_on, policy_supply
from jingwei.chains.diagnosis.rules import (
    Condition,
    Rule,
    Rules,
    read_rules,
    words,
)
from jingwei.chains.diagnosis.seven import Dimension, Input, known_measures, seven_needs
from jingwei.chains.diagnosis.shape import Shape, shape_of
from jingwei.chains.diagnosis.sources import Told
from jingwei.chains.diagnosis.technology import Agreement, Movement, agreement, movements, newest

__all__ = [
    "Agreement",
    "Candidate",
    "Change",
    "Clause",
    "Condition",
    "Convergence",
    "Dependency",
    "Diagnosis",
    "Dimension",
    "Input",
    "Measured",
    "Measures",
    "Movement",
    "Rule",
    "Rules",
    "Shape",
    "Supply",
    "Told",
    "agreement",
    "applied",
    "changes",
    "clauses_on",
    "convergence",
    "dependency",
    "diagnose",
    "holding_together",
    "judge",
    "known_measures",
    "leaders",
    "movements",
    "newest",
    "policy_supply",
    "read_rules",
    "seven_needs",
    "shape_of",
    "since",
    "undecided",
    "words",
]
