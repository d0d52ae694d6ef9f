"""Who acts, as a sentence says it: 「由市经信局牵头」, 「各区要…」, 「市商务局会同市财政局…」."""

import re
from dataclasses import dataclass
from functools import cache, partial

from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.owners import NO_BODY, Owner, bodies, parse


@dataclass(frozen=True, slots=True)
class Actor:
    """An owner named in a sentence, and where the words that name it stand.

    ``named`` says that words of leading or answering stand with it (牵头, 负责, 会同), not only 要.
    """

    owner: Owner
    start: int
    end: int
    named: bool


_FILL = "㐀"  # holds the place of a bracket inside a name


@cache
def _names() -> tuple[str, str]:
    """Bodies as a sentence names them, and the verbs that join others to them (会同)."""
    ending = any_of(word_lists("owners")["body"]["official"])
    letter = f"(?:(?!会同|牵头|负责|由|请)[一-龥{_FILL}])"
    name = (
        rf"(?!{_FILL})(?:各(?:牵头|责任|配合)(?:单位|部门)|(?:牵头|责任|配合)单位"
        rf"|各[一-龥]{{0,8}}?(?:单位|部门|企业|机构|银行|公司|院校|专班)|(?:{letter}{{1,14}}?(?:{ending})|领导小组|联席会议)(?:{letter}{{0,4}}(?:{ending}))?{_FILL}*"
        rf"|各[市县区镇乡]+{_FILL}*|各地|{letter}{{1,6}}[区县市]|链长)"
    )
    areas = "(?:[一-龥]{1,6}[省市县区州]、)*"  # 江澧省、赣安省人民政府
    return rf"{areas}{name}(?:[、和及]{name})*", any_of(word_lists("owners")["verb"]["join"])


@cache
def _partners() -> str:
    """Those who help: any body, 国网某市供电公司 as well."""
    # 国网某州供电公司 does not end at its area, 市科技局 not at 科
    inner = {"市", "省", "州", "盟", "处", "科", "站", "社", "供电", "电网", "税务", "国资", "人行"}
    ending = any_of(set(word_lists("owners")["body"]["ending"]) - inner)
    name = rf"[一-龥{_FILL}]{{1,16}}?(?:{ending})(?:督查室|办公室|办公厅)?{_FILL}*"
    return rf"{name}(?:[、和及]{name})*"


# what may follow an office that opens a clause and acts
_ACTS = (
    r"(?:要|应当?|须|可|切实)|(?=于?(?:19|20)\d\d年|\d{1,2}月|每(?:年|月|季|半年|两年)|[一二三四]季度|[上下]半年|全年|年[内底末]"
    r"|(?:分别|力争|确保|具体)?(?:于|将|按|对|会同|实行)|牵头|负责(?!人)|(?:同步|积极|认真|全力)?(?P<does>DOES))"
)


@cache
def _stated() -> re.Pattern[str]:
    names, joining = _names()
    partners = _partners()
    helping = any_of(word_lists("owners")["verb"]["support"])
    does = any_of(word_lists("contents")["order"]["verb"])
    leading = (
        "(?:共同)?(?:牵头|负责(?!人)|组织|主导|统筹|具体|共同|制定|会商|联合|主办|承办|实施|落实)"
    )
    return re.compile(
        rf"由(?P<by>{names}|{partners}(?=牵头|负责(?!人)))(?:(?:{joining})(?P<with>[一-龥{_FILL}、]{{2,40}}?))?"
        rf"(?:{leading}(?:,?(?:{joining})(?P<after>{partners}))?(?:[,、](?P<beside>{partners})(?:{helping}))?"
        rf"|(?=于?(?:19|20)\d\d年|\d{{1,2}}月|(?:{does})[一-龥]{{2}}))"
        rf"|(?:^(?:[一二三四五六七八九十]{{1,3}}、|\([一二三四五六七八九十]{{1,3}}\)|\d{{1,2}}[.、])?|[,;。])(?P<who>{names})(?:(?:按[一-龥]{{2,8}}?)?"
        rf"(?:(?:牵头,?)?(?:{joining})(?P<joined>{partners})"
        rf"|(?P<sure>{leading}(?:[,、](?P<aside>{partners})(?:{helping}))?|承担(?!的)|{joining}|统筹推进|统筹协调))"
        rf"|(?P<must>{_ACTS.replace('DOES', does)}))"
    )


_OFFICE = re.compile(
    r"[局委厅办部府会署县区市]|各地|各[镇乡]|单位|部门|公司|企业|机构|中心|专班|链长|小组|会议|牵头|负责"
)
_WITHIN = re.compile(r"\([^()]*\)|【[^【】]*】|〔[^〔〕]*〕")


def stated(text: str, start: int = 0, end: int | None = None) -> Actor | None:
    """The owner named in a sentence: 「由市经信局牵头」, 「区县政府承担主体责任」."""
    plain = text[start:end]
    if not _OFFICE.search(plain):
        return None
    words = _WITHIN.sub(lambda bracket: _FILL * len(bracket[0]), plain)
    match = next(filter(partial(_acts, words), _stated().finditer(words)), None)
    if match is None:
        return None
    named = "by" if match["by"] else "who"
    who = plain[match.start(named) : match.end(named)]
    partners = [
        plain[match.start(group) : match.end(group)]
        for group in ("with", "after", "joined", "beside", "aside")
        if match[group]
    ]
    support = bodies("、".join(partners)) if partners else None
    return Actor(
        Owner(bodies(who), support), start + match.start(named), start + match.end(),
        not match["must"] and not (match["by"] and match.end() == match.end("by")),
    )  # fmt: skip


def _acts(words: str, match: re.Match[str]) -> bool:
    """Whether the names of a match are offices that do something, and no words like them (总部, 以市场为主)."""
    who = match["by"] or match["who"]
    if order_in(who) is not None or who[0] in "如以在对从把将让使与向据" or who.endswith(NO_BODY):
        return False
    area = who.endswith(("区", "县", "市")) and not who.startswith("各")
    if "年" in who or (area and match["must"] == ""):
        return False
    if not match["does"]:
        return True
    # a district that does something is where it is done
    order = None if who.endswith(("区", "县", "市")) else order_in(words, match.end())
    return order is not None and not words.startswith("的", order.end)


_CHAIRED = re.compile(
    r"(?:链长)?由[^,;。]{2,24}担任(?:链长|总链长|组长)?[,;]|^链长[^,;。]{2,16}[,;]"
)


@cache
def _all_verbs() -> str:
    return any_of([word for words in word_lists("owners")["verb"].values() for word in words])


_SAID_AFTER = re.compile(r"(?<=[,;])([^,;]+)为((?:牵头|责任|配合|参与)(?:单位|部门))")


def only_named(sentence: str) -> Owner | None:
    """The owner that a sentence names and does nothing else: 「由副市长甲担任链长，市工信局牵头，市
    科技局配合。」"""
    chaired = "担任" in sentence or sentence.startswith("链长")
    if not (
        chaired
        or sentence[:1] in "由牵"
        or ("为" in sentence and ("单位" in sentence or "部门" in sentence))
    ):
        return None
    words = _CHAIRED.sub("", sentence).rstrip("。.;")
    words = _SAID_AFTER.sub(r"\2:\1", words)
    if words == sentence.rstrip("。.;") and not re.match("由|牵头", words):
        return None
    if order_in(words) is not None or re.search(r"\d", words):
        return None
    if not (":" in words or re.search(f"(?:{_all_verbs()})$", words)):
        return None
    return parse(words.removeprefix("由"))


@cache
def _joined_first() -> re.Pattern[str]:
    return re.compile(f"(?:{_names()[1]}){_partners()}")


def past_partners(text: str, start: int, end: int) -> int:
    """Past 「会同市财政局、市科技局」 that opens the words from ``start``."""
    match = _joined_first().match(text, start, end)
    return match.end() if match else start


_DOING = re.compile(r"(?:牵头|负责|组织|会同|共同|具体|统筹)+")


def past_actor(text: str, at: int, stop: int) -> int:
    """Past those who act, where a clause names them first: 「由市经信局牵头组建…」."""
    if order_in(text, at, stop) is not None:
        return at
    at = past_partners(text, at, stop)
    actor = stated(text, at, stop)
    if actor is None or actor.start > at + 1:
        return at
    doing = _DOING.match(text, actor.end, stop)
    return doing.end() if doing else actor.end
