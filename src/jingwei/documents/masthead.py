"""What stands at the head of a document: title, 文号, date of issue.

The title is the plan's own one: the name in the notice that issues it, or the first line that
ends like the name of a plan. A news headline above it is no title.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache

from jingwei.documents.numbering import han_number, mark_of, sentence_end
from jingwei.documents.vocabulary import words

_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,14}?)[〔\[(〈【]((?:19|20)\d\d)[〕\])〉】]第?(\d{1,5})号")
_DATE = re.compile(r"\(?((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日\)?(?:印发|发布|印)?")
_HAN_DATE = re.compile(
    r"\(?([一二三四五六七八九〇○零]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日\)?"
)
_ISO_DATE = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
# the line of a page or paper that says when it came out: 「发布时间：2031-03-05 09:00 来源：云岭日报」,
# 「云岭发布 2031年3月5日」
_PUBLISHED = re.compile(
    r"[^\d。,;]{0,16}(?:(?:发布|发表|出版|更新|成文|印发)?(?:时间|日期|于)?:?)"
    r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{2}(?=\d{1,2}:)|\d{1,2}(?!\d))日?"
    r"(?:T?\d{1,2}:\d{2}(?::\d{2})?)?(?:[^。,;]{0,40})?"
)
# 「——2031年1月23日在云岭市第五届人民代表大会第四次会议上」, 「(2031年1月23日)」 at the end of a title
_SPOKEN = re.compile(r"[—(-]*((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日在[^。]{2,50}")
_AFTER_TITLE = re.compile(r"[^。]{6,60}\(((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日\)")
# 「云岭市人民政府办公室 2031年3月5日印发」, but not 「自印发之日起施行，有效期至2036年12月31日」
_PRINTED = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?=印发)")
_REMARK = re.compile(r"\((?![^()]*\d{4}[^()]*年\))[^()]*\)$")
_PREFIX = re.compile(r"^附件?\d{0,2}:?")
# the red head above the title: 「云岭市人民政府文件」, 「云政发〔2031〕17号」
_RED_HEAD = re.compile(
    r"^[一-龥]{2,24}(?:政府|委员会|办公[室厅]|局|厅|部|委)文件(?:[一-龥]{1,12}[〔\[(](?:19|20)\d\d[〕\])]第?\d{1,5}号)?"
)
_ASIDE = re.compile(r"\((?!(?:19|20)\d\d)[^()]*\)|附件?\d{0,2}:?")
# a title in two lines: 「云岭市“十六五”规划」, 「实施情况中期评估报告」
_GOES_ON = re.compile(
    r"(?:实施|执行|落实|完成)?(?:情况)?(?:的)?(?:中期|总结|终期|末期|年度)?评估(?:报告|要点)?(?:\([^()]*\))?|(?:实施|执行|完成)情况(?:的)?(?:报告|总结|通报|汇报)"
)
_YEARS = re.compile(r"\((?:19|20)\d\d年?[-—–~至](?:19|20)\d\d年?\)")
_LONGEST_TITLE = 60
_SIGNED_WITHIN = 4  # paragraphs of the end that may hold the date of a signature
_DATELINE_WITHIN = 8  # paragraphs of the head that may hold a dateline


@dataclass(frozen=True, slots=True)
class Masthead:
    """Title, number and date ("" where absent); ``lines`` are the paragraphs of the title."""

    title: str
    number: str
    issued: str
    lines: range


def read_masthead(texts: Sequence[str], published: str = "") -> Masthead:
    """Read the head of a document from its paragraphs, in order.

    ``published`` is the date that the page or file gives of itself, used if no notice is dated.
    """
    head = _head(texts)
    title, lines = _title(head)
    return Masthead(title, _number(head), _issued(head, texts) or iso_date(published), lines)


def as_title(text: str) -> str:
    """``text`` where it is the name of a document (…规划, …实施方案), "" where it is a headline."""
    return _title((text,))[0]


def _head(texts: Sequence[str]) -> list[str]:
    """Paragraphs before the first heading of the first level, at most 60."""
    head: list[str] = []
    for text in texts[:60]:
        mark = mark_of(text)
        if mark and mark.kind in ("chapter", "han") and len(text) < 40:
            break
        head.append(text)
    return head


@cache
def _notice() -> re.Pattern[str]:
    issuing = "|".join(words("title")["issuing"])
    return re.compile(
        rf"(?:{issuing})[^。《«]{{0,8}}[《«]([^《》«»]{{4,80}})[》»][^。]{{0,30}}?的通知"
    )


@cache
def _notice_without_marks() -> re.Pattern[str]:
    """「关于印发云溪市…行动方案(2031—2033年)的通知」."""
    issuing, endings = "|".join(words("title")["issuing"]), "|".join(words("title")["endings"])
    return re.compile(
        rf"关于(?:{issuing})([^。《«,:;]{{4,70}}?(?:{endings})(?:\([^()]{{4,24}}\))?)的通知"
    )


def _title(head: Sequence[str]) -> tuple[str, range]:
    written = "".join(head)
    named = _notice().search(written) or _notice_without_marks().search(written)
    if named:
        at = next((i for i, text in enumerate(head) if text == named[1]), None)
        return named[1], range(0) if at is None else range(at, at + 1)
    endings = tuple(words("title")["endings"])
    for first in range(len(head)):
        text = ""
        for last in range(first, min(first + 3, len(head))):
            line = head[last]
            if _ASIDE.fullmatch(line):
                break
            if len(text) + len(line) > _LONGEST_TITLE or sentence_end(_REMARK.sub("", line)) >= 0:
                break
            text += line
            plain = _RED_HEAD.sub("", _PREFIX.sub("", _REMARK.sub("", text)))
            if _without_years(plain).endswith(endings) and _is_name(plain):
                years = head[last + 1] if last + 1 < len(head) else ""
                if _GOES_ON.fullmatch(years):
                    return plain + years, range(first, last + 2)
                if _YEARS.fullmatch(years) and not plain.endswith(")"):
                    return plain + years, range(first, last + 2)
                return plain, range(first, last + 1)
    return "", range(0)


def _without_years(text: str) -> str:
    return re.sub(r"\([^()]*\)$", "", text)


_REPORTS = re.compile(
    r"关于.{4,}(?:的(?:汇报|报告|通报|说明|总结|意见|决定)|的?(?:(?:实施|指导|若干|工作)意见|若干(?:政策)?措施|(?:实施|行动|工作)方案|行动计划))"
)


def _is_name(text: str) -> bool:
    if len(text) < 6 or "," in text or text.startswith(("根据", "按照", "——")):
        return False
    return not text.startswith("关于") or _REPORTS.fullmatch(text) is not None


def _number(head: Sequence[str]) -> str:
    for text in head:
        found = _NUMBER.search(text.split("文件")[-1])
        if found and len(text) - len(found[0]) <= 16 and "《" not in text:
            return f"{found[1]}〔{found[2]}〕{found[3]}号"
    return ""


def _issued(head: Sequence[str], texts: Sequence[str]) -> str:
    for text in head:
        date = _DATE.fullmatch(text) or _HAN_DATE.fullmatch(text)
        if date:
            return _iso(date)
    for text in head[:_DATELINE_WITHIN]:
        date = _SPOKEN.fullmatch(text) or _PUBLISHED.fullmatch(text) or _AFTER_TITLE.fullmatch(text)
        if date:
            return _iso(date)
    for text in texts[-_SIGNED_WITHIN:]:
        date = _DATE.fullmatch(text) or _HAN_DATE.fullmatch(text) or _PRINTED.search(text)
        if date:
            return _iso(date)
    return ""


def _iso(date: re.Match[str]) -> str:
    if date[1].isdigit() and date[1].isascii():
        year, month, day = (int(part) for part in date.groups())
    else:
        digits = [
            "〇一二三四五六七八九".find(c) for c in date[1].replace("○", "〇").replace("零", "〇")
        ]
        year = int("".join(map(str, digits)))
        month, day = han_number(date[2]), han_number(date[3])
    return f"{year:04d}-{month:02d}-{day:02d}"


def iso_date(written: str) -> str:
    """The date in a metadata field (ISO, RFC 2822 or Chinese) as ISO; "" if there is none."""
    found = _ISO_DATE.search(written)
    if found:
        return _iso(found)
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except ValueError:
        return ""
