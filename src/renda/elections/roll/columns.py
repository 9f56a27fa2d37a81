"""What the columns of a list of voters are called in extracts and lists as offices keep them."""

from __future__ import annotations

from collections.abc import Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "选民姓名", "名字", "人员姓名", "学生姓名", "职工姓名"),
    "identity_number": (
        "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "身份证", "证件号码", "居民身份证号码", "公民身份证", "身份号码", "证件号",
    ),
    "sex": ("性别",),
    "birth_date": ("出生日期", "出生年月日", "生日"),
    "phone": ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"),
    "address": ("住址", "地址", "家庭住址", "现住址", "居住地址", "详细地址", "户籍地址", "住址详址", "居住地"),
    "household_at": ("户籍所在地", "户口所在地", "户籍地", "户籍", "常住户口所在地"),
    "district": ("选区", "选区名称", "所在选区", "所属选区", "选区号", "登记选区"),
    "division": ("乡镇", "乡镇（街道）", "所属乡镇", "所在乡镇", "镇街", "区划"),
    "group": ("选民小组", "小组", "所属小组", "选民小组名称", "小组名称"),
    "certificate": ("选民资格转移证明", "选民资格证明", "转移证明", "资格证明", "选民证明"),
    "note": ("备注", "说明"),
}  # fmt: skip
VOCABULARY: Mapping[str, str] = {heading: field for field, headings in HEADINGS.items() for heading in headings}
FIELDS = tuple(HEADINGS)
NEEDED = ("name", "identity_number")
TITLES: Mapping[str, str] = {field: headings[0] for field, headings in HEADINGS.items()}
LIMITS: Mapping[str, int] = {
    "address": 200,
    "household_at": 100,
    "phone": 40,
    "note": 200,
    "group": 80,
    "district": 100,
    "division": 100,
}
"""The longest text of each column, in characters."""
