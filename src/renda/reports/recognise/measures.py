"""Measure words that follow a number, and what kind of figure each announces."""

from __future__ import annotations

import re

PERSON_TIMES = ("人次", "人(次)", "人（次）", "户次", "人·次")
PERSONS = ("名", "人", "位", "员")
TIMES = ("年", "个月", "月", "天", "日", "个工作日", "工作日", "小时", "个小时", "分钟", "周", "个星期")
PERCENT = ("%", "％", "‰")
POINTS = ("个百分点", "百分点")
_MONEY = ("元", "万元", "亿元", "千元", "万美元", "美元")
_COUNTING = """
件(次) 件（次） 批(次) 批（次） 场(次) 场（次） 户(次) 户（次）
件次 批次 场次 期次 车次 家次 班次 频次 篇次 项次 个次 大类 台次 辆次 平方公里 平方千米 平方米 立方米 公里 千米 公顷
公斤 千瓦时 千瓦 兆瓦 件套 起案件 小类 次 场 期 批 轮 趟 班 件 项 条 个 份 篇 部 处 座 家 所 户 栋 幢 块 台 套
辆 张 面 幅 册 本 盒 只 棵 株 盏 头 亩 米 吨 例 起 宗 桩 组 支 类 种 门 堂 节 讲 课 票 间 口 眼 片 段 笔
单 站 室 点 对 封 版 集 部件 道 根 艘 架 杆 顶 桶 袋 箱 瓶 床 席 卷 款 镇 乡 县 村 国 校 倍 分 字 股 团 队
方 艺 瓦 度 岗 则 幕 把 枚 扇 颗 匹 尊 副 双 页 帧 路 线 环 层 楼 户数 人份 方面 代表团
"""
_ALL = sorted({*PERSON_TIMES, *PERSONS, *TIMES, *PERCENT, *POINTS, *_MONEY, *_COUNTING.split()}, key=len, reverse=True)
MEASURE = re.compile("|".join(map(re.escape, _ALL)))
# A number may stand right before what it counts: 1600余代表, 对12部门.
BARE_NOUN = re.compile(
    r"代表(?!团)|群众|选民|部门|单位|乡镇|镇街|街道|村社|社区|选区|站点|企业|干部|法官|检察官|家庭|项目|党员|委员"
)
# What makes a measure word only the first character of a longer word.
NOT_AFTER = re.compile(
    r"人(?:大(?!代表)|民|社局|力|事|才|均|居|气|心|生|文|类|物|格|身|防|武)|部(?:门|署|队|分|委|级|长)|项目|家(?:园|庭|乡|属|长|禽|站)|名(?:单|义|称|誉|额|优)"
    r"|处(?:理|长|置|级|罚)|方(?:案|式|法|便|针|向|可)|点(?:对|面|击|位|题|评|亮|滴|多|[一二三四五六七八九零])|线(?:上|下|索)|路(?:径|线|段)|层(?:级|面|次)|度(?:假|过)|分(?:别|布|类|管|工|为|散|之|期|批|钟|管|子|局|支|片|组)|日(?:报|常|益|程|子)"
    r"|网|国(?:家|道|有|内|际)|县(?:委|人|政|区|城|域|级|法|检|监|直)|村(?:级|民|委|庄)|乡(?:村|亲|镇人|土|贤)|镇(?:街|人大|党|级|村)|校(?:园|舍|长|车)|队(?:伍|员)|团(?:结|队|体|组)|把(?:关|握|脉)|道(?:路|德)|对(?:接|口|照|标|话|策|于|象|外|内|全|县|市|区)|环(?:境|保|节|评|卫)|站(?:点|位|在|所|长)|室(?:内|外)"
    r"|级|届|段(?:式)?时|单(?:位|元|独)|字(?:当|为)|集(?:中|体|团|聚|成)|条(?:例|件|块)|个(?:人|性|体|别)|本(?:级|地|届|县|市|区|年|村|镇|职|着|次|轮)|期(?:间|待|盼|限|刊|末|初)|年(?:度|轻|级|货)|面(?:对|向|积|貌|临|上)|版(?:本|图)|门(?:前|口|户)"
    r"|头(?:雁|部)|口(?:头|述|径)|起(?:来|草|诉|步|到)|位(?:置|居|于|列|次)|类(?:别|型|似)|批(?:评|复|准|示)|组(?:织|长|员|合|成|建|别)|支(?:部|持|撑|付|出|队伍建)|台(?:账|阶|风)|套(?:路)|张(?:贴|榜)|块(?:状)|轮(?:训|换|流|岗|值)|节(?:约|点|日|能|假)|课(?:堂|题|程)|篇(?:章)|讲(?:话|解|述|好|座|评)"
)


def measure_at(text: str, position: int) -> str:
    """The longest measure word of `text` at `position`, or an empty string."""
    match = MEASURE.match(text, position)
    if not match:
        return ""
    if len(match[0]) == 1 and NOT_AFTER.match(text, position):
        return ""
    return match[0]


def kind_of(unit: str, form: str) -> str:
    """The kind of figure that a unit and a form announce."""
    bare = unit.lstrip("万亿千百")
    if form in ("change", "rank"):
        return form
    if bare in PERCENT or bare in POINTS:
        return "ratio"
    if bare.endswith("元"):
        return "money"
    if bare in PERSON_TIMES:
        return "person_times"
    if bare in PERSONS:
        return "persons"
    if bare in TIMES:
        return "duration"
    return "count"
