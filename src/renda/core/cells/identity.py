"""Identity numbers (GB 11643) and telephone numbers.

Area codes are not checked: numbers keep the code of the day they were issued, and counties come and go.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Literal

from renda.core.cells.base import N_, CellError, CellValue, read_text, required_text

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_OLD = re.compile("[0-9]{15}")
_NEW = re.compile("[0-9]{17}[0-9X]")
_NOISE = re.compile(r"[\s\-'‘’`＇]+")


def check_character(first17: str) -> str:
    """The 18th character of an identity number, ISO 7064 MOD 11-2 over the first 17 digits."""
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True)) % 11]


def read_identity_number(value: CellValue, *, typed: bool = False) -> str:
    """An identity number as 18 characters, upper case; an old one of 15 digits is converted (19 before the year).

    Raises `CellError` for a wrong length, an impossible birth date, a wrong check digit, and for a number that a
    spreadsheet has destroyed: stored as a number (15 digits survive) or ending in 000. `typed` says that a person typed it
    into a form, so that a true number ending in 000 can be entered there.
    """
    if isinstance(value, float | int | Decimal) and not isinstance(value, bool):
        number = read_text(value)
        if not _OLD.fullmatch(number):
            raise CellError(_MANGLED)
        return _convert(number)
    text = _NOISE.sub("", required_text(value)).upper()
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", text):
        raise CellError(_MANGLED)
    if _OLD.fullmatch(text):
        return _convert(text)
    if not _NEW.fullmatch(text):
        raise CellError(N_("身份证号应是 18 位，这里有 {length} 位。请核对后以文本格式填写。"), length=len(text))
    if text.endswith("000") and not typed:
        raise CellError(_MANGLED)
    _birth(text[6:14])
    if check_character(text[:17]) != text[17]:
        raise CellError(N_("身份证号的校验码不对，可能有一位录错了。请对照证件核对。"))
    return text


_MANGLED = N_("身份证号被表格软件当作数字存了，后三位已变成 000，无法还原。请把这一列设为文本格式，再对照证件重新录入。")


def _convert(number15: str) -> str:
    _birth("19" + number15[6:12])
    first17 = number15[:6] + "19" + number15[6:]
    return first17 + check_character(first17)


def _birth(digits: str) -> dt.date:
    try:
        born = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise CellError(N_("身份证号里的出生日期不存在。请对照证件核对。")) from None
    if not 1850 <= born.year <= 2100:
        raise CellError(N_("身份证号里的出生年份不对。请对照证件核对。"))
    return born


def birth_date(number: str) -> dt.date:
    """The birth date in an identity number of 18 characters that `read_identity_number` gave."""
    return _birth(number[6:14])


def sex(number: str) -> Literal["男", "女"]:
    """The sex in an identity number of 18 characters: the 17th digit is odd for men."""
    return "男" if int(number[16]) % 2 else "女"


_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})", re.ASCII)
_FIXED = re.compile(r"(?:\+86|0086)?(010|02\d|0[3-9]\d{2})-?(\d{7,8})(?:(?:-|转|ext\.?)(\d{1,6}))?", re.IGNORECASE | re.ASCII)
_LOCAL = re.compile(r"([2-9]\d{6,7})(?:(?:-|转)(\d{1,6}))?|([48]00)-?(\d{3,4})-?(\d{3,4})|(1\d{4})", re.ASCII)
_NEXT_NUMBER = re.compile(r"[、，,;；/|]|\s+(?=1[3-9]\d{9}|0\d{2,3}-\d)")


def read_phone(value: CellValue) -> str:
    """One telephone number: a mobile as 11 digits, a fixed line as 0451-1234567, local and service numbers as digits.

    Raises `CellError`, also when the cell holds several numbers.
    """
    numbers = [part for part in _NEXT_NUMBER.split(required_text(value)) if part.strip()]
    if len(numbers) > 1:
        raise CellError(N_("这里有 {count} 个电话号码，只能填一个。请保留常用的一个。"), count=len(numbers))
    text = re.sub(r"[\s()（）.]", "", re.sub(r"[—–―]", "-", "".join(numbers)))
    mobile = _MOBILE.fullmatch(text.replace("-", ""))
    if mobile:
        return mobile[1]
    fixed = _FIXED.fullmatch(text)
    if fixed:
        return "-".join(part for part in fixed.groups() if part)
    local = _LOCAL.fullmatch(text)
    if local:
        return local[1] + (f"-{local[2]}" if local[2] else "") if local[1] else text.replace("-", "")
    raise CellError(N_("电话号码不对。请填 11 位手机号，或带区号的座机号，例如 0451-1234567。"))
