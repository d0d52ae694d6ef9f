"""Reports: what was found, so that a reader can sign it, and see what nobody can sign.

One idea: no value without its source. ``render_report`` writes one HTML file in which every
number opens the words it was read from; ``tables`` prints the same rows to a terminal. Nothing
is computed here but counts: the answers come from the rooms below.
"""

from typing import TYPE_CHECKING, Any

from jingwei.app.reports.model import Report, Source

if TYPE_CHECKING:
    from jingwei.app.reports.render import render_report

__all__ = ["Report", "Source", "render_report"]


def __getattr__(name: str) -> Any:
    """Rendering, and Jinja with it, is loaded when it is first used."""
    if name == "render_report":
        from jingwei.app.reports import render

        return render.render_report
    raise AttributeError(name)
