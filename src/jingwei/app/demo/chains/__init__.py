"""The chains of the demo city: enterprises, links and figures, with weak links that are known.

Typed in by hand and fictional, like the rest of the city. ``chains.toml`` says what a careful reader
must find; a test holds the diagnosis against it.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

FOLDER = "data/chain-sources"


@dataclass(frozen=True, slots=True)
class DemoChain:
    """A chain: the fields of the plan it is laid from, its files, its chain file, and the truth."""

    name: str
    fields: tuple[str, ...]
    files: tuple[str, ...]
    written: dict[str, Any]
    truth: dict[str, str]
    broken_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoChains:
    """All chains, the plan they are laid from, and the days they were laid and filled (ISO)."""

    plan: str
    laid: str
    known: str
    chains: tuple[DemoChain, ...]


def demo_chains() -> DemoChains:
    """What the demo city knows of its chains."""
    table = tomllib.loads(_read("chains.toml").decode())
    return DemoChains(
        table["plan"],
        table["laid"],
        table["known"],
        tuple(
            DemoChain(
                each["name"], tuple(each["fields"]), tuple(each["files"]), each["file"],
                each["truth"], tuple(each["broken_at"]),
            )
            for each in table["chain"]
        ),
    )  # fmt: skip


def write_sources(chain: DemoChain, folder: Path) -> list[Path]:
    """Write the files of a chain as an office would hand them over; the same bytes every time."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for kind in chain.files:
        path = folder / f"{chain.name}-{kind}.csv"
        path.write_bytes(_read(path.name))
        paths.append(path)
    return paths


def chain_file(chain: DemoChain) -> str:
    """``definitions/chains/NAME.toml`` of a chain."""
    lines = [f"# {chain.name}：链条文件（虚构）"]
    for key, value in chain.written.items():
        if isinstance(value, str):
            lines.append(f'{key} = "{value}"')
    for key, value in chain.written.items():
        if not isinstance(value, str):
            for entry in value:
                lines += ["", f"[[{key}]]", *(f'{name} = "{text}"' for name, text in entry.items())]
    return "\n".join(lines) + "\n"


def _read(name: str) -> bytes:
    return files("jingwei.app.demo.chains").joinpath(name).read_bytes()
