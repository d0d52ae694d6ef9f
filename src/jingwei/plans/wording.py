"""How plans name things: from the words of a name to its terms.

A name such as 规模以上工业企业研发经费内部支出占营业收入比重 holds a numerator and a denominator; each
is a *term*: what is measured (工业企业), which statistic of it (研发经费内部支出), and its population
(规上). The word lists are data (``wording.toml``); what counts as the same is decided in
``indicator``, not here (``docs/semantics.md`` §5).
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_SIGNS = re.compile(r"[\s“”\"'‘’「」『』《》«»。]|(?<!\d)[.,;:]|[.,;:](?!\d)")
_NOTE = re.compile(r"\(([^()]*)\)")
_GRADE = re.compile(r"(国家|世界|国际|省|市|区|县)级(?:以上)?")
_LIST = re.compile(r"以及|、|和(?!谐)|(?<!参)与|(?<![普涉触惠危])及(?![格时其])|或|/")


class HashedOnce:
    """A frozen dataclass that remembers its hash: names hold names and are the keys of caches, where
    hashing them anew cost as much as comparing them. The memory is no field, so that it is neither
    compared, copied nor pickled."""

    __slots__ = ("_hash",)

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            own = hash(tuple(getattr(self, each.name) for each in fields(self)))  # pyright: ignore[reportArgumentType]
            object.__setattr__(self, "_hash", own)
            return own


@dataclass(frozen=True, slots=True)
class Term(HashedOnce):
    """One side of an indicator.

    ``object`` is the thing without the words that make no difference (its listed parts sorted),
    ``tail`` the noun it may end in (企业, 产业), ``part`` a part of an industry (制造业),
    ``measure`` the statistic ("" where the name gives none), ``frame`` the population (规上),
    ``grade`` who recognises it (国家级), ``clauses`` the limiting clauses before it, ``chosen`` the
    words that pick some of the things (特色 of 园区, 重点 of 企业), ``whole`` the word for a whole area
    that opens it (全省 of 占全省比重), as ``whole_word`` gives it.
    """

    object: str
    tail: str
    part: str
    measure: str
    frame: str
    grade: tuple[str, ...]
    clauses: tuple[str, ...]
    nation: bool
    chosen: tuple[str, ...] = ()
    whole: str = ""

    __hash__ = HashedOnce.__hash__

    @property
    def population(self) -> str:
        """Every word that narrows the population: 规上, 特色, 重点 … "" for none."""
        return "、".join(each for each in (self.frame, *self.chosen) if each)


@dataclass(frozen=True, slots=True)
class Name(HashedOnce):
    """A name taken apart: numerator, denominator (None for a plain level) and what changes.

    ``change`` is growth, reduction, rise, gap or "". ``share`` marks 占…比重 also where the
    denominator is left out. ``notes`` are the words in brackets, ``price`` a stated price base,
    ``yearly`` a yearly average (年均), ``renamed`` the older official names met on the way.
    """

    numerator: Term
    denominator: Term | None
    share: bool
    change: str
    yearly: bool
    price: str
    notes: tuple[str, ...]
    renamed: tuple[str, ...]

    __hash__ = HashedOnce.__hash__


@cache
def tables() -> dict[str, Any]:
    """The word lists of ``wording.toml``."""
    return tomllib.loads(files("jingwei.plans").joinpath("wording.toml").read_text("utf-8"))


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """Words without layout and quotation marks, NFKC: two prints of one name become one string."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    canonical = {v: name for name, variants in tables()["synonyms"].items() for v in variants}
    longest = sorted(canonical, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest))), canonical


def canonical(text: str) -> str:
    """Every known variant replaced by the word the tables use for it, the longest first."""
    pattern, names = _synonyms()
    return pattern.sub(lambda match: names[match[0]], text)


@cache
def _measures() -> tuple[tuple[str, str], ...]:
    pairs = [(word, m["name"]) for m in tables()["measure"] for word in m["words"]]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def measure_table() -> dict[str, dict[str, Any]]:
    """The ``[[measure]]`` entries by name."""
    return {m["name"]: m for m in tables()["measure"]}


@cache
def _per() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry["pattern"]), entry["unit"]) for entry in tables()["per"])


def per(text: str) -> str:
    """The denominator of the unit that a canonical name gives: 亩 for 亩均税收, "" for none."""
    return next((unit for pattern, unit in _per() if pattern.search(text)), "")


def is_loose(measure: str) -> bool:
    """Whether a measure does not say which statistic it is (产业规模)."""
    return bool(measure_table().get(measure, {}).get("loose"))


@cache
def _pattern(*path: str) -> re.Pattern[str]:
    node: Any = tables()
    for key in path:
        node = node[key]
    if isinstance(node, str):
        return re.compile(node)
    words = sorted(node, key=lambda word: (-len(word), word))
    return re.compile("|".join(words if path[-1] == "clauses" else map(re.escape, words)))


def whole_word(word: str) -> str:
    """The one word for the areas of a level: 全市 for 我市 and 本市; the word itself where none is known."""
    return f"全{word[-1]}" if re.fullmatch(r"[我本][国省市州盟区县旗]", word) else word


def _trim(text: str, words: re.Pattern[str], *, start: bool) -> str:
    """Drop adornments from one end as long as a word of two characters or more is left."""
    while True:
        if start:
            match = words.match(text)
            rest = text[match.end() :] if match else text
        else:
            ends = [m for m in words.finditer(text) if m.end() == len(text)]
            rest = text[: ends[0].start()] if ends else text
        if rest == text or len(rest) < 2:
            return text
        text = rest


def _plain(text: str) -> str:
    """The words that make a difference, the parts of a list in one order."""
    bare = (re.sub(r"服务业$", "服务", each) for each in _LIST.split(text))
    parts = sorted({_pattern("trimmed", "weak").sub("", each) for each in bare})
    plain = "、".join(part for part in parts if part)
    return plain or text


@lru_cache(maxsize=16384)
def term(text: str, *, of_ratio: bool = False) -> Term:
    """Take one side of a name apart; ``text`` is folded and canonical, ``of_ratio`` says that it is
    one side of a share or ratio."""
    text = re.sub(r"国家(?=[和、及与](?:省|市)级)", "国家级", text)
    nation, whole = False, ""
    while match := _pattern("home", "words").match(text):
        whole = whole or whole_word(match[0])
        text = text[match.end() :]
    if match := _pattern("home", "nation").match(text):
        nation, text = True, text[match.end() :]
    frame = ""
    for name, words in tables()["frames"].items():
        for word in sorted(words, key=len, reverse=True):
            if word in text:
                frame, text = frame or name, text.replace(word, "", 1)
    clauses = tuple(match[0] for match in _pattern("trimmed", "clauses").finditer(text))
    text = _pattern("trimmed", "clauses").sub("", text)
    measure = ""
    for word, name in _measures():
        if text.endswith(word):
            measure, text = name, text[: -len(word)] + ("专利" if word == "专利数" else "")
            break
    if not measure and _counts(text):
        measure, text = "数量", text[:-1]
    text = re.sub(r"^国家(?!级)(?=.)", "国家级", text)
    grade = tuple(sorted({match[0] for match in _GRADE.finditer(text)}))
    text = re.sub(r"^[、和与及或/]+", "", _GRADE.sub("", text))
    text, begun = _begun(text, counted=measure in ("", "数量") and not of_ratio)
    text = _trim(text, _pattern("trimmed", "between"), start=False)
    if measure == "数量":
        text = _trim(text, _pattern("trimmed", "after"), start=False)
    text, picked = _picked(text.strip("的"))
    part = _ending(text, tables()["trimmed"]["parts"])
    text = text[: len(text) - len(part)]
    tail = _ending(text, tables()["trimmed"]["tails"])
    text = text[: len(text) - len(tail)]
    thing = _plain(text) if text else ""
    return Term(
        thing, tail, part.removesuffix("部分"), measure, frame, grade, clauses, nation,
        (*begun, *picked), whole,
    )  # fmt: skip


def _begun(text: str, *, counted: bool) -> tuple[str, tuple[str, ...]]:
    """A thing without the verbs before it; those that leave only the new ones (新建园区的单位土地产值)
    are kept, unless the things themselves are counted: 新建绿色工厂 are then so many more."""
    rest = _trim(text, _pattern("trimmed", "before"), start=True)
    verbs = text.removesuffix(rest)
    things = tuple(tables()["chosen"]["things"])
    if counted or not rest.endswith(things):
        return rest, ()
    return rest, tuple(word for word in tables()["chosen"]["begun"] if word in verbs)[:1]


@cache
def _chosen() -> re.Pattern[str]:
    table = tables()["chosen"]
    words, things = (
        "|".join(map(re.escape, sorted(table[key], key=lambda word: (-len(word), word))))
        for key in ("words", "things")
    )
    parts = "|".join(map(re.escape, tables()["trimmed"]["parts"]))
    return re.compile(rf"(?P<word>{words})性?(?=(?:{things})(?:产业)?(?:{parts})?$)")


def _picked(text: str) -> tuple[str, tuple[str, ...]]:
    """The thing, and the words before it that pick some of its kind (特色园区, 重点企业)."""
    found: list[str] = []
    while match := _chosen().match(text):
        found.append(match["word"])
        text = text[match.end() :]
    return text, tuple(sorted(found))


def _counts(text: str) -> bool:
    """Whether a name ends in the 数 of a count: 高新技术企业数, not 指数."""
    return len(text) > 2 and text[-1] == "数" and text[-2:] not in tables()["trimmed"]["not_count"]


def _ending(text: str, words: list[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        if text.endswith(word) and len(text) - len(word) >= 2:
            return word
    return ""


@cache
def _share_patterns() -> tuple[re.Pattern[str], ...]:
    end = r"(?:的?(?:比重|比例|份额|比率|之比|比值|比))"
    return (
        re.compile(rf"(?P<num>.+?)占(?![有地用])(?P<den>.*?){end}?"),
        re.compile(rf"(?P<num>.+?)(?:与|相当于)(?P<den>.+?){end}"),
        re.compile(rf"(?P<num>.+?)在(?P<den>.+?)中的?(?:占比|{end})"),
        re.compile(rf"(?P<num>.+?){end}"),
    )


@lru_cache(maxsize=16384)
def name(subject: str) -> Name:
    """Take the name of an indicator apart, e.g. 工业单位增加值能耗累计下降幅度."""
    raw = folded(subject)
    notes = tuple(canonical(note) for note in _NOTE.findall(raw))
    renamed = tuple(entry["old"] for entry in tables()["renamed"] if entry["old"] in raw)
    text = canonical(_NOTE.sub("", raw))
    price = ""
    for base, words in tables()["prices"].items():
        for word in words:
            if word in text or any(word in note for note in notes):
                price, text = base, text.replace(word, "")
    text, change, yearly = _changed(text)
    for entry in tables()["shorthand"]:
        if match := re.fullmatch(entry["pattern"], text):
            text = entry["full"].format(**match.groupdict())
            break
    for pattern in _share_patterns():
        if match := pattern.fullmatch(text):
            groups = match.groupdict()
            below = groups.get("den") or ""
            return Name(
                term(groups["num"], of_ratio=True),
                term(below, of_ratio=True) if below and below != "比" else None,
                True, change, yearly, price, notes, renamed,
            )  # fmt: skip
    for entry in tables()["ratio"]:
        if match := re.fullmatch(entry["pattern"], text):
            groups = match.groupdict()
            above, below, before = groups["num"], entry.get("den") or groups["den"], groups["pre"]
            below = "人口" if below == "人" else below  # 万人, 人均: of the population
            if entry["pre_is"] == "num":
                above = before + above
            else:
                below = before + below
            return Name(
                term(above, of_ratio=True), term(below, of_ratio=True),
                False, change, yearly, price, notes, renamed,
            )  # fmt: skip
    return Name(term(text), None, False, change, yearly, price, notes, renamed)


def _changed(text: str) -> tuple[str, str, bool]:
    """Cut 年均增速, 累计下降幅度 … from the end: the rest, the kind of change, whether yearly."""
    for kind in ("gap", "growth", "reduction", "rise", "flow"):
        pattern = tables()["changes"][kind]
        match = re.fullmatch(rf"(?P<rest>.+?)(?P<change>{pattern})", text)
        if match and len(match["rest"]) >= 2:
            yearly = re.search(tables()["changes"]["yearly"], match["change"]) is not None
            return match["rest"], "" if kind == "flow" else kind, yearly
    return text, "", False


def less_is_wanted(name: str) -> bool:
    """Whether a name holds a word of what is wanted to fall (能耗, PUE, 时限)."""
    return any(word in name for word in tables()["direction"]["lower"])
