"""The journal's page: found by actor, action, subject and day; whose records may not be seen, are not named; tampering is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from renda.core import clock
from renda.journal.models import Entry
from renda.journal.services import Line, change, head, record
from tests.journal.chains import tamper
from tests.office import Office

As = Callable[[str], Client]
LATE = datetime(2021, 6, 1, 17, 0, tzinfo=UTC)  # the second of June in Shanghai


@pytest.fixture
def audit(as_role: As, office: Office) -> Client:
    """The audit administrator, with some entries to look for."""
    client = as_role("audit")
    with clock.travel(LATE), change():
        record(Line("王小明（信访）", "record.changed", "petitions.petitions", 77, "反映邻居张大山"))
        record(Line("王小明（信访）", "secret.revealed", "petitions.petitions", 77, "反映邻居张大山"))
        record(Line("李主任", "account.locked", "directory.account", 5, "赵科员"))
    return client


def shown(client: Client, **asked: str) -> list[int]:
    page = client.get("/journal/", asked)
    assert page.status_code == 200
    return [row.entry.sequence for row in page.context["entries"]]


def of(**wanted: object) -> list[int]:
    return list(Entry.objects.filter(**wanted).order_by("-sequence").values_list("sequence", flat=True)[:50])


def test_entries_are_found_by_each_part_and_by_all_together(audit: Client) -> None:
    assert shown(audit) == of()
    assert shown(audit, who="王小明") == of(actor__startswith="王小明")
    assert shown(audit, action="secret.revealed") == of(action="secret.revealed")
    assert shown(audit, about="directory.account") == of(subject_kind="directory.account")
    assert shown(audit, about="信访") == of(subject_kind__startswith="petitions.")
    assert of(subject_id=77)[0] in shown(audit, about="77")
    assert shown(audit, who="王小明", action="record.changed") == of(actor__startswith="王小明", action="record.changed")
    assert shown(audit, who="没有这个人") == []


def test_days_are_civil_days(audit: Client) -> None:
    on_the_day = shown(audit, since="2021-06-02", until="2021-06-02")
    assert on_the_day == of(at__gte=LATE.replace(hour=16), at__lt=LATE.replace(day=2, hour=16))
    assert len(on_the_day) == 3
    assert shown(audit, since="2021-06-01", until="2021-06-01") == []
    assert shown(audit, since="yesterday") == shown(audit), "what cannot be read does not narrow"


def test_who_may_not_see_a_record_does_not_read_its_name(audit: Client, as_role: As) -> None:
    page = audit.get("/journal/", {"who": "王小明"}).content.decode()
    assert "张大山" not in page
    assert "#77" in page
    assert shown(audit, about="张大山") == [], "nor can it be guessed by searching"
    assert "赵科员" in audit.get("/journal/").content.decode(), "accounts are the auditor's business"
    operator = as_role("operator")
    assert "张大山" in operator.get("/journal/", {"who": "王小明"}).content.decode()
    assert len(shown(operator, about="张大山")) == 2


def test_paging_keeps_what_was_asked(audit: Client) -> None:
    with change():
        for n in range(60):
            record(Line("王小明（信访）", "record.changed", "petitions.petitions", n))
    page = audit.get("/journal/", {"who": "王小明", "action": "record.changed"})
    assert "page=2&amp;who=" in page.content.decode()
    assert len(shown(audit, who="王小明", action="record.changed", page="2")) == 11


def test_the_head_is_shown_and_tampering_told(audit: Client) -> None:
    assert head().hash in audit.get("/journal/").content.decode()
    sequence = of(subject_id=77)[0]
    tamper(f"UPDATE journal_entry SET actor = '别人' WHERE sequence = {sequence}")
    said = audit.post("/journal/verify/", follow=True).content.decode()
    assert f"第 {sequence} 条日志校验不符：日志内容与其摘要不符" in said
