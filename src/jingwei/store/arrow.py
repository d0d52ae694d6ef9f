"""pyarrow, loaded when it is first used; it has no types of its own, so ours is ``Any``."""

from importlib import import_module
from typing import Any


def arrow() -> Any:
    """``pyarrow``."""
    return import_module("pyarrow")


def compute() -> Any:
    """``pyarrow.compute``."""
    return import_module("pyarrow.compute")


def parquet() -> Any:
    """``pyarrow.parquet``."""
    return import_module("pyarrow.parquet")
