"""Crosswalks: how the codes of one classification become those of another, and with what share.

Many to many, versioned, ``definitions/crosswalks/*.csv``::

    # from: gbt4754-2017
    # to: city-clusters-2021
    # edition: 2021
    # source: …
    from,to,share,note
    3562,c1,0.6,
    3562,c3,0.4,
    2761,c4,,          only one target: all of it
    3599,c1,,          several targets and no share: the split is not stated
    3599,c3,,
    3511,c1,部分,       a part of it, how much is not stated; the rest is none of these

What no share is stated for goes to ``未分配`` (unallocated), a row of its own, and is never dropped
and never guessed; whoever wants equal parts must say so, and it is shown (``docs/semantics.md``
§17).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Literal

from jingwei.core import InvalidRequest, JingweiError, written_out
from jingwei.statistics.headed import Headed, Line, read_headed
from jingwei.store import Workspace

FOLDER = "crosswalks"
UNALLOCATED = "未分配"
PART = "部分"
_NEAR = Fraction(1, 10**9)  # shares that were computed add up to one only so nearly

Unstated = Literal["unallocated", "equally"]
Shares = Mapping[str, tuple[tuple[str, Fraction], ...]]
"""Of every code its targets and their shares, which make one whole."""


class NotReversible(JingweiError):
    """A crosswalk that puts several codes into one cannot be walked back."""


class NotCovered(JingweiError):
    """Codes that a crosswalk does not know; nothing of theirs is taken for zero."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where a code goes. ``share`` is None where it is not stated; ``partial``: only a part goes."""

    to: str
    share: Fraction | None
    partial: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """One edition. ``from_`` and ``to`` are the ids of classifications."""

    id: str
    from_: str
    to: str
    edition: str
    source: str
    parts: Mapping[str, tuple[Part, ...]]

    def shares(
        self, unstated: Unstated = "unallocated"
    ) -> dict[str, tuple[tuple[str, Fraction], ...]]:
        """Of every code the targets and their shares, which add up to one exactly.

        What is left is the share of ``未分配``, last. With ``equally`` targets without a share
        divide what the stated ones leave; parts of unknown size stay unallocated.
        """
        return {code: _resolved(parts, unstated) for code, parts in self.parts.items()}

    def ambiguous(self) -> tuple[str, ...]:
        """The codes that go to more than one place, or not wholly to one."""
        return tuple(code for code, shares in self.shares().items() if divided(shares))

    def merged(self, unstated: Unstated = "unallocated") -> dict[str, tuple[str, ...]]:
        """The targets that more than one code goes to: there values cannot be told apart again."""
        shares = self.shares(unstated)
        return merged(shares, shares)

    def reversed(self) -> "Crosswalk":
        """The way back: what was divided comes together again.

        Raises NotReversible, naming the targets in which several codes were put together.
        """
        merged = self.merged()
        if merged:
            shown = "；".join(f"{to} ← {'、'.join(merged[to])}" for to in list(merged)[:5])
            raise NotReversible(
                f"不能反向：有 {len(merged)} 个去向由几个编码合并而成，分不回去（{shown}"
                f"{'……' if len(merged) > 5 else ''}）；要回到原分类，请用原分类的数据",
                f"it cannot be walked back: {len(merged)} targets were put together from several "
                f"codes ({shown}); use the data by the original classification",
                where=self.id,
            )
        parts = {
            to: (Part(code, Fraction(1)),)
            for code, shares in self.shares().items()
            for to, _ in shares
        }
        return Crosswalk(
            f"{self.id}（反向）", self.to, self.from_, self.edition, self.source,
            dict(sorted(parts.items())),
        )  # fmt: skip

    def then(self, other: "Crosswalk") -> "Crosswalk":
        """This crosswalk and ``other`` behind it, as one; shares multiply along each way.

        A way that is not stated on one leg is not stated at all. Raises InvalidRequest where the
        two do not meet, NotCovered where ``other`` lacks a code.
        """
        if self.to != other.from_:
            raise InvalidRequest(
                f"两张对照表接不上：前一张到 {self.to}，后一张从 {other.from_} 开始",
                f"the crosswalks do not meet: one ends in {self.to}, the next begins with "
                f"{other.from_}",
                where=f"{self.id} + {other.id}",
            )
        own = {part.to for parts in self.parts.values() for part in parts}
        if missing := sorted(own - {*other.parts, UNALLOCATED}):
            raise not_covered(missing, other)
        parts = {code: _walked(parts, other) for code, parts in self.parts.items()}
        return Crosswalk(
            f"{self.id} → {other.id}", self.from_, other.to,
            f"{self.edition} → {other.edition}", f"{self.source}；{other.source}", parts,
        )  # fmt: skip


def merged(shares: Shares, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The targets in which several of ``codes`` meet."""
    sources: dict[str, list[str]] = {}
    for code in sorted(set(codes)):
        for to, _ in shares[code]:
            sources.setdefault(to, []).append(code)
    return {to: tuple(each) for to, each in sorted(sources.items()) if len(each) > 1}


def divided(shares: tuple[tuple[str, Fraction], ...]) -> bool:
    """Whether a code goes to several targets, or not wholly to one."""
    return len(shares) != 1 or shares[0][0] == UNALLOCATED


def _resolved(parts: Sequence[Part], unstated: Unstated) -> tuple[tuple[str, Fraction], ...]:
    if len(parts) == 1 and parts[0].share is None and not parts[0].partial:
        return ((parts[0].to, Fraction(1)),)
    shares = {part.to: part.share for part in parts if part.share is not None}
    left = 1 - sum(shares.values(), Fraction(0))
    open_ = [part.to for part in parts if part.share is None and not part.partial]
    if unstated == "equally" and open_ and not any(part.partial for part in parts):
        shares |= dict.fromkeys(open_, left / len(open_))
        left = Fraction(0)
    if shares and left and abs(left) <= _NEAR:
        largest = max(shares, key=lambda to: (shares[to], to))
        shares[largest] += left
        left = Fraction(0)
    told = [(to, share) for to, share in shares.items() if share]
    return (*told, (UNALLOCATED, left)) if left else tuple(told)


def _walked(parts: Sequence[Part], other: Crosswalk) -> tuple[Part, ...]:
    ways: dict[str, list[Part]] = {}
    whole = len(parts) == 1 and parts[0].share is None and not parts[0].partial
    for one in parts:
        first = Fraction(1) if whole else one.share
        onward = other.parts.get(one.to, (Part(UNALLOCATED, Fraction(1)),))
        alone = len(onward) == 1 and onward[0].share is None and not onward[0].partial
        for each in onward:
            if each.to == UNALLOCATED:
                continue  # what is not stated is what is left of the whole
            second = Fraction(1) if alone else each.share
            share = None if first is None or second is None else first * second
            partial = one.partial or each.partial
            ways.setdefault(each.to, []).append(Part(each.to, share, partial))
    joined: list[Part] = []
    for to, legs in ways.items():
        stated = [leg.share for leg in legs if leg.share is not None]
        known = sum(stated, Fraction(0)) if len(stated) == len(legs) else None
        # a target reached by stated and by unstated ways: how much of it is stated says too little
        joined.append(Part(to, known, known is None))
    if not joined:
        return (Part(UNALLOCATED, Fraction(1)),)
    return tuple(joined)


def not_covered(codes: Sequence[str], crosswalk: Crosswalk) -> NotCovered:
    """The error of codes that ``crosswalk`` does not know."""
    shown = "、".join(codes[:10]) + ("……" if len(codes) > 10 else "")
    return NotCovered(
        f"对照表没有这些编码（{len(codes)} 个）：{shown}；请补进对照表，或写明把它们单列为未覆盖",
        f"the crosswalk does not know {len(codes)} codes: {shown}; add them to it, or ask for them "
        "to be listed as not covered",
        where=crosswalk.id,
    )


def read_crosswalk(path: Path) -> Crosswalk:
    """Read a crosswalk. Its id is that of its first lines, or the name of the file.

    Raises InvalidFile with the line: a pair given twice, a share that is none, shares of a code
    that add up to more than one.
    """
    file = read_headed(path, ("from", "to"), ("share", "note"))
    parts: dict[str, list[Part]] = {}
    for line in file.rows:
        code, part = line.cells["from"], _part(file, line)
        known = parts.setdefault(code, [])
        if part.to in (each.to for each in known):
            raise file.wrong(
                line.number,
                f"{code} 到 {part.to} 已写过一次；请合并成一行",
                f"{code} to {part.to} stands there already; make it one row",
            )
        known.append(part)
        stated = sum((each.share for each in known if each.share is not None), Fraction(0))
        if stated > 1 + _NEAR:
            raise file.wrong(
                line.number,
                f"{code} 的份额合计 {written_out(float(stated))}，超过 1，会重复计算；请改正",
                f"the shares of {code} add up to {written_out(float(stated))}, more than 1, which would "
                "count twice; mend them",
            )
        if stated >= 1 - _NEAR and any(each.share is None for each in known):
            raise file.wrong(
                line.number,
                f"{code} 的份额已合计为 1，没有写份额的去向分不到数；请写明份额或删去",
                f"the stated shares of {code} make 1, nothing is left for a target without a share; "
                "state it or leave it out",
            )
    about = file.about
    return Crosswalk(
        about.get("id") or path.stem, file.said("from"), file.said("to"), file.said("edition"),
        file.said("source"), {code: tuple(each) for code, each in parts.items()},
    )  # fmt: skip


def _part(file: Headed, line: Line) -> Part:
    code, to, written = line.cells["from"], line.cells["to"], line.cells.get("share", "")
    for each in (code, to):
        if len(each.split()) != 1:
            raise file.wrong(
                line.number,
                f"编码「{each}」为空或含空格",
                f"the code '{each}' is empty or has blanks",
            )
    if written in ("", PART):
        return Part(to, None, written == PART, line.cells.get("note", ""))
    try:
        share = Fraction(written) if "/" in written else Fraction(Decimal(written))
    except (InvalidOperation, ValueError, ZeroDivisionError, OverflowError):
        share = None
    if share is None or not 0 < share <= 1:
        raise file.wrong(
            line.number,
            f"份额「{written}」应大于 0、不超过 1，如 0.4 或 1/3；不知道就留空，只有一部分就写「{PART}」",
            f"the share '{written}' should be above 0 and at most 1, as 0.4 or 1/3; leave it empty "
            f"if it is not known, write {PART} for an unknown part",
        )
    return Part(to, share, note=line.cells.get("note", ""))


def crosswalks(workspace: Workspace) -> dict[str, Crosswalk]:
    """All crosswalks of a workspace, by id."""
    found: dict[str, Crosswalk] = {}
    for path in sorted((workspace.definitions / FOLDER).glob("*.csv")):
        each = read_crosswalk(path)
        if each.id in found:
            raise InvalidRequest(
                f"对照表 {each.id} 有两个文件；请改其中一个的 id",
                f"two files define the crosswalk {each.id}; give one another id",
                where=str(path),
            )
        found[each.id] = each
    return found


def chained(workspace: Workspace, ids: Iterable[str]) -> Crosswalk:
    """The crosswalks of these ids, one behind the other. Raises InvalidRequest naming those there."""
    found = crosswalks(workspace)
    chain: Crosswalk | None = None
    for each in ids:
        if each not in found:
            listed = "、".join(found) or "（无）"
            raise InvalidRequest(
                f"definitions/{FOLDER}/ 里没有对照表 {each}；已有：{listed}",
                f"there is no crosswalk {each} in definitions/{FOLDER}/; there are: {listed}",
            )
        chain = found[each] if chain is None else chain.then(found[each])
    if chain is None:
        raise InvalidRequest("没有写明对照表", "no crosswalk was named")
    return chain
