"""Issuing: what stands in the way, the frozen snapshot, and what drifts afterwards. Checks before printing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from renda.core.canonical import digest
from renda.figures import periods
from renda.figures import registry as figures
from renda.figures.evaluate import Question
from renda.journal.models import Entry as JournalEntry
from renda.journal.services import verify
from renda.petitions.models import Petition
from renda.registers import registry as registers
from renda.registers.services import Change, save, void
from renda.reports.draft.model import PENDING, Binding
from renda.reports.models import Issue, Report, State
from renda.reports.services import behind, checking, composing, issuing, settling
from renda.reports.services.finding import Refused
from renda.reports.services.settling import Outrun, Settled
from tests.journal.chains import rehash, tamper
from tests.office import Office
from tests.reports.desk import actor_of, open_report, places, write_all

pytestmark = pytest.mark.django_db

DAY = date(2021, 11, 20)
TEXT = """清河县人大常委会2020年工作报告
各位代表：
2020年，共收到代表建议5件，受理群众来信来访6件。表彰先进集体7个。
清河县人大常委会
2021年1月5日
"""


def issued(office: Office) -> Issue:
    report = write_all(open_report(office, text=TEXT), actor_of(office, "clerk"))
    return issuing.issue(report.pk, seen=report.version, issued_on=DAY, actor=actor_of(office, "director"))


def test_nothing_open_is_issued(office: Office) -> None:
    report = open_report(office, text=TEXT)
    with pytest.raises(Refused, match="还有 2 处〔待核〕"):  # the groups, and the date of the paper
        issuing.issue(report.pk, seen=1, issued_on=DAY, actor=actor_of(office, "director"))
    assert not Issue.objects.exists()
    report.refresh_from_db()
    assert report.state == State.WORKING


def test_the_snapshot_holds_text_values_definitions_and_records(office: Office) -> None:
    one = issued(office)
    content = one.content
    assert PENDING not in content["text"]
    assert "代表建议3件，受理群众来信来访2件" in content["text"]
    figure = content["figures"][0]
    assert (figure["old"], figure["text"], figure["value"], figure["records"]) == ("5件", "3件", "3", 3)
    assert figure["counts"].startswith("2021年代表建议件数")
    (source,) = [content["sources"][number] for number in figure["sources"]]
    assert set(source["records"]) == {str(pk) for pk in office.ids["suggestions.suggestions"]}
    assert all(len(mark) == 24 for mark in source["records"].values())
    assert "13812345678" not in str(content)
    assert one.digest == digest(content)
    assert issuing.intact(one)
    line = JournalEntry.objects.get(action="report.issued")
    assert (line.subject_id, line.payload["digest"]) == (one.report_id, one.digest)
    assert verify().fault is None


def test_an_issued_report_carries_the_journals_head_and_every_verification_looks_for_it(office: Office) -> None:
    one = issued(office)
    head = one.content["journal"]
    assert head["sequence"] == JournalEntry.objects.get(action="report.issued").sequence - 1
    assert head["hash"] == JournalEntry.objects.get(sequence=head["sequence"]).hash
    assert (verify().fault, verify().anchors) == (None, 1)
    last = JournalEntry.objects.count()
    rehash(1, last, actor="别人")
    tamper("UPDATE journal_chain SET head_hash = (SELECT hash FROM journal_entry ORDER BY sequence DESC LIMIT 1)")
    verdict = verify()
    assert verdict.where == one.report.title
    assert verdict.at_sequence == head["sequence"]


def test_an_issued_report_is_frozen(office: Office) -> None:
    one, clerk = issued(office), actor_of(office, "clerk")
    for statement in ("UPDATE reports_issue SET digest = 'x'", "DELETE FROM reports_issue"):
        with pytest.raises(DatabaseError, match="final"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(Refused, match="已印发"):
        settling.settle(one.report_id, [Settled(0, 2, "open")], actor=clerk)
    with pytest.raises(Refused, match="已印发"):
        settling.rename(one.report_id, "别的", {}, seen=1, actor=clerk)
    with pytest.raises(Refused, match="已印发"):
        settling.void(one.report_id, "错", actor=clerk)
    with pytest.raises(Refused, match="已印发"):
        issuing.issue(one.report_id, seen=1, issued_on=DAY, actor=actor_of(office, "director"))


def test_a_report_changed_since_it_was_read_is_not_issued(office: Office) -> None:
    report = write_all(open_report(office, text=TEXT), actor_of(office, "clerk"))
    with pytest.raises(Outrun, match="重新通读"):
        issuing.issue(report.pk, seen=report.version - 1, issued_on=DAY, actor=actor_of(office, "director"))


def test_no_date_of_tomorrow(office: Office) -> None:
    report = write_all(open_report(office, text=TEXT), actor_of(office, "clerk"))
    with pytest.raises(Refused, match="不能晚于今天"):
        issuing.issue(report.pk, seen=report.version, issued_on=date(2021, 11, 21), actor=actor_of(office, "director"))


@pytest.mark.parametrize("name", ["clerk", "deputy", "unit", "audit"])
def test_who_may_not_issue(office: Office, name: str) -> None:
    report = write_all(open_report(office, text=TEXT), actor_of(office, "clerk"))
    with pytest.raises(PermissionDenied):
        issuing.issue(report.pk, seen=report.version, issued_on=DAY, actor=actor_of(office, name))


def test_a_township_issues_its_own(office: Office) -> None:
    who = actor_of(office, "town")
    report = write_all(open_report(office, "town", TEXT, at="龙潭镇"), who)
    assert issuing.issue(report.pk, seen=report.version, issued_on=DAY, actor=who).report.state == State.ISSUED


def test_the_records_of_every_indicator_can_be_fixed(office: Office) -> None:
    for indicator in figures.all_indicators():
        if not indicator.made:
            source = behind.Source(indicator, Question(periods.year(2021), office.county.division))
            assert isinstance(behind.record_digests(source), dict), indicator.code


def drifted(one: Issue, office: Office) -> dict[str, issuing.FigureDrift]:
    found = issuing.drift(Issue.objects.get(pk=one.pk), actor=actor_of(office, "director"))
    return {drift.text: drift for drift in found}


def test_nothing_drifts_while_nothing_changes(office: Office) -> None:
    assert drifted(issued(office), office) == {}


def test_an_added_record_shows_as_drift(office: Office) -> None:
    one = issued(office)
    row = {"编号": "2021-099", "类别": "建议", "标题": "后补的", "领衔代表": "张伟", "提出日期": "2021-03-01"}
    (pk,) = office.county.enter("suggestions.suggestions", [row], year=2021)
    found = drifted(one, office)["3件"]
    assert (found.then, found.now, found.value_changed) == (3, 4, True)
    assert [(r.indicator, r.added, r.removed, r.changed) for r in found.records] == [("suggestions.count", (pk,), (), ())]
    assert "2件" not in drifted(one, office)  # petitions did not change


def test_a_voided_and_a_changed_record_show_as_drift(office: Office) -> None:
    one, clerk = issued(office), actor_of(office, "clerk")
    first, second, _third = office.ids["suggestions.suggestions"]
    register = registers.get("suggestions.suggestions")
    void(register, [first], reason="重复", actor=clerk)
    save(register, [Change({"title": "改了题目"}, second)], actor=clerk)
    found = drifted(one, office)["3件"]
    assert (found.then, found.now) == (3, 2)
    assert [(r.added, r.removed, r.changed) for r in found.records] == [((), (first,), (second,))]


def test_a_changed_record_drifts_though_the_value_stays(office: Office) -> None:
    one, clerk = issued(office), actor_of(office, "clerk")
    register = registers.get("suggestions.suggestions")
    save(register, [Change({"title": "改了题目"}, office.ids["suggestions.suggestions"][1])], actor=clerk)
    found = drifted(one, office)["3件"]
    assert not found.value_changed
    assert found.records[0].changed == (office.ids["suggestions.suggestions"][1],)


def checks(report: Report, office: Office, name: str = "clerk") -> list[checking.Finding]:
    who = actor_of(office, name)
    all_places = places(report, who)
    return checking.findings(report, composing.current(report, actor=who), all_places, actor=who)


def kinds(found: list[checking.Finding]) -> set[str]:
    return {one.kind for one in found}


def test_open_and_unsettled_places_are_listed(office: Office) -> None:
    report = open_report(office, text=TEXT)
    found = checks(report, office)
    assert [one.text for one in found if one.tone == "late" and one.kind == "数字"] == [
        "“7个”：不能确定数的是什么，没有对应的指标。"
    ]
    assert any(one.text == "有 2 处已填写，还没有人核定。" for one in found)
    assert all(one.url.startswith("/") for one in found)
    write_all(report, actor_of(office, "clerk"))
    assert not [one for one in checks(report, office) if one.tone == "late"]


def test_a_part_larger_than_its_whole_is_listed(office: Office) -> None:
    report, who = open_report(office, text=TEXT), actor_of(office, "clerk")
    draft = composing.current(report, actor=who)
    whole, part = draft.entries[0], draft.entries[1]
    part.binding, part.period = Binding(whole.binding.indicator, {"field": "教育"}), whole.period  # type: ignore[union-attr]
    part.value, part.unit, whole.value = 9, "件", 3
    found = [one.text for one in checking._contradictions(report, draft)]
    assert len(found) == 1
    assert found[0].startswith("部分大于整体：“2件”")
    part.value = 3
    assert list(checking._contradictions(report, draft)) == []


def test_a_register_that_is_empty_this_year_is_listed(office: Office) -> None:
    row: dict[str, Any] = {"编号": "2020-1", "类别": "建议", "标题": "旧", "领衔代表": "张伟", "提出日期": "2020-03-01"}
    office.county.enter("suggestions.suggestions", [row], year=2020)
    clerk = actor_of(office, "clerk")
    for pk in office.ids["suggestions.suggestions"]:
        void(registers.get("suggestions.suggestions"), [pk], reason="试", actor=clerk)
    found = [one for one in checks(open_report(office, text=TEXT), office) if one.kind == "没有记录"]
    assert any("2021年没有记录，上年同口径有 1 条" in one.text and one.url.startswith("/suggestions/") for one in found)


def test_townships_that_did_not_report_are_named(office: Office) -> None:
    found = [one for one in checks(open_report(office, text=TEXT), office) if one.kind == "乡镇未报"]
    assert any("有 2 个乡镇没有报送年度填报：龙潭镇、白沙镇" in one.text for one in found)


def test_records_without_the_date_that_places_them_are_listed(office: Office) -> None:
    Petition.objects.filter(pk=office.ids["petitions.petitions"][0]).update(opened_on=None)
    (found,) = [one for one in checks(open_report(office, text=TEXT), office) if one.kind == "缺日期"]
    assert found.text == "“信访登记”有 1 条没有日期，哪一年都没有计入“信访件次”。"
    assert found.url == f"/petitions/petitions/{office.ids['petitions.petitions'][0]}/"
