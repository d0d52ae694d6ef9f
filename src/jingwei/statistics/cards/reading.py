"""Cards as files: ``definitions/cards/*.yaml`` of a workspace, and the library that we ship.

A file holds one indicator and its versions; what is said at the top holds for every version. A
card of the workspace takes the place of the library's card of the same id. Reading is strict and
names file and line.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar, Literal

from jingwei.core import InvalidFile, LegalOrigin, unit
from jingwei.statistics.cards.card import Card, Direction, Kind, PriceBase, Survey, Window
from jingwei.statistics.cards.frames import frames
from jingwei.store import Workspace
from jingwei.store.checked import STRICT, Location, checked
from jingwei.store.yaml_read import Mapping as MappingNode
from jingwei.store.yaml_read import decoded, line_at, plain_value, read_yaml

FOLDER = "cards"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """The keys that a version has, or all versions share."""

    __pydantic_config__: ClassVar[object] = STRICT
    name: str | None = None
    name_en: str | None = None
    aliases: tuple[str, ...] | None = None
    unit: str | None = None
    kind: Kind | None = None
    coverage: str | None = None
    frame: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    numerator_card: str | None = None
    denominator_card: str | None = None
    price_base: PriceBase | None = None
    price_year: int | None = None
    windows: tuple[Window, ...] | None = None
    frequency: Literal["monthly", "quarterly", "yearly"] | None = None
    direction: Direction | None = None
    adds_regions: bool | None = None
    adds_time: bool | None = None
    unified: bool | None = None
    low: float | None = None
    high: float | None = None
    growth_low: float | None = None
    growth_high: float | None = None
    holder: str | None = None
    source: str | None = None
    origin: LegalOrigin | None = None
    classification: str | None = None
    census: str | None = None
    survey: Survey | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version(_Shared):
    """One version; a key that is not written takes its value from the file's top."""

    version: str
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File(_Shared):
    """A card file: the id, its versions, and what all versions share."""

    format: Literal[1]
    id: str
    versions: tuple[_Version, ...]


NAMES: Mapping[str, str] = {
    "format": "格式", "id": "编号", "versions": "版本", "version": "版本号", "name": "名称",
    "name_en": "英文名称", "aliases": "别名", "unit": "计量单位", "kind": "指标类型",
    "coverage": "统计范围", "frame": "总体", "numerator": "分子（或指标内容）",
    "denominator": "分母", "numerator_card": "分子的口径卡", "denominator_card": "分母的口径卡",
    "price_base": "价格口径", "price_year": "不变价基年", "windows": "时间口径",
    "frequency": "频率", "direction": "方向", "adds_regions": "各地区可加",
    "adds_time": "各月可加", "unified": "统一核算", "low": "下限", "high": "上限",
    "growth_low": "通常增速下限", "growth_high": "通常增速上限", "holder": "掌握数据的部门",
    "source": "出处", "origin": "法定来源", "classification": "分类版本", "census": "普查修订",
    "valid_from": "起始年", "valid_to": "终止年", "survey": "调查表审批", "form": "表号",
    "agency": "制定机关", "approval": "批准或备案文号", "valid_until": "有效期", "note": "说明",
}  # fmt: skip
"""Keys of a card file as its readers know them."""

_REQUIRED = tuple(
    each.name
    for each in fields(Card)
    if each.default is MISSING and each.name not in ("id", "version")
)


def name_of(location: Location) -> tuple[str, str]:
    """How messages call a place of a card file."""
    keys = [part for part in location if isinstance(part, str)]
    last = keys[-1] if keys else "id"
    return f"{NAMES.get(last, last)}（{last}）", last


def parse_cards(text: str, name: str) -> tuple[Card, ...]:
    """The versions that a card file holds, in its order. Raises InvalidFile with file and line."""
    tree = read_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), name)
    if not isinstance(tree, MappingNode):
        raise InvalidFile(
            "这不是口径卡：开头应是 format、id、name 等项",
            "this is no definition card: it begins with format, id, name and so on",
            where=f"{name}:1",
        )
    content = checked(
        _File,
        plain_value(tree),
        file=name,
        line_of=lambda location: line_at(tree, location),
        name_of=name_of,
    )
    return _cards(content, tree, name)


def _cards(content: _File, tree: MappingNode, name: str) -> tuple[Card, ...]:
    def refused(location: Location, zh: str, en: str) -> InvalidFile:
        zh_name, en_name = name_of(location)
        return InvalidFile(
            f"{zh_name}：{zh}", f"{en_name}: {en}", where=f"{name}:{line_at(tree, location)}"
        )

    if not _ID.fullmatch(content.id):
        raise refused(
            ("id",), f"「{content.id}」应由小写字母、数字和连字符组成",
            f"'{content.id}' must be lower-case letters, digits and hyphens",
        )  # fmt: skip
    if not content.versions:
        raise refused(("versions",), "至少要有一个版本", "at least one version is needed")
    cards: list[Card] = []
    for order, version in enumerate(content.versions):
        values: dict[str, Any] = {"id": content.id, "file": name}
        for each in fields(_Version):
            own = getattr(version, each.name)
            value = own if own is not None else getattr(content, each.name, None)
            if value is not None:
                values[each.name] = value
        for key in _REQUIRED:
            if values.get(key) in (None, "", ()):
                raise refused(
                    ("versions", order), f"缺少「{NAMES[key]}」（{key}）",
                    f"the key '{key}' is missing",
                )  # fmt: skip
        card = Card(**values)
        for key, zh, en in _faults(card):
            own_key = getattr(version, key) is not None
            raise refused(("versions", order, key) if own_key else (key,), zh, en)
        for earlier in cards:
            if earlier.version == card.version:
                raise refused(
                    ("versions", order, "version"), f"版本号「{card.version}」重复",
                    f"version '{card.version}' is used twice",
                )  # fmt: skip
            if _overlap(earlier, card):
                raise refused(
                    ("versions", order),
                    f"与版本 {earlier.version} 的年份重叠；同一年只能有一个版本有效",
                    f"its years overlap those of version {earlier.version}; "
                    "one version holds in a year",
                )
        cards.append(card)
    return tuple(cards)


def _overlap(one: Card, other: Card) -> bool:
    return max(one.valid_from or 0, other.valid_from or 0) <= min(
        one.valid_to or 9999, other.valid_to or 9999
    )


def _faults(card: Card) -> Iterable[tuple[str, str, str]]:
    """What single types cannot tell: keys that do not go together."""
    if not _VERSION.fullmatch(card.version):
        yield "version", f"「{card.version}」应由字母、数字和 . - 组成", "letters, digits, . and -"
    if card.frame not in frames():
        known = "、".join(frames())
        yield "frame", f"没有名为「{card.frame}」的总体，可写 {known}", f"write one of {known}"
    if card.kind in ("share", "ratio") and not card.denominator:
        yield (
            "kind",
            "比重和比率要写明分母（denominator）",
            "a share or ratio names its denominator",
        )
    if card.kind in ("share", "growth") and unit(card.unit).dimension != "share":
        yield "unit", f"比重和增速以 % 计，这里是「{card.unit}」", f"percent, not '{card.unit}'"
    if (card.price_base == "constant") != (card.price_year is not None):
        yield (
            "price_base",
            "不变价要写基年（price_year），其他价格不写",
            "constant prices name a year",
        )
    if card.kind in ("share", "ratio", "growth", "index") and (card.adds_regions or card.adds_time):
        yield (
            "adds_regions" if card.adds_regions else "adds_time",
            f"{card.kind} 不能相加（§1.2）",
            f"a {card.kind} does not add up (§1.2)",
        )
    if card.unified and card.adds_regions:
        yield "unified", "统一核算的指标不由各地区相加（§13.2）", "it is never rolled up (§13.2)"
    for low, high in (("low", "high"), ("growth_low", "growth_high"), ("valid_from", "valid_to")):
        below, above = getattr(card, low), getattr(card, high)
        if below is not None and above is not None and below > above:
            yield low, f"{below} 大于 {high} 的 {above}", f"{below} is more than {high} {above}"
    if card.survey is not None and not all(
        (card.survey.form, card.survey.agency, card.survey.approval, card.survey.valid_until)
    ):
        yield "survey", "表号、制定机关、文号、有效期缺一不可", "all four keys are needed"


@cache
def library() -> tuple[Card, ...]:
    """The generic cards that we ship, by id."""
    folder = files("jingwei.statistics.cards").joinpath("library")
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".yaml")), key=str)
    return tuple(card for each in found for card in parse_cards(each.read_text("utf-8"), each.name))


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards of a workspace, its own before those of the library."""

    cards: tuple[Card, ...]

    def of_id(self, id_: str) -> tuple[Card, ...]:
        """The versions of an id, oldest first."""
        versions = [card for card in self.cards if card.id == id_]
        return tuple(sorted(versions, key=lambda card: (card.valid_from or 0, card.version)))

    def get(self, key: str) -> Card | None:
        """The card of ``id@version``; of a bare id the version that holds last."""
        id_, at, version = key.partition("@")
        versions = self.of_id(id_)
        if not at:
            return versions[-1] if versions else None
        return next((card for card in versions if card.version == version), None)

    def in_year(self, id_: str, year: int) -> Card | None:
        """The version of an id that holds in a year."""
        return next((card for card in self.of_id(id_) if card.holds_in(year)), None)

    def named(self, name: str) -> tuple[Card, ...]:
        """Cards that bear a name or alias; more than one is an ambiguity that a person settles."""
        return tuple(card for card in self.cards if name in card.names)


def cards_of(workspace: Workspace | None) -> Cards:
    """The cards of a workspace (``definitions/cards/*.yaml``) and the library.

    Raises InvalidFile, also where two files hold one id.
    """
    own: list[Card] = []
    if workspace is not None:
        folder = workspace.path(f"definitions/{FOLDER}")
        own = read_folder(folder, workspace)
    ids = {card.id for card in own}
    return Cards((*own, *(card for card in library() if card.id not in ids)))


def read_folder(folder: Path, workspace: Workspace) -> list[Card]:
    """Every card file of a folder, by name."""
    cards: list[Card] = []
    homes: dict[str, str] = {}
    for path in _listed(folder):
        shown = workspace.shown(path)
        for card in parse_cards(decoded(path.read_bytes(), shown), shown):
            if homes.setdefault(card.id, shown) != shown:
                raise InvalidFile(
                    f"编号「{card.id}」已在 {homes[card.id]} 中；同一指标的版本写在一个文件里",
                    f"the id '{card.id}' stands in {homes[card.id]} already; "
                    "keep the versions of one indicator in one file",
                    where=shown,
                )
            cards.append(card)
    return cards


def _listed(folder: Path) -> Sequence[Path]:
    if not folder.is_dir():
        return ()
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))
