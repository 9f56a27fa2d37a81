"""`renda check`: a whole office keeps every rule; whatever is broken by hand is found, at its place, by its rule and no other."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from renda.core import checking, checking_cli, clock
from renda.directory.models import Account, Hat, Person
from renda.files.services import keep, path_of
from renda.procedure.models import Matter
from renda.registers import registry, services
from renda.suggestions.models import Suggestion
from renda.web.models import Demand, DoorPolicy
from tests import office as offices
from tests.office import PASSWORD, Office
from tests.ui.conftest import TODAY

NUMBER = "11010519491231002X"


@pytest.fixture
def whole(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The office on its day, and commands that find it."""
    monkeypatch.setattr("renda.core.commands.open_records", lambda **_given: None)
    with clock.travel(TODAY):
        office = offices.make()
        organs = registry.get("directory.organs")  # made without the services, and so without search entries
        services._index(organs, list(organs.records().values_list("pk", flat=True)))
        yield office


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def broken() -> set[str]:
    """The codes of the rules that do not hold."""
    return {one.rule.code for one in checking.ask(checking_cli.chosen(False, ())) if one.faults}


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(checking_cli.check, [*arguments, "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_an_office_as_it_is_entered_keeps_every_rule(whole: Office) -> None:
    status, said = run()
    assert (status, said["ok"]) == (0, True)
    assert len(said["rules"]) >= 16
    assert all(re.search("[\u4e00-\u9fff]", one["says"]) for one in said["rules"])


def suggestion(office: Office) -> int:
    return office.ids["suggestions.suggestions"][0]


def _shared_hat(office: Office) -> None:
    Hat.objects.create(account=office.accounts["audit"], role="director", division=office.county.division)


def _lost_file(_office: Office) -> None:
    path_of(keep(b"gone", "text/plain").digest).unlink()


def _changed_file(_office: Office) -> None:
    path_of(keep(b"first", "text/plain").digest).write_bytes(b"other")


def _strange_key(office: Office) -> None:
    sql(
        "UPDATE petitions_petition SET petitioner = %s WHERE matter_ptr_id = %s",
        b"\x01\x02k9" + bytes(40),
        office.ids["petitions.petitions"][0],
    )


def _wrong_hash(office: Office) -> None:
    sql(
        "UPDATE petitions_petition SET petitioner_hash = %s WHERE matter_ptr_id = %s",
        bytes(32),
        office.ids["petitions.petitions"][0],
    )


def _stray_entry(office: Office) -> None:
    sql(
        "UPDATE registers_searchentry SET record_id = 999999 WHERE register = 'suggestions.suggestions' AND record_id = %s",
        suggestion(office),
    )


def _found_though_voided(office: Office) -> None:
    register = registry.get("suggestions.suggestions")
    entry = "INSERT INTO registers_searchentry (register, record_id, division_id, label, tokens) VALUES (%s, %s, %s, 'x', '')"
    services.void(register, [suggestion(office)], reason="重复", actor=offices_operator())
    sql(entry, register.code, suggestion(office), office.county.division.pk)


def offices_operator() -> Any:
    from renda.directory.gate import OPERATOR

    return OPERATOR


def _journal(_office: Office) -> None:
    sql("SET session_replication_role = replica")
    sql("UPDATE journal_entry SET actor = '别人' WHERE sequence = 2")
    sql("SET session_replication_role = origin")


def _number_in_text(office: Office) -> None:
    Matter.objects.filter(pk=suggestion(office)).update(title=f"关于{NUMBER}的建议")


BREAKS: dict[str, tuple[Callable[[Office], object], set[str]]] = {
    "closed day": (lambda o: Matter.objects.filter(pk=suggestion(o)).update(closed_on="2021-12-01"), {"matters.derived"}),
    "stage": (lambda o: Matter.objects.filter(pk=suggestion(o)).update(stage="nowhere"), {"matters.derived"}),
    "closed before opened": (lambda o: Matter.objects.filter(pk=suggestion(o)).update(closed_on="2001-01-01"), {"matters.derived", "matters.dates"}),
    "kind": (
        lambda o: Matter.objects.filter(pk=suggestion(o)).update(kind="no.such"), {"matters.kind", "search.complete"},
    ),
    "path": (lambda o: sql("UPDATE directory_division SET path = '11.22' WHERE name = '白沙镇'"), {"divisions.path"}),
    "hat without organ": (lambda o: Hat.objects.filter(role="handling_unit").update(organ=None), {"hats.consistent"}),
    "deputy without person": (lambda o: Account.objects.filter(username="deputy").update(person=None), {"hats.consistent"}),
    "administrator with two hats": (_shared_hat, {"hats.consistent"}),
    "file gone": (_lost_file, {"files.content"}),
    "file changed": (_changed_file, {"files.content"}),
    "unknown key": (_strange_key, {"personal.opens"}),
    "another's hash": (_wrong_hash, {"personal.opens"}),
    "number in a title": (_number_in_text, {"personal.plain"}),
    "no natural key": (lambda o: Person.objects.count() and Suggestion.objects.filter(pk=suggestion(o)).update(natural_key=""), {"records.key"}),
    "not found": (lambda o: sql("DELETE FROM registers_searchentry WHERE record_id = %s", suggestion(o)), {"search.complete"}),
    "found elsewhere": (_stray_entry, {"search.complete"}),
    "found though voided": (_found_though_voided, {"records.void", "search.complete"}),
    "journal": (_journal, {"journal.chain"}),
}  # fmt: skip


@pytest.mark.parametrize("what", list(BREAKS))
def test_what_is_broken_is_found(whole: Office, what: str) -> None:
    damage, wanted = BREAKS[what]
    damage(whole)
    assert broken() == wanted


def test_the_command_names_the_place_and_fails_and_shows_no_personal_value(whole: Office) -> None:
    _number_in_text(whole)
    status, said = run("--rule", "personal.plain")
    assert (status, said["ok"]) == (1, False)
    (only,) = said["rules"]
    assert only["faults"][0]["where"].startswith("procedure_matter.title")
    text = CliRunner().invoke(checking_cli.check, ["--rule", "personal.plain"])
    assert text.exit_code == 1
    assert "不符" in text.stdout
    assert NUMBER not in text.output + json.dumps(said)


def test_a_number_that_is_none_is_no_fault(whole: Office) -> None:
    Matter.objects.filter(pk=suggestion(whole)).update(title="编号110105194912310021和1101051949123100212X")
    assert broken() == set()


def test_unknown_rules_are_refused_and_the_rules_are_listed(whole: Office) -> None:
    refused = CliRunner().invoke(checking_cli.check, ["--rule", "no.such"])
    assert refused.exit_code == 1
    assert "没有规则" in refused.output
    listed = json.loads(CliRunner().invoke(checking_cli.check, ["--list", "--json", "--deploy"]).stdout)
    assert {one["code"] for one in listed["rules"]} >= {"deploy.https", "deploy.keys", "deploy.backup", "deploy.demo"}


def deploy(code: str) -> list[str]:
    (finding,) = checking.ask(checking_cli.chosen(True, (code,)))
    return [fault.words for fault in finding.faults]


def test_a_trial_set_up_is_not_fit_for_production(whole: Office, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    status, said = run("--deploy")
    assert status == 1
    wrong = {one["code"] for one in said["rules"] if not one["ok"]}
    assert {"deploy.https", "deploy.hosts", "deploy.backup", "deploy.anchor", "deploy.door", "deploy.debug"} <= wrong


def test_a_production_set_up_is(whole: Office, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.ALLOWED_HOSTS = ["renda.example.gov.cn", "127.0.0.1"]
    assert deploy("deploy.https") == deploy("deploy.hosts") == []
    DoorPolicy.objects.create(pk=1, idle_minutes=20, second_factor=Demand.ADMINISTRATORS)
    assert deploy("deploy.door") == []
    settings.ALLOWED_HOSTS = ["*"]
    assert "不能写 *" in deploy("deploy.hosts")[0]
    heads = tmp_path / "heads"
    heads.mkdir()
    (heads / "2021-11.json").write_text("{}")
    monkeypatch.setenv("RENDA_ANCHORS", str(heads))
    assert deploy("deploy.anchor") == []
    os.utime(heads / "2021-11.json", (1, 1))
    assert "超过 35 天" in deploy("deploy.anchor")[0]


def test_keys_that_others_can_read_are_named(whole: Office, settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "keys"
    folder.mkdir(parents=True)
    for path in (folder.parent, folder):
        path.chmod(0o700)
    settings.DATA, settings.FIELD_KEY_FILE = folder.parent, folder / "fields.json"
    settings.FIELD_KEY_FILE.write_text("{}")
    settings.FIELD_KEY_FILE.chmod(0o640)
    assert "权限是 640" in deploy("deploy.keys")[0]
    settings.FIELD_KEY_FILE.chmod(0o600)
    assert deploy("deploy.keys") == []


def test_backups_must_be_whole_and_recent(whole: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from renda.upkeep.layout import Manifest

    monkeypatch.setenv("RENDA_BACKUPS", str(tmp_path))
    (tmp_path / "half").mkdir()
    assert "没有完整的备份" in deploy("deploy.backup")[0]
    for name, made in (("old", "2001-01-01T00:00:00+00:00"), ("new", clock.real_now().isoformat())):
        (tmp_path / name).mkdir()
        Manifest(made, "0.1.0", "18", [], {}, {}, "", {}).write(tmp_path / name)
        assert bool(deploy("deploy.backup")) == (name == "old")


def test_the_demos_password_is_not_left(whole: Office) -> None:
    assert deploy("deploy.demo") == []
    account = Account.objects.get(username="town")
    account.set_password("qinghe-demo-2021")
    account.save()
    assert deploy("deploy.demo") == ["用的是示范县公布的密码。请改密码或停用账号。"]
    assert PASSWORD != "qinghe-demo-2021"
