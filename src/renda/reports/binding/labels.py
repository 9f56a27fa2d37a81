"""Labels that the county's own records decide: the words of a text against the values that a breakdown really has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from renda.directory.models import Division
from renda.directory.models.divisions import Level
from renda.figures.evaluate import Unanswerable
from renda.figures.indicators import Indicator
from renda.figures.periods import Period

from .asking import Asker
from .sentence import dimension_name

_PADDING = re.compile(
    r"^(?:其中|涉及|关于|有关|属于|分别(?:为|是)?|反映)+"
    r"|(?:方面|领域|类|问题|工作|系统|项目)?的?(?:代表)?(?:建议|意见|信访|件|占比|占|比例|有|是|为|共)*$"
)
_JOINTS = re.compile(r"[、，和及与及其]|以及")
_SHOWN = 12


def resolved(indicator: Indicator, where: Mapping[str, str], period: Period, asker: Asker) -> dict[str, str]:
    """The filters with the words of a text (``~城建交通方面``) replaced by the label they are. Unanswerable where none is."""
    return {by: _resolved(indicator, by, label, period, asker) for by, label in where.items()}


def _resolved(indicator: Indicator, by: str, label: str, period: Period, asker: Asker) -> str:
    if label.startswith("~"):
        return _label(indicator, by, label[1:], period, asker)
    return "、".join(_own(by, part, asker.division) for part in label.split("、")) if "@" in label else label


def _own(by: str, label: str, division: Division) -> str:
    """What a word means for this division: 本级 (the level of its deputies, its congress), 市 (above it, or a city itself)."""
    township = division.level == Level.TOWNSHIP
    if label == "@本级" and by == "decided_by":
        return "乡镇人民代表大会" if township else "县人民代表大会"
    if label == "@本级":
        return str(Level(division.level).label)
    if label == "@市" and division.level == Level.COUNTY and division.name.endswith("市"):
        raise Unanswerable(_("“市人大代表”是本市（县级）的还是上级市的，文中没有写明"))
    return str(Level.PREFECTURE.label) if label == "@市" else label


def _label(indicator: Indicator, by: str, words: str, period: Period, asker: Asker) -> str:
    labels = asker.labels(indicator, period, by)
    wanted = same(words)
    found = [label for label in labels if same(label) == wanted]
    if by == "name" and not found:
        found = sorted((label for label in labels if label and words.endswith(label)), key=len)[-1:]
    if wanted and len(found) == 1:
        return found[0]
    known = "、".join(labels[:_SHOWN]) or _("没有")
    names = {"period": period.name, "name": dimension_name(indicator, by), "words": words, "known": known}
    raise Unanswerable(_("%(period)s的台账里没有名为“%(words)s”的%(name)s，现有：%(known)s") % names)


def same(words: str) -> frozenset[str]:
    """What two names of one thing have in common: their parts without padding (城建、交通方面 and 城建和交通)."""
    before = None
    while before != words:
        before, words = words, _PADDING.sub("", words.strip("“”\"'（）() ：:"))
    return frozenset(part for part in _JOINTS.split(words) if part)
