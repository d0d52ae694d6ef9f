"""Names of a table against what is declared: cards, regions, categories of classifications.

A name is matched by its words and aliases after folding, with the unit and the frame words
around it deciding between cards of one name. What stays ambiguous is asked, never guessed.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from jingwei.core import Category, Classification, InvalidFile, Region, RegionLevel, unit
from jingwei.statistics.cards import Card, Cards
from jingwei.statistics.intake.words import folded, listed, words
from jingwei.store import Workspace
from jingwei.store.yaml_read import decoded

_PUNCTUATION = re.compile(r"[\s,.;:，。；：、“”\"'‘’「」《》<>\-_/*＊#·•()（）\[\]【】]+")
_NUMBERING = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]|[(（]\d{1,2}[)）]|\d{1,2}(?:[、.．)）](?!\d)|\s+)|"
    r"[⑴-⒇]|[#＃]|[·•●■◆\-—]+)\s*"
)
_DIVIDED = re.compile(r"^(?:分|按)(?:地区|行业大类|行业|产业|县区|区)(?:分)?(?=.{2})")
_WITHIN = re.compile(r"^\s*(?:其中|#|＃|按|分)[:：、\s]*")


@lru_cache(maxsize=65536)
def bare_name(text: str) -> str:
    """A name as it is compared: folded, no numbering, no punctuation, one spelling of each word."""
    plain = _WITHIN.sub("", _NUMBERING.sub("", folded(text).lower()))
    plain = _WITHIN.sub("", plain)
    for written, compared in words()["name"].items():
        plain = plain.replace(written, compared)
    plain = _PUNCTUATION.sub("", plain).replace("的", "")
    plain = _DIVIDED.sub("", plain)
    return plain if plain in ("数", "率") else plain.removesuffix("情况")


@dataclass(frozen=True, slots=True)
class CardMatch:
    """Cards that a name may mean: exactly one is a match, several are a question."""

    cards: tuple[Card, ...]
    reason: str
    reason_en: str


@dataclass(slots=True)
class Declared:
    """What a workspace declares, indexed by name."""

    cards: Cards
    regions: Sequence[Region] = ()
    classifications: Sequence[Classification] = ()
    top: str = ""
    names: dict[str, list[Card]] = field(default_factory=dict[str, list[Card]])
    places: dict[str, Region] = field(default_factory=dict[str, Region])
    categories: dict[str, list[tuple[str, Category]]] = field(
        default_factory=dict[str, list[tuple[str, Category]]]
    )

    by_code: dict[str, str] = field(default_factory=dict[str, str])
    category_names: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def __post_init__(self) -> None:
        self.by_code.update((region.code, region.name) for region in self.regions)
        self.category_names.update(
            ((classification.id, category.code), category.name)
            for classification in self.classifications
            for category in classification.categories.values()
        )
        for card in self.cards.cards:
            for name in (card.id, card.key, *card.names):
                own = self.names.setdefault(bare_name(name), [])
                if card not in own:
                    own.append(card)
        for region in self.regions:
            for name in (region.code, region.name, _short(region.name)):
                self.places.setdefault(folded(name), region)
        for classification in self.classifications:
            for category in classification.categories.values():
                self.categories.setdefault(bare_name(category.name), []).append(
                    (classification.id, category)
                )

    def region(self, text: str) -> Region | None:
        """The region of a name or code; whole words like 全市 and 合计 are the top region."""
        plain = _WITHIN.sub("", _NUMBERING.sub("", _WITHIN.sub("", folded(text)))).replace(" ", "")
        plain = plain or folded(text)
        found = self.places.get(plain) or self.places.get(_short(plain))
        if found is None and is_whole(plain):
            found = self.places.get(self.top)
        return found

    def region_name(self, code: str) -> str:
        """The name of a declared region, "" for anything else."""
        return self.by_code.get(code, "")

    def labels(self, codes: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """The names of declared categories; a code without one stays as it is."""
        return tuple(self.category_names.get(each, each[1]) for each in codes)

    def region_in(self, text: str) -> Region | None:
        """The one region that a title or sheet name mentions; the narrowest wins."""
        plain = folded(text)
        hits = [
            region for region in self.regions
            if region.name in plain or (len(_short(region.name)) > 1 and _short(region.name) in plain)
        ]  # fmt: skip
        narrow = [each for each in hits if not any(other.within == each.code for other in hits)]
        return narrow[0] if len(narrow) == 1 else None

    def codes(self, text: str) -> tuple[tuple[str, str], ...]:
        """The category of a classification that a name means, () where none or several do."""
        found = self.categories.get(bare_name(text), [])
        schemes = {scheme for scheme, _ in found}
        if not found or len(schemes) > 1:
            return ()
        # one name at several levels (汽车制造业 as division and group): the highest
        scheme, category = min(found, key=lambda each: len(each[1].code))
        return ((scheme, category.code),)

    def card(
        self, name: str, *, unit_word: str = "", context: str = "", year: int | None = None
    ) -> CardMatch:
        """Cards of a name, narrowed by unit, frame words and year."""
        found = self.names.get(bare_name(name), [])
        reason, reason_en = f"名称「{name.strip()}」", f"the name '{name.strip()}'"
        if year is not None and len(found) > 1:
            # versions of one id: the one of the year; a year before all versions has none
            found = [card for card in found if card.holds_in(year)] or found
        elif year is None:
            found = _newest(found)
        if len(found) > 1 and unit_word:
            fitting = [c for c in found if unit(c.unit).dimension == unit(unit_word).dimension]
            if fitting and len(fitting) < len(found):
                found, reason = fitting, f"{reason}和单位「{unit_word}」"
                reason_en += f" and the unit '{unit_word}'"
        if len(found) > 1:
            frame = _frame_words(context)
            fitting = [c for c in found if frame and _fits_frame(c, frame)]
            if fitting and len(fitting) < len(found):
                found, reason = fitting, f"{reason}和表中的总体"
                reason_en += " and the frame of the table"
        return CardMatch(tuple(found), reason, reason_en)

    def cards_in(self, text: str) -> tuple[str, tuple[Card, ...]]:
        """The longest card name that a title mentions, and its cards."""
        plain = bare_name(text)
        best = max(
            (name for name in self.names if len(name) > 2 and name in plain), key=len, default=""
        )
        return best, tuple(_newest(self.names.get(best, [])))


def _newest(cards: Sequence[Card]) -> list[Card]:
    newest: dict[str, Card] = {}
    for card in cards:
        if card.id not in newest or (card.valid_from or 0) >= (newest[card.id].valid_from or 0):
            newest[card.id] = card
    return list(newest.values())


@lru_cache(maxsize=65536)
def _short(name: str) -> str:
    """绫州市 → 绫州; two characters at least stay."""
    plain = folded(name).replace(" ", "")
    for ending in ("经济技术开发区", "高新技术产业开发区", "新区", "地区", "区", "县", "市", "省"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 2:
            return plain.removesuffix(ending)
    return plain


@lru_cache(maxsize=65536)
def is_whole(text: str) -> bool:
    """Whether a row label means the whole: 全市, 合计."""
    return folded(text).replace(" ", "").lower() in _wholes()


@cache
def _wholes() -> frozenset[str]:
    return frozenset(folded(each).replace(" ", "") for each in words()["total"]["whole"])


def _frame_words(context: str) -> str:
    plain = folded(context)
    if any(word in plain for word in words()["frame"]["above"]):
        return "above"
    if any(word in plain for word in words()["frame"]["all"]):
        return "all"
    return ""


def _fits_frame(card: Card, frame: str) -> bool:
    return card.frame.endswith("above-scale") == (frame == "above")


def growth_word(text: str) -> str:
    """The word of growth in a heading, "" if there is none."""
    plain = folded(text).lower()
    return next((word for word in listed("measure", "growth") if folded(word) in plain), "")


@lru_cache(maxsize=65536)
def measure_of(text: str) -> str:
    """Which statistic of an indicator a heading names: growth, share, rank … or "" for itself."""
    plain = folded(text).lower()
    for key in ("ratio_to_prior", "rank", "progress", "target", "difference", "growth", "share"):
        if any(folded(word) in plain for word in listed("measure", key)):
            return key
    return ""


@lru_cache(maxsize=65536)
def without_measure(text: str) -> str:
    """A heading without the words that only say which statistic it holds."""
    plain = folded(text)
    for key in ("growth", "plain", "difference"):
        for word in listed("measure", key):
            plain = plain.replace(folded(word), " ")
    return plain.strip()


REGIONS = "regions.csv"


def declared(workspace: Workspace | None, cards: Cards) -> Declared:
    """Cards, regions and classifications of a workspace. Raises InvalidFile."""
    if workspace is None:
        return Declared(cards)
    regions = read_regions(workspace)
    top = next((region.code for region in regions if not region.within), "")
    inside = {region.code for region in regions}
    cities = [each for each in regions if each.level == "city"]
    if cities:  # the nation and the province above may be listed for comparison
        top = cities[0].code
    assert not top or top in inside
    return Declared(cards, regions, read_classifications(workspace), top)


_LEVELS: tuple[RegionLevel, ...] = ("nation", "province", "city", "district", "street", "zone")


def read_regions(workspace: Workspace) -> tuple[Region, ...]:
    """``definitions/regions.csv``: code,name,level,within,overlaps (several with ``;``)."""
    path = workspace.path(f"definitions/{REGIONS}")
    if not path.is_file():
        return ()
    name = workspace.shown(path)
    regions: list[Region] = []
    for line, row in _rows(path.read_bytes(), name):
        level = row.get("level", "")
        if level not in _LEVELS or not row.get("code") or not row.get("name"):
            raise InvalidFile(
                f"每行要有 code、name 和 level（{'、'.join(_LEVELS)}），这里是「{level}」",
                f"a row needs code, name and level (one of {', '.join(_LEVELS)})",
                where=f"{name}:{line}",
            )
        overlaps = tuple(filter(None, row.get("overlaps", "").split(";")))
        regions.append(Region(row["code"], row["name"], level, row.get("within", ""), overlaps))
    codes = {region.code for region in regions}
    for region in regions:
        missing = ({region.within} | set(region.overlaps)) - codes - {""}
        if missing:
            raise InvalidFile(
                f"{region.name} 指向的地区不在表中：{'、'.join(sorted(missing))}",
                f"{region.code} names regions that are not listed: {', '.join(sorted(missing))}",
                where=name,
            )
    return tuple(regions)


def read_classifications(workspace: Workspace) -> tuple[Classification, ...]:
    """``definitions/classifications/*.csv``: code,name,above below comment lines ``# id: …``."""
    folder = workspace.path("definitions/classifications")
    found: list[Classification] = []
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        name = workspace.shown(path)
        content = path.read_bytes()
        header: dict[str, str] = {}
        for each in decoded(content, name).removeprefix("\ufeff").splitlines():
            key, colon, value = each.lstrip("# ").partition(":")
            if each.startswith("#") and colon:
                header[key.strip()] = value
        categories = {
            row["code"]: Category(row["code"], row.get("name", ""), row.get("above", ""))
            for _, row in _rows(content, name)
            if row.get("code")
        }
        found.append(
            Classification(
                header.get("id", path.stem).strip(), header.get("name", "").strip(),
                header.get("source", "").strip(), categories,
            )
        )  # fmt: skip
    return tuple(found)


def _rows(content: bytes, name: str) -> Iterable[tuple[int, Mapping[str, str]]]:
    """Rows of a CSV below its comment lines, each with its line from 1."""
    lines = decoded(content, name).removeprefix("\ufeff").splitlines()
    skipped = sum(1 for each in lines if each.startswith("#"))
    text = "\n".join(each for each in lines if not each.startswith("#"))
    for order, row in enumerate(csv.DictReader(io.StringIO(text))):
        yield (
            skipped + order + 2,
            {str(key).strip(): (value or "").strip() for key, value in row.items() if key},
        )
