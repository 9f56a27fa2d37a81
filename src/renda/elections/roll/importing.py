"""Bringing lists into a roll: read, checked, sealed and staged beside the roll; then met with it and written in one transaction.

Plain identity numbers exist in the memory of these processes alone. Reading, checking and sealing go on beside the writing. All of it is
one transaction; it holds the voters that the list is about and the numbers that it brings, so that who enters one of those meanwhile is
told so at once (`services.PATIENCE_MS`), and everybody else goes on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from renda.core import clock
from renda.core.ahead import Ahead
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.elections.models import Election, Source, Voter
from renda.elections.roll import reading, turns
from renda.elections.roll.checking import check
from renda.elections.roll.frames import Sealed
from renda.elections.roll.outcomes import DUPLICATE, ELIGIBLE, LOOK, UPDATED
from renda.elections.roll.places import Place, Places
from renda.elections.roll.reading import Given, Part
from renda.elections.roll.report import Held, Refusal, Report, SheetReport
from renda.elections.roll.sealing import Sealing
from renda.elections.roll.stage import Met, Overtaken, Stage, direct
from renda.elections.roll.terms import latest_birth, terms_of
from renda.journal.services import Line, change, record

if TYPE_CHECKING:
    import polars as pl

SOURCES = (Source.HOUSEHOLD, Source.EMPLOYER, Source.SCHOOL, Source.STATION)
BATCH = 25_000
"""Rows sealed at once: bounds memory (the database's too, whose triggers look at all of them), and is the step of the progress shown."""
FIRST_BATCH = 5_000
"""So many more than all before it has each batch at first: writing begins early, and goes on without many interruptions."""
READERS = 2
"""Lists read at once."""
LARGE = 1 << 20
"""Bytes of lists from which the process for sealing is started while the first one is read."""
ATTEMPTS = 3
Progress = Callable[[int, int, str], None]


class NotImportable(ValueError):
    """Nothing can be brought in as things stand; the text says what to do first."""


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Options:
    """How to import. ``district``: where rows that name none belong; ``batch``: the import as it was begun in the browser."""

    source: str = Source.HOUSEHOLD
    district: int | None = None
    dry_run: bool = False
    batch: int | None = None


@dataclass
class Work:
    """What the steps of one import hand on."""

    election: Election
    places: Places
    latest_birth: date
    report: Report
    progress: Progress
    held: list[Held] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    staged: int = 0
    written: int = 0
    met: int = 0
    not_taken: list[tuple[int, str, str]] = field(default_factory=list)
    seen: list[Any] = field(default_factory=list)


def import_files(
    election: Election,
    files: Sequence[Given],
    *,
    actor: Actor,
    options: Options = Options(),
    progress: Progress = silent,
) -> tuple[Report, Work]:
    """Bring lists into the roll of an election: all rows that can be taken, or nothing. Raises UnreadableFile for a file that cannot be
    read, NotImportable, and PermissionDenied; all change nothing."""
    gate.require(actor, roles.IMPORT, Voter)
    _check(election, options)
    places, latest = Places(election, actor, options.district), latest_birth(election)
    work = Work(election, places, latest, Report(dry_run=options.dry_run), progress)
    with change():
        turns.take(election)
        stage = Stage(terms_of(election, options.source, options.batch))
        straight = None if options.dry_run else direct(stage.terms, clock.now())
        many = sum(map(reading.size_of, files)) > LARGE
        progress(0, 0, _("读取文件"))
        sealing = Sealing(keep=not options.dry_run, direct=straight, many=many)
        with sealing, closing(sealing.sealed(_batches(work, files))) as batches:
            for sealed in batches:
                _write(work, stage, sealed, options)
        _account(work)
        if not options.dry_run:
            _remember_extract(work, options)
            _journal(work, actor, options)
    return work.report, work


def _check(election: Election, options: Options) -> None:
    if election.roll_id != election.pk:
        raise NotImportable(_("这次选举与县级选举同步进行，选民登记在县级选举中进行，请导入县级选举。"))
    if election.frozen_at or election.voided_at:
        raise NotImportable(_("“%(election)s”的档案已经封存，内容不能再改。") % {"election": election})
    if options.source not in SOURCES:
        raise NotImportable(_("不认识的来源。来源应为公安户籍资料、单位名册、学校名册或登记站。"))


def _batches(work: Work, files: Sequence[Given]) -> Iterator[pl.DataFrame]:
    """The rows to stage, in batches of columns. The next sheet is read and checked while one is sealed and written. Runs in a thread of its
    own (`Sealing.sealed`): no query, and of ``work`` nothing but what the steps below write."""
    waiting: deque[Ahead[tuple[Part, pl.DataFrame]]] = deque()
    with ExitStack() as reading_on:
        for file in files:
            waiting.append(reading_on.enter_context(Ahead(_checked(file, work.latest_birth), 1)))
            if len(waiting) == READERS:
                yield from _staged_of(work, waiting.popleft())
        while waiting:
            yield from _staged_of(work, waiting.popleft())


def _checked(file: Given, latest: date) -> Iterator[tuple[Part, pl.DataFrame]]:
    """Each sheet, and its rows as the checks that need no database found them."""
    for part in reading.read(file):
        yield part, check(part.frame, latest)


def _staged_of(work: Work, file: Iterable[tuple[Part, pl.DataFrame]]) -> Iterator[pl.DataFrame]:
    for part, checked in file:
        yield from _staged(work, part, checked)


def _staged(work: Work, part: Part, checked: pl.DataFrame) -> Iterator[pl.DataFrame]:
    work.report.sheets.append(SheetReport(part.file, part.sheet, part.rows, part.left_out, part.unknown))
    if not part.rows:
        return
    checked = _once(work, _placed(work, checked))
    number = len(work.held)
    held = Held(part.file, part.sheet, part.frame, work.staged)
    work.held.append(held)
    _refuse(work, number, checked)
    good = checked.filter(checked["outcome"].is_null())
    held.rows = good["row"]
    named = _columns(good, work.staged)
    while named.height:
        rows = min(FIRST_BATCH + work.staged, BATCH)
        batch, named = named.head(rows), named.slice(rows)
        yield batch
        work.staged += batch.height


def _placed(work: Work, rows: pl.DataFrame) -> pl.DataFrame:
    """District, division and group by their names; a row whose district cannot be told needs a look."""
    import polars as pl

    names = ["district", "division", "group"]
    different = rows.select(names).unique().rows()
    found = work.places.of(different)
    told = pl.DataFrame(
        [(*one, *_told(found[one])) for one in different],
        schema=dict.fromkeys(names, pl.String)
        | {"to_district": pl.Int64, "to_division": pl.Int64, "to_group": pl.Int64, "unclear": pl.String},
        orient="row",
    )
    joined = rows.join(told, on=names, how="left", maintain_order="left")
    unclear = pl.col("outcome").is_null() & (pl.col("unclear") != "")
    return joined.with_columns(
        outcome=pl.when(unclear).then(pl.lit(LOOK)).otherwise(pl.col("outcome")),
        why=pl.when(unclear).then(pl.col("unclear")).otherwise(pl.col("why")),
    )


def _told(place: Place) -> tuple[int | None, int | None, int | None, str]:
    return place.district, place.division, place.group, place.why


def _once(work: Work, rows: pl.DataFrame) -> pl.DataFrame:
    """Each number once among all sheets: the first stands; another name under the same number needs a look."""
    import polars as pl

    free = pl.col("outcome").is_null()
    first = rows.filter(free).select("key", first_name="name")
    if first["key"].n_unique() == first.height and not any(first["key"].is_in(one["key"].implode()).any() for one in work.seen):
        work.seen.append(first)
        return rows
    first = first.unique("key", keep="first", maintain_order=True)
    rows = rows.join(first, on="key", how="left", maintain_order="left")
    again = free & (~pl.struct("key", free).is_first_distinct() if rows.height else pl.lit(False))
    if work.seen:
        before = pl.concat(work.seen)
        rows = rows.join(before.rename({"first_name": "before_name"}), on="key", how="left", maintain_order="left")
        again = again | (free & pl.col("before_name").is_not_null())
        name = pl.coalesce("before_name", "first_name")
    else:
        name = pl.col("first_name")
    other = again & (name != pl.col("name"))
    work.seen.append(first)
    return rows.with_columns(
        outcome=pl.when(other).then(pl.lit(LOOK)).when(again).then(pl.lit(DUPLICATE)).otherwise(pl.col("outcome")),
        why=pl.when(other).then(pl.lit("two_names")).when(again).then(pl.lit("")).otherwise(pl.col("why")),
    )


def _refuse(work: Work, part: int, rows: pl.DataFrame) -> None:
    refused = rows.filter(rows["outcome"].is_not_null()).select("row", "outcome", "why")
    work.refused += [Refusal(part, row, outcome, why or "") for row, outcome, why in refused.rows()]


def _columns(rows: pl.DataFrame, start: int) -> pl.DataFrame:
    import polars as pl

    named = {"identity_number": "number", "district": "to_district", "division": "to_division", "group": "to_group"}
    texts = ("name", "sex", "birth", "phone", "address", "household_at", "certificate", "note")
    ordinal = pl.int_range(start, start + rows.height, dtype=pl.Int32).alias("ord")
    return rows.select(ordinal, *(pl.col(old).alias(new) for new, old in named.items()), *texts)


def _write(work: Work, stage: Stage, batch: Sealed, options: Options) -> None:
    """A batch onto the roll, or in a dry run what would become of it."""
    anybody, straight = not stage.terms.fresh, batch.direct
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                _told_of(work, stage.copy(batch) if straight else _put(stage, batch, anybody, options.dry_run))
                break
        except Overtaken:
            anybody, straight = True, False  # somebody was entered by others meanwhile, and is met now
            if attempt + 1 == ATTEMPTS:
                raise NotImportable(_("同时有人在登记名册中的人，没有写入任何数据。请稍后重新导入。")) from None
    work.written += batch.rows
    work.progress(work.written, 0, _("与登记册比对") if options.dry_run else _("写入登记册"))


def _put(stage: Stage, batch: Sealed, anybody: bool, dry_run: bool) -> Met:
    stage.hold(batch)
    met = stage.meet(batch.rows, anybody=anybody, lock=not dry_run)
    if dry_run:
        return met
    now, updated = clock.now(), met.counts.get(UPDATED, 0)
    if (updated and stage.update(now) != updated) or (met.new and stage.insert(now) != met.new):
        raise Overtaken
    return met


def _told_of(work: Work, met: Met) -> None:
    for outcome, count in met.counts.items():
        work.report.counts[outcome] += count
    work.met += sum(met.counts.values())
    work.not_taken += met.not_taken
    work.report.in_pool += met.in_pool


def _remember_extract(work: Work, options: Options) -> None:
    if options.source == Source.HOUSEHOLD and work.report.counts[ELIGIBLE] + work.report.counts[UPDATED]:
        Election.objects.filter(pk=work.election.pk, extract_at=None).update(extract_at=clock.now())


def _journal(work: Work, actor: Actor, options: Options) -> None:
    work.report.committed = True
    counts = {outcome: count for outcome, count in work.report.counts.items() if count}
    files = sorted({held.file for held in work.held})
    payload = {"read": work.report.read, "counts": counts, "source": options.source, "files": files, "batch": options.batch}
    record(Line(str(actor), "roll.imported", "elections.elections", work.election.pk, work.election.name, payload))


def _account(work: Work) -> None:
    report = work.report
    report.counts[ELIGIBLE] += work.staged - work.met
    for one in work.refused:
        report.counts[one.outcome] += 1
    report.unknown_groups = sorted(work.places.unknown_groups)
    if sum(report.counts.values()) != report.read:
        raise AssertionError(f"{sum(report.counts.values())} rows accounted for of {report.read}")
    starts = [held.start for held in work.held]
    for place, outcome, why in work.not_taken:
        part = bisect_right(starts, place) - 1
        while not _has(work.held[part], place):
            part -= 1  # a sheet none of whose rows was staged begins where the next one does
        rows = work.held[part].rows
        assert rows is not None
        work.refused.append(Refusal(part, int(rows[place - starts[part]]), outcome, why))
    work.refused.sort(key=lambda one: (one.part, one.row))


def _has(held: Held, place: int) -> bool:
    return held.rows is not None and place - held.start < len(held.rows)
