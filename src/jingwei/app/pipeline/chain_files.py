"""Chains written for readers and other programs, into ``reports/``."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.app.pipeline.chain_report import ChainReport, chain_report
from jingwei.app.pipeline.chains import chain_template, diagnosed
from jingwei.app.reports.chains import render_chain, render_report, report_docx
from jingwei.chains.graph import Edition
from jingwei.chains.graph.exporting import graphml_bytes, json_bytes, tables
from jingwei.core import plain
from jingwei.store import write_atomically
from jingwei.store.tables import csv_bytes, xlsx_bytes

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Library
    from jingwei.store import Workspace


def write_picture(workspace: "Workspace", edition: Edition, day: date) -> str:
    """The picture of an edition, its links marked as they stand on ``day``; gives the path."""
    head = edition.head
    form = chain_template(workspace, head.template)
    links = diagnosed(workspace, head.chain, day, head.edition).links
    page = render_chain(edition, form, links)
    return _written(workspace, f"{head.chain}-全景图-{head.edition}.html", page.encode())


def write_export(workspace: "Workspace", edition: Edition, to: str) -> list[str]:
    """The edition as graphml, json, csv (three files) or xlsx; gives the paths."""
    name = f"{edition.head.chain}-{edition.head.edition}"
    if to == "csv":
        return [
            _written(workspace, f"{name}-{sheet.name}.csv", csv_bytes(sheet))
            for sheet in tables(edition)
        ]
    if to == "xlsx":
        content = xlsx_bytes(tables(edition))
    else:
        content = graphml_bytes(edition) if to == "graphml" else json_bytes(edition)
    return [_written(workspace, f"{name}.{to}", content)]


def write_report(
    workspace: "Workspace", chain: str, day: date, label: str, books: "Library | None", to: str
) -> str:
    """一链一策 as html, docx or json; gives the path."""
    report = chain_report(workspace, chain, day, label, books)
    content = {
        "html": lambda: render_report(report).encode(),
        "docx": lambda: report_docx(report),
        "json": lambda: _as_json(report),
    }[to]()
    return _written(workspace, f"{chain}-一链一策.{to}", content)


def _as_json(report: ChainReport) -> bytes:
    found = report.diagnosed
    whole = {
        "chain": report.chain,
        "edition": report.edition,
        "content": found.edition.content_hash,
        "as_of": found.day,
        "chief": report.chief or None,
        "leader": report.leader or None,
        "leader_told": report.leader_told,
        "office": report.office or None,
        "shape": found.shape.verdict,
        "map": [
            {"stage": each.node.stage, "node": each.node.name, "actions": each.actions,
             "verdict": each.verdict}
            for each in found.links
        ],
        "goals": report.goals,
        "lists": {each.key: {"items": each.items, "fill": each.fill} for each in report.lists},
    }  # fmt: skip
    return (json.dumps(plain(whole), ensure_ascii=False, indent=1) + "\n").encode()


def _written(workspace: "Workspace", name: str, content: bytes) -> str:
    path = workspace.path(Path("reports") / name)
    path.parent.mkdir(exist_ok=True)
    write_atomically(path, content)
    return workspace.shown(path)
