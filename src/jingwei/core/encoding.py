"""Results as plain dictionaries and lists, the shape that ``--format json`` prints."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, cast

from jingwei.core.months import Months
from jingwei.core.period import Period


def plain(thing: Any) -> Any:
    """Frozen types of ``core`` as JSON-ready values; a ``kind`` marks the type of evidence.

    ``from_`` is written ``from``. Absent fields (None) stay, so that a reader sees that they are not known.
    """
    if isinstance(thing, Period | Months):
        return str(thing)
    if isinstance(thing, date):
        return thing.isoformat()
    if is_dataclass(thing) and not isinstance(thing, type):
        kind = getattr(type(thing), "kind", None)
        tag: dict[str, Any] = {"kind": kind} if isinstance(kind, str) else {}
        return tag | {
            field.name.rstrip("_"): plain(getattr(thing, field.name)) for field in fields(thing)
        }
    if isinstance(thing, dict):
        return {key: plain(value) for key, value in cast("dict[str, Any]", thing).items()}
    if isinstance(thing, tuple | list):
        return [plain(each) for each in cast("list[Any]", thing)]
    return thing
