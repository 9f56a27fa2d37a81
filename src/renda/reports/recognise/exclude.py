"""Numbers that are no figures of the year's work: dates, ordinals, articles, names, slogans, ages.

Each pattern names a stretch of text inside which no number counts. They are tried on the narrowed text.
"""

from __future__ import annotations

import re

_N = r"[0-9零〇○一二三四五六七八九十百两XxＸ×]{1,12}"
_CN = r"[一二三四五六七八九十]"
_PATTERNS = (
    # dates and times
    rf"(?:(?<!\d)[12]\d{{3}}|[12][0-9XxＸ×]{{3}}|[XxＸ×]{{1,8}}|(?<!\d)\d{{2}}(?=年\d+月)|[一二][零〇○][零〇○一二三四五六七八九]{{2}})(?:年度?)(?![多余来间])(?:{_N}月)?(?:{_N}[日号])?",
    r"(?<=年)[0-9]{1,2}月(?:[0-9]{1,2}[日号])?",
    r"(?<!\d)(?:19|20)\d{2}(?=\s*[-—–~～至到/]\s*(?:19|20)\d{2})",
    r"(?<!\d)(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)",
    rf"(?<![个共])(?<!\d)(?:{_N}|元)月(?:份|底|初|中旬|上旬|下旬|末)?(?:{_N}[日号](?:至{_N}[日号])?)?(?![饼球])",
    rf"(?<=[年至到\-—、])\s*{_N}月(?:份|底|初)?",
    rf"(?<=[月至到\-—、每]){_N}[日号](?![报])",
    r"\d{1,2}[:：]\d{2}(?::\d{2})?",
    rf"{_N}(?:时|点)(?:{_N}分|半|整|许|至{_N}[时点]|(?=[至到开召在]))|(?<=[午晨间晚])\s*{_N}[时点]",
    r"(?:3·15|12·4|11·9|4·15|6·26|\d{1,2}·\d{1,2})",
    # sessions, ordinals, document numbers, articles
    rf"第{_N}(?:次|届|批|期|轮|个|条|款|项|章|节|号|名|位|季度|党支部|选区|组|方阵|大|一)?",
    rf"{_N}届(?:县|市|区|省|全国|乡|镇|旗|州|盟)?(?:人民代表大会|人大|党代会|政协|常委会|人大常委会)?(?:常务委员会|常委会)?第?{_N}次(?:全体|扩大|代表)?(?:会议|全会|会)?",
    rf"{_N}届(?:[^0-9，。,；;、]{{0,14}}?第?{_N}次(?:全体|扩大)?(?:会议|全会))?",
    rf"(?:人民代表大会|人大|人代会|常委会|党代会|全委会|纪委){_CN}{{1,3}}次(?:全体|扩大)?(?:会议|全会)",
    rf"(?:{_CN}中、)*{_CN}中全会|{_CN}中、",
    rf"[〔\[［【(（]\s*(?:19|20)\d{{2}}\s*[〕\]］】)）]\s*{_N}\s*号|{_N}号(?:文件|令|议案|建议|公告|楼|线|公路|院|路)",
    r"(?m)^[ \t\u3000]*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}[、.．是])",
    r"[（(][一二三四五六七八九十]{1,3}[)）]|[（(]\d{1,2}[)）](?![件项条次人份])",
    rf"(?<=[。；;：:,，!！”\s]){_CN}是(?![不全])|(?<=[。；;：:]){_CN}要|其{_CN}[，,、是]",
    r"(?<=[。；;：:])\d{1,2}[.．、](?!\d)",
    # the party, plans, institutions, fixed phrases
    rf"党的{_CN}{{1,3}}大|{_CN}{{1,3}}大(?:报告|精神|以来|和|及|胜利|提出|召开|(?={_CN}届))",
    r"[“\"‘]?十[一二三四五]五[”\"’]?(?=规划|期间|时期|末|以来|发展|开局|收官|目标|[”\"’,，。、的])|[“\"]十[一二三四五]五[”\"]",
    r"一府[一两二三]委?[一两]?院?|一府两院|一府一委两院|一委两院|两[院官高会代级法]|[二三四五]级(?!以上医院)|双联系|三农|三公|[一两二三]个确立|[两二]个维护",
    r"四个(?:意识|自信|机关|全面|服从)|三个(?:务必|代表(?!团)|有机统一|确保|机关)|八项规定|三会一课|一岗双责|五位一体|[三四]严[三四]实|一法[一两二三四]?(?:条例|办法|决定|规定)|两?法一条例|四风|六[稳保]|七一|八一|五四|三八|五一",
    r"一带一路|一村一品|一把手|一站式|一条龙|一线|一体|一批|一系列|一定|一致|一道|一起(?![案事])|一流|一心|统一|唯一|进一步|一方面|另一|之一|同一|一同|一手|一直|一切|一些|一旦|一般|一律|一贯|一再|一度|一抓|单一|专一|万一",
    r"十分|百年|百日|百姓|百花|千家|万家|千方百计|万户|千万家|百家争|四川|九江|三亚|三明|六安|五常|三峡|九龙|百色|千岛|万州|万宁|三河|三门|五河|八里|双百|万众|千头万绪|亿万|百分百",
    r"\d{3,5}(?:热线|平台)|24小时|7[×x*]24|365天|\d{1,2}A级|[A-Za-z]{1,20}[-.]?\d{1,12}(?:\.\d{1,6})?",
    r"(?:数字|智慧|新)?\d{1,8}\s?[+＋]\s*(?:\d+|[A-Za-zNX])(?:\s*[+＋]\s*(?:\d+|[A-Za-zNX]+))*",
    # ages, durations that only place something in time, limits
    rf"{_N}(?:多|余)?(?:周岁|岁)(?:以[上下])?",
    rf"(?:[近这过去前后今未来多每头]|为期|满|任期|跨越|用时近){_N}(?:多|余)?(?:个)?(?:年|周年)(?:多|来|间|里|以来|以上)?",
    rf"{_N}(?:多|余)?年(?:来|间|里|前|后|以来|任期|期|内|规划|计划|行动|攻坚|届内)",
    rf"{_N}(?:个)?(?:工作日|月|天|日|小时|周|年)(?:之)?(?:内|以内|前|后|左右内)",
    rf"[上下前]{_N}(?:个)?(?:年|月|季度)",
    r"[一二三四]季度|上半年|下半年|半年|[三四]分之[一二三](?=以上|多数)",
    rf"(?:不少于|不得少于|至少|不低于|不超过|不得超过|以内){_N}(?:名|人|次|天|日|个工作日|年)(?=以上|选民|代表联名)",
    rf"(?<=[实落推践]施)一户一|{_N}(?:好|星级|星|强县|强)",
    rf"{_CN}{{1,3}}(?=人大(?:代表|常委会|{_CN}))",
    rf"联名{_N}[人名]|(?<![\d一二三四五六七八九十百])(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})[人名](?:及|或)?以上|{_N}[人名](?:以上)?(?:代表)?联名|{_N}楼(?!栋)",
    r"(?<=[A-Za-z+＋])\d+",
    r"1[3-9]\d{9}|0\d{2,3}[-—]\d{7,8}",
)
_EXCLUDED = tuple(re.compile(pattern) for pattern in _PATTERNS)
_TITLE = re.compile(r"《[^《》\n]{1,80}》|〈[^〈〉\n]{1,60}〉")
_QUOTED = re.compile(r"“([^“”\n]{1,40})”|「([^「」\n]{1,40})」|‘([^‘’\n]{1,30})’|\"([^\"\n]{1,40})\"")
_FIGURE_IN_QUOTES = re.compile(r"\d+(?:余|多)?(?:人次|件|条|%|名|万元|亿元)")
_SPEECH = re.compile(r"[，。；！？;!?]")
# Durations that are themselves reported: how long a matter took or was pursued.
DURATION_CUE = re.compile(
    r"历时|用时|仅用|只用|用了|耗时|平均|时长|时间由|时间从|缩短|压缩|提前|跟踪督办|跟踪监督|持续督办|连续督办|持续跟踪|连续跟踪|持续监督|办理周期|周期|办结时间|审查时限|完工|工期|紧盯|接续|跨年|值班|轮值|坐班|每(?:个)?(?:月|季度?|周)\|"
)


def _quote_spans(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _TITLE.finditer(text)]
    for match in _QUOTED.finditer(text):
        inside = next(group for group in match.groups() if group is not None)
        if len(inside) <= 20 and not _FIGURE_IN_QUOTES.search(inside) and not _SPEECH.search(inside):
            spans.append(match.span())
    return spans


def excluded(text: str, quoted: bool = True) -> bytearray:
    """One byte per code point of `text`: 1 where a number is no figure of the year's work.

    With `quoted` false, titles and slogans in quotation marks hide nothing.
    """
    mask = bytearray(len(text))
    spans = _quote_spans(text) if quoted else []
    for pattern in _EXCLUDED:
        spans.extend(match.span() for match in pattern.finditer(text))
    for start, end in spans:
        mask[start:end] = b"\x01" * (end - start)
    return mask
