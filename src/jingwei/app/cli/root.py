"""All commands of ``jingwei``, in the order in which a planner meets them."""

from typing import Annotated

import typer

from jingwei import __version__
from jingwei.app.cli import (
    analysis,
    assignments,
    chain_answers,
    chain_writing,
    chains,
    checking,
    collecting,
    data,
    decomposing,
    definitions,
    demo,
    dispatching,
    documents,
    input_output,
    input_output_further,
    intake,
    judging,
    monitoring,
    places,
    receiving,
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
app.command("tasks")(assignments.tasks)
app.add_typer(reviewing.review, name="review")
app.command("milestones")(targets.milestones)
app.command("settle")(judging.settle)
app.command("status")(monitoring.status)
app.command("month")(dispatching.month)
app.command("split")(dispatching.split)
app.command("explain")(monitoring.explain)
app.command("appraise")(dispatching.appraise)
app.command("lineage")(judging.lineage)
app.command("compare")(judging.compare)
app.command("check")(checking.check)
app.command("proof")(checking.proof)
app.command("forecast")(analysis.forecast)
app.command("whatif")(analysis.whatif)
app.add_typer(decomposing.decompose, name="decompose")
app.command("rollup")(collecting.rollup)
app.command("protect")(collecting.protect)
chains.chain.command("list")(chain_answers.list_)
chains.chain.command("show")(chain_answers.show)
chains.chain.command("diff")(chain_answers.diff)
chains.chain.command("diagnose")(chain_answers.diagnose)
chains.chain.command("export")(chain_writing.export)
chains.chain.command("report")(chain_writing.report)
app.add_typer(chains.chain, name="chain")
app.command("thread")(threads.thread)
input_output.io.command("decompose")(input_output_further.decompose)
input_output.io.command("paths")(input_output_further.paths)
input_output.io.command("balance")(input_output_further.balance)
input_output.io.command("regionalise")(input_output_further.regionalise)
app.add_typer(input_output.io, name="io")
app.add_typer(places.place, name="place")
app.command("report")(running.report)
app.command("export")(running.export)
app.add_typer(data.app, name="data")
assert (
    definitions.app is intake.app is receiving.app is data.app
)  # their commands register themselves there
app.command("run")(running.run)
app.command("demo")(demo.demo)
