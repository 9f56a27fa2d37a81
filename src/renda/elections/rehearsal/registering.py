"""The roll and the lists: files written and imported, duplicates searched and decided, the lists of voters published on the last lawful day."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from renda.core import clock
from renda.elections.lists import publishing
from renda.elections.lists.dates import PUBLISH, legal_dates
from renda.elections.models import Likeness, Publication, RollState, Voter
from renda.elections.rehearsal.state import Facts, Rehearsal, RehearsalFault
from renda.elections.roll import searching
from renda.elections.roll.importing import Options, import_files
from renda.elections.roll.outcomes import DEPRIVED, DUPLICATE, ELIGIBLE, UNCHANGED, UNDER_AGE, UPDATED, WRONG_NUMBER
from renda.elections.roll.reading import Given
from renda.registers.services import enter

FIRST_DAY, SEARCH_DAY = 5, 20
"""Days after the first act on which lists come in, and on which duplicates are looked for."""


def files(one: Rehearsal) -> Facts:
    """Write the household extract and an employer's list."""
    extract, employer = one.people.write(one.folder)
    return {"rows": one.people.read + one.people.planted.known, "bytes": extract.stat().st_size + employer.stat().st_size}


def roll(one: Rehearsal) -> Facts:
    """Enter who is deprived of political rights, and import both files; every row must have the outcome that was planted."""
    people, planted = one.people, one.people.planted
    with clock.travel(one.begin + timedelta(days=FIRST_DAY)):
        barred = [
            {
                "name": name, "identity_number": number, "kind": "deprived", "since": one.begin - timedelta(days=100 + n),
                "decided_by": "演练县人民法院", "division": one.division.pk,
            }
            for n, (name, _sex, number, _address, _district) in enumerate(people.barred())
        ]  # fmt: skip
        enter("elections.barred", barred, actor=one.clerk)
        first = _import(one, "户籍资料.csv", "household")
        second = _import(one, "单位名册.xlsx", "employer")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the server of a rehearsal does not do it of itself
    one.check("户籍资料每一行都有去向", people.read, sum(first.values()))
    expected = {
        ELIGIBLE: people.voters + planted.twins, UNDER_AGE: planted.minors, WRONG_NUMBER: planted.wrong, DUPLICATE: planted.again,
        DEPRIVED: planted.barred,
    }  # fmt: skip
    one.check("户籍资料各行的结果", expected, {code: number for code, number in first.items() if number})
    one.check("单位名册的人都已在册", planted.known, second[UPDATED] + second[UNCHANGED])
    return {code: number for code, number in first.items() if number}


def _import(one: Rehearsal, name: str, source: str) -> dict[str, int]:
    given = [Given(name, one.folder / name)]
    report, _work = import_files(one.election, given, actor=one.clerk, options=Options(source=source), progress=one.told)
    return dict(report.counts)


def duplicates(one: Rehearsal) -> Facts:
    """Search the roll; a planted pair is one person, any other pair two. The pairs of homonyms stay, as they do in a county."""
    with clock.travel(one.begin + timedelta(days=SEARCH_DAY)):
        found = searching.search(one.election, one.told)
        pairs = Likeness.objects.filter(election=one.election, verdict="", homonym=False).select_related("first", "second")
        same = 0
        for pair in list(pairs):
            planted = _one_person(str(pair.first.identity_number), str(pair.second.identity_number))
            same += planted
            if planted:
                searching.decide(pair.pk, "same", stays=pair.first_id, actor=one.clerk)
            else:
                searching.decide(pair.pk, "different", actor=one.clerk)
    registered = Voter.objects.filter(election=one.election, state=RollState.REGISTERED).count()
    one.check("有意写重的人都查了出来", one.people.planted.twins, same)
    one.check("登记选民数", one.people.voters, registered)
    return {"pairs": found.likely, "homonyms": found.homonyms, "same": same, "registered": registered}


def _one_person(first: str, second: str) -> bool:
    """Planted twice is who has one number under two area codes: nobody else's birth date and sequence are alike."""
    return first[6:17] == second[6:17]


def lists(one: Rehearsal) -> Facts:
    """Publish the lists of all districts on the last lawful day."""
    due = legal_dates(one.election).get(PUBLISH)
    if due is None:
        raise RehearsalFault("算不出公布选民名单的期限，请核对法律参数。")
    with clock.travel(due.date):
        notice = publishing.Notice(on=due.date, place="各选区公告栏")
        made = publishing.publish(one.election, [district.pk for district in one.districts], notice, actor=one.clerk)
    rows = Publication.objects.filter(pk__in=made)
    listed = sum(rows.values_list("voters", flat=True))
    one.check("公布的选民数等于登记选民数", one.people.voters, listed)
    return {"lists": len(made), "voters": listed, "late_days": max(rows.values_list("late_days", flat=True), default=0)}
