"""``python -m renda.jobs.worker``: does background work, started beside the site by `renda serve`, or alone by `renda work`.

Jobs stand in PostgreSQL, so the site's processes need no other channel to it; several workers may share them, on several machines. Ends
on SIGTERM or Ctrl-C after the work at hand.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from renda.core.commands import open_records

LOOK_AFTER_S = 60.0
logger = logging.getLogger(__name__)


def main() -> None:
    """Put right what an earlier worker left, then work until told to stop."""
    open_records()
    from renda.jobs.lost import living

    with living() as alone:
        put_right(alone=alone)
        run()


def put_right(*, alone: bool) -> None:
    """Take up the jobs that dead workers were at, and have the rooms put their records right."""
    from renda.jobs.lost import take_up_lost
    from renda.jobs.recovery import recover

    take_up_lost(alone=alone)
    recover()


def run(*, wait: bool = True) -> None:
    """Do the jobs of the queue, one at a time; without ``wait`` return when it is empty."""
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector):
        asyncio.run(_work(app, wait))


async def _work(app: object, wait: bool) -> None:
    async with app.open_async():  # type: ignore[attr-defined]
        others = asyncio.create_task(_look_after_others()) if wait else None
        try:
            await app.run_worker_async(  # type: ignore[attr-defined]
                concurrency=1, wait=wait, listen_notify=wait, delete_jobs="successful", fetch_job_polling_interval=2.0
            )
        finally:
            if others is not None:
                others.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await others


async def _look_after_others() -> None:
    """While this worker lives, take up what a worker elsewhere left when it died."""
    while True:
        await asyncio.sleep(LOOK_AFTER_S)
        await asyncio.to_thread(_take_up)


def _take_up() -> None:
    from django.db import connection

    from renda.jobs.lost import take_up_lost

    try:
        take_up_lost(alone=False)
    except Exception:
        logger.exception("lost jobs could not be looked for")
    finally:
        connection.close()


if __name__ == "__main__":
    main()
