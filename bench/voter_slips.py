"""The slips with which a person is written down a second time: one or two of a digit wrong, neighbours swapped, fifteen digits, a variant
character, another character. The variants are listed here by hand, apart from the tables that the rules use."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

VARIANTS = dict(
    zip(
        "张刘陈杨赵黄吴孙马罗郑谢韩冯萧邓许吕苏卢蒋贾叶阎钟谭邹陆龙万钱汤贺赖龚庞兰颜严卫纪丽国华军伟强云飞红兰东峰庆远兴荣凤岚珍莲蓝银铁锦绣胜进乐顺寿"
        "长达贞坚刚诚恩爱语书画诗词环启腾驰鸿显扬业俭实严肃炳晖丹芸莹群岩宁辉昌",
        "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸龍萬錢湯賀賴龔龐蘭顏嚴衛紀麗國華軍偉強雲飛紅蘭東峯慶遠興榮鳳嵐珎蓮藍銀鐵錦繡勝進樂順壽"
        "長達貞堅剛誠恩愛語書畫詩詞環啟騰馳鴻顯揚業儉實嚴肅昺暉丹蕓瑩羣巖寧輝昌",
        strict=True,
    )
)
VARIANTS = {char: variant for char, variant in VARIANTS.items() if char != variant}
TRIED = "杰洁佳嘉家伽平萍苹坪明铭民敏鸣文雯闻纹英瑛应颖燕艳雁彦波博勃泊志智治致军君俊均均华花桦骅秀绣修朽玲灵凌菱林琳霖临"
KINDS: tuple[tuple[str, ...], ...] = (
    ("digit",),
    ("swap",),
    ("old",),
    ("variant",),
    ("character",),
    ("digit", "digit"),
    ("digit", "swap"),
    ("swap", "swap"),
    ("old", "digit"),
    ("old", "swap"),
    ("variant", "digit"),
    ("variant", "swap"),
    ("variant", "old"),
    ("variant", "character"),
    ("character", "digit"),
    ("character", "swap"),
    ("character", "old"),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
Writing = tuple[str, str]


def check_character(first17: str) -> str:
    """The eighteenth character (ISO 7064 MOD 11-2), computed here once more."""
    return "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, first17, strict=True)) % 11]


def add_doubles(people: dict[str, Any], count: int, rng: Random) -> tuple[dict[str, list], dict[tuple[int, int], str]]:
    """The people's columns with ``count`` second rows after them, and which pairs those are. One number in two hundred of people who stand once
    is mistyped as well. A second row is at the same address in half the cases."""
    columns = {name: list(people[name]) for name in ("name", "number", "birth", "sex", "address", "district")}
    total = len(columns["name"])
    whose = rng.sample(range(total), total)
    truth: dict[tuple[int, int], str] = {}
    for place in whose:
        if len(truth) == count:
            break
        slips = KINDS[len(truth) % len(KINDS)]
        written = second(columns["name"][place], columns["number"][place], slips, rng)
        if written is None:
            continue
        truth[(place, len(columns["name"]))] = "+".join(slips)
        _append(columns, place, written, rng)
    for place in whose[-total // 200 :]:
        columns["number"][place] = _digit(columns["name"][place], columns["number"][place], rng)[1]
    return columns, truth


def _append(columns: dict[str, list], place: int, written: Writing, rng: Random) -> None:
    elsewhere = rng.randrange(place, len(columns["name"])) if rng.random() < 0.5 else place
    for name in columns:
        source = elsewhere if name in ("address", "district") else place
        columns[name].append(columns[name][source])
    columns["name"][-1], columns["number"][-1] = written


def second(name: str, number: str, slips: tuple[str, ...], rng: Random) -> Writing | None:
    """Name and number with these slips; None where this person cannot have them (no variant, born after 1999, slips that undo one another)."""
    before = (name, number)
    for slip in slips:
        after = SLIPS[slip](*before, rng)
        if after is None:
            return None
        before = after
    changed = sum(1 for a, b in zip(number, before[1], strict=False) if a != b)
    undone = slips in (("digit", "digit"), ("digit", "swap"), ("swap", "swap")) and changed < 2 + slips.count("swap")
    return None if undone else before


def _digit(name: str, number: str, rng: Random) -> Writing:
    place = rng.randrange(len(number))
    other = rng.choice([char for char in "0123456789" if char != number[place]])
    return name, number[:place] + other + number[place + 1 :]


def _swap(name: str, number: str, rng: Random) -> Writing | None:
    places = [i for i in range(len(number) - 1) if number[i] != number[i + 1] and number[i + 1] != "X"]
    place = rng.choice(places)
    return name, number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def _old(name: str, number: str, rng: Random) -> Writing | None:
    return (name, number[:6] + number[8:17]) if number[6:8] == "19" else None


def _variant(name: str, number: str, rng: Random) -> Writing | None:
    places = [i for i, char in enumerate(name) if char in VARIANTS]
    if not places:
        return None
    place = rng.choice(places)
    return name[:place] + VARIANTS[name[place]] + name[place + 1 :], number


def _character(name: str, number: str, rng: Random) -> Writing | None:
    place = rng.randrange(1, len(name)) if rng.random() < 0.85 else 0
    return name[:place] + rng.choice([char for char in TRIED if char != name[place]]) + name[place + 1 :], number


SLIPS: dict[str, Callable[[str, str, Random], Writing | None]] = {
    "digit": _digit,
    "swap": _swap,
    "old": _old,
    "variant": _variant,
    "character": _character,
}
