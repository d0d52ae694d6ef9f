"""Consistent numbers, rounded as documents print them, raise no alarm; one fault raises one.

All places and figures are fictional.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import assume, given
from hypothesis import strategies as st
from stating import says

from jingwei.core import Finding, Statement
from jingwei.monitor.health import check

DOCUMENT = "云溪规划"
amounts = st.floats(80, 90_000)
rates = st.floats(0.5, 25)
decimals = st.integers(0, 2)


def told(statements: Sequence[Statement]) -> list[Finding]:
    documents: dict[str, list[Statement]] = {}
    for each in statements:
        documents.setdefault(each.document, []).append(each)
    return check(documents)


def fact(subject: str, number: float, digits: int, unit: str, period: str, **more) -> Statement:
    return says(
        more.pop("document", DOCUMENT),
        "observation",
        subject,
        f"{number:.{digits}f}",
        unit,
        period,
        **more,
    )


@dataclass
class Text:
    """Statements of one sentence: places in a source run on."""

    at: int = 0

    def __call__(self, *args, **more) -> Statement:
        self.at += 20
        return fact(*args, at=self.at, **more)


def growth(start: float, rate: float, years: int, digits: tuple[int, int, int], off: float = 0):
    say = Text()
    end = start * (1 + rate / 100) ** years
    last = 2015 + years
    return [
        say("工业增加值", start, digits[0], "亿元", "2015"),
        say("工业增加值", end, digits[1], "亿元", str(last)),
        say(
            "工业增加值年均增速",
            rate + off,
            digits[2],
            "%",
            f"2016-{last}" if years > 1 else str(last),
        ),
    ]


@given(amounts, rates, st.integers(1, 6), st.tuples(decimals, decimals, decimals))
def test_start_end_and_rate_that_fit(start, rate, years, digits):
    assert told(growth(start, rate, years, digits)) == []


@given(amounts, rates, st.integers(2, 6), st.sampled_from([-1, 1]), st.floats(1.6, 9))
def test_a_wrong_rate_is_the_one_finding(start, rate, years, sign, off):
    """Unless the wrong rate happens to be that of a year more or less, start and end undated."""
    assume(rate + sign * off > 0.1)
    found = told(growth(start, rate, years, (1, 1, 1), off=sign * off))
    implied = (1 + rate / 100) ** years
    near = [(implied ** (1 / n) - 1) * 100 for n in (years - 1, years + 1) if n]
    total = (implied - 1) * 100
    if all(abs(rate + sign * off - each) > 0.3 for each in [*near, total]):
        assert [each.kind for each in found] == ["growth"]


@given(amounts, st.floats(1, 99), decimals, decimals, decimals)
def test_level_share_and_total_that_fit(total, share, a, b, c):
    level = total * share / 100
    if round(level, a) == 0:
        return
    say = Text()
    assert (
        told(
            [
                say("装备制造业产值", level, a, "亿元", "2020"),
                say("装备制造业产值占规模以上工业产值比重", share, b, "%", "2020"),
                fact("规模以上工业产值", total, c, "亿元", "2020", at=5000),
            ]
        )
        == []
    )


@given(amounts, st.floats(5, 60), st.floats(1.15, 2.5))
def test_a_share_that_implies_another_total(total, share, wrong):
    say = Text()
    found = told(
        [
            say("装备制造业产值", total * share / 100, 1, "亿元", "2020"),
            say("装备制造业产值占规模以上工业产值比重", share, 1, "%", "2020"),
            fact("规模以上工业产值", total * wrong, 1, "亿元", "2020", at=5000),
        ]
    )
    assert [each.kind for each in found] == ["implied_total"]


@given(st.floats(1000, 90_000), decimals, st.sampled_from(["亿元", "万亿元"]), st.integers(0, 3))
def test_one_fact_printed_in_two_ways(value, fine, unit, coarse):
    """37053.4亿元 is 3.7万亿元, 37053 is 37053.4."""
    scaled = value / 10_000 if unit == "万亿元" else value
    if round(scaled, coarse) == 0:
        return
    one = fact("工业总产值", value, fine, "亿元", "2020")
    other = fact("工业总产值", scaled, coarse, unit, "2020", document="云溪公报")
    assert told([one, other]) == []


@given(st.floats(1000, 90_000), st.floats(1.02, 3), st.booleans())
def test_one_fact_with_two_values(value, wrong, within):
    other = DOCUMENT if within else "云溪公报"
    found = told(
        [
            fact("工业总产值", value, 0, "亿元", "2020", at=10),
            fact("工业总产值", value * wrong, 0, "亿元", "2020", document=other, at=9000),
        ]
    )
    assert [each.kind for each in found] == ["two_values"]


@given(st.floats(50, 9000), st.floats(50, 9000), decimals)
def test_parts_that_add_up(one, two, digits):
    def part(name, number):
        return fact(name, number, digits, "亿元", "2020")

    def texts(whole):
        return [
            part("新兴产业制造业部分增加值", one),
            part("新兴产业服务业部分增加值", two),
            part("新兴产业增加值", whole),
        ]

    assert told(texts(one + two)) == []
    assert [each.kind for each in told(texts((one + two) * 1.2 + 5))] == ["parts_and_whole"]


@given(st.floats(5, 60), st.floats(0.5, 30), decimals, decimals)
def test_an_increase_and_its_start_and_end(start, gain, a, b):
    def texts(stated):
        say = Text()
        return [
            say("服务业增加值占地区生产总值比重", start, a, "%", "2015"),
            say("服务业增加值占地区生产总值比重", start + gain, a, "%", "2020"),
            says(DOCUMENT, "observation", "服务业增加值占地区生产总值比重", f"+{stated:.{b}f}",
                 "个百分点", "2016-2020", at=say.at + 20),
        ]  # fmt: skip

    assert told(texts(gain)) == []
    assert [each.kind for each in told(texts(gain + 3.2))] == ["increase"]


@given(amounts, st.floats(1.3, 6), st.sampled_from(["x", "grown"]))
def test_a_multiple_and_its_start_and_end(start, times, how):
    """增长1.3倍 may be read as 2.3 times."""

    def texts(stated):
        say = Text()
        quote = (
            f"工业产值增长{stated:.1f}倍" if how == "grown" else f"工业产值是2015年的{stated:.1f}倍"
        )
        return [
            say("工业产值", start, 1, "亿元", "2015"),
            say("工业产值", start * times, 1, "亿元", "2020"),
            says(DOCUMENT, "observation", "工业产值", f"x{stated:.1f}", "", "2020", quote=quote,
                 base_year=2015, at=say.at + 20),
        ]  # fmt: skip

    right = times - 1 if how == "grown" and times > 1.3 else times
    assert told(texts(right)) == []
    assert [each.kind for each in told(texts(times + 1.5))] == ["multiple"]


@given(st.integers(20, 5000), st.integers(1, 900))
def test_a_target_above_and_below_its_base(base, step):
    def texts(goal):
        return [
            fact("高新技术企业数量", base, 0, "家", "2020", at=10),
            says(DOCUMENT, "target", "高新技术企业数量", str(goal), "家", "2025", at=4000,
                 quote=f"高新技术企业数量达到{goal}家"),
        ]  # fmt: skip

    assert told(texts(base + step)) == []
    if base - step > 0:
        assert [each.kind for each in told(texts(base - step))] == ["target_passed"]


@given(st.data())
def test_the_order_of_documents_and_statements_decides_nothing(data):
    make: Callable[[], list[Statement]] = lambda: [  # noqa: E731
        *growth(1000, 5, 5, (0, 0, 1), off=2.5),
        fact("工业总产值", 4000, 0, "亿元", "2020", at=9000),
        fact("工业总产值", 4500, 0, "亿元", "2020", document="云溪公报", at=100),
    ]
    statements = make()
    documents = {
        name: [each for each in statements if each.document == name]
        for name in (DOCUMENT, "云溪公报")
    }
    first = check(documents)
    shuffled = dict(data.draw(st.permutations(list(documents.items()))))
    assert check(shuffled) == first
    assert sorted(each.kind for each in first) == ["growth", "two_values"]
