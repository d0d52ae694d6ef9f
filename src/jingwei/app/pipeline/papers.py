"""Papers of a workspace written into ``reports/``, whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jingwei.core import InvalidRequest, JingweiError

if TYPE_CHECKING:
    from jingwei.app.reports.paper import Paper
    from jingwei.store import Workspace

Form = Literal["html", "docx", "pdf"]
FORMS: tuple[Form, ...] = ("html", "docx", "pdf")


@dataclass(frozen=True, slots=True)
class Written:
    """The files written, relative to the workspace; ``lacking`` says why there is no PDF, or no
    chart, on this machine."""

    paths: tuple[str, ...]
    lacking: JingweiError | None


def forms_of(written: str) -> tuple[Form, ...]:
    """The forms that a person asked for: html,docx,pdf; "" is none. Raises InvalidRequest."""
    names = [each.strip().lower() for each in written.replace("，", ",").split(",") if each.strip()]
    wrong = [each for each in names if each not in FORMS]
    if wrong:
        raise InvalidRequest(
            f"没有这种格式：{'、'.join(wrong)}；可写：{','.join(FORMS)}",
            f"no such form: {', '.join(wrong)}; there are: {','.join(FORMS)}",
            where=written,
        )
    return tuple(each for each in FORMS if each in names)


def write_papers(
    workspace: "Workspace", name: str, paper: "Paper", forms: Sequence[Form]
) -> Written:
    """Write ``reports/NAME.html`` and so on. Without a Chinese font no PDF is written; HTML and DOCX
    are, with tables in the place of charts."""
    from jingwei.app.reports.paper.docx import docx
    from jingwei.app.reports.paper.fonts import Faces, NoChineseFont, faces
    from jingwei.app.reports.paper.html import html
    from jingwei.app.reports.paper.typeset import pdf
    from jingwei.store import write_atomically

    found: Faces | None = None
    lacking: JingweiError | None = None
    try:
        found = faces()
    except NoChineseFont as fault:
        lacking = fault
    made: dict[str, bytes] = {}
    for form in forms:
        if form == "pdf":
            if found is not None:
                made[f"reports/{name}.pdf"] = pdf(paper, found)
        else:
            write = {"html": html, "docx": docx}[form]
            made[f"reports/{name}.{form}"] = write(paper, found)
    for path, content in made.items():
        target: Path = workspace.path(path)
        target.parent.mkdir(exist_ok=True)
        write_atomically(target, content)
    return Written(tuple(made), lacking)
