"""What the numbers of a draft say about each other.

A sum that its parts do not make or a rate that its start and end do not make is wrong before
anybody looks into another document (``docs/semantics.md`` §10.14). The arithmetic is that of the
health check (§9), of the draft alone.
"""

from collections.abc import Mapping, Sequence

from jingwei.core import Evidence, Finding, Formula, Span, Statement
from jingwei.monitor import health
from jingwei.monitor.proof.answers import NumberCheck, number_check

KIND = "inside"


def check_inside(
    statements: Sequence[Statement], places: Mapping[str, Span], untold: frozenset[str]
) -> list[NumberCheck]:
    """One row for each finding within the draft, at the number that does not follow.

    ``places`` gives the place of the number of each statement; statements ``untold``, of no known
    year, prove nothing.
    """
    dated = [each for each in statements if each.id not in untold]
    by_place = {each.evidence: each for each in dated}
    found: list[NumberCheck] = []
    for finding in health.check({each.document: dated for each in dated}):
        said = _result(finding, by_place)
        if said is not None:
            found.append(
                number_check(
                    said, places[said.id], KIND, finding.sides,
                    {"why": finding.message.rstrip("。"), "why_en": finding.message_en.rstrip(".")},
                    finding.explanations,
                )
            )  # fmt: skip
    return found


def _result(finding: Finding, by_place: Mapping[Span, Statement]) -> Statement | None:
    """The statement of the number that does not follow: what is said and not only computed with."""
    said = [each for each in finding.sides if isinstance(each, Span) and each in by_place]
    inner = {span for each in finding.sides for span in _within(each)}
    alone = [each for each in said if each not in inner] or said or sorted(
        (span for span in inner if span in by_place), key=lambda span: span.start
    )  # fmt: skip
    return by_place[alone[-1]] if alone else None


def _within(evidence: Evidence) -> tuple[Span, ...]:
    if not isinstance(evidence, Formula):
        return ()
    return tuple(each for each in evidence.of if isinstance(each, Span))
