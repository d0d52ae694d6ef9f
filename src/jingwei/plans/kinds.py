"""What kind of thing a name names, told by its ending: 光刻设备 is equipment, 光刻胶 a material.

The rule tables stand in ``industries.toml``. The noun of a class (「等关键零部件」) speaks for its
members; where it does not, each member's own ending does.
"""

import re
from functools import cache

from jingwei.plans.endings import Endings
from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import word_lists
from jingwei.plans.records import NodeKind

PARTS: tuple[NodeKind, ...] = ("材料", "零部件")
"""Kinds of names whose endings tell them surely: what goes into a thing."""

_MADE = re.compile(r"(?:制造|生产|研制|制备)$")
_BRACKET = re.compile(r"\([^()]*\)")


@cache
def _kinds() -> tuple[Endings[NodeKind], Endings[NodeKind]]:
    tables: dict[str, dict[NodeKind, list[str]]] = word_lists("industries")["kind"]
    nouns: dict[str, NodeKind] = {w: kind for kind, words in tables["noun"].items() for w in words}
    names: dict[str, NodeKind] = {
        w: kind for kind, words in tables["ending"].items() for w in words
    }
    return Endings(nouns), Endings(names)


@cache
def kind_of_noun(noun: str) -> NodeKind | None:
    """The kind that the noun of a class gives its members."""
    return _kinds()[0].value(noun)


@cache
def kind_of_name(name: str) -> NodeKind | None:
    """The kind that the ending of a name tells; what stands in brackets and 制造 apart."""
    endings = _kinds()[1]
    return (
        endings.value(name)
        or endings.value(_BRACKET.sub("", name))
        or endings.value(_MADE.sub("", name))
    )


@cache
def _generic() -> re.Pattern[str]:
    lists = word_lists("industries")["generic"]
    return re.compile(
        f"(?:{any_of([*lists['modifier'], *lists['head'], '的', '和', '及', '与'])})*"
    )


@cache
def is_generic(name: str) -> bool:
    """Whether a name says nothing of its own: 关键零部件, 高端产品."""
    return _generic().fullmatch(name) is not None
