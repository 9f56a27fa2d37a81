"""The placeholders of the letters of objections and transfers: what each means, and what the preview shows."""

from __future__ import annotations

from renda.documents.registry import Word

COMMON = (
    Word("发文机关", "出具文书的选举委员会", "清河县选举委员会"),
    Word("文号", "平台按年度连续编号；自有文号的，生成时填写"),
    Word("成文日期", "办理这一步骤的日期", "2026年6月5日"),
    Word("选举名称", "哪次选举", "清河县第十三届人民代表大会代表选举"),
    Word("选举日", "选举日", "2026年7月1日"),
    Word("办理依据", "这一步骤依据的条款，取自法律参数", "《选举法》第二十九条"),
    Word("联系电话", "选举委员会的联系电话", "0990-1234567", asked=True),
)
OBJECTION = (
    *COMMON,
    Word("申诉人", "提出申诉的人", "王芳", secret=True),
    Word("选区", "申诉所对的选民名单", "龙潭镇第一选区"),
    Word("涉及的人", "对谁的登记有意见", "李强", secret=True),
    Word("申诉日期", "收到申诉的日期", "2026年6月3日"),
    Word("名单公布日期", "选民名单公布的日期", "2026年6月1日"),
    Word("申诉类别", "对名单的哪种意见", "应列入而未列入"),
    Word("理由", "作出决定的理由", "经核对户籍资料，此人已满十八周岁，户籍在本选区。", secret=True),
)
DECISION = (
    Word("处理决定", "维持名单或者更正名单", "申诉成立，更正名单"),
    Word("登记册处理", "怎样更正，可以为空", "列入登记册"),
    Word("起诉期限", "不服的可以起诉的最后日期", "2026年6月26日"),
)
REFUSAL = (Word("不予受理的情形", "为什么不予受理", "超过申诉期提出"), Word("申诉期限", "申诉期的最后一日", "2026年6月6日"))
TRANSFER = (
    *COMMON,
    Word("选民", "转移的选民", "王芳", secret=True),
    Word("性别", "选民的性别", "女", secret=True),
    Word("转出选区", "原来登记的选区", "龙潭镇第一选区"),
    Word("转入选区", "要转入的选区", "白沙镇第二选区"),
    Word("转移编号", "平台编的号", "转2026-0003"),
)
NO_TRANSFER = (Word("理由", "不同意的理由", "转入选区不是现居住地。", secret=True),)
OF_OBJECTION = {"decision": (*OBJECTION, *DECISION), "refusal": (*OBJECTION, *REFUSAL)}
OF_TRANSFER = {"certificate": TRANSFER, "notice": TRANSFER, "no_transfer": (*TRANSFER, *NO_TRANSFER)}


def of_objection(code: str) -> tuple[Word, ...]:
    """The placeholders of a letter of an objection."""
    return OF_OBJECTION[code]


def of_transfer(code: str) -> tuple[Word, ...]:
    """The placeholders of a letter of a transfer."""
    return OF_TRANSFER[code]
