"""``jingwei data``: what the workspace knows of a series, since when, and for whom."""

import typer

from jingwei.app.cli import say
from jingwei.app.cli.options import Help

app = typer.Typer(rich_markup_mode=None, invoke_without_command=True, add_help_option=False)


@app.callback()
def _data(context: typer.Context, help_: Help = False) -> None:
    """统计数据：各版历史、导出、换分类、备注与异议 / statistics: vintages, export, recode, notes.

    数只增不改：修订是新的一版，撤回是一条记录。

    / Nothing is overwritten: a revision is a later vintage, a retraction a row that says so.
    """
    if help_ or context.invoked_subcommand is None:
        say.line(context.get_help())
        raise typer.Exit
