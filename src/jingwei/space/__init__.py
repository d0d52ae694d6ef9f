"""What places are specialised in, what is within their reach, and how alike they are.

A place is known by what it makes: a matrix of places and activities, of one statistic, one year and
one classification. Nothing here tells a place what it should make: a number is a description, and
its assumptions are printed beside it (``docs/semantics.md`` §34).
"""

from jingwei.space.activities import Activities
from jingwei.space.complexity import Complexity, complexity, proximity
from jingwei.space.focus import Focus, focus_fields
from jingwei.space.reading import read_activities
from jingwei.space.relatedness import Outlook, density, outlook
from jingwei.space.similarity import Pair, similarity, word_similarity
from jingwei.space.specialisation import location_quotients, presence

__all__ = [
    "Activities",
    "Complexity",
    "Focus",
    "Outlook",
    "Pair",
    "complexity",
    "density",
    "focus_fields",
    "location_quotients",
    "outlook",
    "presence",
    "proximity",
    "read_activities",
    "similarity",
    "word_similarity",
]
