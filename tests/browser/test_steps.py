"""Real Chromium: a petition from registration to its end, by the clerk and the unit; one step refused, one overtaken, one undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from renda.petitions.models import Petition
from renda.procedure import services
from renda.procedure.models import StepTaken
from tests import office as offices
from tests.browser.test_paths import faults, sign_in
from tests.office import Office
from tests.ui.steps_desk import Pages, enter

Open = Callable[..., Any]


@pytest.fixture
def office(transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office on the live site, on 20 December 2026."""
    monkeypatch.setenv("RENDA_NOW", "2026-12-20T12:00")
    return offices.make()


def go(page: Any, step: str) -> None:
    """Open a step from the matter's page, out of the further ones if need be."""
    link = page.locator(f'a[href$="/step/{step}/"]')
    if not link.is_visible():
        page.click(".r-steps__more summary")
    link.click()


def send(page: Any) -> str:
    """Send the form of a step; the words of the page that follows."""
    page.click(".r-form__foot .btn-primary, .r-form__foot .btn-danger")
    page.wait_for_selector(".r-note--done, .r-summary", state="visible")
    return str(page.inner_text("main"))


def test_a_petition_from_registration_to_its_end(open_page: Open, office: Office) -> None:
    clerk = open_page()
    sign_in(clerk, "petition")
    clerk.goto("/petitions/petitions/new/")
    clerk.fill("#id_received", "2026-12-01")
    clerk.fill("#id_title", "反映学校周边交通拥堵")
    clerk.select_option("#id_form", "来信")
    clerk.fill("#id_petitioner", "周大勇")
    clerk.click(".r-form__foot .btn-primary")
    petition = Petition.objects.get(title="反映学校周边交通拥堵")
    assert clerk.url.endswith(f"/petitions/petitions/{petition.pk}/")
    assert faults(clerk) == []
    go(clerk, "assign")
    clerk.fill("#id_on", "2026-12-02")
    clerk.type("#id_handler", "xjyj")  # by initials, as type-ahead offers it
    clerk.wait_for_selector("#id_handler-list [role=option]")
    clerk.keyboard.press("Enter")
    assert clerk.input_value("#id_handler") == "县教育局"
    clerk.fill("#id_report_by", "2027-01-20")
    assert faults(clerk) == []
    assert "下一步由承办单位（县教育局）" in send(clerk)

    unit = open_page(width=390, height=844)
    sign_in(unit, "unit")
    unit.goto(clerk.url)
    go(unit, "take_up")
    unit.fill("#id_on", "2026-12-04")
    assert "已办理“受理并告知”" in send(unit)
    assert faults(unit) == []

    clerk.reload()
    assert clerk.locator('a[href$="/step/close/"]').count() == 0, "barred until the unit has answered, with the reason beside it"
    assert "承办单位提交办结报告后才能办结" in clerk.content()
    assert faults(clerk) == []

    go(unit, "answer")
    unit.select_option("#id_result", "explained")
    for name in ("facts", "decision", "legal_basis"):
        unit.fill(f"#id_{name}", "增设护学岗")
    assert faults(unit) == []
    assert "已办理“出具处理意见”" in send(unit)
    go(unit, "report")
    unit.fill("#id_report", "已经答复信访人")
    assert "已办理“提交办结报告”" in send(unit)

    clerk.goto(unit.url)
    go(clerk, "close")
    assert "该事项现为“办结”" in send(clerk)
    steps = list(StepTaken.objects.filter(matter_id=petition.pk).values_list("code", "organ__name", "outside"))
    assert [code for code, _organ, _outside in steps] == ["assign", "take_up", "answer", "report", "close"]
    assert {organ for code, organ, _outside in steps if code in ("take_up", "answer", "report")} == {"县教育局"}
    assert "增设护学岗" not in clerk.inner_text("main").replace(
        "增设护学岗\n", "", 1
    )  # the legal basis alone is not confidential

    clerk.click("text=更正上一步“办结”")
    clerk.fill("#id_reason", "办结日期有误")
    assert "恢复为“已报办结报告”" in send(clerk)
    assert Petition.objects.get(pk=petition.pk).phase == "reported"
    assert faults(clerk) == []


def test_who_comes_second_is_told_and_keeps_what_was_typed(open_page: Open, office: Office) -> None:
    pk = enter(office)
    clerk = open_page()
    sign_in(clerk, "petition")
    clerk.goto(f"/petitions/petitions/{pk}/step/notify/")
    clerk.select_option("#id_how", "post")
    clerk.fill("#id_note", "已经寄出")
    other = Pages(office, pk).actor("operator")
    answers = {"handler": office.county.organs["县教育局"].pk}
    services.take(Petition, "petition", "forward", [pk], actor=other, on=date(2026, 12, 10), answers=answers)
    assert "您打开页面后，该事项已有新的办理" in send(clerk)
    assert clerk.input_value("#id_note") == "已经寄出"
    assert faults(clerk) == []
    assert "已办理“书面告知信访人”" in send(clerk)


def test_several_at_once_by_keyboard_and_without_scripts(open_page: Open, office: Office) -> None:
    ids = [enter(office, f"信2026-9{n:03d}", 信访事项=f"反映噪声（{n}）") for n in range(3)]
    clerk = open_page()
    sign_in(clerk, "petition")
    clerk.goto("/petitions/petitions/?phase=registered")
    clerk.check("[data-pick-all]")
    clerk.click("text=办理…")
    assert faults(clerk) == []
    clerk.click('button[name=step][value="notify"]')
    clerk.select_option("#id_how", "post")
    clerk.focus(".r-form__foot .btn-primary")
    clerk.keyboard.press("Enter")
    clerk.wait_for_selector("text=可以办理的 3 件")
    assert faults(clerk) == []
    clerk.click("text=办理这 3 件")
    assert "已办理“书面告知信访人”3 件" in clerk.inner_text(".r-notes")
    assert StepTaken.objects.filter(matter_id__in=ids, code="notify").count() == 3

    plain = open_page(java_script_enabled=False)
    sign_in(plain, "petition")
    plain.goto(f"/petitions/petitions/{ids[0]}/step/withdraw/")
    plain.fill("#id_statement", "电话撤回")
    assert "该事项现为“已撤回”" in send(plain)
