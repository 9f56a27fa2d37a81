"""Background tasks of the elections room. Thin: the work is in the areas."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.task(name="elections.voter_print")
def voter_print(print_id: int, hat_id: int) -> None:
    """Make posters or voter cards."""
    from renda.elections.lists import printing

    printing.run(print_id, hat_id)


@app.task(name="elections.voter_lists_publish")
def voter_lists_publish(work_id: int, hat_id: int) -> None:
    """Publish the voter lists of many districts."""
    from renda.elections.lists import publishing_work

    publishing_work.run(work_id, hat_id)


@app.periodic(cron="17 1,6 * * *")
@app.task(name="elections.forget_old", queueing_lock="elections.forget_old")
def forget_old(timestamp: int) -> None:
    """Remove prints and uploads whose time is over (morning and afternoon in China; the worker does it too when it starts)."""
    from renda.elections import expiry

    expiry.forget_old()


@app.task(name="elections.roll_bring")
def roll_bring(import_id: int, hat_id: int) -> None:
    """Check lists of voters, or bring them into the roll."""
    from renda.elections.roll import flow

    flow.run(import_id, hat_id)


@app.task(name="elections.roll_search")
def roll_search(search_id: int) -> None:
    """Search a roll for people who may stand on it twice."""
    from renda.elections.roll import searching

    searching.run(search_id)
