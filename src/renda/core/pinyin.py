"""Keys to sort and find names by: pinyin, initials, strokes.

All keys are compared byte by byte (collation "C"). Store them: the database cannot compute them, and a call takes some tens of
microseconds.
"""

import re
from collections.abc import Callable
from typing import cast

from renda.core.strokes import stroke_count, stroke_rank
from renda.core.surnames import READINGS, split_name
from renda.core.text import normalise

_SILENT = cast("Callable[[str], str]", lambda other: ["" for _ in other])
"""No syllable for each character that is not Chinese. The library takes a list here, though it is typed otherwise."""
_SYLLABLE = re.compile(r"([a-zê]+:?)([1-5])")


def pinyin_key(name: str) -> str:
    """Sorts names as a dictionary does: by syllable, tone and strokes of one character after the other (张 章 赵)."""
    words = []
    for char, syllable in _syllables(name, as_name=True):
        words.append(f"{syllable}{stroke_count(char):02d}{char}" if syllable else char)
    return " ".join(words)


def full_pinyin(text: str, *, as_name: bool = False) -> str:
    """The syllables without tones in one word, for type-ahead: 龙潭镇 → longtanzhen. `as_name` reads the surname as a surname."""
    return "".join(_plain(syllable) or char for char, syllable in _syllables(text, as_name=as_name))


def initials(text: str, *, as_name: bool = False) -> str:
    """The first letter of each syllable, digits and letters as they are: 龙潭镇2021 → ltz2021; with `as_name` 单雄信 → sxx."""
    return "".join(syllable[:1] or char for char, syllable in _syllables(text, as_name=as_name))


def stroke_key(name: str) -> str:
    """Sorts names "by strokes of the surname" (姓氏笔画) as lists of deputies and candidates do.

    By the surname first, then names of one character after the surname before those of two, then character by character.
    """
    surname, given = split_name(_letters(name))
    if not surname:
        surname, given = given[:1], given[1:]
    ranks = [".".join(stroke_rank(char) for char in part) for part in (surname, given)]
    return f"{ranks[0]}-{len(given):02d}{ranks[1]}"


def _letters(text: str) -> str:
    return "".join(char for char in normalise(text).casefold() if char.isalnum())


def _syllables(text: str, *, as_name: bool) -> list[tuple[str, str]]:
    """Each letter with its syllable and tone; an empty syllable for what is not Chinese."""
    surname, rest = split_name(normalise(text).casefold()) if as_name else ("", text)
    surname, rest = _letters(surname), _letters(rest)
    reading = READINGS.get(surname)
    head = list(zip(surname, reading.split(), strict=True)) if reading else _read(surname)
    return [*head, *_read(rest)]


def _read(text: str) -> list[tuple[str, str]]:
    from pypinyin import Style, lazy_pinyin  # here, because its tables take a while to load

    found = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True, errors=_SILENT)
    return [(char, _ascii(syllable)) for char, syllable in zip(text, found, strict=True)]


def _ascii(syllable: str) -> str:
    """`ü` in letters that sort after u and before ua: lü3 → lu:3, lüe4 → lue4."""
    return syllable.replace("üe", "ue").replace("ü", "u:")


def _plain(syllable: str) -> str:
    found = _SYLLABLE.fullmatch(syllable)
    return found[1].replace("u:", "v") if found else syllable
