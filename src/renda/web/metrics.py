"""Numbers for a monitoring system (Prometheus text): requests, background work, journal, database, disk. No personal data.

With several web processes (`renda serve --processes`) they share their counters through files in `PROMETHEUS_MULTIPROC_DIR`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable

from django.conf import settings
from django.db import Error, connection
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
REQUESTS = Counter("renda_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "renda_request_seconds", "Time to answer a request", ["route"], buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
)
FIGURES = {
    "renda_journal_entries": ("Entries of the journal", "SELECT coalesce(max(head_sequence), 0) FROM journal_chain"),
    "renda_database_bytes": ("Size of the database", "SELECT pg_database_size(current_database())"),
    "renda_database_connections": (
        "Connections to the database", "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()",
    ),
    "renda_worker_silence_seconds": (
        "Seconds since the last sign of life of a background worker",
        "SELECT coalesce(extract(epoch FROM now() - max(last_heartbeat)), 'Infinity') FROM procrastinate_workers",
    ),
}  # fmt: skip


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answered request."""
    REQUESTS.labels(method if method in METHODS else "OTHER", route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def text() -> bytes:
    """Everything, as Prometheus reads it."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shared = CollectorRegistry()
        MultiProcessCollector(shared)
    else:
        shared = REGISTRY
    now = CollectorRegistry()
    now.register(_Now())
    return generate_latest(shared) + generate_latest(now)


class _Now:
    """What is asked at the moment of reading. While the database is away, its numbers are missing and ``renda_database_up`` is 0."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        disk = shutil.disk_usage(settings.DATA)
        yield GaugeMetricFamily("renda_disk_free_bytes", "Free space of the data folder", disk.free)
        try:
            found = [GaugeMetricFamily(name, about, _one(query)) for name, (about, query) in FIGURES.items()]
            found.append(_jobs())
        except Error:
            yield GaugeMetricFamily("renda_database_up", "Whether the database answers", 0)
            return
        yield GaugeMetricFamily("renda_database_up", "Whether the database answers", 1)
        yield from found


def _one(query: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return float(cursor.fetchone()[0])


def _jobs() -> GaugeMetricFamily:
    family = GaugeMetricFamily("renda_jobs", "Background jobs by state", labels=["status"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        found = dict(cursor.fetchall())
    for status in ("todo", "doing", "failed"):
        family.add_metric([status], found.get(status, 0))
    return family
