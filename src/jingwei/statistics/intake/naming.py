"""Which indicator a cell holds: the words of its row, column and table against the cards.

The fullest name is tried first (section and label, group and column), then each alone, then the title.
Growth goes to the card of the growth, if there is one. What fits several cards stays undecided.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jingwei.core import unit
from jingwei.statistics.cards import Card
from jingwei.statistics.intake.figures import Measure
from jingwei.statistics.intake.matching import Declared, bare_name, measure_of
from jingwei.statistics.intake.times import When, read_when
from jingwei.statistics.intake.words import folded, words

GENERIC = {
    bare_name(word)
    for key in ("indicator", "value", "region", "industry", "unit", "year", "period", "month", "entity")
    for word in words()["columns"][key]
} | {bare_name(word) for word in words()["measure"]["plain"]} | {"", "规上", "比上"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person has said: name → card key, name → unit, the period and region of the file."""

    cards: Mapping[str, str] = field(default_factory=dict[str, str])
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    period: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What the texts of one column, or of one row, say."""

    names: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    whens: tuple[When, ...] = ()
    unit: str = ""
    region: str = ""
    region_known: bool = True
    whole: bool = False
    codes: tuple[tuple[str, str], ...] = ()
    entity: str = ""
    entity_name: str = ""
    measure: str = ""
    card: str = ""


class Naming:
    """Decides what cells are; remembers what was decided for the same words."""

    def __init__(self, declared: Declared, answers: Answers, lenient: bool) -> None:
        self.declared, self.answers, self.lenient = declared, answers, lenient
        self._resolved: dict[object, tuple[Card | None, Measure, str, str, tuple[Card, ...]]] = {}

    def indicator(
        self, column: Line, row: Line, title: Line, unit_word: str, year: int | None
    ) -> tuple[Card | None, Measure, str, str, tuple[Card, ...]]:
        """The card of a cell; measure; name as written; reason; what it may be if undecided."""
        key = (column.names, column.full, column.measure, row.names, row.full, row.measure,
               title.names, unit_word, year, row.card)  # fmt: skip
        if key not in self._resolved:
            self._resolved[key] = self._decide(column, row, title, unit_word, year)
        return self._resolved[key]

    def _decide(
        self, column: Line, row: Line, title: Line, unit_word: str, year: int | None
    ) -> tuple[Card | None, Measure, str, str, tuple[Card, ...]]:
        context = " ".join((*title.names, *column.full, *row.full))
        if row.card:
            named = self.declared.cards.get(row.card)
            if named is not None:
                return named, "level", named.name, f"口径卡 {row.card}", ()
        answered = self.answers.cards.get(_path(row, column, title))
        if answered and (card := self.declared.cards.get(answered)) is not None:
            return card, "level", card.name, "由人指定", ()
        growing = (column.measure or row.measure) == "growth"
        undecided: tuple[Card, ...] = ()
        full = _candidates(row.full, column.full)
        for name in full:  # a card of exactly these words, growth and share included
            if growing and measure_of(name) != "growth":
                continue
            match = self._match(name, unit_word, context, year)
            if len(match) == 1:
                return match[0], "level", name, f"名称「{name}」", ()
            undecided = undecided or match
        names = _candidates(row.names, column.names)
        if growing:
            for name in names:
                rates = self._match(f"{name}增速", "%", context, year)
                if len(rates) == 1:
                    return rates[0], "level", f"{name}增速", f"名称「{name}」的增速", ()
        measure: Measure = "growth" if growing else "level"
        for name in names:
            match = self._match(name, "" if growing else unit_word, context, year)
            if len(match) == 1:
                return *self._rate(match[0], growing), name, f"名称「{name}」", ()
            undecided = undecided or match
        framed = _framed(names, context)
        for name in framed:
            match = self._match(name, "" if growing else unit_word, context, year)
            if len(match) == 1:
                return *self._rate(match[0], growing), name, f"名称「{name}」和表中的总体", ()
        if not names or not self._names_one(names):
            for text in title.names:
                own = _title_name(text, self.declared)
                for name in (own, *_framed((own,), context)):
                    match = self._match(name, "" if growing else unit_word, context, year)
                    if len(match) == 1:
                        return *self._rate(match[0], growing), match[0].name, f"表名「{short(text)}」", ()  # fmt: skip
            for text in title.names:
                word, cards = self.declared.cards_in(text)
                if len(cards) > 1 and unit_word:
                    cards = tuple(c for c in cards if same_dimension(c.unit, unit_word)) or cards
                if len(cards) > 1:
                    cards = self._match(word, unit_word, context, year)
                if len(cards) == 1:
                    card, measure = self._rate(cards[0], growing)
                    return card, measure, cards[0].name, f"表名「{short(text)}」", ()
                if cards:
                    undecided = undecided or cards
        return None, measure, _path(row, column, title), "", undecided

    def _rate(self, card: Card, growing: bool) -> tuple[Card, Measure]:
        """The card of the growth of what ``card`` counts, if one is declared."""
        if not growing:
            return card, "level"
        rates = self.declared.names.get(bare_name(f"{card.name}增速"), [])
        return (rates[0], "level") if len(rates) == 1 else (card, "growth")

    def _names_one(self, names: Iterable[str]) -> bool:
        """Whether a row or column names a thing of its own, so that the title does not decide."""
        return (any(bare_name(name) not in GENERIC for name in names) and not self.lenient) or any(
            bare_name(name) not in GENERIC and len(bare_name(name)) > 1 for name in names
        )

    def _match(self, name: str, unit_word: str, context: str, year: int | None) -> tuple[Card, ...]:
        return self.declared.card(name, unit_word=unit_word, context=context, year=year).cards


def _path(row: Line, column: Line, title: Line) -> str:
    """The indicator in the words of the table, from the widest heading to the narrowest."""
    names = (*reversed(row.names), *reversed(column.names))
    return "/".join(dict.fromkeys(names)) or next(filter(None, title.names), "")


_TITLE_NUMBER = re.compile(r"^\s*(?:表\s*)?\d+(?:[-.]\d+)*\s*[、.．:：]?\s*")


def _title_name(text: str, declared: Declared) -> str:
    """What a title names, without number, brackets, time and region."""
    plain = re.sub(r"[(（][^()（）]*[)）]", "", _TITLE_NUMBER.sub("", folded(text)))
    plain = read_when(plain)[1]
    for region in declared.regions:
        plain = plain.replace(region.name, "")
    return re.sub(
        r"^各区|(?:统计表|情况|月报|快报|年报|表)$", "", plain.strip().removeprefix("各区")
    )


def _framed(names: Sequence[str], context: str) -> tuple[str, ...]:
    """产值 in a table of 规模以上工业 is 规上工业产值."""
    plain = folded(context)
    if any(word in plain for word in words()["frame"]["above"]):
        return tuple(f"规上工业{name}" for name in names if name)
    return tuple(f"工业{name}" for name in names if name) if "工业" in plain else ()


def _candidates(row: Sequence[str], column: Sequence[str]) -> tuple[str, ...]:
    """Names to try, the fullest first: section + label, column group + column, then each alone."""
    tried: list[str] = []
    for one in (row, column):
        if len(one) > 1:
            tried.append("".join(reversed(one)))
    if row and column:
        tried += [f"{row[0]}{column[0]}", f"{column[0]}{row[0]}", f"{column[-1]}{row[0]}", f"{row[-1]}{column[0]}"]  # fmt: skip
    tried += [*row, *column]
    return tuple(dict.fromkeys(tried))


def same_dimension(one: str, other: str) -> bool:
    """Whether values of two units compare; 家 and 个 both count (``docs/semantics.md`` §5.2)."""
    a, b = unit(one).dimension, unit(other).dimension
    return a == b or {a, b} == {"enterprise", "count"}


def short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
