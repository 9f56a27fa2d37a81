"""Posters and voter cards, made in the background: ordered by who may export the roll, kept encrypted, downloaded through the gate."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from renda.core import clock
from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models import Hat
from renda.elections.lists import districts as lists_districts
from renda.elections.lists import papers, typesetting
from renda.elections.lists.typesetting import NotSet
from renda.elections.models import Election, ElectoralDistrict, Listed, Print, PrintKind, PrintState, Publication
from renda.files.services import Seen, keep_sealed
from renda.jobs.running import Running
from renda.journal.services import Line, change, record

SUBJECT = "elections.print"
PART = 2_000
"""Cards that one run of Typst sets: about 350 MB of memory, whatever their number in all."""
MOST_CARDS = 40_000
RUNNING = (PrintState.WAITING, PrintState.RUNNING)
PDF, ZIP = "application/pdf", "application/zip"
Report = Callable[[int, int, str], None]


class NotPrinted(ValueError):
    """A print cannot be ordered so; the text says why and what to do."""


@dataclass
class Made:
    """The files of a print so far: name → content; how many items; characters without a face."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    items: int = 0
    unprintable: set[str] = field(default_factory=set)

    def add(self, name: str, content: bytes, items: int, unprintable: str) -> None:
        """One more document."""
        self.files.append((name, content))
        self.items += items
        self.unprintable |= set(unprintable)

    def packed(self, name: str) -> tuple[str, bytes, str]:
        """File name, content, media type: the document itself, or several in one .zip."""
        if len(self.files) == 1:
            return f"{name}.pdf", self.files[0][1], PDF
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for inner, content in self.files:
                archive.writestr(f"{inner}.pdf", content)
        return f"{name}.zip", packed.getvalue(), ZIP


def order(election: Election, kind: str, *, hat: Hat, district: int | None = None, number: int = 0, base: str = "") -> Print:
    """Have posters or cards made of one district's list, or of all that are published; ``number``: that correction's poster.

    ``base`` is the address that codes lead to. Raises NotPrinted and PermissionDenied.
    """
    actor = gate.actor_of(hat)
    gate.require(actor, roles.EXPORT, Listed)
    if kind not in PrintKind.values:
        raise NotPrinted(_("请选择要制作的内容。"))
    chosen = list(_chosen(election, actor, district).filter(pk__in=_published(election, number)))
    if not chosen:
        raise NotPrinted(_("还没有公布选民名单，不能制作。请先公布名单。"))
    count = papers.listed_in(election, chosen).count() if kind in (PrintKind.CARDS, PrintKind.CARD) else 0
    if count > MOST_CARDS:
        words = {"count": f"{count:,}", "most": f"{MOST_CARDS:,}"}
        raise NotPrinted(_("一次最多制作 %(most)s 张选民证，这次有 %(count)s 张。请按选区分批制作。") % words)
    with change():
        made = Print.objects.create(
            election_id=election.pk, division_id=chosen[0].division_id if district else hat.division_id, district_id=district, kind=kind,
            number=number, base=base[:200], account_id=actor.account_id, by=str(actor)[:200],
            progress={"hat": hat.pk, "language": translation.get_language()},
        )  # fmt: skip
        detail = {"kind": kind, "district": district, "number": number, "districts": len(chosen), "cards": count}
        record(Line(str(actor), "voter_print.ordered", SUBJECT, made.pk, election.name, detail))
        _queue(made.pk, hat.pk)
    return made


def _queue(pk: int, hat: int) -> None:
    from renda.elections import tasks

    tasks.voter_print.defer(print_id=pk, hat_id=hat)


def _chosen(election: Election, actor: Actor, district: int | None) -> QuerySet[ElectoralDistrict]:
    found = lists_districts.seen(election, actor)
    return found.filter(pk=district) if district else found


def _published(election: Election, number: int) -> QuerySet[Publication]:
    rows = Publication.objects.alive().filter(election_id=election.roll_id, number=number)
    return rows.values("district")  # type: ignore[return-value]


def run(pk: int, hat_id: int) -> None:
    """The background part. Whatever happens, the print says what became of it."""
    with Running(Print, pk) as running:
        one = Print.objects.filter(pk=pk, state__in=RUNNING).select_related("election", "district").first()
        if one is None or not running.taken:
            return
        Print.objects.filter(pk=pk).update(state=PrintState.RUNNING)
        with translation.override(one.progress.get("language")):
            _run_guarded(one, hat_id, running.report)


def _run_guarded(one: Print, hat_id: int, report: Report) -> None:
    try:
        hat = Hat.objects.select_related("account", "division", "organ").get(pk=hat_id, account_id=one.account_id or 0)
        actor = gate.actor_of(hat)
        gate.require(actor, roles.EXPORT, Listed)
        _keep(one, _make(one, actor, report))
    except (NotSet, NotPrinted) as error:
        _failed(one.pk, str(error))
    except Hat.DoesNotExist:
        _failed(one.pk, _("制作人的身份已被撤销，没有制作。请由有权限的人员重新制作。"))
    except Exception:
        _failed(one.pk, _("系统出错，没有完成。请重新制作；如果仍然出错，请将这次制作的编号告诉系统管理员。"))
        raise


def _failed(pk: int, message: str) -> None:
    Print.objects.filter(pk=pk).update(state=PrintState.FAILED, message=message[:500], ended_at=clock.now())


def _make(one: Print, actor: Actor, report: Report) -> Made:
    chosen = list(_chosen(one.election, actor, one.district_id).filter(pk__in=_published(one.election, one.number)))
    if not chosen:
        raise NotPrinted(_("还没有公布选民名单，不能制作。请先公布名单。"))
    made = Made()
    if one.kind in (PrintKind.CARDS, PrintKind.CARD):
        _make_cards(one, chosen, made, report)
    else:
        _make_posters(one, chosen, made, report)
    return made


def _make_posters(one: Print, chosen: Sequence[ElectoralDistrict], made: Made, report: Report) -> None:
    paper = "a3" if one.kind == PrintKind.POSTER_A3 else "a4"
    codes = typesetting.codes_of([one.base])
    rows = Publication.objects.alive().filter(district__in=chosen, number=one.number).select_related("district")
    several = list(rows.order_by("district__division__path", "district__code", "district"))
    for done, publication in enumerate(several):
        report(done, len(several), publication.district.name)
        pdf, unprintable = typesetting.pdf("poster", papers.poster(publication, one.election, paper), codes)
        made.add(f"{publication.district.name}选民名单{_nth(one.number)}", pdf, 1, unprintable)


def _nth(number: int) -> str:
    return f"补正{number}号" if number else ""


def _make_cards(one: Print, chosen: Sequence[ElectoralDistrict], made: Made, report: Report) -> None:
    where = papers.places(chosen)
    fields = dict(Publication.objects.alive().filter(district__in=chosen, number=0).values_list("district", "fields"))
    total, done = papers.listed_in(one.election, chosen).count(), 0
    for district in chosen:
        for nth, rows in enumerate(_parts(one.election, district), 1):
            report(done, total, district.name)
            codes = typesetting.codes_of([f"{one.base}#{row.code}" if one.base else "" for row in rows])
            data = papers.cards(rows, one.election, fields[district.pk], where, single=one.kind == PrintKind.CARD)
            pdf, unprintable = typesetting.pdf("cards", data, codes)
            made.add(f"{district.name}选民证{nth:02d}", pdf, len(rows), unprintable)
            done += len(rows)


def _parts(election: Election, district: ElectoralDistrict) -> Iterator[list[Listed]]:
    """The cards of a district, ``PART`` at a time."""
    rows, last = papers.listed_in(election, [district]), 0
    while several := list(rows.filter(place__gt=last)[:PART]):
        for row in several:
            row.district = district
        last = several[-1].place
        yield several


def _keep(one: Print, made: Made) -> None:
    """Keep what was made, encrypted; the print is done."""
    where = one.district.name if one.district else one.election.name
    name, content, media_type = made.packed(f"{where}{_nth(one.number)}{one.get_kind_display()}")
    with change():
        stored = keep_sealed(content, Seen(media_type))
        Print.objects.filter(pk=one.pk).update(
            state=PrintState.DONE, file=stored, name=name[:200], items=made.items, ended_at=clock.now(),
            unprintable="".join(sorted(made.unprintable))[:200], message="",
        )  # fmt: skip


def note_opened(one: Print, *, actor: Actor) -> None:
    """Journal that a print was downloaded."""
    with change():
        record(Line(str(actor), "voter_print.opened", SUBJECT, one.pk, one.name, {"items": one.items}))
