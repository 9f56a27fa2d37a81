"""Invented names of people, villages and roads. Whoever bears such a name bears it by chance."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from renda.core.cells import CellError
from renda.core.cells.people import split_people

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗高林郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方"
    "邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
)
COMPOUND = ("欧阳", "司徒", "诸葛", "上官", "慕容", "皇甫")
MEN = "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳建国志东海峰振庆立新文永德远正兴生光荣家祥福根松成"
WOMEN = "芳娜敏静秀丽艳娟霞燕玲桂红梅兰英萍慧莉洁云琴雪颖琳月倩春蓉凤岚瑶菊珍薇婷蕾晓佳淑惠雅欣怡彩"
OTHER_PEOPLES = {
    "维吾尔族": (("阿不都热依木", "买买提江", "艾尔肯", "吐尔逊", "阿依古丽", "热依汗古丽", "帕提古丽"), ("买买提", "吐尔地", "卡德尔", "依明", "肉孜"), "·"),
    "藏族": (("扎西", "次仁", "卓玛", "达瓦", "尼玛", "桑吉"), ("顿珠", "拉姆", "多吉", "旺堆", "央金"), ""),
    "蒙古族": (("巴特尔", "其其格", "乌云", "苏日娜", "格日勒"), ("",), ""),
    "彝族": (("阿木", "吉克", "沙马", "勒格"), ("拉且", "伍呷", "日古", "阿依"), ""),
    "傣族": (("岩", "玉"), ("温罕", "香叫", "罕香", "坎章"), ""),
}  # fmt: skip
VILLAGE_FIRST = "上下大小新老东西南北前后石沙杨柳梨桃松竹白青黄红"
VILLAGE_LAST = ("湾村", "坪村", "坝村", "沟村", "塘村", "坡村", "岭村", "畈村", "河村", "井村", "桥村", "寨村", "口村")


@lru_cache(maxsize=20_000)
def readable(name: str) -> bool:
    """Whether a ledger's cell with this name is read as this one person."""
    try:
        people = split_people(name)
    except CellError:
        return False
    return people.head_count is None and [p.name for p in people.names] == [name] and not people.names[0].qualifier


def person_name(rng: Random, sex: str) -> tuple[str, str]:
    """A name and the people (民族) it belongs to; ``sex`` is male or female."""
    while True:
        name, nationality = _name(rng, sex)
        if readable(name):
            return name, nationality


def _name(rng: Random, sex: str) -> tuple[str, str]:
    draw = rng.random()
    if draw < 0.04:
        nationality = rng.choice(list(OTHER_PEOPLES))
        first, last, joint = OTHER_PEOPLES[nationality]
        return f"{rng.choice(first)}{joint}{rng.choice(last)}", nationality
    surname = rng.choice(COMPOUND) if draw < 0.05 else SURNAMES[min(int(rng.expovariate(0.035)), len(SURNAMES) - 1)]
    pool = MEN if sex == "male" else WOMEN
    given = rng.choice(pool) + (rng.choice(pool + "建志文玉海晓") if rng.random() < 0.76 else "")
    return surname + given, rng.choices(("汉族", "回族", "土家族", "苗族", "壮族"), (88, 5, 3, 2, 2))[0]


def village_names(rng: Random, count: int) -> list[str]:
    """Different names of villages, each ending in 村."""
    every = [first + last for first in VILLAGE_FIRST for last in VILLAGE_LAST]
    return rng.sample(every, count)
