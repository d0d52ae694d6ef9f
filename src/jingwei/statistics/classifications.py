"""Classifications of a workspace: ``definitions/classifications/*.csv``, one edition a file."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from jingwei.core import Category, Classification, InvalidFile, InvalidRequest
from jingwei.statistics.headed import Headed, read_headed
from jingwei.store import Workspace

FOLDER = "classifications"


def read_classification(path: Path) -> Classification:
    """One edition: codes as text, each with its name and the code above it.

    Raises InvalidFile with the line of a code given twice, or with a code above that is not there
    or is the code itself further up.
    """
    file = read_headed(path, ("code", "name"), ("above",))
    categories: dict[str, Category] = {}
    lines: dict[str, int] = {}
    for line in file.rows:
        each = Category(line.cells["code"], line.cells["name"], line.cells.get("above", ""))
        if not each.code or not each.name or len(each.code.split()) != 1:
            raise file.wrong(
                line.number,
                f"编码「{each.code}」或名称「{each.name}」为空，或编码含空格",
                f"the code '{each.code}' or the name '{each.name}' is empty, or the code has blanks",
            )
        if each.code in categories:
            raise file.wrong(
                line.number,
                f"编码 {each.code} 在第 {lines[each.code]} 行已有；请删去一行",
                f"the code {each.code} stands on line {lines[each.code]} already; delete one",
            )
        categories[each.code], lines[each.code] = each, line.number
    _above_is_there(file, categories, lines)
    return Classification(file.said("id"), file.said("name"), file.said("source"), categories)


def _above_is_there(
    file: Headed, categories: Mapping[str, Category], lines: Mapping[str, int]
) -> None:
    for each in categories.values():
        if each.above and each.above not in categories:
            raise file.wrong(
                lines[each.code],
                f"{each.code} 的上级 {each.above} 不在表里；请补上，或改正 above",
                f"{each.above}, above {each.code}, is not in the list; add it or mend 'above'",
            )
    safe: set[str] = set()
    for code in categories:
        way: list[str] = []
        while code and code not in safe:
            if code in way:
                raise file.wrong(
                    lines[code],
                    f"{code} 的上级绕回了它自己（{'→'.join([*way, code])}）",
                    f"the codes above {code} lead back to it ({' → '.join([*way, code])})",
                )
            way.append(code)
            code = categories[code].above
        safe.update(way)


def codes_above(classification: Classification, code: str) -> Iterator[str]:
    """The codes above ``code``, the nearest first."""
    above = classification.categories[code].above
    while above:
        yield above
        above = classification.categories[above].above


def classifications(workspace: Workspace) -> dict[str, Classification]:
    """All classifications of a workspace, by id. Raises InvalidFile where two share one."""
    found: dict[str, Classification] = {}
    for path in sorted((workspace.definitions / FOLDER).glob("*.csv")):
        each = read_classification(path)
        if each.id in found:
            raise InvalidFile(
                f"分类 {each.id} 有两个文件；请改其中一个的 id",
                f"two files define the classification {each.id}; give one another id",
                where=str(path),
            )
        found[each.id] = each
    return found


def classification(workspace: Workspace, identity: str) -> Classification:
    """One classification of a workspace. Raises InvalidRequest naming those that exist."""
    found = classifications(workspace)
    if identity not in found:
        listed = "、".join(found) or "（无）"
        raise InvalidRequest(
            f"definitions/{FOLDER}/ 里没有分类 {identity}；已有：{listed}",
            f"there is no classification {identity} in definitions/{FOLDER}/; there are: {listed}",
        )
    return found[identity]
