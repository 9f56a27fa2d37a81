"""What becomes of a row that is brought into the roll: one code per row, so that the counts add up to what was read."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

ELIGIBLE, UPDATED, UNCHANGED = "eligible", "updated", "unchanged"
UNDER_AGE, WRONG_NUMBER, NAME_MISMATCH = "under_age", "wrong_number", "name_mismatch"
DEPRIVED, SUSPENDED, INCAPABLE = "deprived", "suspended", "incapable"
ELSEWHERE, NO_CERTIFICATE, DUPLICATE, LOOK = "elsewhere", "no_certificate", "duplicate", "look"

OUTCOMES = (
    ELIGIBLE, UPDATED, UNCHANGED, UNDER_AGE, WRONG_NUMBER, NAME_MISMATCH, DEPRIVED, SUSPENDED, INCAPABLE, ELSEWHERE, NO_CERTIFICATE, DUPLICATE,
    LOOK,
)  # fmt: skip
TAKEN = frozenset({ELIGIBLE, UPDATED, UNCHANGED})
"""What stands on the roll afterwards."""

WORDS: Mapping[str, str | Promise] = {
    ELIGIBLE: gettext_lazy("符合条件，列入"),
    UPDATED: gettext_lazy("已在册，更新"),
    UNCHANGED: gettext_lazy("已在册，未变"),
    UNDER_AGE: gettext_lazy("选举日未满十八周岁"),
    WRONG_NUMBER: gettext_lazy("身份证号有误"),
    NAME_MISMATCH: gettext_lazy("姓名与公安户籍资料不符"),
    DEPRIVED: gettext_lazy("剥夺政治权利"),
    SUSPENDED: gettext_lazy("停止行使选举权利"),
    INCAPABLE: gettext_lazy("经确认不能行使选举权利"),
    ELSEWHERE: gettext_lazy("已在其他选区登记"),
    NO_CERTIFICATE: gettext_lazy("没有选民资格转移证明"),
    DUPLICATE: gettext_lazy("文件内重复"),
    LOOK: gettext_lazy("需要人工核查"),
}
ARTICLES: Mapping[str, str] = {
    UNDER_AGE: "《选举法》第四条第一款",
    DEPRIVED: "《选举法》第四条第二款",
    SUSPENDED: "1983年《直接选举若干规定》第四项",
    INCAPABLE: "《选举法》第二十七条第二款",
    ELSEWHERE: "《选举法》第二十七条第一款",
    NO_CERTIFICATE: "1983年《直接选举若干规定》第九项第二款",
}
"""The article that keeps a person off a roll; the other outcomes are questions of the data."""

NO_NUMBER = gettext_lazy("没有填身份证号。请补填后重新导入。")
NO_NAME = gettext_lazy("没有填姓名，或填的不是一个人的姓名。请补填后重新导入。")
LONG_CELL = gettext_lazy("有一格的文字过长，请核对是否填错了列。")
OTHER_SEX = gettext_lazy("性别与身份证号不一致，请对照证件核对。")
OTHER_BIRTH = gettext_lazy("出生日期与身份证号不一致，请对照证件核对。")
TWO_NAMES = gettext_lazy("同一身份证号在文件中有两个姓名，请对照证件核对。")
NO_DISTRICT = gettext_lazy("没有这个选区，或名称对应多个选区。请核对选区名称；多个乡镇有同名选区的，请增加“乡镇”一栏。")
NOT_YOURS = gettext_lazy("这一行的选区不由您所在的选区工作组登记。")
OFF_ROLL = gettext_lazy("登记册上已注明此人不列入名单，请核对后在登记册上处理。")
OTHER_NAME = gettext_lazy("登记册上同一身份证号的姓名不同，请对照证件核对。")
CHANGED_BY_HAND = gettext_lazy("登记册上的内容在平台上改过，与文件不同，请核对后在登记册上处理。")
"""Reasons that need a person to look."""

LOOKS: Mapping[str, Promise | str] = {
    "no_number": NO_NUMBER, "no_name": NO_NAME, "long": LONG_CELL, "sex": OTHER_SEX, "birth": OTHER_BIRTH, "two_names": TWO_NAMES, "district": NO_DISTRICT,
    "not_yours": NOT_YOURS, "off": OFF_ROLL, "other_name": OTHER_NAME, "edited": CHANGED_BY_HAND,
}  # fmt: skip


def reason_of(outcome: str, why: str) -> str:
    """The reason beside a row that was not taken. ``why``: a code of ``LOOKS``, or a reason in words already."""
    if why:
        return str(LOOKS.get(why, why))
    article = ARTICLES.get(outcome)
    return f"{WORDS[outcome]}（{article}）" if article else str(WORDS[outcome])
