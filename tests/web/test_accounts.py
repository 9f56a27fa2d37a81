"""Accounts through the pages: made, given hats, reset, locked, signed out; every refusal, and every change in the journal."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from renda.directory.models import Account, Hat, Organ
from renda.journal.models import Entry
from renda.journal.services import verify
from renda.web.urls import urlpatterns
from tests.office import PASSWORD, Office

As = Callable[[str], Client]
ADDRESSES = sorted(
    pattern.name for pattern in urlpatterns if getattr(pattern, "name", "") and str(pattern.pattern).startswith("accounts/")
)


def posted(office: Office, **changed: object) -> dict[str, object]:
    data: dict[str, object] = {
        "username": "wangfang", "name": "王芳", "role": "congress_clerk", "division": office.county.division.pk, "organ": "", "person": "",
    }  # fmt: skip
    return data | changed


def address(name: str, office: Office) -> str:
    account = office.accounts["town"]
    known = {"pk": account.pk, "hat": account.hats.get().pk}
    route = str(next(p.pattern for p in urlpatterns if getattr(p, "name", "") == name))
    return reverse(name, kwargs={key: value for key, value in known.items() if f":{key}>" in route})


@pytest.mark.parametrize("name", ADDRESSES)
def test_only_those_who_manage_accounts_open_any_of_their_addresses(as_role: As, office: Office, name: str) -> None:
    before = Entry.objects.count()
    for role in ("clerk", "director", "town", "deputy", "unit", "system", "audit"):
        client, page = as_role(role), address(name, office)
        assert {client.get(page).status_code, client.post(page, {"reason": "x"}).status_code} <= {403, 405}, role
        assert 403 in (client.get(page).status_code, client.post(page).status_code), role
    assert Entry.objects.count() == before
    assert Client().get(address(name, office)).status_code == 302
    assert as_role("security").get(address(name, office)).status_code in (200, 405)


def test_a_new_account_gets_a_first_password_once_and_must_change_it(as_role: As, office: Office) -> None:
    answer = as_role("security").post("/accounts/new/", posted(office))
    password = answer.context["password"]
    assert password in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    account = Account.objects.get(username="wangfang")
    assert account.check_password(password)
    assert password not in as_role("security").get(f"/accounts/{account.pk}/").content.decode()
    entries = Entry.objects.filter(subject_kind="directory.account", subject_id=account.pk)
    assert [e.action for e in entries.order_by("sequence")] == ["account.created", "account.hat_given"]
    assert password not in str(list(entries.values("payload")))
    newcomer = Client()
    assert newcomer.post("/login/", {"username": "wangfang", "password": password}).status_code == 302
    assert newcomer.get("/").headers["Location"] == "/password/"
    fresh = "my-own-better-words"
    newcomer.post("/password/", {"old": password, "new": fresh, "again": fresh})
    assert newcomer.get("/suggestions/suggestions/").status_code == 200
    assert verify().fault is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"username": "clerk"}, "已有人使用"), ({"username": "王芳"}, "只能用英文字母"), ({"name": ""}, "请填写姓名"), ({"role": ""}, "请选择角色"),
        ({"role": "operator"}, "operator"), ({"role": "handling_unit"}, "请选择单位"), ({"role": "deputy"}, "对应到名录中的人"),
        ({"role": "deputy", "person": "查无此人"}, "名录中没有"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_made(
    as_role: As, office: Office, changed: dict, words: str
) -> None:
    before = Account.objects.count()
    answer = as_role("security").post("/accounts/new/", posted(office, **changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Account.objects.count() == before


def test_a_deputys_account_stands_for_the_person(as_role: As, office: Office) -> None:
    as_role("security").post("/accounts/new/", posted(office, role="deputy", person="张伟"))
    assert Account.objects.get(username="wangfang").person_id == office.county.persons["张伟"]
    found = as_role("security").get("/accounts/people/?q=zw").json()["results"]
    assert "张伟" in [one["text"] for one in found]


def test_hats_are_given_and_taken_and_take_effect_at_once(as_role: As, office: Office) -> None:
    account, security, town = office.accounts["town"], as_role("security"), as_role("town")
    assert town.get("/suggestions/suggestions/new/").status_code == 403
    given = {"role": "congress_clerk", "division": office.county.division.pk, "organ": ""}
    assert security.post(f"/accounts/{account.pk}/hats/", given).status_code == 302
    assert security.post(f"/accounts/{account.pk}/hats/", given).status_code == 422
    hat = account.hats.get(role="congress_clerk")
    town.post("/hat/", {"hat": hat.pk})
    assert town.get("/suggestions/suggestions/new/").status_code == 200
    security.post(f"/accounts/{account.pk}/hats/{hat.pk}/take/")
    assert town.get("/suggestions/suggestions/new/").status_code == 403
    actions = Entry.objects.filter(subject_id=account.pk, action__startswith="account.hat_").order_by("sequence")
    assert [e.action for e in actions] == ["account.hat_given", "account.hat_taken"]


@pytest.mark.parametrize(("held", "wanted"), [("town", "audit_admin"), ("audit", "congress_clerk"), ("system", "audit_admin")])
def test_administrators_wear_one_hat(as_role: As, office: Office, held: str, wanted: str) -> None:
    account = office.accounts[held]
    answer = as_role("security").post(f"/accounts/{account.pk}/hats/", {"role": wanted, "division": office.county.division.pk})
    assert answer.status_code == 422
    assert "须由专人担任" in answer.content.decode()
    assert account.hats.count() == 1


def test_nobody_changes_his_own_account(as_role: As, office: Office) -> None:
    own, security = office.accounts["security"], as_role("security")
    hat = own.hats.get()
    for page, data in (
        ("hats/", {"role": "director", "division": office.county.division.pk}), (f"hats/{hat.pk}/take/", {}), ("password/", {}),
        ("lock/", {"active": "0", "reason": "x"}),
    ):  # fmt: skip
        assert security.post(f"/accounts/{own.pk}/{page}", data).status_code == 403, page
    assert list(own.hats.values_list("role", flat=True)) == ["security_admin"]
    assert "另一名安全管理员" in security.get(f"/accounts/{own.pk}/").content.decode()


def test_an_administrator_of_a_township_manages_that_township_alone(as_role: As, office: Office) -> None:
    Hat.objects.filter(account=office.accounts["security"]).update(division=office.county.townships["龙潭镇"])
    security = as_role("security")
    shown = {one.username for one in security.get("/accounts/").context["page"].object_list}
    assert shown == {"town", "security"}
    clerk = office.accounts["clerk"]
    assert security.get(f"/accounts/{clerk.pk}/").status_code == 404
    assert security.post(f"/accounts/{clerk.pk}/password/").status_code == 404
    assert security.post("/accounts/new/", posted(office)).status_code == 422
    organ = Organ.objects.get(name="县教育局")
    given = {"role": "township_clerk", "division": office.county.townships["龙潭镇"].pk, "organ": organ.pk}
    assert security.post(f"/accounts/{office.accounts['town'].pk}/hats/", given).status_code == 422


def test_a_reset_ends_what_is_signed_in_and_gives_a_password_that_must_be_changed(as_role: As, office: Office) -> None:
    account, town = office.accounts["town"], Client()
    town.post("/login/", {"username": "town", "password": PASSWORD})
    assert town.get("/calendar/").status_code == 200
    password = as_role("security").post(f"/accounts/{account.pk}/password/").context["password"]
    assert town.get("/calendar/").status_code == 302
    account.refresh_from_db()
    assert account.must_change_password
    assert account.check_password(password)
    assert Entry.objects.filter(action="account.password_reset", subject_id=account.pk).exists()


def test_a_locked_account_is_out_at_once_and_says_why_in_the_journal(as_role: As, office: Office) -> None:
    account, town, security = office.accounts["town"], as_role("town"), as_role("security")
    assert security.post(f"/accounts/{account.pk}/lock/", {"active": "0", "reason": " "}).status_code == 422
    assert town.get("/").status_code == 200
    security.post(f"/accounts/{account.pk}/lock/", {"active": "0", "reason": "调离"})
    assert town.get("/").status_code == 302
    assert Client().post("/login/", {"username": "town", "password": PASSWORD}).status_code == 422
    assert Entry.objects.get(action="account.locked").payload["reason"] == "调离"
    security.post(f"/accounts/{account.pk}/lock/", {"active": "1", "reason": "调回"})
    assert Client().post("/login/", {"username": "town", "password": PASSWORD}).status_code == 302


def test_sessions_are_listed_and_ended(as_role: As, office: Office) -> None:
    account, town, security = office.accounts["town"], Client(), as_role("security")
    town.post(
        "/login/", {"username": "town", "password": PASSWORD}, headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120"}
    )
    shown = security.get(f"/accounts/{account.pk}/").context["sessions"]
    assert [(one.device, one.address, one.live) for one in shown] == [("Chrome · Windows", "127.0.0.1", True)]
    assert "已下线 1 处" in security.post(f"/accounts/{account.pk}/sessions/", follow=True).content.decode()
    assert town.get("/").status_code == 302
    assert not security.get(f"/accounts/{account.pk}/").context["sessions"][0].live


def test_a_name_closed_for_wrong_passwords_is_opened_again(as_role: As, office: Office) -> None:
    account, client, security = office.accounts["town"], Client(), as_role("security")
    for _try in range(5):
        client.post("/login/", {"username": "town", "password": "wrong"})
    assert client.post("/login/", {"username": "town", "password": PASSWORD}).status_code == 422
    assert "还有" in security.get(f"/accounts/{account.pk}/").content.decode()
    security.post(f"/accounts/{account.pk}/lockout/")
    assert client.post("/login/", {"username": "town", "password": PASSWORD}).status_code == 302


def test_the_list_finds_by_name_and_state(as_role: As, office: Office) -> None:
    security = as_role("security")
    office.accounts["town"].hats.all().delete()
    bare = security.get("/accounts/?state=bare").context["page"].object_list
    assert [one.username for one in bare] == ["town"]
    assert [one.username for one in security.get("/accounts/?q=audit").context["page"].object_list] == ["audit"]
    assert "没有符合这些条件的账号" in security.get("/accounts/?q=zzz").content.decode()
