"""Codes of fictional enterprises: 统一社会信用代码 with both of their check characters.

Register 9 (market regulation), kind 1 (enterprise), six digits of region, nine of the
organisation with its check character (GB 11714-1997), one check character of the whole
(GB 32100-2015). The region is one that no real enterprise has.
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015, table 1: no I, O, S, V, Z
_ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)
_WHOLE = tuple(3**place % 31 for place in range(17))


def uscc(region: str, number: int) -> str:
    """The code of the ``number``-th enterprise registered in ``region`` (six digits)."""
    body = ""
    for _ in range(6):
        number, place = divmod(number, 31)
        body = ALPHABET[place] + body
    organisation = "MA" + body
    return with_check(f"91{region}{organisation}{_organisation_check(organisation)}")


def with_check(first: str) -> str:
    """Seventeen characters and their check character (GB 32100-2015, annex B)."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first, _WHOLE, strict=True))
    return first + ALPHABET[-total % 31]


def _organisation_check(eight: str) -> str:
    """GB 11714-1997: weights 3 7 9 10 5 8 4 2, modulo 11; 10 is written X, 11 is 0."""
    values = [int(c) if c.isdigit() else ord(c) - ord("A") + 10 for c in eight]
    rest = 11 - sum(v * w for v, w in zip(values, _ORGANISATION, strict=True)) % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)
