"""DuckDB in memory over the files of the store, with its limits said.

Nothing is installed or loaded from elsewhere, no variable of Python is read by its name, and what
does not fit into the memory granted is spilled into a folder of this process.
"""

import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.store.observations.rows import stored_schema

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

MEMORY_MB, THREADS = 1024, 2


def connected(
    spill: Path, *, memory_mb: int = MEMORY_MB, threads: int = THREADS
) -> "DuckDBPyConnection":
    """A database in memory. ``spill`` is the folder in which processes make their own."""
    import duckdb

    spill.mkdir(parents=True, exist_ok=True)  # the engine makes the last folder of a path only
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{memory_mb}MB",
            "threads": threads,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
            "preserve_insertion_order": False,
            "temp_directory": str(spill / f"{os.getpid()}-{secrets.token_hex(4)}"),
        },
    )
    connection.execute("SET lock_configuration = true").fetchall()
    return connection


def remove_dead_spills(spill: Path) -> None:
    """Remove what processes that have ended left in ``spill``."""
    for folder in spill.glob("*-*"):
        number = folder.name.partition("-")[0]
        if number.isdecimal() and not _alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # of somebody else, so it runs
        return True
    return True


def rows_of(connection: "DuckDBPyConnection", paths: Sequence[Path]) -> "DuckDBPyRelation":
    """The rows of the files; none of them gives no rows, with the same columns."""
    if not paths:
        return connection.from_arrow(stored_schema().empty_table())
    return connection.read_parquet([str(path) for path in paths])
