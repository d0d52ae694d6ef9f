"""Slips in lists of enterprises: codes, classes, names, duplicates, dates."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from jingwei.app.demo.statistics.classes import class_names, former
from jingwei.app.demo.statistics.ground import Ground, Place
from jingwei.app.demo.statistics.sheets import Cell
from jingwei.app.demo.statistics.slips_cells import CARDS
from jingwei.app.demo.statistics.uscc import ALPHABET, with_check


def _row(ground: Ground, *cards: str, least: int = 100) -> dict[str, Place] | None:
    """A free row of a list that has all the columns ``cards``; places by card."""
    fit = [
        (book, number)
        for book, number in ground.sheets
        if len(ground.books[book].sheets[number].cells) > least
        and {"uscc", *cards} <= {m.card for m in ground.books[book].sheets[number].columns.values()}
    ]
    book, number = fit[ground.draw.randint(len(fit))]
    sheet = ground.books[book].sheets[number]
    end = ground.last_rows.setdefault((book, number), len(sheet.cells))
    first = next(r for r, row in enumerate(sheet.cells) if "统一社会信用代码" in row) + 1
    row = int(ground.draw.randint(first, end))
    places = {mark.card: Place(book, number, row, column) for column, mark in sheet.columns.items()}
    if len(f"{ground.value(places['uscc'])}") != 18:
        return None  # the note below the list
    whole = _whole_row(ground, places["uscc"])
    return places if ground.is_free(whole) else None


def _whole_row(ground: Ground, place: Place) -> set[Place]:
    width = len(ground.sheet(place).cells[place.row])
    return {replace(place, column=column) for column in range(width)}


def _change(
    ground: Ground, kind: str, place: Place, wrong: str, also: tuple[Place, ...] = ()
) -> bool:
    right = f"{ground.value(place)}"
    if wrong == right:
        return False
    ground.put(place, wrong)
    ground.record(kind, [place, *also], right, wrong, _whole_row(ground, place))
    return True


def uscc_check(ground: Ground) -> bool:
    """One character mistyped, or two neighbours swapped: the check character no longer fits."""
    places = _row(ground, "uscc", least=20)
    if places is None:
        return False
    place = places["uscc"]
    code, at = f"{ground.value(place)}", int(ground.draw.randint(8, 17))
    if ground.draw.randint(2):
        other = ALPHABET[ground.draw.randint(len(ALPHABET))]
        wrong = code[:at] + other + code[at + 1 :]
    else:
        wrong = code[: at - 1] + code[at] + code[at - 1] + code[at + 1 :]
    if with_check(wrong[:17]) == wrong:
        return False
    return _change(ground, "uscc_check", place, wrong)


def industry_code(ground: Ground) -> bool:
    """A code of the edition of 2011, the code of another class, or a digit too few."""
    places = _row(ground, "class", "class_name", least=20)
    if places is None:
        return False
    place, name = places["class"], places["class_name"]
    code, names = f"{ground.value(place)}", class_names()
    way = int(ground.draw.randint(3))
    if way == 0:
        wrong = former().get(code, (code, ""))[0]
    elif way == 1:
        wrong = sorted(names)[ground.draw.randint(len(names))]
    else:
        wrong = code[:3]
    return _change(ground, "industry_code", place, wrong, (name,))


def _append(
    ground: Ground, kind: str, place: Place, cells: list[Cell], right: str, wrong: str
) -> None:
    sheet = ground.sheet(place)
    ground.last_rows.setdefault((place.book, place.sheet), len(sheet.cells))
    copy = replace(place, row=sheet.line(*cells))
    touched = _whole_row(ground, place) | _whole_row(ground, copy)
    ground.record(kind, [copy, place], right, wrong, touched, rows=True)


def duplicate_row(ground: Ground) -> bool:
    """The same record a second time, at the end of the list."""
    places = _row(ground, "uscc", "name")
    if places is None:
        return False
    place = places["name"]
    cells = list(ground.sheet(place).cells[place.row])
    _append(ground, "duplicate_row", place, cells, "once", "twice")
    return True


def duplicate_enterprise(ground: Ground) -> bool:
    """The same enterprise a second time: another spelling, no code, nearly the same numbers."""
    places = _row(ground, "uscc", "name")
    if places is None:
        return False
    place = places["name"]
    sheet = ground.sheet(place)
    name, cells = f"{ground.value(place)}", list(sheet.cells[place.row])
    other = _respelt(ground, name)
    if other == name:
        return False
    cells[place.column] = other
    cells[places["uscc"].column] = None
    for column, mark in sheet.columns.items():
        value = cells[column]
        if (
            mark.card in CARDS
            and isinstance(value, int)
            and ground.draw.randint(2)
            and not sheet.ladder
        ):
            cells[column] = round(value * (1 + ground.draw.uniform(-0.004, 0.004)))
    _append(ground, "duplicate_enterprise", place, cells, name, other)
    return True


def _respelt(ground: Ground, name: str) -> str:
    """Another way in which an office writes the same name."""
    ways: list[tuple[str, str]] = [
        (r"^绫州市", "绫州"), (r"^绫州(?!市)", "绫州市"), (r"^云陵", "云陵省"),
        (r"有限责任公司$", "有限公司"), (r"(?<!股份)有限公司$", "有限责任公司"),
        (r"股份有限公司$", "股份公司"), (r"有限公司$", "有限公司（绫州）"),
    ]  # fmt: skip
    fit = [way for way in ways if re.search(way[0], name)]
    pattern, new = fit[ground.draw.randint(len(fit))]
    return re.sub(pattern, new, name)


def future_date(ground: Ground) -> bool:
    """An award later than the list that reports it."""
    places = _row(ground, "day")
    if places is None:
        return False
    place = places["day"]
    after = ground.books[place.book].sender.day + timedelta(int(ground.draw.randint(30, 700)))
    right = date.fromisoformat(f"{ground.value(place)}")
    return _change(ground, "future_date", place, right.replace(year=after.year + 1).isoformat())


NAMES: dict[str, Callable[[Ground], bool]] = {
    each.__name__: each
    for each in (uscc_check, industry_code, duplicate_row, duplicate_enterprise, future_date)
}
