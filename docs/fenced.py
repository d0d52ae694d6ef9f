"""A griffe extension for the site: examples in docstrings become fenced code.

Markdown takes ``>>>`` for a quotation in a quotation.
"""

import re
from typing import Any

from griffe import Extension, Object

_EXAMPLE = re.compile(r"(?m)^>>> .*(?:\n(?!\s*$).+)*")


class Fenced(Extension):
    """Put every example of a docstring into a block of its own."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Called by griffe for each object it has loaded."""
        if obj.docstring is not None:
            text = obj.docstring.value
            obj.docstring.value = _EXAMPLE.sub(r"```pycon\n\g<0>\n```", text)
