"""The demo county: the same at each run, imported without a rejected row, and left alone once it is there."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from renda.demo import accounts, loading
from renda.demo.county import County
from renda.demo.names import readable
from renda.directory.gate import OPERATOR
from renda.directory.models import Account, Mandate, Organ
from renda.ledgers.models import Import
from renda.registers import registry
from renda.registers.services import Change, save

SMALL = 0.02


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
    assert 880 <= seats[("township", 12)] <= 920
    assert all(readable(one.name) for one in county.population.everyone)
    assert any("·" in one.name for one in county.population.everyone)
    assert any("（" in one.written for one in county.population.everyone)


@pytest.mark.django_db
def test_everything_is_imported_and_a_second_run_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "ledgers_folder", lambda: tmp_path / "ledgers")
    said: list[str] = []
    brought = loading.load(County(scale=SMALL), said.append)  # raises where a single row is refused
    before = loading.counts()
    assert sum(brought.values()) > 1000
    assert {"代表活动", "议案建议", "信访登记", "会议", "选区"} <= brought.keys()
    assert any("2021年台账" in line for line in said)

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

    assert len(accounts.ensure_accounts()) == len(accounts.SIGN_INS)
    account = Account.objects.get(username="bangong")
    account.set_password("changed-by-the-user-1")
    account.save()
    assert accounts.ensure_accounts() == []
    passwords = {name: password for _, name, password in accounts.as_rows()}
    assert passwords["bangong"] == "（已修改）"
    assert passwords["zhuren"] == accounts.PASSWORD
