"""Documents that a plan refers to, with their numbers.

A title stands between 《》 or «»; the number (〔2021〕12号) follows it in brackets. What the plan
has to do with it is told by the words before and after: 根据《…》 is its ground, 印发《…》 issues
it, 《…》同时废止 repeals it.
"""

import re
from functools import cache

from jingwei.documents.model import Document
from jingwei.plans.identity import with_ids
from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import word_lists
from jingwei.plans.passages import Passage
from jingwei.plans.records import SECTION, Reference, ReferenceKind, Relation

_QUOTED = re.compile(r"“(?P<title>[^“”《》,;。]{6,40})”")
_TITLE = re.compile(r"[《«](?P<title>(?:[^《》«»]|[《«〈][^《》«»〉]*[》»〉]){2,90}?)[》»]")
_NUMBER = re.compile(
    r"^[的]?(?:通知)?[》»]?\((?P<number>[^()]{1,16}?(?:〔|\[|\(|【)(?:19|20)\d\d(?:〕|\]|\)|】)\s*\d{1,4}号)\)"
)


def read_references(document: Document, found: list[Passage]) -> list[Reference]:
    """References in document order; one title is listed once for each relation."""
    references: list[Reference] = []
    seen: set[tuple[str, str]] = set()
    own = _plain(document.title)
    for passage in found:
        text = passage.block.text
        matches = list(_TITLE.finditer(text)) if "《" in text or "«" in text else []
        matches += [
            match
            for match in (_QUOTED.finditer(text) if "“" in text else ())
            if kind_of_document(match["title"]) in _QUOTED_KINDS and not _inside(match, matches)
        ]
        for match in sorted(matches, key=lambda match: match.start()):
            title = match["title"]
            if title in _not_documents() or text[match.start() - 4 : match.start()].endswith(
                ("简称", "下称")
            ):
                continue
            number = _NUMBER.match(text[match.end() : match.end() + 40])
            relation, rule = relation_of(text, match.start(), match.end())
            if _plain(title) == own:
                relation, rule = "印发", "title.own"
            if (title, relation) in seen:
                continue
            seen.add((title, relation))
            end = match.end() + (number.end() if number else 0)
            span = document.span(passage.block.content, match.start(), end)
            references.append(
                Reference(
                    id="",
                    document=document.name,
                    title=title,
                    number=number["number"].replace(" ", "") if number else "",
                    relation=relation,
                    kind=kind_of_document(title),
                    quote=span.quote,
                    rule=rule,
                    section=passage.context.section,
                    evidence=span,
                )
            )
    return with_ids(references, SECTION["references"])


# between quotation marks only these are documents: “…实施方案”, “中国制造2025”
_QUOTED_KINDS = ("规划纲要", "行动计划")


def _inside(match: re.Match[str], titles: list[re.Match[str]]) -> bool:
    return any(title.start() < match.start() < title.end() for title in titles)


def _plain(title: str) -> str:
    return re.sub(r"[“”\"\s]", "", title)


@cache
def _not_documents() -> frozenset[str]:
    return frozenset(word_lists("references")["title"]["not_document"])


@cache
def _relations() -> tuple[
    list[tuple[Relation, re.Pattern[str]]], list[tuple[Relation, re.Pattern[str]]]
]:
    lists = word_lists("references")
    before: dict[Relation, list[str]] = lists["relation"]
    after: dict[Relation, list[str]] = lists["after"]
    between = r"(?:国家|本市|全市|省委|省政府|市委|市政府|国务院|党中央|新修订的|新一轮|了|好|[^,;:。]{0,12}关于)?"
    return (
        [(name, re.compile(f"(?:{any_of(words)}){between}$")) for name, words in before.items()],
        [
            (name, re.compile(f"[^,;。]{{0,4}}?(?:{any_of(words)})"))
            for name, words in after.items()
        ],
    )


def relation_of(text: str, start: int, end: int) -> tuple[Relation, str]:
    """What a plan has to do with the title at ``start``, and the rule that told it.

    In a list of titles (《甲》《乙》和《丙》) the words before the first hold for all.
    """
    before, after = _relations()
    following = text[end : end + 16]
    for name, pattern in after:
        if name in ("废止", "衔接") and pattern.match(following):
            return name, "words.after"
    head = re.split(r"[;。]", text[max(0, start - 160) : start])[-1]
    head = _TITLE.sub("", head)
    head = re.sub(r"\([^()]*\)", "", head)
    head = re.sub(r"(?<=.)(?:[、和及与]|以及)+$", "", head)
    for name, pattern in before:
        if pattern.search(head):
            return name, "words.before"
    for name, pattern in after:
        if pattern.match(following):
            return name, "words.after"
    return "提及", "title"


@cache
def _kinds() -> tuple[re.Pattern[str], dict[str, ReferenceKind]]:
    lists: dict[ReferenceKind, list[str]] = word_lists("references")["kind"]
    kinds: dict[str, ReferenceKind] = {w: kind for kind, words in lists.items() for w in words}
    return re.compile(f"({any_of(kinds)})$"), kinds


@cache
def kind_of_document(title: str) -> ReferenceKind:
    """The kind of a document by the end of its title, years in brackets apart."""
    pattern, kinds = _kinds()
    bare = re.sub(r"\([^()]*\)$|(?:的通知|\s)+$", "", title)
    match = pattern.search(bare) or pattern.search(title)
    return kinds[match[1]] if match else "其他"
