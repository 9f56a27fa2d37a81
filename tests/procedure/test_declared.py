"""Every declared procedure: who takes which step, from the declaration itself; its documents; its words in English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dev import procedures as documents
from renda.core import clock
from renda.directory.gate import Actor
from renda.directory.roles import ROLES
from renda.petitions.models import Petition
from renda.procedure import checking, offers, permission, registry, services
from renda.procedure.cases import Case, load
from renda.procedure.declaration import Ask, Procedure, Step
from renda.procedure.models import Matter, StepTaken
from renda.procedure.refusals import StepRefused
from tests import small_county
from tests.small_county import SmallCounty

DAY = date(2026, 12, 10)
STEPS = [(one.kind, step.code) for one in registry.all_procedures() for step in one.steps]


@pytest.fixture
def county(db: None) -> Iterator[SmallCounty]:
    with clock.travel(date(2026, 12, 20)):
        yield small_county.make()


@pytest.fixture
def petition(county: SmallCounty) -> int:
    row = {"编号": "信2026-0001", "收到日期": "2026-12-01", "信访事项": "反映道路积水", "信访形式": "来信", "信访人": "周大勇"}
    pk = county.enter("petitions.petitions", [row])[0]
    organs = county.organs
    Petition.objects.filter(pk=pk).update(handler=organs["县教育局"], reviewer=organs["县教育局"], rechecker=organs["县教育局"])
    return pk


def actor(county: SmallCounty, role: str, organ: str = "") -> Actor:
    pk = county.organs[organ].pk if organ else None
    return Actor(role, role, organ_id=pk, division_id=county.division.pk, division_path=county.division.path)


def answer(ask: Ask, county: SmallCounty) -> Any:
    """Something that the field takes."""
    return {
        "organ": county.organs["县交通局"].pk,
        "division": county.townships["龙潭镇"].pk,
        "day": date(2027, 1, 5),
        "choice": ask.options[0][0] if ask.options else "",
        "yes_no": "yes",
        "whole": 1,
    }.get(ask.kind, "写明情况")


def case_in(step: Step, pk: int, who: Actor) -> Case:
    """The petition, put into the first state from which the step goes."""
    Matter.objects.filter(pk=pk).update(phase=step.frm[0])
    return load(Petition, "petition", [pk], actor=who, on=DAY)[0]


@pytest.mark.parametrize("code", [step.code for step in registry.of_kind("petition").steps])  # type: ignore[union-attr]
def test_a_step_is_for_the_roles_that_it_names_and_for_no_other(county: SmallCounty, petition: int, code: str) -> None:
    """Refused and allowed share all but the role: the same petition, state, day and answers."""
    step = registry.of_kind("petition").step(code)  # type: ignore[union-attr]
    for role in ROLES:
        for organ in ("县教育局", "县住建局") if ROLES[role].bound_to_organ else ("",):
            who = actor(county, role, organ)
            one = case_in(step, petition, who)
            one.answers = {ask.name: answer(ask, county) for ask in step.asks}
            itself = role in step.who.roles and (not step.who.organ or organ == "县教育局")
            records = role in step.who.recorders
            expected = "own" if itself else "outside" if records else "outside" if role == "operator" and step.who.organ else ""
            expected = "own" if role == "operator" and not step.who.organ else expected
            assert permission.way(who, step.who, one.record) == expected, (role, organ)
            reasons = [str(fault) for fault in checking.faults_of(step, one, outside=expected == "outside")]
            refused = any("您当前的身份不能办理" in reason for reason in reasons)
            assert refused is (expected == ""), (role, organ, reasons)
            offered = {offer.step.code for offer in offers.offers(one)}
            assert (code in offered) is (expected != ""), (role, organ)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_that_is_not_named_writes_nothing(county: SmallCounty, petition: int, role: str) -> None:
    """Through the only writer: a role that the declaration names for nothing here changes nothing, whatever the step."""
    from django.core.exceptions import PermissionDenied

    who = actor(county, role, "县住建局" if ROLES[role].bound_to_organ else "")
    for step in registry.of_kind("petition").steps:  # type: ignore[union-attr]
        one = case_in(step, petition, who)
        if permission.way(who, step.who, one.record):
            continue
        answers = {ask.name: answer(ask, county) for ask in step.asks}
        with pytest.raises((StepRefused, PermissionDenied)):
            services.take(Petition, "petition", step.code, [petition], actor=who, on=DAY, answers=answers)
    assert not StepTaken.objects.exists()


@pytest.mark.parametrize(("kind", "code"), STEPS)
def test_a_step_leaves_and_reaches_declared_states_and_says_what_it_does(kind: str, code: str) -> None:
    procedure = registry.of_kind(kind)
    assert procedure is not None
    step = procedure.step(code)
    assert step.frm
    assert step.leads
    assert not step.leads.endswith("。")  # pages add the full stop
    assert {ask.when[0] for ask in step.asks if ask.when[0]} <= {ask.name for ask in step.asks}
    assert len({ask.name for ask in step.asks}) == len(step.asks)
    assert not {ask.name for ask in step.asks} & {
        "on",
        "seen",
        "outside",
        "pick",
        "step",
        "stage",
    }  # names that the pages' forms use


@pytest.mark.parametrize("procedure", registry.all_procedures(), ids=lambda one: one.kind)
def test_every_state_is_somebodys_turn_or_the_end(procedure: Procedure) -> None:
    for state in procedure.states:
        assert state.final or state.turn is not None, state.code
        assert bool(procedure.steps_from(state.code)) or state.final, state.code


def test_a_stale_or_foreign_document_fails_the_check(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "FOLDER", tmp_path)
    assert documents.main(["--check"]) == 1
    assert documents.main([]) == 0
    assert documents.main(["--check"]) == 0
    text = (tmp_path / "petition.md").read_text("utf-8")
    assert "registered --> forwarded : 转送" in text
    assert "objected --> assigned : 不同意异议" in text
    assert "《信访工作条例》第三十四条" in text
    (tmp_path / "petition.md").write_text(text.replace("转送", "转办"), "utf-8")
    assert documents.main(["--check"]) == 1
    assert documents.main([]) == 0
    (tmp_path / "old_kind.md").write_text("# 旧程序", "utf-8")
    assert documents.main(["--check"]) == 1
