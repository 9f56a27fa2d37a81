"""The real queue and worker: an upload is checked and written by a job; progress is seen while the work's transaction is open."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction

from renda.directory.models import Hat
from renda.jobs import recovery, worker
from renda.jobs.running import Running, is_running
from renda.ledgers import flow
from renda.ledgers.models import Import, State
from renda.petitions.models import Petition
from tests import office as offices
from tests.ledgers import books

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = (("信1", "2021-03-05", "反映村道破损", "来信", 1, "县交通局"),)


@pytest.fixture
def uploaded(tmp_path: Path, settings: Any) -> Import:
    settings.DATA = tmp_path / "data"
    made = offices.make(1)
    hat = Hat.objects.get(account=made.accounts["petition"])
    content = books.petitions(tmp_path / "a.xlsx", ROWS).read_bytes()
    return flow.upload([SimpleUploadedFile("a.xlsx", content)], hat)


def work() -> None:
    """Do the queue's jobs in a thread of its own: a browser's event loop may run in the tests' one."""

    def do() -> None:
        try:
            worker.run(wait=False)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result()


def test_jobs_check_and_write(uploaded: Import) -> None:
    before = Petition.objects.count()
    work()
    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.message) == (State.CHECKED, "")
    assert uploaded.report["created"] == 1
    flow.confirm(uploaded, take_good_rows=False, hat=Hat.objects.get(account=uploaded.account))
    work()
    uploaded.refresh_from_db()
    assert (uploaded.state, Petition.objects.count()) == (State.DONE, before + 1)
    assert uploaded.progress["total"] == 1


def test_progress_is_seen_while_the_transaction_is_open(uploaded: Import) -> None:
    with Running(Import, uploaded.pk) as running, transaction.atomic():
        Petition.objects.update(repeated=True)
        running.report(30, 100, "信访登记")
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT progress FROM ledgers_import WHERE id = %s", [uploaded.pk])
            said = cursor.fetchone()[0]
        other.close()
    assert '"done": 30' in str(said).replace("'", '"')
    uploaded.refresh_from_db()
    assert uploaded.progress["hat"], "progress must not lose who the job works for"


def test_only_one_process_is_at_an_import(uploaded: Import) -> None:
    assert not is_running(Import, uploaded.pk)
    with Running(Import, uploaded.pk) as first:
        assert first.taken
        assert is_running(Import, uploaded.pk)
        with Running(Import, uploaded.pk) as second:
            assert not second.taken
    assert not is_running(Import, uploaded.pk)


def test_a_recovery_step_that_fails_does_not_keep_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []

    def failing() -> None:
        taken.append("first")
        raise RuntimeError("broken")

    monkeypatch.setattr(recovery, "_steps", [failing, lambda: taken.append("second")])
    recovery.recover()
    assert taken == ["first", "second"]
