"""All commands of ``jingwei``, in the order in which a planner meets them."""

from typing import Annotated

import typer

from jingwei import __version__
from jingwei.app.cli import (
    chain_answers,
    chain_writing,
    chains,
    checking,
    documents,
    input_output,
    judging,
    reviewing,
    running,
    say,
    targets,
    threads,
)
from jingwei.app.cli.options import Help

app = typer.Typer(
    name="jingwei",
    help=(
        "经纬：规划里的每个数都有出处、有比较、有结论。\n\n"
        "From the sentence in the plan to the verdict."
    ),
    add_completion=False,
    add_help_option=False,
    rich_markup_mode=None,  # plain help: rich would take longer to load than the help to read
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="版本号 / print the version and stop")
    ] = False,
    help_: Help = False,
) -> None:
    if version:
        say.line(f"jingwei {__version__}")
    elif help_ or context.invoked_subcommand is None:
        say.line(context.get_help())
    else:
        return
    raise typer.Exit


app.command("init")(documents.init)
app.command("statements")(documents.statements)
app.command("compile")(documents.compile_)
app.command("targets")(targets.targets)
app.add_typer(reviewing.review, name="review")
app.command("milestones")(targets.milestones)
app.command("settle")(judging.settle)
app.command("lineage")(judging.lineage)
app.command("compare")(judging.compare)
app.command("check")(checking.check)
app.command("proof")(checking.proof)
chains.chain.command("list")(chain_answers.list_)
chains.chain.command("show")(chain_answers.show)
chains.chain.command("diff")(chain_answers.diff)
chains.chain.command("diagnose")(chain_answers.diagnose)
chains.chain.command("export")(chain_writing.export)
chains.chain.command("report")(chain_writing.report)
app.add_typer(chains.chain, name="chain")
app.command("thread")(threads.thread)
app.add_typer(input_output.io, name="io")
app.command("report")(running.report)
app.command("export")(running.export)
app.command("run")(running.run)
app.command("demo")(running.demo)
