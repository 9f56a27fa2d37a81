"""An uploaded list is never in plain on a disk: not while it is received over HTTP, checked, written, searched for likely duplicates, or after.

A thread looks through every place where this process and its children could write (temporary folder, data folder) all the while, and
through the open files of these processes (deleted ones too), for the numbers as they are typed and for the workbook's own bytes.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.test import Client

from renda.core import clock
from renda.directory.models import Hat
from renda.elections.models import RollImport, Voter
from renda.elections.roll import flow, searching
from tests import office as offices
from tests.elections.roll import desk as desks
from tests.elections.roll.desk import DAY, Desk, book, number, text
from tests.office import Office

pytestmark = pytest.mark.django_db
ROWS = 6_000
"""More than a chunk of an upload and than Django's own handler keeps in memory; enough for processes of their own to seal."""


class Watch:
    """What was found of forbidden words in files."""

    def __init__(self, places: list[Path], words: list[bytes]) -> None:
        self.places, self.words = places, words
        self.found: dict[str, int] = {}
        self.looked = 0
        self.done = threading.Event()

    def run(self) -> None:
        """Look again and again until the work is done."""
        while not self.done.is_set():
            self.look()
            time.sleep(0.01)
        self.look()

    def look(self) -> None:
        """One look at every file."""
        self.looked += 1
        for path in self._files():
            with suppress(OSError):
                held = path.read_bytes()
                if any(word in held for word in self.words):
                    self.found[str(path)] = len(held)

    def _files(self) -> Iterator[Path]:
        for place in self.places:
            for folder, _folders, names in os.walk(place):
                yield from (Path(folder) / name for name in names)
        own = psutil.Process()
        for process in [own, *own.children(recursive=True)]:
            with suppress(OSError):
                for link in Path(f"/proc/{process.pid}/fd").iterdir():
                    with suppress(OSError):
                        target = str(link.readlink())
                        if target.startswith("/") and "(deleted)" in target and not target.startswith(("/memfd:", "/dev/")):
                            yield link


@contextmanager
def watching(places: list[Path], words: list[bytes]) -> Iterator[Watch]:
    """Look while the block runs."""
    watch = Watch(places, words)
    thread = threading.Thread(target=watch.run, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        watch.done.set()
        thread.join(60)


@pytest.fixture
def office() -> Office:
    return offices.make(suggestions=1)


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    with clock.travel(DAY):
        yield desks.make(county=office.county)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of this process and of those that it starts."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "POLARS_TEMP_DIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert tempfile.gettempdir() == str(folder)
    return folder


def people() -> list[tuple[str, ...]]:
    """Adults, no two under one number."""
    born = (f"19{50 + n % 50}-0{1 + n % 9}-{1 + n // 450:02d}" for n in range(ROWS))
    return [("张伟", "", number(day, 101 + n % 2), f"龙潭镇{n}号", "第1选区") for n, day in enumerate(born)]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_list_sent_over_http_is_never_plain_on_disk(
    office: Office, desk: Desk, tmp_path: Path, temporary: Path, form: str
) -> None:
    rows = people()
    source = tmp_path / "given" / f"户籍.{form}"
    source.parent.mkdir()
    (book if form == "xlsx" else text)(source, rows)
    content = source.read_bytes()
    words = [rows[n][2].encode() for n in (0, 1, ROWS // 2, ROWS - 1)] + [content[2_000:2_064], content[-3_000:-2_936]]
    client = Client()
    client.force_login(office.accounts["elect"])
    places = [temporary, Path(settings.DATA)]
    with watching(places, words) as watch:
        with source.open("rb") as file:
            answer = client.post(f"/election/{desk.election.pk}/roll/import/", {"source": "household", "files": file})
        assert answer.status_code == 302, answer.content[:300]
        made = RollImport.objects.get()
        hat = Hat.objects.get(account=office.accounts["elect"])
        flow.run(made.pk, hat.pk)
        made.refresh_from_db()
        assert made.state == "checked", made.message
        flow.confirm(made, hat=hat)
        flow.run(made.pk, hat.pk)
        searching.run(searching.start(desk.election, hat=hat).pk)
    assert Voter.objects.count() == ROWS
    assert watch.looked > 3
    assert watch.found == {}


def test_the_watch_sees_what_lies_in_plain(temporary: Path) -> None:
    """The test above can fail: a named file, and one that is deleted while it is open."""
    secret = number("1980-01-02", 13).encode()
    with watching([temporary], [secret]) as watch:
        (temporary / "plain").write_bytes(b"x" + secret)
        with tempfile.TemporaryFile(dir=temporary) as hidden:
            hidden.write(secret)
            hidden.flush()
            watch.look()
    assert len(watch.found) == 2, watch.found


def test_the_handler_that_writes_to_disk_is_not_used(office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.files import uploadedfile, uploadhandler

    def refused(*_given: object, **_named: object) -> None:
        raise AssertionError("an uploaded list goes to a temporary file")

    monkeypatch.setattr(uploadhandler.TemporaryFileUploadHandler, "new_file", refused)
    monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", refused)
    monkeypatch.setattr(uploadhandler.MemoryFileUploadHandler, "new_file", refused)
    client = Client(enforce_csrf_checks=False)
    client.force_login(office.accounts["elect"])
    from django.core.files.uploadedfile import SimpleUploadedFile

    large = SimpleUploadedFile(
        "名册.csv", "姓名,身份证号\n".encode() + b"," * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1), "text/csv"
    )
    answer = client.post(f"/election/{desk.election.pk}/roll/import/", {"source": "household", "files": large})
    assert answer.status_code == 302
