"""Enterprise rows: credit codes, industry codes, one enterprise twice."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from jingwei.core import Classification
from jingwei.statistics.checks.finding import Change, IntakeFinding, Suggestion
from jingwei.statistics.enterprises import (
    DIVISIONS_GBT4754_2017,
    bare_company,
    check_character,
    likely_code,
    region_in_code,
    valid,
    valid_form,
)
from jingwei.statistics.intake import Declared, EnterpriseRow

_DAY = re.compile(r"((?:19|20|21)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")


def check_enterprises(
    rows: Sequence[EnterpriseRow], declared: Declared, today: date | None = None
) -> list[IntakeFinding]:
    """Findings about the rows of lists of enterprises."""
    found: list[IntakeFinding] = []
    for file in sorted({row.place.file for row in rows}):
        mine = [row for row in rows if row.place.file == file]
        bad = _codes(mine, found)
        _regions(mine, declared, bad, found)
        _dates(mine, today, found)
        _twice(mine, found)
        _industries(mine, declared.classifications, found)
    _other_industry(rows, declared.classifications, found)
    return found


def _finding(
    row: EnterpriseRow,
    role: str,
    rule: str,
    zh: str,
    en: str,
    suggestion: Suggestion | None,
    field: str = "",
) -> IntakeFinding:
    title = field or row.values.get(f"{role}_field", "")
    place = replace(row.place, field=title)
    return IntakeFinding(
        place.file, place.row, title, rule, zh, en, suggestion, place.sheet, (place,)
    )


def _correction(row: EnterpriseRow, role: str, after: str) -> Suggestion:
    before, field = row.values.get(role, ""), row.values.get(f"{role}_field", "")
    return Suggestion(
        "replace", f"可能是 {after}", f"probably {after}", "",
        (Change(row.place.row, field, before, after, row.place.sheet),),
    )  # fmt: skip


def _codes(rows: Sequence[EnterpriseRow], found: list[IntakeFinding]) -> set[int]:
    """Form and check character; gives the rows (by order) whose code is wrong."""
    bad: set[int] = set()
    for order, row in enumerate(rows):
        code = row.values.get("entity_code", "").replace(" ", "")
        if not code:
            continue
        if valid(code):
            continue
        after = likely_code(code)
        suggestion = _correction(row, "entity_code", after) if after else None
        if not valid_form(code):
            bad.add(order)
            found.append(
                _finding(
                    row, "entity_code", "uscc_form",
                    f"统一社会信用代码「{code}」应为 18 位，由数字和大写字母（不含 I O S V Z）组成；请核对营业执照",
                    f"'{code}' is no credit code: 18 digits or capitals without I O S V Z",
                    suggestion,
                )
            )  # fmt: skip
        else:
            bad.add(order)
            found.append(
                _finding(
                    row, "entity_code", "uscc_check",
                    f"统一社会信用代码「{code}」的校验位应为 {check_character(code[:17])}"
                    "（GB 32100-2015）；有一位录错，请核对营业执照",
                    f"the check character of '{code}' should be {check_character(code[:17])} "
                    "(GB 32100-2015); one character is wrong",
                    suggestion,
                )
            )  # fmt: skip
    return bad


def _regions(
    rows: Sequence[EnterpriseRow], declared: Declared, bad: set[int], found: list[IntakeFinding]
) -> None:
    """The region that registered a code against the region of the row, where they mostly agree."""
    pairs: list[tuple[EnterpriseRow, str, str]] = []
    home: Counter[str] = Counter()
    for order, row in enumerate(rows):
        code = row.values.get("entity_code", "")
        if order in bad or not code:
            continue
        text = row.values.get("region_code") or row.values.get("region") or ""
        region = declared.region(text) if text else None
        if region is not None and region.code.isdigit() and len(region.code) == 6:
            pairs.append((row, region_in_code(code), region.code))
        elif not text:
            home[region_in_code(code)[:4]] += 1
    agreeing = sum(in_code == code for _, in_code, code in pairs)
    if not pairs or agreeing < 0.7 * len(pairs):
        return
    names = {region.code: region.name for region in declared.regions}
    for row, in_code, code in pairs:
        if in_code != code:
            told = names.get(in_code, in_code)
            field = "region_code" if row.values.get("region_code") else "region"
            found.append(
                _finding(
                    row, field, "uscc_region",
                    f"信用代码的登记地为 {told}（{in_code}），本行地区为 {names.get(code, code)}；"
                    "请核对是迁入企业还是填错",
                    f"the code was registered in {in_code}, the row says {code}; moved, or mistyped?",
                    Suggestion("ask", f"可能是 {told}", f"probably {in_code}", "", (
                        Change(row.place.row, row.values.get(f"{field}_field", ""),
                               row.values.get(field, ""), names.get(in_code, in_code), row.place.sheet),
                    )),
                )
            )  # fmt: skip


def _dates(rows: Sequence[EnterpriseRow], today: date | None, found: list[IntakeFinding]) -> None:
    """Days of a list that have not come yet."""
    if today is None:
        return
    for row, field, text in [(each, *dated) for each in rows for dated in each.dates]:
        match = _DAY.search(text)
        if field.startswith("有效期") or match is None:
            continue
        year, month, day = (int(each) for each in match.groups())
        if (year, month, day) > (today.year, today.month, today.day):
            found.append(
                _finding(
                    row, "date", "future_date",
                    f"「{field}」为 {match[0]}，晚于今天（{today}）；请核对年份",
                    f"{match[0]} is after today ({today}); check the year", None, field,
                )
            )  # fmt: skip


def _twice(rows: Sequence[EnterpriseRow], found: list[IntakeFinding]) -> None:
    """One code, or one name, in two rows of one list."""
    by_code: defaultdict[tuple[str, int, str], list[EnterpriseRow]] = defaultdict(list)
    by_name: defaultdict[tuple[str, int, str], list[EnterpriseRow]] = defaultdict(list)
    periods = Counter[tuple[str, str]]()
    for row in rows:
        periods[row.place.sheet, row.values.get("period", row.values.get("year", ""))] += 1
    for row in rows:
        when = "|".join(
            row.values.get(key, "") for key in ("year", "month", "period", "indicator", "window")
        )
        sheet = f"{row.place.sheet}|{when}"
        if code := row.values.get("entity_code", "").replace(" ", "").upper():
            by_code[sheet, row.place.table, code].append(row)
        if name := row.values.get("entity", ""):
            by_name[sheet, row.place.table, bare_company(name)].append(row)
    seen: set[int] = set()
    for held, role, zh_word in ((by_code, "entity_code", "信用代码"), (by_name, "entity", "名称")):
        lists = Counter((sheet, table) for sheet, table, _ in held)
        again = Counter((sheet, table) for (sheet, table, _), same in held.items() if same[1:])
        for (sheet, table, value), same in held.items():
            if again[sheet, table] > 0.2 * lists[sheet, table]:
                continue  # several rows a firm are the rule of this list
            for row in same[1:]:
                if row.place.row in seen:
                    continue
                seen.add(row.place.row)
                first = same[0]
                found.append(
                    _finding(
                        row, role, "same_enterprise",
                        f"{zh_word}「{row.values.get(role, value)}」在第 {first.place.row} 行已经有了"
                        f"（{first.values.get('entity', '')}）；同一企业只应有一行",
                        f"row {first.place.row} has this {'code' if role == 'entity_code' else 'name'} "
                        "already; one enterprise, one row",
                        Suggestion("remove", f"与第 {first.place.row} 行合并", f"merge with row {first.place.row}", "", ()),
                    )
                )  # fmt: skip


def _industries(
    rows: Sequence[EnterpriseRow],
    classifications: Sequence[Classification],
    found: list[IntakeFinding],
) -> None:
    codes = [row.values.get("industry_code", "") for row in rows]
    industrial = [each for each in classifications if "4754" in each.id]
    best = max(
        industrial or classifications,
        key=lambda each: sum(code in each.categories for code in codes),
        default=None,
    )
    for row in rows:
        code = row.values.get("industry_code", "").strip()
        if not code:
            continue
        if best is not None and any(each in best.categories for each in codes):
            if code in best.categories:
                continue
            other = next((each for each in industrial if code in each.categories), None)
            if other is not None:
                found.append(
                    _finding(
                        row, "industry_code", "industry_edition",
                        f"行业代码「{code}」不在 {best.name or best.id} 中，是 {other.name or other.id} 的代码；请换用新代码",
                        f"the code '{code}' is of {other.id}, not of {best.id}", None,
                    )
                )  # fmt: skip
                continue
            known = best.categories
        else:
            known = None
        if known is None and _possible(code):
            continue
        zero = f"0{code}" if known is not None and f"0{code}" in known else ""
        found.append(
            _finding(
                row, "industry_code", "industry_code",
                f"行业代码「{code}」在国民经济行业分类中不存在；请核对",
                f"there is no industry code '{code}'",
                _correction(row, "industry_code", zero) if zero else None,
            )
        )  # fmt: skip


def _other_industry(
    rows: Sequence[EnterpriseRow],
    classifications: Sequence[Classification],
    found: list[IntakeFinding],
) -> None:
    """A code that does not go with the name of the industry, or with the firm's other records."""
    flagged = {(each.file, each.sheet, each.row) for each in found if "industry" in each.rule}
    by_name: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_firm: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        code = row.values.get("industry_code", "")
        if code and (name := row.values.get("industry", "")):
            by_name[name][code] += 1
        if code and (firm := row.values.get("entity_code", "")):
            by_firm[firm][code] += 1
    names = {
        category.name: (category.code, each.id)
        for each in classifications
        for category in each.categories.values()
    }
    for row in rows:
        code, name = row.values.get("industry_code", ""), row.values.get("industry", "")
        place = row.place
        if not code or (place.file, place.sheet, place.row) in flagged:
            continue
        likely, why = "", ""
        if name:
            usual, times = by_name[name].most_common(1)[0]
            if usual != code and times >= 3 and by_name[name][code] <= 0.1 * times:
                likely, why = usual, f"行业名称「{name}」通常对应 {usual}"
            elif name in names and len(by_name[name]) == 1 and times < 3 and names[name][0] != code:
                likely, why = names[name][0], f"行业名称「{name}」的代码是 {names[name][0]}"
        if not likely and (firm := row.values.get("entity_code", "")):
            usual, times = by_firm[firm].most_common(1)[0]
            if usual != code and times >= 2 and by_firm[firm][code] == 1:
                likely, why = usual, f"同一企业在其他 {times} 处为 {usual}"
        if likely:
            found.append(
                _finding(
                    row, "industry_code", "industry_code",
                    f"行业代码为 {code}，而{why}；请核对",
                    f"the code is {code}, elsewhere it is {likely}; which one is right?",
                    _correction(row, "industry_code", likely),
                )
            )  # fmt: skip


def _possible(code: str) -> bool:
    """Whether a code can be of GB/T 4754-2017: a section letter, or digits below a division."""
    plain = code.upper()
    if plain[:1].isalpha():
        section, plain = plain[0], plain[1:]
        if section not in DIVISIONS_GBT4754_2017:
            return False
        if not plain:
            return True
    if not plain.isdigit() or not 2 <= len(plain) <= 4:
        return False
    return any(first <= int(plain[:2]) <= last for first, last in _spans(DIVISIONS_GBT4754_2017))


def _spans(sections: Mapping[str, tuple[int, int]]) -> Sequence[tuple[int, int]]:
    return tuple(sections.values())
