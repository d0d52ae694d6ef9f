"""Subjects that lean on what stood before.

A clause that says only 「占全市生产总值比重」, 「年均增长」 or 「产业规模」 is about something named
further up: the subject before it, a clause without numbers, the group or industry the
sentence opens with, the topic of the paragraph.
"""

import re

from jingwei.plans import subjects
from jingwei.plans.context import as_topic, heading_words
from jingwei.plans.governing import own_verb
from jingwei.plans.lexicon import words
from jingwei.plans.ranks import ranks_in, without_rank
from jingwei.plans.regions import (
    city_at_head,
    full_name,
    official_names,
    official_place,
    short_names,
    short_zone,
)
from jingwei.plans.sentence import BLANK, Memory, Number, Sentence

LIST_NUMBER = re.compile(
    r"^(?:[●■◆○▲★※□◇◎▶►➢✓☆•]|\(?\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、．](?!\d)|[①-⑳]|——|—+|[一二三四五六七八九]是|[一二三四五六七八九十]{1,3}、)\s*"
)
_SHARE_NOUNS = ("占比", "比重", "比例", "份额", "占比重")
_PLACED = re.compile(r"([一-龥]{2,5}?(?<![强大])(?:省|市|县|州))(?=[一-龥]{4})")
_GROUP = re.compile(r"[两二三四五六七八九十]+大[一-龥]{2,8}?(?:产业|行业|领域|集群)")
_OPENING = re.compile(
    r"(?:[^,:。]{0,6}\))?([一-龥“”A-Za-z0-9与和、-]{2,18}?(?:产业|行业|领域|集群|业|产业链))"
    r"(?=重点|瞄准|力争|方面|围绕|以|要|将|依托|聚焦|加快|大力|着力|坚持|发挥|预期|\x00|[,:])"
    r"|(.{2,14}?)方面[,:]"
)
_MORE_OF_IT = re.compile(
    r"(?:超额)?(?:完成)?(?:[比较]?(?:上年|去年|年初)?(?:同期|末|底)?)?(?:五年|累计)?(?:一年|年内|全年)?(?:净增加?|多增)"
)
_NO_NAME = re.compile(
    r"(?:恢复|回升|转为|转|变为|年均|同比|累计|平均|年|五年|三年|实际|较|比|连续|(?:上年|去年)?同期|上半年|上季度|上月|增加|减少|提高|降低)*"
)
# 「“十七五”规划地区生产总值…的目标」 names the goal's own indicator
_OF_PLAN = re.compile(
    r"^(?:规划|纲要)(?:确定|提出|设定)?的?(?!面积|用地|建设|布局|范围|编制|实施|期|目标)(?=.{3})"
)
_SPOKEN_OF = re.compile(
    r"([一-龥“”]{2,18}?)(?=受[^,;]{1,10}影响|逐年|成倍|持续|不断|稳步|连跨|连续|跨越|迈上|跃上|跨上|保持|快速|大幅|显著|明显|平稳|较快|加快|实现|取得|"
    r"进一步|壮大|增长)"
)

# 「新建近零能耗建筑面积较2023年增长2000万平方米」
_GREW_SINCE = re.compile(r"(?<=[一-龥]{4})[比较]\x00+年?(?:增加|增长|扩大|减少|下降)了?$")
_COMPARED_WITH_DATE = re.compile(r"(?:比|相?较于?|与)\x00+(?:年)?(?:相比)?")
_TOWN = re.compile(r"[一-龥]{1,5}(?:市|县|州|旗|(?<![园社地片景小校库牧林矿灾城发新范聚能])区)")
_COMPARED_WITH_TERM = re.compile(
    r"(?:与|比|较)(?:上一?个?五年|前五年)(?:相比|比)?$|(?:比|较)(?:\x00+|上年|去年|上半年|下半年|前[二三两]季度|[一二三四上]季度|上月|年初|年中|同期|\d{1,2}[-—~至]\d{1,2}月份?|\d{1,2}月份?)"
    r"(?:同期|全年|末|底|的)?$"
)
_COUNTED_MORE = re.compile(r"(?<=.{2})(?:(?:净增|新增)(?:数量)?|数量|总数|总量|规模)$")
_CLAUSE_END = re.compile(r"[,;:。]")
_DIGIT = re.compile(r"\d")
_REALISED = re.compile(r"(?<=[业济体区园链群司])(?:实现|完成)(?=[一-龥]{2,})")
_GROWTH = re.compile(r"(?:年均)?(?:增速|增长|增长率|增幅|复合增长率)")


def name_before(
    sentence: Sentence, memory: Memory, left: str, number: Number, *, bare: bool = False
) -> str:
    """The subject in the words ``left`` of a number, completed from what stood before.

    ``bare`` says that a growth word was cut off: then a generic noun is not completed from
    an unrelated subject before it.
    """
    left = _GREW_SINCE.sub("", _FOOTNOTE.sub("", left))
    left = _COMPARED_WITH_TERM.sub("", _COMPARED_WITH_DATE.sub(BLANK, left))
    left = LIST_NUMBER.sub("", left.lstrip("、和及与以"))
    name = _without_place(sentence, _tidied(subjects.before_number(left).name))
    name = _ABOUT_SHARE.sub("占", name)
    topic = sentence.topic
    if name in short_names() or name in official_names():
        sentence.place = full_name(name)
        sentence.places += 1
        return memory.subject or name
    if memory.subject and re.fullmatch(r"对.{2,16}贡献率", name):
        return memory.remember(re.sub(r"(?:年均)?增速$", "", memory.subject) + name)
    before = _TOWN.match(memory.subject)
    if _TOWN.fullmatch(name) and (before or sentence.place) and subjects.is_measure(memory.subject):
        sentence.place = name  # 「其中甲市产业规模达到1500亿元,乙市突破1000亿元」
        return memory.subject[before.end() if before else 0 :]
    if re.match("占(?!地(?!区))", name):
        owner = memory.subject or _spoken_of(sentence, number) or topic
        owner = owner or "".join(memory.recent[-1:])  # 「15项达到进度要求,占75%」
        return memory.remember(subjects.share_of(owner, name))
    if name.startswith(("拉动", "带动", "下拉")) and memory.subject:
        # what pulls stays the subject of what follows
        return re.sub(r"(?:年均)?增速$|占.*比重$", "", memory.subject) + name
    if name in ("峰值", "最高值", "高点", "目标", "目标值") and memory.subject:
        return memory.subject
    if name == "降幅" and memory.subject:
        return f"{memory.subject}下降幅度"
    if name in _SHARE_NOUNS:
        return memory.remember((memory.subject or topic) + "占比")
    if name in _OF_A_PROJECT and (project := _project(sentence, number)):
        return project + name
    if name in words("measure.generic"):
        completed = _completed(sentence, memory, name, left, number, bare=bare)
        if completed:
            return memory.remember(completed)
    if memory.subject and _MORE_OF_IT.fullmatch(name):
        return memory.subject
    counted = memory.subject and memory.measured[1] == "increase"
    if counted and name in ("总数", "总量", "总额", "总规模"):
        return memory.remember(_COUNTED_MORE.sub("", memory.subject) + name)
    if _LEVEL_ALONE.fullmatch(name) and memory.subject:
        thing = _OF_LEVEL.sub("", _COUNTED_MORE.sub("", memory.subject))
        return memory.remember(name + thing)  # 「创新平台200个,其中国家级12个、省级90个」
    if not name or _NO_NAME.fullmatch(name) or (memory.subject and own_verb().fullmatch(name)):
        before = _just_before(sentence, number)
        return memory.remember(before) if before else memory.subject or topic
    if _GROWTH.fullmatch(name):
        return (memory.subject or topic) + name
    each = "每年" if "每年" in left and "每年" not in name else ""
    return each + memory.remember(_of_aggregate(sentence, memory, name))


_ABOUT_SHARE = re.compile(r"^(?:大约|约|接近|将近|近|超过?)占(?=全|我|世)")
_LEVEL_ALONE = re.compile(r"(?:国家|省部?|部省?|自治区|市|州|县|区|世界|国际|国内)级(?:及?以上)?")
_OF_LEVEL = re.compile(rf"^(?:累计|{_LEVEL_ALONE.pattern})*")
_OF_A_PROJECT = frozenset(
    {
        "总投资",
        "计划总投资",
        "投资额",
        "规划面积",
        "占地面积",
        "建筑面积",
        "总建筑面积",
        "处理能力",
        "年处理能力",
    }
)
PROJECT_WORD = r"(?:项目|工程|基地|平台|中心|产业园|园区|工厂|生产线|示范区)(?:[一二三四]期)?"
_PROJECT = re.compile(rf"([一-龥“”A-Za-z0-9]{{2,24}}?{PROJECT_WORD})(?=[,;:(、]|$)")


def _project(sentence: Sentence, number: Number) -> str:
    """The project whose investment or site is told: named before in the sentence, else by the heading."""
    named = _PROJECT.findall(sentence.plain[: number.clause[0]].replace(BLANK, ""))
    if named:
        return subjects.before_number(named[-1]).name or named[-1]
    headings = [each for each in sentence.context.section if not each.startswith("专栏")]
    heading = heading_words(headings[-1]) if headings else ""
    single = re.fullmatch(rf"[一-龥“”A-Za-z0-9]{{2,24}}{PROJECT_WORD}", heading)
    return heading if single and not re.search("重点|重大|主要", heading) else ""


_FOOTNOTE = re.compile(r"(?<=[一-龥)])\[\d{1,2}\]")  # 「生产总值(GDP)[2]」
_DANGLING = re.compile(
    r"(?:(?:从|由)(?:[两三四五六七八九十]|\d{1,2})年前|从|由|(?<![占入出之桩耗配价同环分对能值])比|较|与)$"
)
_THEN = re.compile(r"(?<=[一-龥]{2})(?<![规原准法守细总通])则$")
_LAST_YEAR = re.compile(r"(?<=[一-龥]{2})(?<![比较与同])(?:今年|去年)(?=[一-龥]{2,}$)")
# 「三大产业力争实现规模倍增」 is about their 规模
_HOPED = re.compile(r"(?<=[一-龥]{2})(?:力争|争取|努力|确保)(?:实现|达到|完成)?(?=[一-龥]{2,}$)")
# 「光伏产值两年净增600亿元」, 「综合交通三年投资1035亿元」
_YEARS_BEFORE_SUM = re.compile(
    r"(?<=[一-龥]{2})[两三四五]年(?:来|间)?(?:(?:累计)?(?:净增|新增)$|(?=(?:累计)?(?:投资|投入)?$))"
)
_AS = re.compile(r"^作为.{2,20}的(?=.{4})")
_COUNTED = re.compile(r"^(?:\d+个|其)")
# 「人均产值不足全国平均水平的三分之一」
_BESIDE_A_MEAN = re.compile(
    r"^(.{2,14}?)(?:不足|不到|仅为|仅相当于|相当于|只有)(全[国省市](?:平均水平|平均))$"
)
_SHARE_IN = re.compile(r"^(?:在)?(.{2,12})中的?(?:所占)?(?:份额|比重|占比)$")


def _tidied(name: str) -> str:
    name = _COUNTED.sub("", _DANGLING.sub("", name).strip("的、"))
    name = _OF_PLAN.sub("", name)
    name = _REALISED.sub("", name)
    if name.startswith("相当于"):
        name = "占" + name.removeprefix("相当于")
    if name.endswith(("平均水平", "平均")):
        name = _BESIDE_A_MEAN.sub(r"\1占\2比例", name)
    name = _YEARS_BEFORE_SUM.sub("", _HOPED.sub("", name))
    name = _LAST_YEAR.sub("", _THEN.sub("", _AS.sub("", name)))
    return _SHARE_IN.sub(r"占\1比重", name) if name.endswith(("份额", "比重", "占比")) else name


def _without_place(sentence: Sentence, name: str) -> str:
    """「柳湾市压减…」 is about 柳湾市; the document's own region in front of a name says nothing."""
    placed = _PLACED.match(name)
    own = ("上市", "城市", "全市")
    if placed and own_verb().match(name, placed.end()) and not name.startswith(own):
        sentence.place = placed[1]
        name = subjects.before_number(name[placed.end() :]).name
    other = official_place(name)
    if other and other != sentence.context.region and len(name) > len(other) + 2:
        sentence.place = other
        return name.removeprefix(other).removeprefix("的")
    city, rest = city_at_head(name)
    if city and city != sentence.context.region and subjects.is_measure(rest):
        sentence.place = city  # 「合肥战新产业产值占比56.2%」
        return rest
    shorter = without_region(sentence, name)
    return shorter if shorter == name else subjects.before_number(shorter).name or shorter


_REGION_END = re.compile(r"(?:经济技术开发区|经济开发区|高新技术产业开发区|省|市|自治区|区|县)$")


def without_region(sentence: Sentence, name: str) -> str:
    """A name without the document's own region in front: 柳湾工业增加值 gives 工业增加值."""
    region = sentence.context.region
    if region and name.startswith(region) and len(name) > len(region) + 1:
        return name.removeprefix(region).removeprefix("的")
    stem = _REGION_END.sub("", region)
    rest = name[len(stem) :]
    zone = short_zone(region).removeprefix(stem)
    if zone != region.removeprefix(stem) and rest.startswith(zone) and len(rest) > len(zone) + 1:
        return rest.removeprefix(zone)
    if len(stem) >= 2 and name.startswith(stem) and len(rest) > 3 and rest[0] not in "市省区的":
        return rest
    return name


def _completed(
    sentence: Sentence, memory: Memory, name: str, left: str, number: Number, *, bare: bool
) -> str:
    """A generic noun (产业规模, 营业收入) with the thing it belongs to; "" where none is in sight."""
    part = sentence.plain[sentence.plain.rfind(";", 0, number.clause[0]) + 1 : number.clause[0]]
    groups = _GROUP.findall(part)  # 「六大高耗能行业…；…」 is not what another part is about
    if groups:
        return groups[-1] + name
    opening = _OPENING.match(sentence.plain)
    opened = as_topic((opening[1] or opening[2]).removesuffix("产业")) if opening else ""
    if opened:
        return _joined(opened + ("" if name.startswith("产业") else "产业"), name)
    topic = sentence.topic
    if topic.endswith(name):
        return topic
    if topic:
        plain = topic.removesuffix("产业") if re.match("产业(?!链)", name) else topic
        return _joined(plain, name)
    told = next((each for each in reversed(memory.told.values()) if each.endswith(name)), "")
    if told and (name.startswith("产业") or not subjects.is_measure(memory.subject)):
        return told  # 「规模」 after a list of counts goes back to what has a 规模
    made = _MADE_STRONG.findall(sentence.plain[: number.clause[0]])
    if made:
        industry = "" if name.startswith("产业") or made[-1].endswith("业") else "产业"
        return (
            made[-1].removesuffix("产业") if name.startswith("产业") else made[-1] + industry
        ) + name
    if name.endswith("率") and memory.measured[0].endswith("数量"):
        return ""  # 「创新平台30个,本地配套率…」 is no rate of what was counted
    owner = memory.subject.partition("占")[0]
    if owner != memory.subject and owner.endswith(name) and len(owner) > len(name):
        return owner  # 「战新产业增加值占生产总值比重达到20%,增加值超过1万亿元」
    if memory.subject and not bare and not memory.subject.endswith(RATIOS):
        base = re.sub(r"(?<=.{4})占.*$", "", memory.subject)
        base = _OWN_MEASURE.sub("", base)
        industry = len(base) <= 18 and base.endswith(("产业链", "产业", "集群"))
        if base and (len(base) <= 10 or industry or left.startswith("、")):
            return _joined(base, name)
    about = _spoken_of(sentence, number)
    if about and not about.endswith(("将", "要", "市", "省", "县", "区")):
        about = _OWN_MEASURE.sub("", about) or about
        plain = name.startswith(("增加", "产值", "营业", "规模")) and not about.endswith("业")
        industry = "产业" if plain else ""
        return about.removesuffix("产业") + industry + name
    return ""


_OWN_MEASURE = re.compile(
    r"(?:产业规模|产值规模|营收规模|规模|数量|总产值|产值|增加值|营业收入|产量|(?:规划)?面积)$"
)
# 「做强电子信息产业,产值突破1000亿元」
_MADE_STRONG = re.compile(
    r"(?:做强|做大|做优|做精|建强|壮大|培育|发展|打造|巩固)+([一-龥“”A-Za-z]{2,14}?(?:产业|行业|集群|业))(?=,)"
)
RATIOS = ("率", "比重", "占比", "比例")


def _joined(owner: str, name: str) -> str:
    """A thing and its statistic, what both say once: 规模以上工业, 工业总产值."""
    shared = (n for n in range(len(name), 1, -1) if owner.endswith(name[:n]))
    return owner + name[next(shared, 0) :]


def _spoken_of(sentence: Sentence, number: Number) -> str:
    """「全社会研发经费投入逐年递增,占…」: what an earlier clause without numbers spoke of."""
    before = sentence.plain[: number.clause[0]].rstrip(",;:")
    for clause in reversed(re.split(r"[,;:]", before)):
        match = _SPOKEN_OF.match(subjects.strip_lead(clause.replace(BLANK, "").lstrip("“")))
        if match:
            return re.sub(r"(?:同比|环比|比上年|较上年)$", "", match[1])
    return ""


_SIZE_ALONE = ("总量", "总额", "规模", "总规模", "产值", "增速")
_NAMED_ALONE = re.compile(r"(?:^|[,;])([一-龥“”]{2,16}?)(?:截至|截止)?\x00+[,]$")
# 「民间投资由负转正,增长2.6%」
_TURNED_ROUND = re.compile(
    r"(?:^|[,;。])([\x00一-龥“”]{2,20}?)(?:增速)?(?:由负转正|由正转负|由降转增|由降转升|由升转降|由增转降|止跌回升|企稳回升|扭亏为盈|"
    r"(?:降幅|增幅)?(?:持续|逐[月步]|明显|进一步)?(?:收窄|回升|回落)),$"
)
# 「万亿级集群实现零的突破,到2035年达到3个」
_FIRST_OF_ITS_KIND = re.compile(
    r"(?:^|[,;。])(?:力争)?([\x00一-龥“”]{2,20}?)(?:力争|要)?实现(?:了)?零的突破,(?:\x00|[到至])*$"
)
_PART = re.compile(r"([一-龥]{2,6})部分")


def _just_before(sentence: Sentence, number: Number) -> str:
    """「制造业投资截至…末,已连续34个月…」: the subject named just before, without a number."""
    if number.left != sentence.plain[number.clause[0] : number.mention.start]:
        return ""
    before = _NAMED_ALONE.search(sentence.plain[: number.clause[0]])
    if before:
        return subjects.strip_lead(before[1])
    broken = _FIRST_OF_ITS_KIND.search(sentence.plain[: number.clause[0]])
    if broken:
        return subjects.counted(subjects.strip_lead(broken[1].replace(BLANK, "")))
    turned = _TURNED_ROUND.search(sentence.plain[: number.clause[0]])
    if turned:
        return subjects.strip_lead(turned[1].replace(BLANK, ""))
    # 「综合效益指数不断提升,由…」: the clause before names a measure and gives no number
    clause = _CLAUSE_END.split(sentence.plain[: number.clause[0]].rstrip(","))[-1]
    ranks = ranks_in(clause)
    if ranks and not _DIGIT.search(clause[: ranks[0].start]):
        ranked = subjects.before_number(clause[: ranks[0].start]).name
        named = without_rank(without_region(sentence, ranked))
        if subjects.is_measure(named) and named not in _SIZE_ALONE:
            return named  # 「进出口总额全省第三,达到480亿元」
    goes_on = number.left.startswith(("由", "从", BLANK)) or not number.left
    if not goes_on or _DIGIT.search(clause):
        return ""
    said = subjects.strip_lead(clause.replace(BLANK, ""))
    spoken = _SPOKEN_OF.match(said)
    named = spoken[1] if spoken else said
    return named if subjects.is_measure(named) and 4 <= len(named) <= 24 else ""


def _of_aggregate(sentence: Sentence, memory: Memory, name: str) -> str:
    """「其中,制造业部分增加值」 is a part of what was measured before; so is what follows it."""
    part = _PART.match(name) if "部分" in name else None
    if part and re.search(r"其中,?$", sentence.plain[: sentence.plain.find(name[:4])]):
        whole = re.sub(r"(?<=.{4})占.*$", "", memory.subject)
        sentence.aggregate = re.sub(r"(?:增加值|产值|营业收入|规模)$", "", whole)
    aggregate = sentence.aggregate
    if (
        aggregate
        and name.startswith(("制造业", "服务业", "农业", "工业"))
        and not name.startswith(aggregate)
    ):
        return aggregate + name
    return name
