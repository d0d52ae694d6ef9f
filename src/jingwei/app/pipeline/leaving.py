"""What of the observations may leave the house, what may not, and why (``docs/semantics.md`` §14, §19.11).

A record of a single enterprise leaves only where it is public. An aggregate that is not public
leaves after disclosure control against the records of enterprises that are held for it; one by a
breakdown that nothing is held for cannot be examined, and stays.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jingwei.app.pipeline import statistics
from jingwei.core import (
    InvalidRequest,
    LegalOrigin,
    Months,
    Observation,
    Region,
    Scope,
)
from jingwei.monitor.bridge import Naming
from jingwei.statistics.cards import Card
from jingwei.statistics.disclosure import Contribution, Dimension, Rules, protected, tabulate
from jingwei.statistics.enterprises import register
from jingwei.store import Observations, Workspace

_WHY: Mapping[LegalOrigin, tuple[str, str]] = {
    "survey": (
        "统计调查取得的单个调查对象资料，不得对外提供（《统计法》，§14.2）",
        "survey data of single respondents may not be given out (§14.2)",
    ),
    "administrative": (
        "行政记录的单个企业资料，只在内部按用途使用（§14.3）",
        "administrative records of single units serve their purpose inside only (§14.3)",
    ),
    "declared": (
        "企业授权申报的资料，授权不包括对外提供（§14.3）",
        "declared by enterprises, who did not authorise giving it out (§14.3)",
    ),
}
_CONTROLLED = (
    "为保护单个统计调查对象的资料而不公布（§19.6）",
    "withheld to protect single respondents (§19.6)",
)
_UNEXAMINED = (
    "尚未公布的分类数，没有企业数可以核对每格有几家（§19.11）",
    "unpublished values by a breakdown, with no records to tell how few stand behind a cell (§19.11)",
)
MARKING = (
    "内部资料，含未经保密处理的数和单个企业的资料，不得对外提供",
    "confidential, for use inside the house only: not under disclosure control",
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Observations that may leave, and what stays. ``hidden`` and ``unexamined`` are aggregates;
    ``single`` counts records of single enterprises by their legal origin, ``unchecked`` totals that
    leave although no records are held that would tell how many stand behind them."""

    rows: tuple[Observation, ...]
    hidden: tuple[Observation, ...]
    unexamined: tuple[Observation, ...]
    single: Mapping[LegalOrigin, int]
    unchecked: int

    def told(self) -> list[tuple[str, str]]:
        """What stays and why, counted, in both languages."""
        counts = [(count, *_WHY[origin]) for origin, count in sorted(self.single.items())]
        counts += [(len(self.hidden), *_CONTROLLED), (len(self.unexamined), *_UNEXAMINED)]
        told = [
            (f"未导出 {count} 个数：{zh}", f"{count} values stay: {en}")
            for count, zh, en in counts
            if count
        ]
        if self.unchecked:
            told.append((
                f"{self.unchecked} 个未公布的总量没有企业数可核对，已导出，请自行确认",
                f"{self.unchecked} unpublished totals left unchecked: no records of enterprises are held",
            ))  # fmt: skip
        return told


def leaving(
    workspace: Workspace,
    rows: Iterable[Observation],
    as_of: date | None = None,
    rules: Rules | None = None,
) -> Leaving:
    """Divide observations into what may leave the house and what stays."""
    aggregates = [each for each in rows if not each.series.entity]
    units = [each for each in rows if each.series.entity]
    single: Counter[LegalOrigin] = Counter(e.origin for e in units if e.origin != "public")
    open_ = [each for each in aggregates if each.origin != "public"]
    held = _Held(workspace, open_, as_of, rules or Rules())
    answers = {id(each): held.answer(each) for each in open_}
    hidden = [each for each in open_ if answers[id(each)] == "hidden"]
    unexamined = [each for each in open_ if answers[id(each)] == "unexamined"]
    stays = {id(each) for each in (*hidden, *unexamined)}
    kept = [
        each
        for each in (*aggregates, *units)
        if id(each) not in stays and (not each.series.entity or each.origin == "public")
    ]
    return Leaving(
        tuple(kept), tuple(hidden), tuple(unexamined), dict(single),
        sum(answer == "unchecked" for answer in answers.values()),
    )  # fmt: skip


class _Held:
    """The records of enterprises behind aggregates, and which aggregates they hide."""

    def __init__(
        self, workspace: Workspace, asked: Sequence[Observation], as_of: date | None, rules: Rules
    ) -> None:
        self._names: Naming = statistics.naming(workspace)
        self._rules = rules
        self._cards: Mapping[str, Card] = statistics.cards(workspace)
        behind = {key for each in asked for key in (each.series.card, *self._parts(each))}
        self._units: defaultdict[tuple[str, Months], list[Observation]] = defaultdict(list)
        self._public: defaultdict[tuple[str, Months], set[str]] = defaultdict(set)
        if asked:
            known = Observations(workspace).read(
                Scope.everything(), as_of=as_of, cards=sorted(behind)
            )
            wanted = {each.months for each in asked}
            for each in known:
                if each.months in wanted and not each.series.codes and each.op == "=":
                    at = each.series.card, each.months
                    if each.series.entity:
                        self._units[at].append(each)
                    elif each.origin == "public":
                        self._public[at].add(each.series.region)
        self._industry = {e.id: e.industry for e in register(workspace)} if self._units else {}
        self._hidden: dict[tuple[str, Months, str], set[tuple[str, str]] | None] = {}

    def _parts(self, each: Observation) -> list[str]:
        """Cards whose hidden cells hide this one too: numerator and denominator (§19.9)."""
        card = self._cards.get(each.series.card)
        if card is None:
            return []
        ids = {card.numerator_card, card.denominator_card} - {""}
        return [key for key, other in self._cards.items() if other.id in ids]

    def answer(self, each: Observation) -> str:
        """leaves, unchecked, hidden or unexamined."""
        codes = each.series.codes
        answers = {self._cell(card, each) for card in (each.series.card, *self._parts(each))}
        if "hidden" in answers:
            return "hidden"
        if "leaves" in answers:
            return "leaves"
        return "unexamined" if codes else "unchecked"

    def _cell(self, card: str, each: Observation) -> str:
        codes = each.series.codes
        if len(codes) > 1 or (card, each.months) not in self._units:
            return "unknown"
        scheme, code = codes[0] if codes else ("", "")
        hidden = self._table(card, each.months, scheme)
        if hidden is None:
            return "unknown"
        return "hidden" if (each.series.region, code) in hidden else "leaves"

    def _table(self, card: str, months: Months, scheme: str) -> set[tuple[str, str]] | None:
        """The hidden cells (region, code) of a card's table in a period; None where the register
        does not sort its enterprises by this classification, or its regions are not nested."""
        key = (card, months, scheme)
        if key not in self._hidden:
            self._hidden[key] = self._examined(*key)
        return self._hidden[key]

    def _examined(self, card: str, months: Months, scheme: str) -> set[tuple[str, str]] | None:
        units = self._units[card, months]
        regions = self._tree({each.series.region for each in units})
        if regions is None:
            return None
        trees = [Dimension("region", regions)]
        codes = [[each.series.region for each in units]]
        if scheme:
            edition = self._names.classifications.get(scheme)
            mine = [self._industry.get(each.series.entity, "") for each in units]
            if edition is None or not edition.categories.keys() & set(mine):
                return None
            above = {code: one.above for code, one in edition.categories.items()}
            mine = [code if code in above else _UNSORTED for code in mine]
            used = {one for code in mine for one in _path(code, above)}
            trees.append(
                Dimension("code", {_ALL: ""} | {c: above.get(c) or _ALL for c in sorted(used)})
            )
            codes.append(mine)
        records = [
            Contribution(_lowest(trees, at), each.series.entity, each.value)
            for each, *at in zip(units, *codes, strict=True)
        ]
        trees = [_with_own(tree, {r.codes[k] for r in records}) for k, tree in enumerate(trees)]
        rules = self._rules
        if rules.nonnegative and any(each.value < 0 for each in units):
            rules = Rules(rules.least, rules.n, rules.k, rules.p, nonnegative=False)
        table = tabulate(card, trees, records)
        known = [
            (region, *([_ALL] if scheme else [])) for region in sorted(self._public[card, months])
        ]
        try:
            found = protected(table, rules, published=[k for k in known if k in table.keys])
        except InvalidRequest:
            # what is public already gives a respondent away, or the table is too large to be
            # examined: nothing of it that is not public leaves
            return {(k[0], "" if len(k) == 1 or k[1] == _ALL else k[1]) for k in table.keys}
        cells = (found.table.keys[at] for at in found.hidden)
        return {(k[0], "" if len(k) == 1 or k[1] == _ALL else k[1]) for k in cells}

    def _tree(self, codes: set[str]) -> dict[str, str] | None:
        """Regions under the one that holds them all; None where they are not known or not nested."""
        known: Mapping[str, Region] = self._names.regions
        every: dict[str, str] = {}
        for code in sorted(codes):
            while code in known and code not in every:
                every[code] = known[code].within
                code = known[code].within
        inside = {code: above if above in every else "" for code, above in every.items()}
        if not codes <= inside.keys():
            return None
        # the regions that add up: a zone lies across them and is no part (§13.1)
        adds = {c: a for c, a in inside.items() if known[c].adds_up}
        tops = [code for code, above in adds.items() if not above]
        return adds if len(tops) == 1 and codes <= adds.keys() else None


_ALL = "*"
_UNSORTED = "-"
_OWN = "*own"  # records of a region or code itself, beside those of its parts


def _path(code: str, above: Mapping[str, str]) -> list[str]:
    path = [code]
    while up := above.get(path[-1], ""):
        path.append(up)
    return path


def _lowest(trees: Sequence[Dimension], codes: Sequence[str]) -> tuple[str, ...]:
    """Codes of the finest level: a record at a code with parts below it is a part of its own."""
    return tuple(
        f"{code}{_OWN}" if code in tree.families() else code
        for tree, code in zip(trees, codes, strict=True)
    )


def _with_own(tree: Dimension, used: set[str]) -> Dimension:
    own = {code: code.removesuffix(_OWN) for code in sorted(used) if code.endswith(_OWN)}
    return Dimension(tree.name, {**tree.above, **own})
