"""Targets handed down (分解下达): what each year, district or department shall bring, says and did.

下达数, 自报数 and 完成数 stay apart, and the parts are held against the whole by its kind: amounts
sum, shares and growth rates do not, yearly rates compound (``docs/semantics.md`` §22).
"""

from jingwei.monitor.splitting.checking import Checked, check
from jingwei.monitor.splitting.proposing import WAYS, Way, propose, rounded_to_sum
from jingwei.monitor.splitting.split import (
    COLUMNS,
    KINDS,
    Column,
    Kind,
    Part,
    Split,
    parse_split,
    split_text,
)

__all__ = [
    "COLUMNS",
    "KINDS",
    "WAYS",
    "Checked",
    "Column",
    "Kind",
    "Part",
    "Split",
    "Way",
    "check",
    "parse_split",
    "propose",
    "rounded_to_sum",
    "split_text",
]
