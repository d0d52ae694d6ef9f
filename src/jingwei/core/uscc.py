"""The unified social credit code (统一社会信用代码), GB 32100-2015.

18 characters: registering office (1), kind of unit (1), region that registered it (6, GB/T 2260),
organisation code (9, GB 11714), check character (1). The check character is 31 less the sum of
value times weight modulo 31, weights being 3^(i-1) mod 31 (GB 32100-2015, annex A).
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_LOOKALIKES = str.maketrans("IOSZV", "10527")


def valid_form(code: str) -> bool:
    """Whether a code has 18 characters of the alphabet, its region being digits."""
    return len(code) == 18 and all(each in _VALUES for each in code) and code[2:8].isdigit()


def check_character(first17: str) -> str:
    """The check character of the first 17. Raises KeyError for a character outside the alphabet."""
    total = sum(_VALUES[each] * weight for each, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def valid(code: str) -> bool:
    """Whether form and check character are right."""
    return valid_form(code) and check_character(code[:17]) == code[17]


def region_in_code(code: str) -> str:
    """The region that registered the unit (six digits of GB/T 2260)."""
    return code[2:8]


def likely_code(code: str) -> str:
    """The valid code that was probably meant where letters stand for look-alike digits (I O S Z V), ""
    where nothing tells.

    Two digits exchanged are not tried: of 17 exchanges one in 31 fits by chance, so that a code with
    one wrong digit would mostly be turned into that of another firm.
    """
    plain = "".join(code.split()).upper().translate(_LOOKALIKES)
    return plain if plain != code and valid(plain) else ""
