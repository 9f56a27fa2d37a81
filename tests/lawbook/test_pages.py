"""The law pages: everybody reads, only those who keep the settings change, and what is changed shows."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from renda.directory.divisions import Written, put_divisions
from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.journal.models import Entry
from renda.law import keys, store, uses
from renda.lawbook import models, services
from renda.lawbook.services import context
from tests.office import ROLES, Office

PAGES = (
    "/law/", "/law/keys/sugg.reply.normal/?from=2021-11-30", "/law/holidays/", "/law/holidays/2021/", "/law/holidays/2030/", "/law/choices/",
    "/law/choices/choice.roll.suggestions/", "/law/packs/",
)  # fmt: skip
CHANGES = (
    ("/law/choices/choice.roll.suggestions/", {"value": "roll", "reason": "决定"}),
    ("/law/choices/choice.roll.suggestions/withdraw/", {"reason": "决定"}),
    ("/law/packs/", {"pack0": "henan", "reason": "决定"}),
    ("/law/holidays/2030/edit/", {"status": "predicted", "days_off": "2030-10-01 国庆节", "reason": "决定"}),
    ("/law/holidays/2030/restore/", {"reason": "决定"}),
)
KEEPERS = ("system", "operator")
ROLLED = "顺延至其后第一个工作日"
Signing = Callable[[str], Client]


@pytest.mark.parametrize("name", list(ROLES))
def test_every_role_reads_the_law_and_only_keepers_change_it(as_role: Signing, office: Office, name: str) -> None:
    client = as_role(name)
    for page in PAGES:
        assert client.get(page).status_code == 200, page
    editing = client.get("/law/holidays/2030/edit/").status_code
    assert editing == (200 if name in KEEPERS else 403)
    for address, data in CHANGES:
        status = client.post(address, data).status_code
        assert status == (302 if name in KEEPERS else 403), address
    changed = Entry.objects.filter(action__startswith="law.").count()
    assert changed == (len(CHANGES) if name in KEEPERS else 0)
    assert models.Choice.objects.filter(ended_at__isnull=True).count() == 0


def test_nobody_reads_without_signing_in(office: Office) -> None:
    for page in PAGES:
        assert Client().get(page).status_code == 302


def test_the_table_finds_by_words_article_law_and_initials(as_role: Signing) -> None:
    client = as_role("clerk")

    def found(query: str) -> str:
        return client.get(f"/law/?{query}").content.decode()

    for words in ("选民名单公布", "elec.list.publish", "选举法 第二十八条", "xmmdgb"):
        assert "/law/keys/elec.list.publish/" in found(f"q={words}"), words
    assert "/law/keys/elec.list.publish/" not in found("q=信访")
    assert "没有符合这些条件" in found("q=没有这样的法律")
    assert "/law/keys/elec.list.publish/" not in found("family=pet")
    assert "/law/keys/sc.notice/" in found("family=sc&state=open")
    assert "/law/keys/sc.notice/" not in found("family=sc&state=read")
    assert "/law/keys/appt.deadline.submit/" in found("pack=chongqing&family=appt")
    assert "/law/keys/appt.vote.majority/" not in found("pack=chongqing&family=appt")
    assert "/law/keys/elec.quota.rounding/" not in found("family=elec&countable=1&page=1")
    assert "120 名" in found("q=elec.quota.county.base&on=2019-01-01")
    assert "140 名" in found("q=elec.quota.county.base")


def test_every_parameter_has_its_page(as_role: Signing) -> None:
    client = as_role("deputy")
    for key in keys():
        answer = client.get(f"/law/keys/{key}/")
        assert answer.status_code == 200, key
        assert store.declaration(key).title in answer.content.decode(), key
    assert client.get("/law/keys/no.such.key/").status_code == 404


def test_a_parameter_tells_its_history_local_rules_and_where_it_is_used(as_role: Signing) -> None:
    page = as_role("clerk").get("/law/keys/elec.quota.county.base/").content.decode()
    assert "140 名" in page
    assert "120 名" in page
    assert "第十一条第一款第三项" in page
    submit = as_role("clerk").get("/law/keys/appt.deadline.submit/").content.decode()
    assert "重庆市" in submit
    assert "只约束制定它的那一级" in submit
    assert "由地方规定或者本县确定" in submit
    assert "质询案：联名人数" in as_role("clerk").get("/law/keys/pc.interpellation.cosigners/").content.decode()


def test_the_calculator_shows_its_working_under_the_countys_choices(as_role: Signing) -> None:
    page = "/law/keys/sugg.reply.normal/?from=2026-11-30"
    client = as_role("system")
    before = client.get(page).content.decode()
    assert "2027-02-28" in before
    assert "不顺延" in before
    client.post("/law/choices/choice.roll.suggestions/", {"value": "roll", "reason": "主任会议决定"})
    after = client.get(page).content.decode()
    assert "2027-03-01" in after
    assert ROLLED in after
    assert "不是可以推算的日期" in client.get("/law/keys/sugg.reply.normal/?from=30.11.2026").content.decode()
    assert "2025-07-15" in client.get("/law/keys/pet.handle/?from=2025-05-16&extended=0").content.decode()


def test_a_choice_shows_default_doubt_author_and_effect(as_role: Signing) -> None:
    client, address = as_role("system"), "/law/choices/choice.roll.suggestions/"
    assert "代表法没有规定答复期限最后一日遇节假日如何处理" in client.get(address).content.decode()
    client.post(address, {"value": "roll", "since": "2021-12-01", "reason": "主任会议第八次会议"})
    page = as_role("clerk").get(address).content.decode()
    for words in ("主任会议第八次会议", "自 2021-12-01 起", "系统管理员", "建议答复期限"):
        assert words in page, words
    assert "本县选定" not in page
    listed = client.get("/law/choices/").content.decode()
    assert "待定" in listed
    assert client.get("/law/choices/elec.list.publish/").status_code == 404
    assert "没有默认" in client.get("/law/choices/elec.committee.size/").content.decode()


@pytest.mark.parametrize(
    ("address", "data", "words"),
    [
        ("/law/choices/choice.roll.suggestions/", {"value": "roll", "reason": ""}, "请写明理由"),
        ("/law/choices/choice.roll.suggestions/", {"reason": "因"}, "请选择一项"),
        ("/law/choices/sc.notice/", {"value": "七天", "reason": "因"}, "不小于零的整数"),
        ("/law/choices/elec.cand.preelection.turnout/", {"value": "三分之一", "reason": "因"}, "分数"),
        ("/law/choices/sc.notice/withdraw/", {"reason": "因"}, "没有本县的选择"),
        ("/law/packs/", {"reason": "因"}, "没有变化"),
        ("/law/packs/", {"pack0": "atlantis", "reason": "因"}, "没有收录"),
        ("/law/holidays/2030/edit/", {"status": "published", "days_off": "2030-10-01", "reason": "因"}, "写明依据的通知"),
        ("/law/holidays/2030/edit/", {"status": "predicted", "days_off": "国庆节七天", "reason": "因"}, "没有读懂"),
        ("/law/holidays/2030/edit/", {"status": "predicted", "days_off": "2031-10-01", "reason": "因"}, "不在 2030 年"),
        (
            "/law/holidays/2030/edit/",
            {"status": "predicted", "days_off": "2030-10-07至2030-10-01", "reason": "因"},
            "起止日期不对",
        ),
        ("/law/holidays/2030/edit/", {"status": "predicted", "days_off": "2030-02-30", "reason": "因"}, "没有读懂"),
        ("/law/holidays/2030/edit/", {"read": "1", "notice": "放假通知"}, "没有从通知中读到"),
        ("/law/holidays/2030/restore/", {"reason": "因"}, "没有本县录入"),
    ],
)
def test_what_cannot_be_is_told_on_the_form(as_role: Signing, address: str, data: dict[str, str], words: str) -> None:
    answer = as_role("system").post(address, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Entry.objects.filter(action__startswith="law.").exists()


def test_a_year_is_filled_from_the_notice_checked_and_saved(as_role: Signing, office: Office) -> None:
    client, address = as_role("system"), "/law/holidays/2026/edit/"
    notice = (Path(__file__).parents[1] / "law" / "notices" / "2026.txt").read_text(encoding="utf-8")
    filled = client.post(address, {"read": "1", "notice": notice, "reason": "照通知"}).content.decode()
    assert "已按通知填写" in filled
    assert "2026-02-15至2026-02-23 春节" in filled
    assert "2026-02-28" in filled
    form = {
        "status": "published",
        "source": "国办发明电〔2025〕7号",
        "days_off": "2026-02-15至2026-02-23 春节",
        "days_worked": "2026-02-14\n2026-02-28",
    }
    saved = client.post(address, {**form, "reason": "照通知"}, follow=True).content.decode()
    assert "国办发明电〔2025〕7号" in saved
    assert "照通知" in saved
    assert not context(office.county.division).holidays.is_working(date(2026, 2, 23))
    month = as_role("clerk").get("/calendar/?month=2026-02").content.decode()
    assert "班" in month
    assert "休" in month
    client.post("/law/holidays/2026/restore/", {"reason": "试完"})
    assert context(office.county.division).holidays.year(2026).holidays[date(2026, 10, 1)] == "国庆节"


def test_packs_in_use_are_shown_in_order_and_kept_by_the_form(as_role: Signing, office: Office) -> None:
    client = as_role("system")
    client.post("/law/packs/", {"pack0": "shandong", "pack1": "qingdao", "reason": "省市规定"})
    assert context(office.county.division).packs == ("shandong", "qingdao")
    page = client.get("/law/packs/").content.decode()
    assert "启用（第 1）" in page
    assert 'value="qingdao" selected' in page
    assert "省市规定" in page


def test_another_countys_choices_stay_away(as_role: Signing, office: Office) -> None:
    put_divisions([Written("990199", "柏川县", "county", "990000")], actor=OPERATOR)
    neighbour = Division.objects.get(code="990199")
    services.choose("choice.roll.suggestions", "roll", reason="邻县的事", actor=OPERATOR, division=neighbour)
    page = as_role("system").get("/law/choices/choice.roll.suggestions/").content.decode()
    assert "邻县的事" not in page
    assert "暂按默认" in page


def test_the_pages_ask_the_database_as_often_for_many_years_and_choices(
    as_role: Signing, django_assert_max_num_queries: Any
) -> None:
    client = as_role("system")
    for year in range(2028, 2034):
        form = {"status": "predicted", "days_off": f"{year}-10-01 国庆节", "reason": "预测"}
        assert client.post(f"/law/holidays/{year}/edit/", form).status_code == 302
    for page in PAGES:
        with django_assert_max_num_queries(25):
            client.get(page)


@pytest.mark.parametrize(("year", "leads_to"), [(2000, [2001]), (2050, [2049, 2051]), (2100, [2099])])
def test_a_year_leads_to_the_years_beside_it_that_there_are(as_role: Signing, year: int, leads_to: list[int]) -> None:
    body = as_role("clerk").get(f"/law/holidays/{year}/").content.decode()
    assert [other for other in (year - 1, year + 1) if f'href="/law/holidays/{other}/"' in body] == leads_to


def test_english_pages_say_the_gist_in_english_and_chinese_ones_do_not(as_role: Signing) -> None:
    client = as_role("clerk")
    address, said = "/law/keys/pet.recheck.decide/", "hearings do not count"
    assert said not in client.get(address).content.decode()
    client.cookies["renda_language"] = "en"
    page = client.get(address).content.decode()
    assert said in page
    assert "听证时间不计入" in page, "the law itself is Chinese"
    assert "The petition office registers what it receives." in client.get("/law/?q=pet.register").content.decode()


def test_english_pages_name_what_a_value_is_used_for_and_give_the_gist_of_a_number(as_role: Signing) -> None:
    client = as_role("clerk")
    client.cookies["renda_language"] = "en"
    for kind in uses.KINDS:
        key = next((use.key for use in uses.all_uses() if use.kind == kind), None)
        if key:
            used = client.get(f"/law/keys/{key}/").content.decode().partition("Where it is used")[2]
            headings = re.findall(r"<h3[^>]*>([^<]+)</h3>", used)
            assert headings
            assert all(heading.isascii() for heading in headings), (key, headings)
    assert "Petitions end within sixty days of acceptance." in client.get("/law/?q=pet.handle").content.decode()
