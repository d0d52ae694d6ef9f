"""Statements are written in the words of ``tests/plans/stating.py``, drafts rendered by
``tests/documents/rendering.py``."""

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "plans"), str(TESTS / "documents")]
