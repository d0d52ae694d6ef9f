"""Words known by how they end: one look-up for each length instead of a pattern of hundreds.

Chinese names carry their class at the end (光刻设备, 云溪科学城, 强基工程), so that most word lists
of this room are lists of endings.
"""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")


class Endings(Generic[V]):
    """Endings with a value each; the longest that a text has counts.

    The last character says which lengths are worth a look: most texts end like none.
    """

    def __init__(self, words: Mapping[str, V]) -> None:
        self.words = dict(words)
        by_last: dict[str, set[int]] = {}
        for word in self.words:
            by_last.setdefault(word[-1:], set()).add(len(word))
        self._lengths = {last: sorted(each, reverse=True) for last, each in by_last.items()}

    @classmethod
    def plain(cls, words: Iterable[str]) -> "Endings[str]":
        """Endings whose value is the ending itself."""
        return Endings({word: word for word in words})

    def match(self, text: str) -> str:
        """The longest ending of ``text``, "" for none."""
        for length in self._lengths.get(text[-1:], ()):
            if text[-length:] in self.words and len(text) >= length:
                return text[-length:]
        return ""

    def value(self, text: str) -> V | None:
        """The value of the longest ending of ``text``."""
        for length in self._lengths.get(text[-1:], ()):
            found = self.words.get(text[-length:])
            if found is not None and len(text) >= length:
                return found
        return None

    def run(self, text: str) -> int:
        """Where the longest run of endings begins that ``text`` ends with; its length for none."""
        begins = [len(text)]
        for end in begins:  # grows while it is read: each beginning may be the end of a word
            for length in self._lengths.get(text[end - 1 : end], ()):
                begin = end - length
                if begin >= 0 and text[begin:end] in self.words and begin not in begins:
                    begins.append(begin)
        return min(begins)

    def stripped(self, text: str) -> str:
        """``text`` without all the endings that follow each other at its end."""
        while True:
            ending = self.match(text)
            if not ending or len(ending) == len(text):
                return text
            text = text[: -len(ending)]
