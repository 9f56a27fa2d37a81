"""The demo county: the same at each run, imported without a rejected row, and left alone once it is there."""

import hashlib
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from renda.core import clock
from renda.demo import accounts, elections, loading, notice, pictures
from renda.demo.byelection import running as byelection
from renda.demo.cli import SHOWN_DAY
from renda.demo.county import PLACES, VOTING_DAYS, YEARS, County
from renda.demo.names import readable
from renda.directory.gate import OPERATOR
from renda.directory.models import Account, Division, Mandate, Organ
from renda.elections.models import Announcement, Likeness, Nominee, Objection, PollingStaff, Publication, RollImport, Voter
from renda.elections.schedule import entries
from renda.files.models import Attachment
from renda.law.quotas import deputy_quota
from renda.ledgers.models import Import
from renda.portal.models import Notice
from renda.registers import registry
from renda.registers.services import Change, save

SMALL = 0.02
ACTIVITIES = (
    "deputies.activities", "deputies.deeds", "deputies.visits", "stations.receptions", "supervision.visits", "supervision.audiences",
    "outreach.training", "outreach.lectures", "outreach.publicity",
)  # fmt: skip


def digests(folder: Path) -> dict[str, str]:
    """The content of every ledger: of workbooks the parts inside, since a zip carries the hour at which it was packed."""
    found = {}
    for path in sorted(folder.rglob("*.*")):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                content = b"".join(book.read(name) for name in sorted(book.namelist()) if name != "docProps/core.xml")
        else:
            content = path.read_bytes()
        found[f"{path.parent.name}/{path.name}"] = hashlib.sha256(content).hexdigest()
    return found


def test_the_same_county_writes_the_same_ledgers(tmp_path: Path) -> None:
    for name in ("first", "second"):
        dict(loading.write_ledgers(County(scale=SMALL), tmp_path / name))
    first = digests(tmp_path / "first")
    assert first == digests(tmp_path / "second")
    assert len(first) > 40
    dict(loading.write_ledgers(County(seed=7, scale=SMALL), tmp_path / "other"))
    assert first["base/03-代表名册.xlsx"] != digests(tmp_path / "other")["base/03-代表名册.xlsx"]


def test_real_size() -> None:
    county = County()
    seats = {(level, term): sum((s.level, s.term) == (level, term) for s in county.seats) for level, term in
             (("province", 13), ("prefecture", 5), ("county", 12), ("township", 12))}  # fmt: skip
    assert seats[("province", 13)] == 6
    assert seats[("prefecture", 5)] == 22
    assert 170 <= seats[("county", 12)] <= 190
    assert 880 <= seats[("township", 12)] <= 910
    assert all(readable(one.name) for one in county.population.everyone)
    assert any("·" in one.name for one in county.population.everyone)
    assert any("（" in one.written for one in county.population.everyone)


def test_no_congress_has_more_seats_than_the_law_allows() -> None:
    """By the law of each voting day, for the people whom the divisions and the districts have (选举法 12)."""
    county, people = County(), {name: number for _, name, number in PLACES}
    elected = Counter((s.level, s.term, s.who.division) for s in county.seats if s.how == "general")
    for term, day in VOTING_DAYS.items():
        for place in county.congress_townships:
            assert elected["township", term, place] == deputy_quota("township", people[place], as_of=day).seats, (term, place)
        whole = sum(number for (level, when, _), number in elected.items() if (level, when) == ("county", term))
        assert whole <= deputy_quota("county", sum(people.values()), as_of=day).seats
    assert sum(elected["township", 11, place] for place in people) < sum(elected["township", 12, place] for place in people)
    rows = next(
        one.rows for book in elections.books(county, 2021) for one in book.ledgers if one.register == "elections.districts"
    )
    for level, places in (("county", county.townships), ("township", county.congress_townships)):
        for place in places:
            here = [row for row in rows if (row["election"], row["division"]) == (elections.NAMES[level], place)]
            assert sum(row["population"] for row in here) == people[place]
            assert sum(row["seats"] for row in here) == elected[level, 12, place]


NOT_IN_THE_DEMO = {"elections.seat_decisions", "elections.transfers"}
"""A by-election fixes no total of seats, and has one district, within which nobody moves."""


@pytest.mark.django_db
def test_everything_is_imported_and_a_second_run_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "ledgers_folder", lambda: tmp_path / "ledgers")
    said: list[str] = []
    brought = loading.load(County(scale=SMALL), said.append)  # raises where a single row is refused
    before = loading.counts()
    assert sum(brought.values()) > 1000
    assert {"代表活动", "议案建议", "信访登记", "会议", "选区"} <= brought.keys()
    assert any("2021年台账" in line for line in said)

    assert len(accounts.ensure_accounts()) == len(accounts.SIGN_INS)
    _the_notice_is_given_once()
    _the_by_election_is_held_once(monkeypatch, tmp_path)
    before = loading.counts()
    without = [register.code for register in registry.all_registers() if not register.records().exists()]
    assert set(without) == NOT_IN_THE_DEMO
    _pictures_are_taken_up_again_and_left_alone(said)

    organs = registry.get("directory.organs")
    organ = Organ.objects.get(name="青禾县交通运输局")
    save(organs, [Change({"contact": "赵科长"}, organ.pk)], actor=OPERATOR)
    imports = Import.objects.count()
    assert loading.load(County(scale=SMALL), said.append) == {}
    assert loading.counts() == before
    assert Import.objects.count() == imports
    organ.refresh_from_db()
    assert organ.contact == "赵科长"
    assert Mandate.objects.filter(level="township", term_number=12, until__isnull=True).exists()

    account = Account.objects.get(username="bangong")
    account.set_password("changed-by-the-user-1")
    account.save()
    assert accounts.ensure_accounts() == []
    passwords = {name: password for _, name, password in accounts.as_rows()}
    assert passwords["bangong"] == "（已修改）"
    assert passwords["zhuren"] == accounts.PASSWORD


def _the_notice_is_given_once() -> None:
    division = Division.objects.get(code=loading.CODE, valid_to__isnull=True)
    notice.tell(division)
    Notice.objects.update(phone="0999-1234567")
    notice.tell(division)
    assert Notice.objects.get().phone == "0999-1234567", "what the office wrote stays"


def _the_by_election_is_held_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It stands where an office would be on the demo's day; a second run changes nothing, and none of its own acts is late."""
    monkeypatch.setenv("RENDA_DATA", str(tmp_path / "data"))
    county, division = County(scale=SMALL), Division.objects.get(code=loading.CODE, valid_to__isnull=True)
    election = byelection.hold(county, division, lambda _text: None)
    assert election is not None
    tables = (Voter, Likeness, RollImport, Nominee, Announcement, Publication, Objection, PollingStaff)
    counts = [one.objects.count() for one in tables]
    assert all(counts)
    assert set(RollImport.objects.values_list("state", flat=True)) == {"done"}
    assert Likeness.objects.filter(verdict="", homonym=False).exists(), "nothing is left for the queue of doubles"
    assert Voter.objects.filter(state="review").count() == 2
    with clock.travel(date.fromisoformat(SHOWN_DAY)):
        assert entries.plan_of(election).late == []
    assert byelection.hold(county, division, lambda _text: None) == election
    assert counts == [one.objects.count() for one in tables]


def _pictures_are_taken_up_again_and_left_alone(said: list[str]) -> None:
    """A demo that was ended before its pictures gets them at the next run; one that a user took away stays away."""
    batches = loading.batches()
    assert len(batches) == len(loading.parts())
    made = pictures.attach_pictures(said.append, batches)
    assert made == Attachment.objects.count() > 0
    lost = Attachment.objects.order_by("-pk")[:3]
    Attachment.objects.filter(pk__in=[one.pk for one in lost]).delete()
    Attachment.objects.update(voided_at="2022-01-05T00:00:00Z", void_reason="不清楚")
    assert pictures.attach_pictures(said.append, batches) == 3
    assert pictures.attach_pictures(said.append, batches) == 0


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_the_size_of_a_real_one(year: int) -> None:
    """Issue: about 250 suggestions, 400 petitions, 60 supervision items, 30 filings, 150 appointments, 120 projects, 700 activities."""
    sizes: Counter[str] = Counter()
    for book in loading.books_of(County(), str(year)):
        for ledger in book.ledgers:
            sizes[ledger.register] += len(ledger.rows)
    supervision = sum(number for code, number in sizes.items() if code.startswith("supervision."))
    supervision -= sizes["supervision.opinion_items"] + sizes["supervision.problems"]
    activities = sum(sizes[code] for code in ACTIVITIES)
    expected = {
        "suggestions.suggestions": 250,
        "petitions.petitions": 400,
        "filing.documents": 30,
        "appointments.appointments": 150,
    }
    for code, about in expected.items():
        assert about * 0.75 <= sizes[code] <= about * 1.25, (code, sizes[code])
    assert 50 <= supervision <= 100
    assert 100 <= sizes["projects.livelihood"] + sizes["projects.micro"] <= 150
    assert 560 <= activities <= 900
