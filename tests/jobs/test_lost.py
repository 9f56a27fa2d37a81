"""Jobs whose worker was killed are taken up again; those of living workers are left alone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from renda.core import crypto
from renda.directory.models import Hat
from renda.jobs import lost
from renda.journal.services import verify
from renda.ledgers import flow
from renda.ledgers.models import Import, State
from renda.petitions.models import Petition
from tests import office as offices
from tests.killing import spawned
from tests.ledgers import books

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 60


def job(status: str, *, attempts: int = 1, silent_s: float | None = None) -> int:
    """A job in the queue; with ``silent_s`` taken by a worker that last spoke so long ago."""
    with connection.cursor() as cursor:
        owner = None
        if silent_s is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
                [silent_s],
            )
            owner = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, worker_id) VALUES ('default', 't', %s, %s, %s) RETURNING id",
            [status, attempts, owner],
        )
        return int(cursor.fetchone()[0])


def statuses() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs")
        return dict(cursor.fetchall())


def test_where_no_other_worker_lives_every_job_under_way_is_lost() -> None:
    waiting, orphan, spoke, broken = job("todo"), job("doing"), job("doing", silent_s=1), job("doing", attempts=3)
    assert lost.take_up_lost(alone=True) == 3
    assert statuses() == {waiting: "todo", orphan: "todo", spoke: "todo", broken: "failed"}


def test_beside_other_workers_only_jobs_of_silent_ones_are_lost() -> None:
    orphan, spoke, silent = job("doing"), job("doing", silent_s=5), job("doing", silent_s=120)
    assert lost.take_up_lost(alone=False) == 2
    assert statuses() == {orphan: "todo", spoke: "doing", silent: "todo"}


def test_workers_know_of_one_another() -> None:
    with lost.living() as first:
        assert first
        with lost.living() as second:
            assert not second
        with lost.living() as third:
            assert not third
    with lost.living() as later:
        assert later


@pytest.fixture
def hat(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Hat:
    """The petitions clerk of an office in a data folder of its own, which other processes find by the environment."""
    settings.DATA = tmp_path / "data"
    monkeypatch.setenv("RENDA_DATA", str(settings.DATA))
    (settings.DATA / "keys").mkdir(parents=True)
    crypto.keyed_hash("")  # there are keys from here on
    shutil.copy(settings.FIELD_KEY_FILE, settings.DATA / "keys" / "fields.json")
    return Hat.objects.get(account=offices.make(1).accounts["petition"])


def upload(folder: Path, number: int, hat: Hat) -> Import:
    rows = [(f"信{number}-{n}", "2021-03-05", f"反映第{n}件事", "来信", 1, "县交通局") for n in range(ROWS)]
    content = books.petitions(folder / f"{number}.xlsx", rows).read_bytes()
    return flow.upload([SimpleUploadedFile(f"{number}.xlsx", content)], hat)


WORK = """
import sys
from renda.core.commands import open_records
open_records()
from renda.jobs import lost, worker
print("ready", flush=True)
if sys.argv[1] == "until idle":
    with lost.living() as alone:
        worker.put_right(alone=alone)
        worker.run(wait=False)
else:
    worker.main()
"""


def kill_a_worker(wait: float) -> None:
    """Start a worker and kill it in the midst of its work."""
    child = spawned(WORK, "for ever")
    time.sleep(wait)
    assert child.poll() is None
    child.kill()
    child.communicate()


def until_idle() -> None:
    """A worker that starts anew and stops when nothing is left to do."""
    child = spawned(WORK, "until idle")
    child.communicate(timeout=300)
    assert child.returncode == 0


def test_a_killed_worker_loses_no_work(tmp_path: Path, hat: Hat) -> None:
    made = [upload(tmp_path, number, hat) for number in range(4)]
    for wait in (0.2, 0.7):
        kill_a_worker(wait)
    until_idle()
    assert dict(Import.objects.values_list("pk", "state")) == {one.pk: State.CHECKED for one in made}
    for one in made:
        one.refresh_from_db()
        flow.confirm(one, take_good_rows=False, hat=hat)
    kill_a_worker(0.6)
    until_idle()
    for number, one in enumerate(made):
        one.refresh_from_db()
        written = Petition.objects.filter(number__startswith=f"信{number}-").count()
        assert (one.state, written) in ((State.DONE, ROWS), (State.FAILED, 0)), (one.state, written, one.message)
    assert State.DONE in {one.state for one in made}, "what waited behind the lost job was done"
    assert "doing" not in statuses().values()
    assert verify().fault is None


def test_serve_starts_a_killed_worker_again(tmp_path: Path) -> None:
    """`renda serve` keeps a worker: here its keeper alone, with something that lives for a second in the worker's place."""
    script = (
        "import time, sys; from renda.core import serving; serving.WORKER_MODULE = 'stand_in'; serving.RESTART_FIRST_S = 0.05\n"
        "with serving.worker(): time.sleep(4)"
    )
    (tmp_path / "stand_in.py").write_text(
        f"import os, time; open({str(tmp_path / 'pids')!r}, 'a').write(f'{{os.getpid()}}\\n'); time.sleep(60)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    parent = subprocess.Popen([sys.executable, "-c", script], env=environment)
    first = pids(tmp_path, 1)[0]
    os.kill(first, signal.SIGKILL)
    second = pids(tmp_path, 2)[1]
    assert second != first
    assert parent.wait(30) == 0
    deadline = time.monotonic() + 10
    while Path(f"/proc/{second}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{second}").exists(), "it ends with the site"


def pids(folder: Path, count: int) -> list[int]:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found = (folder / "pids").read_text().split() if (folder / "pids").exists() else []
        if len(found) >= count:
            return [int(one) for one in found]
        time.sleep(0.05)
    raise AssertionError(f"{count} workers were expected")


def test_no_two_locks_have_the_same_number() -> None:
    source = Path(__file__).parents[2] / "src" / "renda"
    text = "".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    numbers = re.findall(r"^\w+ = ([\d_]+)  # any number that nothing else locks", text, re.MULTILINE)
    assert len(numbers) >= 3
    assert len(numbers) == len(set(numbers))
