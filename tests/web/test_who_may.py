"""谁能做什么: the matrix says what the roles say, and an answer names the condition without showing the record."""

from collections.abc import Callable

import pytest
from django.test import Client

from renda.directory import gate, roles
from renda.suggestions.models import Suggestion
from renda.ui import rooms
from tests.office import ROLES, Office

As = Callable[[str], Client]
PAGE = "/accounts/rights/"


def test_the_matrix_has_every_role_every_room_and_says_what_each_may(as_role: As) -> None:
    page = as_role("security").get(PAGE)
    lines = {line.name: line.cells for line in page.context["lines"]}
    assert len(lines) == len(roles.ROOMS) + 2  # and reports and templates of letters
    for place, role in enumerate(roles.ROLES.values()):
        for room in roles.ROOMS:
            assert bool(lines[rooms.label(room)][place]) == bool(role.rooms.get(room)), (role.code, room)
    audit = list(roles.ROLES).index("audit_admin")
    assert {cells[audit] for cells in lines.values()} == {""}
    assert as_role("security").get(f"{PAGE}?role=audit_admin").context["shown"][0][0] == "审计管理员"


@pytest.mark.parametrize("name", [one for one in ROLES if one not in ("security", "operator")])
def test_it_is_for_those_who_manage_accounts(as_role: As, name: str) -> None:
    assert as_role(name).get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("account", "action", "allowed", "words"),
    [
        ("clerk", "edit", {True, False}, "没有这项权限"), ("audit", "view", {False}, "不能打开这类台账"), ("town", "edit", {False}, "没有这项权限"),
        ("deputy", "view", {True}, "范围内"), ("unit", "view", {True}, "范围内"), ("petition", "view", {False}, "不能打开这类台账"),
    ],
)  # fmt: skip
def test_an_answer_for_each_hat_with_its_reason_and_nothing_of_the_record(
    as_role: As, office: Office, account: str, action: str, allowed: set[bool], words: str
) -> None:
    one = Suggestion.objects.get(pk=office.ids["suggestions.suggestions"][0])
    for record in (
        one.number,
        f"http://testserver/suggestions/suggestions/{one.pk}/",
        f"/suggestions/suggestions/{one.pk}/edit/",
    ):
        page = as_role("security").get(PAGE, {"account": account, "action": action, "record": record})
        answers = page.context["answers"]
        assert {answer.reason.allowed for answer in answers} == allowed
        for answer, hat in zip(answers, office.accounts[account].hats.order_by("pk"), strict=True):
            assert answer.reason.allowed == gate.may(gate.actor_of(hat), action, one)
        body = page.content.decode()
        assert words in body
        assert one.title not in body


def test_another_units_and_another_countys_records_are_told_apart(as_role: As, office: Office) -> None:
    other = office.ids["suggestions.suggestions"][1]
    page = as_role("security").get(PAGE, {"account": "unit", "action": "view", "record": f"/suggestions/suggestions/{other}/"})
    assert "与其单位无关" in page.content.decode()
    Suggestion.objects.filter(pk=other).update(division=office.county.division.parent)
    page = as_role("security").get(PAGE, {"account": "clerk", "action": "view", "record": f"/suggestions/suggestions/{other}/"})
    assert "区划范围以外" in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"account": "nobody"}, "没有账号"), ({"account": "clerk", "record": "2021-999"}, "不是记录的地址"), ({"account": "clerk", "record": "/no/"}, "不是记录的地址")],
)  # fmt: skip
def test_what_cannot_be_found_is_said_at_its_field(as_role: As, asked: dict[str, str], words: str) -> None:
    page = as_role("security").get(PAGE, asked)
    assert page.status_code == 422
    assert words in page.content.decode()


def test_rights_of_the_platform_are_answered_without_a_record(as_role: As) -> None:
    page = as_role("security").get(PAGE, {"account": "audit", "action": "journal"})
    assert [answer.reason.because for answer in page.context["answers"]] == ["platform"]
