"""The small mutable state: on SQLite and on a real PostgreSQL, with several writers."""

import importlib
import subprocess
import sys
from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest
from revising import OUTPUT, YEAR, firm

from jingwei.core import InvalidFile, InvalidRequest
from jingwei.store import Workspace
from jingwei.store.database import StateUnavailable
from jingwei.store.observations import ImportReceipt
from jingwei.store.state import State

TODAY, LATER = date(2025, 6, 1), date(2025, 6, 9)
RECEIPT = ImportReceipt("0123456789abcdef", "快报.xlsx", TODAY, "李", "", 12, 10, 2, 0, "g.parquet")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The address of a real PostgreSQL that runs for these tests only."""
    pytest.importorskip("pgserver", reason="pgserver is not installed")
    folder = tmp_path_factory.mktemp("pg", numbered=True)
    for each in (folder, *folder.parents[:2]):  # its server runs as another user than root
        each.chmod(each.stat().st_mode | 0o055)
    try:
        server = importlib.import_module("pgserver").get_server(folder / "data")
    except Exception as fault:  # noqa: BLE001  whatever keeps it from starting is the reason
        pytest.skip(f"PostgreSQL does not start here: {fault!s:.300}")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.sqlite'}"
    address: str = request.getfixturevalue("postgres")
    from sqlalchemy import create_engine, text

    clean = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    with clean.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    clean.dispose()
    return address


def test_who_accepted_an_import_is_kept_and_the_first_yes_stays(url: str) -> None:
    state = State(url)
    first = state.accept(RECEIPT, by="王", on=TODAY)
    assert (first.id, first.dataset, first.rows, first.added) == (RECEIPT.id, "快报.xlsx", 12, 10)
    assert state.accept(RECEIPT, by="赵", on=LATER) == first
    assert State(url).accepted() == (first,)


def test_a_dispute_stands_beside_the_value_and_stays_when_settled(url: str) -> None:
    state = State(url)
    remark = state.note(OUTPUT, YEAR, "含飞地", by="东区", on=TODAY)
    dispute = state.note(
        OUTPUT, YEAR, "应为 815", by="东区", on=TODAY, kind="dispute", vintage=TODAY
    )
    state.note(firm("甲"), YEAR, "无关", by="王", on=TODAY)
    settled = state.settle(dispute.id, "按普查数执行", by="王", on=LATER)
    assert state.notes(OUTPUT) == (remark, settled)
    assert (settled.text, settled.settled, settled.settled_on) == (
        "应为 815",
        "按普查数执行",
        LATER,
    )
    for identity in (dispute.id, remark.id, 999):
        with pytest.raises(InvalidRequest, match="未了异议"):
            state.settle(identity, "再议", by="王", on=LATER)
    with pytest.raises(InvalidRequest, match="没有内容"):
        state.note(OUTPUT, YEAR, "  ", by="王", on=TODAY)


def test_a_job_is_asked_taken_and_ended_once(url: str) -> None:
    state = State(url)
    asked = [state.ask("import", name, by="王", on=TODAY) for name in ("a.xlsx", "b.xlsx")]
    assert state.take("report") is None
    first = state.take("import")
    assert first is not None
    assert (first.subject, first.state) == ("a.xlsx", "running")
    assert state.end(first, "没有表头", failed=True).state == "failed"
    with pytest.raises(InvalidRequest, match="不在进行中"):
        state.end(first, "好了")
    assert [(each.subject, each.state, each.told) for each in state.jobs()] == [
        ("a.xlsx", "failed", "没有表头"), ("b.xlsx", "queued", ""),
    ]  # fmt: skip
    assert state.jobs()[1] == asked[1]


WRITER = """
import sys
from datetime import date
sys.path.insert(0, sys.argv[3])
from revising import OUTPUT, YEAR
from jingwei.store.state import State
state = State(sys.argv[1])
for number in range(20):
    state.note(OUTPUT, YEAR, f"{sys.argv[2]}-{number}", by=sys.argv[2], on=date(2025, 6, 1))
while job := state.take("work"):
    state.end(job, sys.argv[2])
"""


def test_writers_at_once_lose_nothing_and_take_no_job_twice(url: str) -> None:
    here = str(Path(__file__).parent)
    asking = State(url)
    for number in range(15):
        asking.ask("work", str(number), by="王", on=TODAY)
    asking.close()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, url, name, here], stderr=subprocess.PIPE)
        for name in ("甲", "乙", "丙")
    ]
    for each in writers:
        assert (each.communicate(timeout=120)[1], each.returncode) == (b"", 0)
    state = State(url)
    written = {each.text for each in state.notes()}
    assert written == {f"{name}-{n}" for name in "甲乙丙" for n in range(20)}
    assert len(state.notes()) == 60
    assert {each.state for each in state.jobs()} == {"done"}
    assert len(state.jobs()) == 15


def test_two_processes_may_make_the_same_database_at_once(url: str) -> None:
    code = "import sys; from jingwei.store.state import State; State(sys.argv[1])"
    makers = [
        subprocess.Popen([sys.executable, "-c", code, url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for each in makers:
        assert (each.communicate(timeout=60)[1], each.returncode) == (b"", 0)


def test_a_database_of_a_later_jingwei_is_refused_in_a_sentence(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        later.setattr("jingwei.store.state.SCHEMA", 2)
        State(url).close()
    with pytest.raises(InvalidFile, match="请升级"):
        State(url)


def test_an_older_database_is_brought_up_and_keeps_its_rows(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import text

    from jingwei.store import state as module

    State(url).note(OUTPUT, YEAR, "旧", by="王", on=TODAY)
    steps = (*module.STEPS, lambda _: [text("ALTER TABLE jobs ADD COLUMN host TEXT")])
    monkeypatch.setattr(module, "STEPS", steps)
    monkeypatch.setattr(module, "SCHEMA", 2)
    for _ in range(2):  # the second time there is nothing left to do
        assert [each.text for each in State(url).notes()] == ["旧"]


def test_a_workspace_keeps_its_state_in_a_file_that_readers_may_share(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    state = State.of(workspace)
    state.note(OUTPUT, YEAR, "备注", by="王", on=TODAY)
    path = workspace.root / ".jingwei/state.sqlite"
    import sqlite3

    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert [each.text for each in State.of(workspace).notes()] == ["备注"]


def test_the_settings_may_name_another_database(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w")
    settings = workspace.root / "jingwei.toml"
    text = settings.read_text("utf-8")
    named = text.replace("# [state]\n# url = \"postgresql://jingwei@localhost/jingwei\"",
                         f'[state]\nurl = "sqlite:///{tmp_path / "other.sqlite"}"')  # fmt: skip
    assert named != text
    settings.write_text(named, "utf-8")
    State.of(Workspace.open(workspace.root))
    assert (tmp_path / "other.sqlite").exists()


@pytest.mark.parametrize(
    ("address", "fault", "said"),
    [
        ("postgresql://jingwei:secret@127.0.0.1:1/none?connect_timeout=2", StateUnavailable, "数据库不可用"),
        ("sqlite:////nowhere/at/all/state.sqlite", StateUnavailable, "数据库不可用"),
        ("nonsense", InvalidRequest, "不是数据库地址"),
        ("oracledb2://x", InvalidRequest, "不是数据库地址"),
    ],
)  # fmt: skip
def test_what_cannot_be_reached_is_told_without_the_password(
    address: str, fault: type[Exception], said: str
) -> None:
    with pytest.raises(fault, match=said) as raised:
        State(address)
    assert "secret" not in str(raised.value)


def test_opening_the_room_does_not_load_the_database() -> None:
    code = (
        "import jingwei.store, jingwei.store.state, jingwei.store.observations, sys;"
        "print({'sqlalchemy', 'duckdb', 'pyarrow', 'narwhals'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
