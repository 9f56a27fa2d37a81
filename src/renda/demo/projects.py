"""Ledgers of livelihood projects, chosen by the deputies' vote, and of micro-projects with their money and outputs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from renda.demo.county import COUNTY, County, day_in, later
from renda.demo.habits import Book, Ledger

LIVELIHOOD = (("农村饮水安全巩固提升", "农田水利", "青禾县水利局"), ("农村公路安防工程", "交通出行", "青禾县交通运输局"), ("城区学校扩建", "教育", "青禾县教育局"),
              ("乡镇卫生院标准化建设", "医疗卫生", "青禾县卫生健康局"), ("老旧小区改造", "住房和小区改造", "青禾县住房和城乡建设局"), ("农村污水治理", "生态环境", "青禾县生态环境局"),
              ("居家养老服务站建设", "养老助残", "青禾县民政局"), ("村级文化广场建设", "文化体育", "青禾县文化和旅游局"), ("治安监控补点", "公共安全", "青禾县公安局"),
              ("便民服务中心提升", "便民服务", "青禾县人民政府办公室"), ("小型水库除险加固", "农田水利", "青禾县水利局"), ("城区停车场建设", "交通出行", "青禾县城市管理局"))  # fmt: skip
MICRO = (("安装太阳能路灯", "公共安全", "路灯", "盏"), ("硬化入户道路", "交通出行", "道路", "米"), ("修缮灌溉水渠", "农田水利", "水渠", "米"), ("新建公共厕所", "便民服务", "公厕", "座"),
         ("增设垃圾收集点", "生态环境", "垃圾收集点", "个"), ("建设健身小广场", "文化体育", "健身器材", "套"), ("加装河道护栏", "公共安全", "护栏", "米"),
         ("改造村民活动室", "文化体育", "活动室", "间"))  # fmt: skip
CHANNELS = ("代表提出", "联络站收集", "公开征集", "部门提出", "热线和网络")


def books(county: County, year: int) -> list[Book]:
    """One book of projects for a year."""
    livelihood, micro = _livelihood(county, year), _micro(county, year)
    return [
        Book(f"{year}-民生项目.xlsx", [
            Ledger("projects.proposals", f"青禾县{year}年民生实事项目征集台账", _proposals(county, year), year),
            Ledger("projects.livelihood", f"青禾县{year}年民生实事项目台账", livelihood, year),
            Ledger("projects.votes", f"{year}年民生实事票决情况", _votes(county, year, livelihood), year),
            Ledger("projects.evaluations", f"{year}年民生实事满意度测评", _evaluations(county, year, livelihood), year),
            Ledger("projects.micro", f"{year}年民生微实事台账", micro, year),
            Ledger("projects.money", f"{year}年微实事资金台账", _money(county, year, micro), year),
            Ledger("projects.outputs", f"{year}年微实事项目成果", _outputs(county, year, micro), year),
        ])
    ]  # fmt: skip


def _livelihood(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("livelihood", year), []
    for number, (title, field, unit) in enumerate(LIVELIHOOD, 1):
        chosen = number <= {2019: 8, 2020: 9, 2021: 10}[year]
        total = rng.randint(120, 4800) * 10_000
        row: dict[str, Any] = {
            "year": year, "number": f"实事{year}-{number:02d}", "title": f"{year}年{title}", "tier": "项目", "field": field, "unit": unit, "chosen": chosen,
            "planned_total": total, "proposed": date(year - 1, 12, 20), "voted": date(year, 1, 17), "content": f"在全县实施{title}", "division": COUNTY,
        }  # fmt: skip
        if chosen:
            done = rng.random() < 0.86
            row |= {"planned_year": total // 10 * 8, "spent": total // 10 * (8 if done else 5), "received": total // 10 * 7, "started": day_in(rng, year, first=3, last=5),
                    "completion": "已完成" if done else rng.choice(("基本完成", "正在实施"))}  # fmt: skip
            row |= {"finished": day_in(rng, year, first=9, last=11)} if done else {}
        rows.append(row)
    return rows


def _votes(county: County, year: int, projects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, present = county.rng("project-votes", year), county.rng("present", year).randint(168, 178)
    return [
        {"project": one["title"], "voted_on": one["voted"], "deputies": present, "issued": present, "returned": present - 1,
         "votes": rng.randint(130, present - 2) if one["chosen"] else rng.randint(40, 88), "division": COUNTY}
        for one in projects
    ]  # fmt: skip


def _evaluations(county: County, year: int, projects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("evaluations", year), []
    for one in projects:
        if "finished" in one:
            good = rng.randint(20, 26)
            rows.append({"project": one["title"], "evaluated_on": date(year, 12, 22), "satisfied": good, "basically": 28 - good, "unsatisfied": 0, "abstained": 0,
                         "division": COUNTY})  # fmt: skip
    return rows


def _proposals(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("proposals", year), []
    for title, field, _ in LIVELIHOOD:
        rows.append({"title": f"{title}（{year}年征集）", "channel": rng.choice(CHANNELS), "field": field, "proposed_on": date(year - 1, 11, rng.randint(2, 28)),
                     "count": rng.randint(3, 60), "adopted": rng.random() < 0.7, "division": COUNTY})  # fmt: skip
    return rows


def _micro(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows, taken = county.rng("micro", year), [], set()
    for _ in range(county.size({2019: 96, 2020: 108, 2021: 131}[year], 6)):
        place, village = county.village(rng)
        text, field, _, _ = rng.choice(MICRO)
        title = f"{year}年{place}{village}{text}"
        if title in taken:
            continue
        taken.add(title)
        collected = day_in(rng, year, first=1, last=6)
        chosen = later(rng, collected, 15, 40)
        finished = later(rng, chosen, 50, 130)
        row: dict[str, Any] = {
            "number": f"微{year}-{len(taken):03d}", "title": title, "division": place, "place": village, "proposer": "人大代表", "channel": rng.choice(CHANNELS),
            "field": field, "unit": f"{place}办事处" if place.endswith("街道") else f"{place}人民政府", "county_level": rng.random() < 0.2,
            "budget": rng.randint(2, 30) * 10_000, "collected": collected, "content": text,
        }  # fmt: skip
        if rng.random() < 0.93:
            row |= {"chosen": chosen, "started": later(rng, chosen, 5, 30)}
            row |= {"finished": finished} if finished < date(year, 12, 25) and rng.random() < 0.95 else {}
        rows.append(row)
    return rows


def _money(county: County, year: int, projects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("project-money", year), []
    for one in projects:
        if "started" in one:
            rows.append({"project": one["title"], "paid_on": one["started"], "amount": one["budget"] // 10 * rng.randint(6, 9),
                         "source": rng.choice(("县级财政", "县级财政", "乡镇（街道）资金", "部门资金")), "purpose": "工程款", "division": one["division"]})  # fmt: skip
        if "finished" in one and rng.random() < 0.25:
            rows.append({"project": one["title"], "paid_on": one["finished"] - timedelta(days=3), "amount": rng.randint(2, 20) * 1000, "source": "社会捐助",
                         "purpose": "村民和企业捐助", "division": one["division"]})  # fmt: skip
    return rows


def _outputs(county: County, year: int, projects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, units = county.rng("project-outputs", year), {text: (name, unit) for text, _, name, unit in MICRO}
    rows = []
    for one in projects:
        if "finished" in one:
            name, unit = units[one["content"]]
            quantity = rng.randint(120, 2400) if unit == "米" else rng.randint(1, 60)
            rows.append(
                {
                    "project": one["title"],
                    "name": name,
                    "quantity": quantity,
                    "unit": unit,
                    "finished_on": one["finished"],
                    "division": one["division"],
                }
            )
    return rows
