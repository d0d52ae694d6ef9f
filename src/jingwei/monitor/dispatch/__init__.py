"""The monthly dispatch on one page (月度调度一页纸): where the year stands, and what is left to do.

January to N together (1-2月 are one), growth on the same frame, the growth that the months left
must bring, who pulls up and down, and whose returns are late or missing (``docs/semantics.md`` §21).
"""

from jingwei.monitor.dispatch.growth import Growth
from jingwei.monitor.dispatch.needed import Needed
from jingwei.monitor.dispatch.page import Line, Page, Unseen, dispatch
from jingwei.monitor.dispatch.pulling import Pull, Pulls
from jingwei.monitor.dispatch.returns import Return

__all__ = ["Growth", "Line", "Needed", "Page", "Pull", "Pulls", "Return", "Unseen", "dispatch"]
