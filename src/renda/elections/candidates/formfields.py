"""What the candidate form asks: its placeholders in pairs and in full lines, and where the shipped template lies."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parent / "letters" / "form.docx"
SHORT = (
    ("姓名", "性别"), ("曾用名", "民族"), ("出生日期", "籍贯"), ("出生地", "党派"), ("入党时间", "参加工作时间"), ("健康状况", "学历"),
    ("学位", "毕业院校及专业"), ("专业技术职务", "职业"), ("工作单位及职务", "代表构成"), ("是否本届代表", "身份证号"), ("联系电话", "电子邮箱"),
    ("户籍所在地", "住址"),
)  # fmt: skip
LONG = (
    "现任各级人大代表", "历任各级人大代表", "现任政协委员", "其他行政区域代表", "社会兼职", "选举机构职务", "简历", "国籍和境外居留", "境外资助",
    "处罚处分", "荣誉奖励", "家庭主要成员", "推荐者", "推荐理由", "推荐单位意见", "所在单位意见", "选举委员会意见",
)  # fmt: skip
