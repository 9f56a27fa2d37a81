"""The parts of a rehearsal one after the other, each timed and told, and what they came to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from renda.core import clock
from renda.elections.models import Elected
from renda.elections.rehearsal import nominating, planning, polling, registering, seating
from renda.elections.rehearsal.state import Check, Part, Rehearsal, Size, Step

PARTS: tuple[tuple[str, str, Step], ...] = (
    ("plan", "名额和选区", planning.plan),
    ("files", "编造名单文件", registering.files),
    ("roll", "导入登记册", registering.roll),
    ("duplicates", "查重", registering.duplicates),
    ("lists", "公布选民名单", registering.lists),
    ("candidates", "提名和候选人名单", nominating.candidates),
    ("vote", "投票和计票", polling.vote),
    ("follow", "再次投票、另行选举", polling.follow),
    ("confirm", "确认选举有效", polling.confirm),
    ("review", "代表资格审查", seating.review),
    ("seat", "登记代表职务", seating.seat),
    ("close", "归档和封存", seating.close),
)


@dataclass
class Report:
    """What a rehearsal came to."""

    voters: int
    districts: int
    seats: int = 0
    elected: int = 0
    parts: list[Part] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    sign_ins: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether everything holds that must."""
        return all(one.ok for one in self.checks)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as `--json` gives them."""
        return {
            "voters": self.voters, "districts": self.districts, "seats": self.seats, "elected": self.elected, "ok": self.ok, "sign_ins": self.sign_ins,
            "parts": [one.as_dict() for one in self.parts], "checks": [one.as_dict() for one in self.checks],
        }  # fmt: skip


def run(
    size: Size,
    folder: Path,
    *,
    ended: Callable[[Part], None] = lambda part: None,
    told: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> Report:
    """Go through the whole election in the database at hand, which must hold no county yet. ``ended`` hears of each part."""
    one = Rehearsal(size, folder, clock.today(), told)
    report = Report(size.voters, size.districts)
    for name, title, step in PARTS:
        started = time.perf_counter()
        facts = step(one)
        part = Part(name, title, time.perf_counter() - started, facts)
        report.parts.append(part)
        ended(part)
    report.seats, report.checks, report.sign_ins = one.election.seats or 0, one.checks, one.sign_ins
    report.elected = Elected.objects.alive().filter(election=one.election).count()
    return report
