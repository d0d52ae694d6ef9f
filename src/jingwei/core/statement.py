"""A quantified statement: one measured claim of a document, a goal or a fact.

The fields are those that a statistician would ask for. What the document left open stays
open: there is no zero, no empty unit guessed, no hedge dropped. The semantics of ``op``,
``measure`` and ``period`` are in ``docs/semantics.md``.
"""

from dataclasses import dataclass
from typing import Literal

from jingwei.core.evidence import Span
from jingwei.core.period import Period

Role = Literal["target", "observation"]
Op = Literal["=", "~", ">=", ">", "<=", "<", "range", "+", "-", "x", "qual"]
Measure = Literal[
    "level",  # a stock or level at the end of the period
    "share",  # numerator over denominator
    "growth",  # yearly growth rate over the period
    "flow",  # summed over the period
    "reduction",  # a compounded decline over the period (单耗累计下降)
    "increase",  # over a base
    "multiple",  # of a base
    "rank",  # a place (全省前3位), or words: 全国前列, 基本稳定
    "elsewhere",  # defined in another document: 完成本市目标
]


@dataclass(frozen=True, slots=True)
class Statement:
    """One measured claim.

    ``value`` (or ``low`` and ``high``) is the number as written with its unit word: 1.5万亿元
    is 1.5 with unit 万亿元. ``text`` holds the words where there is no number. ``hedge`` keeps
    the hedging words as written (左右, 力争…以上). ``attr`` is 约束性, 预期性 or None.
    ``base_year`` is the year an increase or a multiple is counted from, where stated.
    ``rule`` names the rule that read the statement; ``section`` the headings above it.
    """

    id: str
    document: str
    quote: str
    subject: str
    scope: str
    role: Role
    op: Op
    value: float | None
    low: float | None
    high: float | None
    unit: str
    period: Period
    attr: str | None
    kind: Literal["stat", "tech"]
    text: str | None
    measure: Measure
    hedge: str
    base_year: int | None
    rule: str
    section: tuple[str, ...]
    evidence: Span

    @property
    def technical(self) -> bool:
        """Whether it states a technical level (12英寸, 28纳米): no statistic, and no rank either."""
        return self.kind == "tech" and self.measure != "rank"

    @property
    def is_target(self) -> bool:
        """Whether it is a goal that statistics or ranks can answer; a technical level is none."""
        return self.role == "target" and not self.technical
