"""Ledgers of filing and review, appointments, and of the office's own planning."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from renda.demo.county import COUNTY, County, day_in, later
from renda.demo.habits import Book, Ledger
from renda.demo.organs import COMMITTEE, CONGRESS_OFFICES, COURT, GOVERNMENT, PROCURATORATE, SUPERVISION
from renda.demo.people import Office
from renda.demo.words import LAWS, SUBJECTS, Once, roman

SYSTEMS = {COURT: "法院系统", PROCURATORATE: "检察院系统", SUPERVISION: "监委系统"}


def books(county: County, year: int) -> list[Book]:
    """A book each for filing, appointments and planning."""
    documents = _documents(county, year)
    chosen = _chosen(county, year)
    return [
        Book(f"{year}-备案审查.xlsx", [
            Ledger("filing.documents", f"青禾县{year}年规范性文件备案审查台账", documents, year),
            Ledger("filing.reviews", f"{year}年审查要求和审查建议台账", _reviews(county, year, documents), year),
            Ledger("filing.regulations", f"{year}年上级交办地方性法规立法项目", _regulations(year), year),
            Ledger("filing.points", f"{year}年基层立法联系点名册", _points(county, year), year),
            Ledger("filing.consultations", f"{year}年立法征求意见台账", _consultations(county, year), year),
        ]),
        Book(f"{year}-人事任免.xlsx", [
            Ledger("appointments.appointments", f"青禾县人大常委会{year}年人事任免台账", _appointments(county, year, chosen), year),
            Ledger("appointments.assessors", f"{year}年人民陪审员任命批次", _assessors(county, year), year),
            Ledger("appointments.exams", f"{year}年任前法律知识考试", _exams(county, year, chosen), year),
            Ledger("appointments.oaths", f"{year}年宪法宣誓仪式", _oaths(county, year, chosen), year),
            Ledger("appointments.resignations", f"{year}年接受代表辞职", _resignations(county, year), year),
        ]),
        Book(f"{year}-计划和报告.xlsx", [
            Ledger("planning.plan", f"青禾县人大常委会{year}年度工作计划", _plan(county, year), year),
            Ledger("planning.upward_reports", f"{year}年向县委请示报告台账", _upward(county, year), year),
            Ledger("planning.problems", f"{year}年自身问题整改台账", _problems(county, year), year, "问题清单（自身）"),
            Ledger("planning.township_returns", f"{year}年乡镇人大填报", _returns(county, year), year),
            Ledger("planning.party_support", f"{year}年党委支持人大工作", _support(county, year), year),
            Ledger("planning.visits", f"{year}年上级来访台账", _visits(county, year), year),
            Ledger("planning.external_figures", f"{year}年外部数据登记", _outside(year), year),
        ]),
    ]  # fmt: skip


def _documents(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("documents", year), []
    makers = [(GOVERNMENT, "政府规范性文件", "青政发"), ("青禾县人民政府办公室", "政府办公室文件", "青政办发")]
    makers += [(f"{place}人民政府", "乡镇规范性文件", f"{place[0]}政发") for place in county.congress_townships[:4]]
    once = Once()
    for number in range(1, county.size({2019: 24, 2020: 29, 2021: 35}[year], 4) + 1):
        maker, kind, code = makers[0] if rng.random() < 0.4 else rng.choice(makers)
        issued = day_in(rng, year, last=11)
        filed = later(rng, issued, 5, 29 if rng.random() < 0.93 else 48)
        subject = rng.choice(SUBJECTS)[0]
        row: dict[str, Any] = {
            "number": f"备〔{year}〕{number}号", "title": once(f"关于印发《{subject}实施办法（{year}年）》的通知"), "maker": maker, "document_kind": kind,
            "document_number": f"{code}〔{year}〕{number + 2}号", "field": subject[:4], "issued": issued, "filed": filed, "registered": later(rng, filed, 0, 3),
            "division": COUNTY, "way": rng.choice(("主动审查", "主动审查", "专项审查")),
        }  # fmt: skip
        reviewed = later(rng, filed, 20, 60)
        if reviewed < date(year, 12, 30):
            bad = rng.random() < 0.14
            row |= {
                "reviewed": reviewed,
                "finding": "发现问题" if bad else "未发现问题",
                "opinions": rng.randint(1, 3) if bad else 0,
            }
            if bad:
                row |= {
                    "problem": "增设了法律法规没有规定的条件",
                    "correction": "修改",
                    "told": reviewed,
                    "corrected": later(rng, reviewed, 15, 40),
                }
        rows.append(row)
    return rows


def _reviews(county: County, year: int, documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("reviews", year), []
    for number, one in enumerate(rng.sample(documents[:20], min(len(documents), 2 + year - 2019)), 1):
        received = later(rng, one["issued"], 20, 40)
        rows.append({"number": f"审〔{year}〕{number}号", "title": f"对{one['title']}的审查建议", "way": "依申请审查", "requester": "公民", "document": one["title"],
                     "received": received, "started": later(rng, received, 2, 6), "division": COUNTY})  # fmt: skip
    return rows


REGULATIONS = {
    2019: (("澜州市农村饮用水安全管理条例", "制定", "农业农村"), ("澜州市城市市容和环境卫生管理条例", "修改", "城乡建设")),
    2020: (("澜州市文明行为促进条例", "制定", "社会建设"), ("澜州市河道管理条例", "修改", "环境保护")),
    2021: (
        ("澜州市养老服务条例", "制定", "社会建设"),
        ("澜州市农作物秸秆综合利用条例", "制定", "农业农村"),
        ("澜州市集市管理办法", "废止", "财政经济"),
    ),
}


def _regulations(year: int) -> list[dict[str, Any]]:
    """Regulations of the city above that the county's standing committee was given to draft."""
    rows = []
    for number, (title, aim, field) in enumerate(REGULATIONS[year], 1):
        row = {"number": f"立〔{year}〕{number}号", "title": title, "aim": aim, "proposer": COMMITTEE, "field": field, "planned": date(year, 2, 10 + number),
               "first_reading": date(year, 4, 22), "division": COUNTY}  # fmt: skip
        if number == 1:
            row |= {
                "second_reading": date(year, 8, 25),
                "passed": date(year, 8, 27),
                "approved": date(year, 10, 29),
                "published": date(year, 11, 12),
            }
        rows.append(row)
    return rows


def _points(county: County, year: int) -> list[dict[str, Any]]:
    places = {2019: county.townships[:3], 2020: county.townships[3:4], 2021: county.townships[4:6]}[year]
    return [
        {
            "name": f"{place}基层立法联系点",
            "level": "市级" if number else "省级",
            "founded_on": date(year, 4, 8 + number),
            "division": place,
        }
        for number, place in enumerate(places)
    ]


def _consultations(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("consultations", year), []
    points = [row["name"] for earlier in range(2019, year + 1) for row in _points(county, earlier)]
    for law in rng.sample(LAWS, 6):
        opinions = rng.randint(4, 30)
        rows.append({"draft": f"{law}修订草案", "asked_by": "云岭省人大常委会", "level": "省级", "point": rng.choice(points), "asked_on": day_in(rng, year, first=5),
                     "opinions": opinions, "adopted": rng.randint(0, opinions // 3), "division": COUNTY})  # fmt: skip
    return rows


def _chosen(county: County, year: int) -> list[tuple[Office, date]]:
    """Officials appointed or removed in a year with the day: each meeting of the standing committee takes some."""
    rng = county.rng("chosen", year)
    held = [office for office in county.offices if not office.member]
    count = county.size({2019: 112, 2020: 96, 2021: 118}[year], 6)
    days = [date(year, month, 26) for month in (2, 4, 6, 8, 10, 12)]
    return [(office, rng.choice(days[:5])) for office in rng.sample(held, min(len(held), count))]


def _appointments(county: County, year: int, chosen: list[tuple[Office, date]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("appointments", year), []
    for office, day in chosen:
        system = SYSTEMS.get(office.organ, "人大系统" if "人大" in office.organ else "政府系统")
        wider = office.title in ("县长", "院长", "检察长", "主席") or (office.organ == SUPERVISION and office.title == "主任")
        action = rng.choices(("任命", "免职"), (62, 38))[0]
        if office.organ == GOVERNMENT or "局" in office.organ:
            action = {"任命": "决定任命", "免职": "决定免职"}[action]
        if wider:
            action = "接受辞职"
        present = rng.randint(24, 29)
        against, abstained = rng.choice((0, 0, 1)), rng.choice((0, 0, 1))
        row = {
            "person__name": office.who.name, "person__sex": office.who.sex, "person__birth_date": office.who.born, "person__employer": office.who.employer,
            "action": action, "post": f"{office.organ}{office.title}", "organ": office.organ, "system": system, "decided_by": "常委会会议", "decided_on": day,
            "meeting": f"县人大常委会{day.month}月会议", "document_number": f"青人常任〔{year}〕{day.month}号", "votes_for": present - against - abstained,
            "votes_against": against, "abstentions": abstained, "present": present, "division": COUNTY,
        }  # fmt: skip
        rows.append(row)
        if "免" in action and rng.random() < 0.9:
            other = "决定任命" if "决定" in action else "任命"
            rows.append(row | {"action": other, "post": f"{office.organ}四级调研员" if "局" in office.organ else f"{office.organ}审判委员会委员"
                               if office.organ == COURT else f"{office.organ}委员"})  # fmt: skip
    return rows


def _assessors(county: County, year: int) -> list[dict[str, Any]]:
    counts = {2019: (46, 12), 2020: (0, 5), 2021: (58, 40)}[year]
    return [
        {
            "title": f"{year}年第一批人民陪审员",
            "decided_on": date(year, 6, 26),
            "appointed": counts[0],
            "removed": counts[1],
            "division": COUNTY,
        }
    ]


def _exams(county: County, year: int, chosen: list[tuple[Office, date]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("exams", year), []
    for office, day in chosen[: county.size(44, 3)]:
        score = rng.randint(58, 98)
        rows.append({"person__name": office.who.name, "person__birth_date": office.who.born, "person__employer": office.who.employer,
                     "post": f"{office.organ}{office.title}", "held_on": day - timedelta(days=6), "score": score, "passed": score >= 60, "again": False,
                     "division": COUNTY})  # fmt: skip
    return rows


def _oaths(county: County, year: int, chosen: list[tuple[Office, date]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("oaths", year), []
    for day in sorted({day for _, day in chosen}):
        names = [office.who.written for office, when in chosen if when == day][:12]
        rows.append({"title": f"{year}年{day.month}月宪法宣誓仪式", "starts_on": day, "organised_by": "人大", "place": "县人大常委会会议厅", "people": names,
                     "monitor": county.leaders_on(day)[0].name, "leader": rng.choice(names).partition("（")[0], "division": COUNTY})  # fmt: skip
    return rows


def _resignations(county: County, year: int) -> list[dict[str, Any]]:
    found = [seat for seat in county.seats if seat.end_reason == "resigned" and seat.until and seat.until.year == year]
    return [
        {"person": seat.who.written, "level": seat.level, "accepted_on": seat.until, "reason": "工作变动", "division": seat.who.division,
         "accepted_by": "常委会会议" if seat.level == "county" else "乡镇人民代表大会"}
        for seat in found
    ]  # fmt: skip


def _plan(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("plan", year), []
    kinds = (
        ("监督工作", "听取审议{s}情况报告"),
        ("监督工作", "开展{s}视察"),
        ("代表工作", "组织代表调研{s}"),
        ("会议工作", "召开主任会议研究{s}"),
    )
    for number in range(1, county.size(42, 5) + 1):
        category, text = rng.choice(kinds)
        planned = day_in(rng, year, first=3)
        done = planned + timedelta(days=rng.randint(-20, 25))
        row = {"year": year, "title": f"{text.format(s=rng.choice(SUBJECTS)[0])}（第{roman(number)}项）", "category": category,
               "owner": rng.choice(CONGRESS_OFFICES), "planned_on": planned, "division": COUNTY}  # fmt: skip
        rows.append(row | ({"done_on": done, "outcome": "已完成"} if done < date(year, 12, 31) and rng.random() < 0.94 else {}))
    return rows


def _upward(county: County, year: int) -> list[dict[str, Any]]:
    rng, once, rows = county.rng("upward", year), Once(), []
    for number in range(1, county.size({2019: 18, 2020: 21, 2021: 27}[year]) + 1):
        kind, day = rng.choice(("请示", "报告")), day_in(rng, year)
        row = {"title": once(f"关于{rng.choice(SUBJECTS)[0]}监督工作的{kind}"), "kind": kind, "number": f"青人常党〔{year}〕{number}号", "submitted_on": day,
               "in_writing": True, "division": COUNTY}  # fmt: skip
        rows.append(row | ({"answered_on": later(rng, day, 3, 14)} if kind == "请示" and day.month < 12 else {}))
    return rows


def _problems(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("own-problems", year), []
    texts = (
        "调查研究不够深入",
        "代表建议督办力度不够",
        "监督刚性不足",
        "信息化水平不高",
        "专业人才缺乏",
        "乡镇人大指导不够经常",
        "制度执行不严",
        "档案归集不及时",
        "宣传稿件质量不高",
    )
    for text in rng.sample(texts, 7):
        found = day_in(rng, year, first=1, last=8)
        rows.append({"title": text, "source": rng.choice(("主题教育检视", "县委巡察反馈", "民主生活会")), "owner": rng.choice(CONGRESS_OFFICES), "found_on": found,
                     "due_on": found + timedelta(days=120), "corrected_on": later(rng, found, 30, 110), "measures": "建立制度，专人负责", "division": COUNTY})  # fmt: skip
    return rows


def _returns(county: County, year: int) -> list[dict[str, Any]]:
    rng = county.rng("returns", year)
    return [
        {"division": place, "year": year, "reported_on": date(year, 12, rng.randint(10, 24)), "congress_sessions": 2 if year == 2021 else rng.choice((1, 2)),
         "presidium_meetings": rng.randint(4, 9), "joint_activities": rng.randint(0, 3), "deputy_activities": rng.randint(5, 18) + (year == 2021) * 2,
         "appraised_units": rng.randint(1, 5), "appraising_deputies": rng.randint(18, 60), "suggestions": rng.randint(14, 48)}
        for place in county.congress_townships
    ]  # fmt: skip


def _support(county: County, year: int) -> list[dict[str, Any]]:
    rows = [{"title": f"{year}年县委常委会听取人大党组工作汇报", "kind": "听取人大党组汇报", "held_on": date(year, 2, 20), "division": COUNTY},
            {"title": f"研究{year}年人大监督工作计划", "kind": "常委会研究人大议题", "held_on": date(year, 3, 12), "division": COUNTY},
            {"title": "研究人事任免事项", "kind": "常委会研究人大议题", "held_on": date(year, 8, 9), "division": COUNTY}]  # fmt: skip
    if year == 2021:
        rows.append({"title": "县委人大工作会议", "kind": "人大工作会议", "held_on": date(2021, 12, 3), "division": COUNTY})
        rows.append({"title": "关于新时代坚持和完善人民代表大会制度的实施意见", "kind": "出台文件", "held_on": date(2021, 12, 6), "number": "青发〔2021〕18号",
                     "division": COUNTY})  # fmt: skip
    return rows


def _visits(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("superior-visits", year), []
    for subject, _ in rng.sample(SUBJECTS, 3 + year - 2019):
        level = rng.choice(("省级", "市级", "市级"))
        rows.append({"visitor": f"{'云岭省' if level == '省级' else '澜州市'}人大常委会{subject[:4]}调研组", "level": level, "topic": f"调研{subject}",
                     "visited_on": day_in(rng, year, first=3), "persons": rng.randint(4, 15), "division": COUNTY})  # fmt: skip
    return rows


def _outside(year: int) -> list[dict[str, Any]]:
    money = {2019: "21.6", 2020: "22.1", 2021: "24.3"}[year]
    return [
        {
            "name": "一般公共预算收入",
            "value": float(money),
            "unit": "亿元",
            "as_of": date(year, 12, 31),
            "source": "青禾县财政局",
            "division": COUNTY,
        }
    ]
