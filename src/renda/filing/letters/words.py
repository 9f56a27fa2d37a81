"""The placeholders of letters of filing and review: what each means, and what the preview shows."""

from __future__ import annotations

from dataclasses import replace

from renda.documents.registry import Word

COMMON = (
    Word("发文机关", "出具文书的机关全称", "清河县人民代表大会常务委员会"),
    Word("文号", "平台按年度连续编号；自有文号的，生成时填写"),
    Word("成文日期", "文书的日期", "2026年6月5日", asked=True),
    Word("主送单位", "文书发给谁", "清河县人民政府"),
    Word("文件名称", "报备文件的名称", "清河县城市停车管理办法"),
    Word("文件文号", "报备文件的文号", "清政规〔2026〕2号"),
    Word("制定机关", "制定文件的机关", "清河县人民政府"),
    Word("登记编号", "备案登记的编号", "备2026-003"),
    Word("印发日期", "文件印发的日期", "2026年5月10日"),
    Word("报备日期", "报送备案的日期", "2026年6月1日"),
    Word("办理日期", "办理这一步骤的日期", "2026年6月5日"),
    Word("办理依据", "这一步骤依据的条款，取自法律参数", "《中华人民共和国各级人民代表大会常务委员会监督法》第四十条"),
    Word("附件", "随文书所附材料，每行一件", ("备案报告", "文件正式文本"), asked=True, many=True),
    Word("机关联系人", "发文机关的联系人", "王芳", asked=True),
    Word("机关联系电话", "发文机关的联系电话", "0990-1234567", asked=True),
)
GROUND = Word("问题情形", "审查发现的问题情形", "超越法定权限，增加公民义务")
OPINION = Word("审查意见", "审查意见的内容", "第八条增设收费，没有上位法依据，应予修改。")
NOTE = Word("说明", "办理时填写的说明，可以为空", "请按规定公布文件文本。")
OWN: dict[str, tuple[Word, ...]] = {
    "receipt": (NOTE,),
    "supplement": (Word("补正内容", "需要补正的内容", "缺制定说明。"), Word("补正期限", "应当补正的日期", "2026年6月20日")),
    "refusal": (Word("退回理由", "不予登记、退回的理由", "该文件属于内部工作制度，不在备案范围。"),),
    "opinion": (GROUND, OPINION, Word("回复期限", "应当回复处理意见的日期", "2026年7月5日")),
    "result": (Word("审查结论", "审查或者纠正的结论", "未发现应当予以纠正的问题。"), NOTE),
    "motion": (GROUND, OPINION, Word("提请理由", "提请撤销的理由", "逾期未修改，也未说明理由。")),
}
SAMPLES = {
    "filing_report": {
        "发文机关": "清河县人民政府",
        "主送单位": "清河县人民代表大会常务委员会",
        "文号": "清河县人民政府备报〔2026〕3号",
    },
    "motion": {"发文机关": "清河县人大常委会主任会议", "主送单位": "清河县人民代表大会常务委员会"},
}


def of_letter(code: str) -> tuple[Word, ...]:
    """The placeholders of a letter: what all have, and its own."""
    shown = SAMPLES.get(code, {})
    return tuple(replace(word, sample=shown.get(word.name, word.sample)) for word in (*COMMON, *OWN.get(code, ())))
