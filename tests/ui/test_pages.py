"""Every register's pages open for those who may, refuse those who may not, and ask a constant number of queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from renda.directory import gate, roles
from renda.registers import registry
from renda.registers.register import Register
from tests.office import Office

SUGGESTIONS = "/suggestions/suggestions/"


def address(register: Register) -> str:
    return f"/{register.room}/{register.slug}/"


def test_every_register_opens_its_list_form_and_export(as_role: Callable[[str], Client]) -> None:
    client = as_role("operator")
    for register in registry.all_registers():
        for page in ("", "new/", "export/", "?q=饮水", "?sort=-" + register.label, "?view=late", "?year=2021"):
            assert client.get(address(register) + page).status_code == 200, address(register) + page


@pytest.mark.parametrize("name", ["petition", "town", "deputy", "unit", "system", "security", "audit"])
def test_a_list_opens_exactly_where_the_role_may_view(as_role: Callable[[str], Client], office: Office, name: str) -> None:
    client, role = as_role(name), roles.ROLES[office.accounts[name].hats.get().role]
    for register in registry.all_registers():
        allowed = roles.VIEW in role.rooms.get(gate.access_of(register.model).room, frozenset())
        assert client.get(address(register)).status_code == (200 if allowed else 403), register.code
        creating = roles.CREATE in role.rooms.get(gate.access_of(register.model).room, frozenset())
        assert client.get(address(register) + "new/").status_code == (200 if creating else 403), register.code


def test_a_record_outside_the_scope_is_not_there(as_role: Callable[[str], Client], office: Office) -> None:
    own, other = office.ids["suggestions.suggestions"][:2]  # led by 县教育局, then by 县交通局
    client = as_role("unit")
    assert client.get(f"{SUGGESTIONS}{own}/").status_code == 200
    assert client.get(f"{SUGGESTIONS}{other}/").status_code == 404


def queries(client: Client, page: str) -> int:
    client.get(page)  # sessions and caches settle
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_list_and_detail_ask_as_many_queries_for_many_records_as_for_few(
    as_role: Callable[[str], Client], office: Office
) -> None:
    client, pk = as_role("clerk"), office.ids["suggestions.suggestions"][0]
    few = queries(client, SUGGESTIONS), queries(client, f"{SUGGESTIONS}{pk}/"), queries(client, "/")
    rows = [
        {
            "编号": f"2020-{n:03d}",
            "标题": f"第{n}件",
            "领衔代表": "王芳",
            "主办单位": "县住建局",
            "提出日期": "2020-02-25",
            "交办日期": "2020-03-01",
        }
        for n in range(60)
    ]
    office.county.enter("suggestions.suggestions", rows, year=2020)
    assert (queries(client, SUGGESTIONS), queries(client, f"{SUGGESTIONS}{pk}/"), queries(client, "/")) == few
    assert max(few) < 45


def test_the_list_finds_two_character_words_and_shows_conditions_as_a_sentence(as_role: Callable[[str], Client]) -> None:
    body = as_role("clerk").get(SUGGESTIONS + "?q=饮水&year=2021").content.decode()
    assert "共 3 条" in body
    assert "含有" in body
    assert "2021年" in body
    assert "没有符合这些条件" in as_role("clerk").get(SUGGESTIONS + "?q=茶叶").content.decode()


def test_a_written_name_becomes_a_plain_address(as_role: Callable[[str], Client], office: Office) -> None:
    client = as_role("clerk")
    column = next(c for c in registry.get("suggestions.suggestions").columns if c.name == "领衔代表")
    answer = client.get(f"{SUGGESTIONS}?{column.field}=李娜", follow=True)
    assert f"{column.field}={office.county.persons['李娜']}" in answer.request["QUERY_STRING"]
    assert "共 1 条" in answer.content.decode()


def test_late_matters_say_how_late_and_under_which_article(as_role: Callable[[str], Client], office: Office) -> None:
    body = as_role("clerk").get(f"{SUGGESTIONS}{office.ids['suggestions.suggestions'][0]}/").content.decode()
    assert "逾期" in body
    assert "期限怎么算的" in body
    assert "条" in body


def test_suggestions_by_initials_stay_behind_the_gate(as_role: Callable[[str], Client]) -> None:
    found = as_role("clerk").get("/lookup/people/?q=zw").json()
    assert [one["text"] for one in found["results"]] == ["张伟"]
    organs = as_role("clerk").get("/lookup/directory.organs/?q=xjyj").json()
    assert [one["text"] for one in organs["results"]] == ["县教育局"]
    assert as_role("audit").get("/lookup/directory.organs/?q=xjyj").status_code == 403
    assert as_role("clerk").get("/lookup/no.such/?q=x").status_code == 404


def test_a_record_names_what_the_actor_may_not_open_without_a_link(as_role: Callable[[str], Client], office: Office) -> None:
    row = {
        "活动名称": "视察学校",
        "活动日期": "2021-05-06",
        "组织（邀请）单位": "县教育局",
        "活动形式": "视察",
        "组织方式": "人大组织",
    }
    (pk,) = office.county.enter("deputies.activities", [row | {"所属区划": "龙潭镇"}], year=2021)
    page = f"/deputies/activities/{pk}/"
    assert "/directory/organs/" in as_role("clerk").get(page).content.decode()
    body = as_role("town").get(page).content.decode()
    assert "县教育局" in body
    assert "/directory/organs/" not in body
