"""The database of the small state: its tables, the steps that lead to them, how it is reached."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jingwei.core import InvalidRequest, JingweiError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, MetaData


SCHEMA = 1


class StateUnavailable(JingweiError):
    """The database of the small state cannot be reached, or waits too long for another."""


def first(tables: "MetaData") -> list[Any]:
    """Schema 1: imports, notes, jobs."""
    from sqlalchemy.schema import CreateTable

    return [CreateTable(tables.tables[name]) for name in ("imports", "notes", "jobs")]


STEPS = (first,)
"""What leads from each schema to the next; a step once published is never changed."""


def tables_of_state() -> "MetaData":
    from sqlalchemy import Column, Date, Integer, MetaData, Table, Text

    def text(name: str) -> Column[str]:
        return Column(name, Text, nullable=False)

    meta = MetaData()
    Table("schema_version", meta, Column("version", Integer, nullable=False))
    Table(
        "imports", meta, Column("id", Text, primary_key=True), text("dataset"),
        text("accepted_by"), Column("accepted_on", Date, nullable=False), text("reason"),
        Column("rows", Integer, nullable=False), Column("added", Integer, nullable=False),
    )  # fmt: skip
    Table(
        "notes", meta, Column("id", Integer, primary_key=True, autoincrement=True), text("kind"),
        text("series"), text("months"), Column("vintage", Date), text("text"), text("by"),
        Column("on", Date, nullable=False), text("settled"), text("settled_by"),
        Column("settled_on", Date),
    )  # fmt: skip
    Table(
        "jobs", meta, Column("id", Integer, primary_key=True, autoincrement=True), text("kind"),
        text("subject"), text("state"), text("asked_by"),
        Column("asked_on", Date, nullable=False), text("told"),
    )  # fmt: skip
    return meta


def engine(url: str) -> "Engine":
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.partition("://")[2]
    try:
        made = create_engine(url)
    except ModuleNotFoundError as fault:
        raise StateUnavailable(
            f"缺少连接这个数据库的程序包（{fault.name}）；请安装：pip install 'jingwei[postgresql]'",
            f"the package for this database is not installed ({fault.name}): "
            "pip install 'jingwei[postgresql]'",
            where=shown(url),
        ) from fault
    except (ArgumentError, NoSuchModuleError) as fault:
        raise InvalidRequest(
            "不是数据库地址；请写成 postgresql://用户@主机/库名，或留空用工作区内的文件",
            "this is no address of a database; write postgresql://user@host/database, or leave it "
            "empty for a file in the workspace",
            where=shown(url),
        ) from fault
    if made.dialect.name == "sqlite":

        def connected(connection: Any, _: Any) -> None:
            # the driver begins transactions by itself, and too late: writers would read old rows
            connection.isolation_level = None
            connection.execute("PRAGMA busy_timeout = 30000")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")

        def begun(connection: "Connection") -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        event.listen(made, "connect", connected)
        event.listen(made, "begin", begun)
    return made


@contextmanager
def told(url: str) -> Generator[None]:
    from sqlalchemy.exc import DatabaseError

    try:
        yield
    except DatabaseError as fault:
        why = str(fault.orig).strip().splitlines()[0] if str(fault.orig).strip() else str(fault)
        raise StateUnavailable(
            f"数据库不可用（{why}）；请检查它是否在运行、地址和权限，再试一次",
            f"the database cannot be used ({why}); check that it runs, its address and "
            "permissions, and try again",
            where=shown(url),
        ) from fault


def shown(url: str) -> str:
    """An address without its password."""
    return re.sub(r"://([^:/@]*):[^@]*@", r"://\1:***@", url).removeprefix("sqlite:///")
