"""The roll's register of persons who may not vote, and who may reach the tables of the roll."""

from __future__ import annotations

from renda.directory import gate
from renda.directory.gate import Access
from renda.directory.roles import ROLL
from renda.elections import models
from renda.registers.columns import Choice, Day, DivisionRef, Identity, Text
from renda.registers.register import Register
from renda.registers.registry import register

OF_COUNTY = Access(ROLL)
"""What serves a whole election: election clerks and township clerks; a registrar, who is bound to a working group, sees none of it."""
OF_ELECTION = Access(ROLL, division="election__division")
OF_DISTRICT = Access(ROLL, division="election__division", organs=("district__office",))
"""An import is reached by the working group of its district."""


def declare() -> None:
    """Register the register and tell the gate of the roll's tables (called once, at start)."""
    register(barred())
    gate.declare(models.RollImport, OF_DISTRICT)
    gate.declare(models.DuplicateSearch, OF_ELECTION)
    gate.declare(models.Likeness, OF_ELECTION)


def barred() -> Register:
    """Persons deprived of political rights, suspended, or found incapable (选举法 4(2), 27(2)), with dates."""
    return Register(
        code="elections.barred",
        name="不能行使选举权利人员",
        words=("剥夺政治权利人员", "停止行使选举权利人员", "无选举权人员"),
        model=models.Barred,
        key=("name", "identity_number", "kind", "since"),
        label="name",
        date="since",
        access=OF_COUNTY,
        about="被剥夺政治权利、停止行使选举权利或经确认不能行使选举权利的人，登记选民时比对",
        columns=[
            Text(field="name", synonyms=("姓名",), secret=True),
            Identity(field="identity_number", synonyms=("身份证号码", "公民身份号码", "身份证"), required=True),
            Choice(field="kind", synonyms=("情形", "类别", "原因"), words=KINDS, filtered=True),
            Day(field="since", synonyms=("起始日期", "开始日期", "起算日期")),
            Day(field="until", synonyms=("截止日期", "期满日期", "终止日期")),
            Text(field="decided_by", synonyms=("决定机关", "判决机关", "决定单位")),
            Text(field="document", synonyms=("文书号", "判决书号", "决定书号"), listed=False),
            DivisionRef(synonyms=("区划", "乡镇（街道）", "所在乡镇", "乡镇")),
        ],
    )


KINDS = {
    "剥权": "deprived", "剥夺政治权利": "deprived", "附加剥夺政治权利": "deprived", "停止行使选举权": "suspended", "停止行使选举权利": "suspended",
    "停权": "suspended", "精神病": "incapable", "不能行使选举权利": "incapable",
}  # fmt: skip
