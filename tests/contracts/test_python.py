"""``import jingwei``: every public name exists, is documented, and its example holds."""

import doctest

import pytest

import jingwei
from jingwei.app.pipeline import python

FUNCTIONS = [name for name in jingwei.__all__ if callable(getattr(jingwei, name))]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_public_names_are_documented(name: str) -> None:
    assert getattr(jingwei, name).__doc__


def test_every_public_name_is_listed() -> None:
    assert set(jingwei.__all__) == {*jingwei._HOME, "YearlyPath", "__version__"}
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        _ = jingwei.nothing_of_that_name


def test_the_examples_hold() -> None:
    results = doctest.testmod(python, extraglobs={"jingwei": jingwei})
    assert results.failed == 0
    assert results.attempted > 20
