"""The workspace folder: what it holds, how it is read, and how it is never damaged.

Reading is strict and names file and line; writing is whole or not at all; whatever can be
computed again is only cached.
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
    "Office",
    "OutsideWorkspace",
    "Readings",
    "Settings",
    "Workspace",
    "cache_key",
    "copy_atomically",
    "inside",
    "locked",
    "read_settings",
    "sha256_of",
    "write_atomically",
]
