"""Every command answers ``--help`` in both languages, and is documented with all its options."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from jingwei.app.cli import main
from jingwei.app.cli.root import app

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"


def commands(
    command: object, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every command with the words that call it; groups included, the root left out."""
    for name, each in getattr(command, "commands", {}).items():
        yield (*path, name), each
        yield from commands(each, (*path, name))


COMMANDS = dict(commands(typer.main.get_command(app)))


def options(command: object) -> list[str]:
    return [
        name
        for parameter in getattr(command, "params", [])
        for name in parameter.opts
        if name.startswith("--") and name != "--help"
    ]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_in_both_languages(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"[\u4e00-\u9fff]", shown)
    assert re.search(r"/ [a-z]", shown)
    for name in options(COMMANDS[path]):
        assert name in shown


@pytest.mark.parametrize(
    "wanted",
    [
        "init compile statements targets review check proof lineage settle compare report export",
        "run demo milestones",
        "status month split explain appraise data",
        "forecast whatif decompose rollup protect",
        "io place",
    ],
)
def test_the_commands_of_the_issues_are_there(wanted: str) -> None:
    assert {*wanted.split()} <= {path[0] for path in COMMANDS}


@pytest.mark.skipif(not PAGE.exists(), reason="docs/reference/commands.md is not written yet")
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_documented(path: tuple[str, ...]) -> None:
    text = PAGE.read_text("utf-8")
    found = re.search(rf"^#+ jingwei {' '.join(path)}$(.*?)(?=^#|\Z)", text, re.M | re.S)
    assert found, f"no section 'jingwei {' '.join(path)}'"
    for name in options(COMMANDS[path]):
        assert name in found[1]
