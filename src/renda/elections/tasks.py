"""Background tasks of the elections room. Thin: the work is in the areas."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.task(name="elections.voter_print")
def voter_print(print_id: int, hat_id: int) -> None:
    """Make posters or voter cards."""
    from renda.elections.lists import printing

    printing.run(print_id, hat_id)
