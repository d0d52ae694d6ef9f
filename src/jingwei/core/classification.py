"""Classifications: the codes by which statistics are broken down, edition by edition.

GB/T 4754-2017 and its 2011 edition are two classifications; a code means something only together
with its edition.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """One code: text (leading zeros matter), name, the code above it ("" at the top)."""

    code: str
    name: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """One edition. ``id`` is how series name it: ``gbt4754-2017``, ``city-clusters-2021``."""

    id: str
    name: str
    source: str
    categories: Mapping[str, Category]
