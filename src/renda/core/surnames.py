"""Chinese surnames: which ones have two characters, and which are read otherwise than the same character elsewhere."""

DOTS = "·•・‧．."
"""The marks that stand between the parts of a name of another people; `·` is the standard one."""

_COMPOUND = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙
钟离 长孙 宇文 司徒 鲜于 司空 闾丘 亓官 呼延 南荣 东郭 羊舌 拓跋 令狐 轩辕 淳于 颛孙 漆雕 壤驷 第五 百里 宰父 西门
"""
COMPOUND = frozenset(_COMPOUND.split())

READINGS = {
    "单": "shan4", "曾": "zeng1", "查": "zha1", "朴": "piao2", "仇": "qiu2", "解": "xie4", "区": "ou1", "盖": "ge3",
    "任": "ren2", "华": "hua4", "乐": "yue4", "洗": "xian3", "召": "shao4", "缪": "miao4", "覃": "qin2", "牟": "mu4",
    "哈": "ha3", "种": "chong2", "繁": "po2", "秘": "bi4", "祭": "zhai4", "员": "yun4", "贠": "yun4", "翟": "zhai2",
    "阚": "kan4", "郇": "xun2", "郄": "qie4", "那": "na1", "佴": "nai4", "宓": "mi4", "隗": "wei3", "燕": "yan1",
    "应": "ying1", "纪": "ji3", "过": "guo1", "葛": "ge3", "么": "yao1", "撒": "sa3", "折": "she2", "句": "gou1",
    "钭": "tou3", "卜": "bu3", "占": "zhan1", "藏": "zang1", "薄": "bo2", "粘": "nian2", "能": "nai4", "都": "du1",
    "尉": "wei4", "颉": "xie2", "干": "gan1", "适": "kuo4", "宿": "su4", "乜": "nie4", "晁": "chao2", "逄": "pang2",
    "谌": "chen2", "宁": "ning4", "重": "chong2", "长": "chang2", "曲": "qu1", "哥": "ge1", "黑": "he4", "难": "ning4",
    "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "长孙": "zhang3 sun1", "澹台": "tan2 tai2", "鲜于": "xian1 yu2", "令狐": "ling2 hu2",
    "宰父": "zai3 fu3", "皇甫": "huang2 fu3",
}  # fmt: skip
"""Surname → its syllables with the number of the tone, blank between. Where a surname has two living readings, that of the
greater number of bearers stands (覃 qín)."""


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name. A name with a dot (阿不都热依木·买买提) and one in other letters has no surname: ("", name)."""
    if not name or any(dot in name for dot in DOTS) or not "一" <= name[0] <= "鿿":
        return "", name
    length = 2 if len(name) > 2 and name[:2] in COMPOUND else 1
    return name[:length], name[length:]
