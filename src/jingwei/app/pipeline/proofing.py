"""送审核数: a draft held against the documents, and its copy with a comment on every number."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei.app.pipeline.compiled import compile_document
from jingwei.app.pipeline.judging import settle, settle_in
from jingwei.app.pipeline.library import Held, held, later_than
from jingwei.app.pipeline.whose import placed, placed_statements
from jingwei.documents import Document
from jingwei.plans.levels import is_wider
from jingwei.plans.regions import full_name

if TYPE_CHECKING:
    from jingwei.app.pipeline.library import Library
    from jingwei.core import Statement
    from jingwei.monitor.facts import Known
    from jingwei.monitor.proof import NumberCheck
    from jingwei.monitor.settlement import Settled

COMMENTED = "核数"  # stands in the name of the copy: 汇报.核数.docx


def proof(
    draft: Document, documents: Sequence[Held], library: "Library | None" = None
) -> "list[NumberCheck]":
    """One answer for every number of a draft: agrees, differs, other_definition, no_source.

    Drafts, and a document with the text or the title of this one, are no sources. The statistics
    of ``library`` are, where it is given; its plans are then settled with them.
    """
    from jingwei.monitor.proof import Outcome, proof

    given = [each for each in placed(documents) if serves(each, draft)]
    compiled = compile_document(draft)
    home = full_name(compiled.plan.region) or _home(given)
    stated = [_at_home(each, home) for each in compiled.plan.statements]
    own = placed_statements(stated, replace(held(compiled), region=home), given)
    known = [each for held in given for each in held.statements]
    outcomes = [
        Outcome(plan.name, plan.period, tuple(_settled(plan, given, library)))
        for plan in given
        if plan.is_plan
    ]
    statistics: Sequence[Known] = ()
    if library is not None:
        from jingwei.app.pipeline.monitoring import given_about

        statistics = given_about(library, own, home or library.workspace.settings.region).facts
    return proof(draft, own, known, outcomes, statistics)


def _settled(plan: Held, given: Sequence[Held], library: "Library | None") -> "list[Settled]":
    if library is None or plan.name not in {each.name for each in library.documents}:
        return settle(plan, later_than(plan, given))
    kept = {each.name for each in given}
    left = [each.name for each in library.documents if each.name not in kept]
    return settle_in(library, plan, without=left)


def _home(given: Sequence[Held]) -> str:
    """The area of a draft that names none: that of most documents; "" where no area has most."""
    counts = Counter(full_name(each.region) for each in given if each.region).most_common(2)
    alone = len(counts) == 1 or (len(counts) == 2 and counts[0][1] > counts[1][1])
    return counts[0][0] if counts and alone else ""


def _at_home(statement: "Statement", home: str) -> "Statement":
    """A statement of no area, or of 全市 at home in a city, as one of the area at home."""
    wider = is_wider(statement.scope, home)
    nowhere = not statement.scope or (statement.scope in _WHOLE and not wider)
    return replace(statement, scope=home) if home and nowhere else statement


_WHOLE = ("全市", "全省", "全县", "全区", "全国")


def serves(document: Held, draft: Document) -> bool:
    """Whether a document may prove the numbers of a draft: it is issued, and another one."""
    same = document.source == draft.source or (bool(draft.title) and document.title == draft.title)
    return document.name != draft.name and not document.is_draft and not same


def bears_comments(draft: Document) -> bool:
    """Whether a copy with comments can be made: of a DOCX, not of what was converted to one."""
    return draft.media == "docx" and draft.name.lower().endswith(".docx")


def write_commented(draft: Path, checks: "Sequence[NumberCheck]") -> Path:
    """Write the draft with its comments beside it, under a name that is free; gives its path.

    A copy that says the same already is left as it is, and nothing is ever overwritten.
    """
    from jingwei.monitor.proof import write_comments
    from jingwei.store import copy_atomically

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / draft.name
        write_comments(draft, checks, made)
        for number in count(1):
            mark = COMMENTED if number == 1 else f"{COMMENTED}-{number}"
            target = draft.with_name(f"{draft.stem}.{mark}{draft.suffix}")
            if not target.exists():
                copy_atomically(made, target)
                return target
            if target.read_bytes() == made.read_bytes():
                return target
    raise AssertionError("numbers never end")
