"""The placeholders of the letters of recalls and resignations: what each means, and what the preview shows."""

from __future__ import annotations

from renda.documents.registry import Word

COMMON = (
    Word("发文机关", "出具文书的常委会或者乡镇人大主席团", "清河县人民代表大会常务委员会"),
    Word("文号", "平台按年度连续编号；自有文号的，生成时填写"),
    Word("成文日期", "办理这一步骤的日期", "2026年6月5日"),
    Word("办理依据", "这一步骤依据的条款，取自法律参数", "《选举法》第五十条"),
    Word("联系电话", "办理机关的联系电话", "0990-1234567", asked=True),
    Word("代表", "被提出罢免或者提出辞职的代表", "王芳"),
    Word("代表层级", "哪一级人大代表", "县级"),
    Word("选区", "代表的原选区", "龙潭镇第一选区"),
    Word("收到日期", "收到罢免要求或者辞职请求的日期", "2026年6月3日"),
)
DEMAND = (
    *COMMON,
    Word("领衔选民", "罢免要求的领衔选民", "李强", secret=True),
    Word("联名人数", "罢免要求上的联名人数", "56"),
    Word("有效联名人数", "核实后的有效联名人数", "52"),
)
REASONS = (Word("罢免理由", "罢免要求写明的理由", "长期不履行代表职责。", secret=True),)
GROUND = (
    Word("不予受理的情形", "为什么不予受理", "有效联名人数不足"),
    Word("说明", "进一步说明，可以为空", "签名中有六人不是本选区选民。", secret=True),
)
ANSWER = (
    Word("申辩方式", "代表以何种方式申辩，可以为空", "书面申辩"),
    Word("申辩意见", "登记的申辩意见，可以为空", "本人因病请假，已经说明。", secret=True),
)
VOTE = (
    Word("表决日期", "选民表决的日期", "2026年7月10日"),
    Word("全体选民数", "原选区全体选民", "3000"),
    Word("参加表决人数", "参加表决的选民", "2400"),
    Word("赞成票数", "赞成罢免的票数", "1600"),
)
POSTS = (Word("相应终止的职务", "随代表职务一并终止的职务，可以为空", "县人大常委会委员"),)
RESIGN = (
    *COMMON,
    Word("会议", "在哪次会议上表决", "县第十三届人大常委会第十次会议"),
    Word("表决日期", "会议表决的日期", "2026年7月10日"),
    Word("全体人数", "常委会全体组成人员或者全体代表", "35"),
    Word("赞成票数", "赞成接受辞职的票数", "33"),
)
OF_RECALL = {
    "accepted": DEMAND,
    "deputy_notice": (*COMMON, Word("有效联名人数", "核实后的有效联名人数", "52"), *REASONS),
    "not_admitted": (*DEMAND, *GROUND),
    "to_voters": (*COMMON, Word("有效联名人数", "核实后的有效联名人数", "52"), *REASONS, *ANSWER),
    "failed": (*DEMAND, *VOTE),
    "announcement": (*COMMON, *VOTE, *POSTS),
}
OF_RESIGNATION = {"resign_accepted": RESIGN, "resign_kept": RESIGN, "resign_announcement": (*RESIGN, *POSTS)}


def of_recall(code: str) -> tuple[Word, ...]:
    """The placeholders of a letter of a recall."""
    return OF_RECALL[code]


def of_resignation(code: str) -> tuple[Word, ...]:
    """The placeholders of a letter of a resignation."""
    return OF_RESIGNATION[code]
