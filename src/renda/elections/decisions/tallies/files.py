"""A file of records of votes, whatever its form: .json, .csv (GB18030 too), .xlsx, .xls."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renda.core.cells.base import shorten
from renda.elections.decisions.outcome import Refusal
from renda.elections.decisions.records import FIRST, VoteRecord
from renda.elections.decisions.tallies.fields import UnreadableRecord, district_of, record_of, round_of
from renda.elections.decisions.tallies.tables import Raw, conflicts, raw_records
from renda.elections.decisions.tallies.vocabulary import LABELS, headings
from renda.law import LawError
from renda.ledgers.reading import Limits, UnreadableFile, open_workbook

_LARGEST = 64 * 1024 * 1024
_SHORT = Limits(file=_LARGEST, memory=1024 * 1024 * 1024, seconds=120)


class UnreadableTallies(LawError):
    """The file holds no records that could be read."""


@dataclass(frozen=True)
class Contents:
    """Records in the order of the file, those that cannot be read as refusals among them; ``aside`` says what was not used (Chinese)."""

    records: tuple[VoteRecord | Refusal, ...]
    aside: tuple[str, ...] = ()


def read_file(path: Path) -> Contents:
    """The records of a file; what it is is decided by its content. UnreadableTallies where there are none."""
    if not path.is_file():
        raise UnreadableTallies(f"找不到文件“{path}”，请核对位置和名字。")
    raws, aside = _json_records(path) if _is_json(path) else _sheet_records(path)
    if not raws:
        raise UnreadableTallies(f"“{path.name}”里没有计票记录。{''.join(aside)}可用 renda election count-template 取得空表。")
    return Contents(tuple(_record(raw, number) for number, raw in enumerate(raws, 1)), tuple(aside))


def _is_json(path: Path) -> bool:
    if path.suffix.lower() == ".json":
        return True
    with path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"{", b"["))


def _sheet_records(path: Path) -> tuple[list[Any], list[str]]:
    try:
        found, aside = raw_records(open_workbook(path, limits=_SHORT))
    except UnreadableFile as error:
        raise UnreadableTallies(str(error)) from error
    return list(found), aside


def _json_records(path: Path) -> tuple[list[Any], list[str]]:
    if path.stat().st_size > _LARGEST:
        raise UnreadableTallies(f"“{path.name}”超过 {_LARGEST // 1024 // 1024} MB，请分成几个文件。")
    try:
        found = json.loads(_text(path.read_bytes()))
        json.dumps(found, ensure_ascii=False).encode()  # half a character (an escaped lone surrogate) cannot be told again
    except (ValueError, RecursionError) as error:
        raise UnreadableTallies(f"“{path.name}”不是有效的 JSON：{shorten(str(error), 80)}。请核对后再试。") from error
    records = _listed(found, path.name)
    return records, _unused(records)


def _unused(records: list[Any]) -> list[str]:
    """Keys of the records that mean nothing here, so that a misspelt one is seen."""
    named = [_named(raw) for raw in records if isinstance(raw, dict)]
    unknown = dict.fromkeys(key for raw in named for key in raw if key not in LABELS)
    return [f"没有用到这些项：{'、'.join(map(shorten, unknown))}。"] if unknown else []


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _listed(found: Any, name: str) -> list[Any]:
    """The list of records: the root itself, under ``records``, under whatever name the only list of records has, or a single record."""
    if isinstance(found, dict):
        lists = [one for one in found.values() if isinstance(one, list) and one and all(isinstance(row, dict) for row in one)]
        if isinstance(found.get("records"), list):
            return found["records"]
        if len(lists) == 1 and any(_named(row).get("district") is not None for row in lists[0]):
            return lists[0]
        if _named(found).get("district") is not None:
            return [found]
    if isinstance(found, list):
        return found
    raise UnreadableTallies(f'“{name}”应为记录的清单，或者写成 {{"records": [ … ]}}。')


_HEADINGS = headings()


def _named(raw: dict[str, Any]) -> Raw:
    """Keys as fields: Chinese headings and synonyms are known in JSON too."""
    return {_HEADINGS.get(str(key).strip(), str(key)): value for key, value in raw.items()}


def _record(raw: Any, number: int) -> VoteRecord | Refusal:
    if not isinstance(raw, dict):
        return Refusal(f"第 {number} 条", FIRST, f"第 {number} 条不是一条记录：{shorten(str(raw))}。")
    named = _named(raw)
    try:
        faults = [f"{LABELS.get(one, one)}前后写得不一样：{first} 和 {other}。" for one, first, other in conflicts(named)]
        if faults:
            raise UnreadableRecord("".join(faults) + "请核对。")
        found = record_of(named)
        return found if found.district else _nameless(found.round, number)
    except LawError as error:
        return Refusal(_district(named) or f"第 {number} 条", _round(named), str(error))


def _nameless(round_: str, number: int) -> Refusal:
    return Refusal(f"第 {number} 条", round_, "没有写选区（district）。")


def _district(raw: Raw) -> str:
    try:
        return district_of(raw)
    except LawError:
        return ""


def _round(raw: Raw) -> str:
    try:
        return round_of(raw)
    except LawError:
        return FIRST
