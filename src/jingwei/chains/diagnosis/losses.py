"""Suppliers that a link lost: those that an earlier edition had within a declared time, dated.

A loss does not go away with the next edition; it counts for so many months (``rules.toml``, lost). What
a person took back or corrected as wrong (``chain retract``, ``chain import --corrects``) was never there and is
no loss.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from jingwei.chains.diagnosis.measured import Measured
from jingwei.chains.graph import Edition, folded, is_correction
from jingwei.core import Evidence, Formula


def since(day: date, months: int) -> date:
    """The day so many months before; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def lost(
    node: str, now: frozenset[str], edition: Edition, before: Sequence[Edition], start: date, day: date
) -> Measured:  # fmt: skip
    """How many makers of a node are gone since ``start``; unknown where no earlier edition has it.

    ``before`` are the earlier editions, the oldest first; ``now`` the makers of ``edition`` on ``day``.
    """
    ended = {
        each.from_: (each.valid_to.isoformat(), each.evidence)
        for each in edition.into(node, "makes")
        if each.holds and each.valid_to is not None and start <= each.valid_to < day
    }
    known = [each for each in before if node in each.position]
    if not known and not ended:
        return Measured("lost")
    gone: dict[str, tuple[str, Evidence]] = dict(ended)
    for old, new in pairwise((*before, edition)):
        if is_correction(new.head) or (new.head.made and new.head.made < start.isoformat()):
            continue
        kept = now if new is edition else _makers(new, node, day)
        for maker, evidence in _makers(old, node, day).items():
            if maker not in kept:
                gone[maker] = (new.head.edition, evidence)
    names = {_bare(_name(edition, each)) for each in now}
    everywhere = (*before, edition)
    left = {
        _named(maker, everywhere): told
        for maker, told in sorted(gone.items())
        if maker not in now and _bare(_named(maker, everywhere)) not in names
    }
    listed = "、".join(f"{name}（{at}）" for name, (at, _) in left.items())
    told = f"{start.isoformat()}以来失去{len(left)}家{f'：{listed}' if left else ''}"
    proof = Formula(told, tuple(evidence for _, evidence in left.values()))
    latest = max((at for at, _ in left.values()), default=known[-1].head.edition if known else "")
    return Measured("lost", float(len(left)), float(len(left)), (proof,), latest, names=tuple(left))


def _makers(edition: Edition, node: str, day: date) -> Mapping[str, Evidence]:
    """Who makes a node in an edition with where that is said, without the denied and those that are told
    to have ended before ``day``: they went then, and not with an edition."""
    if node not in edition.position:
        return {}
    edges = edition.into(node, "makes")
    denied = {
        each.from_
        for each in edges
        if not each.holds or (each.valid_to is not None and each.valid_to < day)
    }
    return {each.from_: each.evidence for each in edges if each.from_ not in denied}


_LEGAL_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司$|集团$|公司$|厂$")


def _bare(name: str) -> str:
    """A firm's name without its legal form: a list that corrects 云帆公司 to 云帆有限公司 lost nobody."""
    return _LEGAL_FORM.sub("", folded(name))


def _name(edition: Edition, key: str) -> str:
    vertex = edition.get(key)
    return vertex.name if vertex is not None else ""


def _named(key: str, editions: Sequence[Edition]) -> str:
    return next((name for each in reversed(editions) if (name := _name(each, key))), key)
