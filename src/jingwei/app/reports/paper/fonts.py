"""Chinese fonts of this machine: found by looking, or the package that brings them is named.

A PDF with boxes for characters would be worse than none. So a family is used only if it is there,
and a character that none of the fonts has is written as its number, 〈U+E000〉.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingwei.core import InvalidRequest

if TYPE_CHECKING:
    import typst

ROLES = ("title", "body", "heading", "subheading", "number")


@dataclass(frozen=True, slots=True)
class Face:
    """An installed font that stands for a role; ``index`` is its place in a collection (TTC)."""

    family: str
    weight: int
    path: str
    index: int


@dataclass(frozen=True, slots=True)
class Faces:
    """A font for every role; ``library`` is what a typesetter is given: these and no others."""

    by_role: Mapping[str, Face]
    library: "typst.Fonts"

    def spelled(self, text: str) -> str:
        """``text`` with the characters that no font has written as their numbers."""
        known = _covered(tuple(sorted({(f.path, f.index) for f in self.by_role.values()})))
        return "".join(
            each if ord(each) in known or each.isspace() else f"〈U+{ord(each):04X}〉"
            for each in text
        )


class NoChineseFont(InvalidRequest):
    """No installed font can write Chinese."""

    def __init__(self) -> None:
        package = _table()["install"]
        super().__init__(
            f"没有找到中文字体，不能生成 PDF 和图；请安装：{package}",
            f"no Chinese font was found, so no PDF and no charts can be made; install one: {package}",
        )


def folders() -> list[Path]:
    """Where fonts are looked for."""
    known = (Path(each).expanduser() for each in _table()["folders"])
    return [each for each in known if each.is_dir()]


def faces() -> Faces:
    """A font for every role. Raises NoChineseFont."""
    return _found(tuple(folders()))


@cache
def _found(places: tuple[Path, ...]) -> Faces:
    import typst

    library = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(each) for each in places],
    )
    installed: dict[str, list[typst.FontInfo]] = {}
    for each in library.fonts():
        if each.path is not None and each.style == "normal":
            installed.setdefault(each.family, []).append(each)
    chosen: dict[str, Face] = {}
    for role in ROLES:
        for wanted in _table()["roles"][role]:
            variants = installed.get(wanted["family"])
            if variants:
                weight = wanted.get("weight", 400)
                best = min(variants, key=lambda f: (abs(f.weight - weight), f.path or ""))
                chosen[role] = Face(best.family, best.weight, best.path or "", best.index)
                break
        else:
            raise NoChineseFont
    return Faces(chosen, library)


@cache
def _covered(fonts: tuple[tuple[str, int], ...]) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    known: set[int] = set()
    for path, index in fonts:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            table: Any = font.getBestCmap()
            known.update(table or ())
    return frozenset(known)


@cache
def _table() -> dict[str, Any]:
    text = files("jingwei.app.reports.paper").joinpath("fonts.toml").read_text("utf-8")
    return tomllib.loads(text)
