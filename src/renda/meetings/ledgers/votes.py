"""Votes and satisfaction votes, as totals."""

from __future__ import annotations

from renda.directory.gate import Access
from renda.meetings import models, outcomes, rules
from renda.meetings.ledgers.sessions import DIVISION, MEETING_NAMES
from renda.registers.columns import Choice, Day, DivisionRef, Ref, Text, Whole
from renda.registers.register import Register, SavedView


def registers() -> tuple[Register, ...]:
    """The registers of votes."""
    return _votes(), _satisfaction()


def _votes() -> Register:
    return Register(
        code="meetings.votes",
        name="表决",
        words=("表决情况", "表决结果", "投票表决", "表决统计"),
        model=models.Vote,
        key=("meeting", "subject"),
        label="subject",
        date="meeting__starts_on",
        parent="meeting",
        columns=[
            Ref(field="meeting", to="meetings.meetings", synonyms=MEETING_NAMES, filtered=True),
            Text(field="subject", synonyms=("表决内容", "表决议题", "事项", "表决案", "付表决事项")),
            Ref(field="item", to="meetings.agenda", name="对应议题", synonyms=("议题", "议程"), listed=False),
            Choice(
                field="ballot",
                synonyms=("投票方式", "方式", "表决形式"),
                filtered=True,
                words={
                    "表决器": "electronic",
                    "按表决器": "electronic",
                    "无记名": "secret",
                    "投票": "secret",
                    "举手": "hands",
                    "记名": "open",
                },
            ),
            Whole(
                field="electorate",
                unit="人",
                synonyms=("组成人员数", "全体组成人员", "应到人数", "代表总数", "全体代表人数", "应到"),
            ),
            Whole(field="present", unit="人", synonyms=("实到人数", "出席人数", "到会", "实到")),
            Whole(field="in_favour", unit="票", synonyms=("赞成", "同意", "赞成票数", "同意票")),
            Whole(field="against", unit="票", synonyms=("反对", "不同意", "反对票数", "不同意票")),
            Whole(field="abstained", unit="票", synonyms=("弃权", "弃权票数")),
            Whole(field="not_pressed", unit="票", synonyms=("未按", "未按键", "未表决", "未按表决器人数"), listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(
            rules.not_above(("present",), "electorate", "present", "到会人数多于全体人数"),
            rules.votes_of(
                ("present", "electorate"),
                ("in_favour", "against", "abstained", "not_pressed"),
                "赞成、反对、弃权、未按表决器之和多于到会人数",
            ),
        ),
        after_save=outcomes.settle_votes,
        views=(
            SavedView("passed", "已通过", lambda rows: rows.filter(passed=True)),
            SavedView("failed", "未通过", lambda rows: rows.filter(passed=False)),
        ),
        access=Access("meetings"),
        about="各次会议的表决票数合计，是否通过由系统依法判定，不保存任何人的投票",
    )


SUBJECT_WORDS = {
    "专项报告": "special_report",
    "专项工作": "special_report",
    "审议意见办理": "opinion_result",
    "审议意见": "opinion_result",
    "审计整改": "audit",
    "审计": "audit",
    "执法检查": "enforcement",
    "询问": "inquiry",
    "部门": "department",
    "工作评议": "department",
    "单位": "department",
    "述职评议": "official",
    "个人": "official",
    "两官评议": "judge",
    "法官": "judge",
    "检察官": "judge",
    "建议办理": "suggestion",
    "代表建议": "suggestion",
    "民生实事": "livelihood",
}
BASE_WORDS = {
    "全体": "all",
    "组成人员": "all",
    "到会": "present",
    "到会组成人员": "present",
    "收回": "returned",
    "收回票数": "returned",
    "有效": "valid",
}
LINE_WORDS = {
    "超过半数": "more_than_half",
    "半数": "half",
    "半数以上": "half",
    "50%以上": "half",
    "60%": "sixty",
    "70%": "seventy",
    "80%": "eighty",
    "90%": "ninety",
}


def _satisfaction() -> Register:
    return Register(
        code="meetings.satisfaction",
        name="满意度测评",
        words=("满意度测评情况", "测评结果", "满意度票决", "测评台账"),
        model=models.SatisfactionVote,
        key=("subject", "held_on", "round"),
        label="subject",
        date="held_on",
        columns=[
            Text(field="subject", synonyms=("测评项目", "测评内容", "测评对象", "事项", "被测评事项")),
            Choice(
                field="subject_kind", synonyms=("对象类型", "类型", "测评类别", "测评类型"), words=SUBJECT_WORDS, filtered=True
            ),
            Day(field="held_on", synonyms=("测评时间", "日期", "时间")),
            Ref(field="meeting", to="meetings.meetings", synonyms=MEETING_NAMES),
            Ref(field="organ", to="directory.organs", synonyms=("单位", "测评单位", "被评单位", "责任单位"), filtered=True),
            Text(field="person_name", synonyms=("被测评人姓名", "被评议人"), listed=False),
            Whole(field="round", least=1, most=9, synonyms=("第几次测评", "轮次"), listed=False),
            Whole(field="electorate", unit="人", synonyms=("组成人员数", "全体组成人员", "应到人数"), listed=False),
            Whole(field="present", unit="人", synonyms=("实到人数", "出席人数", "到会"), listed=False),
            Whole(field="issued", unit="票", synonyms=("发出", "发票数", "发出测评票", "发放票数")),
            Whole(field="returned", unit="票", synonyms=("收回", "收票数", "收回测评票", "回收票数")),
            Whole(field="valid", unit="票", synonyms=("有效", "有效票", "有效测评票"), listed=False),
            Whole(field="satisfied", unit="票", synonyms=("满意", "满意票数")),
            Whole(field="basically", unit="票", synonyms=("基本满意", "基本满意票数")),
            Whole(field="dissatisfied", unit="票", synonyms=("不满意", "不满意票数")),
            Whole(field="abstained", unit="票", synonyms=("弃权", "弃权票数"), listed=False),
            Choice(field="base", synonyms=("基数", "计票基数", "判定基数"), words=BASE_WORDS, listed=False),
            Choice(field="line", synonyms=("等次标准", "满意标准", "判定标准"), words=LINE_WORDS, listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(
            rules.not_above(("returned",), "issued", "returned", "收回票数多于发出票数"),
            rules.not_above(("valid",), "returned", "valid", "有效票数多于收回票数"),
            rules.votes_of(
                ("valid", "returned"),
                ("satisfied", "basically", "dissatisfied", "abstained"),
                "各档票数之和多于有效票数或收回票数",
            ),
            rules.base_known,
        ),
        after_save=outcomes.settle_satisfaction,
        views=(
            SavedView("open", "未定等次", lambda rows: rows.filter(grade="")),
            SavedView("failed", "不满意", lambda rows: rows.filter(grade="dissatisfied")),
        ),
        access=Access("meetings"),
        about="满意度测评的票数合计，等次由系统按所填基数和等次线判定",
    )
