"""Charts: an indicator's path against its pace, drawn the same every time.

matplotlib gives the drawing with its text as text; the typesetter puts the characters in, so that
only installed Chinese fonts are used, and the right face of a collection.
"""

import io
import re
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, Literal

from jingwei.app.reports.paper.fonts import Faces, NoChineseFont
from jingwei.app.reports.paper.fonts import faces as installed_faces
from jingwei.app.reports.paper.layout import text_width
from jingwei.app.reports.paper.model import Chart, Column, Figure, Grid, Run
from jingwei.core import written_out

_INK, _PACE = "#9c1c1c", "#555555"
_HEIGHT = 190.0  # points


def drawn(chart: Chart, faces: Faces, form: Literal["svg", "png"]) -> bytes:
    """The chart as a picture as wide as the type area; same chart, same bytes."""
    picture = _svg(chart, faces)
    if form == "svg":
        return picture.encode()
    from jingwei.app.reports.paper.typeset import literal, typeset

    source = (
        f"#set page(width: {text_width():.2f}pt, height: {_HEIGHT}pt, margin: 0pt)\n"
        f'#image(bytes({literal(picture)}), format: "svg", width: 100%)\n'
    )
    return typeset(source, faces, "png")


def prepare() -> None:
    """Load what a drawing needs, fonts included, before there is one to make."""
    for name in ("backends.backend_svg", "figure", "font_manager", "ticker"):
        import_module(f"matplotlib.{name}")
    with suppress(NoChineseFont):
        installed_faces().spelled("")


def _svg(chart: Chart, faces: Faces) -> str:
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Drawing
    from matplotlib.font_manager import fontManager
    from matplotlib.ticker import MaxNLocator

    drawing_library: Any = matplotlib
    face = faces.by_role["body"]
    metrics = _metrics(fontManager, face.path)
    settings: Mapping[str, Any] = {
        "svg.fonttype": "none", "svg.hashsalt": "jingwei", "font.family": metrics, "font.size": 9, "font.weight": face.weight, "axes.labelweight": face.weight,
        "axes.unicode_minus": False,
    }  # fmt: skip
    with drawing_library.rc_context(dict(settings)):
        drawing = Drawing(figsize=(text_width() / 72, _HEIGHT / 72))
        FigureCanvasSVG(drawing)
        axes: Any = drawing.add_subplot()
        if chart.pace:
            axes.plot(*zip(*chart.pace, strict=True), color=_PACE, linestyle="--", linewidth=1.2,
                      marker="o", markersize=3, label="时序要求")  # fmt: skip
        axes.plot(*zip(*chart.actual, strict=True), color=_INK, linewidth=1.8, marker="o",
                  markersize=4.5, label="实际")  # fmt: skip
        axes.set_ylabel(faces.spelled(chart.unit))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.ticklabel_format(useOffset=False)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#dddddd", linewidth=0.6)
        axes.legend(frameon=False, fontsize=8)
        drawing.tight_layout()
        made = io.StringIO()
        drawing.savefig(made, format="svg", metadata={"Date": None, "Creator": None})
    named = (
        made.getvalue().replace(f"'{metrics}'", f"'{face.family}'").replace(metrics, face.family)
    )
    return re.sub(r"<!DOCTYPE[^>]*>", "", named)


def _metrics(manager: Any, path: str) -> str:
    """The name by which matplotlib measures with the font file (the first of a collection)."""
    known = next((each.name for each in manager.ttflist if each.fname == path), None)
    if known is not None:
        return known
    manager.addfont(path)
    return next(each.name for each in manager.ttflist if each.fname == path)


def grid_of(figure: Figure) -> Grid:
    """The numbers of a chart as a table, for where it cannot be drawn."""
    chart = figure.chart
    note = next((run.note for run in figure.caption if run.note is not None), None)
    actual, pace = dict(chart.actual), dict(chart.pace)
    rows = [
        (
            (Run(f"{written_out(year, 6)}", bare="date"),),
            _number(actual.get(year), note),
            _number(pace.get(year), note),
        )
        for year in sorted({*actual, *pace})
    ]
    columns = (
        Column("年份", 1, "center"),
        Column(f"实际（{chart.unit}）", 2, "right"),
        Column(f"时序要求（{chart.unit}）", 2, "right"),
    )
    return Grid(figure.caption, columns, rows)


def _number(value: float | None, note: int | None) -> tuple[Run, ...]:
    return (Run("—"),) if value is None else (Run(f"{written_out(value, 6)}", note),)
