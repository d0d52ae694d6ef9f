"""What a cell is: digits that are no number, numbers typed as text, rows that moved."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from jingwei.statistics.checks.bench import shown
from jingwei.statistics.checks.finding import RULES, Change, IntakeFinding, Suggestion
from jingwei.statistics.intake import Figure, FileReading, Place

_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?")
_PLAIN = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?%?")


def written_cells(reading: FileReading, flagged: set[Place]) -> Iterable[IntakeFinding]:
    """Cells that are no number, or numbers kept as text among proper ones."""
    for place, text, likely in reading.garbled:
        changes = (Change(place.row, place.field, text, likely, place.sheet),)
        guess = None if likely is None else Suggestion(
            "replace", f"{text} → {shown(likely)}", f"{text} to {shown(likely)}", "", changes
        )  # fmt: skip
        yield IntakeFinding(
            place.file, place.row, place.field, "not_a_number",
            f"{RULES['not_a_number'][0]}：「{text}」不能确定是哪个数；请对照原始资料改正",
            f"'{text}' is no certain number; correct it from the source",
            guess, place.sheet, (place,),
        )  # fmt: skip
    yield from _words_for_numbers(reading)
    for place in reading.shifted:
        yield IntakeFinding(
            place.file, place.row, place.field, "shifted",
            f"{RULES['shifted'][0]}：第 {place.row} 行从「{place.field}」起像是右移了一列，末尾超出表头；请整行左移后再核",
            f"row {place.row} runs past the header and has a gap at '{place.field}': moved by a column?",
            Suggestion("ask", "整行左移一列", "move the row one column to the left"),
            place.sheet, (place,),
        )  # fmt: skip
    for refusal in reading.refusals:
        if refusal.zh.startswith("公式"):
            place = refusal.place
            yield IntakeFinding(
                place.file, place.row, place.field, "uncomputed",
                f"{RULES['uncomputed'][0]}：{refusal.zh}", refusal.en, None, place.sheet, (place,),
            )  # fmt: skip
    columns: defaultdict[tuple[str, int, int], list[Figure]] = defaultdict(list)
    hedged: defaultdict[tuple[str, int], list[bool]] = defaultdict(list)
    for figure in reading.figures:
        columns[figure.place.sheet, figure.place.table, figure.place.column].append(figure)
        hedged[figure.place.sheet, figure.place.table].append(figure.op != "=")
    # where a whole table prints numbers, one 约38 is a slip of the hand; a table of 约 means them
    strict = {
        key for key, many in hedged.items() if len(many) >= 20 and sum(many) <= 0.05 * len(many)
    }
    grouped: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for key, figures in columns.items():
        odd = [f for f in figures if f.as_text or not _PLAIN.fullmatch(f.printed.strip())]
        odd = [f for f in odd if not f.marks and (f.op != "=" or not _states_unit(f))]
        if all(abs(f.written) < 1000 for f in figures if f not in odd):
            # of numbers below a thousand nobody sees whether thousands are set apart
            odd = [f for f in odd if f.as_text or not _GROUPED.fullmatch(f.printed.strip())]
        if len(figures) < 20 and key[:2] not in strict:
            odd = [f for f in odd if f.op == "="]
        if len(figures) < 4 or not odd or len(odd) > 0.25 * len(figures):
            continue
        for figure in odd:
            if figure.place in flagged:
                continue
            place = figure.place
            if _GROUPED.fullmatch(figure.printed.strip()):
                grouped[place.file, place.sheet].append(figure)
                continue
            yield IntakeFinding(
                place.file, place.row, place.field, "number_as_text",
                f"{RULES['number_as_text'][0]}：「{figure.printed}」是文字，同列其他是数；求和、排序会漏掉它",
                f"'{figure.printed}' is text among numbers; sums and sorting leave it out",
                Suggestion(
                    "replace", f"{figure.printed} → {shown(figure.written)}",
                    f"{figure.printed} to {shown(figure.written)}", "",
                    (Change(place.row, place.field, figure.printed, figure.written, place.sheet),),
                ),
                place.sheet, (place,),
            )  # fmt: skip

    for figures in grouped.values():
        yield _grouped_text(figures)


def _grouped_text(figures: Sequence[Figure]) -> IntakeFinding:
    """Numbers typed with thousands separators as text: read for certain, told once a sheet."""
    first = min(figures, key=lambda each: each.place)
    place = first.place
    changes = tuple(
        Change(each.place.row, each.place.field, each.printed, each.written, each.place.sheet)
        for each in sorted(figures, key=lambda each: each.place)
    )
    return IntakeFinding(
        place.file, place.row, place.field, "number_as_text",
        f"{RULES['number_as_text'][0]}：本表有 {len(figures)} 格写成带千分号的文字（如「{first.printed}」），"
        "已按数读入；求和、排序会漏掉它们",
        f"{len(figures)} cells of this sheet are text with thousands separators (such as "
        f"'{first.printed}'); they were read as numbers, but sums and sorting leave them out",
        Suggestion("replace", f"{first.printed} → {shown(first.written)}，共 {len(figures)} 格",
                   f"{first.printed} to {shown(first.written)}", "", changes),
        place.sheet, tuple(sorted(each.place for each in figures)),
    )  # fmt: skip


def _words_for_numbers(reading: FileReading) -> Iterable[IntakeFinding]:
    """Words in a column of numbers: 见附表 where a value belongs."""
    numbers: defaultdict[tuple[str, int, int], int] = defaultdict(int)
    wordy: defaultdict[tuple[str, int, int], list[tuple[Place, str]]] = defaultdict(list)
    for figure in reading.figures:
        numbers[figure.place.sheet, figure.place.table, figure.place.column] += 1
    for refusal in reading.refusals:
        if refusal.words:
            place = refusal.place
            wordy[place.sheet, place.table, place.column].append((place, refusal.text))
    for column, cells in wordy.items():
        if len(cells) > 0.5 * numbers[column] or numbers[column] < 3:
            continue
        for place, text in cells:
            yield IntakeFinding(
                place.file, place.row, place.field, "not_a_number",
                f"{RULES['not_a_number'][0]}：这一列是数，这里写着「{text}」；没有数请留空，有数请填数",
                f"'{text}' in a column of numbers; leave it empty or give the number",
                None, place.sheet, (place,),
            )  # fmt: skip


def _states_unit(figure: Figure) -> bool:
    return any(each.isalpha() for each in figure.printed) or figure.printed.strip().endswith("%")
