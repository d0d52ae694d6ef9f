"""Notes: what every marked number rests on, numbered in the order in which it is first needed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jingwei.app.reports.evidence import place_of
from jingwei.core import Evidence, Formula, Row, Span


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a note: how deep it stands below its formula, and its words."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """All evidence of one number."""

    number: int
    evidence: tuple[Evidence, ...]
    lines: tuple[Line, ...]


class Notes:
    """The notes of one paper; the same evidence is the same note."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        """``titles`` are those of the documents by file name."""
        self._titles = titles
        self._words: dict[Span, str] = {}
        self._known: dict[tuple[Evidence, ...], Note] = {}

    def say(self, span: Span, words: str) -> None:
        """How a span is quoted in notes made from here on: the cells of a row of a table apart."""
        self._words[span] = words

    def mark(self, *evidence: Evidence) -> int:
        """The number of the note for this evidence. Raises ValueError where there is none."""
        if not evidence:
            raise ValueError("a number without evidence")
        proofs = tuple(dict.fromkeys(evidence))
        if proofs not in self._known:
            lines = tuple(line for each in proofs for line in self._lines(each, 0))
            self._known[proofs] = Note(len(self._known) + 1, proofs, lines)
        return self._known[proofs].number

    @property
    def all(self) -> tuple[Note, ...]:
        return tuple(self._known.values())

    def _lines(self, evidence: Evidence, depth: int) -> Iterator[Line]:
        if isinstance(evidence, Span):
            title = self._titles.get(evidence.file, "")
            named = f"《{title}》（{evidence.file}）" if title else evidence.file
            yield Line(
                depth,
                f"{named}{place_of(evidence)[0]}：“{self._words.get(evidence, evidence.quote)}”",
            )
        elif isinstance(evidence, Row):
            vintage = f"，{evidence.vintage}版" if evidence.vintage else ""
            yield Line(depth, f"数据集“{evidence.dataset}”{vintage}，{evidence.key}")
        else:
            yield Line(depth, f"算式：{evidence.formula}" if evidence.of else evidence.formula)
            for each in dict.fromkeys(evidence.of):
                yield from self._lines(each, depth + 1)


def counted(what: str, names: Sequence[str]) -> Formula:
    """The evidence of a count: what was counted, one by one."""
    return Formula(f"计数：{what}共{len(names)}项：{'；'.join(names) or '无'}")
