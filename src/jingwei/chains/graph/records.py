"""What a chain graph is made of: vertices, edges and facts, each with its source.

A vertex is a node of the chain (环节: a product, material, part, technology …), an enterprise or a
place. An edge says how two of them belong together and who says so; two sources that disagree are
two edges, side by side (``docs/semantics.md`` §32). What no source says is not in the graph, and is
not thereby absent from the world.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, cast, get_args

from jingwei.core import Evidence, Formula, Row, Span

Sort = Literal["node", "enterprise", "place"]
EdgeKind = Literal["supplies", "is_part_of", "makes", "located_in", "substitutes"]
SORTS: tuple[Sort, ...] = get_args(Sort)
EDGE_KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)

ENDS: dict[EdgeKind, tuple[tuple[Sort, Sort], ...]] = {
    "supplies": (("node", "node"), ("enterprise", "enterprise")),
    "is_part_of": (("node", "node"),),
    "makes": (("enterprise", "node"),),
    "located_in": (("enterprise", "place"), ("place", "place")),
    "substitutes": (("node", "node"), ("enterprise", "enterprise")),
}
"""What each kind of edge may join, from and to."""

WORDS: dict[str, tuple[str, str]] = {
    "node": ("环节", "node"),
    "enterprise": ("企业", "enterprise"),
    "place": ("地点", "place"),
    "supplies": ("供应", "supplies"),
    "is_part_of": ("属于", "is part of"),
    "makes": ("生产", "makes"),
    "located_in": ("位于", "located in"),
    "substitutes": ("可替代", "substitutes"),
}
"""Names of sorts and kinds, Chinese and English."""

_PREFIX: dict[Sort, str] = {"node": "n", "enterprise": "e", "place": "p"}


@dataclass(frozen=True, slots=True)
class Vertex:
    """A node of the chain, an enterprise or a place.

    ``stage`` is its slot on the template, "" where it has none; ``kind`` what it is (材料, 零部件,
    关键核心技术 …). An enterprise whose ``id`` comes from its name alone is not identified.
    """

    id: str
    sort: Sort
    name: str
    stage: str = ""
    kind: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def identified(self) -> bool:
        """Whether the id comes from a register and not from the name alone."""
        return not self.id.startswith("e~")


@dataclass(frozen=True, slots=True)
class Edge:
    """One source's word that two vertices belong together, or that they do not (``holds``).

    ``day`` is that of the source, ``confidence`` in [0, 1] what its provider gave it;
    ``valid_from`` and ``valid_to`` bound the time it is true, None where no bound is stated.
    ``share`` of ``makes`` is the enterprise's part of all supply of the node, of ``supplies`` the
    part of what the buyer needs, both in [0, 1]. None is not stated.
    """

    kind: EdgeKind
    from_: str
    to: str
    evidence: Evidence
    day: date | None = None
    confidence: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    share: float | None = None
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated value about a vertex: a number in ``unit``, or a word.

    ``of`` names the part it is about (a country of origin), ``rater`` who judged it.
    """

    about: str
    measure: str
    evidence: Evidence
    value: float | None = None
    word: str = ""
    unit: str = ""
    of: str = ""
    rater: str = ""
    day: date | None = None


@lru_cache(maxsize=1 << 18)
def folded(name: str) -> str:
    """A name without what scripts and layouts vary: width, case, white space, dashes."""
    return re.sub(r"[\s\-‐‑–—－―·•]", "", unicodedata.normalize("NFKC", name)).casefold()


def node_id(name: str) -> str:
    return f"{_PREFIX['node']}:{folded(name)}"


def place_id(name: str, code: str = "") -> str:
    """By region code where there is one, else by name."""
    return f"{_PREFIX['place']}:{code or folded(name)}"


def enterprise_id(name: str, code: str = "") -> str:
    """By code of the register (统一社会信用代码); by name alone it counts as not identified."""
    prefix = _PREFIX["enterprise"]
    if not code:
        return f"{prefix}~{folded(name)}"
    return f"{prefix}:{''.join(unicodedata.normalize('NFKC', code).upper().split())}"


def evidence_text(evidence: Evidence) -> str:
    """Evidence as one line of JSON; equal evidence gives equal text."""
    return json.dumps(_listed(evidence), ensure_ascii=False, separators=(",", ":"))


def evidence_of(text: str) -> Evidence:
    """The inverse of ``evidence_text``."""
    return _unlisted(json.loads(text))


def evidences_text(evidence: tuple[Evidence, ...]) -> str:
    return json.dumps(
        [_listed(each) for each in evidence], ensure_ascii=False, separators=(",", ":")
    )


def evidences_of(text: str) -> tuple[Evidence, ...]:
    return tuple(_unlisted(each) for each in json.loads(text))


def _listed(evidence: Evidence) -> list[Any]:
    match evidence:
        case Row():
            return ["row", evidence.dataset, evidence.vintage, evidence.key]
        case Span():
            return [
                "span", evidence.file, evidence.start, evidence.end, evidence.quote, evidence.page,
                evidence.paragraph, evidence.line, [list(pair) for pair in evidence.segments],
            ]  # fmt: skip
        case Formula():
            return ["formula", evidence.formula, [_listed(each) for each in evidence.of]]


def _unlisted(parts: list[Any]) -> Evidence:
    kind, *rest = parts
    if kind == "row":
        return Row(*cast("list[str]", rest))
    if kind == "span":
        *plain, segments = rest
        return Span(*plain, segments=tuple((start, end) for start, end in segments))
    formula, of = rest
    return Formula(formula, tuple(_unlisted(each) for each in of))
