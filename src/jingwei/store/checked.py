"""Values of a file held against a type, with errors that name the line.

Any frozen dataclass (or other type pydantic knows) serves as the schema. Reading is strict:
nothing is converted, and unknown keys are refused where the type says ``extra="forbid"``. The
first fault in the order of the file is told in full; the lines of the others are listed.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from jingwei.core import InvalidFile

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

T = TypeVar("T")
Location = tuple[str | int, ...]

STRICT = {"extra": "forbid", "allow_inf_nan": False}
"""For ``__pydantic_config__`` of a dataclass that is read from a file."""

_NUMBER = ("应为数字，这里是「{input}」", "a number is needed, here is '{input}'")
_WHOLE = ("应为整数，这里是「{input}」", "a whole number is needed, here is '{input}'")
_LIST = ("应为列表，这里是「{input}」", "a list is needed, here is '{input}'")
_KEYS = (
    "应为若干「名称: 值」，这里是「{input}」",
    "keys with values are needed, here is '{input}'",
)
_UNKNOWN = ("没有名为「{key}」的项，请检查拼写", "there is no key '{key}'; check its spelling")
_MESSAGES = {
    "missing": ("缺少这一项", "this key is missing"),
    "missing_argument": ("缺少这一项", "this key is missing"),
    "extra_forbidden": _UNKNOWN,
    "unexpected_keyword_argument": _UNKNOWN,
    "literal_error": (
        "「{input}」不是允许的取值，可写 {expected}",
        "'{input}' is not allowed; write {expected}",
    ),
    "float_type": _NUMBER,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "finite_number": ("数字太大，这里是「{input}」", "the number is too large: '{input}'"),
    "string_type": (
        "应为文字，这里是「{input}」；数字、true、null 作文字用时请加引号",
        "text is needed, here is '{input}'; quote a number, true or null that is meant as text",
    ),
    "bool_type": ("应为 true 或 false，这里是「{input}」", "true or false is needed: '{input}'"),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "dataclass_type": _KEYS,
    "string_too_short": ("不能为空", "it must not be empty"),
}


class Fault(ValueError):
    """What a validator of ours found, in both languages; pydantic carries it to ``checked``."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def checked(
    schema: type[T],
    values: Any,
    *,
    file: str,
    line_of: Callable[[Location], int],
    name_of: Callable[[Location], tuple[str, str]],
) -> T:
    """``values`` as an instance of ``schema``.

    ``line_of`` gives the line, from 1, of a location (keys, and indices from 0); ``name_of``
    the name its reader knows it by, in Chinese and English. Raises InvalidFile.
    """
    from pydantic import ValidationError

    try:
        return _adapter(schema).validate_json(json.dumps(values), strict=True)
    except ValidationError as fault:
        # a misspelt key before the one that is missing for it
        found = sorted(
            ((line_of(error["loc"]), error) for error in fault.errors()),
            key=lambda each: (each[0], each[1]["type"].startswith("missing")),
        )
    line, first = found[0]
    zh, en = _told(first)
    zh_name, en_name = name_of(first["loc"])
    others = sorted({str(other) for other, _ in found if other != line}, key=int)
    if others:
        zh += f"（另有问题在第 {'、'.join(others)} 行）"
        en += f" (more faults in line {', '.join(others)})"
    raise InvalidFile(f"{zh_name}：{zh}", f"{en_name}: {en}", where=f"{file}:{line}")


@cache
def _adapter(schema: type[T]) -> "TypeAdapter[T]":
    from pydantic import TypeAdapter

    return TypeAdapter(schema)


def _told(error: "ErrorDetails") -> tuple[str, str]:
    context: Mapping[str, Any] = error.get("ctx", {})
    ours = context.get("error")
    if isinstance(ours, Fault):
        return ours.zh, ours.en
    forms = _MESSAGES.get(error["type"], ("不合要求：{message}", "{message}"))
    facts: dict[str, Any] = dict(context) | {
        "input": _short(error["input"]),
        "key": error["loc"][-1] if error["loc"] else "",
        "message": error["msg"],
    }
    if "expected" in facts:
        facts["expected"] = facts["expected"].replace(" or ", ", ")
    zh, en = (form.format_map(facts) for form in forms)
    return zh, en


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"
