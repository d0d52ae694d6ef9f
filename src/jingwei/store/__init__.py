"""The workspace folder: what it holds, how it is read, and how it is never damaged.

Reading is strict and names file and line; writing is whole or not at all; whatever can be
computed again is only cached. Observations are appended by vintage (``store.observations``), small
mutable state has a database of its own (``store.state``).
"""

from jingwei.store.cache import Cache, cache_key
from jingwei.store.files import (
    Busy,
    CannotWrite,
    OutsideWorkspace,
    copy_atomically,
    inside,
    locked,
    sha256_of,
    write_atomically,
)
from jingwei.store.settings import Office, Readings, Settings, read_settings
from jingwei.store.workspace import Workspace

__all__ = [
    "Busy",
    "Cache",
    "CannotWrite",
    "ImportReceipt",
    "Observations",
    "Office",
    "OutsideWorkspace",
    "Readings",
    "Retraction",
    "Settings",
    "State",
    "Workspace",
    "cache_key",
    "copy_atomically",
    "inside",
    "locked",
    "read_settings",
    "sha256_of",
    "write_atomically",
]

# these import this room's own files and so come last
from jingwei.store.observations import ImportReceipt, Observations, Retraction  # isort: skip
from jingwei.store.state import State  # isort: skip
