"""Both rooms write their statements in the same words (``tests/plans/stating.py``)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "plans"))
