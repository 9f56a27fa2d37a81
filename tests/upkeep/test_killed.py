"""Processes killed at random points of imports, register saves, steps and report issue: all or nothing, and the journal verifies."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connections

from renda.core import clock
from renda.directory.gate import OPERATOR, Actor
from renda.files.models import StoredFile
from renda.journal.models import Entry
from renda.journal.services import Line, change, record
from renda.ledgers.importing import import_files
from renda.petitions.models import Petition
from renda.registers import registry
from renda.registers.journalling import ONE_BY_ONE
from renda.registers.models import SearchEntry
from renda.registers.services import Change, save
from renda.reports.models import Issue, Report, State
from renda.reports.services import issuing
from tests import office as offices
from tests import small_county
from tests.killing import killed_at_random
from tests.ledgers import books
from tests.reports.desk import actor_of, open_report, write_all

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 150
SEVERAL = 8


def all_or_nothing(found: dict[str, int], whole: dict[str, int]) -> bool:
    """Whether everything is there; fails where only a part is."""
    assert found in (whole, dict.fromkeys(whole, 0)), found
    return found == whole


def test_a_killed_import_leaves_all_or_nothing(tmp_path: Path) -> None:
    books.county(tmp_path)

    def file(turn: int) -> Path:
        rows = [(f"信{turn}-{n}", "2021-03-05", f"反映第{n}件事", "来信", 1, "县水务局") for n in range(ROWS)]
        return books.petitions(tmp_path / f"{turn}.xlsx", rows)

    def done(turn: int) -> bool:
        ids = list(Petition.objects.filter(number__startswith=f"信{turn}-").values_list("pk", flat=True))
        found = {
            "petitions": len(ids),
            "search": SearchEntry.objects.filter(register="petitions.petitions", record_id__in=ids).count(),
            "journal": Entry.objects.filter(subject_kind="petitions.petitions", subject_id__in=ids).count(),
        }
        return all_or_nothing(found, {"petitions": ROWS, "search": ROWS, "journal": found["journal"]})

    killed = killed_at_random(lambda turn: import_files([file(turn)], actor=OPERATOR), done, turns=10)
    imported = Entry.objects.filter(action="rows.imported", subject_kind="petitions.petitions").count()
    assert imported == killed.whole + 1
    again, _ = books.bring(*[file(turn) for turn in range(11)])
    assert again.total("created") == ROWS * killed.nothing
    assert again.total("unchanged") == ROWS * (killed.whole + 1)


def test_a_killed_save_leaves_all_or_nothing() -> None:
    county = small_county.make()
    register = registry.get("petitions.petitions")

    def work(turn: int) -> None:
        rows = [
            {"编号": f"信{turn}-{n}", "收到日期": "2021-03-02", "信访事项": f"第{n}件", "信访形式": "来信", "信访人": "周大勇"}
            for n in range(ONE_BY_ONE)
        ]
        reading = county.read(register.code, rows, year=2021)
        several = zip(reading.values, reading.keys, reading.digests, strict=True)
        save(register, [Change(values, None, key, digest) for values, key, digest in several], actor=OPERATOR)

    def done(turn: int) -> bool:
        ids = list(Petition.objects.filter(number__startswith=f"信{turn}-").values_list("pk", flat=True))
        found = {
            "petitions": len(ids),
            "search": SearchEntry.objects.filter(register=register.code, record_id__in=ids).count(),
            "journal": Entry.objects.filter(subject_kind=register.code, subject_id__in=ids, action="record.created").count(),
        }
        return all_or_nothing(found, dict.fromkeys(found, ONE_BY_ONE))

    killed_at_random(work, done, turns=12)


def test_a_killed_issue_leaves_all_or_nothing() -> None:
    office = offices.make()
    reports = [write_all(open_report(office, text=TEXT), actor_of(office, "clerk")) for _ in range(11)]
    versions = [(report.pk, report.version) for report in reports]

    def work(turn: int) -> None:
        pk, version = versions[turn]
        issuing.issue(pk, seen=version, issued_on=date(2021, 11, 20), actor=actor_of(office, "director"))

    def done(turn: int) -> bool:
        pk = versions[turn][0]
        found = {
            "issue": Issue.objects.filter(report=pk).count(),
            "state": Report.objects.filter(pk=pk, state=State.ISSUED).count(),
            "journal": Entry.objects.filter(action="report.issued", subject_id=pk).count(),
        }
        return all_or_nothing(found, dict.fromkeys(found, 1))

    killed_at_random(work, done, turns=10, check=everything_issued_is_intact)


def everything_issued_is_intact() -> None:
    assert all(issuing.intact(one) for one in Issue.objects.all())


TEXT = """清河县人大常委会2020年工作报告
各位代表：
2020年，共收到代表建议5件，受理群众来信来访6件。
清河县人大常委会
2021年1月5日
"""


def test_a_file_whose_record_was_killed_is_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content is written before its record: what is left of a killed upload is a file that nothing names, never a name without a file."""
    from renda.files.services import attach, path_of
    from renda.suggestions.models import Suggestion
    from tests.upkeep.conftest import SUGGESTIONS, picture

    monkeypatch.setenv("RENDA_DATA", str(tmp_path / "data"))
    offices.make()
    holder = Suggestion.objects.order_by("pk")[0]
    connections.close_all()

    def done(turn: int) -> bool:
        stored = list(StoredFile.objects.all())
        assert all(path_of(one.digest).stat().st_size == one.size for one in stored)
        return Entry.objects.filter(action="files.attached", subject_label=f"{turn}.png").exists()

    def work(turn: int) -> Callable[[], object]:
        return attach(SUGGESTIONS, holder, f"{turn}.png", picture(turn), actor=OPERATOR)

    killed_at_random(work, done, turns=12)


def test_killed_steps_leave_all_or_nothing() -> None:
    """One step taken in several petitions at once."""
    from renda.procedure import services as procedure
    from renda.procedure.models import StepTaken

    county = small_county.make()
    clerk = Actor(
        "信访",
        "petition_clerk",
        account_id=None,
        organ_id=None,
        division_id=county.division.pk,
        division_path=county.division.path,
    )
    rows = [
        {"收到日期": "2026-06-01", "信访事项": f"第{n}件", "信访形式": "来信", "信访人": "周大勇"} for n in range(11 * SEVERAL)
    ]
    ids = county.enter("petitions.petitions", rows)

    answers = {"handler": county.organs["县住建局"].pk, "report_by": date(2026, 8, 20)}

    def of(turn: int) -> list[int]:
        return ids[turn * SEVERAL : (turn + 1) * SEVERAL]

    def work(turn: int) -> None:
        with clock.travel(date(2026, 6, 3)):
            procedure.take(Petition, "petition", "assign", of(turn), actor=clerk, on=date(2026, 6, 3), answers=answers)

    def done(turn: int) -> bool:
        found = {
            "steps": StepTaken.objects.filter(matter_id__in=of(turn), code="assign").count(),
            "state": Petition.objects.filter(pk__in=of(turn)).exclude(phase=before).count(),
        }
        return all_or_nothing(found, dict.fromkeys(found, SEVERAL))

    before = Petition.objects.get(pk=ids[0]).phase
    killed_at_random(work, done, turns=10)


def test_the_harness_finds_work_that_is_done_by_halves() -> None:
    """Two changes where one was promised."""
    small_county.make()

    def work(turn: int) -> None:
        for half in ("first", "second"):
            with change():
                record(Line("测试", half, "test", turn))
            time.sleep(0.05)

    def done(turn: int) -> bool:
        found = {
            half: Entry.objects.filter(action=half, subject_kind="test", subject_id=turn).count() for half in ("first", "second")
        }
        return all_or_nothing(found, dict.fromkeys(found, 1))

    with pytest.raises(AssertionError, match="second"):
        killed_at_random(work, done, turns=12)


def test_the_harness_finds_work_that_fails_by_itself() -> None:
    def work(turn: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(AssertionError, match="does not succeed by itself"):
        killed_at_random(work, lambda turn: False, turns=2)
