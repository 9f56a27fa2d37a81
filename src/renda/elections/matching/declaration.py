"""The rules, declared once: where candidates are looked for, what the pair of numbers and the pair of names may be, and how sure that is.

One person stands twice where number and name together show at most two slips of these kinds: a digit wrong, two neighbouring digits
swapped (a rule of its own, not two wrong digits), an old number of fifteen digits, a variant character in the name, another character in the name.

A slip of one digit or one swap always breaks the check character (ISO 7064 MOD 11-2 finds them all). Two sound numbers that differ
little are therefore mostly two people: twins have consecutive sequence numbers, and so two right check characters. They count only under one
name and with further support: the same address, or, unless the sequence number is all that differs, the same electoral district or a
rare name. Without it they stand on the list of homonyms. Twins whose names differ stand on none.

The same name and birth date under two unrelated numbers is a list of its own: homonyms and twins are real people.
"""

from __future__ import annotations

from dataclasses import dataclass

LIKELY = "likely"
HOMONYM = "homonym"

RARE = 6
"""A name of at most so many bearers in the frame is rare: that two of them have numbers so alike by chance is not to be expected."""


@dataclass(frozen=True)
class Block:
    """Candidates are pairs that agree in these columns; of them only those whose numbers differ in at most ``most`` of 17 digits (None: any)."""

    columns: tuple[str, ...]
    most: int | None


BLOCKS = (
    Block(("head", "sequence"), None),
    Block(("name", "born"), None),
    Block(("name", "day"), 4),
    Block(("name", "sequence"), 4),
    Block(("name", "year"), 4),
    *(Block((end, f"part_{place}"), 2) for end in ("first", "last") for place in (1, 2, 3, 4)),
)
"""Two slips in the number leave year, day or sequence whole (unless a swap goes over a boundary); one slip leaves one of the parts whole, and
one other character in the name its first or its last."""


@dataclass(frozen=True)
class Slip:
    """What a pair of numbers may be: a code, the condition over the counted ``digits``, ``swaps`` …, how many slips that is, its score."""

    code: str
    condition: str
    slips: int
    score: int


NUMBERS = (
    Slip("number", "digits = 0 AND old = 0", 0, 100),
    Slip("old", "body = 0 AND old = 1", 1, 98),
    Slip("digit", "digits = 1 AND old = 0", 1, 95),
    Slip("swap", "digits = 2 AND swaps = 1 AND old = 0", 1, 96),
    Slip("converted_digit", "body = 1 AND last = 1 AND sound = 1", 2, 84),
    Slip("converted_swap", "body = 2 AND body_swaps = 1 AND last = 1 AND sound = 1", 2, 85),
    Slip("old_digit", "body = 1 AND old = 1", 2, 88),
    Slip("old_swap", "body = 2 AND body_swaps = 1 AND old = 1", 2, 89),
    Slip("two_digits", "digits = 2 AND old = 0", 2, 80),
    Slip("digit_and_swap", "digits = 3 AND swaps = 1 AND old = 0", 2, 82),
    Slip("two_swaps", "digits = 4 AND swaps = 2 AND old = 0", 2, 84),
)
"""The first that holds is the pair's. ``digits`` counts all that differ, ``body`` those of the first 17; ``last`` says that two typed check
characters differ, ``old`` that one number has fifteen digits, ``sound`` that both have a right check character. *Converted*: both are sound, and
all but the check character shows one slip; so stands an old number that was converted with the slip in it."""


@dataclass(frozen=True)
class NameSlip:
    """What a pair of names may be: a code, its condition, how many slips, and what it takes off the score."""

    code: str
    condition: str
    slips: int
    less: int


NAMES = (
    NameSlip("name", "written_alike = 1", 0, 0),
    NameSlip("variant", "name_a = name_b", 0, 2),
    NameSlip("character", "name_edits = 1", 1, 10),
    NameSlip("characters_swapped", "name_turned = 1", 1, 8),
    NameSlip("other_name", "TRUE", 2, 40),
)
"""A variant is a slip that the normalised form has undone, so it costs nothing more when it comes with two others."""

SUPPORT = (("district", 3), ("address", 4), ("rare_name", 2), ("sex", 1))
"""Evidence beside number and name, and what it adds to the score."""

MOST_SLIPS = 2
HOMONYM_SCORE = 20
MOST = 99
"""No score but that of the same number under the same name reaches 100."""
