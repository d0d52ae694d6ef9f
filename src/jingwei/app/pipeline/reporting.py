"""The report of a workspace: its documents, answers and what still waits for a person."""

from typing import TYPE_CHECKING

from jingwei.app.pipeline.checking import Answers
from jingwei.app.pipeline.library import Library

if TYPE_CHECKING:
    from jingwei.app.reports import Report

REPORT = "reports/report.html"


def report_of(library: Library, answers: Answers) -> "Report":
    """Everything the report shows. Its date is that of the newest document: no clock is read."""
    from jingwei.app.reports import Report, Source
    from jingwei.plans.review import said_beside, to_review

    documents = library.documents
    files = [each.file for each in documents if each.file is not None]
    titles = [each.label for each in documents if each.name in answers.settled]
    region = library.workspace.settings.region
    return Report(
        title=f"{titles[0]}：期末评估" if len(titles) == 1 else f"{region}规划评估",
        region=region,
        sources=[
            Source(
                each.name,
                each.title,
                each.number,
                each.issued,
                each.sha256,
                each.source,
                each.unread,
            )
            for each in documents
        ],
        statements={each.name: each.statements for each in documents},
        unnamed={each.name: each.unnamed for each in documents if each.unnamed},
        settlement=[each for settled in answers.settled.values() for each in settled],
        lineage=answers.links,
        findings=answers.findings,
        claims=answers.claims,
        tasks=[task for each in documents if each.is_plan for task in each.tasks],
        programmes=[p for each in documents if each.is_plan for p in each.programmes],
        to_review=[item.entry.record.id for file in files for item in to_review(file)],
        beside={
            entry.record.id: said
            for file in files
            for entry in file.statements
            if any(said := said_beside(entry))
        },
        # a file name that is no text is shown escaped, as on the terminal
        left_out=[
            name.encode("utf-8", "backslashreplace").decode()
            for name in (*library.missing, *library.unreadable)
        ],
        as_of=max((each.issued for each in documents), default=""),
    )


def write_report(library: Library, answers: Answers) -> tuple[str, bool]:
    """Write the report; gives its path in the workspace and whether it changed.

    Raises InvalidRequest if a plan file cannot be read; the report stays as it was.
    """
    from jingwei.app.reports import render_report
    from jingwei.store import write_atomically

    library.check_whole()
    path = library.workspace.path(REPORT)
    content = render_report(report_of(library, answers)).encode()
    if path.exists() and path.read_bytes() == content:
        return REPORT, False
    path.parent.mkdir(exist_ok=True)
    write_atomically(path, content)
    return REPORT, True
