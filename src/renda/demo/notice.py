"""How the demo county's office is reached: what the public pages say (信访工作条例 18)."""

from __future__ import annotations

from renda.directory.gate import OPERATOR
from renda.directory.models import Division
from renda.portal import notices
from renda.portal.models import Notice

SAID = {
    "office": "青禾县人大常委会办公室（信访接待室）", "address": "云岭省澜州市青禾县文昌路 1 号，邮政编码 999123", "phone": "0999-6688002",
    "hours": "工作日 8:30—11:30，14:30—17:30；常委会主任接待日为每月 15 日（遇节假日顺延）", "place": "县人大常委会机关一楼信访接待室",
}  # fmt: skip


def tell(county: Division) -> None:
    """Say it, unless somebody has said something already."""
    if not Notice.objects.filter(division=county).exists():
        notices.tell(Notice(division=county, **SAID), SAID, actor=OPERATOR)
