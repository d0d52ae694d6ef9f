"""HiGHS without a word on standard output.

The first solver of a process prints a banner from C before any option can be set, which would stand
in the middle of a JSON answer.
"""

import ctypes
import os
import sys
from functools import cache
from typing import Any


def solver() -> Any:
    """An empty model, on one thread: the same model then always has the same solution."""
    import highspy

    _hush()
    model: Any = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("random_seed", 1)
    return model


@cache
def _hush() -> None:
    """Make the first solver while standard output leads nowhere."""
    import highspy

    sys.stdout.flush()
    library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
    library.fflush(None)
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()
        library.fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
