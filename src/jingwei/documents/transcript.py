"""The source text of formats that have no text of their own to point into."""

from array import array


class Transcript:
    """Paragraph (or page) texts, collected one after the other and joined with a line end."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self.parts = array("I")

    def add(self, text: str) -> tuple[int, int]:
        """Append a part; returns where it stands in the source."""
        start = self._length
        self._texts.append(text)
        self.parts.append(start)
        self._length += len(text) + 1
        return start, start + len(text)

    @property
    def source(self) -> str:
        return "\n".join(self._texts)
