"""A county with a year of suggestions, small enough to count by hand."""

import pytest

from tests import small_county
from tests.small_county import SmallCounty


@pytest.fixture
def county(db: None) -> SmallCounty:
    """An empty county."""
    return small_county.make()


# 2020: one suggestion, closed in 2021.
# 2021: five suggestions (1 to 5), a bill that stays a bill (议1), a bill taken as a suggestion (议2). So 6 count as suggestions.
#   1 lead 教育局, joint 法院 (two systems);  A, satisfied;            assigned 03-01, replied 04-10 (in time); closed
#   2 lead 教育局 and 住建局 (one system);     B, basically satisfied;  assigned 03-01, replied 07-01 (late: due 06-01); closed 2022
#   3 lead 住建局; C, dissatisfied, then satisfied;  extended: assigned 03-01, replied 08-20 (in time: due 09-01); closed
#   4 lead 交通局; not answered, no rating; recess; key
#   5 nobody yet; recess; key, same theme as 4
#   议2 lead 组织部; D, no rating; replied 05-06
HEAD_2021 = ("编号", "类别", "标题", "提出时间", "领衔代表", "附议代表", "所属领域", "主办单位", "协办单位", "提出日期", "交办日期", "答复日期",
             "办结日期", "办理结果", "代表满意度", "二次满意度", "是否延期", "是否面商", "重点督办", "督办主题", "议案处理", "往年编号", "优秀建议")  # fmt: skip
ROWS_2021 = (
    ("1", "建议", "学校", "大会", "张伟", "李娜、王芳", "教育/基础教育", "县教育局", "县人民法院", "2021-02-25", "2021-03-01", "2021-04-10",
     "2021-05-01", "A类", "满意", None, None, "是", None, None, None, "2020-001", "是"),
    ("2", "批评", "校车", "大会", "李娜", None, "教育", "县教育局、县住建局", None, "2021-02-25", "2021-03-01", "2021-07-01",
     "2022-01-20", "正在解决", "基本满意", None, None, "电话", None, None, None, None, None),
    ("3", "意见", "小区", "大会期间", "王芳", None, "城建", "县住建局", None, "2021-02-26", "2021-03-01", "2021-08-20",
     "2021-09-01", "C", "不满意", "满意", "是", None, None, None, None, None, None),
    ("4", "建议", "公交", "闭会", "张伟", None, "交通", "县交通局", None, "2021-07-01", "2021-07-05", None,
     None, None, None, None, None, None, "是", "出行", None, None, None),
    ("第5号", "建议", "公路", "闭会", "赵强", None, "交通", None, None, "2021年8月", None, None,
     None, None, None, None, None, None, "是", "出行", None, None, None),
    ("议1", "议案", "条例", "大会", "陈静", None, "法制", None, None, "2021-02-24", None, None,
     None, None, None, None, None, None, None, None, "列入议程", None, None),
    ("议2", "议案", "用地", "大会", "刘洋", None, "城建", "县委组织部", None, "2021-02-24", "2021-03-02", "2021-05-06",
     None, "留作参考", None, None, None, None, None, None, "转建议", None, None),
)  # fmt: skip
ROWS_2020 = [
    {"编号": "1", "标题": "旧校舍", "领衔代表": "张伟", "提出日期": "2020-01-10", "交办日期": "2020-02-01", "答复日期": "2020-04-01",
     "办结日期": "2021-03-03", "主办单位": "县教育局", "首次提出年份": 2018},
]  # fmt: skip


@pytest.fixture
def year(county: SmallCounty) -> SmallCounty:
    """The county with the suggestions of 2020 and 2021 above; the later year is entered first."""
    county.enter("suggestions.suggestions", [dict(zip(HEAD_2021, row, strict=True)) for row in ROWS_2021], year=2021)
    county.enter("suggestions.suggestions", ROWS_2020, year=2020)
    return county
