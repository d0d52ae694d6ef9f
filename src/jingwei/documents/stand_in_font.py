"""A stand-in for Chinese fonts that a PDF names but does not bring along.

To place the characters of such a font pdfium measures glyphs of an installed one. Which one
that is differs from machine to machine; where there is none the characters are lost; where
there is one, loading its glyphs takes ten times longer than all the rest. Only widths matter
here, and these stand in the PDF. So pdfium is given a font of two glyphs, a full and a half
square, for all characters.
"""

import ctypes
from functools import cache
from struct import pack
from typing import Any

_EM, _ASCENT, _DESCENT = 1000, 880, 120
_EAST_ASIAN = (128, 129, 134, 136)  # charsets: Shift-JIS, Hangul, GB 2312, Big5


@cache
def font_file() -> bytes:
    """A TrueType file: glyph 1 is a square, for Chinese; glyph 2 half of one, for Latin."""
    glyphs = [b"", _box(_EM), _box(_EM // 2)]
    offsets = [sum(map(len, glyphs[:count])) // 2 for count in range(len(glyphs) + 1)]
    tables = {
        b"cmap": _character_map((0x20, 0x2FF, 2), (0x300, 0x2FFFF, 1)),
        b"glyf": b"".join(glyphs),
        b"head": pack(
            ">IIIIHHqqhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0),  # magic number, units to an em
            *(0, -_DESCENT, _EM, _ASCENT, 0, 8, 2, 0, 0),
        ),
        b"hhea": pack(
            ">IhhhH11hH", 0x10000, _ASCENT, -_DESCENT, 0, _EM, 0, 0, _EM, 1, *([0] * 7), len(glyphs)
        ),
        b"hmtx": pack(">HhHhHh", _EM, 0, _EM, 0, _EM // 2, 0),
        b"loca": pack(f">{len(offsets)}H", *offsets),
        b"maxp": pack(">I14H", 0x10000, len(glyphs), 4, 1, 0, 0, 2, *([0] * 8)),
    }
    directory = pack(">IHHHH", 0x10000, len(tables), 64, 2, len(tables) * 16 - 64)
    place, body = len(directory) + 16 * len(tables), b""
    for name, data in sorted(tables.items()):
        directory += name + pack(">III", 0, place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return directory + body


def _box(width: int) -> bytes:
    """An outline of four corners."""
    head = pack(">hhhhh", 1, 0, -_DESCENT, width, _ASCENT)
    steps = pack(">4h4h", 0, width, 0, -width, -_DESCENT, 0, _EM, 0)
    outline = head + pack(">HH4B", 3, 0, 1, 1, 1, 1) + steps
    return outline + bytes(-len(outline) % 4)


def _character_map(*ranges: tuple[int, int, int]) -> bytes:
    """Format 13: one glyph for all characters of a range (OpenType, cmap)."""
    groups = b"".join(pack(">III", *each) for each in ranges)
    table = pack(">HHIII", 13, 0, 16 + len(groups), 0, len(ranges)) + groups
    return pack(">HHHHI", 0, 1, 3, 10, 12) + table


@cache
def provide() -> Any:
    """Give pdfium the stand-in in place of installed fonts, once for the process.

    The structure returned must live as long as pdfium does; the cache keeps it.
    """
    import pypdfium2.raw as raw

    data = font_file()

    def map_font(_: Any, __: int, ___: int, charset: int, *____: Any) -> int | None:
        return 1 if charset in _EAST_ASIAN else None  # others have built-in substitutes

    def font_data(_: Any, __: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    def nothing(*_: Any) -> None:
        return None

    functions: dict[str, Any] = {
        "Release": nothing,
        "EnumFonts": nothing,
        "MapFont": map_font,
        "GetFont": nothing,
        "GetFontData": font_data,
        "GetFaceName": lambda *_: 0,  # pyright: ignore[reportUnknownLambdaType]
        "GetFontCharset": lambda *_: _EAST_ASIAN[2],  # pyright: ignore[reportUnknownLambdaType]
        "DeleteFont": nothing,
    }
    interface: Any = raw.FPDF_SYSFONTINFO()
    interface.version = 1
    types: dict[str, Any] = dict(interface._fields_)
    for name, function in functions.items():
        setattr(interface, name, types[name](function))
    raw.FPDF_SetSystemFontInfo(ctypes.byref(interface))
    return interface
