"""Who acts, as a sentence says it: 「由市经信局牵头」, 「各区要…」, 「市商务局会同市财政局…」."""

import re
from dataclasses import dataclass
from functools import cache

from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.owners import Owner, bodies, parse


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
    letter = f"(?:(?!会同|牵头|负责|由)[一-龥{_FILL}])"
    name = (
        rf"(?:各(?:牵头|责任|配合)(?:单位|部门)|{letter}{{0,14}}?(?:{ending})(?:{letter}{{0,4}}(?:{ending}))?{_FILL}*"
        rf"|各[市县区]+{_FILL}*|{letter}{{1,6}}[区县]|链长)"
    )
    return rf"{name}(?:[、和及]{name})*", any_of(word_lists("owners")["verb"]["join"])


@cache
def _partners() -> str:
    """Those who help: any body, 国网某市供电公司 as well."""
    # 国网某州供电公司 does not end at its area, 市科技局 not at 科
    inner = {"市", "省", "州", "盟", "处", "科", "站", "社", "供电", "电网", "税务", "国资", "人行"}
    ending = any_of(set(word_lists("owners")["body"]["ending"]) - inner)
    name = rf"[一-龥{_FILL}]{{1,16}}?(?:{ending})(?:督查室|办公室|办公厅)?{_FILL}*"
    return rf"{name}(?:[、和及]{name})*"


@cache
def _stated() -> re.Pattern[str]:
    names, joining = _names()
    partners = _partners()
    helping = any_of(word_lists("owners")["verb"]["support"])
    leading = "(?:共同)?(?:牵头|负责(?!人)|组织|主导|统筹|具体|共同|制定|会商)"
    return re.compile(
        rf"由(?P<by>{names})(?:(?:{joining})(?P<with>[一-龥{_FILL}、]{{2,40}}?))?"
        rf"(?:{leading}(?:,?(?:{joining})(?P<after>{partners}))?(?:[,、](?P<beside>{partners})(?:{helping}))?"
        rf"|(?=于?(?:19|20)\d\d年|\d{{1,2}}月))"
        rf"|(?:^|[,;。])(?P<who>{names})(?:按[一-龥]{{2,8}}?)?"
        rf"(?:(?:牵头,?)?(?:{joining})(?P<joined>{partners})"
        rf"|(?P<sure>{leading}(?:[,、](?P<aside>{partners})(?:{helping}))?|承担(?!的)|{joining}|统筹推进|统筹协调)"
        rf"|(?P<must>要|应当?|须|切实|(?=于?(?:19|20)\d\d年|\d{{1,2}}月|每(?:年|月|季|半年)|年[底末]前|对[^,;。]{2, 30}(?:开展|进行|组织))))"
    )


_ACTING = re.compile(
    r"由[^,;。]{2,40}(?:牵头|负责|组织|主导|统筹|具体|共同|制定|\d)|负责(?!人)|牵头|承担"
    r"|(?:[市县区委局办厅署府会)室]|部门|单位|链长)(?:要|应|须|\d|每|于|年|对)|会同|领导小组|联席会议|专班"
)
_WITHIN = re.compile(r"\([^()]*\)|【[^【】]*】|〔[^〔〕]*〕")


def stated(text: str, start: int = 0, end: int | None = None) -> Actor | None:
    """The owner named in a sentence: 「由市经信局牵头」, 「区县政府承担主体责任」."""
    plain = text[start:end]
    if not _ACTING.search(plain):
        return None
    words = _WITHIN.sub(lambda bracket: _FILL * len(bracket[0]), plain)
    match = _stated().search(words)
    if match is None:
        return None
    named = "by" if match["by"] else "who"
    who = plain[match.start(named) : match.end(named)]
    if order_in(who) is not None or who[0] in "如以在对从把将让使与向据":
        return None
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
    words = _CHAIRED.sub("", sentence).rstrip("。.;")
    words = _SAID_AFTER.sub(r"\2:\1", words)
    if words == sentence.rstrip("。.;") and not re.match("由|牵头", words):
        return None
    if order_in(words) is not None or re.search(r"\d", words):
        return None
    if not (":" in words or re.search(f"(?:{_all_verbs()})$", words)):
        return None
    return parse(words.removeprefix("由"))


def past_partners(text: str, start: int, end: int) -> int:
    """Past 「会同市财政局、市科技局」 that opens the words from ``start``."""
    match = re.compile(f"(?:{_names()[1]}){_partners()}").match(text, start, end)
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
