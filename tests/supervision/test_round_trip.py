"""What is written out reads back as the same rows: every register of the rooms of meetings and supervision."""

import pytest

from renda.directory.gate import OPERATOR
from renda.figures import combine, evaluate, periods, series
from renda.figures import registry as figures
from renda.registers import loading, registry
from renda.registers.columns import ReadContext
from renda.registers.reading import read_rows
from tests.small_county import SmallCounty

MEETING = "清河县第十一届人大常委会第三十六次会议"
LETTER, CHECK, PROBLEMS = "关于义务教育的审议意见", "水法执法检查", "水法检查问题清单"
COMMON = {"来源类别": "重点监督", "领域": "城建环保", "牵头委办": "县人民政府"}
ROWS: dict[str, dict[str, object]] = {
    "meetings.meetings": {"会议名称": MEETING, "日期": "2021-08-26", "闭会日期": "2021-08-27", "应到": 30, "实到": 28, "请假": 2,
                          "列席代表": "李娜、王芳", "列席代表人数": 3, "地点": "常委会会议厅", "主持人": "张主任", "区划": "清河县"},
    "meetings.sittings": {"会议名称": MEETING, "场次": "第一次全体会议", "日期": "2021-08-26", "应到": 30, "实到": 28, "请假": None},
    "meetings.agenda": {"会议名称": MEETING, "序号": 1, "议题": "审议决算", "议题类别": "议案", "提请机关": "县人民政府", "报告机关": "县人民政府",
                        "听取方式": "书面", "审议结果": "通过", "重大事项": "是"},
    "meetings.attendance": {"会议名称": MEETING, "姓名": "张伟", "出席身份": "常委会组成人员", "出席情况": "请假", "请假事由": "因公"},
    "meetings.votes": {"会议名称": MEETING, "表决事项": "批准决算", "对应议题": "审议决算", "表决方式": "电子表决", "全体人数": 30, "到会人数": 28,
                       "赞成票": 26, "反对票": 1, "弃权票": 1},
    "meetings.satisfaction": {"测评事项": "审计整改", "测评日期": "2021-08-26", "会议名称": MEETING, "测评对象类型": "审计", "被测评单位": "县教育局",
                              "全体组成人员数": 30, "发出": 28, "收回": 28, "满意": 20, "基数": "全体组成人员", "等次线": "过半数"},
    "meetings.resolutions": {"标题": "批准决算的决议", "文种": "决议", "事项类别": "决算", "文号": "清人常〔2021〕5号", "通过日期": "2021-08-26",
                             "通过会议": MEETING, "公布日期": "2021-08-30"},
    "meetings.topics": {"学习内容": "党史", "主体": "党组", "学习形式": "第一议题", "学习日期": "2021-08-26", "会议名称": MEETING, "领学人": "张主任"},
    "supervision.reports": {"报告名称": "营商环境", "报告机关": "县人民政府", "审议会议": "主任会议", "审议方式": "书面", "报送日期": "2021年5月",
                            "听取审议日期": "2021-06-29", **COMMON},
    "supervision.finance": {"事项名称": "决算", "审查类别": "决算", "审议日期": "2021-08-26", "审查意见条数": 12, "整合前": 20, "整合后": 8,
                            "涉及金额": "3.5亿元", **COMMON},
    "supervision.inspections": {"检查名称": CHECK, "涉及法律法规": "《水法》《城市供水条例》", "组织形式": "上下联动", "启动日期": "2021-05-06",
                                "报告审议日期": "2021-08-26", **COMMON},
    "supervision.visits": {"活动名称": "实地检查", "活动形式": "执法检查实地检查", "活动日期": "2021年5月", "组织单位": "县人民政府",
                           "参加代表": "张伟、李娜等12人", "参加的组成人员": "王芳", "机关干部人数": 6, "所属执法检查": CHECK, **COMMON},
    "supervision.inquiries": {"询问主题": "义务教育", "会议形式": "联组会议", "应询单位": "县教育局、县住建局", "现场测评": "是", "询问日期": "2021-08-26",
                              **COMMON},
    "supervision.interpellations": {"质询案由": "供水", "提出时间": "人代会", "受质询机关": "县住建局", "联名人数": 12, "提出日期": "2021-01-13",
                                    "对答复满意": "否"},
    "supervision.audiences": {"约见主题": "供水", "约见日期": "2021-03-01", "被约见机关": "县住建局", "参加代表": "8人"},
    "supervision.appraisals": {"评议名称": "履职评议", "评议类别": "履职评议", "被评议人": "赵强", "职务类别": "法官", "述职方式": "书面",
                               "评议等次": "优秀", "评议日期": "2021-11-01", **COMMON},
    "supervision.opinions": {"意见书名称": LETTER, "文号": "清人审〔2021〕3号", "意见类别": "审议意见", "交办单位": "县教育局、县住建局",
                             "交办日期": "2021-09-01", "反馈期限": "2021-12-01", "落实报告审议方式": "书面"},
    "supervision.opinion_items": {"意见书": LETTER, "序号": 1, "意见内容": "补齐学位缺口", "责任单位": "县教育局", "落实情况": "已落实"},
    "supervision.problem_lists": {"清单名称": PROBLEMS, "整改责任单位": "县住建局", "交办日期": "2021-06-01"},
    "supervision.problems": {"问题清单": PROBLEMS, "序号": 1, "问题": "管网漏损", "整改状态": "已整改", "完成整改日期": "2021-09-01"},
}  # fmt: skip


def test_every_register_is_tried() -> None:
    assert {r.code for room in ("meetings", "supervision") for r in registry.of_room(room)} == ROWS.keys()


def test_written_out_and_read_back(county: SmallCounty) -> None:
    for code, row in ROWS.items():
        register = registry.get(code)
        (pk,) = county.enter(code, [row])
        values = loading.load(register, [pk])[pk]
        (cells,) = loading.as_cells(register.columns, [values])
        raw = {column.field: [cell] for column, cell in zip(register.columns, cells, strict=True)}
        again = read_rows(register, raw, ReadContext(OPERATOR, county.division.pk))
        assert again.faults == {}, code
        assert again.keys == [register.records().get().natural_key], code
        assert {name: again.values[0][name] for name in values} == values, code


@pytest.mark.parametrize("code", ROWS)
def test_the_same_row_twice_has_one_key(county: SmallCounty, code: str) -> None:
    for before in ROWS:
        if before == code:
            break
        county.enter(before, [ROWS[before]])
    first, second = (county.read(code, [ROWS[code]]) for _ in range(2))
    assert (first.keys, first.digests) == (second.keys, second.digests)


def test_every_indicator_is_the_same_alone_and_over_years_and_has_its_breakdowns_and_records(county: SmallCounty) -> None:
    for code, row in ROWS.items():
        county.enter(code, [row])
    found = [i for room in ("meetings", "supervision") for i in figures.of_room(room)]
    over_years = series.by_year(found, [2020, 2021], county.division, actor=OPERATOR)
    alone = {i.code: {year: county.value(i.code, year) for year in (2020, 2021)} for i in found}
    assert over_years == alone
    for one in found:
        for dimension in combine.dimensions(one):
            county.ask(one.code, 2021, dimension.code)
        question = evaluate.Question(periods.year(2021), county.division)
        rows = evaluate.records(one, question, actor=OPERATOR)
        if not one.made:
            assert len(rows) == county.ask(one.code, 2021).records, one.code
