"""``python -m renda.jobs.worker``: the one process that does background work, started beside the site by `renda serve`.

Jobs stand in PostgreSQL, so the site's processes need no other channel to it. Ends on SIGTERM or Ctrl-C after the work at hand.
"""

from __future__ import annotations

import asyncio

from renda.core.commands import open_records


def main() -> None:
    """Put right what an earlier worker left, then work until told to stop."""
    open_records()
    from renda.jobs.recovery import recover

    forget_lost_jobs()
    recover()
    run()


def forget_lost_jobs() -> None:
    """Mark as failed the jobs that a dead worker was at; what they were for is put right by the recovery steps."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'doing' AND queue_name = 'default'")


def run(*, wait: bool = True) -> None:
    """Do the jobs of the queue, one at a time; without ``wait`` return when it is empty."""
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector):
        asyncio.run(_work(app, wait))


async def _work(app: object, wait: bool) -> None:
    async with app.open_async():  # type: ignore[attr-defined]
        await app.run_worker_async(  # type: ignore[attr-defined]
            concurrency=1, wait=wait, listen_notify=wait, delete_jobs="successful", fetch_job_polling_interval=2.0
        )


if __name__ == "__main__":
    main()
