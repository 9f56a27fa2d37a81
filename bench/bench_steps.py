"""Steps taken by sixteen clients at once, against the bare transaction that writes the same rows; and how long they wait beside an import.

The bare transaction locks the matter, writes the step, its milestone, the matter and a journal entry under the chain's head in plain SQL: what
must be written whoever does it, with no rule of the law looked at. Both run in the same sixteen threads.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.bench_import import prepare_county
from bench.measure import Comparison, Phase, phase

CLIENTS = 16
SIZES = {"quick": 4, "full": 50}
IMPORTED = {"quick": 2_000, "full": 50_000}
PAUSE_S = 0.4
INTERVAL_S = 0.02
LONGEST_WAIT_S = 1.0


def run(each: int) -> dict[str, Comparison | float]:
    """``each`` steps per client both ways; then steps beside an import, none of which may wait over a second."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        prepare_county(folder)
        ours_ids, bare_ids, beside = (_petitions(part, each) for part in ("甲", "乙", "丙"))
        _forward(_petitions("丁", 1)[0][0])  # the first step of a process reads the law
        reference, ours = _clients("bare", bare_ids, _bare), _clients("ours", ours_ids, _forward)
        _assert_same(ours_ids, bare_ids)
        waited = _beside_import(folder, beside, IMPORTED["full" if each == SIZES["full"] else "quick"])
    assert waited < LONGEST_WAIT_S, f"a step waited {waited:.2f} s for an import's lock"
    return {
        f"steps of {CLIENTS} clients against the bare transaction": Comparison(ours, reference),
        "one second against the longest wait for an import": LONGEST_WAIT_S / waited,
    }


def _petitions(part: str, each: int) -> list[list[int]]:
    """Fresh petitions, ``each`` for every client."""
    from renda.core.cells import DateValue
    from renda.directory.gate import OPERATOR
    from renda.directory.models import Division
    from renda.registers import registry
    from renda.registers.services import Change, save

    register, county = registry.get("petitions.petitions"), Division.objects.get(level="county").pk
    count = CLIENTS * each
    rows = [
        {
            "title": f"反映{part}{n}",
            "form": "letter",
            "division": county,
            "keeper": county,
            "received": DateValue(date(2026, 6, 1), "day"),
            "petitioner": "周某某",
        }
        for n in range(count)
    ]
    ids = save(register, [Change(row, None, f"{part}{n}") for n, row in enumerate(rows)], actor=OPERATOR)
    return [ids[start::CLIENTS] for start in range(CLIENTS)]


def _clients(name: str, ids: Sequence[Sequence[int]], act: Callable[[int], None]) -> Phase:
    """Sixteen threads at their matters, each with a connection of its own, which it has before the measuring begins."""
    failures: list[BaseException] = []
    ready = threading.Barrier(len(ids) + 1)

    def client(own: Sequence[int]) -> None:
        from django.db import connection

        try:
            connection.ensure_connection()
            ready.wait()
            for pk in own:
                act(pk)
        except BaseException as failure:  # a thread that dies silently would make the run look quick
            failures.append(failure)
            ready.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=client, args=(own,)) for own in ids]
    for thread in threads:
        thread.start()
    with phase(name) as measured:
        with contextlib.suppress(threading.BrokenBarrierError):
            ready.wait()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]
    return measured


def _forward(pk: int) -> None:
    from renda.directory.gate import OPERATOR
    from renda.petitions.models import Petition
    from renda.procedure import services

    services.take(Petition, "petition", "forward", [pk], actor=OPERATOR, on=date(2026, 6, 5), answers={"handler": _handler()})


def _handler() -> int:
    from renda.directory.models import Organ

    if "pk" not in _known:
        _known["pk"] = Organ.objects.alive().order_by("pk")[0].pk
    return _known["pk"]


_known: dict[str, int] = {}


def _bare(pk: int) -> None:
    """The rows of one step in plain SQL."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT steps_taken FROM procedure_matter WHERE id = %s FOR UPDATE", [pk])
        place = cursor.fetchone()[0] + 1
        cursor.execute(
            'INSERT INTO procedure_steptaken (matter_id, place, code, "on", at, from_state, to_state, actor, outside, article, late_days, before, undone_by, '
            "undo_reason) VALUES (%s, %s, 'forward', '2026-06-05', now(), 'registered', 'forwarded', 'bare', false, '', 0, '{}', '', '')",
            [pk, place],
        )
        cursor.execute(
            "INSERT INTO procedure_milestone (matter_id, code, \"on\", precision, source) VALUES (%s, 'forwarded', '2026-06-05', 'day', 'stepped')",
            [pk],
        )
        cursor.execute("UPDATE petitions_petition SET handler_id = %s WHERE matter_ptr_id = %s", [_handler(), pk])
        cursor.execute(
            "UPDATE procedure_matter SET steps_taken = %s, phase = 'forwarded', stage = 'forwarded', due_on = '2026-06-20' WHERE id = %s",
            [place, pk],
        )
        cursor.execute("SELECT id, head_sequence, head_hash FROM journal_chain LIMIT 1 FOR UPDATE")
        chain, sequence, head = cursor.fetchone()
        digest = hashlib.sha256(f"{head}{pk}".encode()).hexdigest()
        cursor.execute(
            "INSERT INTO journal_entry (chain_id, sequence, at, actor, action, subject_kind, subject_id, subject_label, payload, previous_hash, hash) "
            "VALUES (%s, %s, now(), 'bare', 'step.taken', 'petition', %s, '', '{}', %s, %s)",
            [chain, sequence + 1, pk, head, digest],
        )
        cursor.execute("UPDATE journal_chain SET head_sequence = %s, head_hash = %s WHERE id = %s", [sequence + 1, digest, chain])


def _assert_same(ours: Sequence[Sequence[int]], bare: Sequence[Sequence[int]]) -> None:
    """Both ways leave the matters in the same state."""
    from renda.procedure.models import Matter, Milestone

    def left(ids: Sequence[Sequence[int]]) -> tuple[Any, ...]:
        flat = [pk for own in ids for pk in own]
        matters = Matter.objects.filter(pk__in=flat).values_list("phase", "stage", "due_on", "steps_taken").distinct()
        marks = Milestone.objects.filter(matter_id__in=flat, code="forwarded").values_list("on", "source").distinct()
        return len(flat), list(matters), list(marks)

    assert left(ours) == left(bare), (left(ours), left(bare))


def _beside_import(folder: Path, ids: Sequence[Sequence[int]], rows: int) -> float:
    """The longest that a step waited for a lock while another process imported, the clients pausing as people do."""
    from bench.bench_import import write_petitions

    book = folder / "信访登记.xlsx"
    write_petitions(book, rows)
    command = [sys.executable, "-m", "renda", "ledgers", "import", str(book)]
    importing = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took: list[float] = []

    def step(pk: int) -> None:
        time.sleep(PAUSE_S * random.random() * 2)
        if importing.poll() is not None:
            return
        started = time.perf_counter()
        _forward(pk)
        took.append(time.perf_counter() - started)

    watched = LockWatch()
    watched.start()
    _clients("beside an import", ids, step)
    assert importing.wait() == 0, "the import failed"
    watched.stop()
    assert took
    took.sort()
    said = f"{len(took)} steps beside an import of {rows} rows: median {took[len(took) // 2]:.2f} s, longest {took[-1]:.2f} s"
    sys.stderr.write(f"  {said}; longest wait for a lock {watched.longest:.3f} s\n")
    return max(watched.longest, INTERVAL_S)


class LockWatch(threading.Thread):
    """Looks again and again how long the database's sessions have been waiting for a lock; the rest of a step's time is the processor's."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.longest = 0.0
        self._end = threading.Event()

    def run(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            while not self._end.wait(INTERVAL_S):
                cursor.execute(
                    "SELECT coalesce(max(extract(epoch FROM clock_timestamp() - query_start)), 0) FROM pg_stat_activity "
                    "WHERE wait_event_type = 'Lock'"
                )
                self.longest = max(self.longest, float(cursor.fetchone()[0]))
        connection.close()

    def stop(self) -> None:
        """End the watch."""
        self._end.set()
        self.join()
