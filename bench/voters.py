"""Made-up voters with planted duplicates, from a seed: families, twins, homonyms, and people written down twice with slips.

The frequencies of names are drawn from the seed (Zipf's law over a shuffled order, with fashions by decade), so that nothing in
the rules can have been fitted to them. Truth is the set of pairs of rows that are one person; twins, homonyms and single
mistyped numbers are people of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
from bench import voter_slips

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段漕钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢"
    "路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红玉梅文华建国志玲辉云飞鹏波斌宇浩凯健俊帆帅旭宁林欢阳东海峰振庆立新永德远正兴生光荣家祥福根"
    "松成燕慧莉洁琴雪颖琳月倩春蓉凤岚瑶菊珍薇婷蕾晓佳淑惠雅欣怡彩子轩涵梓浩然宏达仁义礼智信忠孝贤良才学思源清泉江河山川岩石金银铜铁锦绣田禾苗木森"
    "水火土天地星辰日晨曦晴雨露霜冰竹荷莲萍蓝青黄紫白玄武胜利民主卫保群众社会发展进步革改革开放和谐友爱善美好乐康安顺吉庆如意万千百亿丰收满堂长久寿"
    "昌盛隆泰通达元亨利贞乾坤坚毅刚柔中庸敬诚恒心念恩情爱悦喜笑语书画诗词琪琛瑞瑾瑜璐珊珠环佩玺嘉佑启航翔翼腾骏驰驹虎彪豹麟鸿雁鹤鹰宗祖耀显扬名世代"
    "承继传守业勤俭朴实厚重威严肃穆尚崇高尊卓越超群英豪杰雄魁首先锋标兵炳炎烨焕灿煜照亮昕昊晟景晖映彤丹朱茜芬芝芸芷若茹茵荣莹萌菁菲萱蕊蔓薛露"
)
OLD_COUNTY, NEIGHBOURS = 511023, 12
VILLAGES = ("石桥", "龙潭", "柏树", "双河", "新店", "青杠", "大坪", "罗汉", "观音", "黄泥", "白塔", "高峰")


@dataclass(frozen=True)
class Made:
    """Voters, who among them is one person (pairs of voter_id, the smaller first, and with which slips), and pairs that are no duplicates."""

    frame: pa.Table
    truth: dict[tuple[int, int], str]
    twins: set[tuple[int, int]]


def make(count: int, seed: int, *, twice: float = 0.01) -> Made:
    """``count`` rows, of which the share ``twice`` are second rows of somebody with one or two slips; shuffled."""
    draw = np.random.default_rng(seed)
    doubles = int(count * twice)
    people = _people(count - doubles, draw)
    columns, truth = voter_slips.add_doubles(people, doubles, Random(seed))
    order = draw.permutation(count)
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)

    def pair(a: int, b: int) -> tuple[int, int]:
        low, high = sorted((int(place[a]), int(place[b])))
        return low, high

    frame = pa.table({name: pa.array(values).take(pa.array(order)) for name, values in columns.items()})
    frame = frame.append_column("voter_id", pa.array(np.arange(count, dtype=np.int64)))
    return Made(frame, {pair(a, b): kind for (a, b), kind in truth.items()}, {pair(a, b) for a, b in people["twins"]})


def _people(count: int, draw: np.random.Generator) -> dict[str, Any]:
    """Different human beings, in families, with different sound numbers."""
    family = np.repeat(np.arange(count), draw.integers(1, 6, count))[:count]
    surname = _zipf(SURNAMES, draw)(family[-1] + 1)[family]
    married_in = draw.random(count) < 0.3
    surname[married_in] = _zipf(SURNAMES, draw)(int(married_in.sum()))
    male = draw.random(count) < 0.51
    year = 2008 - np.minimum(draw.gamma(3.2, 11.0, count), 88).astype(int)
    days = np.array(np.datetime64("1970-01-01"), dtype="datetime64[D]") + (year - 1970) * 365 + draw.integers(3, 360, count)
    given = _given_names(male, year, draw)
    twins = _twins(family, surname, given, male, days, draw)
    _namesakes(surname, given, days, male, draw)
    born = days.astype("datetime64[D]").astype(object)
    village = draw.integers(0, max(count // 700, 3), family[-1] + 1)[family]
    return {
        "name": [a + b for a, b in zip(surname.tolist(), given.tolist(), strict=True)],
        "number": _numbers(born, male, twins, draw),
        "birth": born.tolist(),
        "sex": np.where(male, "男", "女").tolist(),
        "address": [
            f"{VILLAGES[v % 12]}镇{v // 12}村{f % 400}号{f}" for v, f in zip(village.tolist(), family.tolist(), strict=True)
        ],
        "district": [f"第{v}选区" for v in village.tolist()],
        "twins": twins,
    }


def _zipf(pool: str, draw: np.random.Generator) -> Callable[[int], np.ndarray]:
    """Draws characters by a law of its own: a shuffled order, and an exponent of its own."""
    chars = np.array(sorted(set(pool)))
    draw.shuffle(chars)
    weights = 1.0 / (np.arange(len(chars)) + draw.uniform(2, 6)) ** draw.uniform(0.85, 1.15)
    return lambda count: draw.choice(chars, count, p=weights / weights.sum())


def _given_names(male: np.ndarray, year: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """By sex and by decade, each with its own fashion; a fourth of one character; some whole names are very common."""
    given = np.empty(len(male), dtype="U4")
    decade = year // 10
    for sex in (False, True):
        for ten in np.unique(decade):
            who = np.flatnonzero((male == sex) & (decade == ten))
            first, second = _zipf(GIVEN, draw), _zipf(GIVEN, draw)
            names = np.char.add(first(len(who)), np.where(draw.random(len(who)) < 0.25, "", second(len(who))))
            liked = np.char.add(first(30), np.where(draw.random(30) < 0.4, "", second(30)))
            fashionable = draw.random(len(who)) < 0.12
            names[fashionable] = draw.choice(liked, int(fashionable.sum()))
            given[who] = names
    return given


def _twins(
    family: np.ndarray, surname: np.ndarray, given: np.ndarray, male: np.ndarray, days: np.ndarray, draw: np.random.Generator
) -> list[tuple[int, int]]:
    """In one family of a hundred two members become twins: one birth date, one surname, often a character of the name in common."""
    pairs = []
    for place in np.flatnonzero((family[1:] == family[:-1]) & (draw.random(len(family) - 1) < 0.012)).tolist():
        if pairs and pairs[-1][1] == place:
            continue
        other = place + 1
        days[other], surname[other] = days[place], surname[place]
        if draw.random() < 0.6:
            male[other] = male[place]
        if draw.random() < 0.7 and given[other] != given[place]:
            given[other] = given[place][0] + given[other][-1]
        if given[other] == given[place]:
            given[other] = given[place][0] + ("双" if given[place][-1] != "双" else "成")
        pairs.append((place, other))
    return pairs


def _namesakes(surname: np.ndarray, given: np.ndarray, days: np.ndarray, male: np.ndarray, draw: np.random.Generator) -> None:
    """One in five hundred bears the name of somebody else who was born on the same day."""
    count = len(surname)
    who = draw.integers(0, count, count // 500)
    whose = draw.integers(0, count, count // 500)
    for place, other in zip(who.tolist(), whose.tolist(), strict=True):
        surname[place], given[place], days[place], male[place] = surname[other], given[other], days[other], male[other]


def _numbers(born: np.ndarray, male: np.ndarray, twins: list[tuple[int, int]], draw: np.random.Generator) -> list[str]:
    """Sound numbers, no two alike: most of the county's own area code, sequence numbers in stretches, those of twins next to one another."""
    count = len(born)
    share = draw.random(count)
    area = np.where(share < 0.72, OLD_COUNTY, OLD_COUNTY + draw.integers(1, NEIGHBOURS, count))
    away = share > 0.93
    area[away] = draw.integers(11, 65, int(away.sum())) * 10_000 + draw.integers(1, 30, int(away.sum())) * 100 + 21
    sequence = (draw.integers(0, 25, count) * 40 + draw.geometric(0.12, count)) % 990
    younger = {other: place for place, other in twins}
    used: set[str] = set()
    numbers = []
    for place in range(count):
        code, after = int(area[place]), int(sequence[place])
        if place in younger:
            first = numbers[younger[place]]
            code, after = int(first[:6]), int(first[14:17]) + 1
        number = _free(f"{code:06d}{born[place]:%Y%m%d}", after, bool(male[place]), used)
        used.add(number)
        numbers.append(number)
    return [number + voter_slips.check_character(number) for number in numbers]


def _free(start: str, after: int, male: bool, used: set[str]) -> str:
    """The next sequence number of the sex's parity that nobody has."""
    number = after + (after % 2 != male)
    while f"{start}{number % 1000:03d}" in used:
        number += 2
    return f"{start}{number % 1000:03d}"
