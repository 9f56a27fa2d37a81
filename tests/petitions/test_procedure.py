"""The legal procedure of petitions, step by step, with what the law refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from renda.core import clock
from renda.directory.gate import Actor
from renda.directory.models import Division, Organ
from renda.petitions.models import Petition
from renda.procedure import cases, offers, services
from renda.procedure.models import Deadline, Milestone, StepTaken
from renda.procedure.refusals import Overtaken, StepRefused
from tests import small_county
from tests.small_county import SmallCounty

pytestmark = [pytest.mark.django_db]
RECEIVED = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(date(2026, 12, 20)):
        yield


@pytest.fixture
def county() -> SmallCounty:
    return small_county.make()


def actor(role: str, division: Division, organ: Organ | None = None) -> Actor:
    return Actor(
        role, role, account_id=None, organ_id=organ.pk if organ else None, division_id=division.pk, division_path=division.path
    )


def register(county: SmallCounty, **more: Any) -> Petition:
    row = {"收到日期": RECEIVED.isoformat(), "信访事项": "反映道路积水", "信访形式": "来信", "信访人": "周大勇", **more}
    return Petition.objects.get(pk=county.enter("petitions.petitions", [row])[0])


class Desk:
    """A petition and those who take steps in it."""

    def __init__(self, county: SmallCounty, **more: Any) -> None:
        self.county, self.pk = county, register(county, **more).pk
        self.clerk = actor("petition_clerk", county.division)
        self.unit = actor("handling_unit", county.division, county.organs["县住建局"])

    def take(self, code: str, on: date, answers: Mapping[str, Any] | None = None, who: Actor | None = None, **more: Any) -> None:
        services.take(Petition, "petition", code, [self.pk], actor=who or self.clerk, on=on, answers=answers or {}, **more)

    @property
    def petition(self) -> Petition:
        return Petition.objects.get(pk=self.pk)

    def due(self, code: str) -> date:
        return Deadline.objects.get(matter_id=self.pk, code=code).due_on

    def refused(
        self, code: str, on: date, answers: Mapping[str, Any] | None = None, who: Actor | None = None, **more: Any
    ) -> str:
        before = (self.petition.phase, StepTaken.objects.count(), Milestone.objects.filter(matter_id=self.pk).count())
        with pytest.raises(StepRefused) as refusal:
            self.take(code, on, answers, who, **more)
        assert before == (self.petition.phase, StepTaken.objects.count(), Milestone.objects.filter(matter_id=self.pk).count())
        return str(refusal.value)


@pytest.fixture
def desk(county: SmallCounty) -> Desk:
    return Desk(county)


def assigned(desk: Desk) -> Desk:
    housing = desk.county.organs["县住建局"].pk
    desk.take("assign", date(2026, 6, 5), {"handler": housing, "report_by": date(2026, 8, 20)})
    return desk


def handling(desk: Desk) -> Desk:
    assigned(desk).take("take_up", date(2026, 6, 10), {"notified": date(2026, 6, 10)}, who=desk.unit)
    return desk


def answered(desk: Desk) -> Desk:
    answers = {
        "result": "explained",
        "facts": "经查属实",
        "decision": "列入明年改造",
        "legal_basis": "《城市道路管理条例》",
        "told": date(2026, 7, 20),
    }
    handling(desk).take("answer", date(2026, 7, 18), answers, who=desk.unit)
    return desk


def test_from_registration_to_the_end(desk: Desk) -> None:
    assert desk.petition.phase == "registered"
    assert desk.petition.due_on == date(2026, 6, 16)  # fifteen days from receipt: 信访工作条例 22(1)
    answered(desk)
    assert desk.due("handle") == date(2026, 8, 9)  # sixty days from acceptance: 34
    desk.take("report", date(2026, 7, 25), {"report": "已答复"}, who=desk.unit)
    desk.take("close", date(2026, 7, 28), {"told": date(2026, 7, 28)})
    petition = desk.petition
    assert (petition.phase, petition.closed_on, petition.result, petition.stage) == (
        "closed",
        date(2026, 7, 28),
        "explained",
        "told",
    )
    assert len(petition.query_code) == 10
    assert not Deadline.objects.filter(matter_id=desk.pk, ended_on__isnull=True).exists()


def test_each_step_names_its_article(desk: Desk) -> None:
    answered(desk)
    articles = dict(StepTaken.objects.values_list("code", "article"))
    assert "信访工作条例" in articles["assign"]
    assert "第二十二条" in articles["assign"]
    assert "第三十四条" in articles["take_up"]


def test_a_late_step_is_taken_and_marked(desk: Desk) -> None:
    desk.take("forward", date(2026, 6, 20), {"handler": desk.county.organs["县住建局"].pk})
    step = StepTaken.objects.get(matter_id=desk.pk)
    assert (step.due_on, step.late_days) == (date(2026, 6, 16), 4)


def test_an_unlawful_order_is_refused_with_the_state(desk: Desk) -> None:
    assert "现为“待处理”，不能办理“办结”" in desk.refused("close", date(2026, 6, 5))


def test_only_the_unit_itself_takes_its_steps(desk: Desk) -> None:
    assigned(desk)
    stranger = actor("handling_unit", desk.county.division, desk.county.organs["县教育局"])
    assert "不在您的权限范围内" in desk.refused("take_up", date(2026, 6, 10), who=stranger)
    assert "线下办理登记" in desk.refused("take_up", date(2026, 6, 10))
    desk.take("take_up", date(2026, 6, 10), outside=True)
    step = StepTaken.objects.get(matter_id=desk.pk, code="take_up")
    assert step.outside
    assert step.organ == desk.county.organs["县住建局"]


def test_the_unit_cannot_forward(desk: Desk) -> None:
    assigned(desk)
    assert "现为“已交办”" in desk.refused(
        "forward", date(2026, 6, 10), {"handler": 1 and desk.county.organs["县住建局"].pk}, who=desk.unit
    )


def test_objection_within_five_working_days(desk: Desk) -> None:
    assigned(desk)  # Friday 5 June: five working days end on 12 June
    reason = desk.refused("object", date(2026, 6, 15), {"reason": "不属我局职权"}, who=desk.unit)
    assert "2026-06-12" in reason
    assert "第二十三条" in reason
    desk.take("object", date(2026, 6, 12), {"reason": "不属我局职权"}, who=desk.unit)
    desk.take("agree", date(2026, 6, 15))
    petition = desk.petition
    assert (petition.phase, petition.handler) == ("registered", None)
    assert desk.due("triage") == date(2026, 6, 30)  # fifteen days from the day on which the material came back


def test_an_objection_refused_returns_to_the_unit(desk: Desk) -> None:
    assigned(desk).take("object", date(2026, 6, 8), {"reason": "不属我局职权"}, who=desk.unit)
    desk.take("reject", date(2026, 6, 9), {"reason": "属住建部门职责"})
    assert desk.petition.phase == "assigned"


def test_extension_once_and_no_longer_than_thirty_days(desk: Desk) -> None:
    handling(desk)
    answers = {"until": date(2026, 9, 9), "approver": "局长", "reason": "情况复杂"}
    assert "2026-09-08" in desk.refused("extend", date(2026, 8, 1), answers, who=desk.unit)
    desk.take("extend", date(2026, 8, 1), answers | {"until": date(2026, 9, 8)}, who=desk.unit)
    assert desk.due("handle") == date(2026, 9, 8)
    assert "只能办理一次" in desk.refused("extend", date(2026, 8, 2), answers, who=desk.unit)


def test_assigned_is_closed_after_the_report_only(desk: Desk) -> None:
    answered(desk)
    assert "提交办结报告后才能办结" in desk.refused("close", date(2026, 7, 28))


def test_review_within_thirty_days_of_the_answer(desk: Desk) -> None:
    answered(desk)
    answers = {"reviewer": desk.county.organs["县人民政府"].pk, "grounds": "不服"}
    assert "2026-08-19" in desk.refused("ask_review", date(2026, 8, 20), answers)
    assert "不能由原承办单位复查" in desk.refused(
        "ask_review", date(2026, 8, 19), answers | {"reviewer": desk.county.organs["县住建局"].pk}
    )
    desk.take("ask_review", date(2026, 8, 19), answers)
    assert desk.due("review") == date(2026, 9, 18)
    government = actor("handling_unit", desk.county.division, desk.county.organs["县人民政府"])
    desk.take("review", date(2026, 9, 10), {"outcome": "upheld", "opinion": "维持", "told": date(2026, 9, 11)}, who=government)
    desk.take("ask_recheck", date(2026, 10, 11), {"rechecker": desk.county.organs["县委组织部"].pk, "grounds": "仍不服"})
    rechecker = actor("handling_unit", desk.county.division, desk.county.organs["县委组织部"])
    desk.take("recheck", date(2026, 11, 1), {"outcome": "upheld", "opinion": "维持"}, who=rechecker)
    assert (desk.petition.phase, desk.petition.closed_on) == ("ended", date(2026, 11, 1))
    assert "现为“复核终结”" in desk.refused("ask_review", date(2026, 11, 2), answers)


def at_recheck(desk: Desk) -> Actor:
    answered(desk)
    desk.take("ask_review", date(2026, 8, 1), {"reviewer": desk.county.organs["县人民政府"].pk, "grounds": "不服"})
    government = actor("handling_unit", desk.county.division, desk.county.organs["县人民政府"])
    desk.take("review", date(2026, 8, 20), {"outcome": "upheld", "opinion": "维持", "told": date(2026, 8, 21)}, who=government)
    desk.take("ask_recheck", date(2026, 9, 1), {"rechecker": desk.county.organs["县委组织部"].pk, "grounds": "仍不服"})
    return actor("handling_unit", desk.county.division, desk.county.organs["县委组织部"])


def test_days_of_a_hearing_do_not_count_in_the_recheck(desk: Desk) -> None:
    """信访工作条例第三十六条第二款：听证所需时间不计算在前款规定的期限内。"""
    rechecker = at_recheck(desk)
    assert desk.due("recheck") == date(2026, 10, 1)
    heard = {"first": date(2026, 9, 10), "last": date(2026, 9, 14), "public": "yes", "record": "各方到场陈述、质询"}
    day = date(2026, 9, 15)
    assert "早于开始日期" in desk.refused("hear", day, heard | {"last": date(2026, 9, 9)}, who=rechecker)
    assert "请在听证结束后登记" in desk.refused("hear", date(2026, 9, 12), heard, who=rechecker)
    assert "早于申请复核的日期" in desk.refused("hear", day, heard | {"first": date(2026, 8, 31)}, who=rechecker)
    desk.take("hear", day, heard, who=rechecker)
    assert desk.petition.phase == "recheck"
    assert desk.due("recheck") == date(2026, 10, 6), "five days, the first and the last included"
    assert desk.petition.due_on == date(2026, 10, 6)
    assert "只能办理一次" in desk.refused("hear", day, heard, who=rechecker)
    desk.take("recheck", date(2026, 10, 6), {"outcome": "upheld", "opinion": "维持"}, who=rechecker)
    assert StepTaken.objects.get(code="recheck").late_days == 0


def test_an_undone_hearing_counts_its_days_again(desk: Desk) -> None:
    rechecker = at_recheck(desk)
    heard = {"first": date(2026, 9, 10), "last": date(2026, 9, 10), "public": "no", "record": "听取意见"}
    desk.take("hear", date(2026, 9, 11), heard, who=rechecker)
    assert desk.due("recheck") == date(2026, 10, 2)
    services.undo(Petition, "petition", desk.pk, reason="登记错误", actor=desk.clerk)
    assert desk.due("recheck") == date(2026, 10, 1)


def test_what_the_record_forbids_is_not_offered_before_a_form_is_filled_in(desk: Desk) -> None:
    desk.take("assign", date(2026, 6, 5), {"handler": desk.county.organs["县住建局"].pk, "report_by": date(2026, 7, 20)})
    desk.take("take_up", date(2026, 6, 8), who=desk.unit)
    found = offers.offers(cases.load(Petition, "petition", [desk.pk], actor=desk.clerk, on=date(2026, 6, 9))[0])
    close = next(one for one in found if one.step.code == "close")
    assert close.bar is not None
    assert "提交办结报告后才能办结" in close.bar.reason
    assert "第二十二条" in close.bar.article
    assert next(one for one in found if one.step.code == "press").bar is None
    assert "提交办结报告后才能办结" in desk.refused("close", date(2026, 6, 9))


def test_an_accusation_never_goes_to_the_accused(county: SmallCounty) -> None:
    desk = Desk(county, 事项类别="检举控告", 被反映机关="县住建局")
    housing, school = county.organs["县住建局"].pk, county.organs["县教育局"].pk
    assert "不得转给它" in desk.refused("forward", date(2026, 6, 5), {"handler": housing})
    desk.take("forward", date(2026, 6, 5), {"handler": school})
    assert Petition.objects.filter(pk=desk.pk, handler=school).exists()


def test_the_accused_sees_nothing_even_as_handler(county: SmallCounty) -> None:
    from renda.directory import gate

    desk = assigned(Desk(county))
    assert gate.visible_to(desk.unit, Petition.objects.all()).filter(pk=desk.pk).exists()
    Petition.objects.filter(pk=desk.pk).update(secret=True, accused=county.organs["县住建局"])
    assert not gate.visible_to(desk.unit, Petition.objects.all()).filter(pk=desk.pk).exists()
    assert gate.visible_to(desk.clerk, Petition.objects.all()).filter(pk=desk.pk).exists()


def test_two_at_once_one_wins(desk: Desk) -> None:
    seen = {desk.pk: desk.petition.steps_taken}
    desk.take("forward", date(2026, 6, 5), {"handler": desk.county.organs["县住建局"].pk}, seen=seen)
    with pytest.raises(Overtaken, match="已办理“转送”"):
        desk.take("decline", date(2026, 6, 5), {"ground": "final", "explanation": "已复核"}, seen=seen)
    assert desk.petition.phase == "forwarded"


def test_undone_steps_leave_everything_as_before(desk: Desk) -> None:
    handling(desk)
    before = Petition.objects.filter(pk=desk.pk).values().get() | {"steps_taken": 0, "updated_at": None}
    marks = set(Milestone.objects.filter(matter_id=desk.pk).values_list("code", "on", "source"))
    desk.take(
        "answer",
        date(2026, 7, 18),
        {"result": "refused", "facts": "无据", "decision": "不予支持", "legal_basis": "无"},
        who=desk.unit,
    )
    with pytest.raises(StepRefused, match="请写明更正原因"):
        services.undo(Petition, "petition", desk.pk, reason=" ", actor=desk.clerk)
    services.undo(Petition, "petition", desk.pk, reason="误点", actor=desk.clerk)
    assert Petition.objects.filter(pk=desk.pk).values().get() | {"steps_taken": 0, "updated_at": None} == before
    assert set(Milestone.objects.filter(matter_id=desk.pk).values_list("code", "on", "source")) == marks
    assert StepTaken.objects.get(code="answer").undo_reason == "误点"


def test_steps_in_sets_are_all_or_nothing(desk: Desk) -> None:
    other = Desk(desk.county, 信访事项="反映噪声扰民")
    other.take("withdraw", date(2026, 6, 3), {"statement": "电话撤回"})
    handler = {"handler": desk.county.organs["县住建局"].pk}
    with pytest.raises(StepRefused, match="已撤回"):
        services.take(
            Petition, "petition", "forward", [desk.pk, other.pk], actor=desk.clerk, on=date(2026, 6, 5), answers=handler
        )
    assert desk.petition.phase == "registered"


def test_the_petitioner_is_told_within_fifteen_days(desk: Desk) -> None:
    desk.take("forward", date(2026, 6, 5), {"handler": desk.county.organs["县住建局"].pk})
    assert desk.petition.due_on == date(2026, 6, 20)  # the unit's, whose turn it is
    assert Deadline.objects.get(matter_id=desk.pk, code="notify").ended_on is None
    desk.take("notify", date(2026, 6, 15), {"how": "unknown"})
    assert Deadline.objects.get(matter_id=desk.pk, code="notify").ended_on == date(2026, 6, 15)
    assert desk.petition.phase == "forwarded"


def test_passed_down_on_one_thread(desk: Desk) -> None:
    town = desk.county.townships["龙潭镇"]
    desk.take("pass_down", date(2026, 6, 5), {"division": town.pk})
    below = Petition.objects.get(keeper=town)
    assert below.thread_id is not None
    assert below.thread_id == desk.petition.thread_id
    assert (below.phase, below.petitioner, below.title) == ("registered", "周大勇", "反映道路积水")
    town_clerk = actor("township_clerk", town)
    services.take(
        Petition,
        "petition",
        "accept",
        [below.pk],
        actor=town_clerk,
        on=date(2026, 6, 8),
        answers={"handler": desk.county.organs["龙潭镇人民政府"].pk},
    )
    assert "不在您的权限范围内" in desk.refused("close", date(2026, 6, 9), who=town_clerk)


def test_merged_with_the_first_one(county: SmallCounty) -> None:
    first, second = Desk(county, 编号="信2026-0001"), Desk(county, 编号="信2026-0002", 信访形式="来访")
    assert "没有编号" in second.refused("merge", date(2026, 6, 5), {"original": "信2026-9999"})
    second.take("merge", date(2026, 6, 5), {"original": "信2026-0001"})
    assert second.petition.thread_id == first.petition.thread_id is not None
    assert (second.petition.phase, second.petition.repeats, second.petition.repeated) == ("closed", "信2026-0001", True)


def test_matters_from_ledgers_go_on_from_their_milestones(county: SmallCounty) -> None:
    desk = Desk(county, 受理日期="2026-06-02", 转办日期="2026-06-03", 承办单位="县住建局")
    assert desk.petition.phase == "forwarded"
    assert desk.petition.due_on == date(2026, 8, 1)  # from acceptance; what the ledger does not say raises no alarm
    assert set(Deadline.objects.filter(matter_id=desk.pk, ended_on__isnull=True).values_list("code", flat=True)) == {"handle"}
    desk.take("take_up", date(2026, 6, 5), who=desk.unit)
    assert desk.petition.phase == "handling"


def test_days_to_come_and_days_before_the_last_step_are_refused(desk: Desk) -> None:
    handler = {"handler": desk.county.organs["县住建局"].pk}
    assert "晚于今天" in desk.refused("forward", date(2027, 1, 1), handler)
    assert "早于上一步骤" in desk.refused("forward", date(2026, 5, 31), handler)


def test_missing_and_unknown_answers(desk: Desk) -> None:
    assert "“承办单位”必填" in desk.refused("forward", date(2026, 6, 5))
    assert "没有“x”这一项" in desk.refused("forward", date(2026, 6, 5), {"x": 1, "handler": desk.county.organs["县住建局"].pk})
    assert "不在名录中" in desk.refused("forward", date(2026, 6, 5), {"handler": 10**9})
