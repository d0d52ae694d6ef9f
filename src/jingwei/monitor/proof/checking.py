"""Which answer each number of a draft gets, and each of its claims.

The numbers one by one are in ``cases``; here the draft as a whole: its times, the goals that its
claims quote, the numbers known to other documents.
"""

from collections.abc import Mapping, Sequence

from jingwei.core import Row, Statement
from jingwei.documents.model import Document
from jingwei.monitor.facts import Known, known
from jingwei.monitor.health.doubts import figures_of
from jingwei.monitor.proof.answers import NumberCheck
from jingwei.monitor.proof.cases import Case, Match, match_of, source_of
from jingwei.monitor.proof.claiming import check_claims, quoted_goals
from jingwei.monitor.proof.dating import dated
from jingwei.monitor.proof.holding import of_one_kind, one_thing
from jingwei.monitor.proof.inside import check_inside
from jingwei.monitor.proof.locating import number_spans
from jingwei.monitor.proof.quoting import quoted_claim
from jingwei.monitor.proof.sweeping import Outcome, check_sweeping
from jingwei.plans.indicator import pairs
from jingwei.plans.steps import lists_years

_BESIDE = 20  # characters between a result and the goal quoted after it


def proof(
    draft: Document,
    draft_statements: Sequence[Statement],
    known_statements: Sequence[Statement],
    outcomes: Sequence[Outcome] = (),
    statistics: Sequence[Known] = (),
) -> list[NumberCheck]:
    """One check for every statement of the draft, as their numbers stand, then one for every claim of it to
    have reached a target; between them one for each disagreement of its numbers with each other; claims without a number are held against ``outcomes``, the settled plans.

    ``known_statements`` are those of the other documents of the workspace; statements of a
    document with the draft's own name are left out, so that nothing proves itself. ``statistics``
    are records of datasets put into words (``monitor.bridge``).
    """
    places = number_spans(draft, draft_statements)
    quotes = quoted_goals(draft, draft_statements, places)
    times = dated(draft, [quotes.get(s.id, s) for s in draft_statements], frozenset(quotes))
    by_id = {each.statement.id: each for each in known(times.statements)}
    own = [by_id[each.id] for each in draft_statements]
    others = known(each for each in known_statements if each.document != draft.name)
    others.sort(key=lambda each: (each.statement.document, each.statement.evidence.start))
    by_document: dict[str, list[Statement]] = {}
    for each in others:
        by_document.setdefault(each.statement.document, []).append(each.statement)
    figures = figures_of(by_document)
    others += statistics
    near: list[list[Match]] = [[] for _ in own]
    for i, j, comparison in pairs([d.indicator for d in own], [k.indicator for k in others]):
        near[i].append(match_of(own[i], others[j], comparison))
    near = [_once_a_record(mine, each) for mine, each in zip(own, near, strict=True)]
    checks = [
        Case(
            draft,
            each,
            place,
            near[i],
            figures,
            untold=each.statement.id in times.untold,
            base=each.statement.id in times.bases,
        ).check()
        for i, (each, place) in enumerate(zip(own, places, strict=True))
    ]
    alike = [
        [m for m in each if one_thing(mine.indicator, m.source.indicator, m.comparison)]
        for mine, each in zip(own, near, strict=True)
    ]
    targets = [[m.source for m in each if m.statement.role == "target"] for each in alike]
    results = [
        [
            m.source for m in each
            if m.statement.role == "observation" and not lists_years(m.statement)
        ]
        for each in alike
    ]  # fmt: skip
    told = {m.statement.id: source_of(m.source) for each in alike for m in each}
    alone = _alone(own, quotes)
    checks = [
        quoted_claim(draft, mine, place, targets[i], results[i], outcomes, told)
        if mine.statement.id in alone
        else checks[i]
        for i, (mine, place) in enumerate(zip(own, places, strict=True))
    ]
    claims = check_claims(
        draft, own, places, targets, results, checks, told, times.untold, frozenset(quotes)
    )  # fmt: skip
    checks = [checks[i] for i in sorted(range(len(checks)), key=lambda i: places[i].start)]
    sweeping = check_sweeping(draft, times.statements, outcomes)
    wide = [each.number for each in sweeping]
    # a sweeping claim is not about the number that follows it
    claims = [
        each for each in claims
        if each.kind != "claim_without_target"
        or not any(s.start < each.number.end and each.number.start < s.end for s in wide)
    ]  # fmt: skip
    numbers = {mine.statement.id: place for mine, place in zip(own, places, strict=True)}
    inside = check_inside(times.statements, numbers, frozenset(times.untold))
    return [*checks, *inside, *claims, *sweeping]


def _once_a_record(mine: Known, near: Sequence[Match]) -> list[Match]:
    """Of a record under the several names of its card only the one that says what the draft says."""
    best: dict[Row, Match] = {}
    for each in near:
        row = each.source.row
        if row is not None and (row not in best or _says(mine, each) > _says(mine, best[row])):
            best[row] = each
    return [each for each in near if each.source.row is None or best[each.source.row] is each]


def _says(mine: Known, match: Match) -> bool:
    return one_thing(mine.indicator, match.source.indicator, match.comparison)


def _alone(own: Sequence[Known], quotes: Mapping[str, Statement]) -> frozenset[str]:
    """The quoted goals beside which the draft gives no number of its own for the same thing."""
    found = set[str]()
    for at, each in enumerate(own):
        if each.statement.id not in quotes:
            continue
        said = own[at - 1] if at else None
        beside = (
            said is not None and said.statement.id not in quotes
            and 0 <= each.statement.evidence.start - said.statement.evidence.end < _BESIDE
            and of_one_kind(said.statement, each.statement)
            and said.indicator.dimension == each.indicator.dimension
        )  # fmt: skip
        if not beside:
            found.add(each.statement.id)
    return frozenset(found)
