"""What is printed on a page, before anything is made of it."""

from dataclasses import dataclass

from jingwei.documents.geometry import Fragment
from jingwei.documents.ruled_tables import Rule


@dataclass(frozen=True, slots=True)
class PageContent:
    """Size of the page, its text, its horizontal (``across``) and vertical (``down``) lines,
    and the share of it that pictures cover. ``exact`` places were measured, not recognised."""

    width: float
    height: float
    fragments: list[Fragment]
    across: list[Rule]
    down: list[Rule]
    pictures: float
    exact: bool = True

    @property
    def characters(self) -> int:
        return sum(len(fragment.text) for fragment in self.fragments)
