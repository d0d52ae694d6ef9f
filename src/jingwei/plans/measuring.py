"""What a number measures: its subject, operator, kind and the rule that told.

The words next to the number decide. A path 「从A提高到B」 gives levels; a change verb in front
(增长, 下降) a rate or an amount; a measure word with a noun behind it a count; a governing
新增 or 压减 an increase or decrease; all else is a level (``docs/semantics.md`` §1).
"""

import re
from functools import cache

from jingwei.core import Measure, Op
from jingwei.plans import sifting, subjects, technical
from jingwei.plans.changes import (
    GROWTH_NOUN,
    YEARLY,
    changed,
    gap_name,
    is_gap,
    more_or_fewer,
    turned,
)
from jingwei.plans.deeds import is_total
from jingwei.plans.goals_told import adjusts, is_goal_of, is_held_against, is_rate_of_a_goal
from jingwei.plans.governing import own_verb
from jingwei.plans.lexicon import any_word, words
from jingwei.plans.measured import (
    GROWN_BY_TIMES,
    OF_THE_GOAL,
    POINTS,
    RATE_OF_THE_GOAL,
    STANDS_ON,
    TECHNICAL,
    Measured,
    arrive,
)
from jingwei.plans.naming import RATIOS, name_before
from jingwei.plans.numbers import Mention
from jingwei.plans.sentence import Memory, Number, Sentence

_WHOLE = re.compile(r"(全国|全球|全省|全市|本市|世界|国内|全县|全区|国际)$")


@cache
def _no_object() -> re.Pattern[str]:
    changes = any_word("change.arrive", "change.up", "change.down")
    return re.compile(
        rf"^(?:{changes}|{any_word('hedge.step')}|到|至|和|及|与|以及|以|其中|占|增|升|降|居|跃|,|为|并|的速度|的目标|的水平|"
        r"的基础)(?<!^以上的)(?<!^及以上)(?<!^提升工程)"
    )


_OF_EACH_ONE = re.compile(r"(?<=[到至达在为过破])每[^,;\d]{1,5}$")  # 「提高到每万人260台」
_EACH = r"(?:每[^,;\d]{1,5})?"  # 「从现在的每万人130台提高到300台」
_FROM_NOW = re.compile(
    rf"(?:要|力争)?(?:从|由)(?:目前|当前|现在|现有|上年|去年)?的?{_EACH}$|(?<=\x00)的$"
)
_FROM = re.compile(rf"(?:从|由)[^,;]{{0,4}}{_EACH}$")


def starts_path(sentence: Sentence, left: str, number: Number, following: Number | None) -> bool:
    """Whether a number (or a row of them with the words ``left``) is the A of 「从A提高到B」."""
    if following is None or following.clause != number.clause:
        return False
    if not _FROM.search(left.replace("\x00", "")):
        return False
    between = sentence.plain[number.mention.end : following.mention.start]
    return bool(arrive().search(between) or re.search(r"(?:跃升|增长|提高|到|至|为)", between))


def measure_number(
    sentence: Sentence, memory: Memory, number: Number, *, path_start: bool, path_end: bool
) -> Measured:
    """Subject, operator and kind of one number."""
    mention, left = number.mention, _PAST_STEP.sub("", number.left)
    share = sifting.unit_trait(mention) == "share" or mention.form == "fraction"
    level: Measure = "share" if share else "level"
    if number.technical and not (path_start or path_end):
        about = _of_technology(sentence, number)
        if about is not None:
            return Measured(about, mention.op, "level", TECHNICAL)
    if path_start or path_end:
        turning = turned(sentence, memory, number) if share else None
        if turning is not None:
            return turning
        left = _FROM_NOW.sub("", left)
        name = memory.subject if path_end else name_before(sentence, memory, left, number)
        if adjusts(sentence, number):
            name = re.sub(r"(?<=.{2})目标值?$", "", name)
        if sifting.unit_trait(mention) == "measure" and "/" not in mention.unit:
            name = subjects.counted(name)
        return Measured(name, mention.op, level, "从…到…")
    if mention.form == "multiple" or mention.unit.endswith("倍"):
        times = sentence.text[mention.number : mention.unit_end].endswith("倍")
        if times and _GREW_BY_TIMES.search(left):
            name = f"{_multiplied(sentence, memory, number)}增长幅度"
            more = number.right.startswith(("多", "余"))
            op = ">" if more else _op_of_times(mention)
            return Measured(name, op, "growth", GROWN_BY_TIMES)
        return Measured(_multiplied(sentence, memory, number), "x", "multiple", "倍数")
    if is_gap(left) if mention.unit in POINTS else _BESIDE_OTHERS.search(left):
        return Measured(gap_name(left, memory), mention.op, "level", "比较之差")
    if sifting.is_run(mention, left, number.right):
        return Measured(_run_name(sentence, memory, number), mention.op, level, "连续")
    other = _of_another(sentence, memory, number)
    if other:
        return Measured(other, mention.op, level, "他地之数")
    if share and memory.subject and is_rate_of_a_goal(sentence, number):
        return Measured(f"{memory.subject}目标完成比例", mention.op, "share", RATE_OF_THE_GOAL)
    ratio = _ratio_to(memory, number) if share else ""
    if ratio:
        return Measured(ratio, mention.op, "share", "与他地之比")
    if memory.measured[0] and is_goal_of(sentence, number):
        name, kind = memory.measured
        op = "=" if is_held_against(number) else mention.op
        return Measured(name, op, kind, OF_THE_GOAL)
    made = technical.makes_a_year(left, number.right)
    if made:
        return Measured(memory.remember(f"{made}产能"), mention.op, level, "年产能力")
    change = more_or_fewer(memory, number) or changed(sentence, memory, number, share=share)
    if change is not None:
        return change
    step = _STEP.match(number.right)
    if step:  # 「地区生产总值五年跨过3个万亿级关口、突破10万亿元」
        name = name_before(sentence, memory, _STEPS_ON.sub("", left), number)
        return Measured(f"{memory.remember(name)}跨过{step[0]}数量", "=", level, "量词在前")
    if _counts_what_follows(number, share=share):
        per = _PER_EACH.search(left)
        each = "每年" if re.search(r"每年[^,]{0,6}$", left) else per[0] if per else ""
        name = each + subjects.counted(_indicator(sentence, number))
        if memory.governor:
            return Measured(name, memory.governor, "increase", "新增与压减")
        return Measured(name, mention.op, "level", "量词在前")
    if sifting.amount_of(mention, left, number.right):
        each = "每年" if re.search(r"每年[^,]{0,6}$", left) else ""
        name = memory.remember(each + subjects.after_number(number.right))
        return Measured(name, mention.op, "flow", "金额在前")
    held = _HELD.match(number.right)
    said = subjects.before_number(left).name
    if held and not (share or memory.governor or held[1] in words("measure.generic")):
        # 「保持不少于500平方公里的工业用地」, 「建成950亿元的产业」: the clause names it behind the number
        size = "规模" if sifting.unit_trait(mention) == "money" else "面积"
        nothing = not said or own_verb().fullmatch(said)
        if nothing and sifting.unit_trait(mention) in ("money", "area"):
            thing = held[1] if subjects.is_measure(held[1]) else held[1] + size
            return Measured(memory.remember(thing), mention.op, level, "数在前")
    if memory.subject and _SHORT_OF.match(left) and number.right.startswith("的"):
        kind = memory.measured[1]  # 「距2025年10%的目标还有2.8个百分点」
        return Measured(memory.subject, mention.op, "share" if share else kind, OF_THE_GOAL)
    if memory.subject and mention.unit in POINTS and _STILL.search(left):
        return Measured(f"{memory.subject}与目标差距", mention.op, "level", "比较之差")
    deed = technical.opened(number.right) if sifting.unit_trait(mention) == "length" else ""
    if deed:  # 「沿河廊道1194公里全线贯通」
        name = memory.remember(name_before(sentence, memory, left, number))
        return Measured(f"{name}{deed}长度", mention.op, level, "数在前")
    named_behind = _names_what_follows(number)
    if named_behind is not None:
        return named_behind._replace(subject=memory.remember(named_behind.subject))
    name = name_before(sentence, memory, _OF_EACH_ONE.sub("", left), number)
    if share and mention.unit not in POINTS:
        return _shared(memory, number, name)
    return _levelled(memory, number, name)


_STEP = re.compile(r"[十百千万]*亿元?级?(?:关口|台阶|大关)")
# 「跨过3个万亿级关口、突破…」, 「100万千瓦/200万千瓦时」: no name stands between the numbers
_PAST_STEP = re.compile(rf"^{_STEP.pattern}[、,]|^/$")
_STEPS_ON = re.compile(
    r"(?:[三四五]年|连续|先后|接连)*(?:跨过|跨越|跨上|跃上|迈上|登上|连跨|突破)$"
)
_SHORT_OF = re.compile(r"^[,\x00]*(?:距离?|离)\x00*$")
_STILL = re.compile(r"(?:目标|任务|要求)(?:还|仍|尚)(?:有|差|存在|相差)$")
_ABOUT = re.compile(
    r"^(?:的|等级|级)?(?P<thing>(?![和及与或、])[一-龥A-Za-z][一-龥A-Za-z0-9]{1,15}?)(?:产线|生产线)?"
    r"(?=$|[、,;:。.()的和及与等]|实现|进入|达到|规模量产|批量|投入|量产|研发|产业化|示范|建设|投产|打破|取得|先行|攻关|"
    r"技术|技术水平|为代表)"
)
_LINE = re.compile(r"^(?:的)?(?P<line>[一-龥]{0,6}?(?:生产线|产线))")
_ENTERS = re.compile(r"(?:进入|迈入|迈向|跨入|具备|覆盖|支持|采用)$")
_NO_THING = re.compile(
    r"(?:加快|大力|重点|积极|着力|推进|推动|突破|提升|提高|研制|发展|新建|实现|开展|支持|加强)+"
)


def _of_technology(sentence: Sentence, number: Number) -> str | None:
    """What a size, power or node is of: the thing behind it (7纳米刻蚀机), else what its own clause
    names in front; "" where the clause names nothing, None where other rules tell (a rank, a rate).

    A subject of an earlier clause is never taken: it is mostly one of another dimension.
    """
    mention, left, right = number.mention, number.left, number.right
    if mention.unit in ("位", "名", "位次") or sifting.unit_trait(mention) in (
        "share",
        "measure",
        "money",
    ):
        return None
    if mention.form in ("multiple", "count") or sifting.is_run(mention, left, right):
        return None
    behind = _LINE.match(right) or _ABOUT.match(right)
    if behind is not None and not arrive().search(left):
        return behind[1]
    name = subjects.before_number(_ENTERS.sub("", left.lstrip("、和及与以"))).name
    name = _ENTERS.sub("", _NO_THING.sub("", name) if _NO_THING.fullmatch(name) else name)
    if len(name) >= 2:
        return name
    return sentence.topic if not left.strip("\x00") and not right else ""


def _run_name(sentence: Sentence, memory: Memory, number: Number) -> str:
    """「甲投资连续3年实现两位数增长」 gives 甲投资连续实现两位数增长年数."""
    said = re.split(r"[,;:。.]", number.right, maxsplit=1)[0].replace("\x00", "")
    before = re.sub(r"(?:有望|预计|已经?|将)?连续$", "", number.left)
    owner = name_before(sentence, memory, before, number, bare=True)
    if memory.measured[1] == "growth":
        owner = re.sub(r"(?:年均)?增速$", "", owner)
    return f"{owner}连续{said}{number.mention.unit.removeprefix('个')}数"


_OF_OTHER = re.compile(r"(?:为|是|相当于|达到?)([一-龥]{2,8})的$")
_OF_NEXT = re.compile(r"^[、,和及]([一-龥]{2,8})的$")


def _ratio_to(memory: Memory, number: Number) -> str:
    """「仅为云岭的75%、溪口的60%」 is what was measured before, held against others; "" elsewhere."""
    owner, first = memory.subject, _OF_OTHER.search(number.left)
    listed = _OF_NEXT.match(number.left) if memory.measured[0].endswith("之比") else None
    found = first or listed
    if not owner or found is None or (first and subjects.before_number(first[1]).verb):
        return ""
    if first and re.search(r"[一-龥]", number.left[: first.start()].strip("但却还尚仅只约也均都")):
        return ""
    return f"{owner}与{found[1]}之比"


_PER_EACH = re.compile(r"每[百千万]?(?:名|人|户|家|亩|平方公里|公顷)[^,\d]{0,8}$")
_OTHER = re.compile(
    r"^[,\x00]*(?:但|却|还|也|均|都|仍|略|远|明显|大幅)*(?:高于|低于|多于|少于|超过|不及|落后于)"
    r"([一-龥]{2,6}?[省市县区州])\x00*的?$"
)


def _of_another(sentence: Sentence, memory: Memory, number: Number) -> str:
    """「高于云溪市的7350亿元」 is what was measured before, of that place; "" elsewhere."""
    other = _OTHER.match(number.left)
    if other is None or not memory.subject or number.mention.unit in POINTS:
        return ""
    if not number.left.endswith("的") and not number.right.startswith("的水平"):
        return ""
    sentence.place = other[1]
    return memory.measured[0] or memory.subject


# 「劳动生产率比全省平均水平低4.1万元」
_BESIDE_OTHERS = re.compile(
    r"[一-龥][比较](?:全[国省市区球]|先进|周边|发达)[^,;\d]{0,8}(?:高|低|多|少)(?:出|了|约)*$"
)
_OUT_OF = re.compile(r"(?:指标|目标|任务)中,?")


_CLASS_ALONE = re.compile(r"[百千万亿一两二三四五六七八九十\d]+元?级(?:以上)?")
_OF_CLASS = re.compile(r"[百千万亿]+元?级(?:以上)?(?:的)?([一-龥]{2,12}?)(?=$|[、,;:。和及与])")


_SIZE_ALONE = re.compile(
    r"(?:年)?(?:总?产值|营收|(?:主营业务|营业|销售|年)?收入|规模|(?:总|计划)?投资|市值|税收)[^的]*元$"
)
_OF_SIZE = re.compile(r"元(?:以上)?的([一-龥]{2,14}?)(?=$|[、,;:。和及与])")


def _indicator(sentence: Sentence, number: Number) -> str:
    """The counted thing behind a number; 「…项指标中,2项基本符合预期」 counts indicators."""
    thing = subjects.after_number(number.right)
    if _CLASS_ALONE.fullmatch(thing):
        # 「3个五千亿级、10个千亿级集群」: the thing stands behind the last class
        named = _OF_CLASS.search(sentence.plain, number.mention.end)
        thing += named[1] if named else ""
    if _SIZE_ALONE.match(thing):
        # 「2个产值超万亿元、4个产值超3000亿元的集群」
        named = _OF_SIZE.search(sentence.plain, number.mention.end)
        thing += f"的{named[1]}" if named else ""
    counted = _OUT_OF.search(sentence.plain[: number.mention.start])
    if counted and number.mention.unit == "项" and not re.search("指标|目标|任务", thing):
        return f"{thing}的{counted[0][:2]}"
    return thing


def _multiplied(sentence: Sentence, memory: Memory, number: Number) -> str:
    text = re.sub(r"在[^,]{0,20}?基础上", "", number.left)
    text = re.sub(r"(?<=.)(?:(?<!同)比|相?较于?|是|为|相当于|在)\x00*[^,]*$", "", text)
    text = re.sub(r"(?:同比|环比|实现|增长|增加|提高|扩大|接近|力争)+$", "", text.strip("\x00"))
    name = name_before(sentence, memory, text, number)
    told, kind = memory.measured
    # 「高新技术企业865家,是2020年的2.1倍」 is about their number
    return told if kind == "level" and told == f"{name}数量" else name


def _op_of_times(mention: Mention) -> Op:
    """What the words around 两倍 say; digits (2倍以上) have their operator already."""
    if mention.op != "x":
        return mention.op
    if re.search("以上|不低于|不少于|超|突破|多|余", mention.hedge):
        return ">="
    return "~" if re.search("左右|约|近", mention.hedge) else "="


_GREW_BY_TIMES = re.compile(r"(?:增长|增加|提高|提升|扩大)(?:了|约|近|超过?|均|分别|接近)*$")
# 「外受电通道12条26回路」, 「煤电机组16台980万千瓦以上」
_COUNTED_TWICE = re.compile(r"\d[\d.]*(?:[一-龥]{1,3}|万千瓦时)(?:以上|左右)?(?=$|[,;。、])")
_THING = re.compile(r"^(?:的)?[一-龥“A-Za-z0-9(]")


# 「新增企业250家以上(责任单位:市工业和信息化局)」: who does it is not what is counted
_OWNER_BEHIND = re.compile(
    r"(?:以上|左右|以内)?[(\[【〔](?:(?:责任|牵头|配合|主管|主办|承办|实施|承担|链长|参与)(?:单位|部门)|[^()]*(?:牵头|负责|配合|组织实施)"
    r"|[^()]{2,24}(?:局|委|厅|办|政府|委员会|办公室)(?:$|[)、,;:]))"
)
_THEIR_SIZE = re.compile(r"^(?:总?产值|营业收入|营收|利润|税收)(?:总额)?(?:达到?|为|实现)")
_ON_TIME = re.compile(r"^(?:达到|完成|实现)[^,;]{0,8}(?:预期|目标|进度|序时)")


def _counts_what_follows(number: Number, *, share: bool) -> bool:
    mention, right = number.mention, number.right
    scaled = mention.form in ("scale", "digits") and mention.unit in ("万", "亿", "百万", "千万")
    counting = (
        sifting.unit_trait(mention) == "measure" or scaled or (not mention.unit and not share)
    )
    if not counting or not _THING.match(right) or _OWNER_BEHIND.match(right):
        return False
    if _COUNTED_TWICE.match(right):
        return False
    if mention.unit == "项" and _ON_TIME.match(right):
        return True
    if _THEIR_SIZE.match(right):
        return False  # 「规上工业企业1200家产值达到300亿元」
    return not _no_object().match(right) or right.startswith(
        ("以上的", "和企业", "及以上", "提升工程")
    )


_WORKS = re.compile(
    r"(?:左右|以上)?[一-龥“”]{2,20}?(?:工程|改造|建设|整治|治理|修复|维修|更新)(?=$|[,;。、])"
)
_PHYSICAL = ("mass", "area", "volume", "energy", "power", "length")
_FINISHES = re.compile(r"(?:提前|超额|如期|已经?|累计)*完成(?:了)?$")
_TASK = re.compile(r"^(?P<deed>[一-龥]{2,10}?)(?:目标|任务)(?:任务)?(?=$|[,;。、])")


def _names_what_follows(number: Number) -> Measured | None:
    """An amount whose thing stands right behind it: 「6亿吨粗钢产能开展改造」, 「完成2亿吨去产能目标」."""
    mention, left, right = number.mention, number.left, number.right
    if sifting.unit_trait(mention) not in _PHYSICAL:
        return None
    task = _TASK.match(right)
    if task and _FINISHES.search(left):
        owner = subjects.before_number(_FINISHES.sub("", left)).name
        return Measured(f"{owner}{task['deed']}完成量", mention.op, "flow", "数在前")
    before = re.sub(r"(?:守住|坚守|严守|划定)$", "", STANDS_ON.sub("", left))
    if "改造" in right:
        before = re.sub(r"(?:完成|实施|推进)$", "", before)  # 「完成8亿吨水泥熟料清洁生产改造」
    if _WORKS.match(right):  # 「实施约50公里堤防专项维修工程」, 「以及约2000公里管网更新改造」
        before = re.sub(r"(?:^.*以及|(?:完成|实施|推进|开展|启动|加快|改建)+)$", "", before)
    if technical.is_way(mention, right):
        before = re.sub(r"(?:新?建成|新?建设|新建|开放|开通|贯通|完成)(?:了)?$", "", before)
    nothing = not before.strip("\x00,、和及有约近超")
    if nothing and _THING.match(right) and not _no_object().match(right):
        thing = subjects.after_number(right)
        return Measured(thing, mention.op, "level", "数在前") if len(thing) >= 3 else None
    return None


_HELD = re.compile(r"^的([一-龥“][^,;:。、.()的]{1,19})")
_SPEED = re.compile(r"^的?(年均|年度?(?=增)|平均)?(?:复合)?(?:增长|增速|速度|增幅)")
# 「80%以上钢铁产能完成超低排放改造」
_PART_DONE = re.compile(
    r"^(?:的)?([一-龥A-Za-z]{2,12}?)((?:完成|实现|达到|开展|采用|通过|纳入|具备|配备|安装|使用|执行)[一-龥A-Za-z]{2,14})"
)
# 「新建建筑100%执行绿色建筑标准」
_ALL_DO = re.compile(
    r"(?:全部|都)?((?:执行|达到|采用|使用|具备|配备|安装|纳入)[一-龥A-Za-z]{3,14})(?=$|[,;。、])"
)
_BEHIND = re.compile(r"^的[一-龥“A-Za-z]")


_AIM = re.compile(r"(?P<change>下降|降低|削减|减排|增长|提高)(?:率|幅度)?(?:控制)?目标(?:值)?$")
_WHOLES = "全国|全省|全区|全市|全球|世界|国内"
_ANOTHER_WHOLE = re.compile(rf"^[、,和及与](?:占)?({_WHOLES})的?$")
_OF_WHOLE = re.compile(rf"占(?:{_WHOLES})")


# 「年度土地供应量不低于居住用地供应总量的70%」
_NOT_BELOW = re.compile(
    r"(?P<bound>不得?低于|不得?少于|不得?高于|不得?超过)(?P<whole>[^,;。\d]{3,24}?)的$"
)
_BOUND_OP: dict[str, Op] = {"低于": ">=", "少于": ">=", "高于": "<=", "超过": "<="}


_SHARE_IN_WORDS = re.compile(
    rf"(?:(?P<owner>[^,;]*(?:产值|产量|规模|营收|收入|增加值|产能|销量|市场))(?:已经?|约)*(?:接近|达到?|超过?|相当于|约为)(?P<of>{_WHOLES})"
    r"|(?P<doer>[^,;]{2,20})(?:贡献|承担|创造|支撑)了?(?P<whole>[^,;]{2,20}))的(?:近|约)?$"
)


def _grows_as_well(memory: Memory, left: str, name: str) -> bool:
    """「集成电路年均增长20%,人工智能15%」: a list of growth rates goes on with names alone."""
    return (
        memory.measured[1] == "growth"
        and left.strip("\x00,、;和") == name
        and len(name) >= 2
        and not name.endswith(RATIOS)
        and not subjects.is_measure(name)
    )


def _shared(memory: Memory, number: Number, name: str) -> Measured:
    """A share or a rate in %, whose subject stands before or behind it."""
    mention, left, right = number.mention, number.left, number.right
    bound = _NOT_BELOW.search(left) if mention.op == "=" else None
    part = subjects.before_number(left[: bound.start()]).name if bound else ""
    if bound and len(part) >= 2 and not part.endswith(RATIOS):
        whole = subjects.strip_lead(bound["whole"].replace("\x00", ""))
        name = memory.remember(f"{part}占{whole}比例")
        return Measured(name, _BOUND_OP[bound["bound"][-2:]], "share", "占比")
    if _grows_as_well(memory, left, name):
        yearly = "年均" in memory.measured[0]
        name = memory.remember(subjects.growth_name(name, "增长", yearly))
        return Measured(name, mention.op, "growth", "增速")
    spoken = _SHARE_IN_WORDS.match(left)
    if spoken:  # 「生物医药产值已经接近全国的30%」
        owner = subjects.strip_lead(spoken["owner"] or spoken["doer"])
        name = memory.remember(f"{owner}占{spoken['of'] or spoken['whole']}比重")
        return Measured(name, mention.op, "share", "占比")
    other, held = _ANOTHER_WHOLE.match(left), _OF_WHOLE.search(memory.subject)
    if other and held:  # 「占全省54%、全国16%」
        name = memory.remember(_OF_WHOLE.sub(f"占{other[1]}", memory.subject))
        return Measured(name, mention.op, "share", "占比")
    said = subjects.strip_lead(left.lstrip("、,"))
    short = len(said) <= 6 and not own_verb().search(said) and not subjects.is_measure(said)
    done = _PART_DONE.match(right) if short else None
    if done:  # 「80%以上钢铁产能完成改造」, 「中心城35%左右面积达到…能力」
        return Measured(f"{said}{done[2]}{done[1]}比例", mention.op, "share", "比例在前")
    all_do = _ALL_DO.match(right)
    if all_do and said and not own_verb().search(said.removeprefix("新建")):
        return Measured(f"{said}{all_do[1]}比例", mention.op, "share", "占比")
    speed = _SPEED.match(right)
    if speed:
        owner = re.sub(r"(?:以|按|年均|每年|五年间|保持)+$", "", name) or memory.subject
        yearly = bool(speed[1]) or "年均" in left
        return Measured(subjects.growth_name(owner, "增长", yearly), mention.op, "growth", "增速")
    behind = _BEHIND.match(right)
    if behind and not re.search(r"占|比重|目标|任务", left + right[:8]):
        thing = subjects.after_number(right[1:])
        if left.endswith("覆盖"):
            owner = subjects.before_number(left.removesuffix("覆盖")).name
            return Measured(f"{owner}{thing}覆盖率", mention.op, "share", "比例在前")
        whole = _WHOLE.search(subjects.strip_tail(left))
        named = f"{thing}占{whole[1]}比重" if whole else f"{thing}比例"
        return Measured(named, mention.op, "share", "比例在前")
    if re.search(r"(?:目标|任务|计划)$", name) and re.search(r"完成[^,;]*的$", left):
        owner = memory.subject if memory.subject != name else ""
        return Measured(f"{owner}完成{name}比例", mention.op, "share", "占比")
    aimed = _AIM.search(name)
    if aimed:  # 「能耗下降目标为14%」
        falling = aimed["change"] not in ("增长", "提高")
        named = subjects.growth_name(name[: aimed.start()], aimed["change"], "年均" in left)
        return Measured(named, mention.op, "reduction" if falling else "growth", "增速")
    if "占" in name and not re.search(r"比重|比例|份额|占比|率$|贡献", name):
        name = re.sub(r"(?:均|都|约|接近|仅|只|将)*占到?", "占", name) + "比重"
    if not memory.governor and re.search(rf"(?:降幅|涨幅|{GROWTH_NOUN})$", name):
        owner = re.sub(rf"(?:年均|同比|年?平均)?(?:复合)?{GROWTH_NOUN}", "", name) or memory.subject
        if owner and not re.search(r"降幅|涨幅", name):
            yearly = bool(YEARLY.search(name + left))
            name = subjects.growth_name(owner, "增速", yearly)
        return Measured(name, mention.op, "growth", "增速")
    declining = re.search(r"下降|降低", left) and not arrive().search(left)
    return Measured(name, mention.op, "reduction" if declining else "share", "占比")


_OWNED = re.compile(
    r"^的(?!(?:预期|规划|阶段性?|年度)?目标|任务|要求|水平|速度)([一-龥“][^,;:。.()]{1,24})"
)
_EXTENT = ("面积", "规模", "总投资", "投资额", "投资", "容量", "能力", "产能", "长度")
_EXTENT_ALONE = (*_EXTENT, "总规模", "总面积", "首期规模")
_SUMMED = re.compile(r"累计|五年|三年|期间完成|新签")


_BEGUN = re.compile(
    r"(?<=.{2})(?:项目)?(?:已|正式|顺利|全面|从|由|加快|开工|竣工|建成|投产|落地|落户|签约|启动|推进|达产).*$"
)


# what these count is not made: 「汽车产量40万辆，绿色工厂150家」
_BODIES = frozenset(("家", "户", "所", "座", "处", "个", "项"))


def _goes_on_with_output(memory: Memory, name: str, trait: str) -> bool:
    """「新能源汽车产量32万辆;集成电路58亿块」: a list of products goes on with their output."""
    before = memory.recent[-2] if len(memory.recent) > 1 else ""
    if not before.endswith("产量") or subjects.is_measure(name) or name.endswith("企业"):
        return False
    if trait in ("share", "people"):
        return False
    memory.recent[-1] = f"{name}产量"
    memory.subject = memory.recent[-1]
    return True


_EMITTED_LESS = re.compile("(?P<yearly>每?年)?减排(?!量|目标)[一-龥]")
_A_TIME = re.compile(r"/(?:年|月|日|天|小时|时)$")  # 新增污水处理能力2000万立方米/日
_OF_PEOPLE = re.compile(
    r"每(?:百|千|万|十万|百万)(?:名|人|户)"
)  # a ratio is no part of what is new


def _levelled(memory: Memory, number: Number, name: str) -> Measured:
    """A level, a count or an amount named in front of the number."""
    mention, left = number.mention, number.left
    trait = sifting.unit_trait(mention)
    counted = subjects.counted(name) if trait == "measure" else name
    if (
        "元" not in mention.unit
        and mention.unit not in _BODIES
        and _goes_on_with_output(memory, name, trait)
    ):
        counted = name + "产量"
    ratio = not mention.unit and sifting.unitless().search(name[-8:]) is not None
    of_each = _OF_PEOPLE.match(left.lstrip("\x00,、"))
    rated = "/" in mention.unit and not _A_TIME.search(mention.unit)
    if memory.governor == "-" and (emitted := _EMITTED_LESS.search(left)):
        yearly = emitted["yearly"] if not counted.startswith("每年") else ""
        counted = f"{yearly or ''}{counted}排放量"
    if memory.governor and not rated and not ratio and not of_each:
        return Measured(counted, memory.governor, "increase", "新增与压减")
    if name.endswith(("出口", "进口")) and trait == "money":
        counted += "额"
    elif left.startswith("其中") and trait == "money" and not subjects.is_measure(name):
        counted += subjects.measure_of(memory.recent[-2] if len(memory.recent) > 1 else "")
    owned = _OWNED.match(number.right)
    if owned and (own := subjects.before_number(left).name) in _EXTENT_ALONE:
        # 「组建总规模80亿元的母基金」 is about the fund, whatever stood before
        counted = _BEGUN.sub("", owned[1]) + own
    elif owned and len(name) <= 8 and name.endswith(_EXTENT):
        counted = _BEGUN.sub("", owned[1]) + name
    if trait == "money" and counted.endswith(("产业", "行业", "集群", "领域")):
        earlier = (subjects.measure_of(each) for each in reversed(memory.recent[:-1]))
        counted += next((noun for noun in earlier if noun and not noun.endswith(RATIOS)), "规模")
    if mention.sized and number.right.startswith("规模") and not subjects.is_measure(name):
        counted += "规模"
    summed = None if trait == "measure" and is_total(left) else _SUMMED.search(left)
    return Measured(counted, mention.op, "flow" if summed else "level", "达到")
