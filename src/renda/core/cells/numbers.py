"""Reading counts, numbers, money, percentages and yes or no from a cell."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from renda.core.cells import numerals
from renda.core.cells.base import N_, CellError, CellValue, read_text, required_text

_MEASURE = (
    "余人次|人次|人/次|平方米|公里|千米|公顷|公斤|小时|课时|学时|分钟|"
    "[人名位个件项次条户份期篇场处所届票家宗批部幅天日年月周台套盏块栋株棵座口本册张组队班类种起例轮回只支把根盆箱盒袋辆间道米㎡亩吨]"
)
_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?|\.\d+"
_ABOUT = r"(?:大约|大概|约|近|逾|超过|超|不足|共约)"
_MORE = r"(?:余|多|来|几|以上|左右|上下)"
_FULL = re.compile(
    rf"(?P<about>{_ABOUT})? ?(?:共计|合计|总计|共)?(?P<sign>[-−])?(?P<number>{_NUMBER})(?P<exp>[eE][-+]?\d{{1,3}})?"
    rf" ?(?P<more>{_MORE})? ?(?P<scale>万|亿|千|百)? ?(?P<more2>{_MORE})? ?(?P<unit>{_MEASURE})?(?P<more3>以上|左右|上下)?"
)
_CHINESE = re.compile(rf"([{numerals.CHARACTERS}]+)(?={_MORE}|{_MEASURE}|$)")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_MOST_DIGITS = 10**15


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things; `approximate` when the cell says 约, 近 or 余; `unit` is the measure word written, if any."""

    value: Decimal
    approximate: bool = False
    unit: str = ""


def read_count(value: CellValue) -> Count:
    """A number with what stands round it: 约30余人 is 30, approximate, 人. Raises `CellError`."""
    if isinstance(value, float | int | Decimal) and not isinstance(value, bool):
        return Count(_exact(value))
    _refuse_other_types(value)
    text = required_text(value)
    match = _FULL.fullmatch(text) or _FULL.fullmatch(_without_numerals(text))
    if not match:
        raise CellError(N_("“{found}”不是数。请只填数字，例如 12。"), found=text)
    number = Decimal(re.sub("[,， ]", "", match["number"]) + (match["exp"] or "")) * _SCALES.get(match["scale"] or "", 1)
    if abs(number) >= _MOST_DIGITS:
        raise CellError(N_("“{found}”太大了。请核对这个数。"), found=text)
    approximate = any(match[key] for key in ("about", "more", "more2", "more3"))
    return Count(-number if match["sign"] else number, approximate, match["unit"] or "")


def _without_numerals(text: str) -> str:
    """Chinese numerals as digits, only where the whole text is a numeral and a measure word."""
    match = _CHINESE.search(text)
    number = numerals.parse(match[1]) if match else None
    return text if match is None or number is None else text[: match.start()] + str(number) + text[match.end() :]


def _exact(value: float | Decimal) -> Decimal:
    number = Decimal(read_text(value))
    if abs(number) >= _MOST_DIGITS:
        raise CellError(
            N_("“{found}”太大了，表格软件只保留 15 位数字。请把这一列设为文本格式后重新填写。"), found=read_text(value)
        )
    return number


def _refuse_other_types(value: CellValue) -> None:
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise CellError(
            N_("这里应填数，表格里存的却是日期或时间“{found}”。请把单元格格式改为“常规”后重新填写。"), found=read_text(value)
        )
    if isinstance(value, bool):
        raise CellError(N_("这里应填数，表格里存的却是“{found}”。请改填数字。"), found=read_text(value))


def read_number(value: CellValue, *, approximate: bool = False) -> Decimal:
    """A decimal number; 1,204.5, full width, 12.5公里 and Chinese numerals are read.

    Raises `CellError`, also for 约… and …余 unless `approximate` allows them.
    """
    count = read_count(value)
    if count.approximate and not approximate:
        raise CellError(
            N_("“{found}”是约数，这里要确数。请填准确的数，例如 {number}。"), found=read_text(value), number=_plain(count.value)
        )
    return count.value


def read_whole(value: CellValue, *, approximate: bool = False, minimum: int | None = 0) -> int:
    """A whole number, by default not negative; “1,204”, “12人”, “１２” and “十二” are read.

    Raises `CellError`, also for 约… and …余 unless `approximate` allows them.
    """
    if type(value) is float and value.is_integer() and (minimum or 0) <= value < _MOST_DIGITS and minimum is not None:
        return int(value)
    number = read_number(value, approximate=approximate)
    if number != number.to_integral_value():
        raise CellError(N_("“{found}”带小数，这里应填整数。"), found=read_text(value))
    if minimum is not None and number < minimum:
        raise CellError(N_("“{found}”小于 {minimum}。请核对这个数。"), found=read_text(value), minimum=minimum)
    return int(number)


_MONEY_UNITS = {
    "元": Decimal(1),
    "圆": Decimal(1),
    "块": Decimal(1),
    "块钱": Decimal(1),
    "角": Decimal("0.1"),
    "分": Decimal("0.01"),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "十万元": Decimal(100_000),
    "百万元": Decimal(10**6),
    "百万": Decimal(10**6),
    "千万元": Decimal(10**7),
    "千万": Decimal(10**7),
    "千": Decimal(1000),
    "亿元": Decimal(10**8),
    "亿": Decimal(10**8),
}
_MONEY_UNIT = "|".join(sorted(_MONEY_UNITS, key=len, reverse=True))
_MONEY_PART = re.compile(rf" ?({_NUMBER}) ?({_MORE})?({_MONEY_UNIT})?(?:({_MORE})元?)?")
_MONEY_FRAME = re.compile(
    rf"(?P<about>{_ABOUT})? ?(?:人民币|RMB|CNY|[¥￥])? ?(?P<sign>[-−])?(?P<body>[^()（）]*?)"
    r"(?:人民币)?(?:整|正)?(?P<more>左右|以上)?"
)
_FEN = Decimal("0.01")


def money_unit(unit: str) -> Decimal | None:
    """How many yuan one `unit` is (万元 → 10000), or None when it is not a unit of money."""
    return _MONEY_UNITS.get(unit)


def read_money(value: CellValue, *, unit: str = "元", approximate: bool = False) -> Decimal:
    """An amount in yuan, rounded to the fen. `unit` is what the column's heading says (元, 万元, 亿元).

    A unit written in the cell (5万元, 12.5万, 3,000元, 1亿2000万元, ¥300) wins over the heading's.
    Raises `CellError`; 约 and 近 are refused unless `approximate`.
    """
    default = _MONEY_UNITS[unit]
    if isinstance(value, float | int | Decimal) and not isinstance(value, bool):
        return _yuan(_exact(value) * default)
    _refuse_other_types(value)
    text = required_text(value)
    body = text
    accounting = re.fullmatch(rf"\(({_NUMBER})\)", text)
    if accounting:
        body = "-" + accounting[1]
    frame = _MONEY_FRAME.fullmatch(body)
    amount = _amount(frame["body"], default) if frame else None
    if frame is None or amount is None:
        raise CellError(N_("“{found}”不是金额。请填数字，可以带单位，例如 3000元 或 5万元。"), found=text)
    total, more = amount
    if (more or frame["about"] or frame["more"]) and not approximate:
        raise CellError(N_("“{found}”是约数，这里要准确的金额。请按账面数填写。"), found=text)
    return _yuan(-total if frame["sign"] else total)


def _amount(body: str, default: Decimal) -> tuple[Decimal, bool] | None:
    """Sum of the parts of 1亿2000万元 in yuan and whether a part is rough; None when it is not an amount."""
    if not any(ch.isdigit() for ch in body):
        match = re.fullmatch(rf"([{numerals.CHARACTERS}]+)(?:元|圆)?", body)
        number = numerals.parse(match[1]) if match else None
        return None if number is None else (Decimal(number), False)
    total, end, rough = Decimal(0), 0, False
    previous: Decimal | None = None
    while end < len(body):
        part = _MONEY_PART.match(body, end)
        if part is None or (previous is not None and not part[3]):  # 3万5 may be 35000 or 30005
            return None
        scale = _MONEY_UNITS[part[3]] if part[3] else default
        if previous is not None and scale >= previous:
            return None
        total += Decimal(re.sub("[,， ]", "", part[1])) * scale
        end, previous, rough = part.end(), scale, rough or bool(part[2] or part[4])
    return None if previous is None else (total, rough)


def _yuan(amount: Decimal) -> Decimal:
    if abs(amount) >= _MOST_DIGITS:
        raise CellError(N_("金额 {found} 元太大了。请核对数字和单位。"), found=_plain(amount))
    return amount.quantize(_FEN, rounding=ROUND_HALF_UP)


def read_percent(value: CellValue, *, maximum: Decimal | int | None = 100) -> Decimal:
    """A share as a fraction of one: 95%, 百分之九十五 and the number 0.95 are all 0.95; a bare 95 is 95%.

    `maximum` is the largest percentage allowed (None: any). Raises `CellError`; a bare text “1” is refused as ambiguous.
    """
    if isinstance(value, float | int | Decimal) and not isinstance(value, bool):
        number = _exact(value)
        share = number if number <= 1 else number / 100
        text = _plain(number)
    else:
        _refuse_other_types(value)
        text = required_text(value)
        share = _share_of_text(text)
    if share < 0 or (maximum is not None and share * 100 > maximum):
        raise CellError(
            N_("“{found}”超出了百分比的范围。请填 0 到 {maximum} 之间的数，例如 95%。"), found=text, maximum=maximum or "∞"
        )
    return share


def _share_of_text(text: str) -> Decimal:
    match = re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+) ?(%|个?百分点)?", text)
    if match is None:
        spoken = re.fullmatch(r"百分之(.+)", text)
        number = _spoken(spoken[1]) if spoken else None
        if number is None:
            raise CellError(N_("“{found}”不是百分比。请写成 95%。"), found=text)
        return number / 100
    number = Decimal(match[1])
    if match[2]:
        return number / 100
    if number == 1:
        raise CellError(N_("“{found}”可能是 1%，也可能是 100%。请写上百分号。"), found=text)
    return number if number < 1 else number / 100


def _spoken(text: str) -> Decimal | None:
    """The number behind 百分之, in digits or numerals."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return Decimal(text)
    number = numerals.parse(text)
    return None if number is None else Decimal(number)


_YES = frozenset(["是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "1", "已", "已完成"])
_NO = frozenset(["否", "无", "不是", "没有", "错", "×", "✗", "✘", "☐", "□", "x", "n", "no", "false", "f", "0", "未", "未完成"])


def read_yes_no(value: CellValue) -> bool:
    """是 and 否 with their usual stand-ins (√ ×, 有 无, Y N, 1 0, TRUE FALSE). Raises `CellError`."""
    if isinstance(value, bool):
        return value
    text = read_text(value).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    text = required_text(value)
    raise CellError(N_("“{found}”看不出是或否。请填“是”或“否”。"), found=text)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
