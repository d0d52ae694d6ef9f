"""Codes of registers in imported rows: what is damaged is refused, one code of two names is asked.

A unified social credit code is held against its form and check character (GB 32100-2015). Codes of
other registers have no check that is known here; a spreadsheet's powers of ten are refused in any.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

import jingwei.core.uscc as uscc
from jingwei.chains.graph.bounds import Fault

_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_ROUNDED = re.compile(r"\d{15}000")


def code_of(fields: Mapping[str, str]) -> str:
    """The code of a row as it is written, "" where it has none; a credit code goes first."""
    return fields.get("uscc") or fields.get("code", "")


def plain_code(code: str) -> str:
    """A code without what typing varies: width, case, blanks."""
    return "".join(unicodedata.normalize("NFKC", code).upper().split())


def other_register(fields: Mapping[str, str]) -> bool:
    """Whether a row is identified by a code that is no unified social credit code."""
    code = plain_code(code_of(fields))
    return bool(code) and not uscc.valid(code)


def code_faults(fields: Mapping[str, str], at: str) -> Iterator[Fault]:
    """What of the codes of a row cannot be a code."""
    for key in ("uscc", "code"):
        text = fields.get(key, "")
        code = plain_code(text)
        if not text or uscc.valid(code):
            continue
        if _POWER.fullmatch(text):
            yield Fault(
                at, key, text,
                "是科学计数法，后面的位数已经丢失；请把这一列设为“文本”，重新填入完整的代码",
                "is in powers of ten and has lost its digits; set the column to text and enter the "
                "whole code again",
            )  # fmt: skip
        elif key == "uscc" or len(code) == 18:
            yield _damaged(at, key, text, code)


def _damaged(at: str, key: str, text: str, code: str) -> Fault:
    if _ROUNDED.fullmatch(code):
        return Fault(
            at, key, text,
            "末三位是0，校验位不对：表格软件只保留15位数字；请把这一列设为“文本”，重新填入",
            "ends in 000 and its check character is wrong: spreadsheets keep 15 digits; set the "
            "column to text and enter the code again",
        )  # fmt: skip
    if len(code) != 18:
        return Fault(
            at, key, text,
            f"有{len(code)}位，统一社会信用代码是18位；请补全，其他登记代码请写在“企业代码”列",
            f"has {len(code)} characters, a unified social credit code has 18; complete it, or give the "
            "code of another register in a column 企业代码",
        )  # fmt: skip
    likely = uscc.likely_code(text)
    hint, hint_en = (f"（可能是{likely}）", f" (perhaps {likely})") if likely else ("", "")
    if not uscc.valid_form(code):
        return Fault(
            at, key, text,
            f"含有代码不用的字符{hint}；请核对（GB 32100—2015）",
            f"holds characters that no code has{hint_en}; check it (GB 32100-2015)",
        )  # fmt: skip
    return Fault(
        at, key, text,
        f"校验位不对{hint}；请核对（GB 32100—2015）",
        f"its check character is wrong{hint_en}; check it (GB 32100-2015)",
    )  # fmt: skip
