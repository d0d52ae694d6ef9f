"""The words of a passage about places: what is an industry, what a role, what a list of places."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from jingwei.plans.endings import Endings
from jingwei.plans.industries import Tree
from jingwei.plans.kinds import kind_of_name
from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.passages import Passage
from jingwei.plans.places import Places, kind_of_place

JOINT = re.compile(r"以及|[、和与及]")
BRACKET = re.compile(r"\([^()]*\)")
_ARTICLE = re.compile(r"(?:成为|了)?(?:一[个批座条]|若干)?")


@dataclass(slots=True)
class Draft:
    """A role being read; offsets into its block."""

    place: str
    start: int
    end: int
    rule: str
    industries: list[str] = field(default_factory=list[str])
    role: str = ""
    within: str = ""
    members: tuple[str, ...] = ()

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            if name and name not in self.industries:
                self.industries.append(name)


@cache
def calling() -> Endings[str]:
    """Endings of what a place may be called: 特色园区, 示范区."""
    return Endings.plain(word_lists("roles")["list"]["calling"])


@cache
def _role_words() -> tuple[re.Pattern[str], Endings[str], Endings[str]]:
    lists = word_lists("roles")
    return (
        re.compile(any_of(lists["develop"]["role"])),
        Endings.plain(lists["develop"]["called"]),
        Endings.plain(lists["develop"]["industry"]),
    )


@dataclass(slots=True)
class Ground:
    """A passage with what is known of its places and industries.

    ``topic`` is the industry that a paragraph of the map is about, ``within`` the belt that
    the places at hand belong to.
    """

    passage: Passage
    places: Places
    tree: Tree
    topic: str = ""
    within: str = ""

    @property
    def is_map(self) -> bool:
        return self.passage.part == "space"

    @property
    def text(self) -> str:
        return self.passage.text

    def draft(self, place: str, start: int, end: int, rule: str) -> Draft:
        return Draft(place, start, end, rule, within=self.within)

    def is_place(self, name: str) -> bool:
        return name in self.places.kinds or kind_of_place(name) is not None

    def all_places(self, who: str) -> bool:
        names = [name for name in JOINT.split(who) if name]
        return bool(names) and all(map(self.is_place, names))

    def members(self, text: str) -> tuple[str, ...]:
        """The places of a list, if at least half of them are known as such."""
        names = [name for name in JOINT.split(BRACKET.sub("", text)) if 2 <= len(name) <= 14]
        known = [name for name in names if self.places.prefix(name) or kind_of_place(name)]
        return tuple(names) if names and len(known) * 2 >= len(names) else ()

    def industry(self, name: str) -> str:
        """The name the tree of industries has for it: 生物医药 for 生物医药产业."""
        known = self.tree.known(name)
        return known if known in self.tree.paths and len(known) < len(name) else name

    def is_industry(self, name: str) -> bool:
        if self.tree.known(name) in self.tree.paths:
            return True
        if "的" in name or len(name) > 14:
            return False
        return kind_of_name(name) is not None or bool(_role_words()[2].match(name))

    def split(self, name: str) -> list[str]:
        """「甲产业和乙汽车」 are two; 「船舶和海洋工程装备」, where no half is known, stays one."""
        left, joint, right = name.partition("和")
        if not joint or len(left) < 3 or len(right) < 2:
            return [name]
        known = left in self.tree.paths or right in self.tree.paths
        return [left, right] if known or _role_words()[2].match(left) else [name]

    def role(self, text: str) -> str:
        """「打造…增量区」, 「成为…增长极」: what a place shall become."""
        roles, called, _ = _role_words()
        order = order_in(text)
        match = roles.search(text, 0, (order.end if order else 8) + 6)
        if match is None:
            return ""
        article = _ARTICLE.match(text, match.end())
        role = text[article.end() if article else match.end() :]
        if not 3 <= len(role) <= 40 or self.places.prefix(role):
            return ""
        return role if called.match(role.rstrip('”"')) else ""
