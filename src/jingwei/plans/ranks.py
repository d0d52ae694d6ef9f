"""Ranks with a number: 居全省第2位 is the second place, 进入全国前10名 at most the tenth.

A rank is a number of its own kind: smaller is better, and it means something only within its
population (全省, 全国, 全球). The rank of a thing is never held against its level
(``docs/semantics.md`` §2.9a, §5.7).
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from jingwei.core import Op
from jingwei.plans.lexicon import any_word

_DIGITS = {character: i for i, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBER = r"\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank in a text: where it stands, its population and the place, at most or exactly.

    ``start`` is where the words of the rank begin (居全省第2位), what stands before names the thing;
    ``number`` where its number does (第2位).
    """

    start: int
    number: int
    end: int
    population: str
    op: Op
    value: int


@cache
def _pattern() -> re.Pattern[str]:
    population = any_word("rank.population")
    among = any_word("rank.among")
    verb = any_word("rank.verb")
    return re.compile(
        rf"(?:(?:综合)?(?:排名|位次|名次))?(?:{verb}|在|到|至|并|的|,(?=排名))*"
        rf"(?P<population>(?:{population})(?:{among})?)(?:排名|位次|名次|中)?(?:{verb}|到|至|为)*"
        rf"(?:第(?P<place>{_NUMBER})|前(?P<first>{_NUMBER}))(?P<unit>位|名)?"
        rf"(?=$|[,;。、)]|以内|之[内列]|行列|水平|的(?:目标|位置|水平))"
    )


@lru_cache(4096)
def ranks_in(text: str) -> tuple[Rank, ...]:
    """The ranks of a text, in order."""
    if "第" not in text and "前" not in text:
        return ()
    return tuple(
        Rank(
            match.start(),
            max(match.start("place"), match.start("first")) - 1,
            match.end(),
            population_of(match["population"]),
            "=" if match["place"] else "<=",
            _value(match["place"] or match["first"]),
        )
        for match in _pattern().finditer(text)
    )


def rank_of(text: str) -> Rank | None:
    """The rank that a goal in words states (全省前三位), None for other words."""
    found = ranks_in(text)
    return found[0] if len(found) == 1 else None


def population_of(name: str) -> str:
    """The population that a name gives (全省 of 创新指数全省排名), with its synonyms made one; ""
    where it gives none."""
    found = re.search(rf"(?:{any_word('rank.population')})(?:{any_word('rank.among')})?", name)
    if found is None:
        return ""
    for word, others in _SYNONYMS.items():
        for other in others:
            if found[0].startswith(other):
                return word + found[0].removeprefix(other)
    return found[0]


_SYNONYMS = {"全球": ("世界", "全世界"), "全国": ("国内", "我国")}


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('rank.noun')})")


def is_rank(name: str) -> bool:
    """Whether the name of an indicator says that a rank is measured."""
    return bool(_named().search(name))


def without_rank(name: str) -> str:
    """The thing ranked: 创新指数全省排名 gives 创新指数."""
    population = rf"(?:在|居)?(?:{any_word('rank.population')})(?:{any_word('rank.among')})?"
    bare = re.sub(rf"\((?:{population})\)", "", name)
    return re.sub(rf"(?:{population})?(?:综合)?(?:{any_word('rank.noun')})", "", bare).strip("的在")


def _value(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
