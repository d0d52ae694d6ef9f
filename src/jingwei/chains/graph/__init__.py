"""The chain graph: what belongs together, who says so, and since when.

An edition is the whole graph of one chain at one time; it is never changed, only followed by the
next (``docs/semantics.md`` §32). Every vertex, edge and fact bears its source. Unknown is not
absent: what no source states is not in the graph, what a source denies is an edge that does not
hold.
"""

from jingwei.chains.graph.bounds import bounded
from jingwei.chains.graph.difference import Difference, Moved, difference
from jingwei.chains.graph.edition import Edition, Head, valid_on
from jingwei.chains.graph.editions import (
    chain_names,
    free_label,
    labelled,
    labels,
    latest,
    read_edition,
    write_edition,
)
from jingwei.chains.graph.imported import Imported, Options, Waiting
from jingwei.chains.graph.importing import import_lines
from jingwei.chains.graph.laying import Laid, Named, Taken, lay, unlaid, why_unplaced
from jingwei.chains.graph.lexicon import Lexicon, Match
from jingwei.chains.graph.names import NameEntry, decided, read_names, with_waiting, write_names
from jingwei.chains.graph.records import (
    EDGE_KINDS,
    WORDS,
    Edge,
    EdgeKind,
    Fact,
    Sort,
    Vertex,
    enterprise_id,
    folded,
    node_id,
    place_id,
)
from jingwei.chains.graph.retracting import CORRECTED, RETRACTED, is_correction, of_row, without
from jingwei.chains.graph.rows import MOST_ROWS, Line, read_lines, region_in
from jingwei.chains.graph.tables import Read, what_is_read
from jingwei.chains.graph.template import STANDARD, Stage, Template, template
from jingwei.chains.graph.wording import Twins, near_twins

__all__ = [
    "CORRECTED",
    "EDGE_KINDS",
    "MOST_ROWS",
    "RETRACTED",
    "STANDARD",
    "WORDS",
    "Difference",
    "Edge",
    "EdgeKind",
    "Edition",
    "Fact",
    "Head",
    "Imported",
    "Laid",
    "Lexicon",
    "Line",
    "Match",
    "Moved",
    "NameEntry",
    "Named",
    "Options",
    "Read",
    "Sort",
    "Stage",
    "Taken",
    "Template",
    "Twins",
    "Vertex",
    "Waiting",
    "bounded",
    "chain_names",
    "decided",
    "difference",
    "enterprise_id",
    "folded",
    "free_label",
    "import_lines",
    "is_correction",
    "labelled",
    "labels",
    "latest",
    "lay",
    "near_twins",
    "node_id",
    "of_row",
    "place_id",
    "read_edition",
    "read_lines",
    "read_names",
    "region_in",
    "template",
    "unlaid",
    "valid_on",
    "what_is_read",
    "why_unplaced",
    "with_waiting",
    "without",
    "write_edition",
    "write_names",
]
