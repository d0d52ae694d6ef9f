"""A second process that helps gives the answers that one process gives, and may die on the way."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.app.pipeline.companion import companion, shared
from jingwei.core import InvalidFile, JingweiError

_HERE = os.getpid()


def doubled(number: int) -> int:
    return 2 * number


def doubled_or_dead(number: int) -> int:
    """Ends the companion at 7, not the process of the tests."""
    if number == 7 and os.getpid() != int(os.environ["JINGWEI_TEST_PROCESS"]):
        os._exit(1)
    return 2 * number


def faulty(number: int) -> JingweiError:
    return InvalidFile(f"第{number}行不对", f"row {number} is wrong", where="表.csv")


@given(st.lists(st.integers()))
def test_without_a_companion_every_job_is_done_here(jobs: list[int]) -> None:
    assert [*shared(None, doubled, jobs)] == [(at, 2 * job) for at, job in enumerate(jobs)]


def test_with_a_companion_every_job_is_done_once() -> None:
    jobs = [*range(40)]
    with ProcessPoolExecutor(1, get_context("spawn")) as beside:
        assert sorted(shared(beside, doubled, jobs)) == [(job, 2 * job) for job in jobs]


def test_what_a_companion_left_undone_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINGWEI_TEST_PROCESS", str(_HERE))
    jobs = [*range(40)]
    with ProcessPoolExecutor(1, get_context("spawn")) as beside:
        assert sorted(shared(beside, doubled_or_dead, jobs)) == [(job, 2 * job) for job in jobs]


def test_a_fault_crosses_processes_whole() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as beside:
        fault = beside.submit(faulty, 3).result()
    assert isinstance(fault, InvalidFile)
    assert (fault.zh, fault.en, fault.where) == ("第3行不对", "row 3 is wrong", "表.csv")
    assert str(fault) == "表.csv：第3行不对 / row 3 is wrong"


def test_one_processor_has_no_companion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with companion() as beside:
        assert beside is None
