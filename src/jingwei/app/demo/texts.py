"""The texts of the demo: templates a person can read, filled from the model of the city.

A template is written in a small dialect of Markdown, one paragraph a line:

- ``# `` the title, ``## ``, ``### ``, ``#### `` headings; ``> `` a centred line
- ``::: title`` … ``:::`` a box (专栏)
- ``@table caption | widths`` then rows between ``|``; ``^`` hangs on the cell above; ``@note``

Facts are Jinja expressions (``{{ value("output", 2020) }}``), so that they agree with the model.
Goals are plain numbers, because somebody decided them, and so are the planted faults.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jingwei.app.demo.model import City, city


@dataclass(frozen=True, slots=True)
class Heading:
    """The title has level 0."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Centred:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``widths`` are relative; a cell that is None hangs on the cell above it."""

    caption: str
    widths: tuple[int, ...]
    rows: tuple[tuple[str | None, ...], ...]
    note: str


Piece = Heading | Centred | Paragraph | Box | Grid


@cache
def pieces(name: str) -> tuple[Piece, ...]:
    """One text of the demo, e.g. ``plan-13``, filled and taken apart."""
    return tuple(_parse(_fill(name).splitlines()))


def words(name: str) -> Iterator[str]:
    """Every heading, paragraph and cell of a text in reading order."""
    for piece in pieces(name):
        match piece:
            case Heading(text=text) | Centred(text=text) | Paragraph(text=text):
                yield text
            case Box():
                yield piece.title
                yield from piece.paragraphs
            case Grid():
                yield piece.caption
                yield from (cell for row in piece.rows for cell in row if cell is not None)
                if piece.note:
                    yield piece.note


def _fill(name: str) -> str:
    from jinja2 import Environment, StrictUndefined

    template = files("jingwei.app.demo").joinpath("texts", f"{name}.md").read_text("utf-8")
    plain_text = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    return plain_text.from_string(template).render(_vocabulary(city()))


def _vocabulary(model: City) -> dict[str, object]:
    """What a template may say; every answer is the number as the city prints it."""

    def printed(number: float, decimals: int, trim: bool = False) -> str:
        text = f"{number:.{decimals}f}"
        return text.rstrip("0").rstrip(".") if trim and "." in text else text

    def value(series: str, year: int, trim: bool = False) -> str:
        decimals: int = model.facts["series"][series]["decimals"]
        return printed(model.value(series, year), decimals, trim)

    def growth(series: str, first: int, last: int) -> str:
        ratio = model.value(series, last) / model.value(series, first)
        return printed(100 * (ratio ** (1 / (last - first)) - 1), 1)

    def share(part: str, whole: str, year: int) -> str:
        return printed(100 * model.value(part, year) / model.value(whole, year), 1)

    def sector(name: str, year: int) -> str:
        return printed(model.sector(name, year), 1)

    def sector_share(name: str, year: int) -> str:
        return printed(100 * model.sector(name, year) / model.value("output", year), 1)

    def change(series: str, first: int, last: int) -> str:
        decimals: int = model.facts["series"][series]["decimals"]
        return printed(model.value(series, last) - model.value(series, first), decimals)

    def flow(name: str, first: int, last: int, trim: bool = False) -> str:
        return printed(model.flow(name, first, last), 1, trim)

    def decline(name: str, first: int, last: int) -> str:
        return printed(model.decline(name, first, last), 1)

    def yearly(name: str, first: int, last: int) -> str:
        return listed([f"{rate}%" for rate in model.yearly_declines(name, first, last)])

    def zone(year: int) -> str:
        return printed(model.zone(year), 1)

    def districts(year: int) -> str:
        return listed([f"{model.district(name, year):.1f}亿元" for name in model.districts])

    def listed(items: list[str]) -> str:
        return "和".join(["、".join(items[:-1]), items[-1]])

    return {
        "value": value,
        "growth": growth,
        "share": share,
        "sector": sector,
        "sector_share": sector_share,
        "zone": zone,
        "change": change,
        "flow": flow,
        "decline": decline,
        "yearly": yearly,
        "districts": districts,
    }


def _parse(lines: list[str]) -> Iterator[Piece]:
    waiting = iter(lines)
    for line in waiting:
        if line.startswith("#"):
            marks, text = line.split(" ", 1)
            yield Heading(len(marks) - 1, text)
        elif line.startswith("> "):
            yield Centred(line[2:])
        elif line.startswith("::: "):
            inside = tuple(iter(lambda: next(waiting), ":::"))
            yield Box(line[4:], inside)
        elif line.startswith("@table "):
            yield _grid(line, waiting)
        elif line:
            yield Paragraph(line)


def _grid(first: str, waiting: Iterator[str]) -> Grid:
    caption, widths = first.removeprefix("@table ").split(" | ")
    rows: list[tuple[str | None, ...]] = []
    note = ""
    for line in waiting:
        if line.startswith("@note "):
            note = line.removeprefix("@note ")
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        rows.append(tuple(None if cell == "^" else cell for cell in cells))
    return Grid(caption, tuple(int(width) for width in widths.split()), tuple(rows), note)
