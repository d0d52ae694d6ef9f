"""What a number is the number of, in the document's words.

The subject stands before the number (工业增加值达到9657亿元), after it (建设200家标杆性智能工厂),
or further up: an earlier clause (…,占全市生产总值比重…) or the topic of the paragraph
(产业规模达到2000亿元 under 新能源汽车).
"""

import re
from dataclasses import dataclass
from functools import cache

from jingwei.plans.endings import Endings
from jingwei.plans.lexicon import any_word, words

# what opens like a word of passage and is one of its own: 年均, 有色, 到位
_KEPT = r"(?:其他|其余|让利|从业|从事|由此|以来|和谐|在地|到[位账岗]|年度计划|年均|再制造|再生|有色|有机|有效|有限|在[线建岗校用孵研职]|在运(?![输营行用动])|以上|末端|底层|即时|全市场)"
_KEEP_LEAD = re.compile(_KEPT)
_LEAD = re.compile(
    rf"(?!{_KEPT})"
    r"(?:(?:按照|按|根据|围绕|锚定|对照|对标)(?=(?:全年|今年|年度)?[一-龥]{2,16}(?:增长|达到|\x00))|后[两三]年半?|[两三四五2-5]年(?:内|间)|[一两三四五]年来(?:累计)?|合计|总计|[我们今明年全主要总体预期发展工作的]{0,8}目标(?:是|为)|我们(?:初步|计划)?(?:安排)?|(?:初步|计划)安排|但是?(?!书)|然而|不过|年内|年度(?!计划)|要求|(?:其中)?(?:包括|包含)(?=[一-龥]{2})|在[^,、]{1, 6}?(?:上|方面)(?=[一-龥]{4})|其中|同时|此外|另外|并且|并|且|还|也|而|到\x00*|至\x00*|截至\x00*|截止\x00*|[\x00末底年,、的在从由与和及以]+|力争|争取|努力|"
    r"\d{1,2}[-—~至]\d{1,2}月份?|\d{1,2}月份(?!额)|前[二三]季度|[一二三四]季度|[上下]半年|"
    r"例如|尤其是|特别是|如近年来|近年来|预期|预计|计划(?!总?投资)|确保|将|要|已经|已|共有|共(?![性同享建生青和])|现有|目前|当前|累计|全年|当年|年末|期间|时期|以来|五年|三年|两年(?=[^,\x00\d]{0,16}(?:平均|年均|累计|净增)|共|须|要|将|分别|\x00|$)|"
    r"到期末|全国|我国|[全本我](?:省|市|区|县|州|盟|旗)(?!场|域|别|间)|上年|去年|今年|其|年内|分别|各类|进一步|"
    r"年度|每年|再(?!生|制造)|每季度|建议[将把]|推动|推进|使|让|有|即|一是|二是|三是|四是|五是|六是|——|—|使得|实现|完成(?!率)|\)|:)+"
)


@cache
def _link_tail() -> Endings[str]:
    return Endings.plain(
        [
            *words("change.arrive"), *words("hedge.will"), *words("hedge.about_before"),
            *words("hedge.more_before"), *words("hedge.at_most_before"), *words("hedge.at_least_before"),
            "为", "是", "在", "有", "到", "至", "已", "将", "均", "都", "共", "也", "仍", "首次", "累计", "总数",
            "合计", "实现", "预期实现", "力争", "提前", "稳步", "分别", "依次", "全部", "平均", "稳定", "一直", "维持",
            "已经", "各", "再", "需", "需要", "须", "每年", "进一步", "连续", "总计", "目标", "规模", "的", "约", "数量", "逐步", "五年", "三年", "五年间", "普遍", "不断", "同步",
            "共计", "可", "可望", "已达", "总共", "基本", "年内", "要", "其中", "由", "从", "了", "成功", "率先",
            "当年", "全年", "数量级", "现", "现有", "现为", "实际", "已全部", "据有关研究", "差不多", "做到", "要做到", "高达", "尚", "还", "原则上", "拟", "持续", "就", "只", "仅", "即", "(", "“", "着",
            "\x00", ",", "、", ":",
        ]
    )  # fmt: skip


_KEEP_TAIL = ("规模", "数量", "总数", "目标")


@cache
def _act_head() -> re.Pattern[str]:
    return re.compile(
        rf"^(?!新上市)(?:(?:{any_word('verb.act', 'change.new')})(?!用地|强度|区|性|力|量|链|率|额|商|业|器|者|方|度|期|面积|周期))+(?:了|形成|一批)?"
    )


@cache
def _undergo() -> re.Pattern[str]:
    return re.compile(f"(?!应用[^于在到])(?:{any_word('verb.undergo')})")


@cache
def _next_verb() -> re.Pattern[str]:
    """The verb of the next item at the end of the words behind a number: …、培育(100家)."""
    return re.compile(f"(?<=.{{2}})[、和及](?:{any_word('verb.act', 'change.new')})$")


@cache
def _measure_tail() -> re.Pattern[str]:
    return re.compile(f"(?:{any_word('measure.noun')})(?:\\([^)]*\\))?$")


@cache
def _growth_tail() -> re.Pattern[str]:
    yearly, growth = any_word("change.yearly"), any_word("change.growth_noun")
    return re.compile(
        rf"(?P<how>(?:(?:同比|比上年|较上年|环比|按?(?:同|可比)口径|按可比价计算|可比|累计|五年|四年|三年|两年|实际|名义|平均|(?P<yearly>{yearly})|复合|分别|可比价|较?\x00+)*)"
        rf"(?:{growth}|上涨|增加|提高|提升|扩大|下降|降低|减少|削减|缩短|回落|压减|缩减|压缩|升高|上升|收窄|加快|回升|放缓|改善|缩小|减排|压降|消减|精简|增收)"
        rf"(?:了|率|幅度|达|速度|比例|保持|为)*)$"
    )


# what is saved, freed or closed is not the thing itself: 腾出土地, 节约标煤
_KEPT_VERBS = (
    "节约",
    "腾出",
    "淘汰",
    "关停",
    "退出",
    "盘活",
    "取消",
    "关闭",
    "拆除",
    "安排",
    "发放",
    "投放",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """``name`` of what is measured and whether a verb of doing stood before it."""

    name: str
    verb: str = ""


def strip_lead(text: str) -> str:
    """Words that open a clause without naming anything."""
    while True:
        match = _LEAD.match(text)
        if not match or not match[0]:
            return text
        shorter = text[match.end() :]
        if match[0][-1] in "再有在其年以末底即" and _KEEP_LEAD.match(match[0][-1] + shorter):
            return match[0][-1] + shorter
        text = shorter


def strip_tail(text: str) -> str:
    """Linking verbs and hedges between the subject and its number."""
    start = _link_tail().run(text)
    kept, tail = text[:start], text[start:]
    for word in _KEEP_TAIL:
        at = tail.find(word)
        if at >= 0:
            kept += tail[:at] + word
            break
    return kept


_OWNER = re.compile(
    r"([一-龥“”A-Za-z0-9]{2,14}(?:企业|产业|行业|制造业|服务业|集群|产业链|园区|开发区|汽车|装备))[到至在]?\x00+(?:时期|期间|年)?"
)
_RUN = re.compile(r"连续(?<=[一-龥]{2}连续)(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:年|个月)$")
_RELYING = re.compile(
    r"^(?:依托|利用|结合|围绕).{2,40}等(?=(?:新建|新增|建设|建成|打造|培育|布局|形成))"
)
_RATE_OR_MEASURE = re.compile(r"[一-龥](?:增速|率|额|量|值|产值|收入|规模)$")
_SINCE_THEN = re.compile("以来|至今|起")
_BEFORE_DATE = re.compile(r"(?<=\x00)[底末]?[之以]?前(?![移进列三])")
_DONE = re.compile(
    r"(?:累计)?(?:完成|实现|达成|(?<![发费技金新素术资])投入|推广|建成|建设|实施|集聚|培育|引进|发放|拥有|形成|新增|(?<![成额期年比底末初])净增加?|增设)$"
)


_LED = re.compile(
    r"^(?:主导|牵头|参与)(?:或者?|、|和|及)(?:参与|主导)(?=制|修|编)"
)  # 主导或参与制定国家标准


def before_number(left: str) -> Subject:
    """The subject in front of a number: 「全市工业固定资产投资累计完成」 gives 工业固定资产投资."""
    left = _BEFORE_DATE.sub("", left)
    text = _RELYING.sub("", _RUN.sub("", strip_tail(strip_lead(left))))
    if "\x00" in text:
        owner, before, text = _OWNER.match(text), *text.rpartition("\x00")[::2]
        if _SINCE_THEN.fullmatch(text) and _RATE_OR_MEASURE.search(before.rstrip("\x00")):
            text = before.rstrip("\x00")  # 「经济增速2022年以来连续16个季度高于全国」
        said = strip_tail(text)
        if owner and (is_measure(said) or _DONE.fullmatch(said)) and len(said) <= 8:
            text = owner[1] + text  # 「新能源产业到2035年产值达到」
    text = strip_tail(strip_lead(text.strip("\x00的")))
    # 「工业固定资产投资累计完成」: a verb of doing at the end belongs to the number
    verb = ""
    done = _DONE.search(text)
    if done and done.start() > 1:
        verb, text = done[0], strip_tail(text[: done.start()])
    head = None if _LED.match(text) else _act_head().match(text)
    if head and head.end() < len(text):
        rest = text[head.end() :].lstrip("的")
        if len(rest) >= 2 and not rest.startswith(("、", "和")):
            verb = verb or head[0]
            text = strip_lead(rest)
            if head[0] in _KEPT_VERBS:
                text = head[0] + text
    return Subject(text.strip("的、,和及与 "), verb)


_PASSING = re.compile(
    r"(?P<owner>(?!年)[一-龥]{2,8}?)(?P<size>总?产值|营业收入|营收|收入|规模|投资)(?:均|都|已)?"
    r"(?P<deed>(?:超过?|突破|过)[\d.千百万亿]+元)"
)
_REACHING = re.compile(
    r"(?P<owner>[一-龥]{2,8}?)(?:总?产值|营业收入|营收|收入|利润|税收)(?:总额)?(?:达到?|为|实现)"
)
_MADE_INTO = re.compile(
    r"(?P<thing>[^、的]{2,12}?)(?P<deed>(?:打造|建设|培育|发展|提升|改造)(?:成为|成|为)[^、]{2,20})$"
)


@cache
def _reaches() -> re.Pattern[str]:
    return re.compile(rf"(?:实现|完成|累计)+[一-龥]{{0,10}}?(?:{any_word('measure.noun')})")


_HALF_A_DEED = re.compile(r"(?<=.{2})(?:示范|推广|首批次|规模化)$")
_OWN_SIZE = re.compile(
    r"(?P<owner>[一-龥]{0,6}?(?:企业|公司|园区|集群|项目|产品|品牌|县市?|区))(?P<size>(?:营收|营业收入|产值|销售收入|规模|市值|利润)[一-龥]{0,4})"
)


def after_number(right: str) -> str:
    """The counted thing behind a number: 「标杆性智能工厂」, 「企业进入世界500强」 rearranged."""
    text = re.split(r"[,;:。!?]|\.(?!\d)", right, maxsplit=1)[0].strip("的、 和及与以")
    text = re.sub(r"(?:、|和|以及|及|与)$", "", text)
    text = _next_verb().sub("", text)
    passing = _PASSING.fullmatch(text)
    if passing:  # 「8个园区产值超过300亿元」
        return f"{passing['size']}{passing['deed']}的{passing['owner']}"
    reaching = _REACHING.fullmatch(text)
    if reaching:  # 「120家企业营业收入达到500亿元」
        return reaching["owner"]
    made = _MADE_INTO.match(text)
    if made:
        return f"{made['deed']}的{made['thing']}".replace("\x00", "")
    text = re.sub(r"(?<=.{2})(?:均|都)?已(?:经)?(?:成为|形成|发展|全部|全面).*$", "", text)
    text = re.sub(r"(?<=企业|产品|材料|项目|园区)中$", "", text)
    tail = text.rpartition("的")[2]
    if len(text) > 16 and len(tail) >= 4 and not re.search(r"[、和与]", tail[:1]):
        text = tail
    match = _undergo().search(text)
    if match and 0 < match.start() <= 12 and not text[: match.start()].endswith("的"):
        thing, deed = text[: match.start()], text[match.start() :]
        half = _HALF_A_DEED.search(thing)
        if half:  # 「150项基础材料示范应用」
            thing, deed = thing[: half.start()], half[0] + deed
        owned = _OWN_SIZE.fullmatch(thing)
        if owned:  # 「有两家企业营收稳定进入世界前列」
            return f"{owned['size']}{deed}的{owned['owner']}".replace("\x00", "")
        if _reaches().fullmatch(deed):
            return thing.replace("\x00", "")  # 「398家企业实现总产值862亿元」
        if "的" not in deed[:8] and len(thing) >= 2:
            return f"{deed}{thing}".replace("\x00", "")
    return text.replace("\x00", "")


def share_of(owner: str, phrase: str) -> str:
    """「占全市生产总值比重」 hung on its owner; the owner's own share phrase is dropped."""
    owner = re.sub(r"占.*$|(?:年均)?增速$", "", owner)
    phrase = re.sub(r"的?比重$|的?比例$", "比重", phrase)
    if not re.search(r"比重|比例|份额|占比|率$", phrase):
        phrase += "比重"
    return owner + phrase


def growth_name(owner: str, how: str, yearly: bool) -> str:
    """「年均增长」 hung on its owner: 工业增加值年均增速; 下降 and 缩短 give 幅度."""
    if owner.endswith("自然"):
        return f"{owner}增长率"  # 人口自然增长率 is the name of a rate
    down = re.search(r"下降|降低|减少|削减|缩短|回落|压减|缩减|压缩|收窄|减排|压降|消减|精简", how)
    yearly = yearly or re.search("[两三四五]年平均", how) is not None
    total = "累计" if "累计" in how else "年均" if yearly else ""
    if down:
        return f"{owner}{total}{down[0]}幅度"
    rise = re.search(r"提高|提升|扩大|上升|缩小|升高", how)
    if rise and not yearly:
        return f"{owner}{total}{rise[0]}幅度"
    return f"{owner}{'年均增速' if yearly else '增速'}"


def counted(name: str) -> str:
    """A counted thing as an indicator: 绿色工厂 gives 绿色工厂数量."""
    if not name or _measure_tail().search(name) or re.search("排名|位次|名次", name):
        return name
    return f"{name}数量"


def growth_tail(text: str) -> re.Match[str] | None:
    """A growth or change verb at the end of the words before a number."""
    return _growth_tail().search(text)


def is_measure(name: str) -> bool:
    """Whether a name already ends with a noun of measuring (产值, 数量, 比重)."""
    return bool(_measure_tail().search(name))


def measure_of(name: str) -> str:
    """The noun of measuring at the end of a name: 医药健康产业营业收入 gives 营业收入."""
    match = _measure_tail().search(name)
    return match[0] if match else ""


def is_bare_measure(name: str) -> bool:
    """Whether a name is a noun of measuring and nothing else: 利税总额, 授权量."""
    return len(name) <= 4 and is_measure(name)
