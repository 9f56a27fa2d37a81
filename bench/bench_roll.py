"""A county's roll from workbooks, against the same checks and the same stored rows one by one, and against the floor.

Row by row: openpyxl, each row checked by the readers that forms use, looked up, saved in batches by the ORM; on a sample, scaled by the
rows (which favours it: its look-ups slow down as the roll grows). The floor is what cannot be avoided: the fastest reader of the same
cells, and COPY of the cells as they are into a bare table. Both ways are asserted to store the same on the sample. At the end it is brought
once more while others use the roll, none of whom may wait over a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from bench.measure import Comparison, Phase, phase

SIZES = {"quick": 20_000, "full": 1_000_000}
SAMPLE = 10_000
PER_BOOK = 250_000
SMALL_SHARE = 10
MOST_MB = 2_000
LONGEST_WAIT_S = 1.0
DISTRICTS = 200
DAY = date(2021, 11, 10)
HEADINGS = ("姓名", "性别", "公民身份号码", "住址", "选区", "选民小组")
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文华建国玉梅红春海燕"
STORED = (
    "district__name",
    "name",
    "sex",
    "birth_date",
    "identity_number",
    "identity_hash",
    "address",
    "state",
    "source",
    "entry",
    "note",
)


def run(rows: int) -> dict[str, Comparison | float]:
    """Import ``rows`` people each way."""
    sample = min(SAMPLE, rows)
    election = prepare()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, part, tenth = (
            books(folder, "全部", rows),
            books(folder, "样本", sample),
            books(folder, "十分之一", rows // SMALL_SHARE),
        )
        with phase("row by row") as reference:
            row_by_row(part, election)
        by_rows = stored(election)
        empty()
        assert bring(part, election) == sample
        assert stored(election) == by_rows, "the two ways do not store the same"
        empty()
        with phase("a tenth") as small:
            assert bring(tenth, election) == rows // SMALL_SHARE
        empty()
        with phase("import") as ours:
            assert bring(whole, election) == rows
        with phase("floor") as floor:
            raw(whole)
        empty()
        waited = longest_wait(whole, election, rows)
    assert ours.peak_mb < MOST_MB, f"{ours.peak_mb:.0f} MB"
    assert waited < LONGEST_WAIT_S, f"somebody waited {waited:.2f} s"
    reference.seconds *= rows / sample
    reference.cpu_seconds *= rows / sample
    shares = Phase("a tenth, ten times", small.seconds * SMALL_SHARE, small.cpu_seconds * SMALL_SHARE, small.peak_mb)
    return {
        f"roll of {rows} rows against row by row": Comparison(ours, reference),
        f"roll of {rows} rows against the floor": Comparison(ours, floor),
        f"roll of {rows} rows against ten of a tenth": Comparison(ours, shares),
        "one second against the longest wait beside a roll import": LONGEST_WAIT_S / waited,
    }


def prepare() -> Any:
    """A county with its election and districts."""
    from renda.directory.models import Division
    from renda.elections.models import Election, ElectoralDistrict

    county = Division.objects.create(code="990101", name="清河县", level="county", path="990101")
    election = Election.objects.create(
        division=county, natural_key="换届", name="换届选举", level="county", term_number=12, election_day=DAY
    )
    for number in range(DISTRICTS):
        name = f"第{number + 1}选区"
        ElectoralDistrict.objects.create(division=county, natural_key=name, election=election, name=name, seats=2)
    return election


def person(place: int) -> tuple[str, ...]:
    """One adult, the same at each run; no two have one number."""
    from renda.core.cells.identity import check_character

    born = date(1936, 1, 1) + timedelta(days=place % 24_000)
    sequence = 1 + place // 24_000 * 3 % 900
    first = f"{990101 + place // 7_000_000}{born:%Y%m%d}{sequence:03d}"
    number = first + check_character(first)
    if number.endswith("000"):
        first = f"990121{born:%Y%m%d}{sequence + 11:03d}"
        number = first + check_character(first)
    name = SURNAMES[place % len(SURNAMES)] + GIVEN[place // 7 % len(GIVEN)] + GIVEN[place // 31 % len(GIVEN)]
    sex = "男" if int(number[16]) % 2 else "女"
    return name, sex, number, f"龙潭镇第{place % 97}村民小组{place % 311}号", f"第{1 + place % DISTRICTS}选区", ""


def books(folder: Path, name: str, rows: int) -> list[Path]:
    """The people in workbooks, as a household office hands them in."""
    paths = []
    for start in range(0, rows, PER_BOOK):
        path = folder / f"{name}-{start // PER_BOOK + 1}.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("户籍人口")
            sheet.write_row(0, 0, ["清河县户籍人口"])
            sheet.write_row(1, 0, HEADINGS)
            for line, place in enumerate(range(start, min(start + PER_BOOK, rows)), 2):
                sheet.write_row(line, 0, person(place))
        paths.append(path)
    return paths


def bring(paths: list[Path], election: Any) -> int:
    """Import the workbooks; how many people the roll took."""
    from renda.directory.gate import OPERATOR
    from renda.elections.roll.importing import import_files
    from renda.elections.roll.reading import Given

    report, work = import_files(election, [Given(path.name, path) for path in paths], actor=OPERATOR)
    assert report.committed
    assert not work.refused, work.refused[:3]
    return report.counts["eligible"]


def longest_wait(paths: list[Path], election: Any, rows: int) -> float:
    """The longest that somebody waited for a page or an entry of the roll while it was imported, in seconds."""
    command = [sys.executable, "-m", "bench.beside_roll", str(election.pk)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as others:
        assert others.stdin
        assert others.stdout
        assert others.stdout.readline().endswith("ready\n"), "nobody is there to wait"
        assert bring(paths, election) == rows
        others.stdin.close()
        longest: dict[str, float] = json.loads(others.stdout.readline())
    assert all(longest.values()), longest
    sys.stderr.write(f"  longest waits: {', '.join(f'{name} {seconds:.2f} s' for name, seconds in longest.items())}\n")
    return max(longest.values())


def row_by_row(paths: list[Path], election: Any) -> None:
    """What a plain importer does: each row checked by itself, looked up, saved by the ORM in batches. One transaction."""
    from django.db import transaction
    from openpyxl import load_workbook

    from renda.core.cells import read_text
    from renda.core.crypto import keyed_hash
    from renda.elections.models import ElectoralDistrict, Voter
    from renda.elections.roll.entering import barred, from_number, name_of
    from renda.elections.roll.terms import latest_birth

    latest = latest_birth(election)
    districts = {one.name: one for one in ElectoralDistrict.objects.all()}
    batch: list[Voter] = []
    with transaction.atomic():
        for path in paths:
            book = load_workbook(path, read_only=True)
            for name, sex, number, address, district, _group in book.active.iter_rows(min_row=3, max_col=6, values_only=True):
                values = from_number(number)
                assert values["birth_date"] <= latest
                assert ("男" if values["sex"] == "male" else "女") == sex
                assert not barred(election, values["identity_number"])
                assert not Voter.objects.filter(election=election, identity_hash=keyed_hash(number)).exists()
                place = districts[district]
                batch.append(Voter(
                    election=election, division_id=place.division_id, district=place, name=name_of(name), address=read_text(address),
                    state="registered", source="household", entry="first", in_household=True, **values,
                ))  # fmt: skip
                if len(batch) == 1000:
                    Voter.objects.bulk_create(batch)
                    batch = []
            book.close()
        Voter.objects.bulk_create(batch)


def raw(paths: list[Path]) -> None:
    """The fastest reader of the same cells, and the cells into a bare table."""
    import fastexcel
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_raw (a text, b text, c text, d text, e text, f text)")
        for path in paths:
            sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()
            with cursor.copy("COPY bench_raw FROM STDIN (FORMAT csv)") as copy:
                copy.write(sheet.write_csv(include_header=False))
        cursor.execute("DROP TABLE bench_raw")


def stored(election: Any) -> list[tuple[Any, ...]]:
    """What stands on the roll, primary keys, stamps and nonces left out."""
    from renda.elections.models import Voter

    rows = Voter.objects.filter(election=election).values_list(*STORED)
    return sorted(tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in rows)


def empty() -> None:
    """Take the voters away again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE elections_voter CASCADE")
