"""What the first page of an election counts: seats, roll, turnout, by place and by age. Sets in the database, no row is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When
from django.utils.translation import gettext as _

from renda.directory import gate, roles
from renda.directory.gate import Actor
from renda.directory.models.people import Sex
from renda.elections import drawing
from renda.elections.models import Election, ElectoralDistrict, MapOutline, RollTotal, Round, Turnout, Voter
from renda.elections.plan.seats import Congress
from renda.law.counting import years_after
from renda.ui.charts import Chart

MOST_BARS = 40
BAND = 5
FIRST_AGE, LAST_BAND = 18, 90


@dataclass(frozen=True)
class Totals:
    """An election in numbers; None where nothing was entered yet."""

    districts: int
    seats: int
    to_register: int | None
    registered: int | None
    participants: int | None

    @property
    def registered_rate(self) -> float | None:
        """Registered of those to be registered, in percent."""
        return _rate(self.registered, self.to_register)

    @property
    def turnout(self) -> float | None:
        """Participants of the registered, in percent."""
        return _rate(self.participants, self.registered)


@dataclass(frozen=True)
class Part:
    """A district or a township in numbers."""

    name: str
    to_register: int
    registered: int
    participants: int

    @property
    def registered_rate(self) -> float | None:
        """Registered of those to be registered, in percent."""
        return _rate(self.registered or None, self.to_register or None)

    @property
    def turnout(self) -> float | None:
        """Participants of the registered, in percent."""
        return _rate(self.participants or None, self.registered or None)


def _rate(part: int | None, whole: int | None) -> float | None:
    return part * 100 / whole if part is not None and whole else None


def totals(election: Election) -> Totals:
    """The election in numbers. Three queries."""
    drawn = (
        ElectoralDistrict.objects.alive()
        .filter(election=election)
        .aggregate(n=Count("pk"), seats=Sum("seats"), to=Sum("to_register"))
    )
    roll = RollTotal.objects.alive().filter(election=election).aggregate(adults=Sum("adults"), registered=Sum("registered"))
    took = Turnout.objects.alive().filter(election=election, round=Round.FIRST).aggregate(n=Sum("participants"))["n"]
    return Totals(drawn["n"], drawn["seats"] or 0, drawn["to"] or roll["adults"], roll["registered"], took)


def parts(election: Election, *, by_district: bool) -> list[Part]:
    """Districts, or the townships they lie in, with their numbers, in the order of their place. Three queries."""
    name = "district" if by_district else "division__name"
    rows: dict[str, list[int]] = {}
    own = "name" if by_district else "division__name"
    drawn = ElectoralDistrict.objects.alive().filter(election=election)
    for label, to in drawn.order_by("division__path").values_list(own).annotate(n=Sum("to_register")):
        rows[label] = [rows.get(label, [0])[0] + (to or 0), 0, 0]
    roll = RollTotal.objects.alive().filter(election=election).order_by("division__path")
    for label, adults, registered in roll.values_list(name).annotate(a=Sum("adults"), r=Sum("registered")):
        held = rows.setdefault(label, [0, 0, 0])
        held[0], held[1] = held[0] or adults or 0, held[1] + (registered or 0)
    took = Turnout.objects.alive().filter(election=election, round=Round.FIRST).order_by()
    for label, number in took.values_list(name).annotate(n=Sum("participants")):
        rows.setdefault(label, [0, 0, 0])[2] += number or 0
    return [Part(label, held[0], held[1], held[2]) for label, held in rows.items()]


def registration_chart(several: Sequence[Part], *, by_district: bool) -> Chart | None:
    """Registered and participants, side by side; None where nobody is registered."""
    if not any(one.registered for one in several):
        return None
    title = _("各选区登记和投票") if by_district else _("各乡镇登记和投票")
    series = [(_("登记选民"), [one.registered for one in several])]
    if any(one.participants for one in several):
        series.append((_("参加投票"), [one.participants for one in several]))
    size = "tall" if len(several) > 12 else ""
    axis = _("选区") if by_district else _("乡镇")
    return Chart(title, "bar", axis, [one.name for one in several], series, _("人"), size=size, whole=True)


def seats_chart(several: Sequence[Congress]) -> Chart | None:
    """Population per seat: of each district of one congress, or the mean of each of several; None where no population is known."""
    if len(several) == 1:
        shares = [one for one in several[0].districts if one.each is not None][: 3 * MOST_BARS]
        labels, values = [one.district.name for one in shares], [one.each for one in shares]
    else:
        known = [one for one in several if one.each is not None]
        labels, values = [one.division.name for one in known], [one.each for one in known]
    if not values:
        return None
    largest = [one.largest for one in several if one.largest is not None]
    note = _("与平均数的最大偏差 %(n).1f%%") % {"n": max(largest)} if len(several) == 1 and largest else ""
    axis = _("选区") if len(several) == 1 else _("乡镇")
    return Chart(_("每名代表所代表的人口"), "bar", axis, labels, [(_("每名代表人口"), values)], _("人"), note, whole=True)


def ages(election: Election, actor: Actor) -> list[tuple[str, int, int]]:
    """Voters by five years of age on election day, men and women, from the youngest on, as far as the actor sees the roll. One query."""
    if not gate.may(actor, roles.VIEW, Voter):
        return []
    day = election.election_day
    bounds = _bounds(day)
    whens = [When(birth_date__gt=born, then=Value(n)) for n, (_label, born) in enumerate(bounds)]
    seen = gate.visible_to(actor, Voter.objects.filter(election=election.roll_id)).registered()  # type: ignore[attr-defined]
    band = Case(*whens, default=Value(len(bounds)), output_field=IntegerField())
    rows = (
        seen.order_by()
        .annotate(_band=band)
        .values_list("_band")
        .annotate(men=Count("pk", filter=Q(sex=Sex.MALE)), women=Count("pk", filter=Q(sex=Sex.FEMALE)))
    )
    found = {int(n): (men, women) for n, men, women in rows}
    labels = [*(label for label, _born in bounds), _("%(age)d 岁及以上") % {"age": LAST_BAND}]
    return [(label, *found.get(n, (0, 0))) for n, label in enumerate(labels)] if found else []


def _bounds(day: date) -> list[tuple[str, date]]:
    """Bands of ages with the day after which their people were born: who is 18 to 19 was born after the day twenty years ago."""
    edges = [FIRST_AGE + 2, *range(FIRST_AGE + 2 + BAND, LAST_BAND + 1, BAND)]
    starts = [FIRST_AGE, *edges[:-1]]
    return [(f"{start}—{end - 1}", years_after(day, -end)) for start, end in zip(starts, edges, strict=True)]


def picture(election: Election, by_place: Sequence[Part], by_name: Sequence[Part]) -> tuple[drawing.Map | None, str]:
    """The map of turnout (of registration before the vote), and what it shows in words. None where there is nothing to show."""
    voted = any(one.participants for one in by_place)
    words = _("参选率") if voted else _("登记率")

    def places(several: Sequence[Part]) -> list[drawing.Place]:
        values = [(one, one.turnout if voted else one.registered_rate) for one in several]
        return [drawing.Place(one.name, value, f"{value:.1f}%" if value is not None else "—") for one, value in values]

    if not by_place or not any(one.registered for one in by_place):
        return None, words
    held = MapOutline.objects.filter(election=election).first()
    shapes = held.shapes if held else None
    fits_districts = bool(shapes) and any(one.name in (shapes or {}) for one in by_name)
    return drawing.draw(places(by_name if fits_districts else by_place), shapes), words
