"""What can go wrong when the law is asked: each message says in Chinese what happened, why, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches


class LawError(Exception):
    """Any refusal of the law package; its text may be shown to a clerk as it is."""


class LawDataError(LawError):
    """A shipped file breaks the rules for law files (no article, unknown field, values out of order…)."""


class UnknownKey(LawError):
    """No parameter has this key."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        near = get_close_matches(key, list(known), n=3)
        hint = f"是否要找：{'、'.join(near)}？" if near else "可用 renda law list 查看全部参数。"
        super().__init__(f"没有名为 {key} 的法律参数。{hint}")
        self.key = key


class UnknownPack(LawError):
    """No provincial pack has this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"没有名为 {name} 的地方规定包。现有：{'、'.join(known)}。")
        self.name = name


class NotInForce(LawError):
    """The parameter has values, but none on the day asked for."""

    def __init__(self, key: str, title: str, as_of: date, why: str) -> None:
        super().__init__(f"“{title}”（{key}）在 {as_of} 没有有效的规定：{why}。请换一个日期查询，或查看该参数的沿革。")
        self.key = key


class NotFixed(LawError):
    """Neither national law, a pack in use nor the county's own choice gives a value; none is invented."""

    def __init__(self, key: str, title: str, why: str, packs: Iterable[str]) -> None:
        local = "、".join(packs)
        where = f"已收录地方规定的有：{local}；请启用本地规定，或" if local else "请"
        super().__init__(f"“{title}”（{key}）国家法律没有统一规定：{why}。{where}由本县自行确定后填入。")
        self.key = key


class NotCountable(LawError):
    """The parameter is not a period, so no day can be counted from it."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__(f"“{title}”（{key}）不是可以推算日期的期限。请选用单位为日、工作日、月或年的期限参数。")
        self.key = key


class BadChoice(LawError):
    """The county's choice is not among what may be chosen."""

    def __init__(self, key: str, title: str, chosen: object, allowed: str) -> None:
        super().__init__(f"“{title}”（{key}）不能选“{chosen}”。可以填：{allowed}。")
        self.key = key
