"""Ledgers of meetings of every series: agenda, attendance, votes, resolutions, satisfaction votes, study."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from renda.demo.county import COUNTY, TERM_STARTS, County, day_in
from renda.demo.habits import Book, Ledger
from renda.demo.organs import COMMITTEE, GOVERNMENT
from renda.demo.words import SUBJECTS, roman

FIRST = {2019: 22, 2020: 30, 2021: 39}
SERIES = (("主任会议", 16), ("党组会议", 20), ("党组理论学习中心组学习会", 12), ("支部会议", 12), ("乡镇人大主席团会议", 36))
STUDY = (
    "习近平新时代中国特色社会主义思想",
    "坚持和完善人民代表大会制度的重要思想",
    "宪法",
    "监督法",
    "代表法",
    "地方组织法",
    "民法典",
    "党史",
    "中央人大工作会议精神",
    "全过程人民民主重要论述",
)


def books(county: County, year: int) -> list[Book]:
    """Meetings with all that belongs to them in one book."""
    meetings = all_meetings(county, year)
    agenda = _agenda(county, year, meetings)
    return [
        Book(f"{year}-会议.xlsx", [
            Ledger("meetings.meetings", f"青禾县{year}年会议台账", meetings, year),
            Ledger("meetings.agenda", f"{year}年会议议程台账", agenda, year),
            Ledger("meetings.attendance", f"{year}年会议出席情况", _attendance(county, year, meetings), year),
            Ledger("meetings.sittings", f"{year}年全体会议场次", _sittings(county, year, meetings), year),
            Ledger("meetings.votes", f"{year}年表决情况", _votes(county, year, agenda), year),
            Ledger("meetings.resolutions", f"{year}年决议决定台账", _resolutions(county, year, meetings), year),
            Ledger("meetings.satisfaction", f"{year}年满意度测评情况", _satisfaction(county, year, meetings), year),
            Ledger("meetings.topics", f"{year}年第一议题和学习台账", _topics(county, year, meetings), year),
        ])
    ]  # fmt: skip


def all_meetings(county: County, year: int) -> list[dict[str, Any]]:
    """The year's meetings, those of the congress and of its standing committee first."""
    rng = county.rng("meetings", year)
    rows = [_congress(rng, year, "四五六"[year - 2019], 11, date(year, 1, 15))]
    if year == 2021:
        rows.append(_congress(rng, year, "一", 12, TERM_STARTS[12]))
    for number in range(8 if year != 2020 else 9):
        day = date(year, 1 + round(number * 1.3) if number else 2, 26) if number < 8 else date(year, 12, 22)
        ordinal = FIRST[year] + number
        total = 29
        rows.append({"title": f"县十一届人大常委会第{roman(ordinal)}次会议", "series": "常委会会议", "term_number": 11, "ordinal": ordinal, "starts_on": day,
                     "place": "县人大常委会会议厅", "chair": "主任", "expected": total, "present": (p := rng.randint(24, total)), "on_leave": total - p,
                     "division": COUNTY})  # fmt: skip
    for series, count in SERIES:
        rows += _series(county, rng, year, series, count)
    for place in county.congress_townships:
        seats = len(county.deputies_on(date(year, 1, 8), "township", place))
        present = max(1, seats - rng.randint(0, 5))
        rows.append({"title": f"{place}第十一届人民代表大会第{'六七八'[year - 2019]}次会议", "series": "乡镇人民代表大会会议", "term_number": 11, "ordinal": 6 + year - 2019,
                     "starts_on": date(year, 1, 8) + timedelta(days=rng.randint(0, 3)), "expected": seats, "present": present, "on_leave": seats - present,
                     "division": place, "place": f"{place}大会议室"})  # fmt: skip
    return rows


def _congress(rng: Random, year: int, ordinal: str, term: int, day: date) -> dict[str, Any]:
    present = rng.randint(168, 178)
    number = "一二三四五六".index(ordinal) + 1
    return {"title": f"青禾县第{roman(term)}届人民代表大会第{ordinal}次会议", "series": "人民代表大会会议", "term_number": term, "ordinal": number, "starts_on": day,
            "ends_on": day + timedelta(days=3), "place": "县会议中心", "chair": "大会主席团", "expected": 180, "present": present, "on_leave": 180 - present,
            "division": COUNTY}  # fmt: skip


def _series(county: County, rng: Random, year: int, series: str, count: int) -> list[dict[str, Any]]:
    rows = []
    for number in range(1, county.size(count) + 1):
        place = rng.choice(county.congress_townships) if series.startswith("乡镇") else COUNTY
        total = 7 if place != COUNTY else rng.randint(6, 14)
        present = total - rng.choice((0, 0, 1))
        rows.append({"title": f"{place if place != COUNTY else '县人大常委会'}{year}年第{roman(number)}次{series.removeprefix('乡镇人大')}", "series": series,
                     "starts_on": day_in(rng, year), "expected": total, "present": present, "on_leave": total - present, "division": place,
                     "place": "小会议室", "topic": rng.choice(SUBJECTS)[0]})  # fmt: skip
    return rows


def _agenda(county: County, year: int, meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("agenda", year), []
    for meeting in meetings:
        if meeting["series"] == "人民代表大会会议":
            items = [("青禾县人民政府工作报告", "工作报告", GOVERNMENT), ("青禾县人大常委会工作报告", "工作报告", COMMITTEE), ("计划报告", "计划预算决算审计等报告", GOVERNMENT),
                     ("预算报告", "计划预算决算审计等报告", GOVERNMENT)]  # fmt: skip
        elif meeting["series"] == "常委会会议":
            items = [(f"关于{subject}情况的报告", "专项工作报告", GOVERNMENT if "院" not in unit and "监察" not in unit else unit)
                     for subject, unit in rng.sample(SUBJECTS, 3)] + [("人事任免事项", "人事任免", "")]  # fmt: skip
        elif meeting["series"] == "主任会议":
            items = [(f"听取{subject}情况汇报", "工作汇报", unit) for subject, unit in rng.sample(SUBJECTS, 3)]
        else:
            continue
        for ordinal, (title, kind, organ) in enumerate(items, 1):
            passed = kind in ("工作报告", "人事任免", "计划预算决算审计等报告")
            rows.append({"meeting": meeting["title"], "ordinal": ordinal, "title": title, "kind": kind, "organ": organ,
                         "manner": "听取" if kind != "人事任免" else "", "outcome": "通过" if passed else "听取审议", "division": meeting["division"]})  # fmt: skip
    return rows


def _committee(meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [meeting for meeting in meetings if meeting["series"] == "常委会会议"]


def _attendance(county: County, year: int, meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("attendance", year), []
    for meeting in _committee(meetings):
        for who in county.members_on(meeting["starts_on"]):
            there = rng.random() < 0.93
            rows.append({"meeting": meeting["title"], "person": who.written, "capacity": "常委会组成人员", "attendance": "到会" if there else "请假",
                         "reason": "" if there else rng.choice(("出差", "身体原因", "参加县委会议")), "division": COUNTY})  # fmt: skip
    return rows


def _sittings(county: County, year: int, meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("sittings", year), []
    for meeting in meetings:
        if meeting["series"] == "人民代表大会会议":
            for number, word in enumerate("一二三"):
                present = rng.randint(165, 178)
                rows.append({"meeting": meeting["title"], "name": f"第{word}次全体会议", "held_on": meeting["starts_on"] + timedelta(days=number), "expected": 180,
                             "present": present, "on_leave": 180 - present, "division": COUNTY})  # fmt: skip
    return rows


def _votes(county: County, year: int, agenda: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("votes", year), []
    for item in agenda:
        if item["outcome"] == "通过":
            total = 180 if "人民代表大会" in item["meeting"] else 29
            present = total - rng.randint(0, total // 12)
            against, abstained = rng.choice((0, 0, 0, 1)), rng.choice((0, 0, 1, 2))
            rows.append({"meeting": item["meeting"], "subject": item["title"], "ballot": rng.choice(("电子表决", "举手表决")), "electorate": total,
                         "present": present, "in_favour": present - against - abstained, "against": against, "abstained": abstained,
                         "division": COUNTY})  # fmt: skip
    return rows


def _resolutions(county: County, year: int, meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("resolutions", year), []
    for meeting in meetings:
        if meeting["series"] == "人民代表大会会议":
            names = (
                "政府工作报告",
                "人大常委会工作报告",
                "人民法院工作报告",
                "人民检察院工作报告",
                "国民经济和社会发展计划",
                "财政预算",
            )
            adopted = meeting["ends_on"]
            rows += [{"title": f"{meeting['title']}关于{name}的决议", "form": "决议", "adopter": "人民代表大会", "category": "工作报告" if "报告" in name else "计划",
                      "adopted_on": adopted, "meeting": meeting["title"], "published_on": adopted + timedelta(days=1), "division": COUNTY} for name in names]  # fmt: skip
    topics = (
        ("批准{y}年县级财政预算调整方案", "预算计划调整"),
        ("批准{p}年县级决算", "决算"),
        ("加强{s}工作", "重大事项"),
        ("批准政府债务限额", "重大事项"),
        ("召开县人民代表大会会议", "选举和代表事务"),
    )
    for number, meeting in enumerate(_committee(meetings)):
        text, category = topics[number % len(topics)]
        name = text.format(y=year, p=year - 1, s=rng.choice(SUBJECTS)[0])
        rows.append({"title": f"青禾县人大常委会关于{name}的决定（{meeting['starts_on'].month}月）", "form": "决定", "adopter": "人大常委会", "category": category,
                     "number": f"青人常发〔{year}〕{number + 3}号", "adopted_on": meeting["starts_on"], "meeting": meeting["title"], "division": COUNTY})  # fmt: skip
    return rows


def _satisfaction(county: County, year: int, meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("satisfaction", year), []
    for meeting in _committee(meetings)[2:]:
        subject, unit = rng.choice(SUBJECTS)
        present = meeting["present"]
        good = rng.randint(present - 9, present - 1)
        basically = rng.randint(0, present - good)
        rows.append({"subject": f"{year}年{subject}审议意见落实情况（{meeting['starts_on'].month}月）", "subject_kind": "审议意见落实情况", "held_on": meeting["starts_on"],
                     "meeting": meeting["title"], "organ": unit, "electorate": 29, "present": present, "issued": present, "returned": present,
                     "valid": present, "satisfied": good, "basically": basically, "dissatisfied": present - good - basically, "abstained": 0,
                     "base": "到会人员", "line": "过半数", "division": COUNTY})  # fmt: skip
    return rows


def _topics(county: County, year: int, meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("topics", year), []
    for meeting in meetings:
        body, form = {
            "党组会议": ("党组", "第一议题"),
            "党组理论学习中心组学习会": ("党组理论学习中心组", "集中学习"),
            "支部会议": ("机关党支部", "集中学习"),
        }.get(meeting["series"], ("", ""))
        if body:
            leaders = county.leaders_on(meeting["starts_on"])
            rows.append({"topic": f"学习{rng.choice(STUDY)}", "body": body, "form": form, "held_on": meeting["starts_on"], "meeting": meeting["title"],
                         "speaker": rng.choice(leaders).name, "speaker_rank": "县级领导", "division": COUNTY})  # fmt: skip
    unique = {(row["topic"], row["body"], row["held_on"]): row for row in rows}
    return list(unique.values())
