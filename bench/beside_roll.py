"""What others do while a roll is imported: look at its pages, find a voter by number, enter one, hand one in on the public pages.

`python -m bench.beside_roll ELECTION`: says "ready", works until its input ends, and prints how long each kind took at the longest (seconds).
"""

import contextlib
import json
import select
import sys
import time
from collections.abc import Callable
from typing import Any

PAUSE_S = 0.2


def main() -> None:
    """Work until the input ends."""
    from renda.core.commands import open_records

    open_records()
    acts = _acts(int(sys.argv[1]))
    for act in acts.values():
        act(0)  # the first of each reads what the others find read
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    longest = dict.fromkeys(acts, 0.0)
    turn = 0
    while not select.select([sys.stdin], [], [], PAUSE_S)[0]:
        turn += 1
        for name, act in acts.items():
            started = time.perf_counter()
            act(turn)
            longest[name] = max(longest[name], time.perf_counter() - started)
    sys.stdout.write(json.dumps(longest) + "\n")


def _acts(pk: int) -> dict[str, Callable[[int], Any]]:
    from renda.directory.gate import OPERATOR
    from renda.elections.models import Election, ElectoralDistrict
    from renda.elections.roll import listing, services, totals
    from renda.elections.roll.entering import Entered
    from renda.elections.roll.turns import Busy

    election = Election.objects.get(pk=pk)
    district = ElectoralDistrict.objects.filter(election=election).order_by("pk").first()

    def page(_turn: int) -> None:
        with contextlib.suppress(Busy):  # is told to wait, within the second
            listing.page(election, listing.Asked(), OPERATOR)

    def enter(turn: int) -> None:
        services.enter(Entered(election, "张新", _number("990191197001", turn), district, certificate=True), actor=OPERATOR)

    def hand_in(turn: int) -> None:
        services.hand_in(Entered(election, "李新", _number("990191197002", turn), None))

    return {
        "overview": lambda _turn: totals.overview(election, OPERATOR),
        "list": page,
        "number": lambda _turn: listing.by_number(election, _number("990191197003", 1), OPERATOR),
        "enter": enter,
        "hand in": hand_in,
    }


def _number(begin: str, sequence: int) -> str:
    """A right number of somebody who stands on no list: area, year and month, then a day and a sequence."""
    from renda.core.cells.identity import check_character

    first = f"{begin}{1 + sequence // 900 % 28:02d}{1 + sequence % 900:03d}"
    return first + check_character(first)


if __name__ == "__main__":
    main()
