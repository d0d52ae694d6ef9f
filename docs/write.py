"""Write what the docs show of the program, by running the program.

    uv run python docs/write.py              rewrite what is out of date
    uv run python docs/write.py --check      only say what is; exit code 1
    uv run python docs/write.py git.md …     only pages whose names end so

Two things are written: ``reference/commands.md`` from the command line itself, and what stands
below every ``$ …`` of a ``console`` block in README.md and docs/. The commands of a page run one
after the other in a fresh copy of the demo city, as for a person at a terminal 120 columns wide.
Blocks marked ``sh`` are never run.

A comment above a block shortens what is shown; what is left out is marked with …:

    <!-- shown: 12 -->        the first 12 lines of each output
    <!-- shown: 3-9 -->       lines 3 to 9
    <!-- shown: last 2 -->    the last two lines that are not empty
    <!-- shown: /用水量/ -->   the head of the table, and the rows (between empty lines) that fit

A command that fails is an error here, unless it is the last of a block with ``<!-- fails -->``
above it: then it must. ``$ cd``, pipes and other programs (cat, ls, git …) work as they do in bash. Today's date
is shown as that of the story, and the home folder as ~.
"""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
COMMANDS = DOCS / "reference" / "commands.md"
CITY = "demo-city"
# Commands that only read: their answers in an untouched city are the same on every page.
READING = {"targets", "statements", "settle", "lineage", "compare", "check", "milestones"}
STORY_DAY = "2026-11-23"  # the Monday on which the story begins
WIDTH = "120"
NO_FONT = "没有找到中文字体"  # said on machines without one: pages show those with one

_BLOCK = re.compile(
    r"(?P<head>(?:^<!-- shown: (?P<shown>.+?) -->\n)?(?P<fails>^<!-- fails -->\n)?^```console\n)"
    r"(?P<body>.*?)(?P<end>^```$)",
    re.MULTILINE | re.DOTALL,
)


def pages() -> list[Path]:
    """The pages that may show commands."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


def written(only: Sequence[str] = ()) -> Iterator[tuple[Path, str]]:
    """Every page as it should be. Raises ``Unlike`` where a command fails that should not."""
    from jingwei.app.cli import main

    if _wanted(COMMANDS, only):
        yield COMMANDS, commands_page()
    showing = [page for page in pages() if page != COMMANDS and "```console" in _present(page)]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder).resolve() / "made"
        made.mkdir()
        told, _ = _in(made, ["jingwei", "demo", CITY], main)
        known: dict[tuple[str, str], tuple[str, int]] = {}
        for order, page in enumerate(each for each in showing if _wanted(each, only)):
            home = made.parent / str(order) / "home"
            try:
                yield page, _Session(home, made / CITY, told, main, known).replayed(_present(page))
            except Unlike as fault:
                raise Unlike(f"{page.relative_to(ROOT)}: {fault}") from None


def _wanted(page: Path, only: Sequence[str]) -> bool:
    return not only or page.as_posix().endswith(tuple(only))


class Unlike(Exception):
    """A command that failed, or did not although the page says so."""


class _Session:
    """The commands of one page, in a home of its own that holds the demo city."""

    def __init__(
        self, home: Path, city: Path, told: str, main: Any, known: dict[tuple[str, str], Any]
    ) -> None:
        self.home, self.city, self.told, self.main, self.known = home, city, told, main, known
        self.touched = False
        self.at = home
        home.mkdir(parents=True)

    def replayed(self, text: str) -> str:
        if "$ jingwei demo" not in text:
            self.at = self._settle_in()
        return _BLOCK.sub(self._block, text)

    def _settle_in(self) -> Path:
        return Path(shutil.copytree(self.city, self.home / CITY, symlinks=True))

    def _block(self, block: re.Match[str]) -> str:
        lines = [line for line in block["body"].splitlines() if line.startswith("$ ")]
        shown = ""
        for line in lines:
            told, code = self._run(line[2:])
            if (code not in (0, 141)) != (bool(block["fails"]) and line is lines[-1]):
                raise Unlike(f"{line} ended with exit code {code}\n{told}")
            shown += f"{line}\n{_cut(told, block['shown'])}"
        return block["head"] + shown + block["end"]

    def _run(self, command: str) -> tuple[str, int]:
        words = shlex.split(command)
        if words[0] == "cd":
            self.at = (self.at / words[1]).resolve()
            return "", 0
        if words[:2] == ["jingwei", "demo"]:
            self._settle_in()
            return self._plain(self.told, self.city.parent), 0
        if words[0] == "jingwei" and not set("|;&$*") & set(command):
            return self._asked(command, words)
        self.touched |= words[0] not in ("ls", "cat")
        environment = _environment() | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.home),
            "PYTHONUTF8": "1",
            "LC_ALL": "C.UTF-8",
        }
        done = subprocess.run(  # noqa: S603  the commands are those of our own pages
            ["bash", "-o", "pipefail", "-c", command],  # noqa: S607
            cwd=self.at,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return self._plain(done.stdout.decode(), self.home), done.returncode

    def _asked(self, command: str, words: list[str]) -> tuple[str, int]:
        self.touched |= words[1] not in READING or "--by" in words
        key = (command, str(self.at.relative_to(self.home)))
        if self.touched or key not in self.known:
            told, code = _in(self.at, words, self.main)
            answer = self._plain(told, self.home), code
            if self.touched:
                return answer
            self.known[key] = answer
        return self.known[key]

    def _plain(self, told: str, home: Path) -> str:
        told = told.replace(str(home), "~").replace(date.today().isoformat(), STORY_DAY)
        lines = (line.rstrip() for line in told.splitlines())
        return "".join(f"{line}\n" for line in lines if not line.startswith(NO_FONT))


def _environment() -> dict[str, str]:
    return {"COLUMNS": WIDTH, "LINES": "60", "TERM": "dumb", "NO_COLOR": "1"}


class _Screen(io.TextIOWrapper):
    """What a terminal shows of stdout and stderr."""

    def __init__(self, onto: io.BytesIO, terminal: bool) -> None:
        super().__init__(onto, encoding="utf-8", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def _in(folder: Path, words: list[str], main: Any) -> tuple[str, int]:
    """What ``jingwei`` prints in this folder; stderr is no terminal, so that no bar is drawn."""
    seen = io.BytesIO()
    out, err = _Screen(seen, True), _Screen(seen, False)
    with _set(_environment()), _within(folder), redirect_stdout(out), redirect_stderr(err):
        code = main(words[1:])
    told = seen.getvalue().decode()
    out.detach()
    err.detach()
    return told, code


@contextmanager
def _set(variables: dict[str, str]) -> Generator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _within(folder: Path) -> Generator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _cut(told: str, shown: str | None) -> str:
    lines = told.splitlines(keepends=True)
    if shown is None:
        return told
    if shown.startswith("/"):
        head, line, rows = told.rpartition("─\n")
        kept = [row for row in re.split(r"\n\n", rows) if re.search(shown.strip("/"), row)]
        if not kept:
            raise Unlike(f"no row fits {shown}")
        return head + line + "".join(f"…\n{row.strip(chr(10))}\n" for row in kept) + "…\n"
    if shown.startswith("last "):
        told_lines = [line for line in lines if line.strip()]
        return "…\n" + "".join(told_lines[-int(shown.removeprefix("last ")) :])
    first, _, last = shown.rpartition("-")
    start, end = int(first or 1) - 1, int(last)
    before = "…\n" if start else ""
    return before + "".join(lines[start:end]) + ("…\n" if end < len(lines) else "")


# ---------------------------------------------------------------- the reference of the commands

_HEAD = """\
<!-- Written by docs/write.py from the program itself. Do not edit. -->

# 命令 Commands

全部命令和选项，由程序自身生成。共同的规矩：

- 答案写到标准输出；提示、进度和错误写到标准错误。
- `--format json` 给出机器可读的结果，字段见 [JSON](json.md)。
- 退出码：`0` 完成，`check`、`proof`、`data check` 查出问题也是 `0`（查完了；脚本里数 `--format json` 的条数）；`2` 输入有问题（其余输入照常处理完）；`130` 被中断；`141` 读取方提前关闭（如 `| head`）。
- 工作区是含有 `jingwei.toml` 的文件夹；在它里面的任何位置都可以运行，或用 `-w DIR` 指定。

Every command and option, generated from the program. Answers go to stdout; notes, progress and
errors to stderr. `--format json` prints the shapes described in [JSON](json.md). Exit codes: `0`
done (also where `check`, `proof`, `data check` found something: count the items of `--format json`), `2` a fault in an input (the others are done), `130` interrupted, `141` the reader of the
output went away. A workspace is the folder with `jingwei.toml`, found from any folder inside it,
or named with `-w DIR`.
"""


def commands_page() -> str:
    """The reference of the command line, in markdown."""
    parts = [_HEAD]
    for name, command in walked():
        told = "\n\n".join(_paragraphs(command.help or ""))
        usage = " ".join(["jingwei", *name, *_usage(command)])
        level = "#" * (1 + len(name))
        parts.append(f"{level} jingwei {' '.join(name)}\n\n```\n{usage}\n```\n\n{told}\n")
        rows = [row for each in command.params if (row := _row(each))]
        if rows:
            parts.append("| 参数 | 说明 | 默认 |\n|---|---|---|\n" + "".join(rows))
    return "\n".join(parts)


def walked() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command below ``jingwei`` with its words, groups before their members."""
    from typer.main import get_command

    from jingwei.app.cli.root import app

    def below(group: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        for name, command in group.commands.items():
            yield (*words, name), command
            if hasattr(command, "commands"):
                yield from below(command, (*words, name))

    yield from below(get_command(app), ())


def spelled(parameter: Any) -> str:
    """How a parameter is written: its metavar, or its options."""
    if parameter.param_type_name == "argument":
        return parameter.metavar or parameter.name.upper()
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} {_takes(parameter)}"


def _takes(parameter: Any) -> str:
    if parameter.metavar:
        return parameter.metavar
    kind = parameter.type_descriptor.annotation
    return "|".join(each.value for each in kind) if issubclass(kind, Enum) else "TEXT"


def _usage(command: Any) -> Iterator[str]:
    if any(each.param_type_name == "option" for each in command.params):
        yield "[OPTIONS]"
    for each in command.params:
        if each.param_type_name == "argument":
            name = spelled(each).strip("[]") + ("..." if each.nargs == -1 else "")
            yield name if each.required else f"[{name}]"
    if hasattr(command, "commands"):
        yield "[COMMAND]"


def _row(parameter: Any) -> str:
    if "--help" in parameter.opts:
        return ""
    default = getattr(parameter.default, "value", parameter.default)
    shown = default is not None and default is not False and str(default) not in ("", "()")
    default = f"`{default}`" if shown and not callable(default) else ""
    if parameter.required:
        default = "必填 required"
    name = spelled(parameter).replace("|", "\\|")
    told = (getattr(parameter, "help", None) or "").replace("|", "\\|")
    return f"| `{name}` | {told} | {default} |\n"


def _paragraphs(told: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", told.replace("\f", "")):
        yield " ".join(line.strip() for line in paragraph.splitlines()).removeprefix("/ ")


def main() -> int:
    only = [each for each in sys.argv[1:] if each != "--check"]
    stale = 0
    for page, text in written(only):
        if text != _present(page):
            stale += 1
            print(page.relative_to(ROOT), flush=True)
            if "--check" not in sys.argv:
                page.write_text(text, "utf-8")
    return 1 if stale and "--check" in sys.argv else 0


def _present(page: Path) -> str:
    return page.read_text("utf-8") if page.exists() else ""


if __name__ == "__main__":
    raise SystemExit(main())
