"""Papers written and told: where they are, and what this machine lacks for the others."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jingwei.app.cli import say

if TYPE_CHECKING:
    from jingwei.app.pipeline.papers import Form
    from jingwei.app.reports.paper import Paper
    from jingwei.store import Workspace


def write(workspace: "Workspace", name: str, paper: "Paper", forms: "Sequence[Form]") -> None:
    """Write a paper in the forms asked for (none: all that this machine can) and print the paths.

    Raises NoChineseFont, after the others are written, where a PDF was asked for and cannot be made.
    """
    from jingwei.app.pipeline.papers import FORMS, write_papers

    done = write_papers(workspace, name, paper, forms or FORMS)
    for path in done.paths:
        say.line(str(workspace.root / path))
    if done.lacking is not None:
        if "pdf" in forms:
            raise done.lacking
        say.note(done.lacking.zh, done.lacking.en)
