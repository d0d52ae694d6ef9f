"""Definition cards (口径卡): a series without a card is not compared.

A card says who is counted, what over what, at which prices, in which unit and window, who holds
it and under which law. Two cards of one name are two things until their definitions agree.
"""

from jingwei.statistics.cards.card import (
    DIRECTIONS,
    KINDS,
    PRICE_BASES,
    WINDOWS,
    Card,
    Direction,
    Kind,
    PriceBase,
    Survey,
    Window,
)
from jingwei.statistics.cards.comparing import (
    Comparison,
    Converted,
    Difference,
    compare,
    convert,
    explained,
)
from jingwei.statistics.cards.frames import Frame, FrameRule, frames, is_within
from jingwei.statistics.cards.reading import NAMES, Cards, cards_of, library, parse_cards

__all__ = [
    "DIRECTIONS",
    "KINDS",
    "NAMES",
    "PRICE_BASES",
    "WINDOWS",
    "Card",
    "Cards",
    "Comparison",
    "Converted",
    "Difference",
    "Direction",
    "Frame",
    "FrameRule",
    "Kind",
    "PriceBase",
    "Survey",
    "Window",
    "cards_of",
    "compare",
    "convert",
    "explained",
    "frames",
    "is_within",
    "library",
    "parse_cards",
]
