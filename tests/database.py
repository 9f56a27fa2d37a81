"""The tests' database: a template with every migration applied, copied for each worker.

The template is made again only when a migration changes (by digest of the files), so a run starts in about a second.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tests.settings import CLUSTER, HOME, TEST_DATABASE


def digest_of_migrations() -> str:
    """A digest over every migration (and SQL file beside it) of every installed app."""
    digest = hashlib.sha256(django.get_version().encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        folder = Path(config.path) / "migrations"
        for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.sql")]):
            digest.update(f"{config.label}/{file.relative_to(folder)}".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextlib.contextmanager
def admin() -> Iterator[psycopg.Connection[Any]]:
    """A connection that may make and drop databases."""
    with psycopg.connect(**CLUSTER.connection("postgres"), autocommit=True) as connection:
        yield connection


@contextlib.contextmanager
def locked(name: str, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold a lock that all runs on this cluster know."""
    with (HOME / f"{name}.lock").open("a") as file:
        fcntl.flock(file, how)
        yield


def prepare() -> None:
    """Start the cluster, make the template if it is not there, and copy it for this worker."""
    CLUSTER.start()
    template = f"template_{digest_of_migrations()}"
    with locked("template"), admin() as connection:
        if not _exists(connection, template):
            _drop_old(connection)
            _build(connection, template)
    fresh(template)


def fresh(template: str | None = None) -> None:
    """Give this worker a new copy of the template in place of its database."""
    template = template or f"template_{digest_of_migrations()}"
    connections.close_all()
    names = {"name": sql.Identifier(TEST_DATABASE), "template": sql.Identifier(template)}
    with admin() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)").format(**names))
        connection.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy").format(**names))


def discard() -> None:
    """Drop this worker's database."""
    connections.close_all()
    with admin() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(TEST_DATABASE)))


def _exists(connection: psycopg.Connection[Any], name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]).fetchone() is not None


def _drop_old(connection: psycopg.Connection[Any]) -> None:
    """Drop templates of other migrations and databases of runs that are over; keep those of runs still going."""
    for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^(t|template)_'").fetchall():
        run = name.split("_")[1]
        if name.startswith("t_") and run.isdigit() and Path(f"/proc/{run}").exists():
            continue
        connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _build(connection: psycopg.Connection[Any], template: str) -> None:
    """Make the template under a passing name, so that a broken migration leaves none behind."""
    draft = f"t_0_{template}"
    names = {"draft": sql.Identifier(draft), "template": sql.Identifier(template)}
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {draft} WITH (FORCE)").format(**names))
    connection.execute(sql.SQL("CREATE DATABASE {draft}").format(**names))
    default = connections["default"]
    default.close()
    default.settings_dict["NAME"] = draft
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        default.close()
        default.settings_dict["NAME"] = TEST_DATABASE
    connection.execute(sql.SQL("ALTER DATABASE {draft} RENAME TO {template}").format(**names))
    connection.execute(sql.SQL("ALTER DATABASE {template} IS_TEMPLATE true").format(**names))


@contextlib.contextmanager
def shared_cluster() -> Iterator[None]:
    """Hold the cluster while a run goes on; the last run to end stops the server, keeping its files."""
    with (HOME / "users.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.environ.get("PYTEST_XDIST_WORKER"):
                CLUSTER.stop()
