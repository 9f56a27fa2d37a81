"""The embedded PostgreSQL server: what a county office uses unless `DATABASE_URL` names a server of its own."""

import os
from typing import Any

from renda.core.datafolder import data_folder
from renda.core.embedded.cluster import Cluster
from renda.core.embedded.hosting import DatabaseUnavailable

__all__ = ["Cluster", "DatabaseUnavailable", "connection", "ensure", "in_use", "stop"]


def in_use() -> bool:
    """Whether the records lie in the embedded server (no `DATABASE_URL` is set)."""
    return not os.environ.get("DATABASE_URL", "").strip()


def office() -> Cluster:
    """The cluster of the data folder in force."""
    return Cluster(data_folder())


def connection() -> dict[str, Any]:
    """Connection parameters of the records, in libpq's words, from `DATABASE_URL` or the embedded server."""
    if in_use():
        return office().connection()
    from psycopg.conninfo import conninfo_to_dict

    return {name: str(value) for name, value in conninfo_to_dict(os.environ["DATABASE_URL"].strip()).items()}


def ensure() -> bool:
    """Start the embedded server if the records lie there and it is not running; True if it was started."""
    return in_use() and office().start()


def stop() -> bool:
    """End the embedded server of the data folder; True if one was running."""
    return office().stop()
