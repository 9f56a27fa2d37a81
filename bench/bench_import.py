"""Importing a ledger of petitions, against the same validation row by row: openpyxl, one row read, one record saved.

The reference runs on a sample, since it would take the better part of an hour on all rows; its time is scaled by the number of
rows, which favours it (its look-ups get slower as the tables grow). Both ways are asserted to store the same on the sample:
records, milestones and search entries, in a database that holds nothing else.
"""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from bench.measure import Comparison, phase

SIZES = {"quick": 2_000, "full": 100_000}
SAMPLE = 3_000
DIVISIONS = (
    ("区划代码", "名称", "级别", "上级区划代码", "街道", "人口数"),
    ("53", "云岭省", "省", "", "", ""),
    ("5309", "苍南市", "地级", "53", "", ""),
    ("530921", "青溪县", "县", "5309", "", 420000),
    ("530921100", "城关镇", "乡镇", "530921", "", 60000),
    ("530921101", "龙潭镇", "乡镇", "530921", "", 40000),
)
ORGANS = ("县交通运输局", "县自然资源局", "县水务局", "县民政局", "县教育体育局", "县公安局", "县人民法院", "县住房和城乡建设局")
FIELDS = ("农村农业", "国土资源", "城乡建设", "劳动社保", "卫生计生", "教育文体", "政法", "交通运输")
HEADINGS = (
    "信访编号",
    "来信来访日期",
    "反映事项",
    "信访形式",
    "信访来源",
    "来访人数",
    "信访人姓名",
    "电话",
    "问题类别",
    "被反映单位",
    "承办单位",
    "办结日期",
)
FORMS = ("来信", "来访", "来电", "网上信访")
ROOTS = ("division_id", "natural_key", "source_digest", "number", "title", "kind", "opened_on", "closed_on", "due_on", "stage")
OWN = ("form", "source", "collective", "persons", "petitioner", "phone", "field", "against", "complained", "handler_id")


def run(rows: int) -> dict[str, Comparison]:
    """Import ``rows`` petitions both ways."""
    sample = min(SAMPLE, rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, part = folder / "信访登记.xlsx", folder / "信访登记样本.xlsx"
        write_petitions(whole, rows)
        write_petitions(part, sample)
        prepare_county(folder)
        by_rows, reference = _reference(part)
        _empty()
        assert _ours(part, sample) == by_rows, "the two ways do not store the same"
        _empty()
        with phase("import") as ours:
            stored = _import(whole)
        assert stored == rows, f"{stored} of {rows} rows were stored"
    reference.seconds *= rows / sample
    reference.cpu_seconds *= rows / sample
    return {f"import of {rows} rows against row by row": Comparison(ours, reference)}


def prepare_county(folder: Path) -> None:
    """A county with its townships and the organs that petitions go to."""
    with xlsxwriter.Workbook(folder / "名录.xlsx") as book:
        for name, lines in (
            ("行政区划", DIVISIONS),
            ("机构", (("机构名称", "机构类型"), *((one, "政府部门") for one in ORGANS))),
        ):
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    _import(folder / "名录.xlsx")


def write_petitions(path: Path, rows: int) -> None:
    """A ledger as an office keeps it: title over the headings, dates in three ways, numbers as text and as numbers."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("信访登记")
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "青溪县人大常委会信访登记台账")
        sheet.write_row(1, 0, HEADINGS)
        for number in range(rows):
            sheet.write_row(number + 2, 0, petition(number))


def petition(number: int) -> tuple[Any, ...]:
    """The cells of one petition, the same at each run."""
    day = date(2012, 1, 1) + timedelta(days=number % 3600)
    closed = day + timedelta(days=20 + number % 30)
    shown = (day, f"{day:%Y.%m.%d}", f"{day.year}年{day.month}月{day.day}日")[number % 3]
    place = ORGANS[number % len(ORGANS)]
    return (
        f"信{day.year}-{number:06d}",
        shown,
        f"反映{FIELDS[number % 8]}方面的第{number}号问题，请求{place}依法处理",
        FORMS[number % 4],
        "群众直接反映" if number % 5 else "上级交办",
        1 + number % 4 if number % 2 else f"{1 + number % 4}人",
        f"来访人{number % 5000}",
        f"138{number % 100_000_000:08d}",
        FIELDS[number % 8],
        f"{place}",
        place,
        f"{closed:%Y-%m-%d}" if number % 6 else "",
    )


def _import(path: Path) -> int:
    from renda.directory.gate import OPERATOR
    from renda.ledgers.importing import import_files

    report, _ = import_files([path], actor=OPERATOR)
    faults = [vars(fault) for sheet in report.sheets for fault in sheet.rejects[:3]]
    assert report.committed, faults
    assert not report.refused, faults
    return report.total("created")


def _ours(path: Path, rows: int) -> dict[str, Any]:
    assert _import(path) == rows
    return _stored()


def _reference(path: Path) -> tuple[dict[str, Any], Any]:
    with phase("row by row") as reference:
        _row_by_row(path)
    return _stored(), reference


def _row_by_row(path: Path) -> None:
    """What a plain importer does: one row at a time through the same columns and rules, looked up, saved by the ORM. One transaction."""
    from django.db import transaction
    from openpyxl import load_workbook

    from renda.core.cells import DateValue
    from renda.directory.gate import OPERATOR
    from renda.directory.models import Division
    from renda.ledgers.vocabulary import vocabulary_of
    from renda.registers import registry
    from renda.registers.columns import ReadContext
    from renda.registers.reading import read_rows

    register = registry.get("petitions.petitions")
    fields = [vocabulary_of(register)[heading] for heading in HEADINGS]
    context = ReadContext(OPERATOR, Division.objects.get(level="county").pk)
    book = load_workbook(path, read_only=True)
    with transaction.atomic():
        for row in book.active.iter_rows(min_row=3, values_only=True):
            reading = read_rows(register, {field: [cell] for field, cell in zip(fields, row, strict=True)}, context)
            assert not reading.faults, reading.faults
            values, key = reading.values[0], reading.keys[0]
            assert not register.model.objects.filter(division_id=values["division"], natural_key=key, voided_at=None).exists()
            dates = {name: value for name, value in values.items() if isinstance(value, DateValue)}
            _save_one(register, values, dates, key, reading.digests[0])
    book.close()


def _save_one(register: Any, values: dict[str, Any], dates: dict[str, Any], key: str, digest: str) -> None:
    from renda.procedure import services as procedure
    from renda.procedure.models import Milestone
    from renda.registers import loading, searching

    own = {c.field: values[c.field] for c in register.columns if not c.related and c.kind not in ("ref", "division", "person")}
    record = register.model(
        **own, handler_id=values["handler"], division_id=values["division"], kind=register.matter_kind,
        natural_key=key, source_digest=digest,
    )  # fmt: skip
    record.save()
    for code, value in dates.items():
        Milestone(matter=record, code=code, on=value.date, precision=value.precision).save()
    procedure.refresh(register.matter_kind, [record.pk])
    loaded = loading.load(register, [record.pk], searching.searched(register))
    searching.index(register, [record.pk], loaded, {record.pk: record.division_id})


def _stored() -> dict[str, Any]:
    """What stands in the database, primary keys and stamps left out."""
    from renda.petitions.models import Petition
    from renda.procedure.models import Milestone
    from renda.registers.models import SearchEntry

    numbers = dict(Petition.objects.values_list("pk", "number"))
    return {
        "records": sorted(map(str, Petition.objects.values_list(*ROOTS, *OWN))),
        "milestones": sorted(
            (numbers[pk], *rest) for pk, *rest in Milestone.objects.values_list("matter_id", "code", "on", "precision")
        ),
        "search": sorted(
            (numbers[pk], *rest)
            for pk, *rest in SearchEntry.objects.filter(register="petitions.petitions").values_list(
                "record_id", "label", "tokens"
            )
        ),
    }


def _empty() -> None:
    """Take the petitions away again; the county stays."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procedure_matter, registers_searchentry CASCADE")
