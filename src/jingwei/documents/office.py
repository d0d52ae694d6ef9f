"""Old office formats (.doc, .wps, .xls, RTF, ODT): converted by LibreOffice where it is present.

LibreOffice runs without a window, with a profile of its own in a temporary folder and without
macros; nothing is written beside the document.
"""

import shutil
import subprocess
from pathlib import Path

from jingwei.core import UnreadableDocument

_PROGRAMS = ("soffice", "libreoffice")
_REMEDY = "请安装 LibreOffice（Debian/Ubuntu：apt install libreoffice），或用 Word、WPS 另存为 DOCX 后再读。"
_REMEDY_EN = (
    "Install LibreOffice (Debian/Ubuntu: apt install libreoffice), "
    "or save the file as DOCX with Word or WPS and try again."
)


def converted(path: Path, name: str, to: str, folder: Path, seconds: int) -> Path:
    """Convert a document to ``docx`` or ``html`` in ``folder``.

    Raises UnreadableDocument, with the remedy, without LibreOffice or if it fails.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None and path.suffix.lower() == ".xlsx":
        raise UnreadableDocument(
            "这是 Excel 工作簿。统计表用 jingwei data import；要当作文件来读，需要 LibreOffice，本机未安装，"
            "也可以另存为 DOCX 后再读。",
            "this is an Excel workbook. Tables of statistics go into jingwei data import; to read it as a "
            "document takes LibreOffice, which is not installed, or save it as DOCX.",
            where=name,
        )
    if program is None:
        raise UnreadableDocument(
            f"这是旧版 Office 格式，需要 LibreOffice 转换，本机未安装。{_REMEDY}",
            f"this is an old office format and needs LibreOffice, which is not installed. {_REMEDY_EN}",
            where=name,
        )
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", to, "--outdir", str(folder), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as fault:
        raise _failed(name, f"{seconds} s") from fault
    result = folder / f"{path.stem}.{to}"
    if done.returncode != 0 or not result.is_file():
        raise _failed(name, done.stderr.decode("utf-8", "replace").strip()[:200])
    return result


def _failed(name: str, why: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"LibreOffice 转换失败（{why}）。请用 Word、WPS 另存为 DOCX 后再读。",
        f"LibreOffice could not convert the file ({why}). Save it as DOCX with Word or WPS.",
        where=name,
    )
