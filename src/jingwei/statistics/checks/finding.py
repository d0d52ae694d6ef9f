"""What a check finds: the place, the rule, and the likely correction as data."""

import hashlib
from dataclasses import dataclass
from typing import Literal

from jingwei.statistics.intake import Place

Action = Literal["replace", "remove", "swap", "relabel", "ask"]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell before and after, as written there."""

    row: int
    field: str
    before: float | str
    after: float | str | None
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The likely correction; a person accepts it or does not. ``unit`` is that of the cells."""

    action: Action
    zh: str
    en: str
    unit: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class IntakeFinding:
    """One likely error. ``row`` counts from 1 in the sheet, ``field`` is the title of the column.

    ``message`` says what met what, with both values, and the way out; ``message_en`` the same.
    ``places`` lists every cell the error touches, the one at fault first.
    """

    file: str
    row: int
    field: str
    rule: str
    message: str
    message_en: str
    suggestion: Suggestion | None
    sheet: str = ""
    places: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        """Stable while the file is: what ``--apply`` takes."""
        text = f"{self.file}\0{self.sheet}\0{self.row}\0{self.field}\0{self.rule}"
        return hashlib.sha256(text.encode()).hexdigest()[:8]


RULES: dict[str, tuple[str, str]] = {
    "not_a_number": ("不是数", "digits that are no number"),
    "number_as_text": ("数字存成文字", "a number kept as text"),
    "shifted": ("整行错列", "a row moved by a column"),
    "future_date": ("日期在未来", "a date in the future"),
    "uncomputed": ("公式没有值", "a formula without its value"),
    "duplicate": ("重复", "the same row twice"),
    "two_values": ("一期两值", "two values of one period"),
    "stale": ("照抄上期", "a copy of the period before"),
    "copied": ("照抄他行", "a copy of another row"),
    "unit_slip": ("万、亿错位", "ten thousand against hundred million"),
    "magnitude": ("小数点错位", "the decimal point"),
    "percent_slip": ("百分数与小数混用", "percent against share"),
    "sign": ("正负号", "the sign"),
    "zero": ("以零代缺", "zero for a missing value"),
    "bounds": ("超出可能范围", "outside what can be"),
    "revised": ("修订过大", "a revision out of size"),
    "unfinished": ("时间未到", "a period that is not over"),
    "outlier": ("异常变动", "an unusual change"),
    "digits": ("数字误录", "exchanged or mistyped digits"),
    "swapped": ("两格互换", "two cells exchanged"),
    "swapped_rows": ("两行互换", "two rows exchanged"),
    "swapped_columns": ("两列互换", "two columns exchanged"),
    "wrong_period": ("期别错误", "another period than stated"),
    "cumulative_falls": ("累计数下降", "a cumulative value that falls"),
    "parts_total": ("分项与合计不符", "parts and their total"),
    "part_exceeds_total": ("分项大于合计", "a part above its total"),
    "identity": ("分子、分母与比率不符", "ratio against numerator and denominator"),
    "growth_level": ("增速与水平不符", "growth against levels"),
    "wrong_region": ("地区写错", "another region than stated"),
    "uscc_form": ("信用代码格式", "the form of a credit code"),
    "uscc_check": ("信用代码校验位", "the check character of a credit code"),
    "uscc_region": ("信用代码与地区不符", "the region in a credit code"),
    "same_enterprise": ("同一企业重复", "one enterprise twice"),
    "industry_code": ("行业代码不存在", "an industry code that does not exist"),
    "industry_edition": ("行业代码版本", "an industry code of another edition"),
}
"""Rules by name: Chinese and English titles (``docs/semantics.md`` §18)."""

HOLDING = frozenset({
    "shifted", "duplicate", "two_values", "unit_slip", "magnitude", "percent_slip", "sign", "bounds",
    "unfinished",
    "swapped_rows", "swapped_columns", "wrong_period", "cumulative_falls", "parts_total",
    "part_exceeds_total", "identity", "wrong_region", "uscc_form", "uscc_check",
})  # fmt: skip
"""Rules by which a file contradicts itself: whoever sent it has to say what is meant before it can
be stored. The other rules only ask (§18.7)."""
