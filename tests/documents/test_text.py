"""Plain text: what a line end means, headings, boxes, page furniture. All texts are fictional."""

import pytest

from jingwei.documents import Document, read_text


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def outline(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in document.blocks if block.kind == "heading"]


PAGE_TEXT = """\
云岭市轴承产业发展规划

一、发展基础

　　“十四五”时期，云岭市轴承产业保持平稳增长，产业规模从１２

００亿元提高到１５００亿元，年均增速４．６％，累计建设示范工厂

2

２０家，规模以上企业达到五百家以上，其中专精特新企业三百余家.

在精密轴承、陶瓷轴承等领域形成一批自主品牌，国内市场占有率

— 3 —

超过三成，出口八十多个国家和地区.

　　面向未来，轴承产业仍面临高端供给不足、要素成本上升等问

题，亟需加快转型升级步伐，提升产业链供应链现代化水平.
"""


def test_paragraphs_cut_over_lines_and_pages():
    """Empty lines, page numbers and a footnote mark stand inside sentences; digits are cut."""
    document = read_text(PAGE_TEXT)
    assert texts(document) == [
        "云岭市轴承产业发展规划",
        "一、发展基础",
        "“十四五”时期,云岭市轴承产业保持平稳增长,产业规模从1200亿元提高到1500亿元,年均增速4.6%,"
        "累计建设示范工厂20家,规模以上企业达到五百家以上,其中专精特新企业三百余家.在精密轴承、陶瓷轴承等"
        "领域形成一批自主品牌,国内市场占有率超过三成,出口八十多个国家和地区.",
        "面向未来,轴承产业仍面临高端供给不足、要素成本上升等问题,亟需加快转型升级步伐,提升产业链供应链现代化水平.",
    ]


def test_page_turn_in_a_text_of_long_lines():
    text = (
        "一、现状\n\n全市轴承产业规模稳步扩大，龙头企业带动作用明显，重点产品国内领先，其中精密轴承产量达到\n\n"
        "1200 万套，占全国的比重超过两成。\n\n园区集聚效应增强。\n"
    )
    assert texts(read_text(text))[1:] == [
        "全市轴承产业规模稳步扩大,龙头企业带动作用明显,重点产品国内领先,其中精密轴承产量达到1200万套,占全国的比重超过两成。",
        "园区集聚效应增强。",
    ]


def test_running_heads_are_dropped():
    """All but the first, which may be the title."""
    page = "云岭市人民政府公报\n{body}\n· {number} ·\n\f"
    body = "全市{0}产业稳步增长，产业结构持续优化，创新能力不断增强，绿色转型取\n得积极进展，{0}产业开放合作水平明显提升，综合实力迈上新的台阶。"
    goods = ["轴承", "羊绒", "玻璃", "渔具", "家居"]
    pages = [page.format(body=body.format(each), number=n) for n, each in enumerate(goods, 1)]
    joined = "".join(texts(read_text("".join(pages))))
    assert joined.count("公报") == 1
    assert joined.count("取得积极进展") == joined.count("迈上新的台阶。") == 5


@pytest.mark.parametrize(
    ("numbers", "levels"),
    [
        (["第一章 总则", "第一节 基础", "一、现状", "（一）规模", "1．总量"], [1, 2, 3, 4, 5]),
        (["第一章 总则", "一、现状", "二、形势", "（一）规模"], [1, 2, 2, 3]),
        (["一、总则", "（一）基础", "1. 规模", "（1）总量"], [1, 2, 3, 4]),
        (["一、总则", "（一）基础", "1、规模", "①总量"], [1, 2, 3, 4]),
        (["1 总则", "1.1 基础", "1.2 形势", "1.2.1 国内", "2 目标"], [1, 2, 2, 3, 1]),
        (["第一部分 总则", "第二部分 任务"], [1, 1]),
    ],
)
def test_levels_of_headings(numbers: list[str], levels: list[int]):
    """Kinds of numbers that nest in one document keep their order."""
    body = "\n坚持稳中求进，推动产业持续健康发展，取得积极成效。\n"
    document = read_text(
        "概述全市产业发展情况，提出总体安排和要求如下。\n" + body.join(numbers) + body
    )
    assert [level for level, _ in outline(document)] == levels


def test_run_in_headings():
    document = read_text(
        "一、目标\n1．产业规模不断壮大。“十五五”期间，产值达到1500亿元。\n"
        "2．创新能力：到2030年，研发投入占比达到3％。\n"
        "3．到2030年新增企业30家。其中规上企业10家。\n"
        "4．品牌影响力显著增强，国际市场份额进一步提升，成为全国重要的轴承产业基地和出口基地。此外加强宣传。\n"
        "一是加强领导。二是压实责任。\n"
    )
    assert outline(document) == [(1, "一、目标"), (3, "1.产业规模不断壮大"), (3, "2.创新能力")]
    assert "3.到2030年新增企业30家。其中规上企业10家。" in texts(document)  # a number is no heading
    assert document.blocks[-1].text.startswith("一是加强领导")
    assert document.blocks[2].text == "“十五五”期间,产值达到1500亿元。"
    assert document.blocks[2].section == ("一、目标", "1.产业规模不断壮大")


def test_items_of_a_list_are_no_headings():
    document = read_text(
        "一、工作目标\n力争到2030年：\n1.工业总产值达1200亿元，较2025年翻一番；\n2.工业投资年均增长18%；\n"
    )
    assert outline(document) == [(1, "一、工作目标")]
    assert [block.kind for block in document.blocks[2:]] == ["paragraph", "paragraph"]


def test_table_of_contents_is_dropped():
    entries = "目 录\n一、基础\n（一）规模\n二、目标\n"
    leaders = "一、基础......................1\n二、目标…………………………3\n"
    body = "一、基础\n产业基础良好。\n（一）规模\n规模稳步扩大。\n二、目标\n实现跨越发展。\n"
    plain = read_text("云岭市轴承产业规划\n" + body)
    assert texts(read_text("云岭市轴承产业规划\n" + entries + body)) == texts(plain)
    assert texts(read_text("云岭市轴承产业规划\n" + leaders + body)) == texts(plain)


def test_box_ends_at_the_next_heading_around_it():
    document = read_text(
        "三、任务\n（一）创新\n加强研发，提升能力。\n专栏 2 创新工程\n1. 平台\n建设平台10个。\n2. 人才\n引进人才100名。\n"
        "（二）布局\n优化空间。\n专栏3：园区工程\n建设园区5个。\n四、保障\n加强领导。\n"
    )
    boxes = {block.text: block.box for block in document.blocks}
    assert boxes["建设平台10个。"] == boxes["引进人才100名。"] == "专栏2创新工程"
    assert boxes["优化空间。"] == boxes["加强领导。"] == ""
    assert boxes["建设园区5个。"] == "专栏3:园区工程"
    inside = next(block for block in document.blocks if block.text == "引进人才100名。")
    assert inside.section == ("三、任务", "(一)创新", "2.人才")


def test_box_without_the_word():
    """A bare line between full lines opens a box; lines as long as the text's end it."""
    body = "围绕重点领域持续加大研发投入力度，突破关键核心技术，完善创新体系建设，提升产业能级."
    small = "精密轴承.以高端突破为重点，发展高速、重载、长寿命轴承产品，提升设计制造水平，到二零三零年产业规模达到三百亿元，建成全国重要的研发基地."

    def cut(text: str, width: int) -> str:
        return "\n\n".join(text[i : i + width] for i in range(0, len(text), width))

    text = "\n\n".join(
        [
            "二、任务",
            "(一)强化创新",
            cut(body, 27),
            "轴承产业重点领域",
            cut(small, 36),
            cut(small, 36),
            cut(body, 27),
            "(二)优化布局",
            cut(body, 27),
        ]
    )
    document = read_text(text)
    assert [(block.level, block.box) for block in document.blocks] == [
        (1, ""),
        (2, ""),
        (0, ""),
        (9, "轴承产业重点领域"),
        (0, "轴承产业重点领域"),
        (0, "轴承产业重点领域"),
        (0, ""),
        (2, ""),
        (0, ""),
    ]


def test_masthead():
    document = read_text(
        "云 岭 市 人 民 政 府 文 件\n云政发 〔２０３１〕 ７号\n云岭市人民政府关于印发\n《云岭市轴承产业发展“十五五”规划》的通知\n"
        "各区人民政府，市政府各部门：\n现将《云岭市轴承产业发展“十五五”规划》印发给你们，请认真贯彻执行。\n"
        "云岭市人民政府\n2031年3月5日\n（此件公开发布）\n云岭市轴承产业发展“十五五”规划\n"
        "根据《国家轴承规划》（国发〔2030〕1号），制定本规划。\n一、基础\n产业基础良好。\n"
    )
    assert document.title == "云岭市轴承产业发展“十五五”规划"
    assert (document.number, document.issued) == ("云政发〔2031〕7号", "2031-03-05")
    title = next(block for block in document.blocks if block.text == document.title)
    assert (title.kind, title.level) == ("heading", 0)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("东陵县羊绒产业三年行动计划（2031—2033年）", "东陵县羊绒产业三年行动计划(2031—2033年)"),
        ("东陵县羊绒产业高质量发展实施方案（征求意见稿）", "东陵县羊绒产业高质量发展实施方案"),
        ("东陵县羊绒产业\n发展“十五五”规划", "东陵县羊绒产业发展“十五五”规划"),
        ("东陵县羊绒产业发展迈上新台阶", ""),
        ("东陵县人民政府文件\n东政发〔2031〕7号\n东陵县羊绒产业发展规划", "东陵县羊绒产业发展规划"),
    ],
)
def test_title_without_a_notice(line: str, title: str):
    assert read_text(f"{line}\n一、基础\n产业基础良好，稳步发展。\n").title == title


def test_date_in_chinese_numerals_and_date_of_the_page():
    notice = "东陵县人民政府办公室\n二〇三一年六月二十三日\n东陵县羊绒规划\n一、基础\n良好。\n"
    assert read_text(notice).issued == "2031-06-23"
    page = "---\ntitle: '羊绒大消息！'\ndate: Thu, 09 Sep 2032 15:21:00 GMT\ntags:\n - 甲\n - 乙\n---\n\n<div><p>正文。</p><p>第二段。</p></div>"
    document = read_text(page)
    assert (document.media, document.title, document.issued) == ("html", "", "2032-09-09")
    assert document.metadata["title"] == "羊绒大消息！"
    assert document.metadata["tags"] == "甲, 乙"
    assert texts(document) == ["正文。", "第二段。"]


def test_a_bracket_behind_the_stop_ends_a_paragraph():
    text = (
        "一、重点任务\n新能源汽车。到2030年，产业规模突破2200亿元。（责任单位：市工业和信息化局）\n"
        "高端纺织。到2030年，产业规模稳定在1100亿元左右。【市商务局（市投促局）】\n"
        "新材料。到2030年，产业规模达到900亿元。\n"
    )
    found = [block.text[:5] for block in read_text(text, "plan.txt").blocks]
    assert found == ["一、重点任", "新能源汽车", "高端纺织。", "新材料。到"]
