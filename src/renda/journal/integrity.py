"""What must hold of the journal."""

from __future__ import annotations

from collections.abc import Iterator

from renda.core.checking import Fault, rule
from renda.journal.verifying import verify


@rule("journal.chain", "日志前后相接，没有改动、删除、换位或插入")
def chain() -> Iterator[Fault]:
    """The first entry that is not as it was written."""
    verdict = verify()
    if verdict.fault:
        yield Fault(f"第 {verdict.at_sequence} 条日志", f"{verdict.fault}{verdict.where}")
