"""Evaluate the plans of this example from its typed-in facts: ``build.py DIR [--as-of DATE]``.

Makes a workspace in DIR, settles every plan, prints the table, and writes into ``DIR/reports/``
the evaluation and the baselines for the next plan. Needs no network.
"""

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from jingwei.app.cli import answering, say
from jingwei.app.pipeline.evaluation import evaluate
from jingwei.app.pipeline.library import library
from jingwei.app.pipeline.typed import typed_workspace
from jingwei.core import JingweiError
from jingwei.store import write_atomically

FACTS = Path(__file__).parent / "facts"
KNOWN_ON = date(2026, 11, 27)
"""The day on which the facts were typed in; they are complete as far as they go up to it."""

SHOWN = ("indicator", "goal", "answer", "latest", "missing", "holder")
"""Columns of the terminal; the files hold all of them."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    parser.add_argument("--as-of", type=date.fromisoformat, default=KNOWN_ON, metavar="DATE")
    asked = parser.parse_args(arguments)
    try:
        workspace = typed_workspace(FACTS, asked.folder, typed_on=KNOWN_ON)
        found = evaluate(library(workspace, say.error), asked.as_of)
    except JingweiError as fault:
        say.error(fault)
        return 2
    whole = found.table()
    for plan, counts in found.tally().items():
        say.line(f"{plan}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
        columns = {name: title for name, title in whole.columns.items() if name in SHOWN}
        rows = [row for row in whole.rows if row["plan"] == plan]
        answering.answer(replace(whole, columns=columns, rows=rows), answering.Form.table)
    for name, content in found.files().items():
        path = workspace.path(f"reports/{name}")
        write_atomically(path, content)
        say.line(str(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
