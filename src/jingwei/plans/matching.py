"""Which record of a new compilation is which entry of a plan file.

In four rounds, each over what the rounds before left: read the same at the same place; the
same id and reading; the same reading and quote; alike. Likeness is the share of common pairs
of characters (Dice 1945, Ecology 26) in quote and names, and the share of equal fields. All
choices are made in an order of their own, so the order of the input does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from jingwei.plans.entry import Entry, absent_values, meaning, seal_of
from jingwei.plans.records import Section

ALIKE = 0.55
"""Likeness from which two records are taken for one. This and the next two are ours: a
changed number or a reworded clause stays above them, another indicator in a sentence of the
same build stays below."""

SAME_NAME = 0.4
SAME_SENTENCE = 0.9

_CANDIDATES = 12
_GRAM = 4

Pair = tuple[Entry[Any], Any]


def matched(section: Section, old: Sequence[Entry[Any]], records: Sequence[Any]) -> list[Pair]:
    """Pairs of an entry and the record that is its new reading; each occurs once at most."""
    rounds: tuple[tuple[Callable[[Entry[Any]], Hashable], Callable[[Any], Hashable]], ...] = (
        (
            lambda entry: (_seal(entry), *_place(entry.record)),
            lambda record: (seal_of(record, {}), *_place(record)),
        ),
        (
            lambda entry: (entry.record.id, _seal(entry)),
            lambda record: (record.id, seal_of(record, {})),
        ),
        (
            lambda entry: (_seal(entry), entry.record.quote),
            lambda record: (seal_of(record, {}), record.quote),
        ),
    )
    pairs: list[Pair] = []
    rest_old = sorted(old, key=lambda entry: _order(entry.record))
    rest_new = sorted(records, key=_order)
    for key_old, key_new in rounds:
        waiting: dict[Hashable, list[Any]] = defaultdict(list)
        for record in reversed(rest_new):
            waiting[key_new(record)].append(record)
        left: list[Entry[Any]] = []
        for entry in rest_old:
            partners = waiting.get(key_old(entry))
            if partners:
                pairs.append((entry, partners.pop()))
            else:
                left.append(entry)
        found = {record.id for _, record in pairs}
        rest_old, rest_new = left, [record for record in rest_new if record.id not in found]
    return pairs + list(_alike(section, rest_old, rest_new))


def _seal(entry: Entry[Any]) -> str:
    """The fingerprint of what the compiler last read."""
    return seal_of(entry.record, entry.latest) if entry.proposed else entry.seal


def _place(record: Any) -> tuple[Hashable, ...]:
    return record.quote, record.evidence, record.section, record.rule


def _order(record: Any) -> tuple[int, int, str]:
    return record.evidence.start, record.evidence.end, record.id


def _alike(section: Section, old: Sequence[Entry[Any]], records: Sequence[Any]) -> Iterator[Pair]:
    """Pairs by falling likeness; ties go to the places that come first in the document."""
    grams: dict[str, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        for gram in _grams(section, record):
            grams[gram].append(index)
    scored: list[tuple[float, int, int]] = []
    for order, entry in enumerate(old):
        common = Counter(
            index for gram in sorted(_grams(section, entry.record)) for index in grams.get(gram, ())
        )
        nearest = sorted(common, key=lambda index: (-common[index], index))[:_CANDIDATES]
        scored += [(-_likeness(section, entry, records[index]), order, index) for index in nearest]
    used_old: set[int] = set()
    used_new: set[int] = set()
    for negative, order, index in sorted(scored):
        if -negative >= ALIKE and order not in used_old and index not in used_new:
            used_old.add(order)
            used_new.add(index)
            yield old[order], records[index]


def _grams(section: Section, record: Any) -> set[str]:
    """Runs of four characters of the quote, and the names whole: what candidates must share."""
    quote = record.quote
    runs = {quote[start : start + _GRAM] for start in range(max(1, len(quote) - _GRAM + 1))}
    return runs | {getattr(record, name) for name in section.names}


def _likeness(section: Section, entry: Entry[Any], record: Any) -> float:
    """From 0 to 1; against what the person wrote or what the compiler read, the better one."""
    quotes = dice(entry.record.quote, record.quote)
    new = meaning(record)
    return max(
        0.4 * quotes + 0.6 * _fields_alike(section, values, new)
        if _may_be_one(section, quotes, values, new)
        else 0.0
        for values in (meaning(entry.record), entry.latest)
    )


def _may_be_one(
    section: Section, quotes: float, values: dict[str, Any], new: dict[str, Any]
) -> bool:
    """A name alike and something steady; or the same sentence with the same number."""
    stay = [all(values[name] == new[name] for name in group) for group in section.steady]
    name = section.names[0]
    if dice(values[name], new[name]) >= SAME_NAME and (any(stay) or not stay):
        return True
    return quotes >= SAME_SENTENCE and stay[-1:] == [True]


def _fields_alike(section: Section, values: dict[str, Any], new: dict[str, Any]) -> float:
    names = [dice(values[name], new[name]) for name in section.names]
    absent = absent_values(section.record)
    others = [
        values[name] == new[name]
        for name in section.meaning
        if name not in section.names
        and not (name in absent and values[name] == new[name] == absent[name])
    ]
    named = sum(names) / len(names)
    return (2 * named + sum(others) / len(others)) / 3 if others else named


def dice(one: str, other: str) -> float:
    """Twice the common pairs of neighbouring characters over all pairs; 1 for equal words."""
    if one == other:
        return 1.0
    left, right = _pairs(one), _pairs(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


@lru_cache(maxsize=1 << 14)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))
