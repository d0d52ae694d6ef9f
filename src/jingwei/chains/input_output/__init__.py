"""Input-output analysis on tables as published: what one sector's output needs and enables.

A table is read as printed, checked against its own identities, and never repaired in silence.
Linkages and multipliers are solutions of linear systems; no inverse is formed where a solution
will do (``docs/semantics.md`` §30, §31).
"""

from jingwei.chains.input_output.balancing import Balanced, NoBalance, gras, ras
from jingwei.chains.input_output.decomposition import Decomposed, decompose
from jingwei.chains.input_output.extraction import extraction, group_extraction
from jingwei.chains.input_output.footprints import (
    Footprints,
    amounts,
    footprint_of_uses,
    footprints,
)
from jingwei.chains.input_output.linkages import Linkages, linkages
from jingwei.chains.input_output.multipliers import Multipliers, multipliers
from jingwei.chains.input_output.paths import StructuralPath, structural_paths
from jingwei.chains.input_output.reading import read_table
from jingwei.chains.input_output.regionalisation import Quotient, regionalise
from jingwei.chains.input_output.solving import NotProductive
from jingwei.chains.input_output.table import InputOutputTable, Sector, residual

__all__ = [
    "Balanced",
    "Decomposed",
    "Footprints",
    "InputOutputTable",
    "Linkages",
    "Multipliers",
    "NoBalance",
    "NotProductive",
    "Quotient",
    "Sector",
    "StructuralPath",
    "amounts",
    "decompose",
    "extraction",
    "footprint_of_uses",
    "footprints",
    "gras",
    "group_extraction",
    "linkages",
    "multipliers",
    "ras",
    "read_table",
    "regionalise",
    "residual",
    "structural_paths",
]
