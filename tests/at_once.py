"""Several people at one thing at the same time: each in a thread and on a connection of its own. Needs a test that really commits."""

from __future__ import annotations

import threading

from django.db import connections


def at_once(*several: object) -> list[object]:
    """Run callables in threads that begin together; what each gave or raised."""
    gate = threading.Barrier(len(several))
    found: list[object] = [None] * len(several)

    def go(place: int) -> None:
        gate.wait()
        try:
            found[place] = several[place]()  # type: ignore[operator]
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(place,)) for place in range(len(several))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
