"""One HTML file that asks nobody for anything.

Style and script stand in the file and are named in its policy by their hashes; nothing else may
run or load, whatever the documents hold. With the script off, every piece of evidence still
opens: it only filters, sorts and jumps.
"""

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jingwei.app.reports.evidence import anchor
from jingwei.app.reports.model import Report
from jingwei.app.reports.page import page_of
from jingwei.app.reports.settled import NEARLY, SILENT, methods_in
from jingwei.app.reports.words import method_words, section, word


def render_report(report: Report) -> str:
    """The report as a self-contained HTML page; same report, same text.

    Raises InvalidRequest where a settlement, a link or a programme names a statement that the
    report does not hold.
    """
    style, script = asset("report.css"), asset("report.js")
    policy = "; ".join((
        "default-src 'none'",
        f"style-src '{digest(style)}'",
        f"script-src '{digest(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    ))  # fmt: skip
    template = environment().get_template("report.html")
    return template.render(
        page=page_of(report),
        report=report,
        policy=policy,
        # ours, read from the package: no part of a document ever gets here
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
    )


@cache
def asset(name: str) -> str:
    """A file of the templates."""
    return files("jingwei.app.reports").joinpath("templates", name).read_text("utf-8")


def digest(text: str) -> str:
    """How a policy names a text that may be used."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def environment() -> Environment:
    """Jinja with the words of reports; everything is escaped."""
    environment = Environment(
        loader=PackageLoader("jingwei.app.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    functions: dict[str, Any] = {
        "SILENT": SILENT,
        "NEARLY": NEARLY,
        "anchor": anchor,
        "word": word,
        "words": section,
        "method_words": method_words,
        "methods_in": methods_in,
    }
    environment.globals.update(functions)
    return environment
