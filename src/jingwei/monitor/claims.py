"""Claims of success: words that say "all targets met" and prove nothing.

A claim is shown beside a target that stays unknown, so that a reader sees who said it and that
no figure stands behind it (``docs/semantics.md`` §7). What it covers follows from its words: all
targets of a kind, or only the numbers of its own sentence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jingwei.core import Period, Span, Statement
from jingwei.documents.model import Block, Document
from jingwei.monitor.facts import words
from jingwei.plans.dates import five_year_plan
from jingwei.plans.subjects import is_measure

_SENTENCE = re.compile(r"[^。；;!！?？]+[。；;!！?？]?")
_PLAN = re.compile(r"十([一二三四五六七八九])五")
_TENS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that claims success. ``about`` are ids of the statements it stands with;
    () for a claim about everything.

    ``period`` are the years of the plan it speaks of, None where nothing near it names one;
    ``attr`` is the 属性 of all the targets it covers, "" for every target, None where it covers
    no more than the numbers of its own sentence. ``named`` is the one indicator that it names
    (单位工业增加值用水量下降目标全面完成), and then all that it covers.
    """

    document: str
    quote: str
    evidence: Span
    about: tuple[str, ...] = ()
    period: Period | None = None
    attr: str | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What claims of success came to when they were held against a settlement: how many
    ``claims``, how many targets they ``cover``, how many of those are ``missed``, cannot be told
    (``open``), or rest on no number but the claiming document's own (``alone``)."""

    claims: int = 0
    covers: int = 0
    missed: int = 0
    open: int = 0
    alone: int = 0

    @property
    def unchecked(self) -> int:
        """How many covered targets no number of another source answers."""
        return self.open + self.alone

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.claims + other.claims,
            self.covers + other.covers,
            self.missed + other.missed,
            self.open + other.open,
            self.alone + other.alone,
        )

    def told(self) -> tuple[str, str]:
        """In words, Chinese and English: never an all-clear for what could not be checked."""
        zh = f"核对了 {self.claims} 处“已完成”的说法"
        en = f"Claims of completion held against the numbers: {self.claims}"
        if not self.covers:
            return f"{zh}，都没有可对照的目标", f"{en}; none covers a target that could be told"
        bare = self.covers - self.unchecked - self.missed
        zh += f"，涉及 {self.covers} 项目标"
        en += f", covering {self.covers} targets"
        if not self.unchecked:
            if self.missed:
                return f"{zh}：{bare} 项相符，{self.missed} 项不符", f"{en}: {self.missed} missed"
            return f"{zh}，没有发现与已有数字不符的", f"{en}; none contradicts them"
        parts = [f"{bare} 项与已有的数相符"]
        parts += [f"{self.missed} 项不符"] if self.missed else []
        parts += [f"{self.open} 项没有可核对的数或取决于读法"] if self.open else []
        parts += [f"{self.alone} 项只有作此说法的文件自己的数"] if self.alone else []
        return (
            f"{zh}：{'，'.join(parts)}；后 {self.unchecked} 项未能核对，不能认定",
            f"{en}: {bare} borne out, {self.missed} missed, {self.unchecked} could not be checked",
        )


NO_CLAIMS = Tally()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = words()["claims"]
    found = {name: re.compile(table[name]) for name in ("partly", "yearly", "heading", "alone")}
    return found | {name: re.compile("|".join(table[name])) for name in ("patterns", "future")}


def find_claims(document: Document, statements: Sequence[Statement] = ()) -> list[Claim]:
    """The claims of a document, in order; ``statements`` are those read from the same document."""
    patterns = _patterns()
    found: list[Claim] = []
    for block in document.blocks:
        if block.kind == "table" or not patterns["patterns"].search(block.text):
            continue
        for sentence in _SENTENCE.finditer(block.text):
            for match in patterns["patterns"].finditer(sentence[0]):
                if patterns["future"].search(sentence[0], 0, match.start()):
                    continue
                if block.kind == "heading" and not patterns["heading"].search(match[0]):
                    continue
                whole = document.span(block.content, sentence.start(), sentence.end())
                start = sentence.start() + match.start()
                span = document.span(block.content, start, start + len(match[0]))
                found.append(
                    Claim(
                        document.name,
                        sentence[0],
                        span,
                        tuple(each.id for each in _inside(whole, statements)),
                        _period(block, sentence, match),
                        _attr(sentence[0], match, span, list(_inside(whole, statements))),
                        _named(sentence[0], match),
                    )
                )
    return found


def speaks_of(claim: Claim, plan: Period | None, own: Period | None, *, planning: bool) -> bool:
    """Whether a claim is about the plan of these years.

    ``own`` is the period of the document that claims: a plan that names none reports on the plan
    before it, any other text on its own time.
    """
    if plan is None:
        return claim.period is None
    if claim.period is not None:
        return claim.period == plan
    if own is None:
        return True
    if planning:
        return plan.last < own.first <= plan.last + (plan.last - plan.first) + 1
    return plan.first <= own.last <= plan.last + 1


def covered(claim: Claim, target: Statement) -> bool:
    """Whether a sweeping claim covers a target: a row of the indicator table, of its 属性; one that
    names an indicator covers the targets of that name."""
    if claim.named:
        one, other = (_CHANGE.sub("", each) for each in (claim.named, target.subject))
        return one in other or other in one
    return claim.attr is not None and target.attr is not None and claim.attr in ("", target.attr)


def _period(block: Block, sentence: re.Match[str], match: re.Match[str]) -> Period | None:
    """The plan that the sentence names, else the text before it, else the headings above."""
    before = block.text[: sentence.start() + match.end()]
    for text in (match[0], sentence[0], before, *reversed(block.section)):
        named = _PLAN.findall(text)
        if named:
            return five_year_plan(11 + _TENS.index(named[-1]))
    return None


_CHANGE = re.compile(r"五年|累计|年均|幅度|(?:下降|降低|减少)(?:率|目标)?$|增速$|增长$|数量$")
_NAMES_ONE = re.compile(r"(?:下降|降低|减少|增长|提高)$")
_OF_WHOM = re.compile(r"^.*[“”]|^(?:我[市省区县]|全[市省区县]|本[市省区县]|其中|同时|而且|且)+")


def _named(sentence: str, match: re.Match[str]) -> str:
    """The one indicator whose goal a claim says is met; "" where it speaks of goals in general."""
    clause = re.split("[,，:：]", sentence[: match.start()])[-1]
    name = _OF_WHOM.sub("", clause).strip("的 ")
    bare = _NAMES_ONE.sub("", name)
    changed = bare != name and len(bare) >= _SHORTEST
    return name if changed or (len(name) >= _SHORTEST and is_measure(name)) else ""


_SHORTEST = 4


def _attr(
    sentence: str, match: re.Match[str], span: Span, inside: Sequence[Statement]
) -> str | None:
    patterns, table = _patterns(), words()["claims"]
    before = sentence[: match.start()]
    clause = re.split("[,，]", before)[-1]
    if patterns["partly"].search(clause + match[0]) or patterns["yearly"].search(sentence):
        return None
    group = next(g for g in table["covers"] if any(word in match[0] for word in g["words"]))
    if any(word in match[0] for word in group["own"]):
        return group["attr"]
    numbers = any(each.evidence.start < span.start for each in inside)
    said = [word for word in table["every"] if word in clause[-4:] + match[0]]
    if said and not (numbers and set(said) <= set(table["each"])):
        return group["attr"]
    named = patterns["alone"].search(match[0]) or not before.strip()
    return group["attr"] if named and not numbers else None


def _inside(sentence: Span, statements: Iterable[Statement]) -> Iterator[Statement]:
    for each in statements:
        if sentence.start <= each.evidence.start and each.evidence.end <= sentence.end:
            yield each


__all__ = ["NO_CLAIMS", "Claim", "Tally", "covered", "find_claims", "speaks_of"]
