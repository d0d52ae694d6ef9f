"""Things done over a period add up, what there is at its end does not.

「实施169个项目」 in a look back on five years counts all of the five, 「工业总产值3.7万亿元」 and 「已建成20个」
are told of the last (``docs/semantics.md`` §4).
"""

import re
from functools import cache

from jingwei.core import Period
from jingwei.plans import sifting, subjects
from jingwei.plans.governing import has_own_verb
from jingwei.plans.lexicon import any_word
from jingwei.plans.sentence import BLANK, Number, Sentence

# how many there are by then, and what is counted anew each year
_STANDS = re.compile(
    r"达到?$|已(?!累计)|现有|共有|拥有|总数|总量|累计达|超过$|突破$|保持|稳定在"
    r"|(?:产值|增加值|收入|营收|销售额?|进出口|税收|利润|产量|用电量|发电量|运量|吞吐量|周转量|生产总值|总额|零售额)(?:达|为|约|近|超)*$"
)
# of money only what is spent or lent adds up
_SPENT = re.compile(r"投资|投入|支出|融资|贷款|授信|资金|补助|补贴|减税|退税|降费|债务|引资")
# in a plan 「建成9家」 is how many there are, in a look back on five years how many were built in them
_BUILT = re.compile(r"(?:[一-龥]{0,4})建成(?!区)")
_JOINT = ("、", "和", "及", "以及", "与")


@cache
def _deed() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_word('verb.manner')})*(?:{any_word('verb.deed')})(?!率|度|面积比|强度)"
    )


def adds_up(sentence: Sentence, number: Number) -> bool:
    """Whether a number of a look back counts what was done in all its years; a list goes on as it began."""
    words = number.left.replace(BLANK, "")
    if (not words or words.endswith("、") or words.startswith(_JOINT)) and not has_own_verb(words):
        return sentence.done
    sentence.done = _is_done(words, number, sentence.context.counted)
    return sentence.done


def is_total(left: str) -> bool:
    """Whether a count is of all there are by then: 「绿色工厂累计达到150家」."""
    return _TOTAL.search(left) is not None


_TOTAL = re.compile(r"累计(?:达到?|超过?|突破)$")


def opens_with_deed(quote: str) -> bool:
    """Whether the words of a number open with a verb of what adds up: 治理水土流失面积600平方公里, 累计建成5座."""
    words = _DATED.sub("", quote)
    return _does(words) or _BUILT.match(words) is not None


_DATED = re.compile(r"^[^,]*年[底末]?,?")


def _does(words: str) -> bool:
    # strip_lead takes 完成 and 推进 as well
    return any(_deed().match(each) for each in (words, subjects.strip_lead(words)))


def _is_done(words: str, number: Number, counted: Period | None) -> bool:
    if _STANDS.search(words):
        return False
    said = words.lstrip(",年末底")
    built = counted is not None and counted.first < counted.last and _BUILT.match(said)
    if not (built or _does(said)):
        return False
    trait = sifting.unit_trait(number.mention)
    return trait != "share" and (trait != "money" or _SPENT.search(words) is not None)
