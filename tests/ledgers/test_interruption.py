"""Imports that are killed, and two imports of the same file at once: real processes on a database of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from renda.journal.services import verify
from renda.petitions.models import Petition
from tests.ledgers import books

ROWS = 400
RUN = """
import sys
from pathlib import Path
from tests import settings
settings.DATABASES["default"]["NAME"] = sys.argv[2]
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[2]
from renda.directory.gate import OPERATOR
from renda.ledgers.importing import import_files
print("ready", flush=True)
report, _ = import_files([Path(sys.argv[1])], actor=OPERATOR)
print("created", report.total("created"), "unchanged", report.total("unchanged"), "committed", report.committed, flush=True)
"""


def start(path: Path) -> subprocess.Popen[str]:
    """An import in a process of its own, as far as having everything loaded."""
    from django.db import connection

    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", RUN, str(path), connection.settings_dict["NAME"]]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=Path(__file__).parents[2])
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def many(path: Path) -> Path:
    rows = [(f"信{n}", "2021-03-05", f"反映第{n}件事", "来信", 1, "县水务局") for n in range(ROWS)]
    return books.petitions(path, rows)


@pytest.mark.django_db(transaction=True)
def test_killed_import_leaves_all_or_nothing(tmp_path: Path) -> None:
    books.county(tmp_path)
    path = many(tmp_path / "a.xlsx")
    for wait in (0.2, 0.8, 1.6):
        child = start(path)
        time.sleep(wait)
        child.kill()
        child.wait()
        assert Petition.objects.count() in (0, ROWS)
        assert verify().fault is None
    report, _ = books.bring(path)
    assert report.total("created") + report.total("unchanged") == ROWS
    assert Petition.objects.count() == ROWS
    assert verify().fault is None


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_file_at_once(tmp_path: Path) -> None:
    books.county(tmp_path)
    path = many(tmp_path / "a.xlsx")
    both = [start(path), start(path)]
    said = sorted(child.communicate(timeout=120)[0].strip() for child in both)
    assert said == [f"created 0 unchanged {ROWS} committed True", f"created {ROWS} unchanged 0 committed True"]
    assert Petition.objects.count() == ROWS
