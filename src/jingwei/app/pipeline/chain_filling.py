"""Files into a chain: what is read of each, the edition they make, the names that wait."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.app.pipeline.chains import RULES, chain_template
from jingwei.chains.diagnosis import known_measures, read_rules
from jingwei.chains.graph import (
    CORRECTED,
    MOST_ROWS,
    Edition,
    Imported,
    Lexicon,
    NameEntry,
    Options,
    Read,
    decided,
    free_label,
    import_lines,
    latest,
    read_lines,
    read_names,
    region_in,
    what_is_read,
    with_waiting,
    write_edition,
    write_names,
)
from jingwei.core import Finding, InvalidRequest

if TYPE_CHECKING:
    from jingwei.store import Workspace


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did: each file, the edition it made (None where nothing changed).

    ``read`` says by file which sheet and columns were read and which not; ``region`` is that of an
    export where the chain had none.
    """

    files: tuple[tuple[str, Imported], ...]
    edition: Edition | None
    waiting: int
    read: Mapping[str, Read]
    region: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(one for _, imported in self.files for one in imported.findings)


def import_files(
    workspace: "Workspace",
    chain: str,
    paths: Iterable[Path],
    options: Options,
    day: str,
    label: str = "",
    most: int = MOST_ROWS,
    sheet: str = "",
    corrects: str = "",
) -> Import:
    """Add files to a chain as one new edition; names that wait go to the review queue.

    A ``sheet`` that is asked for and is not the first one counts as a file of its own. ``corrects`` is why
    the files only correct what earlier ones got wrong: a supplier they no longer list was not lost.
    """
    paths = [*paths]
    called = [path.name for path in paths]
    twice = next((each for each in called if called.count(each) > 1), "")
    if twice:
        raise InvalidRequest(
            f"两个文件都叫“{twice}”，后一个会取代前一个；请改名后再导入",
            f"two files are called {twice}, and the later would replace the earlier; rename one",
        )
    before = latest(workspace, chain)
    form = chain_template(workspace, before.head.template)
    names = read_names(workspace, chain)
    meant = decided(names, before)
    ladder = tuple(read_rules(workspace.path(RULES)).technology)
    options = replace(options, ladder=ladder, measures=known_measures())
    edition = before
    files: list[tuple[str, Imported]] = []
    read: dict[str, Read] = {}
    for path in paths:
        seen = what_is_read(path, sheet)
        dataset = path.name if seen.first else f"{path.name}#{sheet}"
        lines = read_lines(path, most, sheet)
        got = import_lines(lines, dataset, edition, form, meant, options)
        edition = Edition.of(before.head, got.vertices, got.edges, got.facts)
        files.append((dataset, got))
        read[dataset] = seen
    open_ = _reviewed(workspace, chain, names, edition, files)
    region = _region(workspace, before, paths)
    if edition.content_hash == before.content_hash and not region:
        return Import(tuple(files), None, open_, read)
    new = label or free_label(workspace, chain, day)
    called = "、".join(name for name, _ in files)
    note = f"{CORRECTED}{called}：{corrects.strip()}" if corrects.strip() else ""
    head = replace(
        before.head, edition=new, made=day, parent=before.head.edition, note=note,
        region=region or before.head.region,
    )  # fmt: skip
    edition = replace(edition, head=head)
    write_edition(workspace, edition)
    return Import(tuple(files), edition, open_, read, region)


def _reviewed(
    workspace: "Workspace",
    chain: str,
    names: Sequence[NameEntry],
    edition: Edition,
    files: Sequence[tuple[str, Imported]],
) -> int:
    """Put names that wait into the queue, take out those that now mean a node; how many wait."""
    known = Lexicon(edition.vertices("node"))
    left = [each for each in names if each.means or not known.match(each.name).node]
    waiting = [one for _, got in files for one in got.waiting]
    if waiting or len(left) < len(names):
        called = {each.id: each.name for each in edition.vertices()}
        left = [*with_waiting(left, waiting, called)]
        write_names(workspace, chain, left)
    return sum(not each.means for each in left)


def _region(workspace: "Workspace", before: Edition, paths: Sequence[Path]) -> str:
    """The region an export states, where neither the workspace nor the chain has one."""
    if workspace.settings.region or before.head.region:
        return ""
    return next((found for found in map(region_in, paths) if found), "")
