"""What a person decided on pairs of statements: one indicator, or two.

Kept in ``definitions/pairs.yaml``, to be read and changed by hand like any plan file. Lineage
and settlement both take them: a confirmed pair is one indicator whatever its words, a refused
one is never offered again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from jingwei.core import InvalidRequest, Statement
from jingwei.store.checked import STRICT, Location, checked
from jingwei.store.files import write_atomically
from jingwei.store.yaml_edit import rewritten
from jingwei.store.yaml_read import decoded, line_at, plain_value, read_yaml
from jingwei.store.yaml_write import written

if TYPE_CHECKING:
    from jingwei.store import Workspace

FILE = "definitions/pairs.yaml"
Decision = Literal["confirmed", "refused"]

_HEADING = """\
# 人对“是不是同一指标”的决定：confirmed 是，refused 不是。id 为「前者>后者」，可以直接修改。
# What a person decided on two statements: confirmed, one indicator; refused, two.
"""
_FLOW: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """A decision on ``id``, which is ``from>to``; ``of`` says in words what the two are."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    decision: Decision
    of: str = ""
    by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    pairs: tuple[Pair, ...] = ()


def decisions(workspace: "Workspace") -> dict[str, str]:
    """``from>to`` → confirmed or refused. Raises InvalidFile with the line of the fault."""
    return {pair.id: pair.decision for pair in _read(workspace)[0]}


def decide(
    workspace: "Workspace",
    one: Statement,
    other: Statement,
    decision: Decision | None,
    *,
    by: str,
    on: str,
) -> Pair | None:
    """Write down (None: withdraw) the decision on a pair; gives what stood there before."""
    if one.id == other.id:
        raise InvalidRequest(
            "前后两个编号相同；请给出两条不同的记录",
            "both ids are the same; give two different records",
            where=one.id,
        )
    pairs, text = _read(workspace)
    identity = f"{one.id}>{other.id}"
    before = next((pair for pair in pairs if pair.id == identity), None)
    kept = [pair for pair in pairs if pair.id != identity]
    if decision is not None:
        of = f"{_told(one)} / {_told(other)}"
        kept.append(Pair(identity, decision, of, by, on))
    path = workspace.path(FILE)
    values, old = _values(kept), _values(pairs)
    now = rewritten(text, FILE, old, values, _FLOW) if text else _new(values)
    if now != text:
        path.parent.mkdir(exist_ok=True)
        write_atomically(path, now.encode())
    return before


def _told(statement: Statement) -> str:
    return f"{statement.subject}（{statement.period}年，{statement.document}）"


def _new(values: Mapping[str, Any]) -> str:
    return written(values, heading=_HEADING, flow=_FLOW)


def _values(pairs: list[Pair]) -> dict[str, Any]:
    return {"pairs": [{k: v for k, v in asdict(pair).items() if v != ""} for pair in pairs]}


def _read(workspace: "Workspace") -> tuple[list[Pair], str]:
    path = workspace.path(FILE)
    if not path.exists():
        return [], ""
    text = decoded(path.read_bytes(), FILE)
    tree = read_yaml(text, FILE)

    def line_of(location: Location) -> int:
        return line_at(tree, location)

    content = checked(_File, plain_value(tree) or {}, file=FILE, line_of=line_of, name_of=_name)
    return list(content.pairs), text


def _name(location: Location) -> tuple[str, str]:
    name = ".".join(f"[{part + 1}]" if isinstance(part, int) else part for part in location)
    return name, name
