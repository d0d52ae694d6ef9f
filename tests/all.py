"""Everything that must hold before a change lands, in the order of cost.

Style, floors, types, then the tests with their coverage. Stops at the first that fails and
ends with its exit code.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("style", ["ruff", "check", "--no-cache", "."]),
    ("format", ["ruff", "format", "--no-cache", "--check", "."]),
    ("floors", ["lint-imports"]),
    ("types", ["basedpyright"]),
    ("tests", ["pytest", "--cov", "--cov-report=term:skip-covered"]),
)


def main() -> int:
    for name, command in CHECKS:
        print(f"== {name}: {' '.join(command)}", flush=True)
        program = Path(sys.executable).with_name(command[0])
        code = subprocess.run([program, *command[1:]], cwd=ROOT).returncode
        if code:
            print(f"== {name} failed with exit code {code}", flush=True)
            return code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
