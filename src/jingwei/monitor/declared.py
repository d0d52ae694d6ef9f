"""Files in which people declare how a whole is divided or how districts are appraised (YAML).

Strict: an unknown key, a wrong type or a repeated name is refused with file, line and field.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from jingwei.core import InvalidFile
from jingwei.store.checked import Location, checked
from jingwei.store.yaml_read import Mapping as MappingNode
from jingwei.store.yaml_read import line_at, plain_value, read_yaml

T = TypeVar("T")


class Declared:
    """A file read: its ``content`` as a schema, and where each of its fields stands."""

    def __init__(
        self, text: str, name: str, names: Mapping[str, str], what: tuple[str, str]
    ) -> None:
        """``names`` are the Chinese names of keys, ``what`` the kind of file in both languages."""
        tree = read_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), name)
        if not isinstance(tree, MappingNode):
            raise InvalidFile(
                f"这不是{what[0]}：开头应是 format 等项",
                f"this is no {what[1]}: it begins with format and so on",
                where=f"{name}:1",
            )
        self.tree, self.name, self.names = tree, name, names

    def as_(self, schema: type[T]) -> T:
        return checked(
            schema, plain_value(self.tree), file=self.name, line_of=self.line, name_of=self.called
        )

    def line(self, location: Location) -> int:
        return line_at(self.tree, location)

    def called(self, location: Location) -> tuple[str, str]:
        keys = [part for part in location if isinstance(part, str)]
        last = keys[-1] if keys else "format"
        return (f"{self.names[last]}（{last}）" if last in self.names else last), last

    def refused(self, location: Location, zh: str, en: str) -> InvalidFile:
        zh_name, en_name = self.called(location)
        where = f"{self.name}:{self.line(location)}"
        return InvalidFile(f"{zh_name}：{zh}", f"{en_name}: {en}", where=where)

    def day(self, location: Location, written: str) -> date:
        """An ISO date. Raises InvalidFile."""
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise self.refused(
                location,
                f"“{written}”不是日期，请写成 2024-03-01",
                f"'{written}' is no date: write 2024-03-01",
            ) from None

    def unlike(self, places: Iterable[tuple[Location, str]]) -> None:
        """Refuse a name that occurs twice."""
        seen: set[str] = set()
        for location, name in places:
            if name in seen:
                raise self.refused(location, f"“{name}”重复", f"'{name}' is used twice")
            seen.add(name)
