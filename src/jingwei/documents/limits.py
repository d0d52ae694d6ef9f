"""How much a document may ask of the machine before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one document. Sizes are in bytes, ``pages`` in pages.

    ``unzipped`` and ``ratio`` stop zip bombs in DOCX and OFD: the sum of the sizes that the
    archive declares, and declared size over packed size of one part larger than 1 MB.
    """

    file: int = 200 * 1024 * 1024
    text: int = 40 * 1024 * 1024
    pages: int = 5000
    unzipped: int = 400 * 1024 * 1024
    ratio: int = 200
    parts: int = 20_000
    conversion_seconds: int = 120
