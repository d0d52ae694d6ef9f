"""The chains of the demo city in its workspace: laid from its plan, filled, diagnosed, reported."""

from datetime import date
from pathlib import Path

from jingwei.app.demo.chains import FOLDER, chain_file, demo_chains, write_sources
from jingwei.app.pipeline.chain_files import write_picture, write_report
from jingwei.app.pipeline.chain_filling import import_files
from jingwei.app.pipeline.chains import edition_of, new_chain
from jingwei.app.pipeline.library import Library
from jingwei.chains.graph import Options
from jingwei.store import write_atomically


def weave(books: Library) -> list[str]:
    """Build every chain of the demo city; gives the paths of the reports.

    The plan must be compiled. Two editions each: as the plan names it, and as it is known.
    """
    known, workspace = demo_chains(), books.workspace
    plan = books.find(known.plan)
    day = date.fromisoformat(known.known)
    written: list[str] = []
    for chain in known.chains:
        new_chain(workspace, chain.name, plan, known.laid, fields=chain.fields)
        paths = write_sources(chain, workspace.path(Path(FOLDER) / chain.name))
        import_files(workspace, chain.name, paths, Options(), known.known)
        path = workspace.path(f"definitions/chains/{chain.name}.toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, chain_file(chain).encode())
        written.append(write_picture(workspace, edition_of(workspace, chain.name), day))
        written.append(write_report(workspace, chain.name, day, "", books, "html"))
    return written
