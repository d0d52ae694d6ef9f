"""A progress bar on stderr where a person watches, silence elsewhere."""

import sys
from collections.abc import Generator, Sequence
from pathlib import Path


def watched(paths: Sequence[Path], doing: str) -> Generator[Path]:
    """The paths, with a bar that names the one at work; nothing is drawn into a pipe."""
    if not sys.stderr.isatty():
        yield from paths
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn(doing),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=len(paths))
        for path in paths:
            bar.update(task, description=path.name)
            yield path
            bar.advance(task)
