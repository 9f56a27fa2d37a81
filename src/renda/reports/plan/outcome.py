"""What became of each item of a year's plan: its state, and the records that look like its evidence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate
from renda.directory.gate import Actor
from renda.directory.models import Division
from renda.planning.models import PlanItem
from renda.registers import registry
from renda.registers.register import Register
from renda.ui import addresses

LOOKED_AT = ("supervision", "meetings", "deputies", "stations", "projects", "outreach", "filing", "appointments", "elections")
ALBUM = "outreach.album"
EVIDENCE_MOST = 3
CORE_LEAST = 4
_LAW = re.compile(r"《([^》]{2,40})》")
_AROUND = re.compile(
    r"[（(][^）)]*[）)]|(?:上|下)半年|第?[一二三四1-4]季度|(?:1[0-2]|[1-9])月(?:底|末|份|[上中下]旬)?前?|年底前?|"
    r"由?.{2,12}(?:牵头|负责)"
)
_GENERIC = re.compile(
    r"听取(?:和|并)?审议|书面审议|听取|审议|审查|开展|组织代表|组织|召开主任会议研究|召开常委会会议|召开|研究|专题调研|集中视察|"
    r"视察|调研|专题询问|执法检查|工作评议|满意度测评|情况的?报告|工作情况|专项工作报告|情况|报告|对|围绕|关于|做好|推进|推动|工作$"
)


@dataclass(frozen=True)
class Proof:
    """A record of the year that an item's words point to. ``fits`` where it is of the same kind of work (inspection, visit, report)."""

    label: str
    on: date
    url: str
    register: str
    fits: bool = False


@dataclass
class Outcome:
    """One item of the plan: ``tone`` is done, late or run (as pages show states)."""

    item: PlanItem
    tone: str
    state: str
    url: str
    proofs: list[Proof] = field(default_factory=list)

    @property
    def owner(self) -> str:
        """The responsible organ, or a dash."""
        return self.item.owner.name if self.item.owner else "—"


def outcomes(year: int, division: Division, *, actor: Actor) -> list[Outcome]:
    """Each item of a division's plan of a year that the actor may see, with what became of it, by its due day."""
    rows = gate.visible_to(actor, PlanItem.objects.alive()).filter(year=year, division=division).select_related("owner")
    found = [_outcome(item) for item in rows.order_by("planned_on", "pk")]
    _prove(found, _records(year, division, {word for one in found for word in _words(one.item)}, actor))
    return found


def counts(found: list[Outcome]) -> dict[str, int]:
    """How many items are done, late and under way."""
    by_tone = Counter(one.tone for one in found)
    return {"all": len(found), "done": by_tone["done"], "late": by_tone["late"], "run": by_tone["run"]}


def _outcome(item: PlanItem) -> Outcome:
    url = addresses.of_record(registry.get("planning.plan"), item.pk)
    if item.done_on:
        late = item.done_on > item.planned_on
        state = _("%(m)d月%(d)d日完成（超期）") if late else _("%(m)d月%(d)d日完成")
        return Outcome(item, "done", state % {"m": item.done_on.month, "d": item.done_on.day}, url)
    if item.planned_on < clock.today():
        return Outcome(item, "late", _("逾期未完成"), url)
    return Outcome(item, "run", _("正在推进"), url)


def core(title: str) -> str:
    """What an item is about, without the words for doing it: 听取审议优化营商环境情况报告 is about 优化营商环境."""
    return re.sub(r"[，。、；：]", "", _GENERIC.sub("", _AROUND.sub("", title)))


def _words(item: PlanItem) -> list[str]:
    """What a record of the item would be called by: the laws that it names, and its subject where that is long enough to tell."""
    laws, subject = _LAW.findall(item.title), core(_LAW.sub("", item.title))
    return [law.removeprefix("中华人民共和国") for law in laws] + ([subject] if len(subject) >= CORE_LEAST else [])


def _prove(found: list[Outcome], records: list[Proof]) -> None:
    for one in found:
        title, words = one.item.title, _words(one.item)
        fitting = [replace(p, fits=_apart(title, p) < 2) for p in records if any(word in p.label for word in words)]
        fitting.sort(key=lambda proof: (_apart(title, proof), abs((proof.on - one.item.planned_on).days)))
        one.proofs = fitting[:EVIDENCE_MOST]


_KINDS = (
    ("审议", "报告", "专项工作报告"), ("执法检查", "执法检查", "执法检查"), ("视察", "视察", "视察调研"), ("调研", "调研", "视察调研"),
    ("询问", "询问", "专题询问"), ("评议", "评议", "评议"), ("主任会议", "主任会议", "会议"),
)  # fmt: skip


def _apart(title: str, proof: Proof) -> int:
    """How far a record is from an item's kind of work: 0 of its very register, 1 named like it, 2 neither."""
    kinds = [(label, register) for word, label, register in _KINDS if word in title]
    if any(register in proof.register for _, register in kinds):
        return 0
    return 1 if any(label in proof.label and "审议意见" not in proof.label for label, _ in kinds) else 2


def _records(year: int, division: Division, words: set[str], actor: Actor) -> list[Proof]:
    """Records of the year that are called by one of the words: label, day and address, one query per register."""
    found: list[Proof] = []
    for register in registry.all_registers():
        label = register.by_field[register.label]
        if (
            words
            and register.room in LOOKED_AT
            and register.code != ALBUM
            and register.date
            and label.kind == "text"
            and not label.secret
        ):
            found += _of_register(register, year, division, words, actor)
    return found


def _of_register(register: Register, year: int, division: Division, words: set[str], actor: Actor) -> list[Proof]:
    area, path = Division.objects.subtree(division.path).values("pk"), register.label_path
    called = reduce(or_, (Q(**{f"{path}__contains": word}) for word in sorted(words)))
    wanted = {f"{register.date}__gte": date(year, 1, 1), f"{register.date}__lte": date(year, 12, 31)}
    rows = gate.visible_to(actor, register.records()).filter(called, division__in=area, **wanted)
    return [
        Proof(str(label), day, addresses.of_record(register, pk), register.name)
        for pk, label, day in rows.order_by().values_list("pk", path, register.date)
    ]
