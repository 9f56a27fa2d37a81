"""The register of meetings of candidates with voters (选举法 34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from renda.elections.candidates import changes
from renda.elections.candidates.access import OPEN
from renda.elections.models import Election, ElectoralDistrict, IntroductionMeeting
from renda.elections.plan.registers import same_election
from renda.registers.columns import Choice, Day, DivisionRef, Ref, Text, Whole
from renda.registers.directory import ordered_days
from renda.registers.register import Fault, Register, Values
from renda.registers.registry import register

MEETINGS = "elections.introductions"


def declare() -> None:
    """Register the register (called once, at start)."""
    register(_meetings())


def in_time(rows: Sequence[Values]) -> Iterable[Fault]:
    """A rule: introductions end before election day (选举法 34)."""
    wanted = {row["election"] for row in rows if row.get("election") and row.get("held_on")}
    elections = {one.pk: one for one in Election.objects.filter(pk__in=wanted).select_related("division")}
    for index, row in enumerate(rows):
        election = elections.get(row.get("election") or 0)
        if election is None or not row.get("held_on"):
            continue
        stop = changes.legal_dates(election).get(changes.STOP)
        if stop and row["held_on"] > stop.date:
            words = _("选举日必须停止介绍候选人，见面会最迟在 %(day)s 举行（%(article)s）")
            yield index, "held_on", words % {"day": stop.date, "article": stop.article}


def _meetings() -> Register:
    election = Ref(field="election", to="elections.elections", synonyms=("选举名称", "所属选举", "哪次选举"), filtered=True)
    return Register(
        code=MEETINGS,
        name="候选人见面会",
        words=("候选人与选民见面", "见面会", "介绍候选人"),
        model=IntroductionMeeting,
        key=("election", "district", "asked_on"),
        label="district",
        parent="election",
        columns=[
            election,
            Ref(field="district", to="elections.districts", synonyms=("选区名称", "所在选区"), filtered=True),
            Choice(field="asked_by", synonyms=("提出人",), words={"选民": "voters", "选举委员会": "committee"}, filtered=True),
            Day(field="asked_on", synonyms=("提出时间",)),
            Day(field="held_on", synonyms=("见面日期", "时间")),
            Text(field="place", synonyms=("见面地点",)),
            Text(field="candidates", synonyms=("候选人",), listed=False),
            Whole(field="present", unit="人", synonyms=("到会人数", "选民人数")),
            Text(field="questions", synonyms=("问答",), long=True, listed=False),
            DivisionRef(synonyms=("区划", "乡镇（街道）", "所在乡镇", "乡镇"), filtered=True),
        ],
        about="候选人与选民见面、回答问题的会；选民要求的应当组织",
        access=OPEN,
        date="asked_on",
        rules=(
            ordered_days("asked_on", "held_on", gettext_noop("举行日期早于提出日期")),
            same_election("district", ElectoralDistrict, gettext_noop("这个选区不属于所填的选举，请核对")),
            in_time,
        ),
    )
