"""Units of parameters: the code in the files and the word that a Chinese reader sees."""

from __future__ import annotations

LABELS: dict[str, str] = {
    "days": "日",
    "working days": "个工作日",
    "months": "个月",
    "years": "年",
    "years of age": "周岁",
    "minutes": "分钟",
    "persons": "人",
    "deputies": "名代表",
    "members": "名组成人员",
    "voters": "名选民",
    "seats": "名",
    "candidates": "名候选人",
    "nominees": "人",
    "persons per seat": "人/名",
    "mandates": "人次委托",
    "sessions": "次会议",
    "votes": "票",
    "posts": "人",
    "copies": "份",
    "times": "次",
    "items": "个",
    "points": "分",
    "yuan": "元",
    "percent": "%",
    "per year": "次/年",
    "per month": "次/月",
    "per quarter": "次/季度",
    "ratio": "",
    "list": "",
    "rule": "",
    "text": "",
    "date": "",
    "range": "",
    "choice": "",
}

PERIODS = ("days", "working days", "months", "years", "years of age")


def label(unit: str) -> str:
    """The Chinese measure word of a unit code; empty where none is said."""
    return LABELS[unit]
