"""The documentation says what the program is: all of it, and nothing that is not so."""

import dataclasses
import doctest
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints
from urllib.parse import unquote

import pytest

import jingwei
from jingwei.core import Evidence, Finding, Link, Statement, Verdict
from jingwei.core.quantity import unit_table
from jingwei.documents.limits import Limits
from jingwei.plans.entry import Review
from jingwei.plans.records import DOCUMENT, SECTIONS
from jingwei.store.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
SITE = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def write() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_write", DOCS / "write.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ------------------------------------------------------------------------------ the program


def test_every_command_and_option_is_in_the_reference(write: ModuleType) -> None:
    reference = page("reference/commands.md")
    commands = list(write.walked())
    assert ("settle",) in [words for words, _ in commands]
    for words, command in commands:
        told = reference.split(f" jingwei {' '.join(words)}\n")
        assert len(told) == 2, f"jingwei {' '.join(words)} is not described once"
        own = re.split(r"(?m)^#+ jingwei ", told[1])[0]
        for parameter in command.params:
            if "--help" not in parameter.opts:
                cell = write.spelled(parameter).replace("|", r"\|")
                assert f"| `{cell}` |" in own, f"jingwei {' '.join(words)}: {cell}"


def test_shown_outputs_are_what_the_program_prints(write: ModuleType) -> None:
    """Run every ``$`` of the docs in the demo city. Out of date? ``uv run python docs/write.py``."""
    stale = [named(path) for path, text in write.written() if path.read_text("utf-8") != text]
    assert not stale, f"run docs/write.py and read the difference: {stale}"


def test_the_two_commands_of_the_readme_are_those_of_ci_and_the_package() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    install = "python3 -m venv .uv && .uv/bin/pip install -q uv && .uv/bin/uv run "
    demo, tests = install + "--no-dev jingwei demo", install + "python tests/all.py"
    assert lines.count(demo) == lines.count(tests) == 2, "once in each language"
    assert tests in (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert (ROOT / "tests/all.py").is_file()
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "jingwei" in package["scripts"]
    for extra in package["optional-dependencies"]:
        assert f"jingwei[{extra}]" in "\n".join(lines)


def test_every_public_name_is_in_the_python_reference() -> None:
    told = set(re.findall(r"(?m)^::: jingwei\.(\w+)$", page("reference/python.md")))
    assert told == {name for name in jingwei.__all__ if not name.startswith("_")}


# -------------------------------------------------------------------------------- the files


def settings(of: type[Any], above: str = "") -> Iterator[str]:
    hints = get_type_hints(of)
    for each in dataclasses.fields(of):
        yield above + each.name
        inner = [hints[each.name], *get_args(hints[each.name])]
        for kind in inner:
            if isinstance(kind, type) and dataclasses.is_dataclass(kind):
                yield from settings(kind, f"{above}{each.name}.")


def test_every_setting_is_documented() -> None:
    rows = set(re.findall(r"(?m)^\| `([\w.]+)` \|", page("reference/settings.md")))
    assert rows == set(settings(Settings))


def test_every_field_of_a_plan_file_is_documented() -> None:
    text = page("reference/plan-file.md")
    general = cells(text.split("## 每条记录都有的")[1].split("\n## ")[0])
    assert {"id", "quote", "at", "section", "rule", "seal", "read", "proposed", "gone"} <= general
    assert {field.name for field in dataclasses.fields(Review)} <= general
    for section in (DOCUMENT, *SECTIONS):
        own = cells(re.split(rf"(?m)^## {section.name}$", text)[1].split("\n## ")[0])
        missing = set(section.meaning) - own
        assert not missing, f"{section.name}: {missing}"


def test_every_field_of_json_is_documented() -> None:
    text = page("reference/json.md")
    for title, kinds in (
        ("表述", [Statement]), ("依据", get_args(Evidence)), ("结论", [Verdict]),
        ("发现", [Finding]), ("关系", [Link]),
    ):  # fmt: skip
        own = cells(re.split(rf"(?m)^## {title} ", text)[1].split("\n## ")[0])
        for kind in kinds:
            names = {field.name.rstrip("_") for field in dataclasses.fields(kind)}
            assert names <= own, f"{kind.__name__}: {names - own}"


def test_every_limit_is_documented_with_its_value() -> None:
    text = page("reference/documents.md")
    for each in dataclasses.fields(Limits):
        value = int(each.default)  # pyright: ignore[reportArgumentType]
        shown = f"{value // 2**20} MB" if value % 2**20 == 0 else str(value)
        row = next(line for line in text.splitlines() if f"`{each.name}`" in line)
        assert shown in row, f"{each.name} is {shown}"


def test_every_list_of_words_is_documented() -> None:
    text = page("reference/word-lists.md")
    source = ROOT / "src/jingwei"
    tables = {path.relative_to(source).as_posix() for path in source.rglob("*.toml")}
    told = cells(text.split("\n## ")[0])
    shown = {name for name in tables if not name.startswith("app/demo/")}
    assert shown - {"store/settings_template.toml", "app/reports/words.toml"} <= told
    assert {name for name in told if name.endswith(".toml")} <= tables
    lexicon = tomllib.loads((source / "plans/lexicon.toml").read_text("utf-8"))
    units = unit_table()
    own = cells(text.split("## lexicon.toml")[1])
    assert {key for lists in lexicon.values() for key in lists} | set(lexicon) <= own
    own = cells(text.split("## units.toml")[1].split("\n## ")[0])
    keys = {f"unit.{key}" for group in units["unit"] for key in group}
    assert keys | (set(units) - {"unit"}) <= own


def cells(markdown: str) -> set[str]:
    """Names in backticks in the rows of tables."""
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


# ---------------------------------------------------------------------------- the text itself


def test_every_paragraph_cited_exists() -> None:
    semantics = page("semantics.md")
    present = set(re.findall(r"(?m)^#+ (?:§)?(\d+(?:\.\d+)?)", semantics))
    present |= set(re.findall(r"(?m)^(?:\| )?(\d+\.\d+)[ |]", semantics))
    assert {"1", "2.13", "7.10", "9.2"} <= present
    here = Path(__file__)
    sources = [
        path
        for folder in ("src", "tests", "docs", "demo")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".toml", ".html", ".md") and path != here
    ]
    for path in (*sources, ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        cited = set(re.findall(r"§ ?(\d+(?:\.\d+)?)", path.read_text("utf-8")))
        assert cited <= present, f"{named(path)} cites {sorted(cited - present)}"


def paragraphs(semantics: str) -> list[str]:
    """The numbers of chapters, sections, paragraphs and table rows, in the order of the page."""
    return re.findall(
        r"(?m)^#+ §?(\d+(?:\.\d+)?[a-z]?) |(?<=\n\n)(\d+\.\d+[a-z]?) |^\| (\d+\.\d+[a-z]?) \|", semantics
    )  # fmt: skip


def test_a_paragraph_number_is_given_once() -> None:
    numbers = ["".join(each) for each in paragraphs(page("semantics.md"))]
    assert {"1", "2.9a", "6.2", "9.2", "10.7a"} <= set(numbers)
    assert [each for each in numbers if numbers.count(each) > 1] == []
    twice = ["".join(each) for each in paragraphs("## §1 甲\n\n1.1 Text.\n\n1.1 Text.\n")]
    assert twice == ["1", "1.1", "1.1"]


def test_sections_and_paragraphs_stand_in_their_own_chapter() -> None:
    chapter = ""
    for heading, plain, row in paragraphs(page("semantics.md")):
        if heading and "." not in heading:
            chapter = heading
        for number in (heading, plain, row):
            assert not number or number.split(".")[0] == chapter, f"{number} stands in §{chapter}"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    for target in links(path.read_text("utf-8")):
        file, _, anchor = unquote(target).partition("#")
        to = (path.parent / file).resolve() if file else path
        assert to.exists(), f"{target}: no such file"
        if path.is_relative_to(DOCS):
            assert to.is_relative_to(DOCS), f"{target}: outside the site"
        if anchor:
            assert anchor in anchors(to.read_text("utf-8")), f"{target}: no such heading"


def links(markdown: str) -> list[str]:
    text = re.sub(r"(?ms)^```.*?^```$|`[^`\n]*`", "", markdown)
    found = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text)
    return [each for each in found if not re.match(r"[a-z]+:", each)]


def anchors(markdown: str) -> set[str]:
    """Headings as GitHub and the site name them."""
    text = re.sub(r"(?ms)^```.*?^```$", "", markdown)
    heads = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_every_page_is_in_the_navigation_once() -> None:
    def below(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            for value in entry.values():
                if isinstance(value, str):
                    yield value
                else:
                    yield from below(value)

    listed = list(below(SITE["nav"]))
    assert sorted(listed) == sorted(
        path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")
    )


def test_the_site_asks_no_other_server() -> None:
    """No web fonts, no scripts, no pictures from elsewhere."""
    assert SITE["theme"]["font"] is False
    assert not any(
        "://" in each for each in (*SITE.get("extra_css", []), *SITE.get("extra_javascript", []))
    )
    for path in (*PAGES, *DOCS.rglob("*.css")):
        assert not re.search(
            r"!\[[^\]]*\]\(\w+://|url\(\s*['\"]?\w+://|<(?:script|img|link)\b",
            path.read_text("utf-8"),
        ), named(path)


def test_glossary_is_in_order() -> None:
    """In the order of GB 2312, which for common characters is that of pinyin."""
    rows = [line.split("|") for line in page("glossary.md").splitlines() if line.startswith("| ")][
        1:
    ]
    terms = [row[1].strip() for row in rows]
    assert len(terms) > 50
    assert terms == sorted(terms, key=lambda term: term.encode("gb2312"))
    assert len(set(terms)) == len(terms)
    assert all(cell.strip() for row in rows for cell in row[1:4])


def test_pictures_are_small() -> None:
    for path in (DOCS / "images").iterdir():
        assert path.stat().st_size < 250_000, named(path)


EXAMPLES = [path for path in PAGES if ">>> " in path.read_text("utf-8")]


@pytest.mark.parametrize("path", EXAMPLES, ids=named)
def test_examples_run(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert tried > 0
    assert failed == 0
