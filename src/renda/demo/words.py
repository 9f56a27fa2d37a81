"""What the county's people write about: issues by field with the unit that answers for them, laws, reports."""

from __future__ import annotations

from random import Random

from renda.demo.county import County

ISSUES = {
    "城乡建设": ("青禾县住房和城乡建设局", ("改造{place}老旧小区供水管网", "完善{place}污水收集管网", "增设{place}公共停车场", "整治{place}背街小巷")),
    "交通运输": ("青禾县交通运输局", ("硬化{place}通村公路", "加宽{place}至县城道路", "增开{place}公交班次", "在{place}路口增设信号灯")),
    "农业农村": ("青禾县农业农村局", ("扶持{place}蔬菜产业发展", "建设{place}高标准农田", "推广{place}秸秆综合利用", "提升{place}人居环境")),
    "教育": ("青禾县教育局", ("扩建{place}中心小学", "解决{place}幼儿园学位不足", "配齐{place}学校音体美教师", "改善{place}寄宿学生食宿条件")),
    "医疗卫生": ("青禾县卫生健康局", ("提升{place}卫生院服务能力", "充实{place}村医队伍", "在{place}推行家庭医生签约", "添置{place}急救设备")),
    "生态环境": ("青禾县生态环境局", ("治理{place}河道污染", "关停{place}小散养殖场", "加强{place}饮用水水源地保护", "处置{place}生活垃圾")),
    "社会保障": ("青禾县民政局", ("建设{place}养老服务站", "提高{place}困难群众救助标准", "关爱{place}留守儿童", "规范{place}公益性岗位")),
    "水利": ("青禾县水利局", ("除险加固{place}小型水库", "修缮{place}灌溉渠道", "保障{place}农村安全饮水", "疏浚{place}山塘")),
    "文化旅游": ("青禾县文化和旅游局", ("保护{place}古村落", "建设{place}文化广场", "开发{place}乡村旅游线路", "修缮{place}戏台")),
    "平安建设": ("青禾县公安局", ("安装{place}治安监控", "治理{place}大型车辆超载", "加强{place}禁毒宣传", "整治{place}电动车乱停")),
    "产业发展": ("青禾县发展和改革局", ("支持{place}中小企业融资", "盘活{place}闲置厂房", "建设{place}冷链物流", "引进{place}农产品加工企业")),
    "民生保障": ("青禾县人力资源和社会保障局", ("帮助{place}外出务工人员返乡就业", "开展{place}劳动技能培训", "清理{place}拖欠工资", "规范{place}零工市场")),
}  # fmt: skip
LAWS = (
    "《中华人民共和国环境保护法》", "《中华人民共和国食品安全法》", "《中华人民共和国义务教育法》", "《中华人民共和国水污染防治法》", "《中华人民共和国道路交通安全法》",
    "《中华人民共和国消防法》", "《中华人民共和国老年人权益保障法》", "《中华人民共和国农产品质量安全法》", "《中华人民共和国安全生产法》",
    "《中华人民共和国固体废物污染环境防治法》", "《中华人民共和国公共文化服务保障法》", "《中华人民共和国动物防疫法》", "《云岭省物业管理条例》",
    "《云岭省养老服务条例》", "《云岭省河道管理条例》",
)  # fmt: skip
SUBJECTS = (
    ("农村人居环境整治", "青禾县农业农村局"), ("义务教育均衡发展", "青禾县教育局"), ("医共体建设", "青禾县卫生健康局"), ("河湖长制落实", "青禾县水利局"),
    ("道路交通安全管理", "青禾县公安局"), ("养老服务体系建设", "青禾县民政局"), ("脱贫攻坚与乡村振兴衔接", "青禾县乡村振兴局"), ("优化营商环境", "青禾县发展和改革局"),
    ("城市精细化管理", "青禾县城市管理局"), ("就业和社会保险基金管理", "青禾县人力资源和社会保障局"), ("全域旅游发展", "青禾县文化和旅游局"),
    ("安全生产", "青禾县应急管理局"), ("食品药品监管", "青禾县市场监督管理局"), ("公共法律服务", "青禾县司法局"), ("民事审判", "青禾县人民法院"),
    ("公益诉讼检察", "青禾县人民检察院"), ("反腐败国际追逃追赃", "青禾县监察委员会"), ("生态环境保护", "青禾县生态环境局"), ("自然资源管理", "青禾县自然资源局"),
    ("退役军人服务保障", "青禾县退役军人事务局"),
)  # fmt: skip
LEAD = {
    "财": "青禾县人大常委会预算工作委员会",
    "农": "青禾县人大常委会农业农村工作委员会",
    "教": "青禾县人大常委会教科文卫工作委员会",
    "法": "青禾县人大常委会法制工作委员会",
}
LEADS = tuple(LEAD.values())


def issue(county: County, rng: Random, township: str = "") -> tuple[str, str, str, str]:
    """Something that wants doing: field, unit, what, and the township that it is about."""
    field = rng.choice(list(ISSUES))
    unit, texts = ISSUES[field]
    place, village = county.village(rng, township)
    return field, unit, rng.choice(texts).format(place=place + (village if rng.random() < 0.85 else "")), place


class Once:
    """Gives each text a tail where it was given before, so that titles of one ledger differ."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def __call__(self, text: str, tail: str = "（之{n}）") -> str:
        """The text, or the text with its number from the second time on."""
        number = self.seen[text] = self.seen.get(text, 0) + 1
        return text if number == 1 else text + tail.format(n="零一二三四五六七八九"[number] if number < 10 else number)


def roman(number: int) -> str:
    """A small number as Chinese numerals: 二十三."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")
