"""Article notation: ``14(2)`` in the files reads 第十四条第二款 to people; ``i4`` is 第四项 of a text without articles."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_NOTATION = re.compile(r"^(?P<article>\d+)(?:\((?P<paragraph>\d+)\))?(?:\((?P<item>\d+)\))?$")
_ITEM = re.compile(r"^i(?P<item>\d+)(?:\((?P<paragraph>\d+)\))?$")


def chinese_number(number: int) -> str:
    """A whole number from 1 to 9999 as statutes write it: 15 → 十五, 101 → 一百零一, 1260 → 一千二百六十."""
    if not 0 < number < 10_000:
        raise ValueError(number)
    text = ""
    pending_zero = False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit == 0:
            pending_zero = bool(text)
            continue
        text += ("零" if pending_zero else "") + _DIGITS[digit] + word
        pending_zero = False
    return text.removeprefix("一") if text.startswith("一十") else text


def article_text(notation: str) -> str:
    """The wording of an article reference; several are joined with commas; anything not in notation stays as written."""
    return "、".join(_one(part.strip()) for part in notation.split(",")) if _all_notation(notation) else notation


def _all_notation(notation: str) -> bool:
    return all(_NOTATION.match(part.strip()) or _ITEM.match(part.strip()) for part in notation.split(","))


def _one(part: str) -> str:
    if match := _NOTATION.match(part):
        text = f"第{chinese_number(int(match['article']))}条"
        if match["paragraph"]:
            text += f"第{chinese_number(int(match['paragraph']))}款"
        if match["item"]:
            text += f"第{chinese_number(int(match['item']))}项"
        return text
    match = _ITEM.match(part)
    assert match
    text = f"第{chinese_number(int(match['item']))}项"
    return text + (f"第{chinese_number(int(match['paragraph']))}款" if match["paragraph"] else "")
