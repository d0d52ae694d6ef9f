"""Chains drawn from a seed, of a known shape and with known weak links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from random import Random

from jingwei.chains.graph import Edge, Edition, Fact, Head, Vertex, template
from jingwei.core import Row

DAY = date(2025, 6, 30)
FULL = template("全链")
STAGES = [each.name for each in FULL.stages]
CITY, DISTRICT, FAR = "p:虚城", "p:东区", "p:远省"


def row(key: str) -> Row:
    return Row("drawn.csv", DAY.isoformat(), key)


@dataclass
class Drawn:
    """A chain and the edition before it; ``planted`` are weak nodes with the action they need."""

    before: Edition
    now: Edition
    planted: Mapping[str, str]


WEAKNESSES = {
    "nobody": "补", "little": "补", "two": "固", "concentrated": "固", "imported": "固",
    "dependent": "固", "lost": "固", "following": "强",
}  # fmt: skip


def draw(
    seed: int,
    shape: str = "全",
    per_stage: int = 4,
    weak: int = 0,
    stages: Sequence[str] = (),
    linked: bool = True,
) -> Drawn:
    """A chain of six stages; ``shape`` 短, 断, 虚 or 全; ``weak`` nodes of all kinds of weakness.

    ``stages`` are those made here, drawn where none are given; ``linked`` draws supply along them.
    Weak links never change the shape: each stage keeps nodes that are made here, and no weak node
    without suppliers lies between two that are made.
    """
    random = Random(seed)  # noqa: S311
    filled = {*stages} or _filled(shape, random)
    nodes = [(stage, f"{stage}{k}") for stage in STAGES for k in range(per_stage)]
    ends = [name for stage, name in nodes if stage in filled and name.endswith("0")]
    planted: dict[str, str] = {}
    able = [n for s, n in nodes if s in filled and n not in ends]
    kinds = [*WEAKNESSES] * weak
    for name, kind in zip(random.sample(able, min(weak, len(able))), kinds, strict=False):
        planted[name] = kind
    vertices = [
        Vertex(CITY, "place", "虚城", evidence=(row("city"),)),
        Vertex(DISTRICT, "place", "东区", evidence=(row("district"),)),
        Vertex(FAR, "place", "远省", evidence=(row("far"),)),
    ]
    edges = [Edge("located_in", DISTRICT, CITY, row("in"), DAY)]
    old_edges: list[Edge] = []
    facts: list[Fact] = []
    for stage, name in nodes:
        vertices.append(Vertex(f"n:{name}", "node", name, stage, stage, (row(name),)))
        kind = planted.get(name, "" if stage in filled else "nobody")
        made, gone = _makers(name, kind, random)
        vertices += [
            Vertex(e.from_, "enterprise", e.from_, "", "", (e.evidence,))
            for e in (*made, *gone)
            if e.kind == "makes"
        ]
        edges += made
        old_edges += gone
        facts += _facts(f"n:{name}", kind, shape, random)
    # supply runs along the first nodes of the stages: a path that a weak node never interrupts
    chain = [f"n:{stage}0" for stage in STAGES]
    edges += [Edge("supplies", a, b, row(f"{a}>{b}"), DAY) for a, b in pairwise(chain)]
    head = Head("虚链", "2025-06", FULL.name, "虚城", DAY.isoformat())
    vertices = [*{each.id: each for each in vertices}.values()]
    now = Edition.of(head, vertices, edges, facts)
    before = Edition.of(replace(head, edition="2024-12"), vertices, [*edges, *old_edges], facts)
    return Drawn(before, now, {f"n:{name}": WEAKNESSES[kind] for name, kind in planted.items()})


def _filled(shape: str, random: Random) -> set[str]:
    if shape == "短":
        length = random.choice([1, 2, 3])
        first = random.randint(0, len(STAGES) - length)
        return {*STAGES[first : first + length]}
    if shape == "断":
        hole = random.randint(1, len(STAGES) - 2)
        return {stage for k, stage in enumerate(STAGES) if k != hole}
    return {*STAGES}


def _makers(name: str, kind: str, random: Random) -> tuple[list[Edge], list[Edge]]:
    count = {"nobody": 0, "two": random.choice([1, 2])}.get(kind, random.randint(5, 8))
    shares = [round(0.95 / count, 4)] * count if count else []
    if kind == "concentrated":
        shares = [0.7, *[round(0.2 / (count - 1), 4)] * (count - 1)]
    made: list[Edge] = []
    for k, share in enumerate(shares):
        key = f"e:{name}-{k}"
        given = None if kind == "two" else share
        made.append(Edge("makes", key, f"n:{name}", row(f"{key} makes"), DAY, share=given))
        made.append(Edge("located_in", key, DISTRICT, row(f"{key} in"), DAY))
    gone = (
        [Edge("makes", f"e:{name}-gone", f"n:{name}", row("gone"), DAY)] if kind == "lost" else []
    )
    return made, gone


def _facts(node: str, kind: str, shape: str, random: Random) -> list[Fact]:
    def number(measure: str, value: float, of: str = "") -> Fact:
        return Fact(node, measure, row(f"{node} {measure} {of}"), value, of=of, day=DAY)

    imported = random.uniform(0.6, 0.9) if kind == "imported" else random.uniform(0.02, 0.46)
    local = random.uniform(0.01, 0.07) if kind == "little" else random.uniform(0.45, 0.9)
    if shape == "虚":
        local = random.uniform(0.12, 0.25)
    level = "跟跑" if kind == "following" else random.choice(["并跑", "领跑"])
    output = random.uniform(50, 500)
    rate = random.uniform(0.04, 0.12) if shape == "虚" else random.uniform(0.2, 0.4)
    facts = [
        Fact(node, "complete", row(f"{node} complete"), word="是", day=DAY),
        Fact(node, "technology", row(f"{node} technology"), word=level, rater="专家组", day=DAY),
        number("import_share", imported),
        number("output", output),
        number("value_added", output * rate),
    ]
    if kind != "nobody":
        facts.append(number("local_share", local))
    countries = (
        {"甲国": 80.0, "乙国": 20.0} if kind == "dependent" else dict.fromkeys("甲乙丙丁戊", 20.0)
    )
    facts += [number("imports", value, country) for country, value in countries.items()]
    facts += [number("inflow", 40.0), number("exports", 50.0 if kind == "dependent" else 300.0)]
    return facts
