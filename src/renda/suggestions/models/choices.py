"""The fixed words of suggestions and bills."""

from __future__ import annotations

from django.db import models


class Form(models.TextChoices):
    """What a deputy hands in: a bill (议案), or a suggestion, criticism or opinion (代表法 36)."""

    BILL = "bill", "议案"
    SUGGESTION = "suggestion", "建议"
    CRITICISM = "criticism", "批评"
    OPINION = "opinion", "意见"


class Origin(models.TextChoices):
    """Handed in while the congress was in session, or between sessions."""

    SESSION = "session", "大会期间"
    RECESS = "recess", "闭会期间"


class Contact(models.TextChoices):
    """How the handling unit met or reached the deputy (代表法 51(2))."""

    FACE = "face", "上门面商"
    MEETING = "meeting", "座谈会"
    FIELD = "field", "现场办理"
    PHONE = "phone", "电话"
    ONLINE = "online", "网络或书面"


class Answer(models.TextChoices):
    """The class of the reply: solved, being solved, planned, kept for reference."""

    A = "a", "A类（已经解决或采纳）"
    B = "b", "B类（正在解决）"
    C = "c", "C类（列入规划逐步解决）"
    D = "d", "D类（留作参考）"


class Rating(models.TextChoices):
    """What the deputy says of the handling."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class BillOutcome(models.TextChoices):
    """What became of a bill."""

    TABLED = "tabled", "列入会议议程"
    COMMITTEE = "committee", "交委员会审议"
    MERGED = "merged", "并案"
    TO_SUGGESTION = "to_suggestion", "转作建议"
    NOT_TABLED = "not_tabled", "不列入议程"
    WITHDRAWN = "withdrawn", "撤回"


class Award(models.TextChoices):
    """The level at which a suggestion was named excellent."""

    TOWNSHIP = "township", "乡级优秀"
    COUNTY = "county", "县级优秀"
    PREFECTURE = "prefecture", "市级优秀"
    PROVINCE = "province", "省级优秀"


class State(models.TextChoices):
    """Where the handling stands; follows from the milestones as far as they are known."""

    RECEIVED = "received", "未交办"
    HANDLING = "handling", "在办"
    REPLIED = "replied", "已答复"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"
