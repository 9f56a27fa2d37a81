"""Two places for the tests of backups: an office with data, and an empty one of another machine."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from PIL import Image
from psycopg import sql

from renda.directory.gate import OPERATOR
from renda.files.services import attach
from renda.suggestions.models import Suggestion
from tests import database, office
from tests.settings import CLUSTER, TEST_DATABASE

OTHER = f"{TEST_DATABASE}_other"
SUGGESTIONS = "suggestions.suggestions"


def url(name: str) -> str:
    """The `DATABASE_URL` of a database in the tests' cluster."""
    parts = {
        key: value.replace("%", "%25").replace(" ", "%20").replace("&", "%26") for key, value in CLUSTER.connection(name).items()
    }
    return "postgresql:///{dbname}?host={host}&port={port}&user={user}&password={password}".format(**parts)


@dataclass
class Place:
    """A data folder with its database."""

    folder: Path
    database: str
    monkeypatch: pytest.MonkeyPatch

    def enter(self) -> None:
        """Be at this place from now on (in this process and those that it starts)."""
        self.monkeypatch.setenv("RENDA_DATA", str(self.folder))
        self.monkeypatch.setenv("DATABASE_URL", url(self.database))
        self.monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "renda.settings")
        self.monkeypatch.setenv("RENDA_HOSTS", "testserver")

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask this place's database."""
        with psycopg.connect(**CLUSTER.connection(self.database), autocommit=True) as connection:
            return connection.execute(statement.encode()).fetchall()


def picture(shade: int = 7) -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (8, 6), (shade, 9, 9)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def here(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An office with suggestions, petitions under encryption, and a picture."""
    place = Place(tmp_path / "here", TEST_DATABASE, monkeypatch)
    own = place.folder / "keys"
    own.mkdir(parents=True, mode=0o700)
    office.make()
    shutil.copy(settings.FIELD_KEY_FILE, own / "fields.json")  # made at the latest with the petitions
    place.enter()
    attach(SUGGESTIONS, Suggestion.objects.order_by("pk")[0], "现场.png", picture(), actor=OPERATOR)
    connections.close_all()
    return place


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: Place) -> Iterator[Place]:
    """An empty place: a database without a table, a data folder that is not there yet."""
    drop = [
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(OTHER + end))
        for end in ("", "_restoring", "_replaced")
    ]
    with database.admin() as connection:
        for statement in drop:
            connection.execute(statement)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(OTHER)))
    yield Place(tmp_path / "there", OTHER, monkeypatch)
    with database.admin() as connection:
        for statement in drop:
            connection.execute(statement)
