"""Derived results kept by content: the same input and the same code give the same key.

Nothing here is a source of truth. An entry that is damaged, half written by a killed run or
made by other code is treated as absent and computed again; deleting the folder costs time
and nothing else.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from jingwei.store.files import write_atomically


def cache_key(content: bytes, version: str) -> str:
    """The key of what code ``version`` derives from ``content``: two SHA-256, joined and hashed."""
    digest = hashlib.sha256(content).digest()
    return hashlib.sha256(digest + version.encode()).hexdigest()


class Cache:
    """JSON values in a folder, one file each; the first line is the SHA-256 of the rest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}.json"

    def get(self, key: str) -> Any | None:
        """The value kept under ``key``, or None where there is none that can be trusted."""
        path = self._path(key)
        try:
            digest, _, body = path.read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        if hashlib.sha256(body).hexdigest().encode() != digest:
            path.unlink(missing_ok=True)
            return None
        return json.loads(body)

    def put(self, key: str, value: dict[str, Any] | list[Any]) -> None:
        """Keep ``value`` under ``key``. Raises CannotWrite."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        write_atomically(path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
