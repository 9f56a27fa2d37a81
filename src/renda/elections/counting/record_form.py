"""The shipped templates of the result records (选举结果报告单) as Word documents; `python -m renda.elections.counting.record_form` writes them.

A table of the figures, the votes, the law's working, places for signatures, and the digest of the figures. Offices may change them on the
page 文书模板. The same code gives the same files.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt

from renda.documents import page
from renda.documents.pagenumber import number_pages
from renda.documents.shipped import packed
from renda.elections.counting import SHIPPED

FACTS = (
    ("选区", "选区", "投票轮次", "投票轮次"),
    ("投票日期", "投票日期", "应选名额", "应选名额"),
    ("选民总数", "选民总数", "参加投票的选民", "参加投票的选民"),
    ("其中委托投票", "委托投票", "参选率", "参选率"),
    ("发出选票", "发出选票", "收回选票", "收回选票"),
    ("未收回选票", "未收回选票", "有效票", "有效票"),
    ("废票", "废票", "当选须得票数", "当选须得票数"),
)
WHOLE = (
    ("选举", "选举名称", "选举日", "选举日"),
    ("选区数", "选区数", "已核定选区数", "已核定选区数"),
    ("应选名额", "应选名额", "当选人数", "当选人数"),
    ("选民总数", "选民总数", "参加投票的选民", "参加投票的选民"),
    ("参选率", "参选率", "尚缺名额", "尚缺名额"),
)
SMALL = Pt(14)


def district_record() -> bytes:
    """The template of a district's record."""
    document = _blank("{{ 人大名称 }}代表选举\n选举结果报告单")
    _table(document, FACTS)
    _heading(document, "一、得票情况")
    _loop(document, "得票情况")
    _heading(document, "二、选举结果")
    _lines(document, ("{{ 选举效力 }}", "当选：{{ 当选人 }}", "{%p if 未选足 %}", "{{ 未选足 }}", "{%p endif %}"))
    _lines(document, ("{%p if 下一步 %}", "{{ 下一步 }}", "{%p endif %}", "依据：{{ 依据 }}"))
    _heading(document, "三、计算过程")
    _loop(document, "计算过程")
    _lines(document, ("{%p if 说明 %}", "说明：", "{%p endif %}"))
    _loop(document, "说明")
    signed = ("监票人（签名）：", "计票人（签名）：", "主持人（签名）：", "选举委员会（盖章）：")
    _signatures(document, signed)
    _code(document)
    return packed(document, "选举结果报告单")


def whole_record() -> bytes:
    """The template of the record of a whole election."""
    document = _blank("{{ 人大名称 }}代表选举\n选举结果汇总报告单")
    _table(document, WHOLE)
    _heading(document, "一、各选区结果")
    _loop(document, "各选区结果")
    _lines(document, ("{%p if 未核定选区 %}", "尚未核定的选区：{{ 未核定选区 }}", "{%p endif %}"))
    _signatures(document, ("总监票人（签名）：", "总计票人（签名）：", "选举委员会主任（签名）：", "选举委员会（盖章）："))
    _code(document)
    return packed(document, "选举结果汇总报告单")


def _blank(title: str) -> Any:
    document = docx.Document()
    page.set_up_page(document)
    page.set_up_styles(document)
    number_pages(document)
    for line in title.split("\n"):
        document.add_paragraph(line, style=page.TITLE)
    document.add_paragraph("", style=page.ADDRESSEE)
    return document


def _table(document: Any, rows: Sequence[tuple[str, str, str, str]]) -> None:
    table = document.add_table(rows=0, cols=4)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for left, word, right, other in rows:
        for cell, text in zip(
            table.add_row().cells, (left, f"{{{{ {word} }}}}", right, f"{{{{ {other} }}}}"), strict=True
        ):  # fmt: skip
            _small(cell.paragraphs[0], text)


def _small(paragraph: Any, text: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size = SMALL
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(22)
    layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return run


def _heading(document: Any, text: str) -> None:
    document.add_paragraph(text, style="Heading 1").paragraph_format.space_before = Pt(8)


def _loop(document: Any, word: str) -> None:
    _lines(document, (f"{{%p for 项 in {word} %}}", "{{ 项 }}", "{%p endfor %}"))


def _lines(document: Any, lines: Sequence[str]) -> None:
    for line in lines:
        paragraph = document.add_paragraph(style=page.BODY)
        _small(paragraph, line)


def _signatures(document: Any, lines: Sequence[str]) -> None:
    for line in (*lines, "日期：　　　　年　　月　　日"):
        paragraph = document.add_paragraph(style=page.BODY)
        _small(paragraph, line)
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True


def _code(document: Any) -> None:
    paragraph = document.add_paragraph(style=page.BODY)
    words = "校验码：{{ 校验码 }}（由本单所列数字算出；与平台所存数字的校验码一致的，两者相同。以签名盖章的本单为准。）"
    _small(paragraph, words).font.size = Pt(10.5)


FORMS = {"record": district_record, "summary": whole_record}


def main() -> int:
    """Write the shipped templates."""
    SHIPPED.mkdir(exist_ok=True)
    for code, build in FORMS.items():
        (SHIPPED / f"{code}.docx").write_bytes(build())
    return 0


if __name__ == "__main__":
    sys.exit(main())
