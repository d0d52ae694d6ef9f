"""送审核数: every number of a draft gets one answer.

一致 (with what), 不一致, 口径不同 or 无来源: the draft report, speech or press release comes back with
one ``NumberCheck`` for each quantified statement, and as a Word comment on each number
(``write_comments``). Nothing is corrected; the writer decides (``docs/semantics.md`` §10).
"""

from jingwei.monitor.proof.answers import NumberCheck
from jingwei.monitor.proof.checking import proof
from jingwei.monitor.proof.commenting import comment_lines, write_comments
from jingwei.monitor.proof.dating import times_told
from jingwei.monitor.proof.sweeping import Outcome

__all__ = ["NumberCheck", "Outcome", "comment_lines", "proof", "times_told", "write_comments"]
