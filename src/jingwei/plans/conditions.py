"""Numbers that say of whom a rule speaks, how far it reaches or what a class is, and measure nothing.

「容积率低于0.8的项目不予供地」, 「年旅客吞吐量500万人次以上的机场」, 「供热半径15公里范围内」
(``docs/semantics.md`` §1.6).
"""

import re

from jingwei.plans.numbers import Mention

CONDITION, ESTIMATE = "condition of a rule", "statistics of readers or of an estimate"

_SETTLEMENT = re.compile("的?(?:自然村|村|行政村|聚居|居民点|社区|岛屿)")
_OF_A_CLASS = re.compile("的?(?:群体|人群|家庭)(?:的)?(?:比例|比重|占比|人数|数量)")
_SETTING = re.compile("(?:^|[,;、])(?:\\x00|[一-龥]{2,8},)?在(?:全省|全国)?$")
_WHERE = re.compile("[一-龥“”A-Z]{2,16}(?<!以)(?:内|中|基础上|范围内|里),?(?!国)")
_NAMES = re.compile(r"^(?:的)?[一-龥“]")
_FOR_THOSE = re.compile(r"\x00*(?:其中)?(?:对|对于|凡)[^,;。]{1,24}$")
_BUSY_PLACE = re.compile(
    r"(?:吞吐量|客流量|人口|床位|在校生|从业人员|出栏|存栏|年产量|年产销量?)$"
)  # 「年旅客吞吐量500万人次以上的机场」, 「年出栏500头以上规模养殖比重」
# 「容积率低于0.8的新上项目原则上不予供地」, 「营业收入500亿元以上的地市要制定方案」, 「定员5人以下的比例达90%」
_CONDITION = re.compile(
    r"^的(?:[^,;。、\d]{0,14}?(?:原则上|不得|不予|予以|给予|一律|优先|应当|必须|限期|享受|可按|可以|(?:[企项园业市县区地][业目区市州]|单位|地区|乡镇)(?:要(?![求素])|应|须|可))"
    r"|[^,;。\d]{0,12}?(?:比例|比重|占比)(?:达到?|为|超过?|提高到|不低于|约)*$)"
)
_SHARE_OF_THOSE = re.compile(
    r"^的[^,;。、\d]{2,14}?(?:比例|比重|占比)(?:提[高升]|增加|上升|达到?|为|超过)"
)
_AWARDED = re.compile(r"(?:^|[;,])对[^,;。\d]{1,24}\d[^,;。]*的[^,;。]{2,10},[^;。]*给予")
_NEW_WORKS = re.compile(r"^的(?:新建|在建|存量|新上)?(?:项目|企业|单位|数据中心|园区)")
_DEFINED = re.compile(
    r"^(?:注?[:：、.\d]{0,3})?1[A-Za-z一-龥]{1,6}(?:约为|约等于|等于|相当于)\d[^,;。]{1,12}$"
)
_IN_A_ROW_OF = re.compile(r"(?:对|凡|凡是|如|若)[^,;。]{0,12}连续$")


def counts_in_a_row(mention: Mention, left: str) -> bool:
    """「对连续2次排名末位的乡镇予以约谈」: how often in a row a rule asks for."""
    return (
        mention.unit in ("次", "年", "个月", "个季度", "个")
        and _IN_A_ROW_OF.search(left) is not None
    )


def condition(mention: Mention, clause: str, left: str, right: str) -> str:
    """Why a number is one of a rule, a class or an explanation; "" where it is none."""
    bounded = mention.bounded
    if bounded and _CONDITION.match(right):
        return CONDITION
    if bounded and _BUSY_PLACE.search(left) and _NAMES.match(right):
        return "size of a class"
    if bounded and mention.unit in ("户", "人") and _SETTLEMENT.match(right):
        return "size of a class"  # 「20户以上自然村4G覆盖率超过99%」
    if mention.low is not None and _OF_A_CLASS.match(right):
        return "size of a class"  # 「年可支配收入10—50万元群体比例」
    if _SETTING.search(left) and _WHERE.match(right):
        return "a setting"  # 「在8个国家算力枢纽节点内」, 「在7个先导区基础上」
    if right.startswith("范围"):
        return "reach of a rule"  # 「供热半径15公里范围内的燃煤锅炉」
    if right.startswith("样本"):
        return ESTIMATE
    if left == "、" and right.startswith("的") and _AWARDED.search(clause):
        return CONDITION  # 「对年产销首次突破10万辆、30万辆的整车企业,分别给予…」
    if bounded and _FOR_THOSE.match(left) and right.startswith(("的", "、")):
        return CONDITION  # 「对年产量首次突破50万辆的整车企业」
    if bounded and not mention.unit and left.startswith("、") and _NEW_WORKS.match(right):
        return CONDITION  # 「对单机架功率8千瓦以上、PUE低于1.2的新建项目」
    reaching = bounded or left.endswith(("达到", "达"))
    if reaching and mention.unit == "%" and _SHARE_OF_THOSE.match(right):
        return CONDITION  # 「数控化率达到60%的规上企业比重提升15个百分点」
    return "a unit explained" if _DEFINED.search(clause) else ""
