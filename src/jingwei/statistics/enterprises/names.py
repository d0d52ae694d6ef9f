"""Names of companies, as they are compared: 有限公司 for 有限责任公司, brackets, blanks, city words."""

import re
from functools import lru_cache

from jingwei.statistics.intake.words import folded

_FORMS = (
    ("股份有限责任公司", "股份"), ("股份有限公司", "股份"), ("有限责任公司", "有限"),
    ("有限公司", "有限"), ("股份公司", "股份"), ("集团公司", "集团"), ("总公司", "公司"), ("责任有限公司", "有限"),
)  # fmt: skip
_PUNCTUATION = re.compile(r"[\s()（）\[\]【】“”\"'·.,，、—\-]+")
_PLACE_BEHIND = re.compile(r"\([一-鿿]{2,6}\)\s*$")
_CITY_WORD = re.compile(r"^([一-鿿]{2,3})[省市](?=[一-鿿]{4})")
_REGION = re.compile(r"^[一-鿿]{2,4}?(?:省|市|自治区)")


@lru_cache(maxsize=65536)
def bare_company(name: str) -> str:
    """The name for exact comparison: legal form shortened, 市 and 省 of the place, a place in brackets
    at the end, and punctuation away."""
    plain = _PLACE_BEHIND.sub("", folded(name))
    plain = _PUNCTUATION.sub("", plain).lower()
    plain = _CITY_WORD.sub(r"\1", plain)
    for long, short in _FORMS:
        plain = plain.replace(long, short)
    return plain


@lru_cache(maxsize=65536)
def core_company(name: str, places: tuple[str, ...] = ()) -> str:
    """The part that distinguishes: without region words and legal form."""
    plain = _REGION.sub("", bare_company(name))
    for place in places:
        if plain.startswith(place) and len(plain) - len(place) >= 4:
            plain = plain.removeprefix(place)
    for ending in ("股份", "有限", "集团", "公司", "厂"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 2:
            plain = plain.removesuffix(ending)
    return plain
