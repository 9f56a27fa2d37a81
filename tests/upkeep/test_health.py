"""The addresses for machines: what they say, to whom, and that they need neither session nor host name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from renda.web import health, metrics

pytestmark = pytest.mark.django_db


def heartbeat(silent_s: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))", [silent_s]
        )


def broken(*_given: object, **_more: object) -> None:
    raise OperationalError("connection to 张三's server refused")


def test_a_living_process_says_so_without_the_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert client.post("/healthz").status_code == 405


def test_ready_where_everything_is_there(client: Client) -> None:
    heartbeat(5)
    answer = client.get("/readyz", headers={"host": "10.0.0.7"})
    assert answer.json() == {"ready": True, "database": "ok", "migrations": "ok", "disk": "ok", "worker": "ok"}
    assert answer.status_code == 200


def test_a_silent_worker_is_told_and_does_not_take_the_site_along(client: Client) -> None:
    heartbeat(300)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (503, "silent")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
    assert client.get("/readyz").json()["worker"] == "missing"
    answer = client.get("/readyz?for=site")
    assert (answer.status_code, "worker" in answer.json()) == (200, False)


def test_a_missing_migration_is_told(client: Client) -> None:
    heartbeat(5)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'journal' AND name LIKE '0002%'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "missing")


def test_a_database_that_is_away_is_told_without_its_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "connection", type("Away", (), {"cursor": broken})())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "database": "unreachable",
        "migrations": "unknown",
        "disk": "ok",
        "worker": "unknown",
    }
    assert client.get("/healthz").status_code == 200


def test_a_disk_that_cannot_be_written_is_told(client: Client, settings: Any, tmp_path: Path) -> None:
    heartbeat(5)
    settings.DATA = tmp_path / "missing"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["disk"]) == (503, "not writable")


def test_metrics_are_for_this_machine_or_a_token(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "10.1.2.3"}).status_code == 404, (
        "a proxy on this machine is no reader"
    )
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3", headers={"authorization": "Bearer "}).status_code == 404
    monkeypatch.setenv("RENDA_METRICS_TOKEN", "s3cret-token")
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3", headers={"authorization": "Bearer wrong"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3", headers={"authorization": "Bearer s3cret-token"}).status_code == 200


def test_metrics_count_requests_by_the_pattern_of_their_address(client: Client) -> None:
    heartbeat(20)
    client.get("/petitions/petitions/4711/?q=张三")
    client.get("/no/such/place/张三/")
    text = client.get("/metrics").content.decode()
    lines = text.splitlines()
    assert any(line.startswith("renda_requests_total{") and "<int:pk>" in line for line in lines)
    assert any('route="unknown"' in line or "<" in line for line in lines)
    assert not any("4711" in line.rpartition(" ")[0] for line in lines), "the value behind the last blank may hold any digits"
    assert "张三" not in text
    values = {line.split(" ")[0]: float(line.split(" ")[1]) for line in lines if line and not line.startswith("#")}
    assert values["renda_database_up"] == 1
    assert values['renda_jobs{status="todo"}'.replace("\\", "")] == 0
    assert 19 <= values["renda_worker_silence_seconds"] < 60
    assert values["renda_disk_free_bytes"] > 0


def test_metrics_without_a_database_say_that_it_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "connection", type("Away", (), {"cursor": broken})())
    text = client.get("/metrics").content.decode()
    assert "renda_database_up 0.0" in text
    assert "张三" not in text
