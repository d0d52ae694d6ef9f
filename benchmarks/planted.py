"""Errors planted in the files of the fictional city, and the score of whatever checker looked.

usage: uv run python benchmarks/planted.py write FOLDER [--seed N] [--history N] [--clean]
       uv run python benchmarks/planted.py truth [--seed N] [--history N]
       uv run python benchmarks/planted.py score FINDINGS.jsonl [--seed N] [--history N] [--missed]

``write`` writes the corrupted files (``--clean``: the right ones) and the definitions beside them.
Check them with anything. Its findings are JSON Lines with ``file`` and ``row``, and if it says so
``sheet`` and ``field``. ``--seed`` draws the errors, ``--history`` another history of the city.
"""

import argparse
import json
from pathlib import Path

from jingwei.app.demo.statistics import books, plant, score, write_definitions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("do", choices=("write", "truth", "score"))
    parser.add_argument("path", nargs="?", type=Path, help="folder to write, or file of findings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--history", type=int, default=None)
    parser.add_argument("--clean", action="store_true", help="write the files without errors")
    parser.add_argument(
        "--missed", action="store_true", help="list what was missed, and false alarms"
    )
    told = parser.parse_args()
    if told.path is None and told.do != "truth":
        parser.error(f"{told.do} needs a path")
    if told.do == "write":
        files = books(told.history) if told.clean else plant(told.seed, told.history).books
        for book in files:
            book.write(told.path)
        write_definitions(told.path / "definitions")
        print(f"{len(files)} files in {told.path}")
        return
    planted = plant(told.seed, told.history)
    if told.do == "truth":
        print(planted.truth(), end="")
        return
    lines = told.path.read_text("utf-8").splitlines()
    result = score([json.loads(line) for line in lines if line.strip()], planted.slips)
    print("\n".join(result.lines()))
    if told.missed:
        for slip in result.missed:
            print("missed", slip.kind, slip.at.file, slip.at.sheet, slip.at.row, slip.at.field,
                  slip.right, "->", slip.wrong)  # fmt: skip
        for finding in result.false:
            print("false alarm", json.dumps(dict(finding), ensure_ascii=False))


if __name__ == "__main__":
    main()
