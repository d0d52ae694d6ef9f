"""The workspace folder: made, found, filled, and described by jingwei.toml."""

from pathlib import Path

import pytest

from jingwei.core import InvalidFile, InvalidRequest
from jingwei.store import OutsideWorkspace, Readings, Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "yunxi", region="云溪市")


def test_a_new_workspace_has_its_folders_and_commented_settings(workspace: Workspace) -> None:
    assert workspace.settings.region == "云溪市"
    assert workspace.settings.readings == Readings(about=0.05, nearly=0.9)
    names = {path.name for path in workspace.root.iterdir()}
    assert names == {
        "jingwei.toml", "documents", "plans", "definitions", "data", "reports", ".jingwei",
    }  # fmt: skip
    text = (workspace.root / "jingwei.toml").read_text("utf-8")
    assert "# 「左右」容许的缺口" in text
    assert "# 左右: the shortfall" in text
    assert (workspace.root / ".jingwei" / ".gitignore").read_text() == "*\n"


def test_the_same_region_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (Workspace.create(tmp_path / name, region="云溪市") for name in "ab")
    assert (one.root / "jingwei.toml").read_bytes() == (other.root / "jingwei.toml").read_bytes()


@pytest.mark.parametrize("region", ["", 'a"b', "a\\b", "x\ny", "\x7f😀"])
def test_any_region_is_read_as_it_was_given(tmp_path: Path, region: str) -> None:
    assert Workspace.create(tmp_path / "w", region=region).settings.region == region


def test_a_workspace_is_never_made_twice(workspace: Workspace) -> None:
    (workspace.root / "jingwei.toml").write_text('region = "旧"\n', "utf-8")
    with pytest.raises(InvalidRequest, match="已经是一个工作区"):
        Workspace.create(workspace.root)
    assert (workspace.root / "jingwei.toml").read_text("utf-8") == 'region = "旧"\n'


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "plans").write_text("")
    with pytest.raises(InvalidRequest) as raised:
        Workspace.create(tmp_path)
    assert raised.value.where == str(tmp_path / "plans")
    assert not (tmp_path / "jingwei.toml").exists()


def test_it_is_found_from_any_folder_below(workspace: Workspace) -> None:
    below = workspace.root / "data" / "2024" / "q1"
    below.mkdir(parents=True)
    assert Workspace.open(below) == workspace


def test_where_there_is_none_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"jingwei init"):
        Workspace.open(tmp_path)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('region = "云溪市', 1, "不是合法的 TOML"),
        ('# 说明\nregoin = "云溪市"\n', 2, "regoin"),
        (
            'region = "云溪市"\n[readings]\nnearly = 0.9\nabout = "5%"\n',
            4,
            "应为数字，这里是「5%」",
        ),
        ("[readings]\nabout = 5\n", 2, "5% 写作 0.05"),
        ("[readings]\nabout = 0\nnearly = -1\n", 3, "0 与 1 之间"),
        ("[readings]\nabout = nan\n", 2, "数字"),
        ('[[offices]]\nname = "a"\nholds = []\n[[offices]]\nname = "b"\nholds = "税"\n', 6, "列表"),
        ('[[offices]]\nname = "a"\nholds = []\n\n[[offices]]\nname = "b"\n', 5, "缺少"),
        ("readings = 3\n", 1, "名称: 值"),
    ],
)
def test_wrong_settings_name_file_and_line(
    workspace: Workspace, text: str, line: int, said: str
) -> None:
    path = workspace.root / "jingwei.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidFile) as raised:
        Workspace.open(workspace.root)
    assert raised.value.where == f"{path}:{line}"
    assert said in raised.value.zh


def test_settings_in_another_encoding_are_refused(workspace: Workspace) -> None:
    (workspace.root / "jingwei.toml").write_bytes('region = "云溪市"'.encode("gb18030"))
    with pytest.raises(InvalidFile, match="UTF-8"):
        Workspace.open(workspace.root)


def test_the_example_of_an_office_can_be_switched_on(workspace: Workspace) -> None:
    path = workspace.root / "jingwei.toml"
    assert workspace.settings.offices == ()
    text = path.read_text("utf-8")
    head, mark, example = text.partition("# [[offices]]")
    path.write_text(head + (mark + example).replace("# ", ""), "utf-8")
    assert Workspace.open(workspace.root).settings.holder("上云企业数量") == "大数据中心"


def test_the_longest_word_finds_the_office(workspace: Workspace) -> None:
    path = workspace.root / "jingwei.toml"
    path.write_text(
        '[[offices]]\nname = "统计局"\nholds = ["增加值", "产值"]\n'
        '[[offices]]\nname = "自然资源局"\nholds = ["土地产值"]\n',
        "utf-8",
    )
    settings = Workspace.open(workspace.root).settings
    assert settings.holder("园区单位土地产值") == "自然资源局"
    assert settings.holder("工业总产值") == "统计局"
    assert settings.holder("机器人密度") is None


def test_a_document_is_copied_under_its_own_name(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "云溪市规划.txt"
    source.write_bytes(b"plan")
    added = workspace.add_document(source)
    assert added == workspace.documents / "云溪市规划.txt"
    assert workspace.document_files() == (added,)
    assert workspace.plan_path(added.name) == workspace.plans / "云溪市规划.txt.yaml"
    assert workspace.add_document(added) == added  # what is there already stays


def test_the_same_text_is_kept_once(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"plan")
    (tmp_path / "b.txt").write_bytes(b"plan")
    first = workspace.add_document(tmp_path / "a.txt")
    assert workspace.add_document(tmp_path / "b.txt") == first
    assert len(workspace.document_files()) == 1


def test_another_text_of_the_same_name_is_refused_naming_both(
    workspace: Workspace, tmp_path: Path
) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"plan")
    kept = workspace.add_document(source)
    source.write_bytes(b"other plan")
    with pytest.raises(InvalidRequest) as raised:
        workspace.add_document(source)
    assert str(source) in str(raised.value)
    assert str(kept) in str(raised.value)
    assert kept.read_bytes() == b"plan"


def test_decomposed_names_of_macos_are_composed(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "Cafe\u0301.txt"
    source.write_bytes(b"x")
    assert workspace.add_document(source).name == "Café.txt"


@pytest.mark.parametrize("name", ["missing.txt", ".hidden.txt"])
def test_what_is_no_document_is_refused(workspace: Workspace, tmp_path: Path, name: str) -> None:
    (tmp_path / ".hidden.txt").write_bytes(b"x")
    with pytest.raises(InvalidRequest):
        workspace.add_document(tmp_path / name)


def test_a_linked_document_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (workspace.documents / "plan.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(OutsideWorkspace):
        workspace.document_files()


def test_leftovers_of_a_killed_run_are_removed_by_the_next(workspace: Workspace) -> None:
    leftover = workspace.plans / ".0123456789ab.jingwei-tmp"
    leftover.write_bytes(b"half")
    with workspace.locked():
        assert not leftover.exists()


def test_paths_are_shown_relative_to_the_root(workspace: Workspace) -> None:
    assert workspace.shown(workspace.plans / "a.yaml") == "plans/a.yaml"
