"""A paper as one HTML file that asks nobody for anything.

Evidence opens by a link alone: the note that is the target of the page stands at its foot. There is
no script, and the policy of the file lets none run.
"""

from base64 import b64encode
from dataclasses import dataclass

from jingwei.app.reports.paper.charts import drawn, grid_of
from jingwei.app.reports.paper.fonts import Faces
from jingwei.app.reports.paper.model import Block, Figure, Grid, Heading, Paper, Paragraph


@dataclass(frozen=True, slots=True)
class _Shown:
    """A block with its kind, and the image of a figure as a data address."""

    kind: str
    of: Block
    image: str = ""


def html(paper: Paper, faces: Faces | None) -> bytes:
    """The paper as HTML. Without fonts, a table stands in the place of a chart."""
    from markupsafe import Markup

    from jingwei.app.reports.render import asset, digest, environment

    style = asset("paper.css")
    policy = f"default-src 'none'; style-src '{digest(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    text = (
        environment()
        .get_template("paper.html")
        # the style is ours, read from the package: no part of a document ever gets there
        .render(
            paper=paper,
            blocks=[_shown(each, faces) for each in paper.body],
            policy=policy,
            style=Markup(style),  # noqa: S704
        )
    )
    return text.encode()


def _shown(block: Block, faces: Faces | None) -> _Shown:
    match block:
        case Heading():
            return _Shown("heading", block)
        case Paragraph():
            return _Shown("paragraph", block)
        case Grid():
            return _Shown("grid", block)
        case Figure():
            if faces is None:
                return _Shown("grid", grid_of(block))
            image = b64encode(drawn(block.chart, faces, "png")).decode()
            return _Shown("figure", block, f"data:image/png;base64,{image}")
