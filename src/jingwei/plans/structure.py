"""Counts by which a text lays itself out, and which measure nothing.

「从5个方面」, 「实施8项重大工程」, 「做强甲、乙、丙等3个主导产业」 count parts of the plan or what was just
listed; 「5个数字化车间」 counts things.
"""

import re
from functools import cache

from jingwei.plans.lexicon import any_word
from jingwei.plans.numbers import Mention

PART, _SET_OF = "structure of the plan", "the set that is counted in"


@cache
def _structure() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('verb.structure')})[^,;。]{{0,24}}$")


# 「5个方面」 lays the plan out; 「5个数字化车间」, 「3家体系认证机构」 are counted things
_STRUCTURE_NOUN = re.compile(
    r"^(?:[^,;。、]{0,8}?)(?:方面|领域(?![一-龥]{0,12}(?:中心|实验室|平台|企业|基地|园区|项目|机构|标准|专家|人才))|任务|举措|环节|体系|机制(?![造砂])|原则|部分|层面|步骤|专班|台阶|[十百千万亿]量级|方向|维度|阶段|具体指标|"
    r"主要指标|指标|(?:具体|主要|发展|预期|量化)目标|(?<!数)字|专项组|工作组|要点|放射线|纵线|横线|联络线|发展轴|产业发展轴|发展带|一级指标|二级指标|子项|大类|关键词|章|篇|梯队|板块|"
    r"百分点|工作日|月内|交易日|半球|自然月|文明|维护|意识|自信|结合|统筹|关系|市场、)"
    r"(?!(?:性|化|认证|配套|检测|服务|示范|试点)?(?:企业|项目|园区?|车间|平台|中心|基地|机构|单位|工厂|实验室|成果|站|村|学校))"
)
# indicators of a plan that are counted as reached: 「9项指标超预期」
_INDICATORS_DONE = re.compile(
    r"^[^,;。、]{0,6}?(?:指标|目标|任务)(?:均|全部|都|已|已经|进展|进度|提前|超额|如期)*(?:超|符合|完成|达到|达标|实现|好于|优于|滞后)"
)
# 「29个大类实现增长」 counts those of which something is told
_INDUSTRIES = re.compile(
    r"^(?:国民经济|工业|制造业)(?:行业)?[门大中小]类(?!中)"
)  # 「涵盖41个工业大类」
_PARTS_FARED = re.compile(
    r"^[^,;。、]{0,10}(?:大类|行业|产业|领域|板块)[^,;。、]{0,6}(?:增长|下降|回升|回落|盈利|亏损|增加|回暖)"
)
_PROGRAMME = re.compile(
    r"^[^,;。、]{0,10}(?:专项工程|重点工程|专项行动|重大工程|重点任务|工程|行动|计划|改革举措)(?=$|[,;。、和])"
)
_ABOUT = re.compile(r"(?:围绕|聚焦|面向|依托|下设|瞄准|针对|分为|包括)[^,;。]{0,8}$")
# 「围绕产业需求布局建设5条专用线」: what is done about it is counted
_DONE_ABOUT = re.compile(
    r"(?:围绕|聚焦|面向|依托|瞄准|针对)[^,;。]{2,}(?:建设|新建|建成|打造|培育|引进|开展|制定|组建|设立|认定)$"
)
_ABOUT_LISTED = re.compile(r"(?:围绕|聚焦|面向|瞄准|针对|在|推动|选择)[^,;。]{0,40}等$")
_LIST_OF_KINDS = re.compile(
    r"^(?:[条个大类]|大类)?[^,;。、级]{0,8}?(?:产业链|产业|领域|行业|赛道|板块|方向|门类)(?=$|[,;。、和的])"
)
_COMES_ABOUT = re.compile(r"形成|建成|新增|诞生|涌现|跻身|突破|达到")


def _counts_its_own_list(mention: Mention, left: str, right: str) -> bool:
    """Whether a count only says how many are named before it: 「做强甲、乙、丙等3个主导产业」."""
    listed = left.removesuffix("等").count("、") + 1
    return (
        listed > 1
        and mention.op == "="
        and mention.value == listed
        and bool(_LIST_OF_KINDS.match(right))
        and not _COMES_ABOUT.search(left)
    )


_NAMED_KIND = re.compile(
    r"^[^,;。、级\d]{0,6}?(?:产业链|产业|领域|行业|赛道|板块|方向|门类|品类|流域|大省|省份|省区市|城市|地市|市地|区县)"
    r"(?=[^,;。、和及]{2})(?!园|基地|项目|企业|集群|平台)"
)


@cache
def set_up() -> re.Pattern[str]:
    """Verbs of which a count is the object: 培育汽车、电子等5个产业."""
    return re.compile(any_word("section.doing", "change.new"))


_FARED = re.compile(
    r"^[^,;。]{1,8}?(?:总?产值|规模|营收|收入)(?:均|都|达到?|已)*(?:(?:超过?|突破|过)[\d.千百万亿]+元)?$"
)
_CHAINS_SET_OUT = re.compile(
    r"^(?![^,;。、]{0,6}级)[^,;。、]{0,10}?产业链(?!企业|项目|平台|图谱|联盟)"
)
_LONG_LIST = re.compile(r"[^、]+、[^、]+、.*等共?$")
_PLACES_END = re.compile(r"^(?:地级|设区)?(?:城市|市|县|区|省份|省|市县)(?=$|[,;。])")
_WHOLE_OF = re.compile(r"\x00*[,、]?(?:全国|全省|全市|我国)?")
_OF_CITIES = re.compile(
    r"(?:地级及?以上|重点|主要|大中)?城市[^,;。]{3,}?(?:浓度|比例|比率|天数|指数)(?:为|达|达到)?"
)
_WHERE = re.compile(
    r"^[^,;。、]{0,8}?(?:省区?市?|市|县|城市|地区|区域|园区|行业)(?:打造|建设|开展|实施|布局|推广|推进|率先)"
)
_OF_TABLE = re.compile(r"(?:约束性|预期性|主要|核心|具体)指标(?:为|有|共)?$")
_SET = re.compile(r"(?:^|\x00)(?:其中)?在[^,;。\d]{0,12}$")
_FIRST_OF = re.compile(r"[^,;。\d]{2,14}(?:之?首|第[一二三四五六]|前列|前茅|榜首)")
_AMONG = re.compile(r"[^,;。\d]{2,14}中(?:,|有|$)")
# 「22条产业链总营收超过4万亿元」, 「169个国家级新区第11位」: the count names the group of which more is told
_CHAINS = re.compile(
    r"^(?:重点|主要|标志性|特色)?(?:产业|供应|价值)?链(?:总|累计|合计)?(?:营收|营业收入|产值|产业规模|规模|收入|投资)"
)
# 「18个开发区规上工业增加值占全市比重达到75%」
_GROUP_MEASURED = re.compile(
    r"^(?:省级|国家级|重点|主要|特色)?(?:开发区|园区|县市区|县区|区县|县|产业集群|集群|先导区)(?:规上|规模以上)?(?:工业|制造业)?"
    r"(?:增加值|总产值|产值|营业收入|营收|税收|投资)(?:占|合计)"
    r"|^[一-龥]{2,8}(?:断面|河段|水体|水源地)[^,;。]{0,8}(?:比例|率|指数)(?:达到?|为|保持)"  # 「20个断面优良比例达100%」
    r"|^[一-龥]{2,12}(?:共|合计|总共)[一-龥]{2,8}$"  # 「7个基地共整备土地1.9万亩」
)
# 「18项重大工程、286个重大项目有序推进」
_ALL_GO_ON = re.compile(
    r"^(?:重大|重点)?(?:项目|工程|任务)(?:有序|顺利|扎实|加快|全面|稳步|正)+推进"
)
_KINDS_OF = re.compile(r"\d+(?:件|项|个|条|种)")
_OFFICIALS = re.compile(
    r"^[一-龥]{0,8}(?:负责人|负责同志|领导|嘉宾|记者|主持人|发言人)"
)  # who sits there
_SAYS_AGAIN = re.compile(
    r"(?:^|[,:(—])(?:即|下辖|下设)$|统筹推进$"
)  # 「即4个地标产业、6个优势产业」
_PARTS_BEFORE = re.compile(r"(?:^|个)(?:方面|部分|章|编)$")  # 「共7个方面24条」
# 「围绕甲、乙、丙等12大总成56种部件」
_LIST_OPENED = re.compile(r"\x00*(?:围绕|聚焦|瞄准|针对|面向)[^;。]*$")
_ENDS = re.compile(r"[^,;。、]{1,8}")
_OUT_OF_SET = re.compile(r"^[^,;。]{0,14}中(?=$|[,;])")


def goes_on(laid_out: Mention, mention: Mention, left: str) -> bool:
    """Whether a count goes on with a list of parts: 「即4个地标产业、6个优势产业」."""
    return (
        mention.unit == laid_out.unit
        and mention.op == "="
        and left.endswith(("、", "和", "及", "与"))
    )


def is_part_of_plan(left: str, right: str) -> bool:
    """Whether the words on either side of a small count in words are those of a plan's parts."""
    return bool(_STRUCTURE_NOUN.match(right) or _structure().search(left))


def counts_names(mention: Mention, left: str, right: str) -> bool:
    """Whether a count only sums up the kinds or places named before it, of which more is told:
    「钢铁、水泥等四个行业节能改造」, 「甲、乙、丙3个纺织大省要…」."""
    before = left.lstrip("\x00,:)")
    listed = before.removesuffix("等").count("、") + 1
    whole = before.endswith("等") or mention.value == listed
    told = _COMES_ABOUT.search(before) or set_up().search(before)
    if _FARED.match(right):
        return False  # 「石化、汽车等8个行业产值超千亿元」 counts those that do
    named = listed > 2 or (listed == 2 and mention.value == 2)
    return named and whole and not told and _NAMED_KIND.match(right) is not None


_ONE_OF = re.compile(r"[^,;。]{1,14}之一(?=$|[,;。、])")  # 「是全省12条重点产业链之一」


_SLOGAN = re.compile(r"[一-龥]{2,6}[”、]")


def is_slogan(mention: Mention, left: str, right: str) -> bool:
    """Whether a number of things to do stands in quotation marks: 「实现“三个倍增、三个提升”」."""
    quoted = left.rfind("“") > left.rfind("”")
    return quoted and mention.unit in ("个", "大", "项") and _SLOGAN.match(right) is not None


def lays_out(mention: Mention, left: str, right: str) -> str:
    """Why a count of a measure word is one of parts or of a list; "" where it measures."""
    value = mention.value
    part = _STRUCTURE_NOUN.match(right)
    if part and _structure().search(left) and not _INDUSTRIES.match(right):
        return PART
    done = (
        left.endswith(("完成", "新增", "覆盖", "了"))
        or _INDUSTRIES.match(right)
        or _INDICATORS_DONE.match(right)
        or _PARTS_FARED.match(right)
    )
    if part and value is not None and value < 40 and not done:
        return PART
    programme = _PROGRAMME.match(right) and not re.search(r"完成|竣工|开工|建成|投产", left)
    if programme and value is not None and value < 30:
        return PART
    if mention.unit in ("类", "大类", "方面") and _KINDS_OF.match(right):
        return PART  # 「12类45件实事」
    if (_OF_TABLE.search(left) and mention.op == "=") or _counts_its_own_list(mention, left, right):
        return PART
    if mention.op == "=" and counts_names(mention, left, right):
        return PART
    if mention.op == "=" and _LONG_LIST.search(left) and _PLACES_END.match(right):
        return PART  # 「甲、乙、丙市等共36个城市」
    if _WHOLE_OF.fullmatch(left) and _OF_CITIES.fullmatch(right):
        return _SET_OF  # 「全国339个城市PM2.5平均浓度为29微克」
    if mention.op == "=" and left.endswith("在") and _WHERE.match(right):
        return _SET_OF  # 「在13个主产省区打造…」
    if mention.unit == "条" and _CHAINS_SET_OUT.match(right):
        return PART  # 「打造甲、乙等10条重点产业链」, 「12条重点产业链现代化水平全面提升」
    if not left and _GROUP_MEASURED.match(right):
        return _SET_OF
    if left.endswith("、") and _ALL_GO_ON.match(right):
        return PART
    if _OFFICIALS.match(right) and mention.unit in ("位", "名"):
        return _SET_OF
    if _ONE_OF.match(right) or (mention.unit == "条" and _CHAINS.match(right)):
        return _SET_OF
    if _SET.search(left) and (_OUT_OF_SET.match(right) or _AMONG.match(right)):
        return _SET_OF  # 「在500种主要产品中,…」
    if left.endswith(("居", "列")) and _FIRST_OF.match(right):
        return _SET_OF  # 「水质指数居15个副省级城市之首」
    if not left and _AMONG.match(right):
        return _SET_OF  # 「41个工业大类中有30个增长」
    if _ABOUT_LISTED.search(left) and _LIST_OF_KINDS.match(right):
        return PART  # 「聚焦甲、乙与丙等6类重点产业」
    if _SAYS_AGAIN.search(left) and mention.op == "=":
        return PART
    if _PARTS_BEFORE.search(left) or (_LIST_OPENED.match(left) and _ENDS.fullmatch(right)):
        return PART
    about = _ABOUT.search(left) and not _DONE_ABOUT.search(left)
    # 「包括国家标准95项、行业标准133项」 names what it counts in front
    named = about and left.endswith("包括") is False and not re.match(r"[一-龥“]", right)
    return PART if about and not named else ""
