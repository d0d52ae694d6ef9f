"""Slips in one cell. Each function tries once to plant one and says whether it could."""

from collections.abc import Callable, Sequence

from jingwei.app.demo.statistics.ground import Ground, Place
from jingwei.app.demo.statistics.sheets import Cell

LEDGER_PART = 0.35  # chance of a slip to fall into a ledger where it could
CARDS = frozenset({"output", "output_base", "revenue"})
"""Columns of ledgers that lie near each other: a wrong unit shows."""
CLOSE = CARDS - {"output_base"}
"""Columns so close that a wrong digit shows; the year before may well lie far off."""
JUMP = 1.25  # a transposed number differs from the right one by at least this factor
POINTS = (3.0, 9.0)  # a wrong growth is off by so many percentage points


def pick(
    ground: Ground, *kinds: str, ledgers: bool = True, cards: frozenset[str] = CARDS
) -> Place | None:
    """A numeric cell of one of the kinds; in a ledger one of the columns ``cards``."""
    draw = ground.draw
    if ledgers and draw.random_sample() < LEDGER_PART:
        place = ground.in_ledgers(*kinds)
        fit = place and ground.mark(place).card in cards and _steady(ground, place)
        return place if fit else None
    outside = [ground.numbers[kind] for kind in kinds if ground.numbers.get(kind)]
    at = int(draw.randint(sum(map(len, outside))))
    for places in outside:
        if at < len(places):
            return places[at]
        at -= len(places)
    return None


def _steady(ground: Ground, place: Place) -> bool:
    """In a row of a ledger: the number lies near the others of its kind in the row."""
    value = ground.number(place)
    if not value:
        return False
    sheet = ground.sheet(place)
    if sheet.ladder:
        return place.column in sheet.ladder[1:-1] and not _blank_beside(ground, place)
    peers = [
        ground.number(Place(place.book, place.sheet, place.row, column))
        for column, mark in sheet.columns.items()
        if mark.card in CARDS
    ]
    return len(peers) == 3 and all(peer and 0.6 < value / peer < 1.7 for peer in peers)


def _blank_beside(ground: Ground, place: Place) -> bool:
    cells = ground.sheet(place).cells[place.row]
    return any(cell is None for cell in cells[place.column - 1 : place.column + 2])


def _plant(ground: Ground, kind: str, place: Place, wrong: Cell) -> bool:
    right = ground.value(place)
    touched = ground.around(place)
    if wrong == right or not ground.is_free(touched):
        return False
    ground.put(place, wrong)
    spots: Sequence[Place] = ground.triple(place) if not ground.is_ledger(place) else [place]
    spots = [place, *(each for each in spots if each != place)]
    ground.record(kind, spots, f"{right}", f"{wrong}", touched, rows=ground.is_ledger(place))
    return True


def _tidy(value: float, like: Cell) -> Cell:
    """As a person would type it: whole if it was whole, no binary dust."""
    if isinstance(like, int) and abs(value - round(value)) < 1e-9:
        return round(value)
    return float(f"{value:.6g}") if abs(value) < 1e5 else round(value, 2)


def unit_slip(ground: Ground) -> bool:
    place = pick(ground, "level")
    value = None if place is None else ground.number(place)
    if place is None or not value or abs(value) < 1:
        return False
    factors = {"亿元": [1e4], "万元": [1e-4], "千元": [1e3, 1e-5]}.get(ground.mark(place).unit)
    if factors is None:
        return False
    factor = factors[ground.draw.randint(len(factors))]
    return _plant(ground, "unit_slip", place, _tidy(value * factor, ground.value(place)))


def times_ten(ground: Ground) -> bool:
    place = pick(ground, "level", "count", "ratio", cards=CLOSE)
    value = None if place is None else ground.number(place)
    if place is None or not value or abs(value) < 5:
        return False
    factor = 10.0 if ground.draw.randint(2) else 0.1
    if ground.mark(place).kind == "count":
        factor = 10.0
    return _plant(ground, "times_ten", place, _tidy(value * factor, ground.value(place)))


def share_percent(ground: Ground) -> bool:
    place = pick(ground, "share", "growth", ledgers=False)
    value = None if place is None else ground.number(place)
    if place is None or value is None:
        return False
    speed = ground.mark(place).kind == "growth"
    if speed and (abs(value) < 5 or len(ground.triple(place)) == 1):
        return False
    return _plant(ground, "share_percent", place, round(value / 100, 4))


def sign(ground: Ground) -> bool:
    place = pick(ground, "level", "count", "growth")
    value = None if place is None else ground.number(place)
    if place is None or not value:
        return False
    speed = ground.mark(place).kind == "growth"
    if speed and (abs(value) < 3 or len(ground.triple(place)) == 1):
        return False
    return _plant(ground, "sign", place, -value)


def out_of_range(ground: Ground) -> bool:
    place = pick(ground, "share", "growth", ledgers=False)
    value = None if place is None else ground.number(place)
    if place is None or value is None:
        return False
    wrong = -round(100 + abs(value), 1) if ground.mark(place).kind == "growth" else value + 100
    return _plant(ground, "out_of_range", place, round(wrong, 2))


def digit_transposition(ground: Ground) -> bool:
    place = pick(ground, "level", "count", cards=CLOSE)
    value = None if place is None else ground.number(place)
    if place is None or not value or value < 20:
        return False
    text = f"{ground.value(place)}"
    if not text[:2].isdigit() or text[0] == text[1] or text[1] == "0":
        return False
    swapped = text[1] + text[0] + text[2:]
    wrong: Cell = int(swapped) if isinstance(ground.value(place), int) else float(swapped)
    near = [ground.number(each) or value for each in ground.neighbours(place)]
    if not max([value, *near]) * JUMP < wrong and not wrong < min([value, *near]) / JUMP:
        return False
    return _plant(ground, "digit_transposition", place, wrong)


def parts_total(ground: Ground) -> bool:
    place = pick(ground, "level", "count", ledgers=False)
    if place is None:
        return False
    total = next((ground.in_sum(place, each)[0] for each in ground.sums(place)), None)
    value = None if total is None else ground.number(total)
    if total is None or not value:
        return False
    factor = 1 + ground.draw.choice([-1, 1]) * ground.draw.uniform(0.02, 0.06)
    decimals = 0 if isinstance(ground.value(total), int) else 2 if value < 1e4 else 1
    wrong: Cell = round(value * factor, decimals) if decimals else round(value * factor)
    steps = ground.ladder(total)
    if total in steps:  # it must not fall below the month before, nor rise above the next
        at = steps.index(total)
        near = [ground.number(each) for each in steps[max(0, at - 1) : at + 2] if each != total]
        low, high = (near[0] if at else 0), near[-1] if at + 1 < len(steps) else None
        if (low or 0) > wrong or (high is not None and wrong > high):
            return False
    return _plant(ground, "parts_total", total, wrong)


def growth_contradicts(ground: Ground) -> bool:
    place = pick(ground, "growth", ledgers=False)
    value = None if place is None else ground.number(place)
    if place is None or value is None or len(ground.triple(place)) == 1:
        return False
    off = ground.draw.choice([-1, 1]) * ground.draw.uniform(*POINTS)
    return _plant(ground, "growth_contradicts", place, round(value + off, 1))


def cumulative_falls(ground: Ground) -> bool:
    place = pick(ground, "level")
    steps = [] if place is None else ground.ladder(place)
    if place is None or place not in steps or steps.index(place) == 0:
        return False
    before, value = ground.number(steps[steps.index(place) - 1]), ground.number(place)
    if not before or not value:
        return False
    wrong = before * ground.draw.uniform(0.9, 0.985)
    like = ground.value(place)
    return _plant(
        ground,
        "cumulative_falls",
        place,
        round(wrong) if isinstance(like, int) else round(wrong, 2),
    )


def text_for_number(ground: Ground) -> bool:
    place = pick(ground, "level", "count", "share", "growth")
    if place is None:
        return False
    text, draw = f"{ground.value(place)}", ground.draw
    forms = [
        "待核",
        "#REF!",
        "见附表",
        f"约{text}",
        text.replace(".", "。") if "." in text else f"{text}？",
    ]
    if "0" in text:
        forms += [text.replace("0", "O", 1)] * 3
    if "1" in text:
        forms += [text.replace("1", "l", 1)] * 3
    return _plant(ground, "text_for_number", place, forms[draw.randint(len(forms))])


CELLS: dict[str, Callable[[Ground], bool]] = {
    each.__name__: each
    for each in (
        unit_slip, times_ten, share_percent, sign, out_of_range, digit_transposition, parts_total,
        growth_contradicts, cumulative_falls, text_for_number,
    )
}  # fmt: skip
