"""Announcements: numbered without gaps, filled from the records, issued once, voided with their number; the candidate form (选举法 32, 34)."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest

from renda.core import clock
from renda.documents import registry as letters
from renda.elections.candidates import announcing, formpaper, publishing
from renda.elections.candidates.changes import CandidateFault
from renda.elections.candidates.letters.words import KINDS
from renda.elections.candidates.publishing import Notice
from renda.elections.models import Announcement, BodyMember, ElectionBody, Nominee
from renda.journal.models import Entry
from tests.elections.candidates import desk as desks
from tests.elections.candidates.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return desks.make()


def issue(desk: Desk, code: str, on: date = desks.FIRST, **more: Any) -> Announcement:
    with clock.travel(on):
        return announcing.issue(desk.election, code, on=on, actor=desks.clerk(desk), **more)


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def published(desk: Desk) -> None:
    with clock.travel(desks.NOMINATED):
        desks.by_party(desk, "郑立", nationality="汉族", post="石桥村村民委员会主任")
        desks.by_party(desk, "丁香")
    with clock.travel(desks.FIRST):
        publishing.publish_first(desk.election, [desks.district(desk).pk], Notice(desks.FIRST), actor=desks.clerk(desk))


def test_there_are_the_announcements_an_election_needs_each_with_its_template() -> None:
    assert len(KINDS) >= 15
    for kind in KINDS:
        assert letters.get(kind.template).shipped.is_file()


def test_numbers_run_through_the_election_without_gaps(desk: Desk) -> None:
    assert issue(desk, "election_day").number == 1
    with pytest.raises(CandidateFault, match="还没有登记选举委员会"):
        issue(desk, "committee")
    assert issue(desk, "districts").number == 2
    assert issue(desk, "nomination").number == 3


def test_an_announcement_is_issued_once_and_voided_with_its_number(desk: Desk) -> None:
    one = issue(desk, "election_day")
    with pytest.raises(CandidateFault, match="已以第 1 号发布"):
        issue(desk, "election_day")
    with pytest.raises(CandidateFault, match="原因"):
        announcing.void(one, reason="", actor=desks.clerk(desk))
    announcing.void(one, reason="日期写错", actor=desks.clerk(desk))
    assert issue(desk, "election_day").number == 2
    assert Entry.objects.filter(action="announcement.voided").count() == 1


def test_the_committee_is_announced_from_its_register(desk: Desk) -> None:
    body = ElectionBody.objects.create(
        election=desk.election, division=desk.county.division, natural_key="委", name="清河县选举委员会", kind="committee",
        appointed_by="清河县人大常委会", appointed_on=date(2021, 8, 1), address="县府路1号",
    )  # fmt: skip
    for name, post in (("李委", "member"), ("王主", "chair")):
        BodyMember.objects.create(
            election=desk.election, division=desk.county.division, natural_key=name, body=body, name=name, post=post
        )
    words = text_of(announcing.content(issue(desk, "committee")))
    assert "第1号" in words
    assert words.index("主任：王主") < words.index("委员：李委")
    assert "清河县人大常委会任命" in words
    assert "《选举法》第十条" in words or "选举法" in words


def test_the_first_list_is_announced_in_its_order_with_what_the_law_asks(desk: Desk) -> None:
    district = desks.district(desk)
    with pytest.raises(CandidateFault, match="还没有公布"):
        issue(desk, "first_list", district=district)
    published(desk)
    with pytest.raises(CandidateFault, match="请选择选区"):
        issue(desk, "first_list")
    words = text_of(announcing.content(issue(desk, "first_list", district=district)))
    assert words.index("丁香") < words.index("郑立，女，汉族，1980年5月出生，石桥村村民委员会主任。")
    assert "以姓氏笔画为序" in words
    assert "第三十二条" in words


def test_a_correction_says_what_it_corrects(desk: Desk) -> None:
    with pytest.raises(CandidateFault, match="更正的内容"):
        issue(desk, "correction")
    made = issue(desk, "correction", asked={"更正的公告": "第1号公告", "更正内容": ["“120 人”更正为“112 人”。"]})
    assert "“120 人”更正为“112 人”。" in text_of(announcing.content(made))


def test_the_page_knows_what_is_due_when(desk: Desk) -> None:
    published(desk)
    with clock.travel(date(2021, 10, 27)):
        by_code = {one.kind.code: one for one in announcing.standing(desk.election, desks.clerk(desk))}
        first, formal = by_code["first_list"], by_code["formal_list"]
        assert (_day(first), first.tone, first.wanted) == (date(2021, 10, 26), "late", 2)
        assert (_day(formal), formal.tone) == (date(2021, 11, 3), "soon")
    assert "by_election" not in by_code


def _day(one: announcing.Due) -> date | None:
    return one.due.date if one.due else None


def test_the_candidate_form_shows_whole_numbers_with_a_reason_in_the_journal(desk: Desk) -> None:
    number = desks.number_of(500, date(1980, 5, 1))
    with clock.travel(desks.NOMINATED):
        desks.by_party(desk, "郑立", identity_number=number, details='{"native_place": "清河", "family": "配偶：王某"}')
        one = Nominee.objects.select_related("election__division", "district").get()
        with pytest.raises(CandidateFault, match="用途"):
            formpaper.make(one, reason="", actor=desks.clerk(desk))
        words = text_of(formpaper.make(one, reason="上报存档", actor=desks.clerk(desk)))
    for said in ("郑立", number, "清河", "配偶：王某", "中共清河县委"):
        assert said in words
    entry = Entry.objects.get(action="nominee.form_made")
    assert entry.payload == {"reason": "上报存档"}
