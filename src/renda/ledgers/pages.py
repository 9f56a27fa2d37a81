"""What the pages of an import show: progress with its rate, sheets with their counts, choices for unknown headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from renda.core import clock
from renda.directory.gate import Actor
from renda.ledgers import flow, vocabulary
from renda.ledgers.models import Import, State
from renda.ledgers.report import OUTCOME_NAMES, OUTCOMES
from renda.registers import registry

SHOWN_FAULTS = 20
TONES = {State.DONE: "done", State.FAILED: "late", State.REFUSED: "idle", State.CHECKED: "soon"}
STATES = (
    gettext_noop("已上传"), gettext_noop("检查中"), gettext_noop("待确认"), gettext_noop("写入中"),
    gettext_noop("已导入"), gettext_noop("未导入"), gettext_noop("出错"),
)  # fmt: skip
OUTCOME_WORDS = (gettext_noop("新增"), gettext_noop("更新"), gettext_noop("未变"), gettext_noop("冲突"), gettext_noop("退回"))


@dataclass(frozen=True)
class Choice:
    """One entry of a select."""

    value: str
    label: str


@dataclass(frozen=True)
class Unknown:
    """A heading that nobody knows: the name of its select, and its words."""

    name: str
    heading: str


@dataclass
class SheetPage:
    """One sheet as the preview and the result show it."""

    number: int
    said: dict[str, Any]
    counts: list[tuple[str, int]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    more: int = 0
    unknown: list[Unknown] = field(default_factory=list)
    columns: list[Choice] = field(default_factory=list)
    ask_register: bool = False


@dataclass
class Progress:
    """How far a running import is; empty words where nothing can be said yet."""

    done: int = 0
    total: int = 0
    percent: int = 0
    what: str = ""
    words: str = ""
    rest: str = ""


def sheets_of(one: Import, actor: Actor) -> list[SheetPage]:
    """Every sheet of the report, with selects for what is unknown."""
    allowed = {register.code for register in flow.importable(actor)}
    return [_sheet(number, said, allowed) for number, said in enumerate(one.report.get("sheets", []), 1)]


def _sheet(number: int, said: dict[str, Any], allowed: set[str]) -> SheetPage:
    faults = [*said["rejects"], *said["conflicts"]]
    page = SheetPage(number, said, [(_(OUTCOME_NAMES[key]), said[key]) for key in OUTCOMES], faults[:SHOWN_FAULTS])
    page.more = max(said["rejected"] + said["conflicting"] - len({fault["row"] for fault in page.faults}), 0)
    page.ask_register = bool(said["left_out"]) and said["left_out"] != vocabulary.EMPTY
    if said["register"] in allowed:
        page.unknown = [Unknown(f"map-{number}-{place}", heading) for place, heading in enumerate(said["unknown_headings"])]
        page.columns = [Choice(column.field, _(column.name)) for column in registry.get(said["register"]).columns]
    return page


def mappings_in(one: Import, posted: dict[str, str]) -> dict[tuple[str, str], str]:
    """(register, heading) → field, as the preview's selects were set; those left at "decide later" are not in it."""
    chosen = {}
    for number, said in enumerate(one.report.get("sheets", []), 1):
        for place, heading in enumerate(said["unknown_headings"]):
            value = posted.get(f"map-{number}-{place}", "?")
            if value != "?":
                chosen[(said["register"], heading)] = value
    return chosen


def registers_in(one: Import, posted: dict[str, str]) -> dict[str, str]:
    """file/sheet → register, as the clerk named it."""
    chosen = {}
    for number, said in enumerate(one.report.get("sheets", []), 1):
        value = posted.get(f"register-{number}", "")
        if said["left_out"] and value:
            chosen[f"{said['file']}/{said['sheet']}"] = value
    return chosen


def progress_of(one: Import) -> Progress:
    """Count, rate and remaining time."""
    said = one.progress if one.state in flow.RUNNING else {}
    done, total = said.get("done", 0), said.get("total", 0)
    if not total:
        return Progress(words=_("正在排队，或正在读取文件……") if one.state in flow.RUNNING else "")
    page = Progress(done, total, min(100, done * 100 // total), said.get("what", ""))
    page.words = _("%(done)s / %(total)s 行") % {"done": f"{done:,}", "total": f"{total:,}"}
    seconds = (clock.real_now() - datetime.fromisoformat(said["started_at"])).total_seconds()
    if done and seconds > 1:
        rate = done / seconds
        page.rest = _("每秒 %(rate)s 行，%(left)s") % {"rate": f"{rate:,.0f}", "left": _left((total - done) / rate)}
    return page


def _left(seconds: float) -> str:
    if seconds < 60:
        count = max(int(seconds), 1)
        return ngettext("大约还要 %(n)d 秒", "大约还要 %(n)d 秒", count) % {"n": count}
    count = round(seconds / 60)
    return ngettext("大约还要 %(n)d 分钟", "大约还要 %(n)d 分钟", count) % {"n": count}


def totals(one: Import) -> list[tuple[str, int]]:
    """The import's counts over all sheets, by outcome."""
    return [(_(OUTCOME_NAMES[key]), one.report.get(key, 0)) for key in OUTCOMES]


def tone(one: Import) -> str:
    """The tone in which the import's state is shown."""
    return TONES.get(State(one.state), "run")
