"""The links of chains that a plan names: products, materials, parts, equipment, technologies.

They are the items of lists that follow a verb of development (「突破光刻设备、刻蚀设备等前道核心工艺
设备」). The noun of their class is a link of its own where it says more than 关键零部件.
"""

import re
from collections.abc import Iterator
from functools import cache

from jingwei.documents.model import Document
from jingwei.plans.chain_prose import Told, by_words, in_streams, label_of, stream_of_heading
from jingwei.plans.identity import Ids
from jingwei.plans.industries import (
    Found,
    Named,
    Topic,
    Tree,
    heading_path,
    industry_tree,
    is_group,
    path_under,
    topics_of,
)
from jingwei.plans.kinds import is_generic, kind_of_name, kind_of_noun
from jingwei.plans.lexicon import any_of
from jingwei.plans.lists import CONTINUED, Item, Listing
from jingwei.plans.orders import word_lists
from jingwei.plans.passages import Clause, Passage
from jingwei.plans.records import SECTION, Node, NodeKind


def read_industries(document: Document, found: list[Passage]) -> tuple[list[Node], Tree]:
    """Industries and chain links of a document, in the order of their first mention."""
    tree = industry_tree(document, found)
    links = (link for passage in found for link in _links(passage, tree))
    first: dict[tuple[str, tuple[str, ...], bool], Found] = {}
    for each in (*tree.found, *links):
        first.setdefault((each.named.name, each.path, each.kind == "产业链"), each)
    ids = Ids(SECTION["industries"])
    ordered = sorted(first.values(), key=_position)
    return [_node(document, each, ids) for each in ordered], tree


def _position(found: Found) -> tuple[int, int]:
    origins = found.named.block.content.origins
    return origins[found.named.start], origins[found.named.end - 1]


def _node(document: Document, found: Found, ids: Ids) -> Node:
    named, path = found.named, found.path
    block = named.block
    span = document.span(block.content, named.start, named.end)
    below = [name for name in path if not is_group(name)]
    return Node(
        id=ids.of(document.name, span.quote, span),
        document=document.name,
        name=named.name,
        parent=path[-1] if path else "",
        chain=below[0] if below else "" if is_group(named.name) else named.name,
        role=found.role,
        quote=span.quote,
        section=(*block.section, block.box) if block.box else block.section,
        rule=found.rule,
        evidence=span,
        kind=found.kind,
        path=path,
    )


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Verbs before lists, before a single thing, and before a thing that something is done with."""
    lists = word_lists("industries")["node"]
    return frozenset(lists["verb"]), frozenset(lists["strong"]), frozenset(lists["promote"])


def _links(passage: Passage, tree: Tree) -> Iterator[Found]:
    """Chain links named in a passage."""
    if passage.part in ("facts", "front", "principle", "target") or not passage.sentences:
        return
    focus = passage.part == "focus"
    base = heading_path(passage, tree) if focus else ()
    stream = stream_of_heading(passage.block.section)
    for sentence, topics in topics_of(passage):
        path = path_under(base, topics) if focus else ()
        if focus and topics:
            path = _known_path(tree, base, topics)
        label = ""
        read: set[int] = set()
        if focus and path:
            for clause, told in in_streams(passage, sentence, stream):
                read |= {clause.start} if clause is not None else set()
                yield from _told(told, passage, path, tree)
            stream = label_of(sentence)
        for clause in sentence.clauses:
            if clause.start in read:
                continue
            found = 0
            if _may_name(clause.text, focus):
                for listing in passage.listings(clause.start, clause.end):
                    if label and not listing.verb:  # 「上游：高纯石英、坩埚」
                        listing = listing._replace(verb=label)
                    for each in _of_listing(listing, passage, clause, path, tree):
                        found += 1
                        yield each
            if focus and path and not found:
                for told in by_words(passage, clause):
                    yield from _told(told, passage, path, tree)
            label = clause.text if clause.mark == ":" and clause.text in _STREAMS else ""


def _told(told: Told, passage: Passage, path: tuple[str, ...], tree: Tree) -> Iterator[Found]:
    if told.name not in path and told.name not in tree.paths:
        named = Named(told.name, passage.block, told.start, told.end)
        yield Found(named, path, told.rule, told.kind, told.role)


@cache
def _naming() -> re.Pattern[str]:
    lists = word_lists("industries")["node"]
    return re.compile(any_of([*lists["strong"], *lists["promote"], "等", "领域"]))


def _may_name(text: str, focus: bool) -> bool:
    """Whether a clause is worth reading for links: a list, or in a field a verb of making."""
    if len(text) < 6:
        return False
    if focus:
        return "、" in text or _naming().search(text) is not None
    return "、" in text and "等" in text


def _known_path(tree: Tree, base: tuple[str, ...], topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """The path below the innermost topic, by its registered place."""
    path = base
    for topic in topics:
        if topic.name not in path:
            path = tree.below(topic.name) if topic.level == 0 else (*path, topic.name)
    return path


def _of_listing(
    listing: Listing, passage: Passage, clause: Clause, path: tuple[str, ...], tree: Tree
) -> Iterator[Found]:
    focus = passage.part == "focus"
    verbs, strong, _ = _verbs()
    if listing.domain or (
        listing.verb and listing.verb not in verbs and listing.verb not in _STREAMS
    ):
        return
    kind = kind_of_noun(listing.noun) if listing.noun else None
    if kind == "产业" and _mostly_industries(listing.items, tree):
        return
    if kind == "产业" and listing.verb in ("围绕", "瞄准", "面向"):
        kind = None  # fields an order turns to: only things among them are links
    own: list[NodeKind | None] = [kind_of_name(item.text) for item in listing.items]
    if len(listing.items) == 1 and not listing.etc:
        after = clause.text[listing.items[0].end - clause.start :]
        if not focus or own[0] is None:
            return
        if listing.verb not in strong and not _furthered(listing.verb, after):
            return
        rule = "list.single"
    elif listing.etc or kind:
        if not listing.verb and not listing.etc:
            return
        if kind is None and sum(map(bool, own)) * 2 < len(own) and "环节" not in listing.noun:
            return
        if not focus and kind in (None, "后端服务", "系统集成", "产品"):
            return
        rule = "list.class" if kind else "list.etc"
    else:
        if not focus or not listing.verb or sum(map(bool, own)) * 2 < len(own):
            return
        rule = "list.plain"
    if _joined_fields(listing, clause):
        return
    role = listing.verb if listing.verb != CONTINUED else ""
    group = _OF_FIELDS.sub("", listing.noun)  # 「大气治理、环境监测等领域先进技术」
    telling = len(group) >= 4 and not is_generic(group) and kind_of_noun(group) != group
    if focus and kind and kind != "产业" and telling:
        at = passage.block.text.find(group, listing.items[-1].end)
        if at >= 0 and group not in path:
            noun = Named(group, passage.block, at, at + len(group))
            yield Found(noun, path, "list.noun", kind, role)
            path = (*path, group)
    mixed = _MIXED.search(listing.noun + listing.rest[:1])
    if mixed:  # 「关键零部件和核心技术」
        kind = kind_of_noun(listing.noun[: mixed.start()]) or kind
        if focus:  # 「…等生物技术类药物和新型疫苗」
            yield from _beside(listing, passage, mixed.end(), path, role)
    weak = mixed is not None or kind in (None, "产业", "产品", "关键核心技术")
    whole = kind == "产业链" or listing.noun == "系统集成"  # 「焊接、喷涂等系统集成」
    for item, ending in zip(listing.items, own, strict=True):
        name = item.text[1:-1] if item.text[0] + item.text[-1] == "“”" else item.text
        if name in path or (name in tree.paths and kind != "产业链") or _says_nothing(name, kind):
            continue
        if ending is None and (kind is None or (len(name) <= 2 and any(own) and not whole)):
            continue  # 「多轴、高精度数控系统等部件」: 多轴 is a quality
        if ending is None and len(name) <= 2 and telling and kind in _MADE_THINGS:
            continue  # 「折叠、卷曲等柔性显示屏」
        if not focus and kind == "产业" and ending not in _CONCRETE:
            continue
        told: NodeKind = kind or ending or "未分类"
        if (weak and ending and (ending in _CONCRETE or kind in (None, "产业"))) or (
            kind == "产品" and ending == "关键核心技术"
        ):
            told = ending
        start = item.start + item.text.find(name)
        yield Found(Named(name, passage.block, start, start + len(name)), path, rule, told, role)


def _beside(
    listing: Listing, passage: Passage, start: int, path: tuple[str, ...], role: str
) -> Iterator[Found]:
    """What stands beside the class noun, where it is a thing of its own and no second class."""
    name = listing.noun[start:]
    kind = kind_of_name(name)
    at = passage.block.text.find(listing.noun, listing.items[-1].end) + start
    if kind in _CONCRETE and len(name) >= 4 and not is_generic(name) and at >= start:
        yield Found(Named(name, passage.block, at, at + len(name)), path, "list.beside", kind, role)


_OF_FIELDS = re.compile(r"^(?:重点|关键)?(?:领域|行业|方面|环节)")
_STREAMS = ("上游", "中游", "下游", "上游环节", "中游环节", "下游环节", "前端", "中端", "后端")
_CONCRETE: tuple[NodeKind, ...] = ("材料", "零部件", "装备", "整机", "产品")
_MADE_THINGS: tuple[NodeKind, ...] = ("零部件", "装备", "整机")
_MIXED = re.compile(r"[和及与、]")


@cache
def _deeds() -> tuple[frozenset[str], re.Pattern[str]]:
    lists = word_lists("industries")["node"]
    return frozenset(lists["promote"]), re.compile(f"的?(?:{any_of(lists['deed'])})")


def _furthered(verb: str, after: str) -> bool:
    """「加快第三代半导体发展」: the verb needs the deed behind the thing."""
    promote, deed = _deeds()
    return verb in promote and deed.match(after) is not None


def _says_nothing(name: str, kind: NodeKind | None) -> bool:
    if kind == "产业链":
        return False
    return len(name) < 2 or is_generic(name) or is_generic(name.rpartition("的")[2])


def _joined_fields(listing: Listing, clause: Clause) -> bool:
    """「推动A与B、C融合发展」 joins fields, it names no links."""
    return listing.verb in ("推动", "促进", "推进", "加强") and bool(
        re.search(r"融合|协同发展|对接|联动|合作|互动", clause.text)
    )


def _mostly_industries(items: tuple[Item, ...], tree: Tree) -> bool:
    return sum(item.text in tree.paths for item in items) * 2 >= len(items)
