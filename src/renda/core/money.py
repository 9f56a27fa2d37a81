"""Money is Decimal yuan; this is its one formatter."""

from __future__ import annotations

from decimal import Decimal

WAN = Decimal(10_000)
YI = WAN * WAN


def format_money(yuan: Decimal | int, unit: str = "") -> str:
    """An amount as reports write it: 元 below ten thousand, 万元 below a hundred million, 亿元 above; ``unit`` forces one."""
    amount = Decimal(yuan)
    chosen = unit or ("元" if abs(amount) < WAN else "万元" if abs(amount) < YI else "亿元")
    scaled = amount / {"元": Decimal(1), "万元": WAN, "亿元": YI}[chosen]
    return f"{plain(round(scaled, 2 if chosen != '亿元' else 4))}{chosen}"


def plain(number: Decimal) -> str:
    """A number without trailing zeros, thousands parted."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
