"""What each line of an official text is: title, addressee, heading of a level, body, signature, date (GB/T 9704-2012, 7.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from renda.reports.draft.model import PENDING

_HAN_NUMBER = "[一二三四五六七八九十百]{1,4}"
_HEADINGS = (
    (1, re.compile(rf"{_HAN_NUMBER}、|第{_HAN_NUMBER}(?:部分|章)")),
    (2, re.compile(rf"[（(]{_HAN_NUMBER}[）)]")),
    (3, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_BLANK = "[\\dXxＸ×一二三四五六七八九十〇○零]"
_DATE = re.compile(rf"[（(]?{_BLANK}{{2,4}}年{_BLANK}{{1,3}}月(?:{_BLANK}{{1,3}}日)?[）)]?")
_DATELINE = re.compile(r"(?:——|—|-{2})|[（(].*年.*[）)]$")
_REPORTER = re.compile(r"(?:主任|书记|主席|组长|院长|检察长|局长)[　 ]*\S{1,4}(?:[　 ]\S)?$|^(?:报告人|汇报人)")
_NAMED = re.compile(r"(?:报告|汇报|总结|意见|决定|决议|办法|要点|计划|方案|通知|通报|公告|简报|发言)$")
_NO_SENTENCE = re.compile(r"[^。；！？，]+")
_LABELS = {"（标题）": "title", "（主送机关）": "addressee", "（署名）": "signature", "（成文日期）": "date"}
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_HEADING = 60, 40, 60
_TAIL = 4
_MARKDOWN = re.compile(r"(#{1,6})\s+")


class Role(Enum):
    """What a line is."""

    TITLE = "title"
    BELOW_TITLE = "below_title"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    BODY = "body"
    ATTACHMENTS = "attachments"
    SIGNATURE = "signature"
    DATE = "date"


@dataclass(frozen=True)
class Line:
    """A line's role. `level` is a heading's, 1 to 4; `head` tells how many code points of it are the heading (the rest is body)."""

    role: Role
    level: int = 0
    head: int = 0


def lines(texts: Sequence[str]) -> list[Line]:
    """The role of each line. Lines are stripped and not empty; marks of what is open in them are looked through."""
    words = [text.replace(PENDING, "").strip() for text in texts]
    begun = _opening(words)
    ended = _closing(words, len(begun))
    return [*begun, *(_inner(text.strip()) for text in texts[len(begun) : len(words) - len(ended)]), *ended]


def markdown_level(text: str) -> tuple[int, int]:
    """The level of a Markdown heading (0: none) and the length of its sign."""
    found = _MARKDOWN.match(text)
    return (len(found[1]), found.end()) if found else (0, 0)


def heading_level(text: str) -> int:
    """The level that a line's number gives it: 一、 1, （一） 2, 1. 3, （1） 4; 0 where it has none."""
    return next((level for level, sign in _HEADINGS if sign.match(text)), 0)


def _opening(words: Sequence[str]) -> list[Line]:
    """Title (several lines), what stands below it, and the addressee."""
    found: list[Line] = []
    for number, word in enumerate(words):
        role = _opening_role(word, [line.role for line in found], words[number - 1] if number else "")
        if role is None:
            break
        found.append(Line(role))
        if role is Role.ADDRESSEE:
            break
    return found


def _opening_role(word: str, before: list[Role], last: str) -> Role | None:
    if word in _LABELS:
        return Role(_LABELS[word]) if _LABELS[word] in ("title", "addressee") else None
    if heading_level(word) or len(word) > _LONGEST_TITLE:
        return None
    if word.endswith(("：", ":")) and _NO_SENTENCE.fullmatch(word.rstrip("：:").replace("，", "")):
        return Role.ADDRESSEE
    if not before:
        return Role.TITLE if _NO_SENTENCE.fullmatch(word) else None
    if _DATELINE.match(word) or (_REPORTER.search(word) and len(word) <= _LONGEST_NAME):
        return Role.BELOW_TITLE
    title_goes_on = before[-1] is Role.TITLE and not _NAMED.search(last) and len(word) <= _LONGEST_NAME
    return Role.TITLE if title_goes_on and _NO_SENTENCE.fullmatch(word) and last not in _LABELS else None


def _closing(words: Sequence[str], opened: int) -> list[Line]:
    """Signature and date, at the very end."""
    found: list[Line] = []
    for word in reversed(words[max(opened, len(words) - _TAIL) :]):
        role = _closing_role(word, [line.role for line in found])
        if role is None:
            break
        found.insert(0, Line(role))
    return found if any(line.role is Role.DATE for line in found) or len(found) == 1 else []


def _closing_role(word: str, after: list[Role]) -> Role | None:
    if word in ("（署名）", "（成文日期）"):
        return Role(_LABELS[word])
    if _DATE.fullmatch(word):
        return Role.DATE
    named = len(word) <= _LONGEST_NAME and _NO_SENTENCE.fullmatch(word) and not heading_level(word) and "：" not in word
    return Role.SIGNATURE if named and after and after[0] in (Role.DATE, Role.SIGNATURE) else None


def _inner(word: str) -> Line:
    if word.startswith(("附件：", "附件:")):
        return Line(Role.ATTACHMENTS)
    level = heading_level(word)
    if not level:
        return Line(Role.BODY)
    stop = word.find("。")
    if stop < 0:
        whole = len(word) <= _LONGEST_HEADING and not word.endswith(("；", "，", "："))
        return Line(Role.HEADING, level, len(word)) if whole else Line(Role.BODY)
    if stop >= _LONGEST_HEADING:
        return Line(Role.BODY)
    return Line(Role.HEADING, level, len(word) if stop == len(word) - 1 else stop + 1)
