"""Taking in, settling, remembering: what is written, what is refused, and what the journal says."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from renda.figures import registry
from renda.files.models import StoredFile
from renda.files.services import path_of
from renda.journal.models import Entry as JournalEntry
from renda.reports import memory
from renda.reports.draft.cli import _remembered
from renda.reports.draft.model import PENDING, Binding
from renda.reports.models import Choice, Remembered, Report
from renda.reports.services import composing, finding, settling, taking
from renda.reports.services.finding import Refused
from renda.reports.services.settling import Outrun, Settled
from tests.office import Office
from tests.reports.desk import TEXT, actor_of, entry_of, open_report, places, word_file

pytestmark = pytest.mark.django_db


def settle(report: Report, old: str, office: Office, decision: str, **more: object) -> Report:
    who = actor_of(office, "clerk")
    entry = entry_of(report, old, who)
    return settling.settle(report.pk, [Settled(entry.start, entry.end, decision, **more)], actor=who)  # type: ignore[arg-type]


def test_last_years_file_is_kept_and_read(office: Office) -> None:
    report = open_report(office)
    assert (report.title, report.source_year, report.year) == ("清河县人大常委会2021年工作报告", 2020, 2021)
    assert report.source_text == TEXT
    assert path_of(report.source.digest).read_bytes() == TEXT.encode()
    line = JournalEntry.objects.get(action="report.taken_in")
    assert (line.subject_id, line.payload["digest"]) == (report.pk, report.source.digest)


def test_the_draft_counts_this_years_records(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    received, answered = entry_of(report, "5件", who), entry_of(report, "6件", who)
    assert (received.new, received.status, received.value) == ("3件", "filled", 3)  # three suggestions of 2021
    assert (answered.new, answered.value) == ("2件", 2)  # two petitions of 2021
    text = composing.current(report, actor=who).text()
    assert "2021年，共收到代表建议3件" in text
    assert f"7个{PENDING}" in text


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (210 * 2**20))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("报告.exe", b"MZ", "不是 .docx"),
        ("报告.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("报告.docx", b"PK\x03\x04broken", "Word"),
        ("报告.docx", TEXT.encode(), "Word"),
        ("报告.txt", b"\x00\x01\x02\xff\xfe", "文本文件"),
        ("报告.txt", b"  \n ", "没有文字"),
        ("报告.txt", ("字" * 200_001).encode(), "最多 200,000 字"),
        ("../../etc/报告.txt.sh", b"x", "“报告.txt.sh”"),
    ],
)
def test_what_is_no_report_is_refused_and_nothing_is_kept(office: Office, name: str, content: bytes, says: str) -> None:
    before = StoredFile.objects.count()
    with pytest.raises(Refused, match=says):
        taking.take_in(name, content, year=2021, division=office.county.division, actor=actor_of(office, "clerk"))
    assert (Report.objects.count(), StoredFile.objects.count()) == (0, before)


def test_a_packed_bomb_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match=r"过大|Word"):
        taking.take_in("报告.docx", bomb(), year=2021, division=office.county.division, actor=actor_of(office, "clerk"))


def test_a_word_document_is_taken_in(office: Office) -> None:
    content = word_file("清河县人大常委会2020年工作报告", "2020年，共收到代表建议5件。")
    report = taking.take_in("a.docx", content, year=2021, division=office.county.division, actor=actor_of(office, "clerk"))
    assert "共收到代表建议5件" in report.source_text


def test_a_township_clerk_drafts_for_the_own_township_only(office: Office) -> None:
    who = actor_of(office, "town")
    with pytest.raises(PermissionDenied, match="只能为本区划"):
        taking.take_in("a.txt", TEXT.encode(), year=2021, division=office.county.division, actor=who)
    county, own = open_report(office), open_report(office, "town", at="龙潭镇")
    assert [one.pk for one in finding.visible(who)] == [own.pk]
    assert {one.pk for one in finding.visible(actor_of(office, "clerk"))} == {county.pk, own.pk}
    with pytest.raises(PermissionDenied):
        settling.void(county.pk, "错", actor=who)


@pytest.mark.parametrize("name", ["director", "deputy", "unit", "petition", "system", "security", "audit"])
def test_who_may_not_draft(office: Office, name: str) -> None:
    with pytest.raises(PermissionDenied):
        open_report(office, name)


def test_settling_each_way(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    accepted = entry_of(report, "5件", who).binding
    settle(report, "5件", office, "accepted", binding=accepted)
    settle(report, "4件", office, "open")
    settle(report, "7个", office, "written", written="9个")
    settle(report, "6件", office, "changed", binding=Binding("suggestions.count", {}, {"type": "year", "offset": 0}))
    report.refresh_from_db()
    draft = composing.current(report, actor=who)
    assert f"代表建议3件，已办结4件{PENDING}" in draft.text()
    assert "来信来访3件" in draft.text()  # bound to suggestions by hand
    assert "先进集体9个。" in draft.text()
    states = {spot.old: (spot.settled, spot.tone) for spot in places(report, who)}
    assert states["5件"] == (True, "settled")
    assert states["4件"] == (True, "left")
    assert states["7个"] == (True, "settled")
    assert report.version == 5
    assert [line.payload["places"][0]["decision"] for line in JournalEntry.objects.filter(action="report.settled").order_by("sequence")] == [
        "accepted", "open", "written", "changed",
    ]  # fmt: skip


def test_a_decision_may_be_taken_back(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    settle(report, "5件", office, "open")
    settle(report, "5件", office, "undone", seen=1)
    report.refresh_from_db()
    assert entry_of(report, "5件", who).new == "3件"
    assert not next(spot for spot in places(report, who) if spot.old == "5件").settled


def test_the_second_clerk_is_told_who_was_first(office: Office) -> None:
    report = open_report(office)
    settle(report, "5件", office, "open")
    with pytest.raises(Outrun, match="将“5件”定为“留待核实”") as told:
        settle(report, "5件", office, "written", written="8件")
    assert str(actor_of(office, "clerk")) in str(told.value)
    assert Choice.objects.get().decision == "open"
    settle(report, "4件", office, "written", written="8件")  # another place is no conflict


def test_all_or_nothing(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    one, other = entry_of(report, "5件", who), entry_of(report, "4件", who)
    settle(report, "4件", office, "open")
    with pytest.raises(Outrun):
        settling.settle(
            report.pk, [Settled(one.start, one.end, "open"), Settled(other.start, other.end, "written", written="x")], actor=who
        )
    assert Choice.objects.count() == 1


@pytest.mark.parametrize(
    ("binding", "says"),
    [
        (None, "还没有对应的指标"),
        (Binding("no.such"), "没有 no.such"),
        (Binding("suggestions.count", {"no": "x"}), "不能这样分解"),
        (Binding("suggestions.count", {}, {}, "magic"), "不能这样分解"),
    ],
)
def test_what_cannot_be_bound_is_refused(office: Office, binding: Binding | None, says: str) -> None:
    with pytest.raises(Refused, match=says):
        settle(open_report(office), "5件", office, "changed", binding=binding)
    assert not Choice.objects.exists()


def test_insertions_at_one_place_are_written_apart(office: Office) -> None:
    report, who = (
        open_report(office, text="2020年工作情况的报告\n县委：\n2020年，共收到代表建议5件。\n"),
        actor_of(office, "clerk"),
    )
    missing = [spot for spot in places(report, who) if spot.kind == "missing"]
    assert [spot.new for spot in missing] == ["（署名）", "（成文日期）"]
    assert [spot.place[2] for spot in missing] == [0, 1]
    start, end, nth = missing[1].place
    settling.settle(report.pk, [Settled(start, end, "written", nth, written="2022年1月6日")], actor=who)
    report.refresh_from_db()
    assert composing.current(report, actor=who).text().endswith(f"（署名）{PENDING}\n2022年1月6日\n")


def test_the_kept_draft_is_the_fresh_one(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    settle(report, "5件", office, "accepted", binding=entry_of(report, "5件", who).binding)
    for spot in places(report, who):
        if spot.kind in ("year", "wording", "missing") and spot.marked:
            settling.settle(report.pk, [Settled(*spot.place[:2], "written", spot.place[2], written="2022年1月6日")], actor=who)
    report.refresh_from_db()
    assert report.draft is not None
    kept, fresh = composing.current(report, actor=who), composing.composed(report, actor=who)
    assert kept.text() == fresh.text()
    assert kept.text().count("2022年1月6日") == 1


def test_a_change_of_the_records_makes_the_draft_again(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    assert entry_of(report, "5件", who).new == "3件"
    office.county.enter(
        "suggestions.suggestions",
        [{"编号": "2021-099", "类别": "建议", "标题": "新", "领衔代表": "张伟", "提出日期": "2021-03-01"}],
        year=2021,
    )
    report.refresh_from_db()
    assert entry_of(report, "5件", who).new == "4件"


def test_what_is_corrected_is_remembered_for_the_next_report(office: Office, django_capture_on_commit_callbacks: object) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    binding = Binding("suggestions.count", {}, {"type": "year", "offset": 0})
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        settle(report, "7个", office, "changed", binding=binding, remember=True)
    one = Remembered.objects.get()
    assert (one.division_id, one.report_id) == (office.county.division.pk, report.pk)
    assert one.reference == registry.get("suggestions.count").reference
    assert JournalEntry.objects.filter(action="report.remembered").count() == 1
    told = json.loads(memory.file().read_text("utf-8"))["bindings"]
    assert told[one.key] == one.reference
    fresh = open_report(office, text=TEXT.replace("2020", "2019").replace("集体7个", "集体8个"))
    entry = entry_of(fresh, "8个", who)
    assert entry.binding is not None
    assert (entry.binding.indicator, entry.value) == ("suggestions.count", 3)
    other = open_report(office, "town", at="龙潭镇")
    assert entry_of(other, "7个", actor_of(office, "town")).binding is None  # another division's memory
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert memory.forget([one.pk], actor=who) == 1
    assert json.loads(memory.file().read_text("utf-8"))["bindings"] == {}
    fresh.refresh_from_db()
    assert entry_of(fresh, "8个", who).binding is None


def test_words_that_stand_for_two_things_are_not_remembered(office: Office) -> None:
    report = open_report(office, text="清河县人大常委会2020年工作报告\n2020年，评出优秀作品5件。今年，评出优秀作品8件。\n")
    settle(report, "5件", office, "changed", binding=Binding("suggestions.count"), remember=True)
    assert not Remembered.objects.exists()


def test_only_the_own_memory_is_forgotten(office: Office) -> None:
    settle(open_report(office), "7个", office, "changed", binding=Binding("suggestions.count"), remember=True)
    one = Remembered.objects.get()
    assert memory.forget([one.pk], actor=actor_of(office, "town")) == 0
    with pytest.raises(PermissionDenied):
        memory.forget([one.pk], actor=actor_of(office, "director"))


def test_voiding_takes_a_report_out_and_needs_a_reason(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    with pytest.raises(Refused, match="原因"):
        settling.void(report.pk, "  ", actor=who)
    settling.void(report.pk, "传错了文件", actor=who)
    assert finding.find(report.pk, who) is None
    assert JournalEntry.objects.get(action="report.voided").payload == {"reason": "传错了文件"}


def test_renaming_tells_of_a_change_in_between(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    settling.rename(report.pk, "新标题", {}, seen=1, actor=who)
    with pytest.raises(Outrun, match="刚刚改动过"):
        settling.rename(report.pk, "另一个", {}, seen=1, actor=who)
    report.refresh_from_db()
    assert (report.title, report.version) == ("新标题", 2)


def test_the_command_line_drafts_with_what_was_corrected(office: Office) -> None:
    division = office.county.division
    assert _remembered(TEXT, None, division) == ({}, {})
    settle(open_report(office), "7个", office, "changed", binding=Binding("suggestions.count"), remember=True)
    known, choices = _remembered(TEXT.replace("7个", "8个"), None, division)
    assert list(known.values()) == [registry.get("suggestions.count").reference]
    assert choices == {TEXT.index("7个"): Binding("suggestions.count")}


def test_a_report_read_in_english_is_still_a_chinese_paper(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    with translation.override("en"):
        comment = entry_of(report, "5件", who).comment
    assert "2021年代表建议件数" in comment


def test_the_red_head_is_kept(office: Office) -> None:
    report, who = open_report(office), actor_of(office, "clerk")
    head = {"mark": "清河县人大常委会文件", "number": "清人发〔2022〕1号", "signatory": "张伟", "other": "x"}
    settling.rename(report.pk, "标题", head, seen=1, actor=who)
    report.refresh_from_db()
    assert report.heading == {name: head[name] for name in settling.HEAD}
