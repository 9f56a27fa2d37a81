"""Deliberation opinions with their items, problem lists with their problems."""

from __future__ import annotations

from renda.core import clock
from renda.directory.gate import Access
from renda.registers.columns import Choice, Day, DivisionRef, Milestone, Organs, Ref, Text, Whole
from renda.registers.register import Register, SavedView
from renda.supervision import models, rules
from renda.supervision.ledgers.common import DIVISION, MANNER_WORDS

UNIT = ("责任部门", "承办单位", "整改单位", "落实单位", "牵头单位")


def registers() -> tuple[Register, ...]:
    """The registers of follow-up, parents first."""
    return _letters(), _items(), _lists(), _problems()


def _letters() -> Register:
    return Register(
        code="supervision.opinions",
        name="审议意见",
        words=("审议意见书", "审议意见台账", "审议意见办理", "交办审议意见", "评议意见", "建议函"),
        model=models.OpinionLetter,
        matter_kind="supervision.letter",
        key=("title", "issued"),
        label="title",
        other_names=("number",),
        date="opened_on",
        columns=[
            Text(field="title", name="意见书名称", synonyms=("标题", "审议意见名称", "文件名称", "意见名称", "名称")),
            Text(field="number", name="文号", synonyms=("编号", "发文字号", "意见书编号", "审议意见文号")),
            Choice(
                field="form",
                synonyms=("类别", "意见书类别", "文件类别", "类型"),
                words={
                    "审议意见书": "deliberation",
                    "评议意见书": "appraisal",
                    "视察意见书": "tour",
                    "建议": "advice",
                    "函": "advice",
                },
                filtered=True,
            ),
            Organs(field="organs", synonyms=("交办对象", "主送单位", "承办单位", "办理单位", "交办机关", "落实单位")),
            Text(field="about", synonyms=("针对事项", "议题", "审议议题", "监督项目"), listed=False),
            Text(field="meeting_title", synonyms=("会议", "审议会议", "形成会议"), listed=False),
            Milestone(
                field="issued",
                name="交办日期",
                synonyms=("发出日期", "印发日期", "交办时间", "印发时间", "日期", "时间", "发文日期"),
            ),
            Day(field="reply_by", synonyms=("办理期限", "反馈时限", "要求反馈日期", "落实期限"), listed=False),
            Milestone(field="replied", name="反馈日期", synonyms=("落实情况报送日期", "办理反馈时间", "反馈时间", "回复日期")),
            Milestone(
                field="heard", name="落实报告审议日期", synonyms=("审议落实情况日期", "听取落实报告日期", "落实情况审议时间")
            ),
            Choice(
                field="result_manner",
                synonyms=("落实报告方式", "落实情况审议方式"),
                words=MANNER_WORDS,
                filtered=True,
                listed=False,
            ),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(
            rules.ordered("issued", "replied", "反馈日期早于交办日期"),
            rules.ordered("issued", "heard", "落实报告审议日期早于交办日期"),
        ),
        views=(SavedView("overdue", "反馈超期", lambda rows: rows.filter(closed_on__isnull=True, reply_by__lt=clock.today())),),
        access=Access("supervision", organs=("organs",)),
        about="常委会的审议意见、评议意见、视察意见和建议函",
    )


def _items() -> Register:
    return Register(
        code="supervision.opinion_items",
        name="审议意见条目",
        words=("意见条目", "审议意见清单", "审议意见逐条落实"),
        model=models.OpinionItem,
        key=("letter", "ordinal", "text"),
        label="text",
        date="letter__opened_on",
        parent="letter",
        columns=[
            Ref(
                field="letter", to="supervision.opinions", synonyms=("审议意见书", "意见书名称", "审议意见", "所属意见书", "文号")
            ),
            Whole(field="ordinal", least=1, most=999, synonyms=("条目序号", "条号", "编号")),
            Text(field="text", long=True, synonyms=("审议意见内容", "意见建议", "条目内容", "内容", "意见")),
            Ref(field="organ", to="directory.organs", synonyms=UNIT, filtered=True),
            Choice(
                field="state",
                synonyms=("落实状态", "办理情况", "办理状态", "是否落实"),
                words={
                    "已办结": "done",
                    "完成": "done",
                    "落实": "done",
                    "已完成": "done",
                    "正在办理": "going_on",
                    "推进中": "going_on",
                    "未办结": "going_on",
                },
                filtered=True,
            ),
            Day(field="done_on", synonyms=("完成日期", "落实时间", "办结日期"), listed=False),
            Text(field="result", long=True, synonyms=("落实措施", "办理结果", "落实结果"), listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        access=Access("supervision", organs=("organ", "letter__organs")),
        about="审议意见中逐条的意见建议及其落实情况",
    )


def _lists() -> Register:
    return Register(
        code="supervision.problem_lists",
        name="问题清单",
        words=("问题清单台账", "监督问题清单", "交办问题清单"),
        model=models.ProblemList,
        matter_kind="supervision.problems",
        key=("title", "issued"),
        label="title",
        other_names=("number",),
        date="opened_on",
        columns=[
            Text(field="title", name="清单名称", synonyms=("标题", "问题清单名称", "名称")),
            Text(field="number", synonyms=("清单编号", "文号"), listed=False),
            Text(field="about", synonyms=("针对事项", "监督项目", "检查项目")),
            Ref(
                field="organ", to="directory.organs", synonyms=("整改单位", "交办单位", "责任单位", "整改责任部门"), filtered=True
            ),
            Milestone(field="issued", name="交办日期", synonyms=("交办时间", "印发日期", "日期", "时间")),
            Milestone(field="closed", name="全部销号日期", synonyms=("销号完成日期", "办结日期")),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        rules=(rules.ordered("issued", "closed", "全部销号日期早于交办日期"),),
        access=Access("supervision", organs=("organ", "problems__organ")),
        about="监督中形成并交办整改的问题清单",
    )


def _problems() -> Register:
    return Register(
        code="supervision.problems",
        name="清单问题整改",
        words=("问题整改台账", "问题条目", "整改销号", "问题清单明细"),
        model=models.Problem,
        key=("list", "ordinal", "text"),
        label="text",
        date="list__opened_on",
        parent="list",
        columns=[
            Ref(field="list", to="supervision.problem_lists", synonyms=("所属清单", "清单名称", "问题清单名称")),
            Whole(field="ordinal", least=1, most=9999, synonyms=("问题序号", "编号")),
            Text(field="text", long=True, synonyms=("问题内容", "存在问题", "具体问题", "问题描述", "问题表现")),
            Ref(field="organ", to="directory.organs", synonyms=UNIT, filtered=True),
            Text(field="measure", long=True, synonyms=("措施", "整改情况"), listed=False),
            Day(field="correct_by", synonyms=("整改期限", "完成时限"), listed=False),
            Choice(
                field="state",
                required=False,
                default="",
                synonyms=("状态", "整改进度", "是否整改", "整改结果"),
                words={
                    "整改完成": "corrected",
                    "已完成": "corrected",
                    "完成": "corrected",
                    "已销号": "corrected",
                    "整改中": "going_on",
                    "推进中": "going_on",
                    "长期坚持": "going_on",
                    "未完成": "not_corrected",
                },
                filtered=True,
            ),
            Day(field="corrected_on", synonyms=("整改完成日期", "完成日期", "整改完成时间"), listed=False),
            Day(field="signed_off_on", synonyms=("销号时间",), listed=False),
            DivisionRef(synonyms=DIVISION, listed=False),
        ],
        prepare=rules.problem_state,
        rules=(rules.corrected_when_signed_off,),
        views=(
            SavedView(
                "overdue",
                "整改超期",
                lambda rows: rows.exclude(state="corrected").filter(correct_by__lt=clock.today()),
            ),
        ),
        access=Access("supervision", organs=("organ", "list__organ")),
        about="问题清单中的逐个问题及其整改、销号情况",
    )
