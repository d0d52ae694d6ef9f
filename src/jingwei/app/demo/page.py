"""A text of the demo as HTML and as plain text, the way they are met in the wild.

The HTML is a page as a browser saves it: scripts, navigation and a footer around the article.
The plain text is broken at a fixed width as by a mail programme, or left one paragraph a line.
"""

from importlib.resources import files
from pathlib import Path

from jingwei.app.demo.linebreak import lines
from jingwei.app.demo.texts import Box, Centred, Grid, Heading, Paragraph, Piece


def write_html(pieces: tuple[Piece, ...], path: Path, notice: str) -> None:
    """Write the pieces inside the frame of a government web page."""
    from jinja2 import Environment, StrictUndefined

    frame = files("jingwei.app.demo").joinpath("texts", "frame.html").read_text("utf-8")
    template = Environment(undefined=StrictUndefined, autoescape=True).from_string(frame)
    title = next(each.text for each in pieces if isinstance(each, Heading))
    article = [(type(piece).__name__, piece, _spans(piece)) for piece in pieces]
    html = template.render(title=title, notice=notice, article=article)
    path.write_bytes(html.encode("utf-8"))


def write_txt(
    pieces: tuple[Piece, ...], path: Path, *, encoding: str = "utf-8", width: int | None = None
) -> None:
    """Write the pieces; ``width`` breaks lines after so many characters, None never."""
    written = [line for piece in pieces for line in (*_lines(piece, width), "")]
    path.write_bytes("\n".join(written).encode(encoding))


def _spans(piece: Piece) -> list[list[tuple[str, int]]]:
    """Cells of a table with their row spans; hanging cells are left out."""
    if not isinstance(piece, Grid):
        return []
    spans: list[list[tuple[str, int]]] = []
    for row, cells in enumerate(piece.rows):
        spans.append([])
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            below = [each[column] for each in piece.rows[row + 1 :]]
            hanging = next((i for i, each in enumerate(below) if each is not None), len(below))
            spans[-1].append((cell, hanging + 1))
    return spans


def _lines(piece: Piece, width: int | None) -> list[str]:
    match piece:
        case Heading(level=0) | Centred():
            return _wrap(piece.text, width)
        case Heading():
            return [piece.text]
        case Paragraph():
            return _wrap("　　" + piece.text, width)
        case Box():
            inside = [line for text in piece.paragraphs for line in _wrap("　　" + text, width)]
            return [piece.title, *inside]
        case Grid():
            rows = ["\t".join(cell or "" for cell in row) for row in piece.rows]
            return [piece.caption, *rows, *_wrap(piece.note, width)]


def _wrap(text: str, width: int | None) -> list[str]:
    if width is None:
        return [text] if text else []
    return list(lines(text, width))
