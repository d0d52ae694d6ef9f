"""Which numbers measure something, and which only name, limit or describe.

Every rule returns the reason it has, so that a reader can ask why a number was left out
(``docs/semantics.md`` §1).
"""

import re
from functools import cache, lru_cache

from jingwei.plans import structure
from jingwei.plans.conditions import CONDITION, ESTIMATE, condition, counts_in_a_row
from jingwei.plans.lexicon import any_of, any_word, words
from jingwei.plans.numbers import Mention
from jingwei.plans.unit_words import unit_traits

_DURATION = ("年", "天", "日", "小时", "分钟", "周", "岁", "月")
_TIME_LIMIT = ("个工作日", "工作日", "天", "日", "小时", "分钟", "个月")


@cache
def _thing() -> re.Pattern[str]:
    return re.compile(rf"^(?:的)?[^,、;:。(]{{0,14}}?(?:{any_word('class.thing')})")


@cache
def _policy() -> re.Pattern[str]:
    return re.compile(any_word("policy.terms"))


@cache
def _promise() -> re.Pattern[str]:
    return re.compile(any_word("policy.promise"))


@cache
def _arrive_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('change.arrive')})$")


_QUOTED_NAME = re.compile(r"^[“‘]")
_UNDERGO = re.compile(
    r"落户|获批|入选|进入|列入|建成|获得|入围|上榜|跻身|纳入|稳定进入|荣获|获评|形成|登陆|投产|挂牌|举办|新增|通过|企业营收|实现"
)


_SPENT = re.compile(
    r"^(?:的)?([一-龥]{2,12}?(?:投资|投入|融资|贷款|信贷|支出|经费|税收|产值|收入|出口|资金|国债|债券|专项债|预算|基金))额?(?=$|[,;。、和及]|用于|支持|投向)"
)
_DONE = re.compile(
    r"(?:完成|实现|达成|投入|发放|安排|下达|发行|拨付|筹集|拉动|带动|撬动|引导|形成|设立|组建)(?:了)?$"
)


def amount_of(mention: Mention, left: str, right: str) -> bool:
    """Money whose use or yield stands behind it: 完成3000亿元以上技术改造投资."""
    money = unit_trait(mention) == "money"
    return money and bool(_DONE.search(left)) and bool(_SPENT.match(right))


_NAMES = re.compile(r"^(?:的)?[一-龥“]")


def is_class(mention: Mention, left: str, right: str, after_count: bool, next_close: bool) -> bool:
    """A size that names a kind of thing (超百亿元企业, 10亿元以上项目, 千亿级产业集群).

    ``after_count`` says that the number hangs directly on a count (30多个100亿级…);
    ``next_close`` that another number follows in the same clause, to which the thing belongs.
    """
    trait = unit_trait(mention)
    if mention.sized:
        if re.match(r"^(?:以上)?(?:的)?(?:[^,、;:。]{0,6})(?:规模|产值|体量|营收)", right):
            return False
        if not right and re.search(r"(?:规模|产值|营收|收入|体量)[^,;]{0,6}$", left):
            return False
        return trait != "tech" or after_count
    of_size = unit_trait(mention) == "money" and _COUNT_OF_SIZE.search(left)
    # 「1200家企业产值达到300亿元」 is the sum of all; 「2家产值达500亿元的企业」, 「8个行业产值超千亿元」 are classes
    if (after_count and right) or (of_size and (mention.op != "=" or right.startswith("的"))):
        return True
    if _is_old_equipment(mention, left, right):
        return True
    if mention.unit.endswith("人口") and mention.op in (">", ">=") and _TOWN.match(right):
        return True  # 「20万人口以上城市」
    if trait == "measure" or not mention.unit or amount_of(mention, left, right):
        return False
    if left.endswith("总投资") and _STOCK_OF_WORKS.match(right):
        return False
    if next_close and trait == "money" and _ONLY_THING.match(right):
        return True  # 「10亿元企业2家」
    bounded = mention.bounded or mention.form == "scale"
    if not bounded or re.fullmatch(r"(?:百|千|十)?万", mention.unit):
        return False
    if right.startswith("的") and next_close and not (trait == "share" and right[-1] in "和、及与"):
        return True
    if not right or not _NAMES.match(right):
        return False
    if left.endswith("规模") and re.match(r"^的[^,;]{0,12}基金", right):
        return False
    if (
        next_close
        and trait != "share"
        and not re.match(
            r"^(?:、|和|及|以及|达|增|[到至]\x00|(?:快速|大幅|稳步|迅速)?(?:增长|增加|跃升|提高|提升|扩大|上升|降低|下降)[到至]|的?(?:速度|幅度))",
            right,
        )
    ):
        return True
    return bool(_thing().match(right)) and not _arrive_end().search(left) and trait != "share"


# 「2个产值超万亿元、4个产值超3000亿元的集群」: the size belongs to what is counted
_COUNT_OF_SIZE = re.compile(
    r"\d(?:个|家|条|座|户)(?:以上|左右)?(?:年)?(?:工业|产业|行业|产业集群|集群|区县|县区|园区|开发区|(?:规上|规模以上|民营|上市|制造业|工业){0,2}企业|板块|乡镇)?(?:总?产值|营收|(?:主营业务|营业|销售|年)?收入|规模|(?:总|计划)?投资|市值|税收)(?:额|规模)?(?:达到?)?$"
)
_TOWN = re.compile(r"^的?(?:城市|城镇|县城?|市|区|镇|乡镇|村)")
_PHASED_OUT = re.compile(
    r"(?:淘汰|关停|退出|取缔|拆除|替代|替换|关闭|整合|报废|不再新建|(?:禁止|严禁|不得|停止)新建)"
)
_MACHINE = re.compile(
    r"^的?[一-龥]{1,12}?(?:炉|机组|机|锅炉|窑|装置|设备|生产线|产线|电机|车辆?|矿井?|煤矿|泵|塔)"
)


def _is_old_equipment(mention: Mention, left: str, right: str) -> bool:
    """A size that says which equipment goes: 淘汰1000立方米以下高炉、100吨以下转炉."""
    below = mention.op in ("<", "<=") or right.startswith(("以下", "及以下"))
    counted = unit_trait(mention) in ("measure", "money", "share")
    goes = _PHASED_OUT.search(left) or _PHASED_OUT.search(right)
    return below and not counted and bool(goes and _MACHINE.match(right))


_STOCK_OF_WORKS = re.compile(
    r"^的[^,;]{0,8}项目(?:库|群|包|清单)"
)  # 「总投资超过1.2万亿元的重点项目库」
_ONLY_THING = re.compile(r"^(?:级|元级)?(?:企业|项目|园区|集群|乡镇|商场|产品|品牌)$")


def unit_trait(mention: Mention) -> str:
    """``measure``, ``tech`` or the dimension of the mention's head unit; "" where unknown."""
    return _trait_of(mention.unit)


@lru_cache(4096)
def _trait_of(unit: str) -> str:
    head = unit.partition("/")[0].partition("每")[0]
    traits = unit_traits()
    if head in traits:
        return traits[head]
    stripped = re.sub(r"^(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千)", "", head)
    return traits.get(stripped, "")


_OF_EACH = re.compile(
    r"^(?:(?:大|重点|主要)?(?:行业|产业|领域|区域)|[一-龥]{0,8}(?:集群|园区|开发区))[^,;。、\d]{2,}$"
)


def counts_owners(mention: Mention, left: str, right: str, following: Mention) -> bool:
    """Whether a count only says of how many the next number is: 7个行业生产点总量减半, or counts a
    list that stands before it: 钢铁、水泥等7个行业能耗下降10%."""
    if mention.op != "=" or unit_trait(mention) != "measure" or not _OF_EACH.match(right):
        return False
    if unit_trait(following) == "money" and following.op in (">", ">="):
        return False  # 「石化、汽车等8个行业产值超千亿元」 counts those that pass the bound
    before = left.strip("\x00,到至")
    listed = _LISTED.fullmatch(before) is not None and not structure.set_up().search(before)
    return listed or (not before and following.form == "multiple")


_LISTED = re.compile(r"[^\d,;:。]{2,}等")


def is_bound_of(mention: Mention, counted: Mention) -> bool:
    """Whether a bound of money stands right before the count of those that reach it."""
    bound = unit_trait(mention) == "money" and mention.bounded
    return bound and unit_trait(counted) == "measure"


_NOISE = re.compile(
    r"(?:阅读量?|浏览量?|点击量?|播放量?|转发量?|评论量?|粉丝|观测值|样本量?)$|每(?:提高|增加|上升|下降|降低|增长)$|(?:比如|例如|譬如)$"
)
_ELASTIC = re.compile(r"每(?:增长|提高|增加|上升|下降|降低|减少|投入)(?:约)?\d[^,;]{0,10},")


def _is_elastic(clause: str, left: str) -> bool:
    """Whether a number is one of 「每投入1元,将带动3元」; what stands before or after it is not."""
    told = _ELASTIC.search(clause)
    if told is None:
        return False
    after = clause.find(",", told.end())
    begun = clause.find(left) if left else told.start()
    return begun < 0 or told.start() - len(left) <= begun <= (after if after >= 0 else len(clause))


_SIGNIFICANCE = re.compile(r"^的?(?:显著性)?水平上?(?:显著|下)")
_FUND = re.compile(r"基金|首期规模|专项资金|资金池|安排[^,;]{0,4}资金")


# 「新能源项目按不低于装机容量15%配置储能」
_RULED_SHARE = re.compile(r"按(?:照)?(?:不低于|不少于|不超过|不高于)?[^,;。]{0,10}(?:的)?$")
# 「底价可按不低于最低价标准的70%执行」
_BY_RULE = re.compile(r"按(?:照)?[^,;。]{0,20}$")
_CARRIED_OUT = re.compile(r"^(?:的?(?:比例|标准|幅度))?(?:执行|收取|计收|征收|确定|返还|计提)")
_CAP_OF_EACH = re.compile(
    r"(?:单个|每个|每家|每户|同一)(?:企业|项目|主体|单位)[^,;。\d]{0,8}(?:最高|不超过)$"
)
_RULED = re.compile(r"采购|购买|发放|给予|补助|配置|配建|配套|计提|提取|缴纳|预留|返还")
# 「在全市10个区县中排名第3位」
_FAVOURED = re.compile(r"(?:优先|支持|鼓励)[^,;。]{2,}(?:达到|不低于|高于|超过)$")
_FIELD_OF_RANK = re.compile(
    r"^[一-龥]{1,8}(?:中|里|当中|之中)(?:排名|排位|位次|位居|位列|排在|排|居|列)?(?:第|前|首位|末位|榜首)"
)


def no_statement(mention: Mention, clause: str, left: str, right: str) -> str:
    """Why a number measures nothing, "" where it does."""
    unit, trait = mention.unit, unit_trait(mention)
    if _NOISE.search(left) or _is_elastic(clause, left) or _SIGNIFICANCE.match(right):
        return ESTIMATE
    if unit and (left == "+" or right == "+"):
        return "a sum in a title"  # 「10000亿元+1000亿美元！」
    if mention.form == "multiple":
        return _no_multiple(mention, left, right)
    if left.endswith("每") and mention.form == "digits":
        return "what a rule counts by"  # 「每3至10万居民设置1个中心」
    if counts_in_a_row(mention, left):
        return CONDITION
    if not unit and (_ROAD_BEFORE.search(left) or _ROAD_BEHIND.match(right)):
        return "number of a road"
    if structure.is_slogan(mention, left, right):
        return structure.PART
    if mention.form == "count":
        return _no_small_count(mention, left, right, clause)
    if trait == "share" and re.match(r"^(?:的?比例)?(?:作为|用作|用于|计提|提取|列支)", right):
        return "terms of a policy"
    of_rule = condition(mention, clause, left, right)
    if of_rule:
        return of_rule
    if right.startswith("基点") and _policy().search(clause):
        return "terms of a policy"
    fund = _FUND.search(left + right) and not _policy().search(left + right)
    # 「加大贴息力度,带动技改投资增长10%」, 「…补贴拉动消费215亿元」, 「…,零售总额增长2%」 beside them
    effect = _EFFECT.search(left) or (_GREW.search(left) and not _OF_THOSE.match(right))
    told = not _policy().search(left)
    reached = told and (
        (trait == "share" and _REACHED_RATE.search(left))
        or _ADDED.search(left)
        or _BALANCE.search(left)
    )
    if (
        trait in ("money", "share", "money_usd")
        and not (fund or effect or reached)
        and _is_policy(clause)
    ):
        return "terms of a policy"
    if unit in _DURATION or unit in ("个月", "个季度", "个工作日", "工作日"):
        return _no_duration(mention, left, right, clause)
    if (
        mention.form == "scale"
        and mention.value in (1, 100, 1000)
        and _vague_scale(mention, left, right)
    ):
        return "scale word without a measured thing"
    if left.endswith(("×", "*")):
        return "factor of a formula"  # 「达标率=(达标面积/总面积)×100%」
    if trait == "money" and _CAP_OF_EACH.search(left):
        return "terms of a policy"
    if trait == "share" and _CARRIED_OUT.match(right) and _BY_RULE.search(left):
        return "terms of a rule"
    if trait == "share" and _FAVOURED.search(left) and right.startswith(("的", "及以上的")):
        return "terms of a rule"  # 「优先支持绿电比例达到50%及以上的数据中心建设」
    if trait == "share" and _RULED_SHARE.search(left) and _RULED.search(clause):
        return "terms of a rule"
    if trait == "measure" and _FIELD_OF_RANK.match(right):
        return "field of a ranking"
    in_tens = mention.value is not None and 10 <= mention.value < 20  # 十个方面, 十一项任务
    if trait == "measure" and (mention.form != "scale" or in_tens):
        laid_out = structure.lays_out(mention, left, right)
        if laid_out:
            return laid_out
    if (
        mention.form == "fraction"
        and (left or not right)
        and not re.search(
            r"(?:企业|项目|产品|园区|工厂)[^,;]{2,14}的(?:不足|不到|超过?|近|约|仅)|占|全[国省市]|达|为|超|目标完成|比重|比例|率|份额|贡献|约|近|汇聚|集聚|吸引|缩短|压减|压缩|缩减|削减|下降|降低|提高|提升|提至|减少|承担|到|突破|拥有|集中|来自|增长|增加|上升|扩大|化解|[成过]了",
            left + mention.hedge,
        )
    ):
        return "fraction without a whole"
    return ""


# 「改建209、218省道」, 「拓宽省道394、603」
_ROAD_BEFORE = re.compile(r"[国省县乡]道(?:[A-Z]?\d+、)*[A-Z]?$")
_ROAD_BEHIND = re.compile(r"^(?:、\d+)*、?[国省县乡]道")
# 「落实加计扣除政策,…,新增中长期贷款800亿元」
_ADDED = re.compile(r"^\x00*(?:新增|净增|累计新增)[一-龥]{2,12}(?:贷款|投资|融资|产值|消费|出口)$")
_BALANCE = re.compile(r"[一-龥]{2,}余额(?:为|达到?|突破|超过?|约)?$")
# 「医保补助标准逐步提高,住院费用支付比例平均达到75%」
_REACHED_RATE = re.compile(
    r"[一-龥]{2,}(?:率|比例|比重|占比|覆盖面)(?:总体|平均|稳定|普遍)*(?:达到?|提高到|提升到|保持在|稳定在|超过)$"
)
_EFFECT = re.compile(
    r"(?:^|资金|补贴|补助|贴息)\x00*(?:预计|有效|可|将)*(?:带动|拉动|撬动)(?=[一-龥]{2,})"
)
_GREW = re.compile(
    r"^(?!对|凡|年|首次|按)[一-龥]{2,20}(?:额|值|入|资|费|润|量)(?:同比|比上年|年均|分别)*(?:增长|下降)(?:了|约)?$"
)
_OF_THOSE = re.compile(r"^(?:以上|及以上|以内)?的")


def _is_policy(clause: str) -> bool:
    """Rates, caps and awards are terms; sums already paid out or set aside are not."""
    if not _policy().search(clause):
        return False
    if re.search(
        r"给予|予以|最高|一次性|按.{0,12}(?:比例|标准)|对[^,;]{2,30}的|每[家户人个项]", clause
    ):
        return True
    if re.search(r"发放|兑现|拨付|累计|全年|惠及", clause):
        return False
    return not _promise().search(clause) or bool(
        re.search(r"奖励|补助|补贴|资助|贴息|奖补", clause)
    )


def _no_multiple(mention: Mention, left: str, right: str) -> str:
    if re.match(r"^(?:计划|行动|工程|三年|政策|基金|目标(?!任务))", right):
        return "name of a programme"
    if re.match(r"^(?:为|为了|通过(?![^,]*的)|围绕)(?!\d)[^,]*$", left) and not right:
        return "purpose of the plan"  # 「为推动产业倍增,制定本方案」
    if re.search(r"“$|成倍$|(?:提质|扩能|提档|增效|量质)$", left):
        return "name of a programme"
    if mention.value == 0.5 and _RENT.search(left):
        return "terms of a policy"
    return ""


_RENT = re.compile(r"免租|租金|免征|征收|收费|所得税|税额|免税|缴纳")  # 「前两年免租、第三年减半」


def is_run(mention: Mention, left: str, right: str) -> bool:
    """Years or months in a row of which something is told: 连续三年居全省首位."""
    if mention.unit not in ("年", "个月", "个季度") or not left.endswith("连续"):
        return False
    told = re.match(r"^(?:以?来)?[一-龥“][^,;。]+", right)
    # 「连续五年保持7%以上」 tells of the rate; months have their own record all the same
    return told is not None and (
        mention.unit != "年" or not re.search(r"\d$|[达为到超约近在]$", right)
    )


def _no_small_count(mention: Mention, left: str, right: str, clause: str) -> str:
    if mention.unit in ("年", "个月", "个季度"):
        return "" if is_run(mention, left, right) else "duration"
    if mention.unit == "次" and not left.endswith(("连续", "举办", "累计")):
        return "occasion"
    if mention.unit == "个" and _SIZE_CLASS.match(right) and _FORMED.search(left):
        return ""  # 「培育形成甲、乙两个万亿级产业集群」
    if _MORE_SMALL.search(right):
        return "structure of the plan"  # 「形成两个支柱产业、四个特色产业」
    named = structure.is_part_of_plan(left, right) or structure.counts_names(mention, left, right)
    if named or _QUOTED_NAME.match(right):
        return "structure of the plan"
    if mention.op != "=" and mention.unit in ("家", "座", "艘", "架", "名", "个"):
        return ""
    if not right or not _UNDERGO.search(right + left[-6:]):
        return "small count in words"
    return ""


_SIZE_CLASS = re.compile(r"^[十百千万]+亿级")
_FORMED = re.compile(r"培育|形成|建成|打造|拥有|集聚|^以及")
_MORE_SMALL = re.compile(r"^[^,;。\d]{2,14}、$")
# years that are a statistic of people: 平均受教育年限达11年, 人均预期寿命提高到78岁
_SPAN_OF_LIFE = re.compile(r"(?:受教育年限|寿命|平均年龄)(?!不)[^,;。\d]{0,8}$")


# 「年均有效机时由1100小时增加到1400小时」, 「平均回收期拉长到68天」
_LASTS = re.compile(
    r"(?:机时|工时|小时数?|时长|寿命|回收期|周期|账期|工期|天数|时间|时限)(?:普遍|平均|已|力争|要|将)?(?:由|从|达到?|为|缩短到?|延长到?|拉长到?|增加到?|提高到?|压缩到?|缩短至|延长至|拉长至|增加至|提高至|压缩至)(?:约|近|了)?$"
    r"|(?:^|[,、])(?:[比较][^,;、\d]{1,8}|同比)?(?:增加|减少|延长|缩短|多|少)了?$"
    r"|(?:^|[^一-龥])(?:增加|提高|延长|拉长|缩短|压缩)[到至](?:约|近)?$"
)


def _no_duration(mention: Mention, left: str, right: str, clause: str) -> str:
    if is_run(mention, left, right):
        return ""
    if mention.unit in (*_TIME_LIMIT, "小时", "天") and _LASTS.search(left):
        return ""
    if mention.unit in _TIME_LIMIT and re.search(
        r"(?:压缩|缩短|控制|减少|降低|压减|缩减|提速|时限|时间|周期)[^,;。]{0,12}$|(?:天数|时长)(?:为|达到?|约)*$",
        left,
    ):
        return ""
    lived = mention.unit == "岁" and "寿命" in clause
    waited = mention.op in ("<", "<=") and _WAITING.search(left)
    return "" if lived or waited or _SPAN_OF_LIFE.search(left) else "duration"


_WAITING = re.compile(r"(?:轮候|等候|等待|审批|办理|建设|回收)(?:时间|周期|年限|期)$")


def _vague_scale(mention: Mention, left: str, right: str) -> bool:
    if mention.sized and re.search(r"(?:规模|产值|营收|收入|体量)[^,;]{0,6}$", left):
        return False
    if re.search(
        r"(?:突破|首破|首超|超|超过|达到|达|过|跨|[跨迈登站跃踏]上|跨越|[迈越跨]过|冲破|冲刺|近|实现|约|形成|规模|集聚|培育|引进|带动|服务|为|到|至|逾|拥有|完成|总产值|汇聚)$|[上余]$",
        left + mention.hedge,
    ):
        return bool(re.match(r"^(?:斤|户(?!企)|里|众|一)", right)) or (
            mention.sized and not re.match(r"^(?:产业)?(?:规模|产值|体量)", right)
        )
    # 「创建百家…企业」 counts, 「实施千家企业上云行动」 is a name
    listed = _LISTED_ON.fullmatch(left)  # 「建成千家绿色工厂和百家绿色园区」
    counted = unit_trait(mention) == "measure" and (_made().search(left) or listed)
    return not counted or bool(_NAMED_BY_COUNT.match(right))


@cache
def _made() -> re.Pattern[str]:
    return re.compile(f"(?:{any_word('verb.act', 'change.new')})(?:了)?$")


_LISTED_ON = re.compile(r"[一-龥“”]{2,16}[和、及与]")
_NAMED_BY_COUNT = re.compile(r"^[^,;。、]{0,14}?(?:行动|工程|计划|活动|专项|培训|大会|对接)")


@cache
def unitless() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('measure.unitless'))})")
