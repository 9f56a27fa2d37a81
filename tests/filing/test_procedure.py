"""The procedure of filing and review: what the province's periods and the Supervision Law say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from renda.core import clock
from renda.directory.gate import Actor
from renda.filing.models import NormativeDocument
from renda.procedure import services
from renda.procedure.models import StepTaken
from renda.procedure.refusals import StepRefused
from renda.registers import registry
from renda.registers.services import Change, save
from tests import small_county
from tests.small_county import SmallCounty

pytestmark = [pytest.mark.django_db]
ALL = {"form": "paper", "report": "yes", "text": "yes", "explanation": "yes", "basis": "yes", "contact": "办公室 12345"}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.travel(date(2026, 12, 20)):
        yield


@pytest.fixture
def county() -> SmallCounty:
    return small_county.make()


class Desk:
    """A document and those who take steps in it."""

    def __init__(self, county: SmallCounty, **more: Any) -> None:
        row = {"文件名称": "河道管理办法", "制定机关": "县交通局", "公布日期": "2026-03-02", **more}
        self.pk = county.enter("filing.documents", [row])[0]
        path = county.division.path
        self.office = Actor("办公室", "congress_clerk", division_id=county.division.pk, division_path=path)
        self.maker = Actor(
            "交通局", "handling_unit", organ_id=county.organs["县交通局"].pk, division_id=county.division.pk, division_path=path
        )

    def take(self, code: str, on: date, answers: Mapping[str, Any] | None = None, who: Actor | None = None, **more: Any) -> str:
        services.take(
            NormativeDocument, "filing_document", code, [self.pk], actor=who or self.office, on=on, answers=answers or {}, **more
        )
        return self.document.phase

    @property
    def document(self) -> NormativeDocument:
        return NormativeDocument.objects.get(pk=self.pk)

    def reviewing(self) -> Desk:
        self.take("file", date(2026, 3, 20), ALL, self.maker)
        self.take("register", date(2026, 3, 24))
        self.take("distribute", date(2026, 3, 26), {"committee": "法制委员会", "way": "own_motion"})
        return self


@pytest.fixture
def desk(county: SmallCounty) -> Desk:
    return Desk(county)


def test_a_clean_document_is_archived(desk: Desk) -> None:
    assert desk.document.phase == "issued"
    assert desk.reviewing().take("clear", date(2026, 4, 20)) == "archived"
    assert (desk.document.finding, desk.document.closed_on, desk.document.way) == ("clean", date(2026, 4, 20), "own_motion")


def test_a_faulty_one_is_put_right(desk: Desk) -> None:
    opinion = {"ground": "conflict", "problem": "处罚幅度超出上位法", "opinions": 2, "sent": date(2026, 4, 22)}
    assert desk.reviewing().take("oppose", date(2026, 4, 20), opinion) == "opinion"
    assert desk.document.closed_on is None
    assert desk.take("reply", date(2026, 5, 6), {"plan": "六月修改"}, desk.maker) == "correcting"
    assert desk.take("correct", date(2026, 6, 30), {"how": "amended"}, desk.maker) == "corrected"
    assert desk.take("confirm", date(2026, 7, 3)) == "archived"
    document = desk.document
    assert (document.finding, document.correction, document.opinions, document.closed_on) == (
        "problem",
        "amended",
        2,
        date(2026, 7, 3),
    )
    article = StepTaken.objects.get(code="oppose").article
    assert "监督" in article


def test_one_that_is_not_put_right_goes_to_the_committee(desk: Desk) -> None:
    opinion = {"ground": "rights", "problem": "增设许可", "opinions": 1, "sent": date(2026, 4, 22)}
    desk.reviewing().take("oppose", date(2026, 4, 20), opinion)
    assert desk.take("move", date(2026, 6, 1), {"reason": "逾期未处理"}) == "annulling"
    assert desk.take("annul", date(2026, 6, 20), {"decision": "关于撤销《河道管理办法》的决定"}) == "archived"
    assert desk.document.correction == "annulled"


def test_incomplete_material_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(StepRefused, match="缺：说明"):
        desk.take("file", date(2026, 3, 20), ALL | {"explanation": "no"}, desk.maker)


def test_the_maker_does_not_register_its_own_document(desk: Desk) -> None:
    desk.take("file", date(2026, 3, 20), ALL, desk.maker)
    with pytest.raises(StepRefused, match="由备案审查工作机构办理"):
        desk.take("register", date(2026, 3, 24), who=desk.maker)


def test_supplement_and_back(desk: Desk) -> None:
    desk.take("file", date(2026, 3, 20), ALL, desk.maker)
    assert desk.take("ask_supplement", date(2026, 3, 23), {"missing": "缺审议记录"}) == "supplement"
    assert desk.take("supplement", date(2026, 3, 27), who=desk.maker) == "filed"


def test_ledgers_go_on_from_where_they_stand(county: SmallCounty) -> None:
    rows = {
        "未报备": ({}, "issued"),
        "已报备": ({"报备日期": "2026-03-20"}, "filed"),
        "审完": ({"报备日期": "2026-03-20", "审查完成日期": "2026-04-20", "审查结果": "未发现问题"}, "archived"),
        "有问题": ({"报备日期": "2026-03-20", "审查完成日期": "2026-04-20", "审查结果": "发现问题"}, "opinion"),
        "已纠正": (
            {
                "报备日期": "2026-03-20",
                "审查完成日期": "2026-04-20",
                "审查结果": "发现问题",
                "处理方式": "修改",
                "纠正日期": "2026-05-20",
            },
            "archived",
        ),
    }
    found = {name: Desk(county, 文件名称=name, **more).document.phase for name, (more, _phase) in rows.items()}
    assert found == {name: phase for name, (_more, phase) in rows.items()}


def test_a_unit_files_its_own_documents_only(county: SmallCounty) -> None:
    reading = county.read("filing.documents", [{"文件名称": "收费办法", "制定机关": "县交通局", "公布日期": "2026-03-02"}])
    register = registry.get("filing.documents")
    own, other = (
        Actor(
            name,
            "handling_unit",
            organ_id=county.organs[name].pk,
            division_id=county.division.pk,
            division_path=county.division.path,
        )
        for name in ("县交通局", "县教育局")
    )
    change = Change(reading.values[0], None, reading.keys[0])
    with pytest.raises(PermissionDenied, match="请在“制定机关”一栏填本单位"):
        save(register, [change], actor=other)
    assert len(save(register, [change], actor=own)) == 1
