"""Errors that a person can act on.

A message says what was found, where, and what to do next, in Chinese first and English
beside it. The command line prints it without a traceback and ends with exit code 2; the
other inputs of the same run are still done.
"""


class JingweiError(Exception):
    """A fault in the input that the user can mend.

    ``zh`` and ``en`` are the same sentence in both languages: what was found, then the
    remedy. ``where`` names the place: a file, ``file:line``, page, row or field.
    """

    def __init__(self, zh: str, en: str, *, where: str = "") -> None:
        super().__init__(f"{where}：{zh} / {en}" if where else f"{zh} / {en}")
        self.zh = zh
        self.en = en
        self.where = where

    def __reduce__(self) -> tuple[object, ...]:
        """As it is told from one process to another, whatever its subclass was built from."""
        return _again, (type(self), self.args, self.__dict__)


def _again(
    kind: type[JingweiError], args: tuple[object, ...], state: dict[str, object]
) -> JingweiError:
    fault = kind.__new__(kind, *args)
    fault.__dict__.update(state)
    return fault


class UnreadableDocument(JingweiError):
    """A document that cannot be read: encrypted, truncated, empty, of the wrong kind, hostile."""


class InvalidFile(JingweiError):
    """A file of the workspace (plan, settings) that breaks its schema; names file and line."""


class InvalidRequest(JingweiError):
    """A command or call whose arguments do not fit what exists."""
