"""The compiled plans of a workspace for other programs, written into ``reports/``."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from jingwei.app.pipeline.library import Held, Library, names_nothing
from jingwei.plans.planfile import PlanFile
from jingwei.plans.records import SECTIONS

if TYPE_CHECKING:
    from jingwei.store.tables import Table

Form = Literal["xlsx", "csv", "jsonl", "stratml"]


def export(library: Library, documents: Sequence[Held], form: Form) -> list[str]:
    """Write the records of documents; gives the paths of the files in the workspace.

    xlsx: one workbook, a sheet for each kind of record; csv and jsonl: a file for each kind;
    stratml: a file for each document. The same records give the same bytes. Targets that name no
    indicator are left out, as everywhere (``Held.unnamed``).
    """
    from jingwei.store import write_atomically

    library.check_whole()
    written: list[str] = []
    files = [_named(each.file) for each in documents if each.file is not None]
    for name, content in _FORMS[form](files):
        path = library.workspace.path(f"reports/{name}")
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            write_atomically(path, content)
        written.append(library.workspace.shown(path))
    return written


def _named(file: PlanFile) -> PlanFile:
    """A plan file without the targets that name no indicator."""
    named = [each for each in file.statements if not names_nothing(each.record)]
    return file.with_entries("statements", named)


def _tables(files: Sequence[PlanFile]) -> "Iterator[tuple[str, Table]]":
    """A table for each kind of record that is there, over all plan files."""
    from jingwei.plans.rows import section_table
    from jingwei.store.tables import Table

    for section in SECTIONS:
        pieces = [section_table(file, section.name) for file in files if file.entries(section.name)]
        if pieces:
            rows = [row for piece in pieces for row in piece.rows]
            yield section.name, Table(pieces[0].name, pieces[0].columns, rows)


def _xlsx(files: Sequence[PlanFile]) -> Iterator[tuple[str, bytes]]:
    from jingwei.store.tables import xlsx_bytes

    tables = [table for _, table in _tables(files)]
    if tables:
        yield "plans.xlsx", xlsx_bytes(tables)


def _csv(files: Sequence[PlanFile]) -> Iterator[tuple[str, bytes]]:
    from jingwei.store.tables import csv_bytes

    for name, table in _tables(files):
        yield f"{name}.csv", csv_bytes(table)


def _jsonl(files: Sequence[PlanFile]) -> Iterator[tuple[str, bytes]]:
    from jingwei.app.pipeline.records import reviewed_record
    from jingwei.store.tables import jsonl_bytes

    for section in SECTIONS:
        entries = [each for file in files for each in file.entries(section.name)]
        if entries:
            yield f"{section.name}.jsonl", jsonl_bytes([*map(reviewed_record, entries)])


def _stratml(files: Sequence[PlanFile]) -> Iterator[tuple[str, bytes]]:
    from jingwei.plans.stratml import stratml_bytes

    for file in files:
        facts = file.document.record
        yield f"{facts.file}.stratml.xml", stratml_bytes(facts, file.records("statements"))


_FORMS: Mapping[Form, Callable[[Sequence[PlanFile]], Iterator[tuple[str, bytes]]]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "jsonl": _jsonl,
    "stratml": _stratml,
}
