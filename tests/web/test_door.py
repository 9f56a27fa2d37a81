"""Signing in and out, passwords, hats, languages, and the pages of the shell for each role."""

from collections.abc import Callable

import pytest
from django.test import Client

from renda.journal.models import Entry
from renda.web import lockout
from tests.office import PASSWORD, ROLES, Office

PAGES = (
    "/",
    "/all/",
    "/search/",
    "/search/?q=饮水",
    "/search/?q=水",
    "/notices/",
    "/calendar/",
    "/calendar/?month=2021-03",
    "/calendar/?month=x",
)


def test_every_address_asks_for_sign_in_but_the_door(office: Office) -> None:
    client = Client()
    for page in (*PAGES, "/figures/", "/journal/", "/password/", "/suggestions/", "/suggestions/suggestions/", "/lookup/people/"):
        answer = client.get(page)
        assert answer.status_code == 302, page
        assert answer.headers["Location"].startswith("/login/"), page
    assert client.get("/login/").status_code == 200


def test_signing_in_goes_on_to_where_one_wanted_and_is_journalled(office: Office) -> None:
    client = Client()
    answer = client.post("/login/", {"username": "clerk", "password": PASSWORD, "next": "/calendar/"})
    assert answer.headers["Location"] == "/calendar/"
    assert Entry.objects.filter(action="account.sign_in").count() == 1
    assert client.get("/calendar/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/calendar/").status_code == 302


def test_a_foreign_address_is_never_followed(office: Office) -> None:
    answer = Client().post("/login/", {"username": "clerk", "password": PASSWORD, "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"


def test_wrong_passwords_are_answered_alike_and_close_the_name_for_a_while(office: Office) -> None:
    client = Client()
    for left in range(lockout.TRIES - 1, 0, -1):
        for name in ("clerk", "nobody"):
            body = client.post("/login/", {"username": name, "password": "wrong"}).content.decode()
            assert f"还可以再试 {left} 次" in body
    assert "已暂停登录" in client.post("/login/", {"username": "clerk", "password": "wrong"}).content.decode()
    assert "已暂停登录" in client.post("/login/", {"username": "clerk", "password": PASSWORD}).content.decode()
    assert client.post("/login/", {"username": "director", "password": PASSWORD}).status_code == 302


def test_a_first_password_is_changed_before_anything_else(office: Office, as_role: Callable[[str], Client]) -> None:
    account = office.accounts["town"]
    account.must_change_password = True
    account.save()
    client = as_role("town")
    assert client.get("/").headers["Location"] == "/password/"
    short = client.post("/password/", {"old": PASSWORD, "new": "12345", "again": "12345"})
    assert short.status_code == 422
    fresh = "a-much-better-one-7"
    assert client.post("/password/", {"old": PASSWORD, "new": fresh, "again": fresh}).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    account.refresh_from_db()
    assert account.check_password(fresh)


def test_an_account_without_a_hat_is_told_whom_to_ask(office: Office, as_role: Callable[[str], Client]) -> None:
    office.accounts["town"].hats.all().delete()
    answer = as_role("town").get("/")
    assert answer.status_code == 403
    assert "安全管理员" in answer.content.decode()


def test_the_hat_decides_what_may_be_done(office: Office, as_role: Callable[[str], Client]) -> None:
    client, account = as_role("clerk"), office.accounts["clerk"]
    assert client.get("/suggestions/suggestions/new/").status_code == 200
    client.post("/hat/", {"hat": account.hats.get(role="director").pk})
    assert client.get("/suggestions/suggestions/new/").status_code == 403
    assert client.post("/hat/", {"hat": office.accounts["operator"].hats.get().pk}).status_code == 404
    assert Entry.objects.filter(action="account.hat").count() == 1


def test_the_language_is_remembered(as_role: Callable[[str], Client]) -> None:
    client = as_role("clerk")
    assert 'lang="zh-CN"' in client.get("/").content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    assert 'lang="en"' in client.get("/").content.decode()


@pytest.mark.parametrize("name", list(ROLES))
def test_the_shell_opens_for_every_role_and_no_entry_leads_to_a_refusal(as_role: Callable[[str], Client], name: str) -> None:
    client = as_role(name)
    for page in PAGES:
        assert client.get(page).status_code == 200, page
    shell = client.get("/").context["shell"]
    assert len(shell.rail) <= 8
    assert len(shell.bottom) <= 4
    for entry in [*shell.rail, *shell.bottom]:
        assert client.get(entry.url, follow=True).status_code == 200, entry.url


def test_faults_say_what_to_do_next(as_role: Callable[[str], Client]) -> None:
    client = as_role("deputy")
    refused = client.get("/petitions/petitions/")
    assert refused.status_code == 403
    assert "没有“查看”的权限" in refused.content.decode()
    assert "切换" in refused.content.decode()
    missing = client.get("/suggestions/suggestions/999999/")
    assert missing.status_code == 404
    assert "搜索" in missing.content.decode()


def test_search_finds_two_characters_in_what_the_hat_may_see(as_role: Callable[[str], Client]) -> None:
    assert "饮水</mark>安全" in as_role("clerk").get("/search/?q=饮水").content.decode()
    assert "反映道路<mark>积水</mark>" in as_role("petition").get("/search/?q=积水").content.decode()
    assert "反映道路" not in as_role("town").get("/search/?q=积水").content.decode()


def test_home_shows_what_is_late_and_the_years_figures(as_role: Callable[[str], Client]) -> None:
    body = as_role("clerk").get("/").content.decode()
    assert "关于农村饮水安全的建议（1）" in body
    assert "逾期" in body
    assert "2021年数据" in body


def test_figure_pages_show_value_trend_breakdown_records_and_definition(as_role: Callable[[str], Client]) -> None:
    client = as_role("clerk")
    body = client.get("/figures/suggestions.count/?year=2021").content.decode()
    for part in (">3</span>", "历年", "口径", "关于农村饮水安全的建议（2）", "怎么算出来的", "查看数据表"):
        assert part in body, part
    assert client.get("/figures/no.such/").status_code == 404
    assert client.get("/figures/?year=2021&q=建议").status_code == 200
    assert as_role("audit").get("/figures/").status_code == 403


def test_the_journal_is_for_the_audit_administrator(as_role: Callable[[str], Client]) -> None:
    client = as_role("audit")
    assert client.get("/journal/").status_code == 200
    assert "前后相接" in client.post("/journal/verify/", follow=True).content.decode()
    assert as_role("clerk").get("/journal/").status_code == 403
