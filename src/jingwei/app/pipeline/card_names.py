"""What a person means by the name of an indicator: one answer for every command.

A card is named by its ``id@version``, its id, its name in Chinese or English, or an alias, in any of
the spellings that an import takes (规上 is 规模以上, 数量 is 数). What is not known is answered with
the names near it.
"""

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from jingwei.core import InvalidRequest
from jingwei.plans.wording import canonical, folded
from jingwei.statistics.cards import Card
from jingwei.statistics.intake import bare_name

_LIKE = 0.5  # share of letters in common from which a name is called near
_NEAR = 5


def cards_among(cards: Sequence[Card], written: str) -> list[Card]:
    """The cards with this key, else id, else name or alias; the newest version first."""
    asked, bare = _spelt(written), bare_name(written)
    ways: tuple[Callable[[Card], tuple[str, ...]], ...] = (
        lambda card: (card.key,),
        lambda card: (card.id,),
        lambda card: tuple(map(_spelt, card.names)),
        lambda card: tuple(bare_name(name) for name in (*card.names, card.name_en)),
    )
    for names in ways:
        found = [each for each in cards if {written, asked, bare}.intersection(names(each))]
        if found:
            return sorted(found, key=lambda each: each.valid_from or 0, reverse=True)
    return []


def versions_among(cards: Sequence[Card], written: str, others: Iterable[str] = ()) -> list[Card]:
    """The versions of the one card that is meant, the newest first.

    ``others`` are further names that could have been meant. Raises InvalidRequest where none or
    several are meant, with the names near it.
    """
    found = cards_among(cards, written)
    ids = sorted({each.id for each in found})
    if len(ids) == 1:
        return found
    if ids:
        listed = "；".join(f"{id_}（{_first(found, id_).coverage}）" for id_ in ids)
        raise InvalidRequest(
            f"有{len(ids)}张口径卡叫这个名字，请写编号：{listed}",
            f"{len(ids)} cards have this name; write an id: {', '.join(ids)}",
            where=written,
        )
    likely = _near_cards(cards, written, others)
    meant = f"；相近的有：{'、'.join(zh for zh, _ in likely)}" if likely else ""
    meant_en = f"; near it: {', '.join(en for _, en in likely)}" if likely else ""
    raise InvalidRequest(
        f"没有这个指标{meant}；全部指标见 jingwei data cards",
        f"there is no such indicator{meant_en}; jingwei data cards lists all",
        where=written,
    )


def near(written: str, names: Iterable[str]) -> list[str]:
    """The names most like what was written: those that hold it, or share letters with it."""
    rated = {name: _likeness(written, name) for name in names if name}
    likely = [name for name, rate in rated.items() if rate >= _LIKE]
    return sorted(likely, key=lambda name: (-rated[name], name))[:_NEAR]


def _near_cards(
    cards: Sequence[Card], written: str, others: Iterable[str]
) -> list[tuple[str, str]]:
    """In Chinese and in English: the nearest name of each card with its id, and other names."""
    rated: dict[tuple[str, str], float] = {}
    for card in {each.id: each for each in cards}.values():
        names = [name for name in (*card.names, card.name_en, card.id) if name]
        best = max(names, key=lambda name: (_likeness(written, name), name == card.name))
        shown = best if best in card.names else card.name
        rated[f"{shown}（{card.id}）", f"{card.name_en} ({card.id})"] = _likeness(written, best)
    for name in others:
        rated.setdefault((name, name), _likeness(written, name))
    likely = [pair for pair, rate in rated.items() if rate >= _LIKE]
    return sorted(likely, key=lambda pair: (-rated[pair], pair))[:_NEAR]


def _likeness(written: str, name: str) -> float:
    asked, known = _spelt(written).lower(), _spelt(name).lower()
    return SequenceMatcher(None, asked, known).ratio() + (bool(asked) and asked in known)


def _spelt(name: str) -> str:
    """A name in one spelling: 规上 is 规模以上."""
    return canonical(folded(name))


def _first(cards: Sequence[Card], id_: str) -> Card:
    return next(each for each in cards if each.id == id_)
