"""What can be wrong with observations: each says what met what, both values, the way out."""

from jingwei.core import InvalidFile, InvalidRequest, JingweiError


class InvalidObservations(InvalidRequest):
    """Rows that are no observations: a missing value, an unknown origin, a text in a number."""


class ConflictingVintages(JingweiError):
    """One series, period and vintage with two values; neither may win silently (§15.2)."""


class RevisionWithoutReason(JingweiError):
    """A later vintage changes a value and nobody said why (§15.3)."""


class DamagedObservations(InvalidFile):
    """A file of observations that is missing, damaged, or not written by Jingwei."""


class LaterSchema(InvalidFile):
    """A file of observations written by a later Jingwei."""
