"""Boxes, printed pieces and ruling lines of a page. Units are points, y grows upwards."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text printed in one go: characters ``start`` to ``end`` of the page, their box, the
    width of one Chinese character (``em``). ``words`` are its parts between blanks."""

    start: int
    end: int
    text: str
    box: Box
    em: float
    words: "tuple[Fragment, ...]" = ()

    @property
    def parts(self) -> "tuple[Fragment, ...]":
        return self.words or (self,)


def around(boxes: list[Box]) -> Box:
    """The smallest box around several."""
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def in_rows(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Fragments on one printed line together, from top to bottom, each from left to right."""
    rows: list[list[Fragment]] = []
    middle = size = 0.0
    for fragment in sorted(fragments, key=lambda f: -f.box.middle):
        near = 0.45 * min(size, fragment.em) if rows else 0.0
        if rows and middle - fragment.box.middle <= near:
            rows[-1].append(fragment)
            continue
        rows.append([fragment])
        middle, size = fragment.box.middle, fragment.em
    for row in rows:
        row.sort(key=lambda f: f.box.left)
    return rows
