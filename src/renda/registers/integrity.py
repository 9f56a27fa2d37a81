"""What must hold of the registers' rows: keys, voids, the search index, what belongs to a record that is gone."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from renda.core.checking import Fault, rule
from renda.files.models import Attachment
from renda.registers import registry, searching
from renda.registers.models import SearchEntry
from renda.registers.register import Register

CHUNK = 2000


@rule("records.key", "每条记录都有登记要点（自然键），同一区划内不重复")
def keys() -> Iterator[Fault]:
    """Records without a natural key, which an import could enter a second time."""
    for register in registry.all_registers():
        if register.key:
            for pk in register.records().filter(natural_key="").values_list("pk", flat=True).iterator(CHUNK):
                yield Fault(f"{register.name} {pk}", "没有登记要点")


@rule("records.void", "作废的记录都写有原因，并且不在检索之内")
def voids() -> Iterator[Fault]:
    """Voided records without a reason, or that are still found."""
    for register in registry.all_registers():
        gone = register.model._default_manager.filter(voided_at__isnull=False, **_of(register))
        for pk in gone.filter(void_reason="").values_list("pk", flat=True).iterator(CHUNK):
            yield Fault(f"{register.name} {pk}", "作废而没有原因")
        found = SearchEntry.objects.filter(register=register.code, record_id=OuterRef("pk"))
        for pk in gone.filter(Exists(found)).values_list("pk", flat=True).iterator(CHUNK):
            yield Fault(f"{register.name} {pk}", "已作废，检索中仍有")


def _of(register: Register) -> dict[str, object]:
    kind = {"kind": register.matter_kind} if register.matter_kind else {}
    return {**kind, **register.fixed}


@rule("search.complete", "每条有效记录恰在检索之内，区划相符")
def searched() -> Iterator[Fault]:
    """Living records that search does not find where they are, and entries of records that are not there."""
    for register in registry.all_registers():
        deciding = Coalesce(OuterRef(searching.deciding_division(register)), F("division"))
        entry = SearchEntry.objects.filter(register=register.code, record_id=OuterRef("pk"), division=deciding)
        for pk in register.records().filter(~Exists(entry)).order_by("pk").values_list("pk", flat=True).iterator(CHUNK):
            yield Fault(f"{register.name} {pk}", "检索中没有，或者区划不符")
        record = register.records().filter(pk=OuterRef("record_id"))
        strays = SearchEntry.objects.filter(register=register.code).filter(~Exists(record))
        for pk in strays.values_list("record_id", flat=True).iterator(CHUNK):
            yield Fault(f"{register.name} {pk}", "检索中有，登记中没有")
    codes = [register.code for register in registry.all_registers()]
    for code, pk in SearchEntry.objects.exclude(register__in=codes).values_list("register", "record_id").iterator(CHUNK):
        yield Fault(f"{code} {pk}", "检索中有这条，台账没有定义")


@rule("records.orphan", "下级记录的上级记录都有效")
def orphans() -> Iterator[Fault]:
    """Living rows that belong to a voided record."""
    for register in registry.all_registers():
        if register.parent:
            rows = register.records().filter(**{f"{register.parent}__voided_at__isnull": False})
            for pk in rows.order_by("pk").values_list("pk", flat=True).iterator(CHUNK):
                yield Fault(f"{register.name} {pk}", "所属的上级记录已作废")


@rule("attachments.record", "每个附件都属于一条存在的记录")
def attachments() -> Iterator[Fault]:
    """Attachments of records or registers that are not there."""
    known = {register.code: register for register in registry.all_registers()}
    for code in Attachment.objects.values_list("register", flat=True).distinct().order_by("register"):
        rows = Attachment.objects.filter(register=code)
        if code in known:
            rows = rows.filter(~Exists(known[code].model._default_manager.filter(pk=OuterRef("record_id"))))
        for pk in rows.values_list("pk", flat=True).iterator(CHUNK):
            yield Fault(f"附件 {pk}", f"所属的记录（{code}）不存在")
