"""Verbs that give a sign to the list they govern: 新增A 5家、B 3家; 压减炼铁200万吨、炼钢260万吨."""

import re
from functools import cache

from jingwei.plans import sifting, subjects
from jingwei.plans.lexicon import any_word
from jingwei.plans.sentence import Clause, Memory, Number, Sentence

_ADVERBS = r"^(?:并|共|累计|力争|预计|分别|还|且)*"
_DOWN = re.compile(_ADVERBS + r"(?:减少|压减|减排|削减|缩减|消减|降低|精简)(?!到|至|幅度)")
_CUT_A_YEAR = re.compile(r"年(?:减排|压减|削减)(?=[一-龥])")
_UP = re.compile(_ADVERBS + r"(?:增加|净增|多增)(?!到|至|值|幅度)")
# 「较2025年净增57家」 counts what was named before, and opens no list
_OF_IT = re.compile(r"(?:^[\x00年]*|[比较][^,;]*)(?:净增加?|新增加?|增加|多增)(?:了|约|近|超)*$")
_NAMES = re.compile(r"^(?:的)?[一-龥“A-Za-z]")
_PLACE = re.compile(r"^[一-龥]{2,5}?(?:省|市|县|州)(?=减|压|削|缩)")
_TOTAL = re.compile(
    r"^(?:[仍还尚共现]有)|总数|总量|总计|总规模|达到|累计(?:达|$)|共有|涉及|包括|^[、和及](?:通车|运营|营运)里程"
)
_ADDS = re.compile(r"(?:新增|净增|新培育|新建|再建)(?:了|约|近)?$")
# 「新改建道路220公里,打通断头路25条」, 「新开工项目110个,以旧换新带动销售额230亿元」
_TURNS = re.compile(r"^打通|带动(?:销售|消费|就业|投资)")
_DOES_OF_ITS_OWN = re.compile(
    r"[^,;。、]{2,14}(?:开设|开展|实现|获评|获批|入选|通过|达到|建成|投用|完成|纳入)"
)
_SUMS_UP = re.compile(r"[、,和及](?:总数|总量|总计|总规模|累计(?=[约到近超达]*$)|共有)")


# 「新增工业用地亩均税收达到35万元」 is a rate of what is new, and no increase
_OF_WHAT_IS_NEW = re.compile(
    r"(?:亩均|人均|户均|地均|平均|单位)[一-龥]{2,10}(?:达到?|不低于|不少于|为|超过)$|(?:日均|月均)新"
)


@cache
def _new() -> re.Pattern[str]:
    again = f"(?<!更)(?<!换)(?!{any_word('change.flow')})[再新](?:{any_word('verb.act')})"
    return re.compile(
        rf"(?<!可供)(?<!用于)(?!新上市)(?:{any_word('change.new')}|{again})(?!能|型|兴|材|代|区|长点|城(?![镇乡市])|片|模|业|一)"
    )


@cache
def own_verb() -> re.Pattern[str]:
    """A verb of doing or arriving."""
    return re.compile(f"(?:{any_word('verb.act', 'change.arrive')})")


def has_own_verb(left: str) -> bool:
    """Whether the words before a number bring a verb; in a list item it must come first."""
    verb = own_verb()
    if left.startswith(("、", "和", "及")):
        return bool(verb.match(left, 1) or _CUT_A_YEAR.match(left, 1))
    return bool(verb.search(left))


def sums_up(left: str) -> bool:
    """Whether the words before a number turn from what is new to the whole: 、总数达到."""
    return _SUMS_UP.match(left) is not None


def brings_new(left: str) -> bool:
    """Whether the words before a number end in a verb of adding: 、三类证新增."""
    return _ADDS.search(left) is not None


def govern(sentence: Sentence, memory: Memory, number: Number, previous: Clause) -> None:
    """Set or end the governor at a number that opens a clause or brings a verb of its own."""
    left = number.left
    if memory.governs_one and number.clause != previous:
        memory.governor, memory.governs_one = "", False
    if number.mention.op in ("<=", "<"):
        memory.governor = ""  # 「新增建设用地规模控制在2600万亩以内」 is a cap
    elif (_new().search(left) or _UP.match(left)) and not _OF_WHAT_IS_NEW.search(left):
        memory.governor = "+"
        memory.governs_one = bool(_OF_IT.search(left)) and not _NAMES.match(number.right)
    elif _DOWN.match(_PLACE.sub("", subjects.strip_lead(left))) or _CUT_A_YEAR.search(left):
        memory.governor = "-"
    elif memory.governor and _ends(sentence, number, previous, rising=memory.governor == "+"):
        memory.governor = ""


def _ends(sentence: Sentence, number: Number, previous: Clause, *, rising: bool) -> bool:
    left = number.left
    if _TOTAL.search(left) or has_own_verb(left) or _TURNS.search(left):
        return True
    if sentence.plain[previous[1] : previous[1] + 1] == ";":
        # 「新增甲5家、乙4家;丙18家」 goes on with the list, as long as it counts
        counts = sifting.unit_trait(number.mention) == "measure" and left != ""
        return not (rising and counts and number.mention.op == "=")
    if number.clause != previous and not left and _DOES_OF_ITS_OWN.match(number.right):
        return True  # 「新建学校2891所,197家医院开设门诊」
    if number.clause != previous and left.startswith("配套"):
        return True  # 「新建厂房60万平方米,配套公寓800套」
    part = left.startswith("其中") and rising
    if number.clause != previous and number.mention.op in (">", ">=") and left and not part:
        return True
    # a new clause without a verb goes on with the list only if it counts as the list did
    new_clause = number.clause != previous and not left.startswith("其中")
    return new_clause and sifting.unit_trait(number.mention) != "measure"
