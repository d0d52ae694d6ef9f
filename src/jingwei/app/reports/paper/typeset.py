"""A paper as PDF, set by typst with the fonts that were found and no others, and no network.

What a document says comes in as string literals only, so that none of it is ever read as markup.
A family that typst does not know, or any other warning, stops the making of the file.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

from jingwei.app.reports.paper.charts import drawn
from jingwei.app.reports.paper.fonts import Faces
from jingwei.app.reports.paper.layout import character_gap, layout, line_pitch
from jingwei.app.reports.paper.model import (
    Block,
    Cell,
    Figure,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Run,
)
from jingwei.app.reports.paper.notes import Note

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def pdf(paper: Paper, faces: Faces) -> bytes:
    """The paper as PDF, dated by ``paper.as_of``; same paper and fonts, same bytes."""
    source = "\n".join(_source(paper, faces))
    stamp = datetime.fromisoformat(paper.as_of).replace(tzinfo=UTC) if paper.as_of else _STAMP
    return typeset(source, faces, "pdf", stamp)


def typeset(
    source: str, faces: Faces, form: Literal["pdf", "png"], stamp: datetime = _STAMP
) -> bytes:
    """Set a source of ours. Raises RuntimeError for whatever typst warns of."""
    import typst

    made, warnings = typst.compile_with_warnings(
        source.encode(),
        font_paths=faces.library,
        ignore_system_fonts=True,
        format=form,
        ppi=200.0,
        timestamp=stamp,
    )
    if warnings:
        raise RuntimeError("; ".join(each.message for each in warnings))
    return made


def literal(text: str) -> str:
    """A text as a string of typst."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", " ").replace("\n", "\\n")
    return f'"{plain}"'


def _source(paper: Paper, faces: Faces) -> Iterator[str]:
    def told(text: str) -> str:
        return literal(faces.spelled(text))

    yield from _settings(paper, faces, told(paper.title))
    gap = "1pt" if paper.dense else f"{line_pitch():.2f}pt"
    if not paper.dense:
        yield f"#v({gap})"
    yield f"#titled({told(paper.title)})"
    for line in paper.below:
        yield f"#below({told(line)})"
    if not paper.dense:
        yield f"#v({line_pitch() / 2:.2f}pt)"
    for block in paper.body:
        yield _block(block, faces)
    if not paper.dense:
        yield "#pagebreak(weak: true)"
    yield f"#head1({told(paper.notes_title)})"
    for note in paper.notes:
        yield _note(note, faces)


def _settings(paper: Paper, faces: Faces, title: str) -> Iterator[str]:
    """Page, body, and the shapes that the blocks are made of."""
    table, page = layout(), layout()["page"]
    dense = paper.dense
    edges = table["sheet"] if dense else page
    body = edges["body"] if dense else table["body"]["size"]
    fonts = {
        role: f'font: "{face.family}", weight: {face.weight}'
        for role, face in faces.by_role.items()
    }
    margin = ", ".join(f"{side}: {edges[side]}mm" for side in ("top", "left", "right", "bottom"))
    number, below = table["number"]["size"], table["number"]["below"]
    footer = (
        "none" if dense else
        "context { let n = counter(page).get().first(); "
        f'set text({fonts["number"]}, size: {number}pt, tracking: 0pt); '
        'let told = "— " + str(n) + " —"; '
        f"if calc.odd(n) {{ align(right, [#told#h({number}pt)]) }} else {{ align(left, [#h({number}pt)#told]) }} }}"
    )  # fmt: skip
    descent = f"{below - number / 2 * 25.4 / 72:.2f}mm"
    yield f"#set document(title: {title}, author: (), date: auto)"
    yield f"#set page(width: {page['width']}mm, height: {page['height']}mm, margin: ({margin}), footer: {footer}, footer-descent: {descent})"
    gap = 0.35 * body if dense else line_pitch() - body
    tracking = 0 if dense else character_gap()
    yield f'#set text({fonts["body"]}, size: {body}pt, tracking: {tracking:.3f}pt, lang: "zh", region: "cn", fallback: true, top-edge: 0.88em, bottom-edge: -0.12em)'
    yield f"#set par(leading: {gap:.2f}pt, spacing: {gap:.2f}pt, justify: true, first-line-indent: (amount: 2em, all: true))"
    size = edges["title"] if dense else table["title"]["size"]
    yield f"#let titled(t) = {{ set par(first-line-indent: 0pt, leading: {line_pitch() - size if not dense else 4:.2f}pt); align(center, text({fonts['title']}, size: {size}pt, tracking: 0pt, t)) }}"
    yield f"#let below(t) = {{ set par(first-line-indent: 0pt); align(center, text({fonts['subheading']}, t)) }}"
    indent = "0pt" if dense else "2em"
    yield f"#let head1(t) = block(sticky: true, par(first-line-indent: (amount: {indent}, all: true), text({fonts['heading']}, t)))"
    yield f"#let head2(t) = block(sticky: true, par(first-line-indent: (amount: {indent}, all: true), text({fonts['subheading']}, t)))"
    yield '#let mark(n) = super(typographic: false, size: 0.6em, baseline: -0.5em, link(label("n" + str(n)), text(fill: rgb("#9c1c1c"), tracking: 0pt, "[" + str(n) + "]")))'
    small = edges["table"] if dense else table["table"]["size"]
    inset = "(x: 2pt, y: 1.6pt)" if dense else "(x: 3pt, y: 3.5pt)"
    yield f"""#let grid-of(title, columns, aligns, head, rows) = {{
  set text(size: {small}pt, tracking: 0pt)
  set par(leading: 0.35em, spacing: 0.35em, first-line-indent: 0pt, justify: false)
  set table.cell(breakable: false)
  block(sticky: true, above: {3 if dense else 8}pt, below: {3 if dense else 5}pt, width: 100%, align(center, text({fonts["heading"]}, title)))
  block(below: {4 if dense else 12}pt, width: 100%, table(columns: columns, align: aligns, inset: {inset},
    stroke: (x, y) => (top: if y == 0 {{ 1pt }} else if y == 1 {{ 0.6pt }} else {{ 0.3pt + luma(190) }}, bottom: 0.6pt + luma(120)),
    table.header(..head.map(t => text({fonts["heading"]}, t))), ..rows))
}}"""
    notes = edges["note"] if dense else table["note"]["size"]
    yield f"""#let note(n, lines) = [#block(below: {1.5 if dense else 4}pt, width: 100%, {{
  set text(size: {notes}pt, tracking: 0pt)
  set par(leading: 0.35em, spacing: 0.35em, first-line-indent: 0pt, justify: false)
  grid(columns: (3em, 1fr), text(fill: rgb("#9c1c1c"), "[" + str(n) + "]"), lines.map(((d, t)) => pad(left: d * 1.2em, t)).join())
}}) #label("n" + str(n))]"""


def _block(block: Block, faces: Faces) -> str:
    match block:
        case Heading():
            return f"#head{block.level}({literal(faces.spelled(block.text))})"
        case Paragraph():
            return f"#par[{_runs(block.runs, faces)}]"
        case Grid():
            return _grid(block, faces)
        case Figure():
            picture = drawn(block.chart, faces, "svg").decode()
            caption = _runs(block.caption, faces)
            return (
                f'#block(breakable: false, width: 100%, {{ image(bytes({literal(picture)}), format: "svg", width: 100%); '
                f"set par(first-line-indent: 0pt); set text(size: {layout()['table']['size']}pt, tracking: 0pt); align(center)[{caption}] }})"
            )


def _grid(grid: Grid, faces: Faces) -> str:
    columns = ", ".join(f"{each.share}fr" for each in grid.columns)
    aligns = ", ".join(each.align for each in grid.columns)
    head = ", ".join(literal(each.title) for each in grid.columns)
    rows = ",\n".join(f"[{_runs(cell, faces)}]" for row in grid.rows for cell in row)
    return f"#grid-of([{_runs(grid.title, faces)}], ({columns},), ({aligns},), ({head},), (\n{rows},\n))"


def _runs(runs: Cell, faces: Faces) -> str:
    return "".join(_run(each, faces) for each in runs)


def _run(run: Run, faces: Faces) -> str:
    text = literal(faces.spelled(run.text))
    heading = faces.by_role["heading"]
    shown = (
        f'#text(font: "{heading.family}", weight: {heading.weight}, {text})'
        if run.strong
        else f"#{text}"
    )
    return shown + ("" if run.note is None else f"#mark({run.note})")


def _note(note: Note, faces: Faces) -> str:
    lines: Sequence[str] = [
        f"({line.depth}, {literal(faces.spelled(line.text))})" for line in note.lines
    ]
    return f"#note({note.number}, ({', '.join(lines)},))"
