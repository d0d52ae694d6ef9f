"""Units and link words found by look-up are those that a plain pattern finds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.core.quantity import in_base_units, unit, unit_table
from jingwei.plans.endings import Endings
from jingwei.plans.unit_words import unit_end, unit_traits


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("元左右", "元"),
        ("元/平方公里。", "元/平方公里"),
        ("吨标准煤/万元", "吨标准煤/万元"),
        ("家电企业", ""),
        ("家企业", "家"),
        ("千瓦时每平方米·年以下", "千瓦时每平方米·年"),
        ("元每季度", "元每季度"),
        ("/万人", "/万人"),
        ("座谈会", ""),
        ("的产业", ""),
    ],
)
def test_unit_ends_where_its_words_end(text: str, unit: str) -> None:
    assert text[: unit_end(text, 0)] == unit


def one_pattern() -> re.Pattern[str]:
    """All unit words in one pattern: slow and plain."""
    table = unit_table()
    follows: dict[str, str] = table["not_before"]
    words = sorted(unit_traits(), key=lambda word: (-len(word), word))
    unit = "|".join(
        re.escape(word) + (f"(?!{follows[word]})" if word in follows else "") for word in words
    )
    scales = [*table["scale"], *table["scale_below_the_line"]]
    scale = "|".join(sorted(scales, key=len, reverse=True))
    times = "年|月|日|天|时|秒|季度"
    per = rf"(?:(?:钢|粗钢|产品)?\s?(?:/|每)(?:{scale})?(?:{unit}|{times})(?:·(?:{times}))?)"
    # 「连续3年每年给予资助」: years are counted per nothing
    every = r"(?=(?:钢|粗钢|产品)?\s?每)"
    timed = "|".join(
        f"{word}(?!{follows.get(word, '$.')}){every}" for word in times.split("|") if word in words
    )
    return re.compile(rf"(?:{timed})|(?:{unit})?{per}?")


PATTERN = one_pattern()
PIECES = [*unit_traits(), *unit_table()["scale"], "百", "十", *unit_table()["not_before"].values()]
PIECES += ["每", "/", "钢", "产品", " ", "年", "天", "季度", "·年", "电", "企业", "的", "级"]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.integers(0, 3))
def test_look_up_agrees_with_one_pattern(text: str, start: int) -> None:
    start = min(start, len(text))
    match = PATTERN.match(text, start)
    assert match is not None
    assert unit_end(text, start) == match.end()


LINKS = ("达到", "达", "到", "的", "约", "将达到", "进一步", "一步")


@given(st.lists(st.sampled_from([*LINKS, "产值", "进", "步"]), max_size=7).map("".join))
def test_run_of_endings_begins_where_a_pattern_finds_it(text: str) -> None:
    found = re.search(f"(?:{'|'.join(LINKS)})+$", text)
    assert Endings.plain(LINKS).run(text) == (found.start() if found else len(text))


def test_a_hundred_may_stand_before_what_is_counted_per() -> None:
    assert unit("公里/百平方公里").dimension == unit("公里/平方公里").dimension
    assert in_base_units(151, "公里/百平方公里") == pytest.approx(
        in_base_units(1.51, "公里/平方公里")
    )
