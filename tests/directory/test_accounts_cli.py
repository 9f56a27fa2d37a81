"""The accounts of an office from the command line."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from renda.directory.cli import directory
from renda.directory.models import Account
from renda.journal.models import Entry
from tests.office import Office, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office; the test's database is already open."""
    monkeypatch.setattr("renda.core.commands.open_records", lambda: None)
    return make()


def call(*arguments: str) -> Result:
    return CliRunner().invoke(directory, ["accounts", *arguments])


def test_the_first_security_administrator_is_made_and_may_sign_in(office: Office, client: Any) -> None:
    made = json.loads(call("add", "anquan", "--name", "安全员", "--role", "security_admin", "--json").stdout)
    assert client.post("/login/", {"username": "anquan", "password": made["password"]}).status_code == 302
    assert client.get("/").headers["Location"] == "/password/"
    hat = Account.objects.get(username="anquan").hats.get()
    assert (hat.role, hat.division_id) == ("security_admin", office.county.division.pk)
    assert Entry.objects.filter(action="account.created", actor__contains="平台运行人员").exists()


def test_a_deputy_stands_for_the_person_and_a_unit_for_its_organ(office: Office) -> None:
    assert call("add", "zw", "--name", "张伟", "--role", "deputy", "--person", "张伟").exit_code == 0
    assert Account.objects.get(username="zw").person_id == office.county.persons["张伟"]
    assert call("add", "jyj", "--name", "教育局", "--role", "handling_unit", "--organ", "县教育局").exit_code == 0
    assert str(Account.objects.get(username="jyj").hats.get().organ) == "县教育局"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "a", "--name", "甲", "--role", "king"), "security_admin（安全管理员）"),
        (("add", "clerk", "--name", "甲", "--role", "director"), "已有人使用"),
        (("add", "a", "--name", "甲", "--role", "director", "--division", "无此镇"), "没有区划"),
        (("add", "a", "--name", "甲", "--role", "handling_unit", "--organ", "无此局"), "没有单位"),
        (("add", "a", "--name", "甲", "--role", "deputy", "--person", "查无此人"), "名录中没有"),
        (("reset", "nobody"), "没有登录名为"),
        (("hat", "clerk", "--role", "audit_admin"), "须由专人担任"),
        (("lock", "clerk", "--reason", " "), "请写明原因"),
    ],
)
def test_what_cannot_be_fails_with_one_clear_line(office: Office, arguments: tuple[str, ...], words: str) -> None:
    before = Account.objects.count(), Entry.objects.count()
    result = call(*arguments)
    assert result.exit_code == 1
    assert words in result.stderr
    assert (Account.objects.count(), Entry.objects.count()) == before


def test_passwords_are_reset_and_accounts_locked_and_listed(office: Office, client: Any) -> None:
    password = json.loads(call("reset", "clerk", "--json").stdout)["password"]
    assert client.post("/login/", {"username": "clerk", "password": password}).status_code == 302
    assert call("lock", "clerk", "--reason", "调离").exit_code == 0
    rows = {row["username"]: row for row in json.loads(call("list", "--json").stdout)["accounts"]}
    assert not rows["clerk"]["active"]
    assert rows["town"]["hats"] == ["乡镇人大工作人员（龙潭镇）"]
    assert call("unlock", "clerk", "--reason", "调回").exit_code == 0
    assert call("hat", "town", "--role", "director", "--division", "龙潭镇").exit_code == 0
    assert "常委会领导（龙潭镇）" in call("list").stdout
