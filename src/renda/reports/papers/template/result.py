"""What became of each placeholder of a template."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from .grammar import UNIT
from .writing import written

Status = Literal["filled", "marked", "unknown"]


@dataclass(frozen=True)
class Filled:
    """One placeholder: as it stands in the template, what it counts and what was written.

    `filled`: the value stands in the text. `marked`: it is open (no records, a computed 0, not computable), with `why`. `unknown`: the
    placeholder names nothing that can be counted; `nearest` are names that may be meant. `place` is where it stands: 正文, 页眉页脚,
    文本框, 脚注. `value` is in the platform's own units (money in yuan), `text` what was written.
    """

    placeholder: str
    status: Status
    text: str
    place: str = "正文"
    indicator: str = ""
    counts: str = ""
    value: Decimal | int | None = None
    before: Decimal | int | None = None
    unit: str = ""
    records: int = 0
    why: str = ""
    nearest: tuple[str, ...] = ()
    form: str = "value"

    @property
    def marked(self) -> bool:
        """Whether it is highlighted and followed by 〔待核〕."""
        return self.status != "filled"

    @property
    def comment(self) -> str:
        """Its Word comment."""
        lines = [f"口径：{self.counts}"] if self.counts else []
        if self.why:
            lines.append(f"{'待核原因' if self.marked else '说明'}：{self.why}")
        if self.value is not None:
            value = written(self.value, self.unit, (UNIT,), "", "")
            lines.append(f"值：{value}，依据记录 {self.records} 条；{self._earlier()}。")
        return "\n".join(lines) or f"占位符：{self.placeholder}"

    def _earlier(self) -> str:
        if self.before is None:
            return "上年同期值：无法计算"
        if self.form == "change":  # last year's value is of the thing itself, whose unit is not the change's
            return f"上年数：{written(self.before, '', (), '', '')}"
        return f"上年同期值：{written(self.before, self.unit, (UNIT,), '', '')}"

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        names = "placeholder", "status", "text", "place", "indicator", "counts", "value", "before", "unit", "records", "why"
        return {name: getattr(self, name) for name in names} | {"nearest": list(self.nearest)}
