"""Bytes to text: UTF-8, UTF-16, GB18030 (with GBK and GB2312); anything else is refused."""

import codecs
import re

from jingwei.core import UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,20})""")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
# GB2312 and GBK are subsets of GB18030, and pages that declare one often use the next.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}


def decode(data: bytes, name: str, *, html: bool = False) -> str:
    """The text of a file. Raises UnreadableDocument for data that is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, name)
    guessed = _utf16_without_bom(data)
    if guessed:
        return _strict(data, guessed, name)
    declared = (_DECLARED.search(data, 0, 4096) or _XML_DECLARED.search(data)) if html else None
    candidates = ["utf-8", "gb18030"]
    if declared:
        charset = declared[1].decode("ascii").lower()
        candidates.insert(0, _SUPERSETS.get(charset, charset))
    for encoding in candidates:
        text = _tried(data, encoding)
        if text is not None and not _is_junk(text):
            return text
    raise _no_text(name)


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _strict(data: bytes, encoding: str, name: str) -> str:
    text = _tried(data, encoding)
    if text is None or _is_junk(text):
        raise _no_text(name)
    return text


def _utf16_without_bom(data: bytes) -> str:
    """UTF-16 shows itself by the zero high bytes of its ASCII line ends, digits and spaces."""
    sample = data[:4096]
    zeros_even, zeros_odd = sample[0::2].count(0), sample[1::2].count(0)
    if zeros_even + zeros_odd == 0 or len(data) % 2:
        return ""
    if zeros_odd > 8 * zeros_even:
        return "utf-16-le"
    if zeros_even > 8 * zeros_odd:
        return "utf-16-be"
    return ""


def _is_junk(text: str) -> bool:
    """Control characters are rare in text; a single stray one is forgiven, many are not."""
    return len(_CONTROL.findall(text, 0, 200_000)) > max(2, len(text[:200_000]) // 2000)


def _no_text(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "内容不是可识别的文本（不是 UTF-8、UTF-16 或 GB18030）。请另存为 UTF-8 文本、DOCX 或 PDF 后再试。",
        "the content is no readable text (neither UTF-8, UTF-16 nor GB18030). "
        "Save it as UTF-8 text, DOCX or PDF and try again.",
        where=name,
    )
