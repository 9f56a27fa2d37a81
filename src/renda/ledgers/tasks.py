"""Background tasks of the ledgers. Thin: the work is in `flow`."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.task(name="ledgers.check")
def check(import_id: int, hat_id: int) -> None:
    """Read the files and say what would become of each row; nothing is written."""
    from renda.ledgers import flow

    flow.run(import_id, hat_id, dry_run=True)


@app.task(name="ledgers.write")
def write(import_id: int, hat_id: int) -> None:
    """Import the files."""
    from renda.ledgers import flow

    flow.run(import_id, hat_id, dry_run=False)
