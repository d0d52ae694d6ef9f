"""Plans compiled from text, for tests. All places, bodies and figures are fictional.

One line is one paragraph, lines with tabs are a table. They are read as HTML, where the end of
a paragraph is no question of layout.
"""

from itertools import groupby

from jingwei.documents import read_text
from jingwei.documents.model import Document
from jingwei.plans.compiling import compile_document
from jingwei.plans.records import Plan

TITLE = "云溪市先进制造业发展“十四五”规划"


def document_of(body: str, title: str = TITLE) -> Document:
    """The document of a title and its body."""
    lines = [line for line in [title, *body.splitlines()] if line.strip()]
    parts: list[str] = []
    for is_table, group in groupby(lines, lambda line: "\t" in line):
        if is_table:
            rows = ("".join(f"<td>{cell}</td>" for cell in row.split("\t")) for row in group)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            parts += (f"<p>{line}</p>" for line in group)
    return read_text(f"<html><body>{''.join(parts)}</body></html>", "plan.html")


def plan_of(body: str, title: str = TITLE) -> Plan:
    """The compiled plan of a title and its body."""
    return compile_document(document_of(body, title))


def section(heading: str, text: str, outer: str = "三、重点任务") -> str:
    """A paragraph under two headings."""
    return f"{outer}\n（一）{heading}\n{text}\n"
