"""A file as grids, its kind told by content and never by its name alone."""

from pathlib import Path

from jingwei.statistics.intake.columnar import read_parquet, read_sdmx
from jingwei.statistics.intake.delimited import read_delimited
from jingwei.statistics.intake.grid import Book
from jingwei.statistics.intake.limits import FILE_BYTES, refused
from jingwei.statistics.intake.workbook import read_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_book(path: Path, name: str = "") -> Book:
    """The sheets of a spreadsheet, CSV, Parquet or SDMX file. Raises InvalidFile."""
    name = name or path.name
    if not path.is_file():
        raise refused(name, "没有这个文件；请检查路径", "there is no such file; check the path")
    size = path.stat().st_size
    if size > FILE_BYTES:
        raise refused(
            name,
            f"文件有 {size >> 20} MB，上限 {FILE_BYTES >> 20} MB；请拆成几个文件",
            f"{size >> 20} MB, the limit is {FILE_BYTES >> 20} MB; split the file",
        )
    if size == 0:
        raise refused(name, "文件是空的", "the file is empty")
    with path.open("rb") as file:
        head = file.read(4096)
    _check_name(path, name, head)
    if head.startswith(b"PK"):
        return read_workbook(path, name, zipped=True)
    if head.startswith(_OLE):
        return read_workbook(path, name, zipped=False)
    if head.startswith(b"PAR1"):
        return read_parquet(path, name)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        if b"sdmx" in head.lower():
            return read_sdmx(path, name)
        raise refused(
            name,
            "这是网页或 XML，不是表格；请在 Excel 或 WPS 中打开后另存为 .xlsx",
            "this is a web page or XML, no table; open it in a spreadsheet program, save as .xlsx",
        )
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"Rar!", b"7z\xbc\xaf")):
        raise refused(
            name,
            "这不是表格文件；请提供 .xlsx、.xls、.ods、.csv、Parquet 或 SDMX",
            "this is no table; give .xlsx, .xls, .ods, .csv, Parquet or SDMX",
        )
    return read_delimited(path, name)


_TEXTS = (".csv", ".tsv", ".txt")
_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".et")
_SAID = (
    (b"PK", "工作簿（XLSX 或 ODS）", "a workbook (XLSX or ODS)", ".xlsx"),
    (_OLE, "旧版工作簿（XLS）", "an older workbook (XLS)", ".xls"),
    (b"PAR1", "Parquet", "Parquet", ".parquet"),
)


def _check_name(path: Path, name: str, head: bytes) -> None:
    """Refuse a table whose name promises another kind than its content is."""
    suffix = path.suffix.lower()
    found = next((each for each in _SAID if head.startswith(each[0])), None)
    plain = found is None and b"\x00" not in head and not head.lstrip().startswith((b"<", b"%PDF"))
    if found is not None and suffix in _TEXTS:
        _, zh, en, extension = found
    elif plain and suffix in _BOOKS:
        zh, en, extension = "文本表格（CSV）", "a text table (CSV)", ".csv"
    else:
        return
    raise refused(
        name,
        f"扩展名是 {path.suffix}，内容却是{zh}；内容无误就把扩展名改成 {extension} 再读",
        f"the extension is {path.suffix}, but the content is {en}; rename it to {extension}",
    )
