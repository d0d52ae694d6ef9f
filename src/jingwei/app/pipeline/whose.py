"""Which city a district means by 全市 (``docs/semantics.md`` §5.9).

A district's document says 全市 of its city, the city's own says 全市, 本市 or its name: one place. The
name is taken from what the documents say of each other, never guessed: the title that puts the city
before the district, or another document, of a region that one of the two names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jingwei.app.pipeline.library import Held
from jingwei.core import Statement
from jingwei.plans.levels import is_wider, level_of, whole_at_head
from jingwei.plans.regions import above_in, full_name


def placed(documents: Sequence[Held]) -> list[Held]:
    """Documents whose figures of a wider area (全市 in a district's) bear that area's name, where the
    documents tell it."""
    return [_named(each, documents, only=False) for each in documents]


def placed_draft(draft: Held, plans: Sequence[Held]) -> Held:
    """A draft with the wider areas it speaks of named; the plans it is held against are taken for
    those of its own city where there is only one."""
    return _named(draft, plans, only=True)


def placed_statements(
    statements: Iterable[Statement], draft: Held, plans: Sequence[Held]
) -> list[Statement]:
    """The statements of a draft with the wider areas they speak of named."""
    return _statements(statements, draft, plans, only=True)


def is_above(plan: Held, draft: Held, plans: Sequence[Held]) -> bool:
    """Whether a plan is of the area that the draft's own lies in."""
    words = ("全市", "全省", "全国")
    return bool(plan.region) and any(
        area_meant(word, draft, plans, only=True) == full_name(plan.region)
        for word in words
        if is_wider(word, draft.region)
    )


def _named(document: Held, others: Sequence[Held], *, only: bool) -> Held:
    found = _statements(document.statements, document, others, only=only)
    return replace(document, statements=tuple(found))


def _statements(
    statements: Iterable[Statement], document: Held, others: Sequence[Held], *, only: bool
) -> list[Statement]:
    areas: dict[str, str] = {}

    def area(word: str) -> str:
        if word not in areas:
            wider = is_wider(word, document.region)
            areas[word] = area_meant(word, document, others, only=only) if wider else ""
        return areas[word]

    found: list[Statement] = []
    for each in statements:
        word, rest = whole_at_head(each.subject)
        if word and area(word):
            found.append(replace(each, scope=area(word), subject=area(word) + rest))
        else:
            found.append(replace(each, scope=area(each.scope)) if area(each.scope) else each)
    return found


def area_meant(word: str, document: Held, others: Sequence[Held], *, only: bool) -> str:
    """The region that a word for a wider area means in a document; "" where nothing tells.

    ``only`` takes the one region of that level among ``others`` also where neither names the other.
    """
    wanted = level_of(word)
    if wanted is None or word in ("全国", "我国"):
        return ""
    title = above_in(document.title or document.source[:80], document.region)
    if title and _of_level(title, wanted):
        return full_name(title)
    regions: dict[str, bool] = {}
    for each in others:
        region = full_name(each.region)
        if region and region != document.region and _of_level(region, wanted):
            named = region in document.source or document.region in each.source
            regions[region] = regions.get(region, False) or named
    told = [region for region, named in regions.items() if named]
    if len(told) == 1:
        return told[0]
    return next(iter(regions)) if only and not told and len(regions) == 1 else ""


def _of_level(region: str, wanted: range) -> bool:
    own = level_of(region)
    return own is not None and region[:1] != "全" and wanted[0] in own
