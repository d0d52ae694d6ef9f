"""Breaking Chinese text into lines: numbers stay whole, punctuation stays with its word."""

from collections.abc import Callable, Iterator

CLOSING = "，。、；：？！）》”’%％〕」』"
OPENING = "（《“‘〔「『"


def lines(text: str, width: float, measure: Callable[[str], float] = len) -> Iterator[str]:
    """Lines of ``text`` at most ``width`` wide, each as long as the rules allow.

    ``measure`` gives the width of one character. A run that nothing may break is cut at the width.
    """
    start = 0
    while start < len(text):
        end, room = start, width
        while end < len(text) and (room := room - measure(text[end])) >= 0:
            end += 1
        cut = end = max(end, start + 1)
        while start < cut < len(text) and not _may_break(text, cut):
            cut -= 1
        cut = cut if cut > start else end
        yield text[start:cut]
        start = cut


def _may_break(text: str, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    in_number = before.isascii() and after.isascii()
    return not in_number and after not in CLOSING and before not in OPENING
