"""What the guard test asks for: one record of each scope, and what stands in an address for each of them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PIL import Image

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import OPERATOR
from renda.directory.models import Division, Mandate
from renda.documents.models import Paper, PaperVersion
from renda.elections.candidates import announcing
from renda.elections.models import (
    BallotBox,
    CandidateList,
    Election,
    ElectoralDistrict,
    Nomination,
    Nominee,
    PreElection,
    Print,
    Recall,
    RollImport,
    VoteProxy,
    Voter,
    VoteRound,
)
from renda.elections.schedule import services as schedule
from renda.files.services import attach, keep
from renda.journal.services import change
from renda.ledgers.models import Import
from renda.petitions.models import Petition
from renda.procedure.models import StepTaken
from renda.registers import registry, services
from renda.reports.models import Report
from renda.suggestions.models import Suggestion
from renda.web import feeds
from tests import office as offices
from tests.office import Office
from tests.reports import desk

SUGGESTIONS, PETITIONS = "suggestions.suggestions", "petitions.petitions"


@dataclass
class Records:
    """The office, and the parts of an address by object of the table."""

    office: Office
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)


def make() -> Records:
    """The office of the tests with records of its own, of another county, of another unit, of a township, and voided ones."""
    office = offices.make(suggestions=5)
    county = office.county.division
    other = Division.objects.create(
        code="990102", name="柏川县", level="county", path=f"{county.path[:6]}.990102", parent=county.parent
    )
    found = Records(
        office,
        {
            "": {},
            "county": {"code": county.code},
            "county@nowhere": {"code": "000000"},
            "law": {"key": "choice.roll.suggestions", "year": 2026},
        },
    )
    _suggestions(found, other)
    _petitions(found, other)
    _reports(found, other)
    _elections(found, other)
    _others(found, other)
    return found


def _elections(found: Records, other: Division) -> None:
    day = date(2021, 11, 10)
    for scope, place in (("", found.office.county.division), ("@elsewhere", other)):
        made = Election.objects.create(
            division=place, natural_key="换届", name="换届选举", level="county", term_number=12, election_day=day
        )
        found.parts[f"election{scope}"] = {"pk": made.pk, "key": "elec.list.publish", "token": "x" * 43}
        with change():
            poster = keep(f"%PDF-{made.pk}".encode(), "application/pdf")
        printed = Print.objects.create(
            election=made, division=place, kind="poster_a3", state="done", file=poster, name="名单.pdf", by="选举"
        )
        found.parts[f"voter-print{scope}"] = {"pk": made.pk, "made": printed.pk}
        found.parts[f"election feed{scope}"] = {"pk": made.pk, "token": schedule.make_feed(made, actor=OPERATOR)}
        _round(found, scope, made)
        _candidates(found, scope, made)
        _departures(found, scope, place)


def _departures(found: Records, scope: str, place: Division) -> None:
    """A demand for a recall, and a mandate that ended before its term."""
    person = found.office.county.persons["张伟"]
    recall = Recall.objects.create(
        kind="deputy_recall", title="罢免代表", level="county", person_id=person, signed=60, division=place
    )
    mandate = Mandate.objects.create(
        person_id=person, level="county", term_number=11, electoral_district="第三选区", since=date(2017, 1, 2 if scope else 1), until=date(2019, 1, 1),
        end_reason="moved", division=place, natural_key=f"张伟{scope}",
    )  # fmt: skip
    found.parts[f"recall{scope}"] = {"recall": recall.pk}
    found.parts[f"vacancy{scope}"] = {"mandate": mandate.pk}


def _round(found: Records, scope: str, election: Election) -> None:
    """A vote of a district with a box, and a mandate to vote for another."""
    place = election.division
    district = ElectoralDistrict.objects.create(
        division=place,
        natural_key="一",
        election=election,
        name="第一选区",
        seats=1,
        office=found.office.county.organs["县教育局"],
    )
    one = VoteRound.objects.create(
        election=election, division=place, district=district, number=1, kind="first", day=election.election_day, seats=1, voters=10,
        voters_from="entered", article="《选举法》", opened_by="测试", opened_at="2021-11-10T00:00:00Z",
    )  # fmt: skip
    box = BallotBox.objects.create(round=one, name="投票站", kind="station")
    people = [
        Voter.objects.create(
            election=election, division=place, district=district, name=name, sex="male", birth_date=date(1980, 1, 1), source="household",
            identity_number=f"{place.code}19800101{n}",
        )
        for n, name in enumerate(("周甲", "周乙"))
    ]  # fmt: skip
    mandate = VoteProxy.objects.create(
        election=election, division=place, district=district, principal=people[0], proxy=people[1], reason="away", written_on=date(2021, 11, 1)
    )  # fmt: skip
    brought = RollImport.objects.create(election=election, source="household", actor="测试", state="done")
    found.parts[f"voter{scope}"] = {"pk": election.pk, "voter": people[0].pk, "step": "off", "field": "phone"}
    found.parts[f"roll import{scope}"] = {"pk": election.pk, "number": brought.pk, "step": "drop"}
    found.parts[f"round{scope}"] = {"pk": election.pk, "round": one.pk, "box": box.pk, "proxy": mandate.pk, "form": "docx"}


def _candidates(found: Records, scope: str, election: Election) -> None:
    """A nominee with a nomination, a list, a pre-election and an announcement in a district of its own."""
    place, today = election.division, clock.today()
    district = ElectoralDistrict.objects.create(division=place, natural_key="二", election=election, name="第二选区", seats=1)
    nominee = Nominee.objects.create(election=election, division=place, district=district, name="周丙", sex="male", stage="first")
    nomination = Nomination.objects.create(
        nominee=nominee, district=district, kind="party", nominators=["县总工会"], received_on=today, state="stands", by="测试"
    )
    listed = CandidateList.objects.create(
        election=election, division=place, district=district, kind="first", published_on=today, by="测试"
    )
    totals = dict.fromkeys(("voters", "participants", "issued", "returned", "valid", "void"), 0)
    PreElection.objects.create(district=district, held_on=today, by="测试", **totals)
    issued = announcing.issue(election, "election_day", on=today, actor=OPERATOR)
    found.parts[f"candidate{scope}"] = {
        "pk": election.pk, "district": district.pk, "nominee": nominee.pk, "nomination": nomination.pk, "listed": listed.pk,
        "announcement": issued.pk, "code": "election_day",
    }  # fmt: skip


def _suggestions(found: Records, other: Division) -> None:
    own, unrelated, elsewhere, township, voided = found.office.ids[SUGGESTIONS]
    Suggestion.objects.filter(pk=elsewhere).update(division=other)
    Suggestion.objects.filter(pk=township).update(division=found.office.county.townships["龙潭镇"])
    services.void(registry.get(SUGGESTIONS), [voided], reason="重复登记", actor=OPERATOR)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(picture, "PNG")
    kept = attach(SUGGESTIONS, Suggestion.objects.get(pk=own), "图.png", picture.getvalue(), actor=OPERATOR)
    by_scope = {"": own, "@unrelated": unrelated, "@elsewhere": elsewhere, "@township": township, "@voided": voided}
    for scope, pk in by_scope.items():
        found.parts[f"suggestion{scope}"] = {
            "room": "suggestions", "slug": "suggestions", "pk": pk, "attachment": kept.pk, "field": "title", "code": "assign", "place": 1, "ask": "x", "row": 1,
        }  # fmt: skip
    found.parts["album"] = {"pk": kept.pk}


def _petitions(found: Records, other: Division) -> None:
    own, elsewhere = found.office.ids[PETITIONS]
    more = {"编号": "信2021-9", "收到日期": "2021-03-02", "信访事项": "反映噪声", "信访形式": "来信", "信访人": "周大勇"}
    (voided,) = found.office.county.enter(PETITIONS, [more], year=2021)
    picture = io.BytesIO()
    Image.new("RGB", (5, 4), "white").save(picture, "PNG")
    handed = {
        pk: attach(PETITIONS, Petition.objects.get(pk=pk), "图.png", picture.getvalue(), actor=OPERATOR, secret=True).pk
        for pk in (own, elsewhere)
    }
    Petition.objects.filter(pk=elsewhere).update(division=other, keeper=other)
    services.void(registry.get(PETITIONS), [voided], reason="重复登记", actor=OPERATOR)
    for scope, pk in {"": own, "@elsewhere": elsewhere, "@voided": voided}.items():
        found.parts[f"petition{scope}"] = {
            "room": "petitions", "slug": "petitions", "pk": pk, "field": "petitioner", "code": "ask_review", "place": 1, "ask": "facts",
            "attachment": handed.get(pk, handed[own]), "row": 1,
        }  # fmt: skip
        paper = Paper.objects.create(
            code="petition.opinion", kind="petition", subject_id=pk, step=1, division=other, number=f"函{pk}"
        )
        kept = PaperVersion.objects.create(
            paper=paper, version=1, content="UEs=", digest="0", size=2, secret=True, by="信访工作人员", at="2021-03-20T02:00:00Z"
        )
        found.parts[f"petition{scope}"] |= {"letter": "opinion", "version": kept.pk}
        StepTaken.objects.create(
            matter_id=pk, place=1, code="answer", on="2021-03-20", at="2021-03-20T02:00:00Z", to_state="closed", outside=True,
            actor="信访工作人员", answers='{"facts": "路面积水属实"}', before={},
        )  # fmt: skip


def _reports(found: Records, other: Division) -> None:
    own = desk.open_report(found.office)
    start, end, nth = desk.places(own, desk.actor_of(found.office, "clerk"))[0].place
    same = {
        "year": 2021,
        "source": own.source,
        "source_name": "上年报告.txt",
        "source_text": own.source_text,
        "created_by": "测试",
        "changed_by": "测试",
    }
    reports = {
        "": own,
        "@elsewhere": Report.objects.create(title="邻县报告", division=other, **same),
        "@voided": Report.objects.create(
            title="作废报告", division=own.division, voided_at="2021-11-20T00:00:00Z", void_reason="重复", **same
        ),
    }
    for scope, one in reports.items():
        found.parts[f"report{scope}"] = {"pk": one.pk, "start": start, "end": end, "nth": nth}


def _others(found: Records, other: Division) -> None:
    office, town = found.office, found.office.accounts["town"]
    area = office.county.division
    done = {"state": "done", "actor": "测试", "files": [], "report": {}}
    found.parts |= {
        "suggestions": {"room": "suggestions", "slug": "suggestions"}, "petitions": {"room": "petitions", "slug": "petitions"},
        "organs": {"room": "directory", "slug": "organs"}, "people": {"target": "people"}, "petition target": {"target": PETITIONS},
        "account": {"pk": town.pk, "hat": town.hats.get().pk}, "figure": {"code": "suggestions.count"},
        "template": {"code": SUGGESTIONS}, "letter template": {"code": "petition.notice", "version": 0, "form": "docx"},
        "import": {"pk": Import.objects.create(division=area, account=office.accounts["clerk"], **done).pk},
        "import@elsewhere": {"pk": Import.objects.create(division=other, **done).pk},
        "feed": {"token": feeds.make(town.hats.get(), actor=gate.actor_of(town.hats.get()))}, "feed@wrong": {"token": "x" * 43},
    }  # fmt: skip
