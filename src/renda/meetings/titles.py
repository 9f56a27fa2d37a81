"""What a meeting's title says: its series, term and number; and the title of a meeting that came without one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from renda.core.cells import numerals
from renda.law.numerals import chinese_number
from renda.meetings.models import Series
from renda.registers.register import Fault, Values

_NUMBER = f"([0-9]{{1,3}}|[{numerals.CHARACTERS}]{{1,6}})"
_TERM = re.compile(f"第?{_NUMBER}届")
_ORDINAL = re.compile(f"第{_NUMBER}次")
_SERIES = (
    ("党委人大工作会议|人大工作会议", Series.PARTY_COMMITTEE),
    ("中心组", Series.STUDY_GROUP),
    ("支部.{0,12}学习|集中学习", Series.BRANCH_STUDY),
    ("支部", Series.BRANCH),
    ("党组", Series.PARTY_GROUP),
    ("主任会议", Series.CHAIRPERSONS),
    ("主席团", Series.PRESIDIUM),
    ("常委会|常务委员会", Series.STANDING_COMMITTEE),
    ("[镇乡].{0,12}(人民代表大会|人代会)", Series.TOWNSHIP_CONGRESS),
    ("专门委员会|委员会会议|委员会全体会议", Series.SPECIAL_COMMITTEE),
    ("人民代表大会|人代会", Series.CONGRESS),
)
_SHORT = {
    Series.CONGRESS: "人民代表大会",
    Series.STANDING_COMMITTEE: "人大常委会",
    Series.CHAIRPERSONS: "人大常委会",
    Series.TOWNSHIP_CONGRESS: "人民代表大会",
    Series.PRESIDIUM: "人大主席团",
}


def complete(rows: Sequence[Values]) -> None:
    """Fill in what a title says and the row leaves empty: series, term, number; or the title from these."""
    for row in rows:
        title = row.get("title") or ""
        if title:
            _from_title(row, title)
        elif row.get("series") and "title" in row:
            row["title"] = compose(row)


def known_series(rows: Sequence[Values]) -> Iterable[Fault]:
    """A fault for each row of which neither the column nor the title says what meeting it is."""
    for index, row in enumerate(rows):
        if "series" in row and not row["series"]:
            yield index, "series", _("看不出是哪一类会议，请填写会议类别，如“常委会会议”“主任会议”“党组会议”")


def compose(row: Values) -> str:
    """A title from series, term, number and day: 第十一届人大常委会第三十六次会议, 党组会议（2021-03-05）."""
    series, term, ordinal = row["series"], row.get("term_number"), row.get("ordinal")
    name = Series(series).label
    if term and ordinal and series in _SHORT:
        end = "主任会议" if series == Series.CHAIRPERSONS else "会议"
        return f"第{chinese_number(term)}届{_SHORT[series]}第{chinese_number(ordinal)}次{end}"
    day = row.get("starts_on")
    return f"{name}（{day}）" if day else name


def _from_title(row: Values, title: str) -> None:
    if "series" in row and not row["series"]:
        row["series"] = next((series for pattern, series in _SERIES if re.search(pattern, title)), "")
    for name, pattern in (("term_number", _TERM), ("ordinal", _ORDINAL)):
        if name in row and row[name] is None and (found := pattern.search(title)):
            row[name] = _number(found[1])
    if "extended" in row and "扩大" in title:
        row["extended"] = True


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else numerals.parse(text)
