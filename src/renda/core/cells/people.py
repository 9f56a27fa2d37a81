"""Several people, head counts or a list in one cell, as real ledgers have them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from renda.core.cells import numerals
from renda.core.cells.base import HAN, N_, CellError, CellValue, read_text, required_text

_LIMIT = 20_000
_DOTS = str.maketrans(dict.fromkeys("•・‧･∙⋅●．", "·"))
_COUNT = re.compile(
    r"(?P<about>约|近|逾|超过|共约)?(?:共计|合计|总计|共有|共)?(?P<number>\d{1,3}(?:[,，]\d{3})+|\d+)(?P<more>余|多|来)?"
    r"\s*(?:名|位|个)?(?P<unit>人次|人|名|位)(?P<more2>以上|左右)?"
)
_SPOKEN_COUNT = re.compile(f"[{numerals.CHARACTERS}]+(?=余?多?(?:名|位)?(?:人次|人|名)$)")
_HAN_NAME = re.compile(f"[{HAN}]{{2,4}}")
_LONG_NAME = re.compile(f"[{HAN}]{{1,15}}(?:·[{HAN}]{{1,15}}){{1,5}}|[A-Za-z][A-Za-z .'·\\-]{{1,49}}")
_LONG_PLAIN = re.compile(f"[{HAN}]{{5,15}}")
_MINORITY = frozenset("阿依买木提江汗古丽尔热艾巴克吐肉孜拉合曼迪娜别达扎西卓玛次仁尼加措旺多吉斯库布图格日乐其木")
_NOT_NAMES = re.compile(
    "全体|有关|相关|部分|各[^自]|领导|人员|代表|委员|单位|部门|干部|群众|负责|工作|班子|成员|机关|同志们|村民|居民|选民|职工|党员|学生|教师|"
    "政府|人大|法院|公司|中心|局$|办$|县$|组$|社区|街道|等$|若干|详见|附件|名单|不详|待定|同上|如下"
)
_PLACE = re.compile(f"[{HAN}]{{2,}}[镇乡村]")
_SURNAMES = frozenset("王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗郑梁谢宋唐许韩冯邓曹彭曾")
_TITLE_WORDS = (
    "书记员|党组书记|党组成员|党委书记|党委副书记|党委委员|副书记|书记|副县长|县长|副镇长|镇长|副乡长|乡长|副主任委员|主任委员|副主任|主任|"
    "副局长|局长|副院长|院长|副检察长|检察长|副区长|区长|副市长|市长|副科长|科长|副主席|主席|常委|秘书长|调研员|副组长|组长|站长|"
    "庭长|审判员|检察员|法官|检察官"
)
_TITLE_FIRST = re.compile(f"((?:县|区|市|镇|乡)?(?:{_TITLE_WORDS}))([{HAN}]{{2,4}})")
_TITLE_LAST = re.compile(f"([{HAN}]{{2,3}}?)((?:{_TITLE_WORDS})|同志|女士|先生|老师)")
_ENDS_IN_TITLE = re.compile(f"(?:{_TITLE_WORDS})$")
_LABEL = re.compile(f"([{HAN}]{{2,8}})[:：]")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_NUMBERING = re.compile(rf"(?:^|(?<=[\s、，,;；]))(?:\d{{1,3}}\s*[.、．)）]|[（(]\d{{1,3}}[)）]|[①-⑳])\s*(?=[{HAN}A-Za-z])")
_JOINED = re.compile("以及|[和及与]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """One person named in a cell and what stood beside the name: a place, an organ, a title, a role."""

    name: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class PeopleCell:
    """Who is named in a cell, and the head count when one is written.

    `head_count` counts persons, or attendances when `person_times` (人次). `approximate` when the cell says 约, 余 or an open 等.
    """

    names: tuple[PersonName, ...] = ()
    head_count: int | None = None
    approximate: bool = False
    person_times: bool = False


def read_name(value: CellValue) -> str:
    """One person's name: blanks inside a Chinese name out, the dot of long names as ·. Raises `CellError` for what is no name."""
    people = split_people(value)
    if len(people.names) != 1 or people.head_count is not None or people.approximate:
        raise CellError(N_("“{found}”不是一个人的姓名。这里只填一个人。"), found=read_text(value))
    return people.names[0].name


def split_people(value: CellValue) -> PeopleCell:
    """The people of a cell: 张三、李四（龙潭镇）, 王 五, 王五等12人, 32人, 32人次, 约30余人.

    Raises `CellError` for a word that is no name (全体代表), rather than make a person of it.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return PeopleCell(head_count=_whole_heads(value))
    required_text(value, limit=_LIMIT)
    text = read_text(value, lines=True).translate(_DOTS)
    if text.isdigit() and len(text) < 7:
        return PeopleCell(head_count=int(text))
    names: list[PersonName] = []
    count: int | None = None
    approximate = person_times = False
    for segment, label in _segments(_NUMBERING.sub("、", _THOUSANDS.sub("", text))):
        rest, found = _take_count(segment)
        if found:
            number, rough, times = found
            count = (count or 0) + number
            approximate, person_times = approximate or rough, person_times or times
        elif rest.endswith("等") and len(rest) > 2:
            rest, approximate = rest[:-1], True
        if rest:
            names.extend(_names(rest, label))
    if not names and count is None:
        raise _not_a_name(text)
    return PeopleCell(tuple(names), count, approximate, person_times)


def _whole_heads(value: int | float) -> int:
    text = read_text(value)
    if not text.isdigit():
        raise CellError(N_("“{found}”不是人数。请填人名，或填整数的人数。"), found=text)
    return int(value)


def _not_a_name(text: str) -> CellError:
    return CellError(N_("“{found}”不像人名。请写人名（用顿号隔开），或写人数，例如 25人。"), found=text)


def _segments(text: str) -> list[tuple[str, str]]:
    """The parts between separators, brackets kept whole, each with the label that stands before it (附议人：…)."""
    result, label = [], ""
    for part in split_outside_brackets(text, "、，,;；/|\n。"):
        match = _LABEL.match(part)
        if match:
            label, part = match[1], part[match.end() :].strip()
        part = part.strip()
        if part:
            result.append((part, label))
    return result


def split_outside_brackets(text: str, separators: str) -> list[str]:
    """Split at any of `separators` that stands outside （）, (), 《》, 〔〕 and “”; empty parts are left out."""
    pattern = re.compile("[" + re.escape(separators + "（(《〔“）)》〕”") + "]")
    parts, depth, start = [], 0, 0
    for match in pattern.finditer(text):
        ch = match[0]
        if ch in separators:
            if depth == 0:
                parts.append(text[start : match.start()])
                start = match.end()
        elif ch in "（(《〔“":
            depth += 1
        else:
            depth = max(0, depth - 1)
    parts.append(text[start:])
    if depth:  # an unclosed bracket must not swallow the rest
        return [part.strip() for part in re.split("[" + re.escape(separators) + "]", text) if part.strip()]
    return [part.strip() for part in parts if part.strip()]


def _take_count(segment: str) -> tuple[str, tuple[int, bool, bool] | None]:
    """Cut a head count from the end of a segment: 王五等12人 → 王五 and 12."""
    match = re.search(rf"[（(]?{_COUNT.pattern}[)）]?$", segment)
    if match is None and _SPOKEN_COUNT.search(segment):
        changed = _SPOKEN_COUNT.sub(lambda spoken: str(numerals.parse(spoken[0]) or spoken[0]), segment)
        match = re.search(rf"[（(]?{_COUNT.pattern}[)）]?$", changed)
        segment = changed if match else segment
    if match is None:
        return segment, None
    rest = segment[: match.start()].strip().removesuffix("等").strip()
    number = int(re.sub("[,，]", "", match["number"]))
    if number > 10_000_000:
        raise CellError(N_("“{found}”里的人数太大了。请核对。"), found=segment)
    rough = any(match[key] for key in ("about", "more", "more2"))
    return rest, (number, rough, match["unit"] == "人次")


def _names(segment: str, label: str) -> list[PersonName]:
    """The names in a segment without separators but blanks: `李 明`, `张三 李四`, `张三（龙潭镇）`, `张三和李四`."""
    qualifier = label
    match = re.fullmatch(r"(.*?)[（(]([^（(）)]*)[)）]\s*(.*)", segment)
    if match:
        inner, segment = match[2].strip(), f"{match[1]} {match[3]}".strip()
        qualifier = inner or label
        if not segment:
            raise _not_a_name(inner)
        if re.search(r"[（(）)]", segment):
            raise _not_a_name(segment)
    names = [_name(token, qualifier) for token in _tokens(segment)]
    return [name for group in names for name in group]


def _tokens(segment: str) -> list[str]:
    """Words of a segment between blanks, with names that were spaced out put together again."""
    segment = re.sub(r"\s*·\s*", "·", segment)
    if " " not in segment or re.fullmatch(r"[A-Za-z .'·\-]+", segment):
        return [segment]
    words = segment.split()
    if all(len(word) == 1 for word in words):
        if len(words) <= 3:
            return ["".join(words)]
        if len(words) % 2:
            raise _not_a_name(segment)
        return ["".join(words[i : i + 2]) for i in range(0, len(words), 2)]
    tokens: list[str] = []
    single = ""
    for word in words:
        if single:
            tokens.append(single + word)
            single = ""
        elif len(word) > 1:
            tokens.append(word)
        elif word is words[-1] and tokens:
            tokens[-1] += word
        else:
            single = word
    return tokens if not single else [*tokens, single]


def _name(token: str, qualifier: str) -> list[PersonName]:
    first = _TITLE_FIRST.fullmatch(token)
    if first and _is_name(first[2]):
        return [PersonName(first[2], qualifier or first[1])]
    last = _TITLE_LAST.fullmatch(token)
    if last and _is_name(last[1]):
        title = "" if last[2] in ("同志", "女士", "先生", "老师") else last[2]
        return [PersonName(last[1], qualifier or title)]
    if _is_name(token) or (_LONG_NAME.fullmatch(token) and not _NOT_NAMES.search(token)):
        return [PersonName(token, qualifier)]
    for joint in _JOINED.finditer(token):
        pair = token[: joint.start()], token[joint.end() :]
        if all(map(_is_name, pair)):
            return [PersonName(part, qualifier) for part in pair]
    if _LONG_PLAIN.fullmatch(token) and not _NOT_NAMES.search(token) and sum(ch in _MINORITY for ch in token) * 2 >= len(token):
        return [PersonName(token, qualifier)]
    raise _not_a_name(token)


def _is_name(word: str) -> bool:
    """Whether a word of two to four characters can be a Chinese name: no office word, no title, no township."""
    if not _HAN_NAME.fullmatch(word) or _NOT_NAMES.search(word) or _ENDS_IN_TITLE.search(word):
        return False
    return word[0] in _SURNAMES or not _PLACE.fullmatch(word)


_CLASS_COUNT = re.compile(
    r"(?P<label>.*?)[:：]?\s*(?P<about>约|近)?(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<more>余|多)?\s*(?:名|位|个)?(?:人次|人|名|位)?"
)
_TOTAL_AND_PARTS = re.compile(
    r"(?:共计|合计|总计|共)?([^、，,;；（(]*?\d+[^、，,;；（(]*?)\s*[，,、；;]?\s*[（(]?(?:其中|包括)[:：]?(.*?)[)）]?"
)


def split_head_counts(value: CellValue, *, approximate: bool = False) -> list[tuple[str, int]]:
    """Head counts by class of people: 县级代表15人、乡镇代表30人 gives two; a bare 32人 has the class "".

    共45人，其中县级代表15人 gives the class and the remainder as 其他. Raises `CellError` for a part without a number, for
    parts above their total, and for 约 and 余 unless `approximate`.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [("", _whole_heads(value))]
    text = _THOUSANDS.sub("", required_text(value, limit=_LIMIT))
    total, inner = _total_and_parts(text)
    parts = [_class_count(part, approximate) for part in split_outside_brackets(inner, "、，,;；。\n ")] if inner else []
    if total is None:
        return parts
    whole = _class_count(total, approximate)
    if not parts:
        return [whole]
    rest = whole[1] - sum(count for _, count in parts)
    if rest < 0:
        raise CellError(N_("“{found}”里各类人数相加超过了总数。请核对。"), found=text)
    return [*parts, ("其他", rest)] if rest else parts


def _total_and_parts(text: str) -> tuple[str | None, str]:
    match = _TOTAL_AND_PARTS.fullmatch(text)
    if match:
        return match[1], match[2]
    return None, re.sub(r"^(?:共计|合计|总计|共)(?=\d)", "", text)


def _class_count(part: str, approximate: bool) -> tuple[str, int]:
    match = _CLASS_COUNT.fullmatch(numerals.to_digits(part) if not re.search(r"\d", part) else part)
    if match is None:
        raise CellError(N_("“{found}”里没有人数。请写成“县级代表15人、乡镇代表30人”。"), found=part)
    if (match["about"] or match["more"]) and not approximate:
        raise CellError(N_("“{found}”是约数，这里要确数。请填准确的人数。"), found=part)
    return match["label"].strip(" 有：:"), int(match["number"].replace(",", ""))
