"""Finding every figure and blank of a text, and leaving out the numbers that are none."""

from __future__ import annotations

import re
from itertools import pairwise

from .exclude import DURATION_CUE, excluded
from .figure import Figure
from .measures import BARE_NOUN, PERCENT, POINTS, TIMES, kind_of, measure_at
from .numerals import Number, numbers

_RANGE = re.compile(r"[-—–~～至到]{1,2}")
_LEFT_CLAUSE = re.compile(r"[^，。；;！？!?\n]*$")
_RIGHT_CLAUSE = re.compile(r"[^，,。；;！？!?\n]*")
_SMALL = re.compile(r"[零〇一二两三四五六七八九十]")
_CHANGE = re.compile(
    r"(?:增长|增加|增幅|提高|提升|上升|上涨|下降|减少|降低|回落|压减|多|少|高|低|降幅|缩短|压缩|扩大|增|降|减)(?:了|为|约|近|达|超|超过|幅度)*$"
)
_TO = re.compile(r"(?:至|到|为)$")
# A blank before one of these is the name of a place (XX镇), not how many there are.
_PLACE_UNITS = ("县", "镇", "乡", "村", "国", "校", "站", "室", "路", "线", "团", "队", "级", "版", "网")
_VOTE_COUNT = re.compile(r"票(?:数)?(?:为|是|：|:)?$")
# A measure word that two numbers share: 1.47和0.21个百分点.
_SHARED_UNIT = re.compile(r"(?:和|、|与|及)\d+(?:\.\d+)?(?:%|个百分点)")
_HEAD_COUNT = re.compile(r"(?:应到|实到|应选|代表|选民|人数|总数|件数)(?:共|为|数|：|:)+$")
# Money written without its unit: 经费共计124万.
_MONEY = re.compile(r"(?:经费|资金|投资|投入|金额|捐款)(?:共计|总计|合计|共|达|约|近|为|了)*$")
_RANK = re.compile(r"(?:居|列|排名?|位次|名列|位列|位居)[^，。；\n]{0,10}?(第(\d{1,3}|[一二三四五六七八九十]{1,3})(位|名))")


def _is_duration_figure(text: str, start: int, end: int) -> bool:
    left = _LEFT_CLAUSE.search(text[max(0, start - 40) : start])
    right = _RIGHT_CLAUSE.match(text, end)
    around = (left[0] if left else "") + "|" + (right[0] if right else "")[:12]
    return bool(DURATION_CUE.search(around))


def _unit(text: str, number: Number) -> tuple[str, int]:
    """The unit after a number and where the figure ends; an empty unit when nothing is counted there."""
    if number.form == "percent":
        return "%", number.end
    position = number.end
    while position < len(text) and text[position] in " \u3000":
        position += 1
    measure = measure_at(text, position)
    if measure:
        return number.scale + measure, position + len(measure)
    return number.scale, number.end


def _accept(text: str, number: Number, unit: str, end: int) -> bool:
    bare = unit.lstrip("万亿千百")
    before = text[number.start - 1] if number.start else ""
    if number.form in ("arabic", "round") and before and (before in ".+#" or (before.isascii() and before.isalpha())):
        return False
    if not bare:
        return _accept_bare(text, number)
    if bare in TIMES:
        return number.form != "blank" and _is_duration_figure(text, number.start, end)
    if bare in ("分", "倍", "线", "路", "度", "点", "字", "方", "站", "级", "国", "队", "层"):
        return number.form == "arabic" and _accept_rare(text, number, bare, end)
    if number.form == "blank":
        return bare not in _PLACE_UNITS and not (bare == "人" and text.startswith("大", end))
    return True


def _accept_rare(text: str, number: Number, bare: str, end: int) -> bool:
    left = text[max(0, number.start - 8) : number.start]
    if bare == "分":
        return bool(re.search(r"得分|均分|平均|评分|总分|得|分别为", left)) and not text.startswith("钟", end)
    if bare == "倍":
        return bool(re.search(r"增|的|是|达|翻", left))
    return bool(re.search(r"[共计达有建设置增涉及约近]$", left))


def _accept_bare(text: str, number: Number) -> bool:
    """A number without a measure word: only before what it counts, or as a count of votes or people."""
    if number.form == "blank":
        return False
    if number.form == "chinese":
        return False
    if BARE_NOUN.match(text, number.end) and not text.startswith("代表大会", number.end):
        return True
    if _SHARED_UNIT.match(text, number.end):
        return True
    left = text[max(0, number.start - 10) : number.start]
    if re.match(r"[，,。；;、）)\n]|$", text[number.end : number.end + 1]):
        return bool(_VOTE_COUNT.search(left) or _HEAD_COUNT.search(left) or (number.scale and _MONEY.search(left)))
    return False


def _weak(text: str, number: Number, end: int) -> bool:
    """Chinese numerals that are mostly rhetoric (一个, 两点) need a binding to be reported."""
    return (
        number.form == "chinese"
        and not number.about
        and not number.scale
        and end - number.start <= 4
        and bool(_SMALL.match(text, number.start))
    )


def _form(text: str, start: int, unit: str) -> str:
    left = text[max(0, start - 10) : start]
    bare = unit.lstrip("万亿千百")
    if _CHANGE.search(left) and not _TO.search(left):
        return "change"
    if bare in POINTS:
        return "change"
    return "ratio" if bare in PERCENT else "value"


def _figure(text: str, number: Number, unit: str, end: int) -> Figure:
    form = _form(text, number.start, unit)
    return Figure(
        start=number.start,
        end=end,
        text=text[number.start : end],
        value=number.value,
        unit=unit,
        number_form="weak" if _weak(text, number, end) else number.form,
        about=number.about,
        form=form,
        kind=kind_of(unit, form),
    )


def _join_range(text: str, first: Figure | None, figure: Figure) -> bool:
    """Extend `first` over `figure` when the two are the ends of one range (3至5次)."""
    if first is None or first.blank or figure.blank:
        return False
    gap = text[first.end : figure.start]
    if not _RANGE.fullmatch(gap) or (first.unit and first.unit != figure.unit and first.bare_unit):
        return False
    if not isinstance(first.value, int | float) or not isinstance(figure.value, int | float):
        return False
    first.value = [first.value, figure.value]
    first.end, first.unit, first.text = figure.end, figure.unit, text[first.start : figure.end]
    first.kind = figure.kind
    return True


def _share_form(text: str, figures: list[Figure]) -> None:
    """Of changes told together (分别下降20%和15%) only the first has the word beside it."""
    for first, second in pairwise(figures):
        if first.form == "change" and second.form == "ratio" and text[first.end : second.start] in ("、", "和", "与", "及"):
            second.form = second.kind = "change"


def _ranks(text: str) -> list[Figure]:
    found = []
    for match in _RANK.finditer(text):
        raw = match[2]
        value = int(raw) if raw.isdigit() else None
        found.append(Figure(match.start(1), match.end(1), match[1], value, match[3], form="rank", kind="rank"))
    return found


def scan(text: str) -> list[Figure]:
    """All figures and blanks of a narrowed `text`, in order, unbound."""
    mask = excluded(text)
    found: list[Figure] = []
    pending: Figure | None = None
    for number in numbers(text):
        if mask[number.start]:
            pending = None
            continue
        unit, end = _unit(text, number)
        figure = _figure(text, number, unit, end)
        if _join_range(text, pending, figure):
            if pending is not None and (not found or found[-1] is not pending):
                found.append(pending)
            pending = None
            continue
        pending = figure
        if _accept(text, number, unit, end):
            found.append(figure)
    _share_form(text, found)
    return sorted([*found, *_ranks(text)], key=lambda figure: figure.start)
