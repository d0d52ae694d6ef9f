"""CSV files that say in their first lines what they are: classifications, crosswalks.

    # id: gbt4754-2017
    # source: GB/T 4754-2017
    code,name,above
    0111,稻谷种植,011

Every cell is text: a code loses its leading zero in no hand of ours.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jingwei.core import InvalidFile

LARGEST = 32 << 20  # bytes
_MOST_ROWS = 500_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row and the line of the file it ends on."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Headed:
    """A file: its path as messages name it, what its first lines say, its rows."""

    file: str
    about: Mapping[str, str]
    rows: Sequence[Line]

    def said(self, name: str) -> str:
        """What the first lines say under ``name``. Raises InvalidFile where they do not."""
        if not self.about.get(name):
            raise InvalidFile(
                f"开头缺少「# {name}: …」一行；请补上",
                f"the line '# {name}: …' is missing at the top; add it",
                where=self.file,
            )
        return self.about[name]

    def wrong(self, line: int, zh: str, en: str) -> InvalidFile:
        """A fault of a row."""
        return InvalidFile(zh, en, where=f"{self.file}:{line}")


def read_headed(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> Headed:
    """Read a file with these columns, in any order. Raises InvalidFile with the line."""
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidFile(
                f"文件超过 {LARGEST >> 20} MB，不像是分类或对照表；请检查",
                f"more than {LARGEST >> 20} MB, hardly a classification or crosswalk; look into it",
                where=str(path),
            )
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as fault:
        raise InvalidFile(
            "没有这个文件；请检查路径", "there is no such file; check the path", where=str(path)
        ) from fault
    except UnicodeDecodeError as fault:
        raise InvalidFile(
            "不是 UTF-8 编码；请用 UTF-8 重新保存", "not UTF-8; save it as UTF-8", where=str(path)
        ) from fault
    return headed(text, str(path), columns, optional)


def headed(text: str, file: str, columns: Sequence[str], optional: Sequence[str] = ()) -> Headed:
    """The content of a file that was read already."""
    lines = text.splitlines(keepends=True)
    about: dict[str, str] = {}
    start = 0
    for each in lines:
        if not each.startswith("#"):
            break
        name, _, value = each.lstrip("# ").partition(":")
        about[name.strip()] = value.strip()
        start += 1
    reader = csv.reader(io.StringIO("".join(lines[start:]), newline=""), strict=True)
    rows: list[Line] = []
    names: list[str] = []
    try:
        for cells in reader:
            cells = [each.strip() for each in cells]
            number = start + reader.line_num
            if not any(cells):
                continue
            if not names:
                names = cells
                _columns_fit(names, columns, optional, f"{file}:{number}")
            elif len(cells) != len(names):
                raise InvalidFile(
                    f"有 {len(cells)} 格，表头有 {len(names)} 格；含逗号的文字请加引号",
                    f"{len(cells)} cells under a head of {len(names)}; quote text with commas",
                    where=f"{file}:{number}",
                )
            elif len(rows) == _MOST_ROWS:
                raise InvalidFile(
                    f"超过 {_MOST_ROWS} 行", f"more than {_MOST_ROWS} rows", where=file
                )
            else:
                rows.append(Line(number, dict(zip(names, cells, strict=True))))
    except csv.Error as fault:
        raise InvalidFile(
            f"不是合法的 CSV（{fault}）；请检查引号",
            f"this is no CSV ({fault}); check the quotes",
            where=f"{file}:{start + reader.line_num}",
        ) from fault
    if not rows:
        raise InvalidFile("没有数据行", "there are no rows", where=file)
    return Headed(file, about, rows)


def _columns_fit(
    names: Sequence[str], columns: Sequence[str], optional: Sequence[str], where: str
) -> None:
    if len(set(names)) != len(names) or not set(columns) <= set(names) <= {*columns, *optional}:
        wanted = ",".join((*columns, *optional))
        raise InvalidFile(
            f"表头应为 {wanted}，这里是 {','.join(names)}",
            f"the columns should be {wanted}, here they are {','.join(names)}",
            where=where,
        )
