"""Styles of DOCX paragraphs and the numbers that Word counts itself.

``w:numPr`` names a list and a level of it; the list says how its numbers look (``%1、`` in
chineseCounting gives 一、). Bullets are not written out: they carry no order.
"""

import re
from dataclasses import dataclass, field

from jingwei.documents.package import Element, local

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄|table of figures)\s*\d*", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_DEEPEST = 20  # styles that are based on each other
_HAN_FORMATS = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographTraditional",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "japaneseLegal",
        "ideographDigital",
        "taiwaneseDigital",
    ]
)


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace, "" if it is absent."""
    for key, value in element.attrib.items():
        if local(key) == name:
            return str(value)
    return ""


def child(element: Element, name: str) -> Element | None:
    """The first child of a name, whatever its namespace."""
    for inner in element:
        if local(inner.tag) == name:
            return inner
    return None


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says that matters to a reader."""

    name: str = ""
    level: int = 0  # outline level from 1, 0 for body text
    number: Element | None = None  # numPr

    @property
    def is_contents(self) -> bool:
        return _CONTENTS.fullmatch(self.name) is not None

    def level_of(self, paragraph: Element) -> int:
        """The outline level, the paragraph's own word before that of its style."""
        properties = child(paragraph, "pPr")
        outline = None if properties is None else child(properties, "outlineLvl")
        return _outline(outline) if outline is not None else self.level


def _outline(element: Element) -> int:
    written = attribute(element, "val")
    return int(written) + 1 if written.isdigit() and int(written) < 9 else 0


@dataclass(frozen=True, slots=True)
class Styles:
    """Paragraph styles by their id."""

    by_id: dict[str, Style]
    default: Style

    @classmethod
    def read(cls, root: Element | None) -> "Styles":
        found: dict[str, Element] = {}
        default = ""
        for element in root if root is not None else ():
            if local(element.tag) == "style" and attribute(element, "type") == "paragraph":
                identity = attribute(element, "styleId")
                found[identity] = element
                if attribute(element, "default") in ("1", "true"):
                    default = identity
        by_id = {identity: _style(identity, found) for identity in found}
        return cls(by_id, by_id.get(default, Style()))

    def of(self, paragraph: Element) -> Style:
        properties = child(paragraph, "pPr")
        named = None if properties is None else child(properties, "pStyle")
        return self.default if named is None else self.by_id.get(attribute(named, "val"), Style())


def _style(identity: str, found: dict[str, Element]) -> Style:
    """A style with what it takes over from the styles that it is based on."""
    name, level, number = "", 0, None
    for _ in range(_DEEPEST):
        element = found.get(identity)
        if element is None:
            break
        own_name = child(element, "name")
        written = "" if own_name is None else attribute(own_name, "val")
        name = name or written
        heading = _HEADING.match(written)
        properties = child(element, "pPr")
        if properties is not None:
            outline = child(properties, "outlineLvl")
            level = level or (_outline(outline) if outline is not None else 0)
            number = number if number is not None else child(properties, "numPr")
        level = level or (int(heading[1]) if heading else 0)
        based = child(element, "basedOn")
        if based is None:
            break
        identity = attribute(based, "val")
    return Style(name, level, number)


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How numbers of one level look and where they begin."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    lists: dict[str, tuple[str, dict[int, ListLevel]]]
    counts: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    @classmethod
    def read(cls, root: Element | None) -> "Numbering":
        abstract: dict[str, dict[int, ListLevel]] = {}
        lists: dict[str, tuple[str, dict[int, ListLevel]]] = {}
        for element in root if root is not None else ():
            if local(element.tag) == "abstractNum":
                abstract[attribute(element, "abstractNumId")] = dict(_levels(element))
            elif local(element.tag) == "num":
                based = child(element, "abstractNumId")
                identity = "" if based is None else attribute(based, "val")
                levels = dict(abstract.get(identity, {}))
                own = _overridden(element, levels)
                number = attribute(element, "numId")
                lists[number] = (f"{number}!" if own else identity, levels)
        return cls(lists)

    def next(self, number: str, level: int) -> str:
        """Count one on in a list and write the number out; "" for bullets and unknown lists."""
        if number not in self.lists:
            return ""
        identity, levels = self.lists[number]
        if level not in levels:
            return ""
        counts = self.counts.setdefault(identity, [])
        while len(counts) <= level:
            upper = levels.get(len(counts))
            counts.append((upper.start if upper else 1) - 1)
        for upper in range(level):
            if counts[upper] < (levels[upper].start if upper in levels else 1):
                counts[upper] += 1
        counts[level] += 1
        del counts[level + 1 :]
        shape = levels[level]
        if shape.form in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda place: _written(counts, levels, int(place[1]) - 1), shape.text)


def _levels(element: Element) -> list[tuple[int, ListLevel]]:
    levels: list[tuple[int, ListLevel]] = []
    for level in element:
        if local(level.tag) != "lvl":
            continue
        values = {local(each.tag): attribute(each, "val") for each in level}
        start = values.get("start", "1")
        position = attribute(level, "ilvl")
        if position.isdigit():
            shape = ListLevel(
                values.get("numFmt", "decimal"),
                values.get("lvlText", ""),
                int(start) if start.isdigit() else 1,
            )
            levels.append((int(position), shape))
    return levels


def _overridden(element: Element, levels: dict[int, ListLevel]) -> bool:
    """Apply the overrides of one list; whether it counts on its own."""
    own = False
    for override in element:
        if local(override.tag) != "lvlOverride":
            continue
        own = True
        position = attribute(override, "ilvl")
        levels.update(_levels(override))
        start = child(override, "startOverride")
        written = "" if start is None else attribute(start, "val")
        if written.isdigit() and position.isdigit() and int(position) in levels:
            shape = levels[int(position)]
            levels[int(position)] = ListLevel(shape.form, shape.text, int(written))
    return own


def _written(counts: list[int], levels: dict[int, ListLevel], level: int) -> str:
    if level >= len(counts):
        return ""
    form = levels[level].form if level in levels else "decimal"
    count = counts[level]
    if form in _HAN_FORMATS:
        return han(count)
    if form == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        return chr(ord("a" if form == "lowerLetter" else "A") + count - 1)
    return str(count)


def han(count: int) -> str:
    """A number below 100 in Chinese numerals: 一, 十, 十二, 二十."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones else "")


def number_of(paragraph: Element, style: Style, numbering: Numbering) -> str:
    """The number that Word puts before a paragraph, "" if it has none."""
    properties = child(paragraph, "pPr")
    own = None if properties is None else child(properties, "numPr")
    source = own if own is not None else style.number
    if source is None:
        return ""
    number, level = child(source, "numId"), child(source, "ilvl")
    if number is None and style.number is not None:
        number = child(style.number, "numId")
    if number is None:
        return ""
    written = "" if level is None else attribute(level, "val")
    return numbering.next(attribute(number, "val"), int(written) if written.isdigit() else 0)
