"""Ledgers of bills and suggestions and of petitions."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from renda.demo.county import COUNTY, County, day_in, later
from renda.demo.habits import Book, Ledger
from renda.demo.people import Someone
from renda.demo.words import ISSUES, Once, issue

COUNTS = {2019: 232, 2020: 247, 2021: 266}
PETITIONS = {2019: 436, 2020: 398, 2021: 371}
GOOD = {2019: 0.78, 2020: 0.83, 2021: 0.88}
RATINGS = ("满意", "基本满意", "不满意")

RATED = ("满意", "满意", "基本满意", "满意", "不满意", "满意", "基本满意")


def books(county: County, year: int) -> list[Book]:
    """Suggestions with tests, effects and the CPPCC's figures; petitions in a text file of the old encoding."""
    rows = _suggestions(county, year)
    return [
        Book(f"{year}-代表建议.xlsx", [
            Ledger("suggestions.suggestions", f"青禾县{year}年人大代表议案建议办理情况台账", rows, year),
            Ledger("suggestions.tests", f"{year}年代表建议满意度测评", _tests(county, year, rows), year),
            Ledger("suggestions.effects", f"{year}年议案办理成效", _effects(county, year, rows), year),
            Ledger("suggestions.cppcc", f"{year}年政协提案数据", _cppcc(county, year), year),
        ]),
        Book(f"{year}-信访登记.csv", [Ledger("petitions.petitions", f"青禾县人大常委会{year}年信访台账", _petitions(county, year), year)]),
    ]  # fmt: skip


def _suggestions(county: County, year: int) -> list[dict[str, Any]]:
    rng, once = county.rng("suggestions", year), Once()
    session = date(year, 1, 15)
    deputies = county.deputies_on(session, "county")
    return [_suggestion(county, rng, once, year, number, deputies) for number in range(1, county.size(COUNTS[year], 12) + 1)]


def _suggestion(county: County, rng: Random, once: Once, year: int, number: int, deputies: list[Someone]) -> dict[str, Any]:
    field, unit, what, place = issue(county, rng)
    in_session = rng.random() < 0.8
    submitted = date(year, 1, 15 + rng.randint(0, 2)) if in_session else day_in(rng, year, first=3, last=9)
    assigned = later(rng, submitted, 12, 30)
    replied = later(rng, assigned, 25, 88 if rng.random() < 0.96 else 110)
    signers = rng.sample(deputies, rng.choice((1, 2, 2, 3, 4)))
    bill = number <= 4
    good = rng.random()
    row: dict[str, Any] = {
        "number": f"{number:03d}", "year": year, "form": "议案" if bill else rng.choices(("建议", "批评", "意见"), (94, 2, 4))[0],
        "title": once(f"关于{what}的{'议案' if bill else '建议'}"), "origin": "大会期间" if in_session else "闭会期间",
        "session": f"十一届{'四五六'[year - 2019]}次会议" if in_session else "", "deputy_level": "县级", "proposer": signers[0].written,
        "delegation": f"{signers[0].division}代表团", "co_signers": [s.written for s in signers[1:]], "field": field, "lead_units": [unit],
        "joint_units": ["青禾县财政局"] if rng.random() < 0.25 and unit != "青禾县财政局" else [], "submitted": submitted, "assigned": assigned,
        "key": number % 24 == 0, "division": COUNTY,
        "content": f"{place}群众多次反映，希望有关部门实地调查，尽快{what}。",
    }  # fmt: skip
    if bill:
        row["bill_outcome"] = rng.choice(("转作建议", "转作建议", "列入会议议程"))
    if row["key"]:
        row["key_leader"] = rng.choice(county.leaders_on(assigned)).name
    if replied < date(year, 12, 28):
        row |= {
            "met": later(rng, assigned, 10, 24),
            "contact": rng.choice(("上门面商", "座谈会", "现场办理", "电话")),
            "replied": replied,
        }
        row |= {
            "answer": rng.choices("abcd", (55 + 5 * (year - 2019), 25, 12, 5))[0],
            "closed": replied,
            "feedback": later(rng, replied, 3, 20),
        }
        row |= {"attitude": RATINGS[0] if good < 0.95 else RATINGS[1], "result": RATINGS[(good > GOOD[year]) + (good > 0.985)]}
        if row["result"] == RATINGS[2]:
            row |= {"rehandled": later(rng, row["feedback"], 20, 50), "attitude_second": RATINGS[0], "result_second": RATINGS[1]}
        row["award"] = "县级优秀" if good < 0.05 else ""
    return row


def _tests(county: County, year: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng = county.rng("tests", year)
    units = sorted({unit for unit, _ in ISSUES.values()})[: county.size(10)]
    found = []
    for unit in units:
        present = rng.randint(24, 29)
        good = rng.randint(present - 8, present - 2)
        basically = rng.randint(0, present - good)
        found.append({"held_on": date(year, 10, 28), "tested_by": "常委会会议", "subject": f"{unit}{year}年建议办理工作", "unit": unit, "issued": present,
                      "returned": present, "satisfied": good, "basically": basically, "dissatisfied": present - good - basically, "abstained": 0})  # fmt: skip
    return found


def _effects(county: County, year: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng = county.rng("effects", year)
    names = (("新增停车位", "个"), ("硬化道路", "公里"), ("惠及群众", "人"), ("改造管网", "米"))
    found = []
    for row in rng.sample(rows[:60], county.size(12)):
        name, unit = rng.choice(names)
        found.append({"suggestion": f"{year}-{row['number']}", "name": name, "quantity": rng.randint(3, 900), "unit": unit, "reported_on": day_in(rng, year, first=9, last=11),
                      "reporter": row["lead_units"][0]})  # fmt: skip
    return found


def _cppcc(county: County, year: int) -> list[dict[str, Any]]:
    total = {2019: 148, 2020: 156, 2021: 163}[year]
    return [
        {"year": year, "as_of": day, "proposals": total, "replied": round(total * part), "closed": round(total * part * 0.95), "source": "县政协提案委员会"}
        for day, part in ((date(year, 6, 30), 0.62), (date(year, 12, 20), 1))
    ]  # fmt: skip


def _petitions(county: County, year: int) -> list[dict[str, Any]]:
    rng = county.rng("petitions", year)
    return [_petition(county, rng, year, number) for number in range(1, county.size(PETITIONS[year], 12) + 1)]


def _petition(county: County, rng: Random, year: int, number: int) -> dict[str, Any]:
    field, unit, what, place = issue(county, rng)
    against = rng.choices(
        (unit, "青禾县人民法院", "青禾县人民检察院", f"{place}村民委员会", "青禾县监察委员会"), (70, 14, 4, 10, 2)
    )[0]
    received = day_in(rng, year)
    accepted = later(rng, received, 0, 6)
    forwarded = later(rng, accepted, 1, 6)
    closed = later(rng, forwarded, 12, 55)
    collective = rng.random() < 0.06
    handler = against if "村民委员会" not in against else unit
    row: dict[str, Any] = {
        "number": f"信{year}-{number:04d}", "received": received, "title": f"反映{what}问题", "form": rng.choices(
            ("来信", "来访", "来电", "网上信访", "转来"), (30, 42 - 4 * (year - 2019), 12, 8 + 5 * (year - 2019), 6))[0],
        "source": rng.choices(("群众直接反映", "上级交办", "领导批示", "代表转交"), (82, 9, 3, 6))[0], "collective": collective,
        "persons": rng.randint(5, 32) if collective else rng.choice((1, 1, 1, 2, 3)), "petitioner": rng.choice(county.population.everyone).name,
        "phone": f"199{rng.randint(10_000_000, 99_999_999)}", "address": f"{place}{rng.choice(county.villages[place])}", "visit_level": "到县",
        "field": field, "complained": against, "accepted": accepted, "forwarded": forwarded, "handler": handler, "division": place,
        "repeated": rng.random() < 0.07,
    }  # fmt: skip
    if closed < date(year, 12, 30) and rng.random() < 0.97:
        row |= {
            "answered": closed - timedelta(days=3) if (closed - forwarded).days > 4 else closed,
            "closed": closed,
            "told": closed,
        }
        row["result"] = rng.choices(("支持诉求", "解释疏导", "不予支持", "撤回"), (48 + 4 * (year - 2019), 38, 8, 3))[0]
        if number % 4 == 0:  # one petitioner in four looks the matter up and rates it
            row |= {"rating": RATED[number // 4 % len(RATED)], "rated_on": closed + timedelta(days=2)}
    return row
