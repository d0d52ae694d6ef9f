"""The command line. Answers go to stdout and nothing else; notes, progress and errors to stderr.

Starting it imports typer and nothing heavier: every command loads what it needs when it runs.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run ``jingwei`` with these arguments (default: those of the process); gives the exit code.

    0 done, 2 a fault in the input (the other inputs are done), 130 interrupted, 141 the reader
    of the output went away.
    """
    from jingwei.app.cli.entry import run

    return run(arguments)
