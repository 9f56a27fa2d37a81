"""The codes of rules and evidence in words for the review queue. The texts are gettext message ids."""

from __future__ import annotations

from renda.core.cells.base import N_
from renda.elections.matching.declaration import HOMONYM

LISTINGS = {
    "likely": N_("疑似重复"),
    "homonym": N_("同名同生日"),
}

EVIDENCE = {
    "number": N_("身份证号相同"),
    "old": N_("一方是 15 位旧号，升位后相同"),
    "digit": N_("身份证号有一位不同"),
    "swap": N_("身份证号有相邻两位颠倒"),
    "converted_digit": N_("除校验码外有一位不同，可能是旧号录错后升位"),
    "converted_swap": N_("除校验码外有相邻两位颠倒，可能是旧号录错后升位"),
    "old_digit": N_("一方是 15 位旧号，升位后有一位不同"),
    "old_swap": N_("一方是 15 位旧号，升位后有相邻两位颠倒"),
    "two_digits": N_("身份证号有两位不同"),
    "digit_and_swap": N_("身份证号有一位不同，另有相邻两位颠倒"),
    "two_swaps": N_("身份证号有两处相邻两位颠倒"),
    "unrelated": N_("身份证号没有关联"),
    "name": N_("姓名相同"),
    "variant": N_("姓名用了异体字、繁体字或空格"),
    "character": N_("姓名有一个字不同"),
    "characters_swapped": N_("姓名有两个字颠倒"),
    "other_name": N_("姓名不同"),
    "check_fails": N_("一方的校验码或出生日期不对"),
    "both_sound": N_("两个号码的校验码都对"),
    "same_birth": N_("出生日期相同"),
    "same_sex": N_("性别相同"),
    "same_district": N_("在同一选区"),
    "same_address": N_("住址相同"),
    "same_rare_name": N_("姓名少见"),
}
"""What each code of ``evidence`` says."""


def rule_words(rule: str) -> tuple[str, ...]:
    """The message ids that together say why the rule took a pair; a rule is the codes of number and name joined by a plus sign."""
    if rule == HOMONYM:
        return (LISTINGS[HOMONYM],)
    return tuple(EVIDENCE[code] for code in rule.split("+"))
