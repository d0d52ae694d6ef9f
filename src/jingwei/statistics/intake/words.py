"""The word lists of intake (``words.toml``)."""

import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, Any]:
    """The content of ``words.toml``."""
    text = files("jingwei.statistics.intake").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def listed(section: str, key: str) -> tuple[str, ...]:
    """A list of words, longest first."""
    found: list[str] = words()[section][key]
    return tuple(sorted(found, key=len, reverse=True))


_DASHES = str.maketrans(dict.fromkeys("—–―－−‐‑‒~～〜至", "-"))
_MARKS = str.maketrans(dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳¹²³⁴⁵⁶⁷⁸⁹⁰†‡", ""))


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Words for comparison: full width to half, footnote marks away, all dashes as ``-``."""
    plain = unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_DASHES)
    while "--" in plain:
        plain = plain.replace("--", "-")
    return " ".join(plain.split())
