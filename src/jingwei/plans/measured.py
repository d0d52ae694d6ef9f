"""What a number measures, once told: the subject with operator and kind."""

import re
from functools import cache
from typing import NamedTuple

from jingwei.core import Measure, Op
from jingwei.plans.lexicon import any_word

GROWN_BY_TIMES = "增速·倍"  # the rule of 增长1.5倍
OF_THE_GOAL = "其目标"  # the rule of the goal that a fact is held against
RATE_OF_THE_GOAL = "目标完成率"  # the rule of how far it is reached
TECHNICAL = "技术参数"  # the rule of a size, power or node of a thing named in its own clause
# 「依托78万亩竹林资源」: what there is to build on, named behind the number
STANDS_ON = re.compile(r"(?:依托|立足|利用)(?:现有|已有|全[市省县区])*$")
POINTS = ("个百分点", "百分点", "个点", "个千分点", "千分点")


class Measured(NamedTuple):
    """The subject with operator and kind; ``rule`` names how it was told."""

    subject: str
    op: Op
    measure: Measure
    rule: str


@cache
def arrive() -> re.Pattern[str]:
    """A verb of arriving at the end of the words before a number: 达到, 提高到…的."""
    will = any_word("hedge.will")
    return re.compile(
        rf"(?:{any_word('change.arrive')}|到|至)(?:\x00+的?|了|{will}|的|其中|历史性|首次|规模|约)*$"
    )
