"""Every gist of a parameter has one in English, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import renda.law
from renda.law.gists import english

HAN = re.compile(r"[\u3400-\u9fff，。；：、“”]")


def gists() -> set[str]:
    files = sorted(Path(renda.law.__file__).parent.rglob("*.yaml"))
    return {gist for file in files for gist in _within(yaml.safe_load(file.read_text("utf-8")))}


def _within(held: Any) -> Iterator[str]:
    if isinstance(held, dict):
        if held.get("gist"):
            yield held["gist"]
        for value in held.values():
            yield from _within(value)
    elif isinstance(held, list):
        for value in held:
            yield from _within(value)


def test_every_gist_is_said_in_english_and_nothing_else_is() -> None:
    known = english()
    assert gists() == known.keys()
    assert [text for text in known.values() if HAN.search(text) or not text.endswith(".") or len(text) > 250] == []


def test_numbers_of_time_and_share_are_not_lost() -> None:
    """A spot check of what is easily mistaken: a gist that names N days in Chinese figures names the same number in English."""
    days = {
        "三日": "three",
        "五日": "five",
        "七日": "seven",
        "十日": "ten",
        "十五日": "fifteen",
        "二十日": "twenty",
        "三十日": "thirty",
        "六十日": "sixty",
    }
    wrong = []
    for chinese, text in english().items():
        for words, number in days.items():
            alone = re.search(rf"(?<![一二三四五六七八九十百两]){words}(?!内容)", chinese)
            if (
                alone
                and not re.search(rf"\b{number}\b", text, re.IGNORECASE)
                and not re.search(r"20\d\d|month|\d|Festival", text)
            ):
                wrong.append((chinese, text))
    assert wrong == []
