"""What is written out reads back as the same rows, and every indicator answers: the rooms of deputies, stations and projects."""

import pytest

from renda.directory.gate import OPERATOR
from renda.figures import combine, evaluate, periods, series
from renda.figures import registry as figures
from renda.registers import loading, registry
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from tests import small_county
from tests.small_county import SmallCounty

ROOMS = ("deputies", "stations", "projects")
STATION = "龙潭镇代表联络站"
BIG, MICRO = "新建中心幼儿园", "安装楼体标识"
ROWS: dict[str, dict[str, object]] = {
    "deputies.grids": {"网格": "第一网格", "社区": "向阳社区", "乡镇": "龙潭镇", "户数": "312户", "网格员": "周一", "设立日期": "2020.3.1"},
    "deputies.groups": {"小组": "法治专业小组", "小组类型": "专业小组", "专业": "法治", "小组长": "张伟", "成立日期": "2017-03-01"},
    "directory.deputies": {"姓名": "张伟", "性别": "女", "层级": "县", "届次": 11, "任职时间": "2016-12-20", "网格": "第一网格", "小组": "法治专业小组"},
    "deputies.activities": {"活动主题": "旁听庭审", "活动类型": "旁听", "组织形式": "受邀", "活动时间": "2021年3月", "邀请单位": "县人民法院",
                            "参加人员": "张 伟、李娜等9人", "县代表": 5, "应到人数": "20人", "小组": "法治专业小组", "乡镇": "白沙镇"},
    "deputies.visits": {"走访主题": "入户", "走访类型": "慰问", "走访时间": "2021.7.1", "走访人": "李娜", "户数": 30, "走访群众": "75人次"},
    "deputies.deeds": {"实事名称": "修路灯", "类别": "修路", "时间": "2021/7/2", "代表": "张伟", "受益群众": 200, "资金": "1.2万元"},
    "deputies.links": {"组成人员": "王芳", "被联系代表": "张伟", "起始日期": "2021-01-01"},
    "deputies.contacts": {"组成人员": "王芳", "代表姓名": "张伟", "见面日期": "2021-08-01", "方式": "电话", "意见条数": 2},
    "deputies.money": {"捐款时间": "2021-08-08", "类别": "捐款", "捐款人": "张伟", "捐款金额": "5,000元", "事由": "助学", "单位": "县教育局"},
    "deputies.reports": {"述职人": "张伟", "级别": "县级", "述职时间": "2021-09-03", "述职形式": "现场", "地点": "文化站", "参会选民": "６０",
                         "满意": 40, "基本满意": 15, "不满意": 5},
    "stations.stations": {"站名": STATION, "类型": "站", "示范": "是", "乡镇": "龙潭镇", "负责人": "赵强", "建站时间": "2018-05-01"},
    "stations.deputies": {"联络站": STATION, "代表": "张伟", "进站时间": "2018-05-02"},
    "stations.plans": {"联络站": STATION, "每月次数": 2, "接待日": "每月15日", "起始日期": "2020-01-01"},
    "stations.receptions": {"联络站": STATION, "接待时间": "2021-03-15", "值班代表": "张伟等3人", "批次": 3, "人次": 12},
    "stations.opinions": {"登记号": "LT-7", "反映问题": "路面破损", "收集时间": "2021-12-20", "联络站": STATION, "渠道": "入户走访", "事权": "市县", "领域": "道路",
                          "处理": "转办", "办理单位": "县交通局", "转办日期": "2021-12-25", "办结时间": "2022年1月", "反映人姓名": "孙某",
                          "联系电话": "13800138000"},
    "projects.livelihood": {"年度": 2021, "项目名称": BIG, "层级": "项", "领域": "便民", "责任部门": "县教育局", "是否票决产生": "是",
                            "计划总投资": "3000万元", "年度投资计划": "1000万元", "完成投资额": "1100万元", "候选日期": "2020-12-20",
                            "票决时间": "2021-01-15", "完工日期": "2021年11月", "完成情况": "完成"},
    "projects.votes": {"项目名称": BIG, "投票日期": "2021-01-15", "投票代表": 170, "发票数": 170, "收票数": 169, "赞成票": 150},
    "projects.evaluations": {"项目名称": BIG, "评估日期": "2021-12-20", "满意": 100, "基本满意": 40, "不满意": 10, "弃权": 5},
    "projects.proposals": {"建议内容": "增加停车位", "渠道": "群众", "领域": "交通", "征集时间": "2020-10-01", "建议条数": 12, "是否采纳": "是"},
    "projects.micro": {"微实事名称": MICRO, "乡镇": "龙潭镇", "提出人": "向阳社区", "渠道": "居民", "领域": "便民", "收集日期": "2021-02-01",
                       "立项日期": "2021-03-01", "启动日期": "2021-04-01", "完工日期": "2021-06-30", "预算": "2万元"},
    "projects.outputs": {"项目名称": MICRO, "成果": "楼体标识", "完成数量": 12, "量词": "个", "完成时间": "2021-06-30"},
    "projects.money": {"项目名称": MICRO, "拨款日期": "2021-05-01", "拨款金额": "1.8万元", "来源": "县财政"},
}  # fmt: skip


@pytest.fixture
def county(db: None) -> SmallCounty:
    """清河县 with every row entered."""
    made = small_county.make()
    for code, row in ROWS.items():
        made.enter(code, [row])
    return made


def test_every_register_is_tried() -> None:
    assert {r.code for room in ROOMS for r in registry.of_room(room)} == ROWS.keys() - {"directory.deputies"}


def test_no_two_columns_share_a_heading() -> None:
    for room in ROOMS:
        for register in registry.of_room(room):
            headings = [heading for column in register.columns for heading in set(column.headings)]
            assert sorted(set(headings)) == sorted(headings), register.code


def test_written_out_and_read_back(county: SmallCounty) -> None:
    for code in ROWS:
        register = registry.get(code)
        record = register.records().get()
        values = loading.load(register, [record.pk])[record.pk]
        (cells,) = loading.as_cells(register.columns, [values])
        raw = {column.field: [cell] for column, cell in zip(register.columns, cells, strict=True)}
        again = read_rows(register, raw, ReadContext(OPERATOR, county.division.pk))
        assert again.faults == {}, code
        assert again.keys == [record.natural_key], code
        assert {name: again.values[0][name] or None for name in values} == {name: v or None for name, v in values.items()}, code


def test_every_indicator_is_the_same_alone_and_over_years_and_has_its_breakdowns_and_records(county: SmallCounty) -> None:
    found = [i for room in ROOMS for i in figures.of_room(room)]
    over_years = series.by_year(found, [2020, 2021], county.division, actor=OPERATOR)
    alone = {i.code: {year: county.value(i.code, year) for year in (2020, 2021)} for i in found}
    assert over_years == alone
    for one in found:
        for dimension in combine.dimensions(one):
            county.ask(one.code, 2021, dimension.code)
        question = evaluate.Question(periods.year(2021), county.division)
        rows = evaluate.records(one, question, actor=OPERATOR)
        assert "孙某" not in str(rows), one.code
        if not one.made:
            assert len(rows) == county.ask(one.code, 2021).records, one.code
