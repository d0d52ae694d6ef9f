"""Word comments on the exact characters of a DOCX; everything else of the file stays.

The main part is edited as XML: a run that holds more than the commented characters is split, with
its formatting, and the range of a comment is marked around the pieces. All parts that need no
change keep their bytes, and the same input gives the same output.
"""

import re
import zipfile
from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from jingwei.core import InvalidRequest
from jingwei.documents.docx import Reader, main_part
from jingwei.documents.flow import Passage, Scribe
from jingwei.documents.folding import fold
from jingwei.documents.kinds import kind_of
from jingwei.documents.limits import Limits
from jingwei.documents.package import Package, local

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, §2.2
_NEW_PART = (1980, 1, 1, 0, 0, 0)  # zip date of parts that the file did not have


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on the characters ``start`` to ``end`` (exclusive) of ``Document.source``.

    ``quote`` is their folded text, by which a wrong file is noticed; ``lines`` are paragraphs.
    """

    start: int
    end: int
    quote: str
    lines: tuple[str, ...]


def write_comments(
    docx_in: Path,
    comments: Sequence[Comment],
    docx_out: Path,
    *,
    author: str = "经纬",
    date: str = "",
    limits: Limits | None = None,
) -> None:
    """Copy a DOCX with comments added; ``date`` is ISO 8601, "" leaves the comments undated.

    Offsets are those of ``read_document(docx_in).source``. The output is written beside its
    place and then renamed. Raises InvalidRequest for a file that is no DOCX or another one than
    the comments were made for, and UnreadableDocument for a damaged or hostile one.
    """
    name = docx_in.name
    if not docx_in.is_file() or kind_of(docx_in) != "docx":
        raise InvalidRequest(
            "只能在 DOCX 文件上写批注。请先用 Word 或 WPS 另存为 DOCX，或只看清单。",
            "comments can be written into DOCX files only. Save it as DOCX first, or use the list.",
            where=name,
        )
    if docx_out.exists() and docx_out.samefile(docx_in):
        raise InvalidRequest(
            "批注不写回原文件。请给出另一个文件名。",
            "comments are not written into the original. Give another file name.",
            where=name,
        )
    with Package(docx_in, name, limits or Limits()) as package:
        edited = _Edited(package, author, date)
        edited.annotate(comments)
        _write(docx_in, docx_out, edited.parts() if comments else {})


class _Edited:
    """The main part and the comments part of a package, being edited."""

    def __init__(self, package: Package, author: str, date: str) -> None:
        self.package, self.author, self.date = package, author, date
        self.etree: Any = import_module("lxml.etree")
        self.main = main_part(package)
        self.root, self.passages, self.starts, self.source = _passages(package, self.main)
        self.word = self.root.tag.rpartition("}")[0] + "}"
        self.folder = self.main.rpartition("/")[0]
        self.relations_part = f"{self.folder}/_rels/{self.main.rpartition('/')[2]}.rels"
        self.relations: Any = package.xml(self.relations_part)
        if self.relations is None:
            self.relations = self.etree.Element(f"{{{_RELATIONS}}}Relationships")
        self.comments_part = self._existing()
        self.is_new = self.comments_part == ""
        if self.is_new:
            self.comments_part = f"{self.folder}/{self._free_name()}"
            word = self.word.strip("{}")
            self.comments: Any = self.etree.Element(f"{self.word}comments", nsmap={"w": word})
        else:
            self.comments = package.xml(self.comments_part)

    def _existing(self) -> str:
        for relation in self.relations:
            if (relation.get("Type") or "").endswith("/comments"):
                target = relation.get("Target") or ""
                return target.lstrip("/") if target.startswith("/") else f"{self.folder}/{target}"
        return ""

    def _free_name(self) -> str:
        taken = set(self.package.names)
        names = ("comments.xml", *(f"comments{n}.xml" for n in range(2, 1000)))
        return next(each for each in names if f"{self.folder}/{each}" not in taken)

    def annotate(self, comments: Sequence[Comment]) -> None:
        """Mark the ranges, last one first, so that earlier offsets stay valid."""
        ordered = sorted(comments, key=lambda each: (each.start, each.end))
        for comment in ordered:
            self._check(comment)
        used = [int(each.get(f"{self.word}id") or -1) for each in self.comments]
        first = max(used, default=-1) + 1
        for number, comment in reversed(list(enumerate(ordered, first))):
            self._mark(comment, str(number))
        for number, comment in enumerate(ordered, first):
            self.comments.append(self._comment(comment, str(number)))

    def _check(self, comment: Comment) -> None:
        found = fold(self.source[comment.start : comment.end]).text
        if found != comment.quote:
            raise InvalidRequest(
                f"批注的位置与文件不符（应为「{comment.quote}」，文件中是「{found}」）。"
                "请用同一个文件重新核数。",
                f"a comment does not fit the file (“{comment.quote}” wanted, “{found}” found). "
                "Check the numbers of this very file again.",
                where=self.package.name,
            )

    def _mark(self, comment: Comment, number: str) -> None:
        ends, _ = self._cut(*self._place(comment.end - 1), after=True)
        reference = self._new("r")
        reference.append(self._new("commentReference", id=number))
        ends.addnext(reference)
        ends.addnext(self._new("commentRangeEnd", id=number))
        _, begins = self._cut(*self._place(comment.start), after=False)
        begins.addprevious(self._new("commentRangeStart", id=number))

    def _place(self, offset: int) -> tuple[Any, int]:
        """The XML text element of a source character, and the character's index in it."""
        part = bisect_right(self.starts, offset) - 1
        position = offset - self.starts[part]
        for place in self.passages[part].places:
            if position < place.length and place.element is not None:
                return place.element, place.start + position
            position -= place.length
        raise InvalidRequest(
            "批注的位置是 Word 自动编号，不在正文里。请从清单中查看这一条。",
            "the place of a comment is a number that Word counts, not text. See the list instead.",
            where=self.package.name,
        )

    def _cut(self, text: Any, index: int, *, after: bool) -> tuple[Any, Any]:
        """Split the run of a text element before (or after) a character.

        Returns the runs on both sides of the cut; they are one and the same where the cut falls
        on an edge, or where the text sits in something that is marked as a whole.
        """
        run = text.getparent()
        host = _host(text)
        if host is not run:
            return host, host
        words: str = text.text or ""
        cut = index + 1 if after else index
        inner = [each for each in run if local(each.tag) != "rPr"]
        position = inner.index(text)
        at_start = cut == 0 and position == 0
        at_end = cut >= len(words) and position == len(inner) - 1
        if at_start or at_end:
            return run, run
        rest = run.makeelement(run.tag, dict(run.attrib))
        for properties in (each for each in run if local(each.tag) == "rPr"):
            rest.append(deepcopy(properties))
        moved = inner[position + 1 :]
        if cut == 0:
            moved = inner[position:]
        elif cut < len(words):
            second = deepcopy(text)
            second.tail = None
            text.text, second.text = words[:cut], words[cut:]
            for each in (text, second):
                each.set(_SPACE, "preserve")
            moved = [second, *moved]
        rest.extend(moved)
        rest.tail, run.tail = run.tail, None
        run.addnext(rest)
        return run, rest

    def _new(self, name: str, **attributes: str) -> Any:
        element = self.root.makeelement(f"{self.word}{name}")
        for key, value in attributes.items():
            element.set(f"{self.word}{key}", value)
        return element

    def _comment(self, comment: Comment, number: str) -> Any:
        about = {"id": number, "author": self.author, "initials": self.author}
        if self.date:
            about["date"] = self.date
        element = self._new("comment", **about)
        for line in comment.lines:
            paragraph, run, text = self._new("p"), self._new("r"), self._new("t")
            text.text = _FORBIDDEN.sub("", line)
            text.set(_SPACE, "preserve")
            run.append(text)
            paragraph.append(run)
            element.append(paragraph)
        return element

    def parts(self) -> dict[str, bytes]:
        """The parts that changed, by name."""
        changed = {self.main: self.root, self.comments_part: self.comments}
        if self.is_new:
            types: Any = self.package.xml("[Content_Types].xml")
            override = types.makeelement(f"{{{_TYPES}}}Override")
            override.set("PartName", f"/{self.comments_part}")
            override.set("ContentType", _CONTENT_TYPE)
            types.append(override)
            self.relations.append(self._relation())
            changed |= {"[Content_Types].xml": types, self.relations_part: self.relations}
        return {
            name: self.etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in changed.items()
        }

    def _relation(self) -> Any:
        taken = {each.get("Id") for each in self.relations}
        relation = self.relations.makeelement(f"{{{_RELATIONS}}}Relationship")
        relation.set("Id", next(f"rId{n}" for n in range(1, 100_000) if f"rId{n}" not in taken))
        strict = "purl.oclc.org" in self.word
        base = "http://purl.oclc.org/ooxml" if strict else "http://schemas.openxmlformats.org"
        year = "" if strict else "/2006"
        relation.set("Type", f"{base}/officeDocument{year}/relationships/comments")
        relation.set("Target", self.comments_part.rpartition("/")[2])
        return relation


def _host(text: Any) -> Any:
    """What a mark around a text may touch: its run, or the whole box or formula it sits in.

    Word allows no comments inside text boxes; the run that holds the box bears them.
    """
    holders = [each for each in text.iterancestors() if local(each.tag) in ("r", "oMath")]
    return holders[-1]


def _passages(package: Package, main: str) -> tuple[Any, list[Passage], list[int], str]:
    """The main part as read: its root, its passages, where each begins, and the whole source."""
    root, pieces = Reader.of(package, main)
    scribe = Scribe()
    scribe.items(pieces)
    return root, scribe.passages, list(scribe.transcript.parts), scribe.transcript.source


def _write(docx_in: Path, docx_out: Path, changed: dict[str, bytes]) -> None:
    """All parts in their order, changed ones in place, new ones last; beside, then renamed."""
    beside = docx_out.with_name(f".{docx_out.name}.part")
    with zipfile.ZipFile(docx_in) as old, zipfile.ZipFile(beside, "w") as new:
        left = dict(changed)
        for info in old.infolist():
            kept = zipfile.ZipInfo(info.filename, info.date_time)
            kept.compress_type, kept.external_attr = info.compress_type, info.external_attr
            kept.create_system = info.create_system
            data = left.pop(info.filename, None)
            new.writestr(kept, old.read(info) if data is None else data)
        for name in sorted(left):
            added = zipfile.ZipInfo(name, _NEW_PART)
            added.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(added, left[name])
    beside.replace(docx_out)
