"""The first ``definitions/regions.csv`` of a workspace: its own region, and how to add others."""

from jingwei.store.tables import harmless

_COMMENTS = """\
# 本工作区的地区，一行一个；可以用任何文本编辑器或 Excel 修改，存为 UTF-8 的 CSV。
# The regions of this workspace, one a row.
#
# code      区划代码（六位，如 330100；没有代码的功能区自编一个，不重复即可）；
#           建立时以名称代替，入库之前请改成代码：入库的数按它记，以后不再改
#           administrative code; the name stands for it until you write it, before data come in
# name      全称，表格里写全称或简称都认得 / full name
# level     nation 国家、province 省、city 市、district 区县、street 街镇、zone 功能区
# within    隶属：上级地区那一行的 code（不写名称）；最上面的一级留空。各区加总等于上级，靠的是这一列
#           code of the region above, not its name; districts add up to it
# overlaps  功能区跨哪些区，写各区的 code，用 ; 隔开；其他留空 / codes of the districts a zone lies across
#
# 在最后照样加上所属各区，例如 / add the districts at the end, such as:
# 000001,某某区,district,{code},
# 000002,某某经开区,zone,{code},000001
"""
HEADER = "code,name,level,within,overlaps"
EXAMPLE = (
    "# code 区划代码，name 全称，level 级别，within 上级地区的 code，overlaps 功能区跨的区\n"
    f"{HEADER}\n000000,某某市,city,,\n000001,某某区,district,000000,"
)
"""What an error shows of the format."""


def first_regions(name: str) -> str:
    """The file as ``jingwei init`` writes it; ``name`` is the region of the workspace, "" if not
    stated. Without its administrative code the name stands for it, until a person writes the code."""
    row = f"{harmless(name)},{harmless(name)},{_level(name)},,\n" if name else ""
    return f"{_COMMENTS.format(code=name or '000000')}{HEADER}\n{row}"


def _level(name: str) -> str:
    """The level that the last word of a full name says; a city where it says none."""
    if name.endswith(("省", "自治区")):
        return "province"
    return "district" if name.endswith(("区", "县", "旗")) else "city"
