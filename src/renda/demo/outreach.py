"""Ledgers of training, lectures, law publicity, media coverage, articles and the album."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from renda.demo.county import COUNTY, County, day_in
from renda.demo.deputies import some
from renda.demo.habits import Book, Count, Ledger
from renda.demo.organs import COMMITTEE
from renda.demo.words import LAWS, SUBJECTS, Once, roman

PLACE_CLASSES = ("社区", "乡镇", "村屯", "企业", "学校", "机关", "广场集市")
MEDIA = (("云岭日报", "省级", "报刊"), ("澜州日报", "市级", "报刊"), ("云岭人大网", "省级", "网站"), ("中国人大网", "国家级", "网站"), ("青禾县融媒体中心", "县级", "广播电视"),
         ("青禾人大公众号", "县级", "新媒体"))  # fmt: skip


def books(county: County, year: int) -> list[Book]:
    """Training and publicity in one book, the media in a text file."""
    publicity = _publicity(county, year)
    return [
        Book(f"{year}-宣传培训.xlsx", [
            Ledger("outreach.training", f"青禾县{year}年代表培训台账", _training(county, year), year),
            Ledger("outreach.lectures", f"{year}年专题讲座台账", _lectures(county, year), year),
            Ledger("outreach.publicity", f"{year}年法治宣传活动台账", publicity, year),
            Ledger("outreach.publicity_outputs", f"{year}年宣传品发放情况", _outputs(county, year, publicity), year, "宣传成果"),
            Ledger("outreach.articles", f"{year}年调研成果台账", _articles(county, year), year),
            Ledger("outreach.album", f"{year}年工作图册", _album(county, year), year),
        ]),
        Book(f"{year}-媒体报道.csv", [Ledger("outreach.media", f"青禾县人大{year}年媒体刊发稿件台账", _media(county, year), year)]),
    ]  # fmt: skip


def _people(county: County, rng: Random, day: Any) -> Any:
    names = some(county, rng, day, 4, 12)
    return names if rng.random() < 0.5 else Count(tuple(names[:2]), len(names) + rng.randint(20, 90))


def _training(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("training", year), []
    for number in range(1, county.size({2019: 14, 2020: 9, 2021: 18}[year]) + 1):
        day, days = day_in(rng, year, first=3, last=11), rng.randint(1, 4)
        rows.append({"title": f"{year}年第{roman(number)}期代表履职培训班", "starts_on": day, "ends_on": day + timedelta(days=days - 1), "place": rng.choice(("县委党校", "澜州市委党校")),
                     "organiser": COMMITTEE, "topic": rng.choice(("代表法和监督法", "代表建议撰写", "预算审查监督")), "mode": "线上" if year == 2020 and number % 2 else "线下",
                     "audience": rng.choice(("县级代表", "乡镇代表")), "serial": number, "days": days, "people": _people(county, rng, day), "staff": rng.randint(2, 20),
                     "division": COUNTY})  # fmt: skip
    return rows


def _lectures(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("lectures", year), []
    for law in rng.sample(LAWS, county.size(7)):
        day = day_in(rng, year, first=2)
        rows.append({"title": f"{law}专题讲座（{year}年）", "starts_on": day, "place": "县人大常委会会议厅", "organiser": COMMITTEE, "topic": law, "people": _people(county, rng, day),
                     "staff": rng.randint(15, 60), "division": COUNTY})  # fmt: skip
    return rows


def _publicity(county: County, year: int) -> list[dict[str, Any]]:
    rng, once, rows = county.rng("publicity", year), Once(), []
    for _ in range(county.size({2019: 26, 2020: 22, 2021: 38}[year])):
        kind, (place, village), day = rng.choice(PLACE_CLASSES), county.village(rng), day_in(rng, year)
        occasion = rng.choice(("宪法宣传", "法律法规宣传", "法律法规宣传", "选举宣传" if year == 2021 else "人大制度宣传"))
        rows.append({"title": once(f"{occasion}进{kind}（{year}年{place}）"), "place_class": kind, "occasion": occasion, "starts_on": day, "place": village, "organiser": COMMITTEE,
                     "people": some(county, rng, day, 1, 5, place), "staff": rng.randint(2, 9), "citizens": rng.randint(30, 600), "division": place})  # fmt: skip
    return rows


def _outputs(county: County, year: int, publicity: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rng, rows = county.rng("outputs", year), []
    for one in publicity:
        rows.append(
            {
                "publicity": one["title"],
                "name": "宣传资料",
                "quantity": rng.randint(80, 1500),
                "unit": "份",
                "division": one["division"],
            }
        )
        if rng.random() < 0.3:
            rows.append(
                {
                    "publicity": one["title"],
                    "name": "法律咨询",
                    "quantity": rng.randint(5, 80),
                    "unit": "人次",
                    "division": one["division"],
                }
            )
    return rows


def _media(county: County, year: int) -> list[dict[str, Any]]:
    rng, once, rows = county.rng("media", year), Once(), []
    for _ in range(county.size({2019: 64, 2020: 81, 2021: 109}[year], 5)):
        media, level, medium = rng.choices(MEDIA, (10, 18, 12, 4, 30, 40))[0]
        subject = rng.choice(SUBJECTS)[0]
        rows.append({"title": once(f"青禾：{rng.choice(('代表助力', '监督推动', '建言献策促进', '视察'))}{subject}（{year}年）"), "media": media, "level": level, "medium": medium,
                     "published_on": day_in(rng, year), "topic": subject, "division": COUNTY})  # fmt: skip
    return rows


def _articles(county: County, year: int) -> list[dict[str, Any]]:
    rng, rows = county.rng("articles", year), []
    for subject, _ in rng.sample(SUBJECTS, county.size(10)):
        kind = rng.choice(("调研报告", "调研报告", "理论文章", "创新案例"))
        award = rng.random() < 0.2
        rows.append({"title": f"青禾县{subject}的实践与思考（{year}）", "kind": kind, "author": "县人大常委会办公室", "finished_on": day_in(rng, year, first=4),
                     "published_in": rng.choice(("云岭人大", "澜州人大", "人大研究")), "level": rng.choice(("省级", "市级", "市级")),
                     "award": "优秀调研成果二等奖" if award else "", "award_level": "市级" if award else "", "division": COUNTY})  # fmt: skip
    return rows


def _album(county: County, year: int) -> list[dict[str, Any]]:
    rng, once, rows = county.rng("album", year), Once(), []
    for _ in range(county.size(14)):
        subject = rng.choice(SUBJECTS)[0]
        rows.append({"title": once(f"代表视察{subject}"), "taken_on": day_in(rng, year), "chapter": rng.choice(("监督工作", "代表工作", "会议")), "caption": f"县人大代表实地了解{subject}",
                     "photographer": rng.choice(county.population.everyone).name, "division": COUNTY})  # fmt: skip
    return rows
