"""A document compiled: what it is, everything it says, and the text it says it in.

Compiling is the slow step, so its result is kept in the cache of the workspace under the bytes
of the document and the version of the code; nothing else decides it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingwei.app.pipeline.kinds import Kind, Told, kind_of
from jingwei.app.pipeline.reading import code_version, existing_file, read
from jingwei.core import Period, Statement
from jingwei.documents import Document
from jingwei.monitor.claims import Claim
from jingwei.store import cache_key

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from jingwei.store import Workspace


@dataclass(frozen=True, slots=True)
class Compiled:
    """Everything read from one document.

    ``name`` is the file name that evidence cites, ``sha256`` that of its bytes ("" for a text
    without file); ``period`` the years its targets cover, None without targets; ``region`` the
    area it speaks of, "" if it names none; ``source`` the text that offsets of spans count in.
    """

    name: str
    sha256: str
    title: str
    number: str
    issued: str
    period: Period | None
    region: str
    told: Told
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    source: str

    @property
    def kind(self) -> Kind | None:
        return self.told.kind


def compile_document(document: Document, sha256: str = "") -> Compiled:
    """Read everything a document says."""
    from jingwei.monitor.claims import find_claims
    from jingwei.monitor.facts import span_of
    from jingwei.plans.compiling import read_statements
    from jingwei.plans.indicator import region_of

    statements = read_statements(document)
    told = kind_of(document, statements)
    sets_targets = any(each.role == "target" for each in statements)
    return Compiled(
        name=document.name,
        sha256=sha256,
        title=document.title,
        number=document.number,
        issued=document.issued,
        period=span_of(statements) if sets_targets else None,
        region=region_of(statements),
        told=told,
        statements=tuple(statements),
        claims=tuple(find_claims(document, statements)),
        source=document.source,
    )


def compile_path(path: str | Path) -> Compiled:
    """Read and compile a file anywhere; nothing is written."""
    from jingwei.store import sha256_of

    file = existing_file(Path(path))
    return compile_document(read(file), sha256_of(file))


def compile_kept(workspace: "Workspace", path: Path) -> tuple[Compiled, bool]:
    """Compile a document of a workspace, or take it from the cache; True if it was read anew."""
    key = cache_key(path.read_bytes(), f"{code_version()}|{path.name}")
    kept = workspace.cache.get(key)
    if kept is not None:
        return _form().validate_python(kept), False
    compiled = compile_path(path)
    workspace.cache.put(key, _form().dump_python(compiled, mode="json"))
    return compiled, True


@cache
def _form() -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(Compiled)
