"""Owners said once for all tasks of a section: in its heading (「二、以旧换新(市商务局牵头)」), in a line
between the heading and the tasks, or by a sentence (「本章任务由市经信局牵头」). The innermost section
that names one decides; a task with an owner of its own keeps it.
"""

import re

from jingwei.plans import actors, owners
from jingwei.plans.owners import Owner
from jingwei.plans.passages import Passage

_SAID_OF = re.compile(
    r"(?P<scope>本|以上|上述|前述|以下|下列|各项)(?:第[一二三四五六七八九十]+部分)?[一-龥]{0,6}?(?:任务|工作|措施|内容|事项|举措|项目|目标|项|条)"
    r"(?:,?除[^,;。]{2,16}外,?)?(?:[均都]|统一)?,?由?(?P<who>[^。;]{3,90}(?:牵头|负责|组织|落实|配合|参与|协同)[^。;]{0,12})"
)
_EXPLAINING = re.compile("解释|修订")
_CHAPTER = re.compile(r"(?:以上|上述|各项)?(?:本|第[一二三四五六七八九十]+)(?:章|部分|篇)")
_TEXT = re.compile(r"本(?:规划|方案|计划|意见|行动计划|实施方案|清单|通知)")


def speaks_for_section(sentence: str) -> bool:
    """Whether a sentence only shares out the tasks of its section: 「本章任务由市经信局统筹推进」."""
    return _SAID_OF.match(sentence) is not None


class SectionOwners:
    """Who is named for the tasks of whole sections; ``of`` answers for one section."""

    def __init__(self) -> None:
        self._by_section: dict[tuple[str, ...], Owner] = {}

    def enter(self, section: tuple[str, ...]) -> None:
        """Read the owners that the headings of a section name."""
        for depth, heading in enumerate(section, 1):
            mark = next(owners.marks(heading), None) if "(" in heading else None
            if mark is not None and mark.start > 0:
                self.tell(section[:depth], mark.owner)

    def hear(self, passage: Passage, *, first: bool) -> None:
        """Read the sentences that name an owner for more than themselves; ``first`` says that the
        paragraph opens its section."""
        section = passage.context.section
        for sentence in passage.sentences:
            if first and (owner := actors.only_named(sentence.text)) is not None:
                self.tell(section, owner)
            said = _SAID_OF.match(sentence.text)
            owner = owners.parse(said["who"]) if said else None
            if owner is None or _EXPLAINING.search(sentence.text):
                continue
            if _TEXT.match(sentence.text):
                self.tell((), owner)
            else:
                self.tell(section[:1] if _CHAPTER.match(sentence.text) else section, owner)

    def tell(self, section: tuple[str, ...], owner: Owner) -> None:
        """Name the owner of a section; a line of those who help follows that of those who lead."""
        self._by_section[section] = self._by_section.get(section, Owner(None, None)).joined(owner)

    def of(self, section: tuple[str, ...]) -> Owner | None:
        """The owner of the innermost section that names one."""
        prefixes = (section[:depth] for depth in range(len(section), -1, -1))
        return next(filter(None, map(self._by_section.get, prefixes)), None)
