"""Evidence: where a value comes from, so that nobody has to take it on trust.

Three kinds. A ``Span`` is words in a document; a ``Row`` is one record of a dataset in one
vintage; a ``Formula`` is a computation with the evidence of everything that went into it.
No value is shown without one of them.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Span:
    """Words in a document, after NFKC folding and removal of layout white space.

    ``start`` and ``end`` are offsets into the document's source text (``Document.source``:
    the decoded file of a TXT; page texts or paragraph texts one after the other for other
    formats). ``segments`` lists the pieces when something that is not text of the sentence
    stands between them (a page number, a footnote mark); otherwise it holds the one pair.
    ``page`` counts from 1 in paged formats; ``paragraph`` counts from 1 where the format has
    paragraphs; ``line`` counts from 1 in plain text.
    """

    kind: ClassVar[str] = "span"
    file: str
    start: int
    end: int
    quote: str
    page: int | None = None
    paragraph: int | None = None
    line: int | None = None
    segments: tuple[tuple[int, int], ...] = ()

    @property
    def place(self) -> str:
        """Page, paragraph and line, as far as the format has them: 第3页, 第12行."""
        places = (("第{}页", self.page), ("第{}段", self.paragraph), ("第{}行", self.line))
        return "".join(form.format(number) for form, number in places if number is not None)

    def __str__(self) -> str:
        return f"{self.file} {self.place}「{self.quote}」"


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a dataset, as it stood in one vintage."""

    kind: ClassVar[str] = "row"
    dataset: str
    vintage: str
    key: str

    def __str__(self) -> str:
        return f"{self.dataset}@{self.vintage} {self.key}"


@dataclass(frozen=True, slots=True)
class Formula:
    """A computation, written out with its numbers, and the evidence of its inputs."""

    kind: ClassVar[str] = "formula"
    formula: str
    of: "tuple[Evidence, ...]" = ()

    def __str__(self) -> str:
        return self.formula


Evidence = Span | Row | Formula
