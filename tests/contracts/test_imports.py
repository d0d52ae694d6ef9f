"""What starting Jingwei may load: heavy libraries come when they are used."""

import subprocess
import sys

import pytest

HEAVY = {
    "numpy", "docx", "pypdfium2", "lxml", "jinja2", "reportlab", "ruamel", "pydantic",
    "selectolax", "xlsxwriter", "duckdb", "pyarrow", "narwhals", "sqlalchemy", "sdmx",
}  # fmt: skip


def loaded(code: str) -> set[str]:
    """The top-level modules that are loaded when ``code`` has run."""
    script = (
        f"import sys\n{code}\nprint(*{{name.split('.')[0] for name in sys.modules}}, sep='\\n')"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(ran.stdout.splitlines())


@pytest.mark.parametrize(
    "code",
    [
        "import jingwei",
        "import jingwei.app.cli",
        "from jingwei.app.cli import main; main(['--help'])",
        "from jingwei.app.cli import main; main(['settle', '--help'])",
    ],
)
def test_nothing_heavy_is_loaded_at_the_start(code: str) -> None:
    assert loaded(code) & HEAVY == set()


def test_importing_jingwei_loads_no_room_of_it() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "import sys, jingwei; print([m for m in sys.modules if 'jingwei.' in m])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == "[]"
