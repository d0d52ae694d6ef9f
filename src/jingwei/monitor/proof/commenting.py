"""A draft back with a Word comment on every number."""

from collections.abc import Sequence
from pathlib import Path

from jingwei.core import Explanation
from jingwei.documents.commenting import Comment
from jingwei.documents.commenting import write_comments as write
from jingwei.monitor.proof.answers import NumberCheck


def write_comments(
    docx_in: Path, checks: Sequence[NumberCheck], docx_out: Path, *, date: str = ""
) -> None:
    """Copy the draft with one comment of author 经纬 on each checked number.

    ``checks`` come from ``proof`` of the same file; several of one number share a comment.
    ``date`` (ISO 8601) dates the comments; without it they bear none, so that the same input
    gives the same bytes. See ``documents.commenting`` for the errors.
    """
    lines: dict[tuple[int, int, str], list[str]] = {}
    for check in checks:
        key = check.number.start, check.number.end, check.number.quote
        lines.setdefault(key, []).extend(comment_lines(check))
    comments = [Comment(*key, tuple(dict.fromkeys(text))) for key, text in lines.items()]
    write(docx_in, comments, docx_out, date=date)


def comment_lines(check: NumberCheck) -> list[str]:
    """The answer and what it rests on, then the ranked explanations."""
    return [f"【{check.answer_zh}】{check.message}", *map(_reason, check.explanations)]


def _reason(explanation: Explanation) -> str:
    return f"可能原因{explanation.rank}：{explanation.text}"
