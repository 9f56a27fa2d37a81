"""Columns and words that several registers of supervision share."""

from __future__ import annotations

from renda.registers.columns import Choice, Column, DivisionRef, Ref, Text

DIVISION = ("区划", "乡镇（街道）", "乡镇街道", "所在乡镇", "乡镇")
MEETINGS = ("审议会议名称", "会议", "所属会议", "届次会议")
FORUM_WORDS = {
    "常委会": "standing_committee",
    "人大常委会": "standing_committee",
    "主任会": "chairpersons",
    "人代会": "congress",
    "大会": "congress",
    "主席团会议": "presidium",
    "主席团": "presidium",
    "专委会": "committee",
    "专门委员会": "committee",
}
MANNER_WORDS = {
    "听取审议": "heard",
    "听取和审议": "heard",
    "口头": "heard",
    "口头报告": "heard",
    "听取报告": "heard",
    "书面审议": "written",
    "书面报告": "written",
    "印发": "written",
}
SOURCE_WORDS = {
    "法定": "statutory",
    "重点": "key",
    "上下联动": "linked",
    "联动": "linked",
    "联动监督": "linked",
    "跟踪": "tracking",
    "其他": "other",
    "日常监督": "other",
}


def shared(lead: tuple[str, ...] = ()) -> list[Column]:
    """Source, field, lead committee and division."""
    return [
        Choice(field="source", synonyms=("监督来源", "来源", "项目来源", "监督类别"), words=SOURCE_WORDS, filtered=True),
        Text(field="field", synonyms=("监督领域", "所属领域", "工作领域"), filtered=True),
        Ref(
            field="lead",
            to="directory.organs",
            synonyms=("牵头部门", "牵头委", "负责委室", "责任委办", "牵头单位", *lead),
            filtered=True,
        ),
        DivisionRef(synonyms=DIVISION, filtered=True, listed=False),
    ]
