"""The placeholders of letters of petitions: what each means, what the preview shows, and which of them hold what is masked."""

from __future__ import annotations

from dataclasses import replace

from renda.documents.registry import Word

COMMON = (
    Word("发文机关", "出具文书的机关、单位全称", "清河县人民代表大会常务委员会"),
    Word("文号", "平台按年度连续编号；自有文号的，生成时填写"),
    Word("成文日期", "文书的日期", "2026年6月5日", asked=True),
    Word("信访编号", "信访登记的编号", "信2026-0018"),
    Word("信访事项", "登记的标题", "反映城南片区道路积水的问题"),
    Word("收到日期", "收到信访事项的日期", "2026年6月1日"),
    Word("信访形式", "来信、来访、来电、网上信访等", "来信"),
    Word("办理日期", "办理这一步骤的日期", "2026年6月5日"),
    Word("办理依据", "这一步骤依据的条款，取自法律参数", "《信访工作条例》第二十二条第一款"),
    Word("办理期限依据", "办理期限依据的条款", "《信访工作条例》第三十四条"),
    Word("告知时限", "承办单位书面告知信访人的期限，取自法律参数；没有规定时为空", "15日"),
    Word("异议时限", "承办单位提出异议的期限，取自法律参数；没有规定时为空", "5个工作日"),
    Word("承办单位", "承办的机关、单位", "清河县住房和城乡建设局"),
    Word("现行期限", "正在计算的期限中最近的一个", "2026年8月9日"),
    Word("办理期限", "承办单位应当办结的日期", "2026年8月9日"),
    Word("办结报告期限", "要求提交办结报告的日期", "2026年8月20日"),
    Word("交办日期", "转送、交办的日期", "2026年6月5日"),
    Word("交办机关", "登记信访事项的人大机关", "清河县人民代表大会常务委员会"),
    Word("人数", "联名信访的人数，一人时为空", "5人"),
    Word("反映内容", "登记的反映内容", "城南片区雨季积水，影响出行，请求改造排水管网。", secret=True),
    Word("附件", "随文书所附材料，每行一件", ("来信复印件", "现场照片"), asked=True, many=True),
    Word("机关联系人", "发文机关的联系人", "王芳", asked=True),
    Word("机关联系电话", "发文机关的联系电话", "0990-1234567", asked=True),
)
TO_PETITIONER = (
    Word("称谓", "信访人姓名；几人联名的写“某某等几人”；要求保密而由承办单位出具的写“信访人”", "周大勇", secret=True),
    Word("查询码", "信访人查询办理情况用的码", "ACDEFGHJ34", secret=True),
    Word(
        "查询途径",
        "在哪里查询",
        "请打开 https://renda.example.gov.cn/public/000000/petition/query/ 查询，或者持本告知书到我机关查询。",
        asked=True,
    ),
)
TO_UNIT = (
    Word("主送单位", "文书发给谁", "清河县住房和城乡建设局"),
    Word("信访人", "信访人姓名；检举控告和要求保密的为空，不写入发给单位的文书", "周大勇", secret=True),
    Word("住址", "信访人住址；检举控告和要求保密的为空", "清河县龙潭镇一村", secret=True),
    Word("信访人电话", "信访人电话；检举控告和要求保密的为空", "13800000000", secret=True),
    Word("保密要求", "检举控告和要求保密时的提示，其他时候为空", ""),
)
OWN: dict[str, tuple[Word, ...]] = {
    "notice": (Word("去向", "转送、交办、上报、下转给谁；未处理时为空", "已转送清河县住房和城乡建设局处理。"),),
    "forward": (Word("办理说明", "转送时的说明", "请重点核实排水管网改造计划。"),),
    "assign": (Word("办理要求", "交办时提出的要求", "请现场核查，并当面听取信访人意见。"),),
    "report_up": (Word("报送理由", "报送的理由", "涉及市级主管的排水主干管。"),),
    "decline": (
        Word("不予受理情形", "不予受理的情形及依据", "同一事项已受理或者正在办理（信访工作条例第十九条第三款）"),
        Word("告知内容", "写给信访人的理由和途径", "该事项已由县住房和城乡建设局受理，请等待答复。"),
    ),
    "unit_notice": (Word("办理说明", "受理时的说明", "我单位将于近日现场核查。"),),
    "extension": (
        Word("延长至", "延长后的期限", "2026年9月8日"),
        Word("批准人", "批准延期的负责人", "李明"),
        Word("延期理由", "延长办理期限的理由", "需委托专业机构检测管网。"),
    ),
    "opinion": (
        Word("处理意见", "支持诉求、解释疏导或者不予支持", "支持诉求"),
        Word("事实和理由", "查明的事实和理由", "经查，城南片区排水管网管径不足。", secret=True),
        Word("具体意见", "处理的具体意见", "列入今年老旧管网改造计划，十一月底前完成。", secret=True),
        Word("法律法规依据", "所依据的法律法规", "《城镇排水与污水处理条例》第十四条"),
        Word("意见书依据", "处理意见书应当载明内容的条款", "《信访工作条例》第三十二条"),
        Word("复查依据", "申请复查的条款", "《信访工作条例》第三十五条"),
    ),
    "send_back": (Word("退回理由", "退回补办的理由", "未就信访人提出的第二项请求作出答复。"),),
    "press": (
        Word("督办情形", "督办的情形", "推诿、敷衍、拖延"),
        Word("督办要求", "督办提出的要求", "请于五日内约见信访人，说明进展。"),
        Word("反馈期限", "要求反馈的日期，可以为空", "2026年7月10日"),
    ),
    "closing": (
        Word("办理结果", "支持诉求、解释疏导、不予支持等", "支持诉求"),
        Word("办结情况", "办结时填写的情况", "管网改造已列入计划。"),
        Word("复查依据", "申请复查的条款", "《信访工作条例》第三十五条"),
    ),
    "review_notice": (
        Word("复查机关", "复查的机关", "清河县人民政府"),
        Word("复查期限", "应当提出复查意见的日期", "2026年9月1日"),
    ),
    "review_opinion": (
        Word("复查请求", "信访人的复查请求和理由", "要求明确改造完成时间。", secret=True),
        Word("复查结论", "维持、变更或者撤销", "维持原处理意见"),
        Word("复查意见", "复查意见", "改造计划明确，按期实施。", secret=True),
        Word("复核依据", "申请复核的条款", "《信访工作条例》第三十六条第一款"),
    ),
    "recheck_notice": (
        Word("复查机关", "作出复查意见的机关", "清河县人民政府"),
        Word("复核机关", "复核的机关", "澜州市人民政府"),
        Word("复核期限", "应当提出复核意见的日期", "2026年10月8日"),
    ),
    "recheck_opinion": (
        Word("复查机关", "作出复查意见的机关", "清河县人民政府"),
        Word("复核请求", "信访人的复核请求和理由", "要求缩短工期。", secret=True),
        Word("复核结论", "维持或者变更", "维持原处理意见"),
        Word("复核意见", "复核意见", "工期安排合理。", secret=True),
        Word("终结依据", "复核后不再受理的条款", "《信访工作条例》第三十六条第三款"),
    ),
}
TO_UNITS = frozenset({"forward", "assign", "report_up", "send_back", "press"})
"""The letters that go to organs and units: what protects the petitioner holds in them."""


OF_UNITS = frozenset({"unit_notice", "extension", "opinion", "review_opinion", "recheck_opinion"})
REVIEWERS = {"review_opinion": "清河县人民政府", "recheck_opinion": "澜州市人民政府"}
SAMPLE_UNIT = "清河县住房和城乡建设局"


def of_letter(code: str) -> tuple[Word, ...]:
    """The placeholders of a letter: what all have, what those of its addressee have, and its own."""
    words = (*COMMON, *(TO_UNIT if code in TO_UNITS else TO_PETITIONER), *OWN.get(code, ()))
    organ = sample_sender(code)
    return tuple(replace(word, sample=organ) if organ and word.name == "发文机关" else word for word in words)


def sample_sender(code: str) -> str:
    """The unit that the sample of a letter comes from; empty for letters of the congress."""
    return REVIEWERS.get(code, SAMPLE_UNIT) if code in OF_UNITS else ""
