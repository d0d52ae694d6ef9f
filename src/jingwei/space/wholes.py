"""What in a table of places is no place and no activity: totals, parts of others, the city itself.

A total counts its places twice, a part (其中) counts in a place already. They are left out and told;
a total is what places are measured against, where it is what they add up to or a larger whole.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from jingwei.chains.input_output.headings import is_within
from jingwei.chains.input_output.totals import sum_of_others
from jingwei.core import InvalidFile
from jingwei.space.activities import Activities, Array

Note = tuple[str, str]

_LARGER = frozenset({"全国", "中国", "全球", "世界", "china", "nation", "world"})
"""Wholes of which a table may list some parts only."""
_WHOLES = _LARGER | {
    "全省", "全区", "全市", "全县", "全州", "全盟", "全域", "本市", "本省", "本区", "全自治区",
    "合计", "总计", "总和", "共计", "小计", "全部", "total", "all", "sum", "subtotal",
}  # fmt: skip
"""Names of rows that are no place and of columns that are no activity, but the whole of them."""
_ENDINGS = ("合计", "总计", "小计")
_CLOSE = 0.005
"""Of the larger figure: a printed total that is this close to its sum was rounded."""
_CELLS = 3
"""So many figures must add up before a row of any name is taken for the sum of others."""


def is_whole(name: str) -> bool:
    word = _word(name)
    return word in _WHOLES or word.endswith(_ENDINGS)


def _word(name: str) -> str:
    return "".join(name.split()).lower().strip("：:")


class Wholes:
    """The rows and columns of a table, told apart."""

    def __init__(
        self,
        path: Path,
        places: Sequence[str],
        activities: Sequence[str],
        values: Array,
        notes: list[Note],
    ) -> None:
        self.path, self.places, self.activities, self.values = path, places, activities, values
        self.notes = notes
        self.left_out: list[str] = []

    def table(self, reference: str, assumed: int) -> Activities:
        """Places and activities alone. Raises InvalidFile where a total is not what it sums."""
        if reference and reference not in self.places:
            raise InvalidFile(
                f"表里没有参照地区“{reference}”",
                f"the table has no place '{reference}' to measure against",
                where=str(self.path),
            )
        columns = self._kept(self.activities, self.values.T, "", "activities")
        inner = self.values[:, columns]
        rows = self._kept(self.places, inner, reference, "places")
        if not rows or not columns:
            raise InvalidFile(
                "表里只有合计，没有地区或活动", "the table holds totals alone", where=str(self.path)
            )
        self._check_column_totals(columns)
        against = self._against(reference)
        whole = self._compared(against, inner, rows, columns, named=bool(reference))
        return Activities(
            self.path.stem,
            tuple(self.places[k] for k in rows),
            tuple(self.activities[k] for k in columns),
            inner[rows],
            whole,
            assumed,
            against,
            tuple(self.left_out),
            tuple(self.notes),
        )

    def _kept(self, names: Sequence[str], values: Array, reference: str, kind: str) -> list[int]:
        """Positions of what is neither a total nor a part, by name and by arithmetic."""
        kept = [
            k
            for k, name in enumerate(names)
            if name != reference and not is_whole(name) and not is_within(name)
        ]
        within = [name for name in names if is_within(name) and name != reference]
        if within:
            listed = "、".join(within)
            self.notes.append((
                f"{listed}已含在别的{'地区' if kind == 'places' else '活动'}里，不另计",
                f"{listed}: counted in other {kind} already, and left out",
            ))  # fmt: skip
        totals = [n for n in names if is_whole(n) and n != reference and not is_within(n)]
        if kind == "places":
            self.left_out = [n for n in totals if n != self._against(reference)] + self.left_out
        else:
            self.left_out += totals
        while len(kept) > 2 and (got := sum_of_others(values, kept, least=_CELLS)):
            k, run = got
            parts = "、".join(names[i] for i in run[:4]) + ("等" if len(run) > 4 else "")
            self.notes.append((
                f"“{names[k]}”的每个数都等于{parts}之和，是合计，不另计",
                f"every figure of '{names[k]}' is the sum of {parts}: a total, and left out",
            ))  # fmt: skip
            kept.remove(k)
        return kept

    def _check_column_totals(self, columns: list[int]) -> None:
        """A column that is a total by its name, held against the activities it stands beside."""
        total = self.values[:, columns].sum(axis=1)
        for k, name in enumerate(self.activities):
            if not is_whole(name) or _word(name) in ("小计", "subtotal") or is_within(name):
                continue
            gap = self.values[:, k] - total
            off = np.abs(gap) > _CLOSE * np.maximum(np.abs(self.values[:, k]), np.abs(total))
            if not off.any():
                continue
            worst = int(np.argmax(np.where(off, np.abs(gap), 0)))
            place, said = self.places[worst], self.values[worst, k]
            self.notes.append((
                f"“{name}”一列与各活动之和不符：{place}写{said:g}，各活动之和{total[worst]:g}，差{gap[worst]:g}"
                f"（共{int(off.sum())}行）；若只列了部分活动可不理会，这一列不参与计算",
                f"the column '{name}' is not the sum of the activities: {place} has {said:g}, they add up to "
                f"{total[worst]:g} ({int(off.sum())} rows); it takes no part, and that is in order where some "
                "activities are not listed",
            ))  # fmt: skip

    def _against(self, reference: str) -> str:
        """The row that places are measured against; "" is their sum."""
        if reference:
            return reference
        # a subtotal of some places is no whole
        wholes = [place for place in dict.fromkeys(self.places) if _word(place) in _WHOLES]
        wholes = [place for place in wholes if _word(place) not in ("小计", "subtotal")]
        if len(wholes) > 1:
            listed = "、".join(wholes)
            raise InvalidFile(
                f"表里有几行合计：{listed}；请用 --reference 写明以哪一行为参照",
                f"several rows are totals: {listed}; say with --reference which one places are "
                "measured against",
                where=str(self.path),
            )
        return wholes[0] if wholes else ""

    def _compared(
        self, against: str, inner: Array, rows: list[int], columns: list[int], *, named: bool
    ) -> Array | None:
        """The figures of the reference, held against the sum of the places."""
        if not against:
            self._tell_of_what_looks_like_a_total(inner, rows)
            return None
        whole = inner[self.places.index(against)]
        total = inner[rows].sum(axis=0)
        gap = whole - total
        size = np.maximum(np.abs(whole), np.abs(total))
        off = np.abs(gap) > _CLOSE * size
        if not off.any():
            return whole
        worst = int(np.argmax(np.where(off, np.abs(gap) / np.where(size > 0, size, 1.0), 0)))
        activity = self.activities[columns[worst]]
        zh = (
            f"“{against}”的{activity}是{whole[worst]:g}，表中各地区之和是{total[worst]:g}，"
            f"差{gap[worst]:g}"
        )
        en = (
            f"'{against}' has {whole[worst]:g} of {activity}, the places add up to {total[worst]:g}, "
            f"{gap[worst]:g} apart"
        )
        larger = _word(against) in _LARGER and bool(np.all(gap >= -_CLOSE * size))
        if named or larger:
            self.notes.append((
                f"{zh}；仍以“{against}”为参照", f"{en}; it is what places are measured against all the same",
            ))  # fmt: skip
            return whole
        raise InvalidFile(
            f"{zh}；请核对这一行。若表里只列了部分地区，请用 --reference {against} 写明以它为参照；"
            "若要以各地区之和为参照，请去掉这一行",
            f"{en}; check that row. Where the table lists some places only, say --reference {against}; "
            "take the row out to measure against the sum",
            where=str(self.path),
        )

    def _tell_of_what_looks_like_a_total(self, inner: Array, rows: list[int]) -> None:
        """A row that is nearly the sum of all others, but not in every figure."""
        whole = inner[rows].sum(axis=0)
        for k in rows if len(rows) > 2 else ():
            others = whole - inner[k]
            near = np.abs(inner[k] - others) <= 0.1 * np.maximum(inner[k], others)
            if near.mean() >= 0.5 and abs(float(inner[k].sum() / others.sum()) - 1) <= 0.5:
                name = self.places[k]
                self.notes.append((
                    f"“{name}”的数接近其余地区之和，像是合计却不相等；现按一个地区计，如是合计请去掉这一行，"
                    f"或用 --reference {name}",
                    f"'{name}' is close to the sum of the other places, as a total is, but not equal; it "
                    f"counts as a place: take it out or say --reference {name} if it is a total",
                ))  # fmt: skip
