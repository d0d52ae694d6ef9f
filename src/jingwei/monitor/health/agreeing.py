"""Numbers that were held against each other and agree: proof of work, not findings."""

from dataclasses import dataclass

from jingwei.core import Evidence


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two or more figures that confirm each other, with what was compared."""

    kind: str
    message: str
    message_en: str
    sides: tuple[Evidence, ...]
