"""Ledgers of deputies' activities, visits, good deeds, links, money and reports, and of the liaison stations."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from renda.demo.county import COUNTY, TERM_STARTS, County, day_in, later
from renda.demo.habits import Book, Count, Ledger
from renda.demo.organs import COMMITTEE
from renda.demo.words import SUBJECTS, Once, issue

PACE = {2019: 1.0, 2020: 0.84, 2021: 1.14}
FORMS = ("视察", "调研", "执法检查", "听证会", "座谈会", "旁听庭审", "征求意见", "评议", "联系群众", "小组活动")
DEEDS = (("帮扶解困", "慰问{v}困难家庭"), ("基础设施", "协调资金修缮{v}水渠"), ("助学助教", "资助{v}贫困学生上学"), ("医疗健康", "组织义诊进{v}"),
         ("就业增收", "带动{v}村民种植中药材"), ("化解矛盾", "调解{v}邻里宅基地纠纷"), ("环境整治", "组织清理{v}村道垃圾"))  # fmt: skip
FIELDS = {"城乡建设": "城乡建设", "交通运输": "交通出行", "农业农村": "农业农村", "教育": "教育文化", "医疗卫生": "医疗卫生", "生态环境": "生态环境",
          "社会保障": "社会保障", "平安建设": "社会治理"}  # fmt: skip


def books(county: County, year: int) -> list[Book]:
    """A book for deputies' work, one for the stations, and the visits as a text file."""
    return [
        Book(f"{year}-代表履职.xlsx", [
            Ledger("deputies.activities", f"青禾县{year}年代表活动台账", _activities(county, year), year),
            Ledger("deputies.deeds", f"{year}年代表为民办实事台账", _deeds(county, year), year),
            Ledger("deputies.links", f"{year}年常委会组成人员联系代表名单", _links(county, year), year, "双联系名单"),
            Ledger("deputies.contacts", f"{year}年联系代表记录", _contacts(county, year), year),
            Ledger("deputies.money", f"{year}年代表捐款和经费台账", _money(county, year), year),
            Ledger("deputies.reports", f"{year}年代表述职台账", _reports(county, year), year),
        ]),
        Book(f"{year}-代表走访.csv", [Ledger("deputies.visits", f"青禾县{year}年代表走访台账", _visits(county, year), year)]),
        Book(f"{year}-联络站.xlsx", [
            Ledger("stations.stations", f"{year}年新建代表联络站台账", _stations(county, year), year),
            Ledger("stations.deputies", f"{year}年进站代表名单", _placed(county, year), year),
            Ledger("stations.plans", f"{year}年接待日安排", _plans(county, year), year),
            Ledger("stations.receptions", f"{year}年接待日记录", _receptions(county, year), year),
            Ledger("stations.opinions", f"{year}年群众意见台账", _opinions(county, year), year),
        ]),
    ]  # fmt: skip


def some(county: County, rng: Random, day: date, least: int, most: int, place: str = "", level: str = "") -> list[str]:
    """Names of deputies in office on a day, as ledgers write them."""
    there = county.deputies_on(day, level, place) or county.deputies_on(day, level)
    return [one.written for one in rng.sample(there, min(len(there), rng.randint(least, most)))]


def attended(county: County, rng: Random, day: date, place: str = "") -> Any:
    """Who took part: mostly names, sometimes some names and a number, sometimes a number alone."""
    names = some(county, rng, day, 2, 7, place)
    draw = rng.random()
    if draw < 0.72:
        return names
    return Count(tuple(names[:2]) if draw < 0.9 else (), len(names) + rng.randint(2, 18))


def _activities(county: County, year: int) -> list[dict[str, Any]]:
    rng, once, rows = county.rng("activities", year), Once(), []
    for _ in range(county.size(round(300 * PACE[year]), 14)):
        subject, unit = rng.choice(SUBJECTS)
        form, day = rng.choices(FORMS, (16, 14, 6, 3, 12, 6, 9, 5, 15, 14))[0], day_in(rng, year)
        local = rng.random() < 0.6
        place = rng.choice(county.townships) if local else COUNTY
        host = (
            "代表小组组织" if form == "小组活动" else ("应邀参加" if form in ("听证会", "旁听庭审", "征求意见") else "人大组织")
        )
        organiser = unit if host == "应邀参加" else COMMITTEE
        row = {"title": once(f"{place if local else '县人大代表'}{subject}{form}"), "form": form, "host": host, "starts_on": day, "division": place,
               "place": place if local else "县城", "organiser": organiser, "topic": subject, "people": attended(county, rng, day, place if local else ""),
               "group": rng.choice(county.groups_of(place)) if host == "代表小组组织" and local else ""}  # fmt: skip
        rows.append(row)
    return rows


def _visits(county: County, year: int) -> list[dict[str, Any]]:
    rng, once, rows = county.rng("visits", year), Once(), []
    for _ in range(county.size(round(150 * PACE[year]), 8)):
        place, village = county.village(rng)
        day, households = day_in(rng, year), rng.randint(3, 40)
        rows.append({"title": once(f"走访{place}{village}群众"), "form": rng.choice(("走访选民", "走访困难群众", "走访企业", "入户宣传", "入户调查")),
                     "starts_on": day, "place": village, "people": some(county, rng, day, 1, 4, place), "households": households,
                     "persons": households * rng.randint(1, 4), "matters_raised": rng.randint(0, 8), "division": place})  # fmt: skip
    return rows


def _deeds(county: County, year: int) -> list[dict[str, Any]]:
    rng, once, rows = county.rng("deeds", year), Once(), []
    for _ in range(county.size(round(90 * PACE[year]), 6)):
        place, village = county.village(rng)
        field, text = rng.choice(DEEDS)
        day = day_in(rng, year)
        rows.append({"title": once(text.format(v=place + village)), "field": field, "starts_on": day, "people": some(county, rng, day, 1, 3, place),
                     "place": village, "beneficiaries": rng.randint(2, 600), "amount": rng.choice((2000, 5000, 10_000, 20_000, 38_500, 126_000)),
                     "division": place})  # fmt: skip
    return rows


def _links(county: County, year: int) -> list[dict[str, Any]]:
    """The links of a term are settled once: in 2019 for the old term, and after the new committee was elected."""
    if year == 2020:
        return []
    since = date(2019, 3, 1) if year == 2019 else TERM_STARTS[12] + timedelta(days=8)
    until = TERM_STARTS[12] if year == 2019 else None
    rng, rows = county.rng("links", year), []
    for member in county.members_on(since):
        place = rng.choice(county.townships)
        for deputy in rng.sample(pool := county.deputies_on(since, "county", place), min(3, len(pool))):
            if deputy is not member:
                rows.append(
                    {
                        "member": member.written,
                        "deputy": deputy.written,
                        "since": since,
                        "until": until,
                        "division": deputy.division,
                    }
                )
    return rows


def _contacts(county: County, year: int) -> list[dict[str, Any]]:
    rng, seen, rows = county.rng("contacts", year), set(), []
    for _ in range(county.size(round(120 * PACE[year]), 6)):
        day = day_in(rng, year, last=11)
        member, deputy = rng.choice(county.members_on(day)), rng.choice(county.deputies_on(day, "county"))
        if (member, deputy, day) not in seen:
            seen.add((member, deputy, day))
            rows.append({"member": member.written, "deputy": deputy.written, "on": day, "form": rng.choice(("走访", "座谈", "电话网络", "邀请列席")),
                         "content": f"了解{deputy.division}{rng.choice(SUBJECTS)[0]}情况", "opinions": rng.randint(0, 4), "division": deputy.division})  # fmt: skip
    return rows


def _money(county: County, year: int) -> list[dict[str, Any]]:
    rng, once, rows = county.rng("money", year), Once(), []
    gift = {2019: "爱心助学", 2020: "疫情防控捐款", 2021: "防汛救灾捐款"}[year]
    for number in range(county.size(36, 3)):
        day, place = day_in(rng, year, last=11), rng.choice(county.townships)
        if number % 3:
            who = rng.choice(county.deputies_on(day, place=place) or county.deputies_on(day))
            rows.append({"on": day, "kind": rng.choice(("代表捐款", "代表捐款", "捐物折款")), "person": who.written, "organ": "", "purpose": once(gift),
                         "amount": rng.choice((1000, 2000, 5000, 10_000, 50_000)), "receiver": "县慈善总会", "division": who.division})  # fmt: skip
        else:
            rows.append({"on": day, "kind": rng.choice(("活动经费拨付", "活动经费支出", "代表补助")), "person": "", "organ": COMMITTEE, "division": COUNTY,
                         "purpose": once(f"{place}代表活动经费"), "amount": rng.randint(8, 60) * 1000, "receiver": place})  # fmt: skip
    return rows


def _reports(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("reports", year), []
    for place in county.townships:
        for level, share in (("county", 0.25), ("township", 0.12)):
            day = day_in(rng, year, first=9, last=11)
            pool = county.deputies_on(day, level, place)
            voters = rng.randint(45, 120)
            for who in rng.sample(pool, min(len(pool), max(1, round(len(pool) * share)))):
                satisfied = rng.randint(voters * 7 // 10, voters - 4)
                basically = rng.randint(0, voters - satisfied)
                rows.append({"deputy": who.written, "level": level, "on": day, "form": "口头", "venue": f"{place}{'' if level == 'county' else '便民中心'}会议室",
                             "voters": voters, "satisfied": satisfied, "basically": basically, "unsatisfied": min(2, voters - satisfied - basically),
                             "grade": "", "division": place})  # fmt: skip
    return rows


def stations_of(county: County, year: int) -> list[tuple[str, str, str]]:
    """The stations that a year's ledger brings: most in 2019, some more each year."""
    share = {2019: (0, 0.7), 2020: (0.7, 0.85), 2021: (0.85, 1)}[year]
    total = len(county.stations)
    return county.stations[round(total * share[0]) : round(total * share[1])]


def open_stations(county: County, year: int) -> list[tuple[str, str, str]]:
    """The stations there are by the end of a year."""
    return [one for earlier in range(2019, year + 1) for one in stations_of(county, earlier)]


def _stations(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("stations", year), []
    for name, kind, place in stations_of(county, year):
        founded = date(2017, rng.randint(3, 12), rng.randint(1, 28)) if year == 2019 else date(year, 1, rng.randint(5, 28))
        rows.append({"name": name, "kind": kind, "exemplary": rng.random() < 0.15, "division": place, "address": f"{place}便民服务中心旁",
                     "leader": rng.choice(county.population.everyone).name, "founded_on": founded})  # fmt: skip
    return rows


def _placed(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("placed", year), []
    for name, _, place in stations_of(county, year):
        since = date(year, 2, rng.randint(1, 28))
        until = TERM_STARTS[12] if year < 2021 else None
        rows += [
            {"station": name, "deputy": who, "since": since, "until": until, "division": place}
            for who in some(county, rng, since, 3, 7, place)
        ]
    return rows


def _plans(county: County, year: int) -> list[dict[str, Any]]:
    rng = county.rng("plans", year)
    return [
        {"station": name, "days_per_month": rng.choice((1, 1, 2)), "fixed_day": rng.choice(("每月15日", "每月10日", "每月第一个周三")), "since": date(year, 2, 1),
         "division": place}
        for name, _, place in stations_of(county, year)
    ]  # fmt: skip


def _receptions(county: County, year: int) -> list[dict[str, Any]]:
    rng, seen, rows = county.rng("receptions", year), set(), []
    for _ in range(county.size(round(160 * PACE[year]), 6)):
        name, _, place = rng.choice(open_stations(county, year))
        day, batches = day_in(rng, year, first=2), rng.randint(1, 9)
        if (name, day) not in seen:
            seen.add((name, day))
            rows.append({"station": name, "starts_on": day, "people": some(county, rng, day, 1, 3, place), "batches": batches,
                         "persons": batches + rng.randint(0, 12), "division": place})  # fmt: skip
    return rows


def _opinions(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("opinions", year), []
    for number in range(1, county.size(round(260 * PACE[year]), 10) + 1):
        name, _, place = rng.choice(open_stations(county, year))
        field, unit, what, _ = issue(county, rng, place)
        day = day_in(rng, year, first=2)
        row: dict[str, Any] = {
            "number": f"意见{year}-{number:04d}", "title": f"希望{what}", "received": day, "station": name, "deputy": some(county, rng, day, 1, 1, place)[0],
            "channel": rng.choice(("接待日", "接待日", "走访", "网上", "扫码", "座谈会")), "authority": rng.choice(("县级事权", "县级事权", "乡镇事权", "市县共管")),
            "field": FIELDS.get(field, "其他"), "unit": unit, "division": place, "citizen": rng.choice(county.population.everyone).name,
        }  # fmt: skip
        if rng.random() < 0.3:
            rows.append(row | {"handling": "现场答复", "answered": day, "told": day, "outcome": "现场解释说明，群众表示理解"})
            continue
        moved, done = later(rng, day, 2, 9), later(rng, day, 15, 80)
        row |= {"handling": rng.choice(("转交办理", "转交办理", "转为代表建议")), "transferred": moved}
        rows.append(row | ({"resolved": done, "told": done, "outcome": "已办理并回访"} if done < date(year, 12, 30) else {}))
    return rows
