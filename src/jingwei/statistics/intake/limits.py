"""Limits of what is read: far above any real form, far below what harms the machine."""

from jingwei.core import InvalidFile

FILE_BYTES = 64 << 20
UNPACKED_BYTES = 512 << 20
PACKED_RATIO = 400
ENTRIES = 4_000
SHEETS = 300
CELLS = 2_000_000
"""Of the rectangle that holds all content of a sheet, and of all sheets together."""

COLUMNS = 4_096
CELL_CHARACTERS = 32_767


def refused(name: str, zh: str, en: str) -> InvalidFile:
    """A file that is not read, with the way out."""
    return InvalidFile(zh, en, where=name)
