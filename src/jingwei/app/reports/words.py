"""The words of reports (``words.toml``)."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _words() -> dict[str, Any]:
    text = files("jingwei.app.reports").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


def before_numbers() -> list[str]:
    """Hedges that stand before a number."""
    return _words()["hedge"]["before"]


def section(name: str) -> dict[str, dict[str, str]]:
    """A section of the words: key → its words by language."""
    return _words()[name]


def word(name: str, key: str) -> dict[str, str]:
    """The words for a key: ``zh``, ``en``, perhaps ``mark``; an unknown key names itself."""
    return section(name).get(key, {"zh": key, "en": ""})


def order(name: str, key: str) -> int:
    """The place of a key in its section; unknown ones come last."""
    known = list(section(name))
    return known.index(key) if key in known else len(known)


def method_words(paragraph: str) -> dict[str, str]:
    """What a paragraph (2.2) of the semantics says; the text of the one above if it has none."""
    texts = section("method")
    name = paragraph
    while name not in texts and "." in name:
        name = name.rpartition(".")[0]
    return texts.get(name, {"zh": "见 docs/semantics.md", "en": "see docs/semantics.md"})


def points(pull: float) -> str:
    """A pull in points with its sign; what rounds to nothing has none."""
    told = f"{pull:+.2f}"
    return told if told.strip("+-0.") else "0.00"
