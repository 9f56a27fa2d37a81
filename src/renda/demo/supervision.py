"""Ledgers of supervision: reports, inspections, visits, finance, inquiries, appraisals, opinions, problem lists."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from renda.demo.county import COUNTY, County, day_in, later
from renda.demo.deputies import some
from renda.demo.habits import Book, Count, Ledger
from renda.demo.organs import BUREAUS, COMMITTEE, GOVERNMENT
from renda.demo.words import LAWS, LEADS, SUBJECTS, Once

SOURCES = ("法定监督", "重点监督", "上下联动监督", "跟踪监督")
FINANCE = (("上年度财政决算", "决算"), ("上半年预算执行情况", "预算执行情况"), ("上半年国民经济和社会发展计划执行情况", "计划执行情况"), ("预算调整方案", "预算调整"),
           ("上年度预算执行和其他财政收支审计工作报告", "审计工作报告"), ("审计查出问题整改情况", "审计查出问题整改情况"), ("国有资产管理情况", "国有资产管理情况"),
           ("政府债务管理情况", "政府债务管理情况"), ("政府投资项目计划", "政府投资项目"))  # fmt: skip


def books(county: County, year: int) -> list[Book]:
    """One book of supervision for a year."""
    letters, inspections = _letters(county, year), _inspections(county, year)
    lists = _lists(county, year)
    return [
        Book(f"{year}-监督.xlsx", [
            Ledger("supervision.reports", f"青禾县{year}年听取审议专项工作报告台账", _reports(county, year), year),
            Ledger("supervision.inspections", f"{year}年执法检查台账", inspections, year),
            Ledger("supervision.visits", f"{year}年视察调研台账", _visits(county, year), year),
            Ledger("supervision.finance", f"{year}年计划预算监督台账", _finance(county, year), year),
            Ledger("supervision.inquiries", f"{year}年专题询问台账", _inquiries(county, year), year),
            Ledger("supervision.interpellations", f"{year}年质询案台账", _interpellations(county, year), year),
            Ledger("supervision.appraisals", f"{year}年工作评议和履职评议台账", _appraisals(county, year), year),
            Ledger("supervision.audiences", f"{year}年代表约见国家机关负责人台账", _audiences(county, year), year),
            Ledger("supervision.opinions", f"{year}年审议意见台账", letters, year),
            Ledger("supervision.opinion_items", f"{year}年审议意见清单", _items(county, year, letters), year),
            Ledger("supervision.problem_lists", f"{year}年问题清单台账", lists, year),
            Ledger("supervision.problems", f"{year}年监督问题整改销号明细", _problems(county, year, lists), year, "问题条目"),
        ])
    ]  # fmt: skip


def _common(rng: Random) -> dict[str, Any]:
    return {"source": rng.choice(SOURCES), "lead": rng.choice(LEADS), "division": COUNTY}


def _reports(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("reports-heard", year), []
    for subject, unit in county.rng("heard", year).sample(SUBJECTS, county.size(18 + year - 2019)):
        heard = day_in(rng, year, first=3)
        rows.append({"title": f"关于{year}年{subject}情况的报告", "organ": unit if "青禾县人民" in unit or "监察" in unit else GOVERNMENT,
                     "forum": rng.choice(("常委会会议", "常委会会议", "主任会议")), "manner": "听取" if rng.random() < 0.85 else "书面",
                     "routine": "环境状况和环境保护目标完成情况" if subject == "生态环境保护" else "", "submitted": heard - timedelta(days=15), "heard": heard,
                     "field": subject[:4], **_common(rng)})  # fmt: skip
    return rows


def _inspections(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("inspections", year), []
    for law in rng.sample(LAWS, county.size({2019: 5, 2020: 4, 2021: 6}[year])):
        started = day_in(rng, year, first=3, last=8)
        laws = [law, *(rng.sample([other for other in LAWS if other != law], 1) if rng.random() < 0.3 else [])]
        rows.append({"title": f"{law}实施情况执法检查（{year}年）", "laws": laws, "form": rng.choice(("本级组织", "本级组织", "上下联动", "受上级委托")),
                     "leader": rng.choice(county.leaders_on(started)).name, "started": started, "ended": later(rng, started, 8, 25),
                     "reported": later(rng, started, 40, 70), **_common(rng)})  # fmt: skip
    return rows


def _visits(county: County, year: int) -> list[dict[str, Any]]:
    rng, once, rows = county.rng("field-visits", year), Once(), []
    for _ in range(county.size({2019: 18, 2020: 13, 2021: 20}[year])):
        subject, _ = rng.choice(SUBJECTS)
        form, day = rng.choice(("视察", "调研", "调研")), day_in(rng, year, first=3)
        names = some(county, rng, day, 3, 9)
        people: Any = names if rng.random() < 0.7 else Count(tuple(names[:3]), len(names) + rng.randint(3, 12))
        rows.append({"title": once(f"{subject}{form}"), "form": form, "starts_on": day, "place": "、".join(rng.sample(county.townships, 2)), "organiser": COMMITTEE,
                     "topic": subject, "deputies": people, "staff": rng.randint(2, 8), "report_title": f"关于{subject}的调研报告" if form == "调研" else "",
                     **_common(rng)})  # fmt: skip
    return rows


def _finance(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("finance", year), []
    for number, (title, category) in enumerate(FINANCE):
        heard = date(year, 6 + number % 6, 20 + number % 7)
        rows.append({"title": f"{year}年审议{title}", "category": category, "organ": GOVERNMENT, "forum": "常委会会议", "manner": "听取",
                     "submitted": heard - timedelta(days=25), "reviewed": heard - timedelta(days=10), "heard": heard, "review_meetings": rng.randint(1, 3),
                     "review_reports": 1, "review_opinions": rng.randint(2, 9), "amount": rng.randint(800, 96_000) * 10_000, **_common(rng)})  # fmt: skip
    return rows


def _inquiries(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("inquiries", year), []
    for subject, unit in rng.sample(SUBJECTS[:14], 2 if year == 2021 else 1):
        units = [unit, *rng.sample([name for name, _, _ in BUREAUS if name != unit], rng.randint(2, 5))]
        held = day_in(rng, year, first=8, last=11)
        rows.append({"title": f"{subject}专题询问（{year}年）", "form": "联组会议", "units": units, "questions": rng.randint(8, 15), "rated": True, "held": held,
                     "reported": later(rng, held, 30, 40), **_common(rng)})  # fmt: skip
    return rows


def _interpellations(county: County, year: int) -> list[dict[str, Any]]:
    """Few, as everywhere: one at the county's congress or its standing committee, one at a township's congress."""
    rng = county.rng("interpellations", year)
    subject, unit = rng.choice([pair for pair in SUBJECTS if pair[1] in {name for name, _, _ in BUREAUS}])
    level, least, day = {2019: ("常委会会议期间", 5, date(2019, 8, 28)), 2020: ("人民代表大会会议期间", 10, date(2020, 1, 9)),
                         2021: ("常委会会议期间", 5, date(2021, 6, 24))}[year]  # fmt: skip
    place = rng.choice(county.congress_townships)
    rows: list[dict[str, Any]] = [
        {"title": f"关于{subject}问题的质询案", "number": f"质〔{year}〕1号", "level": level, "addressee": unit, "cosigners": least + rng.randint(0, 4),
         "submitted": day, "answered": day + timedelta(days=1), "satisfied": True, "division": COUNTY},
        {"title": f"关于{place}村级道路管护不力的质询案", "number": f"{place[:2]}质〔{year}〕1号", "level": "乡镇人民代表大会会议期间",
         "addressee": f"{place}人民政府", "cosigners": 10 + rng.randint(0, 6), "submitted": date(year, 7, 15), "answered": date(year, 7, 15),
         "satisfied": year != 2020, "division": place},
    ]  # fmt: skip
    if year == 2020:
        rows[1]["reanswered"] = date(2020, 7, 16)
    return rows


def _appraisals(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("appraisals", year), []
    rated = date(year, 11, 26)
    for name, short, _ in rng.sample(BUREAUS, county.size(4)):
        rows.append({"title": f"{short}工作评议（{year}年）", "form": "工作评议", "organ": name, "started": date(year, 7, 10), "rated": rated,
                     "grade": rng.choice(("满意", "满意", "基本满意")), **_common(rng)})  # fmt: skip
    held = [o for o in county.officials if o.title in ("审判员", "检察员", "副局长", "庭长")]
    for office in rng.sample(held, county.size(8)):
        judge = "法院" in office.organ or "检察院" in office.organ
        rows.append({"title": f"{year}年{'两官' if judge else '履职'}评议", "form": "两官评议" if judge else "履职评议", "organ": office.organ,
                     "person": office.who.written, "post": office.title, "manner": rng.choice(("口头", "书面")), "rated": rated,
                     "post_class": ("法官" if "法院" in office.organ else "检察官") if judge else "其他人员", "grade": rng.choice(("优秀", "称职", "称职")),
                     **_common(rng)})  # fmt: skip
    return rows


def _audiences(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("audiences", year), []
    for subject, unit in rng.sample(SUBJECTS, 2):
        day = day_in(rng, year, first=4, last=10)
        rows.append({"title": f"就{subject}约见负责人", "starts_on": day, "place": "县人大常委会会议室", "organ": unit, "official": "主要负责人",
                     "deputies": some(county, rng, day, 5, 9, level="county"), "reply": "当场答复并形成整改意见", "division": COUNTY})  # fmt: skip
    return rows


def _letters(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("letters", year), []
    for number, (subject, unit) in enumerate(rng.sample(SUBJECTS, county.size(15)), 1):
        issued = day_in(rng, year, first=3, last=11)
        replied = later(rng, issued, 45, 95)
        row = {"title": f"对{year}年{subject}情况报告的审议意见", "number": f"青人常审〔{year}〕{number}号", "form": "审议意见", "organs": [unit], "about": f"{subject}情况报告",
               "issued": issued, "reply_by": issued + timedelta(days=90), "division": COUNTY}  # fmt: skip
        rows.append(row | ({"replied": replied} if replied < date(year, 12, 29) else {}))
    return rows


def _items(county: County, year: int, letters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("items", year), []
    advice = (
        "进一步提高思想认识，压实工作责任",
        "加大财政投入，保障重点支出",
        "完善制度机制，强化部门协作",
        "补齐农村短板，推动城乡均衡",
        "加强宣传引导，提高群众知晓率",
    )
    for letter in letters:
        for ordinal, text in enumerate(rng.sample(advice, rng.randint(3, 5)), 1):
            state = rng.choices(("已落实", "正在落实", "列入计划"), (70, 22, 8))[0] if "replied" in letter else "正在落实"
            rows.append({"letter": letter["title"], "ordinal": ordinal, "text": text, "organ": letter["organs"][0], "state": state,
                         "done_on": letter["replied"] if state == "已落实" else None, "division": COUNTY})  # fmt: skip
    return rows


def _lists(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("lists", year), []
    for subject, unit in rng.sample(SUBJECTS, county.size(7)):
        rows.append(
            {
                "title": f"{year}年{subject}问题清单",
                "about": subject,
                "organ": unit,
                "issued": day_in(rng, year, first=4, last=9),
                "division": COUNTY,
            }
        )
    return rows


def _problems(county: County, year: int, lists: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("problems", year), []
    found = (
        "台账资料不完整",
        "日常监管不到位",
        "专业技术人员不足",
        "项目推进缓慢",
        "宣传教育覆盖面不广",
        "资金拨付不及时",
        "执法不够规范",
        "部门信息没有共享",
    )
    for one in lists:
        for ordinal, text in enumerate(rng.sample(found, rng.randint(4, 8)), 1):
            done = later(rng, one["issued"], 30, 90)
            state = rng.choices(("已整改", "正在整改"), (86, 14))[0] if done < date(year, 12, 28) else "正在整改"
            row = {"list": one["title"], "ordinal": ordinal, "text": text, "organ": one["organ"], "correct_by": one["issued"] + timedelta(days=90), "state": state,
                   "measure": "明确专人负责，限期整改到位", "division": COUNTY}  # fmt: skip
            rows.append(row | ({"corrected_on": done, "signed_off_on": done} if state == "已整改" else {}))
    return rows
