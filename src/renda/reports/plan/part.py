"""Finding the plan part of a report and the items in it. Plain Python: needs neither Django nor a database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

TITLE_MOST, LIKELY_MOST = 200, 90
NUMERAL = "一二三四五六七八九十"
_LEVEL_1 = re.compile(rf"^\s*(?:第?[{NUMERAL}]+[、部章]|[{NUMERAL}]+．|\d+、)")
_LEVEL_2 = re.compile(rf"^\s*[（(](?:[{NUMERAL}]+|\d+)[)）]\s*")
_AHEAD = re.compile(
    r"(?:(?P<year>20\d\d)年|新的?一年|下一?年|明年|来年|今后|下一?步|下阶段|未来)[^。；]{0,12}"
    r"(?:安排|打算|任务|思路|计划|要点|重点|建议|工作|设想)"
)
_PAST = re.compile(r"回顾|总结|完成情况|开展情况|工作情况|主要做法|成效|成绩")
_CLOSING = re.compile(r"^\s*(?:各位代表|各位领导|同志们|以上(?:汇报|报告)|特此报告|专此报告|附件)")
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_SLOGAN = re.compile(
    r"总要求|总体要求|指导思想|总体思路|做好以下|以下(?:几|[一二三四五六七八九十])(?:个|项)?方面|以.{2,12}为指导|同心同德|开局之年|换届之年|迎接.{2,20}(?:周年|召开)"
)
_WORK = re.compile(
    r"听取|审议|审查|开展|组织|完成|制定|修订|办好|办理|召开|建成|新建|打造|跟踪|督办|检查|视察|调研|询问|评议|测评|选举|举办|实施|培训|"
    r"述职|走访|接待|任免|任命|备案|落实|建立|健全|完善|推进|推动|做好|加强|出台|编制|评选|宣传|改造|监督|指导|通报|征集|票决"
)
_CONCRETE = re.compile(
    r"《|\d|[上下]半年|季度|月底|年底|牵头|负责|会同|执法检查|专题询问|专项工作报告|满意度测评|工作评议|联络站|培训班|学习班|议事规则|方案|"
    r"预算|决算|审计|换届选举|专题调研|集中视察|票决"
)


@dataclass(frozen=True)
class Part:
    """The plan part of a text: the year it plans, and where it stands (code points)."""

    year: int
    start: int
    end: int
    heading: str


@dataclass(frozen=True)
class Item:
    """One sentence of the plan part that could be an item of the yearly plan.

    `due` is the last day that the sentence names (`dated`), else the end of the year. `likely` says that it is concrete enough to be
    checked off. `section` is the sub-heading that it stands under.
    """

    start: int
    text: str
    title: str
    section: str
    category: str
    due: date
    dated: bool
    likely: bool


def find(text: str, year: int | None = None) -> Part | None:
    """The part of a report that arranges the next year's work: from its heading to the closing words. None where there is none.

    `year` is the year that the report reports on, where the heading does not name the one it plans.
    """
    position, found = 0, None
    for line in text.split("\n"):
        told = _AHEAD.search(line) if len(line.strip()) <= 40 and not _PAST.search(line) else None
        if told and (_LEVEL_1.match(line) or not line.strip().endswith(("。", "；"))):
            stated = int(told["year"]) if told["year"] else None
            if stated is None or year is None or stated == year + 1:
                found = Part(stated or _guessed(text, year), position, _end(text, position + len(line) + 1), line.strip())
        position += len(line) + 1
    return found


def _guessed(text: str, year: int | None) -> int:
    """The year after the one that a text names most."""
    if year is not None:
        return year + 1
    named = re.findall(r"(20\d\d)年", text)
    return int(max(set(named), key=lambda one: (named.count(one), one))) + 1 if named else 0


def _end(text: str, start: int) -> int:
    """Where the closing words begin, or another first-level heading, or the text ends."""
    position, seen = start, False
    for line in text[start:].split("\n"):
        if seen and (_CLOSING.match(line) or (_LEVEL_1.match(line) and len(line.strip()) <= 40)):
            return position
        seen = seen or bool(line.strip())
        position += len(line) + 1
    return len(text)


def items(text: str, part: Part) -> list[Item]:
    """The sentences of a plan part that say what is to be done, in order."""
    found, section = [], ""
    position = text.find("\n", part.start) + 1 or part.end
    for line in text[position : part.end].split("\n"):
        head = _LEVEL_2.match(line) or _LEVEL_1.match(line)
        body = line
        start = position
        if head:
            section = re.split(r"[。：:]", line[head.end() :])[0].strip()
            body = line[head.end() + len(line[head.end() :].split("。")[0]) + 1 :] if "。" in line[head.end() :] else ""
            start = position + len(line) - len(body)
        for sentence in _SENTENCE.finditer(body):
            one = _item(sentence.group(), start + sentence.start(), section, part.year)
            if one:
                found.append(one)
        position += len(line) + 1
    return found


def _item(sentence: str, start: int, section: str, year: int) -> Item | None:
    text = sentence.strip()
    title = re.sub(r"^(?:[一二三四五六七八九十]+是|同时|此外|另外|要)[，、]?", "", text.rstrip("。；！？")).strip()
    if len(title) < 6 or not _WORK.search(title) or _SLOGAN.search(title):
        return None
    due = due_day(title, year)
    return Item(
        start + len(sentence) - len(sentence.lstrip()), text, title[:TITLE_MOST], section, category_of(title, section),
        due or date(year, 12, 31), due is not None, len(title) <= LIKELY_MOST and bool(_CONCRETE.search(title)),
    )  # fmt: skip


_DAY = re.compile(r"(?P<month>1[0-2]|[1-9])月(?:(?P<day>[123]?\d)日|(?P<part>[上中下]旬)|(?P<end>底|末)?)")
_QUARTER = re.compile(r"第?(?P<quarter>[一二三四1-4])季度")


def due_day(text: str, year: int) -> date | None:
    """The last day that a sentence of the plan for `year` names: 6月底前 is 30 June, 上半年 too, 三季度 30 September."""
    days = [_of_month(found, year) for found in _DAY.finditer(text)]
    for found in _QUARTER.finditer(text):
        quarter = "一二三四".find(found["quarter"]) + 1 or int(found["quarter"])
        days.append(_month_end(year, quarter * 3))
    if "上半年" in text:
        days.append(_month_end(year, 6))
    if re.search(r"下半年|年底|年末|年内|全年", text):
        days.append(_month_end(year, 12))
    real = [day for day in days if day is not None]
    return max(real) if real else None


def _of_month(found: re.Match[str], year: int) -> date | None:
    month = int(found["month"])
    if found["day"]:
        try:
            return date(year, month, int(found["day"]))
        except ValueError:
            return None
    part = {"上旬": 10, "中旬": 20}.get(found["part"] or "")
    return date(year, month, part) if part else _month_end(year, month)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


_CATEGORIES = (
    ("appointment", re.compile(r"任免|任命|宪法宣誓|任前")),
    (
        "supervision",
        re.compile(r"执法检查|视察|专题调研|专题询问|听取|审议|监督|评议|测评|备案|审查|督办|质询|票决|民生(?:实事|微实事)"),
    ),
    ("deputy", re.compile(r"代表|联络站|建议|选举|述职")),
    ("decision", re.compile(r"重大事项|决议|决定权")),
    ("meeting", re.compile(r"常委会会议|主任会议|人代会|代表大会|议事规则|座谈会")),
    ("self", re.compile(r"机关|党建|党组|学习|作风|队伍|自身|制度|宣传|调研报告|档案")),
)


def category_of(title: str, section: str = "") -> str:
    """The kind of work that a sentence is about, by its own words first, then by its section's; other where neither tells."""
    for text in (title, section):
        for code, words in _CATEGORIES:
            if words.search(text):
                return code
    return "other"


@dataclass(frozen=True)
class Owner:
    """An organ that may own an item: its key and the words it is called by."""

    pk: int
    names: tuple[str, ...]


_LEADS = re.compile(r"^(?:牵头|负责|主办|承办|具体|会同|做好|完成|拿出)")


def owner_of(title: str, owners: Sequence[Owner]) -> int | None:
    """The organ that a sentence makes responsible: the one before 牵头, 负责, 会同; else the only one that it names. None where unsure."""
    named = list(_named(title, owners))
    leading = [pk for pk, _, end in named if _LEADS.match(title[end:])]
    if leading:
        return leading[0]
    several = {pk for pk, _, _ in named}
    return several.pop() if len(several) == 1 else None


def _named(title: str, owners: Sequence[Owner]) -> Iterator[tuple[int, int, int]]:
    """Organs named in a text with where; a name inside a longer one does not count."""
    hits = [
        (found.start(), found.end(), owner.pk)
        for owner in owners
        for name in owner.names
        if len(name) >= 3
        for found in re.finditer(re.escape(name), title)
    ]
    for start, end, pk in sorted(hits):
        if not any((s <= start and end < e) or (s < start and end <= e) for s, e, _ in hits):
            yield pk, start, end
