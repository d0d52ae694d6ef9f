"""A document compiled: what it is, everything it says, and the text it says it in.

Compiling is the slow step, so its result is kept in the cache of the workspace under the bytes
of the document and the version of the code; nothing else decides it.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingwei.app.pipeline.kinds import Told, kind_of
from jingwei.app.pipeline.reading import existing_file, read, reader_version, unread_pages
from jingwei.core import Period
from jingwei.documents import Document
from jingwei.monitor.claims import Claim
from jingwei.monitor.offices import Supplier
from jingwei.plans.records import Plan
from jingwei.store import cache_key

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from jingwei.store import Workspace


@dataclass(frozen=True, slots=True)
class Compiled:
    """A plan as read, and what only its text tells.

    ``told`` says what kind of document it is; ``claims`` are its sentences that claim success,
    ``suppliers`` the offices it names for figures; ``source`` is the text that the offsets of
    spans count in; ``unread`` are pages that are pictures and could not be read; ``times`` are the
    times of results that their headings tell otherwise, by statement (``docs/semantics.md`` §10.11).
    """

    plan: Plan
    told: Told
    claims: tuple[Claim, ...]
    suppliers: tuple[Supplier, ...]
    source: str
    unread: tuple[int, ...] = ()
    times: dict[str, Period] = field(default_factory=dict[str, Period])


def compile_document(document: Document, sha256: str = "") -> Compiled:
    """Read everything a document says."""
    from jingwei.monitor.claims import find_claims
    from jingwei.monitor.offices import find_suppliers
    from jingwei.monitor.proof import times_told
    from jingwei.plans.compiling import compile_document

    plan = compile_document(document, sha256)
    return Compiled(
        plan=plan,
        told=kind_of(document, plan.statements),
        claims=tuple(find_claims(document, plan.statements)),
        suppliers=tuple(find_suppliers(document)),
        source=document.source,
        unread=unread_pages(document),
        times=times_told(document, plan.statements),
    )


def compile_path(path: str | Path) -> Compiled:
    """Read and compile a file anywhere; nothing is written."""
    from jingwei.store import sha256_of

    file = existing_file(Path(path))
    return compile_document(read(file), sha256_of(file))


def compile_kept(workspace: "Workspace", path: Path) -> tuple[Compiled, bool]:
    """Compile a document of a workspace, or take it from the cache; True if it was read anew."""
    existing_file(path)
    key = _key(path)
    kept = workspace.cache.get(key)
    if kept is not None:
        return _form().validate_python(kept), False
    compiled = compile_path(path)
    workspace.cache.put(key, _form().dump_python(compiled, mode="json"))
    return compiled, True


def keep(workspace: "Workspace", path: Path, compiled: Compiled) -> None:
    """Keep what was compiled from the same bytes under the same name outside the workspace."""
    workspace.cache.put(_key(path), _form().dump_python(compiled, mode="json"))


def _key(path: Path) -> str:
    return cache_key(path.read_bytes(), f"{reader_version()}|{path.name}")


@cache
def _form() -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(Compiled)
