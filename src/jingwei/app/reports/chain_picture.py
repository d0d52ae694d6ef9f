"""A chain as a picture: stages as columns, nodes as boxes, supply as arrows; SVG without script.

Every text goes through escaping; nothing of the data becomes markup, an address or a style. A box
links to the anchor of its evidence on the same page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from jingwei.chains.graph import Edition, Template, Vertex

MOST = 400  # boxes of a picture: more cannot be read, the table shows them all
_WIDTH, _GAP, _HIGH, _STEP, _TOP, _SIDE = 214, 38, 34, 46, 58, 14
_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """The SVG, and how many nodes did not fit."""

    svg: Markup
    left_out: int


def picture(
    edition: Edition, template: Template, marks: Mapping[str, str], anchors: Mapping[str, str]
) -> Picture:
    """The nodes of a chain by stage.

    ``marks`` are short words by node id (补, 固 …), shown on the box and as its class; ``anchors``
    are ids of the page by node id.
    """
    columns = _columns(edition, template)
    shown = {v.id for column in columns.values() for v in column}
    left_out = max(0, len(shown) - MOST)
    if left_out:
        most = max(1, MOST // max(1, len(columns)))
        columns = {name: column[:most] for name, column in columns.items()}
    places: dict[str, tuple[int, int]] = {}
    for x, column in enumerate(columns.values()):
        for y, vertex in enumerate(column):
            places[vertex.id] = (_SIDE + x * (_WIDTH + _GAP), _TOP + y * _STEP)
    tall = max((len(column) for column in columns.values()), default=0)
    width = 2 * _SIDE + len(columns) * (_WIDTH + _GAP)
    height = _TOP + max(1, tall) * _STEP + 10
    parts = [
        Markup('<svg class="chain" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            width, height, f"{edition.head.chain} 产业链图"
        ),
        Markup(
            '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
        ),
    ]
    for x, (name, column) in enumerate(columns.items()):
        told = f"{name}（{len(column)}）" if column else f"{name}（空位）"
        parts.append(
            Markup('<text class="stage" x="{}" y="30">{}</text>').format(
                _SIDE + x * (_WIDTH + _GAP), told
            )
        )
    parts += _arrows(edition, places)
    parts += [
        _box(vertex, places[vertex.id], marks.get(vertex.id, ""), anchors.get(vertex.id, ""))
        for column in columns.values()
        for vertex in column
    ]
    parts.append(Markup("</svg>"))
    return Picture(Markup("").join(parts), len(shown) - len(places))


def _columns(edition: Edition, template: Template) -> dict[str, Sequence[Vertex]]:
    columns: dict[str, list[Vertex]] = {each.name: [] for each in template.stages}
    for vertex in edition.vertices("node"):
        if vertex.stage in columns:
            columns[vertex.stage].append(vertex)
    return {name: sorted(column, key=lambda v: v.id) for name, column in columns.items()}


def _arrows(edition: Edition, places: Mapping[str, tuple[int, int]]) -> list[Markup]:
    lines: list[Markup] = []
    drawn: set[tuple[str, str]] = set()
    names = {vertex.id: vertex.name for vertex in edition.vertices()}
    for edge in edition.every_edge():
        ends = (edge.from_, edge.to)
        if edge.kind != "supplies" or not edge.holds or ends in drawn:
            continue
        if edge.from_ in places and edge.to in places:
            drawn.add(ends)
            lane = (len(lines) % 3 - 1) * 3  # lines of one lane lie beside each other
            lines.append(
                Markup(
                    '<path class="supply" d="{}" marker-end="url(#arrow)"><title>{} → {}</title></path>'
                ).format(
                    _route(places[edge.from_], places[edge.to], lane),
                    names[edge.from_],
                    names[edge.to],
                )
            )
    return lines


def _route(start: tuple[int, int], end: tuple[int, int], lane: int) -> str:
    """The way of an arrow: through gaps between columns and lanes between rows, behind no box."""
    (x, y), (u, v) = start, end
    forward = 1 if u > x else -1
    sx = x + _WIDTH if u >= x else x
    tx = u if u > x else u + _WIDTH
    sy, ty = y + _HIGH // 2, v + _HIGH // 2
    bend = forward * _GAP // 2
    if u == x:
        return f"M{sx} {sy}C{sx + _GAP} {sy} {sx + _GAP} {ty} {tx} {ty}"
    if abs(u - x) <= _WIDTH + _GAP:
        return f"M{sx} {sy}C{sx + bend} {sy} {tx - bend} {ty} {tx} {ty}"
    row = round(((y + v) / 2 - _TOP) / _STEP)
    between = _TOP + row * _STEP - (_STEP - _HIGH) // 2 + lane
    near, far = sx + forward * _GAP, tx - forward * _GAP
    return (
        f"M{sx} {sy}C{sx + bend} {sy} {sx + bend} {between} {near} {between}H{far}"
        f"C{tx - bend} {between} {tx - bend} {ty} {tx} {ty}"
    )


def _box(vertex: Vertex, place: tuple[int, int], mark: str, anchor: str) -> Markup:
    x, y = place
    name = vertex.name
    kind = _class_of(mark)
    if len(name) <= _LETTERS:
        lines = [(y + 21, name)]
    else:
        rest = name[_LETTERS:]
        rest = rest if len(rest) <= _LETTERS else rest[: _LETTERS - 1] + "…"
        lines = [(y + 15, name[:_LETTERS]), (y + 29, rest)]
    written = Markup("").join(
        Markup('<text x="{}" y="{}">{}</text>').format(x + 8, at, line) for at, line in lines
    )
    inside = Markup(
        '<title>{}</title><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="4"/>'
        '{}<text class="mark" x="{}" y="{}">{}</text>'
    ).format(name, kind, x, y, _WIDTH, _HIGH, written, x + _WIDTH - 8, y + 21, mark)
    if not anchor:
        return inside
    return Markup('<a href="#{}">{}</a>').format(escape(anchor), inside)


def _class_of(mark: str) -> str:
    """The class of the gravest of the needs on a box, and ``both`` where there are several."""
    needs = [name for need, name in _CLASS.items() if need in mark.split("/")]
    return " ".join([needs[0], *(["both"] if len(needs) > 1 else [])]) if needs else "unknown"


_CLASS = {"补": "fill", "固": "secure", "强": "strengthen", "稳": "sound"}
