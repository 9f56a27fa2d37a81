"""A matter's page and the forms of its steps: what may be done, what was done, what is refused, who was quicker."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renda.journal.models import Entry
from renda.petitions.models import Petition
from renda.procedure import deriving, services
from renda.procedure.models import Deadline, StepTaken
from tests.ui.steps_desk import PETITIONS, Pages, pages

__all__ = ["pages"]
FORWARD = {"on": "2026-12-10", "handler": "县教育局"}


def text(page: str) -> str:
    """The words of a page, without its mark-up."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def forwarded(pages: Pages) -> Pages:
    pages.take("petition", "forward", date(2026, 12, 2), handler=pages.school)
    return pages


def answered(pages: Pages) -> Pages:
    pages.take("petition", "assign", date(2026, 12, 2), handler=pages.school, report_by=date(2027, 1, 20))
    pages.take("unit", "take_up", date(2026, 12, 4))
    told = {"result": "explained", "facts": "确有拥堵", "decision": "增设护学岗", "legal_basis": "《道路交通安全法》"}
    pages.take("unit", "answer", date(2026, 12, 15), **told, told=date(2026, 12, 16))
    return pages


def test_the_page_says_state_turn_steps_and_deadlines(pages: Pages) -> None:
    words = text(pages.page("petition"))
    assert "待处理" in words
    assert "等信访工作人员办理 · 轮到您" in words
    assert words.index("由本机关有关机构直接办理") < words.index("更多步骤")  # accept and forward are the usual ones
    assert "转送、交办期限 逾期 4 天" in words
    assert "《信访工作条例》第二十二条" in words
    assert "期限怎么算的" in words


def test_another_role_sees_the_state_and_no_steps(pages: Pages) -> None:
    page = pages.page("director")
    assert "待处理" in text(page)
    assert "您当前的身份没有现在可办的步骤" in text(page)
    assert "/step/" not in page


def test_a_step_is_taken_through_its_form(pages: Pages) -> None:
    form = pages.page("petition", "step/forward/")
    assert "转送有权处理的机关、单位" in form
    assert 'name="seen" value="0"' in form
    assert "/lookup/directory.organs/" in form
    words = text(pages.post("petition", "step/forward/", **FORWARD, seen="0"))
    assert "已办理“转送”。该事项现为“已转送”，下一步由承办单位（县教育局）在 2026-12-25 前办理（《信访工作条例》第" in words
    step = StepTaken.objects.get(matter_id=pages.pk)
    assert (step.code, step.on, step.outside, step.actor) == (
        "forward",
        date(2026, 12, 10),
        False,
        "petition（人大信访工作人员）",
    )
    assert pages.petition.handler_id == pages.school


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(pages: Pages) -> None:
    sent = {"on": "昨天", "handler": "县没有局", "note": "请速办", "seen": "0"}
    page = pages.post("petition", "step/forward/", status=422, **sent)
    assert "没有办理，请先改正以下内容" in page
    assert 'href="#id_on"' in page
    assert 'href="#id_handler"' in page
    assert 'value="县没有局"' in page
    assert "请速办</textarea>" in page
    assert "“承办单位”必填" in pages.post("petition", "step/forward/", status=422, on="2026-12-10", seen="0")
    assert "晚于今天" in pages.post("petition", "step/forward/", status=422, on="2027-01-05", handler="县教育局", seen="0")
    assert "请写到日" in pages.post("petition", "step/forward/", status=422, on="2026年12月", handler="县教育局", seen="0")
    assert StepTaken.objects.count() == 0


def test_an_unlawful_step_is_refused_with_its_article(pages: Pages) -> None:
    answered(pages)
    page = pages.post("petition", "step/close/", status=422, on="2026-12-18", seen="3")
    assert "提交办结报告后才能办结" in page
    assert "《信访工作条例》" in page
    assert pages.petition.phase == "answered"


def test_a_step_of_another_state_says_why_it_cannot_be_taken(pages: Pages) -> None:
    page = pages.page("petition", "step/report/", status=422)
    assert "现为“待处理”，不能办理“提交办结报告”" in page
    assert "<form" not in page[page.index("<main") : page.index("</main>")]


def test_who_is_not_named_is_refused_and_who_does_not_see_finds_nothing(pages: Pages) -> None:
    assert "由信访工作人员办理，您当前的身份不能办理" in pages.page("director", "step/forward/", status=403)
    pages.page("unit", "step/take_up/", status=404)  # not its petition yet
    forwarded(pages)
    pages.page("unit", "step/take_up/")
    pages.page("unit", "step/forward/", status=403)
    pages.page("petition", "step/no_such/", status=404)
    assert pages.client("petition").get("/suggestions/suggestions/1/step/forward/").status_code == 403


def test_the_second_of_two_is_told_what_happened_meanwhile(pages: Pages) -> None:
    pages.take("petition", "forward", date(2026, 12, 9), handler=pages.school)
    page = pages.post("petition", "step/decline/", status=422, on="2026-12-10", ground="final", explanation="已复核", seen="0")
    assert "您打开页面后，该事项已有新的办理" in page
    words = text(page)
    assert "转送 2026年12月9日" in words
    assert "现为“已转送”，不能办理“不予受理”" in words
    assert pages.petition.phase == "forwarded"


def test_the_second_may_still_take_a_step_that_is_open_after_a_look(pages: Pages) -> None:
    forwarded(pages)
    pages.take("petition", "press", date(2026, 12, 3), ground="delay", demand="抓紧办理")
    sent = {"on": "2026-12-05", "how": "post", "note": "已寄出"}
    page = pages.post("petition", "step/notify/", status=422, **sent, seen="1")
    assert "核对后仍需办理的，可以再次提交" in page
    assert "已寄出</textarea>" in page
    assert 'name="seen" value="2"' in page
    pages.post("petition", "step/notify/", **sent, seen="2")
    assert StepTaken.objects.filter(code="notify").count() == 1


def test_an_act_on_paper_is_recorded_for_the_unit(pages: Pages) -> None:
    forwarded(pages)
    form = pages.page("petition", "step/take_up/")
    assert "线下办理登记：受理并告知" in form
    assert "这一步由承办单位（县教育局）办理" in form
    assert "应由承办单位办理；代为登记的" in pages.post("petition", "step/take_up/", status=422, on="2026-12-04", seen="1")
    words = text(pages.post("petition", "step/take_up/", on="2026-12-04", seen="1", outside="1"))
    assert "线下办理" in words
    assert StepTaken.objects.get(code="take_up").organ_id == pages.school
    assert "线下办理登记" not in pages.page("unit", "step/answer/")


def test_the_timeline_says_who_when_late_and_under_which_article(pages: Pages) -> None:
    pages.take("petition", "forward", date(2026, 12, 18), handler=pages.school, note="转教育局")
    words = text(pages.page("petition"))
    timeline = words[words.index("办理过程") : words.index("登记内容")]
    assert timeline.index("收到 2026年12月1日 台账登记") < timeline.index("转送 2026年12月18日")
    assert "超期 2 天 待处理 → 已转送" in timeline
    assert "petition（人大信访工作人员） 录入于 2026-12-20" in timeline
    assert "期限 2026-12-16" in timeline
    assert "承办单位 县教育局" in timeline
    assert "办理说明 转教育局" in timeline
    assert "信访事项转送函、信访事项告知书" in timeline


def test_secret_answers_are_masked_and_shown_for_a_journalled_reason(pages: Pages) -> None:
    page = pages.page("petition" if answered(pages) else "")
    assert "确有拥堵" not in page
    assert "增设护学岗" not in page
    assert "《道路交通安全法》" in page
    place = StepTaken.objects.get(code="answer").place
    address = f"steps/{place}/facts/"
    assert pages.address(address) in page
    assert "须写明事由" in pages.post("petition", address, status=422, reason=" ")
    assert not Entry.objects.filter(action="secret.revealed").exists()
    shown = pages.client("petition").post(pages.address(address), {"reason": "核对答复内容"}).content.decode()
    assert "确有拥堵" in shown
    entry = Entry.objects.get(action="secret.revealed")
    assert entry.payload["reason"] == "核对答复内容"
    assert "拥堵" not in str(entry.payload)
    assert "核对答复内容" in pages.page("petition")
    assert address not in pages.page("director")
    pages.page("director", address, status=403)
    pages.page("petition", f"steps/{place}/legal_basis/", status=404)  # not secret: nothing to reveal


def test_the_journal_and_the_page_never_hold_a_secret_answer(pages: Pages) -> None:
    answered(pages)
    assert "确有拥堵" not in str(list(Entry.objects.values_list("payload", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(answers::text, ' ') FROM procedure_steptaken")
        assert "拥堵" not in cursor.fetchone()[0]


def test_the_last_step_is_undone_with_a_reason(pages: Pages) -> None:
    forwarded(pages)
    assert "更正上一步“转送”" in text(pages.page("petition"))
    assert "更正上一步" not in text(pages.page("unit"))
    pages.page("unit", "undo/", status=403)
    assert "由“已转送”恢复为“待处理”" in text(pages.page("petition", "undo/"))
    assert "请写明更正原因" in pages.post("petition", "undo/", status=422, reason="", seen="1")
    assert "又有新的办理" in pages.post("petition", "undo/", status=422, reason="误点", seen="0")
    words = text(pages.post("petition", "undo/", reason="单位选错", seen="1"))
    assert "该事项恢复为“待处理”" in words
    assert "已更正" in words
    assert "更正，原因：单位选错" in words
    assert (pages.petition.phase, pages.petition.handler_id) == ("registered", None)
    pages.page("petition", "undo/", status=404)


def test_a_moved_deadline_says_from_when_and_why(pages: Pages) -> None:
    forwarded(pages)
    row = Deadline.objects.get(matter_id=pages.pk, code="take_up")
    Deadline.objects.filter(pk=row.pk).update(moved_from=date(2026, 12, 15), moved_why="放假安排调整")
    assert f"由 2026-12-15 变为 {row.due_on}，因放假安排调整" in text(pages.page("petition"))


def test_a_matter_at_its_end_has_no_running_deadline(pages: Pages) -> None:
    pages.take("petition", "withdraw", date(2026, 12, 3), statement="电话撤回")
    Deadline.objects.filter(matter_id=pages.pk, code="notify").update(ended_on=None)
    words = text(pages.page("petition"))
    assert "已撤回" in words
    assert "还剩" not in words
    assert "更多步骤" not in words


def test_a_voided_matter_takes_no_steps(pages: Pages) -> None:
    from renda.registers import registry
    from renda.registers import services as registers

    registers.void(registry.get("petitions.petitions"), [pages.pk], reason="重复登记", actor=pages.actor("petition"))
    assert "/step/" not in pages.page("petition")
    pages.page("petition", "step/forward/", status=404)
    pages.page("petition", "undo/", status=404)


def test_the_list_shows_and_filters_by_state(pages: Pages) -> None:
    body = pages.client("petition").get(PETITIONS).content.decode()
    assert "待处理" in body
    assert " 状态 " in text(body)
    assert "共 1 条" in text(pages.client("petition").get(PETITIONS + "?phase=registered").content.decode())
    none = text(pages.client("petition").get(PETITIONS + "?phase=assigned").content.decode())
    assert "状态 为 已交办" in none.replace("状态为", "状态 为 ").replace("  ", " ")
    assert "没有符合这些条件" in none
    assert " 进展 " in text(pages.client("clerk").get("/suggestions/suggestions/").content.decode())


def queries(pages: Pages) -> int:
    pages.page("petition")
    with CaptureQueriesContext(connection) as captured:
        pages.page("petition")
    return len(captured)


def test_the_page_asks_as_many_queries_for_thirty_steps_as_for_three(pages: Pages) -> None:
    forwarded(pages)
    for _turn in range(2):
        pages.take("petition", "press", date(2026, 12, 3), ground="delay", demand="抓紧办理")
    few = queries(pages)
    for _turn in range(27):
        pages.take("petition", "press", date(2026, 12, 3), ground="delay", demand="抓紧办理")
    services.undo(Petition, "petition", pages.pk, reason="重复", actor=pages.actor("petition"))
    assert StepTaken.objects.filter(matter_id=pages.pk).count() == 30
    assert queries(pages) == few < 40


def test_a_changed_law_moves_the_deadline_on_the_page(pages: Pages) -> None:
    forwarded(pages)
    before = Deadline.objects.get(matter_id=pages.pk, code="take_up").due_on
    Deadline.objects.filter(matter_id=pages.pk, code="take_up").update(due_on=date(2026, 12, 24))
    assert deriving.refresh("petition", [pages.pk], why="本县启用地方规定") == 1
    assert f"由 2026-12-24 变为 {before}，因本县启用地方规定" in text(pages.page("petition"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_open_step_has_a_form(pages: Pages, language: str) -> None:
    client = pages.client("petition")
    client.cookies["renda_language"] = language
    links = re.findall(r'href="([^"]+/step/[a-z_]+/)"', pages.page("petition"))
    assert len(links) >= 7
    for link in links:
        assert client.get(link).status_code == 200, link
