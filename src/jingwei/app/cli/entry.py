"""How a run begins and ends: encodings, errors in two languages, exit codes."""

import os
import re
import sys
from io import TextIOWrapper
from itertools import takewhile

import typer

from jingwei.app.cli import say
from jingwei.core import JingweiError

FAULT, INTERRUPTED, READER_GONE = 2, 130, 141
_UsageError = typer.BadParameter.__bases__[0]  # click's own, wherever this typer keeps it

_USAGE = {
    "NoSuchOption": "没有这个选项",
    "NoSuchCommand": "没有这个命令",
    "MissingParameter": "缺少参数",
    "BadParameter": "参数的值不对",
}


def run(arguments: list[str] | None) -> int:
    """Run the command line; see ``jingwei.app.cli.main``."""
    from jingwei.app.cli.root import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # the same bytes in every locale; a file name that is no text is shown escaped
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        code = app(args=arguments, prog_name="jingwei", standalone_mode=False) or 0
        sys.stdout.flush()
    except BrokenPipeError:
        # `jingwei … | head` has read enough; what is still buffered has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except SystemExit:  # so typer ends when it sees the pipe break itself
        return READER_GONE
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except JingweiError as fault:
        say.error(fault)
        return FAULT
    except Exception as fault:
        if not isinstance(fault, _UsageError):
            raise
        _wrong_usage(fault, sys.argv[1:] if arguments is None else arguments)
        return FAULT
    if code == INTERRUPTED:
        say.note(
            "已中断；写了一半的文件不会留下，再运行一次即可接着做",
            "interrupted; no file is left half-written, run it again to go on",
        )
    return code


def _listed(words: str) -> str:
    """'compile', 'compare' as a Chinese text lists them."""
    return words.replace("'", "").replace(", ", "、")


def _wrong_usage(fault: Exception, arguments: list[str]) -> None:
    name = type(fault).__name__
    english = str(fault.format_message())  # pyright: ignore[reportAttributeAccessIssue, reportUnknownArgumentType]
    if english.startswith("No such command"):
        name = "NoSuchCommand"
    context = getattr(fault, "ctx", None)
    words = takewhile(lambda word: not word.startswith("-"), arguments)
    path = context.command_path if context is not None else " ".join(["jingwei", *words])
    zh = _USAGE.get(name, "命令写法不对")
    if missing := re.search(r"^Missing (?:argument|option) '(.+?)'", english):
        zh += f" {missing[1]}"
    if near := re.search(r"Did you mean (.+?)\?|Possible options: (.+?)\)", english):
        zh += f"；是不是 {_listed(near[1] or near[2])}"
    if allowed := re.search(r"^Invalid value for '(.+?)':.*is not one of (.+?)\.?$", english):
        zh += f"：{allowed[1]} 只能是 {_listed(allowed[2])}"
    say.error(JingweiError(f"{zh}；用法见 {path} --help", f"{english} (see {path} --help)"))
