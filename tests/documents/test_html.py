"""HTML as government sites write it. All texts are fictional."""

from jingwei.documents import Document, read_text


def page(body: str) -> Document:
    return read_text(f"<html><body>{body}</body></html>", "a.html")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def grids(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in row] for row in b.table.rows] for b in document.blocks if b.table]


def test_inline_tags_entities_and_breaks():
    document = page(
        "<div>一、目标</div><p>产值达到<b>1&nbsp;500</b><a href='x'>亿元</a>，\n  占比&gt;３０&#65285;。</p>"
        "<p>第一行。<br>第二行。<br/></p>文字。<p></p>"
    )
    assert texts(document) == [
        "一、目标",
        "产值达到1500亿元,占比>30%。",
        "第一行。",
        "第二行。",
        "文字。",
    ]


def test_rowspan_colspan_and_two_header_rows():
    document = page(
        "<p>一、目标</p><p>表1 主要指标</p><table>"
        "<tr><th rowspan=2>类别<th rowspan=2>指标<th colspan=2>目标值<th rowspan=2>属性"
        "<tr><th>2025年<th>2030年"
        "<tr><td rowspan=2>规模<td>产值（亿元）<td>900<td>1500<td>预期性"
        "<tr><td>利润<td>90<td>150<td>预期性</table>"
    )
    block = document.blocks[1]
    assert block.table is not None and block.table.header_rows == 2
    assert block.text == "表1主要指标"
    assert grids(document)[0][1:] == [
        ["类别", "指标", "2025年", "2030年", "属性"],
        ["规模", "产值(亿元)", "900", "1500", "预期性"],
        ["规模", "利润", "90", "150", "预期性"],
    ]


def test_title_row_and_note_row_belong_to_the_table():
    document = page(
        "<table><tr><td colspan=3>云岭市主要指标</td></tr><tr><td>指标</td><td>单位</td><td>2030年</td></tr>"
        "<tr><td>产值</td><td>亿元</td><td>1500</td></tr><tr><td colspan=3>注：含规下企业。</td></tr></table>"
    )
    assert document.blocks[0].text == "云岭市主要指标"
    assert grids(document) == [[["指标", "单位", "2030年"], ["产值", "亿元", "1500"]]]
    assert texts(document)[1:] == ["注:含规下企业。"]


def test_layout_tables_are_read_as_text():
    inner = (
        "<table><tr><td>指标</td><td>2030年</td></tr><tr><td>产值</td><td>1500</td></tr></table>"
    )
    document = page(
        f"<table><tr><td><p>导语。</p>{inner}<p>结语。</p></td><td>旁注。</td></tr></table>"
    )
    assert grids(document) == [[["指标", "2030年"], ["产值", "1500"]]]
    assert texts(document) == ["导语。", "", "结语。", "旁注。"]


def test_one_cell_table_is_a_box():
    document = page(
        "<p>一、任务</p><table><tr><td><p>专栏1 创新工程</p><p>建设平台10个。</p></td></tr></table><p>优化布局。</p>"
        "<table><tr><td>重点企业</td></tr><tr><td>引进企业5家。</td></tr></table><p>加强服务。</p>"
    )
    assert [(b.text, b.box) for b in document.blocks[1:]] == [
        ("专栏1创新工程", "专栏1创新工程"),
        ("建设平台10个。", "专栏1创新工程"),
        ("优化布局。", ""),
        ("重点企业", "重点企业"),
        ("引进企业5家。", "重点企业"),
        ("加强服务。", ""),
    ]


def test_metadata_and_navigation():
    document = read_text(
        "<!DOCTYPE html><html><head><title>规划 - 云岭市</title><meta name='PubDate' content='2031-03-05 10:20'>"
        "<meta name='author' content='办公室'></head><body><nav>首页</nav><h1>云岭市轴承产业规划</h1>"
        "<p>一、目标</p><p>产值达到1500亿元。</p><footer>版权</footer></body></html>"
    )
    assert texts(document) == ["云岭市轴承产业规划", "一、目标", "产值达到1500亿元。"]
    assert document.metadata == {
        "title": "规划 - 云岭市",
        "pubdate": "2031-03-05 10:20",
        "author": "办公室",
    }
    assert (document.title, document.issued) == ("云岭市轴承产业规划", "2031-03-05")


def test_fragment_of_a_page_in_a_text_file():
    """A .txt full of tags is HTML by its content; a text with a stray sign is not."""
    assert read_text("<p>甲。</p><p>乙。</p><p>丙。</p><p>丁。</p>", "a.txt").media == "html"
    plain = read_text("占比<3%，增速>5%。\n<注>按可比价。\n")
    assert plain.media == "txt"
    assert texts(plain)[0] == "占比<3%,增速>5%。"
